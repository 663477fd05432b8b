import type { z } from 'zod';
import { isKey, type Key, type Language, type Parameters } from '../i18n/translate.ts';

/** What is wrong with one field, in any language. The field is the name of the input. */
export interface FieldError {
  readonly field: string;
  readonly key: Key;
  readonly params?: Parameters | undefined;
}

/** What was typed, as it was typed, for showing the form again. Never a password or a code. */
export type Typed = Readonly<Record<string, string | readonly string[]>>;

export type Form<Values> =
  | { readonly values: Values; readonly errors?: undefined; readonly input: Typed }
  | { readonly values?: undefined; readonly errors: readonly FieldError[]; readonly input: Typed };

/** Names of fields whose contents are never shown again nor carried on. */
export const SECRET = /password|secret|token|(^|_)code$/i;

/** The field of a sign-in form that holds the form to come back to (account/kept-form.ts). */
export const KEPT = 'kept';

/** The hidden operation key belongs to the write (see views/form/_operation.ejs), not to the form. */
const NOT_OF_THE_FORM = new Set(['operation', KEPT]);

function fieldsOf(body: unknown): [string, unknown][] {
  if (typeof body !== 'object' || body === null) return [];
  return Object.entries(body).filter(([name]) => !NOT_OF_THE_FORM.has(name));
}

/** What may be shown again of a request's body. */
export function typed(body: unknown): Typed {
  const kept: Record<string, string | string[]> = Object.create(null) as Record<string, string | string[]>;
  for (const [name, value] of fieldsOf(body)) {
    if (SECRET.test(name)) continue;
    if (typeof value === 'string') kept[name] = value;
    else if (Array.isArray(value)) kept[name] = value.filter((item) => typeof item === 'string');
  }
  return kept;
}

/**
 * An error of a field for a summary, where the field is not to be seen beside it. Sentences that fit any field
 * ('Fill in this field') are led by its label; those of one field say it themselves.
 */
export function named(
  error: FieldError,
  text: string,
  label: string | undefined,
  language: Language,
): string {
  if (label === undefined || !error.key.startsWith('form.')) return text;
  if (/[?!.]$/.test(label)) return `${label} ${text}`;
  return `${label.replace(/:$/, '')}: ${text.charAt(0).toLocaleLowerCase(language)}${text.slice(1)}`;
}

type Issue = z.core.$ZodIssue;

/** zod's word for what is wrong, as one of ours. A schema's own message wins where it is a key of ours. */
function errorOf(issue: Issue): Omit<FieldError, 'field'> {
  const params: Record<string, string | number> = {};
  if (issue.code === 'too_small') params['n'] = params['min'] = Number(issue.minimum);
  if (issue.code === 'too_big') params['n'] = params['max'] = Number(issue.maximum);
  if (isKey(issue.message)) return { key: issue.message, params };
  switch (issue.code) {
    case 'invalid_type':
      return {
        key:
          issue.input === undefined || issue.input === ''
            ? 'form.required'
            : issue.expected === 'number'
              ? 'form.invalid_number'
              : 'form.invalid',
      };
    case 'too_small':
      if (issue.origin === 'string')
        return issue.minimum === 1 ? { key: 'form.required' } : { key: 'form.too_short', params };
      return issue.origin === 'array' || issue.origin === 'set'
        ? { key: 'form.choose_one' }
        : { key: 'form.too_small', params };
    case 'too_big':
      return { key: issue.origin === 'string' ? 'form.too_long' : 'form.too_large', params };
    case 'invalid_format':
      if (issue.format === 'email') return { key: 'form.invalid_email' };
      if (issue.format === 'date') return { key: 'form.invalid_date' };
      return { key: issue.format === 'time' ? 'form.invalid_time' : 'form.invalid' };
    case 'invalid_value':
    case 'invalid_union':
      return { key: 'form.choose_one' };
    case 'unrecognized_keys':
      return { key: 'form.unknown_field' };
    default:
      return { key: 'form.invalid' };
  }
}

/**
 * Reads a form. zod checks its shape only; rules speak later, as refusals. At most one error a field, in the order of
 * the schema; an error of the whole form has the field ''.
 */
export function parseForm<Schema extends z.ZodType>(schema: Schema, body: unknown): Form<z.output<Schema>> {
  const input = typed(body);
  const parsed = schema.safeParse(Object.fromEntries(fieldsOf(body)), { reportInput: true });
  if (parsed.success) return { values: parsed.data, input };
  const errors = new Map<string, FieldError>();
  for (const issue of parsed.error.issues) {
    const field = String(issue.path[0] ?? '');
    if (!errors.has(field)) errors.set(field, { field, ...errorOf(issue) });
  }
  return { errors: [...errors.values()], input };
}
