import { parse as parseQuery } from 'node:querystring';
import { z } from 'zod';
import { addMonths, type PlainDate } from '../../domain/calendar.ts';
import type { Pattern } from '../../domain/pattern.ts';
import { lengthReason } from '../../domain/slots.ts';
import { LONGEST_SERIES_MONTHS } from '../../use-cases/booking-series.ts';
import { parseForm, typed, type FieldError, type Typed } from '../form.ts';
import { dateField } from '../shapes.ts';
import { KINDS, patternOf, SHAPES, stretchOf, type Kind, type PatternValues } from './workday-form.ts';

/** The questions of booking several days, in their order; the last shows all answers. */
const STEPS = ['kind', 'days', 'period', 'check'] as const;
export type Step = (typeof STEPS)[number];
export const isStep = (text: string): text is Step => (STEPS as readonly string[]).includes(text);

/** The inputs that each question has. */
export const DAY_FIELDS: Readonly<Record<Kind, readonly string[]>> = {
  weekly: ['days', 'from', 'to'],
  cycle: ['first', 'on', 'off', 'from', 'to'],
  dates: ['dates', 'from', 'to'],
};
export const PERIOD_FIELDS: readonly string[] = ['startsOn', 'endsOn'];

const ASKED: readonly string[] = ['kind', ...Object.values(DAY_FIELDS).flat(), ...PERIOD_FIELDS];

/** The answers that an address or a form holds: those of ours, as they were given. */
export function answersIn(given: unknown): Typed {
  return Object.fromEntries(
    Object.entries(typed(given)).filter(([name, value]) => ASKED.includes(name) && value !== ''),
  );
}

/** The same of the text after a '?', handed from page to page. */
export const answersOfText = (text: string): Typed => answersIn(parseQuery(text));

const DAY_SHAPES = {
  weekly: SHAPES.weekly.omit({ commute: true }),
  cycle: SHAPES.cycle.omit({ commute: true }),
  dates: SHAPES.dates.omit({ commute: true }),
} as const;
const period = z.object({ startsOn: dateField(), endsOn: dateField() });

export interface Wish {
  readonly pattern: Pattern;
  readonly startsOn: PlainDate;
  readonly endsOn: PlainDate;
}

/** How far the answers go: the whole wish, or the first question without a right answer. */
export type Answers = { readonly kind: Kind | undefined; readonly pattern: Pattern | undefined } & (
  | { readonly wish: Wish; readonly step: 'check' }
  | { readonly wish?: undefined; readonly step: Step; readonly errors: readonly FieldError[] }
);

const part = (given: Typed, fields: readonly string[]) =>
  Object.fromEntries(Object.entries(given).filter(([name]) => fields.includes(name)));

/** The pattern that the days' question was answered with. */
export function readDays(
  kind: Kind,
  given: Typed,
  today: PlainDate,
): { readonly pattern: Pattern } | { readonly errors: readonly FieldError[] } {
  const form = parseForm<z.ZodType<PatternValues>>(
    DAY_SHAPES[kind] as z.ZodType<PatternValues>,
    part(given, DAY_FIELDS[kind]),
  );
  if (form.errors) return { errors: form.errors };
  const read = patternOf(kind, form.values, today);
  if ('errors' in read) return { errors: read.errors.map(saidOfBooking) };
  const [from, to] = stretchOf(read.pattern)!;
  const length = lengthReason({ from, to });
  return length ? { errors: [{ field: 'to', key: `refusal.${length}` }] } : read;
}

function periodErrors({ startsOn, endsOn }: z.output<typeof period>, today: PlainDate): FieldError[] {
  if (startsOn < today) return [{ field: 'startsOn', key: 'refusal.past' }];
  if (endsOn < startsOn) return [{ field: 'endsOn', key: 'new.ends_first' }];
  return endsOn > addMonths(startsOn, LONGEST_SERIES_MONTHS)
    ? [{ field: 'endsOn', key: 'refusal.too_wide' }]
    : [];
}

/** Reads the answers as an address or a form holds them. A question that was not asked yet has no errors. */
export function readAnswers(given: Typed, today: PlainDate): Answers {
  const kind = KINDS.find((each) => each === given['kind']);
  if (kind === undefined) return { kind, pattern: undefined, step: 'kind', errors: [] };
  const asked = (fields: readonly string[]) => fields.some((name) => given[name] !== undefined);
  const days = asked(DAY_FIELDS[kind]) ? readDays(kind, given, today) : { errors: [] };
  if ('errors' in days) return { kind, pattern: undefined, step: 'days', errors: days.errors };
  const { pattern } = days;
  if (pattern.kind === 'dates') {
    const dates = (Object.keys(pattern.dates) as PlainDate[]).toSorted();
    return { kind, pattern, step: 'check', wish: { pattern, startsOn: dates[0]!, endsOn: dates.at(-1)! } };
  }
  if (!asked(PERIOD_FIELDS)) return { kind, pattern, step: 'period', errors: [] };
  const form = parseForm(period, part(given, PERIOD_FIELDS));
  const errors = form.errors ?? periodErrors(form.values, today);
  if (!form.values || errors.length > 0) return { kind, pattern, step: 'period', errors };
  return { kind, pattern, step: 'check', wish: { pattern, ...form.values } };
}

/** The workday's form says 'working day' and 'work'; here they are days and hours to book. */
export function saidOfBooking(error: FieldError): FieldError {
  if (error.key === 'workday.no_days') return { ...error, key: 'new.no_days' };
  return error.key === 'workday.ends_first' ? { ...error, key: 'refusal.too_short' } : error;
}
