import { z } from 'zod';
import type { PlainDate } from '../../domain/calendar.ts';
import { horizonOf } from '../../domain/horizon.ts';
import { formatPattern, minutesPerWeek, parsePattern, type Pattern } from '../../domain/pattern.ts';
import { MOST_CHOICES, type Tolerance } from '../../domain/waiting-list.ts';
import type { Choice, Entry } from '../../data/waiting-list.ts';
import { DAY_FIELDS, readDays } from '../family/series-answers.ts';
import { KINDS, type Kind } from '../family/workday-form.ts';
import { parseForm, typed, type FieldError, type Typed } from '../form.ts';
import { dateField, optional } from '../shapes.ts';

/** The questions of a wish for the waiting list, in their order; the last shows all answers. */
const STEPS = ['kind', 'days', 'start', 'groups', 'check'] as const;
export type Step = (typeof STEPS)[number];
export const isStep = (text: string): text is Step => (STEPS as readonly string[]).includes(text);

export const START_FIELDS: readonly string[] = ['startsOn', 'earlier', 'later', 'minimum'];
export const PATTERN_FIELDS: readonly string[] = ['kind', 'pattern', ...Object.values(DAY_FIELDS).flat()];
const ASKED: readonly string[] = [...PATTERN_FIELDS, ...START_FIELDS, 'group'];

/** Half-hours that a stay may be earlier or later by, where the family says so; see nearest.ts. */
export const MOST_TOLERATED = 4;
const TOLERATED = Array.from({ length: MOST_TOLERATED + 1 }, (_, by) => String(by));

/** The answers that an address or a form holds: those of ours, as they were given. */
export function wishIn(given: unknown): Typed {
  return Object.fromEntries(
    Object.entries(typed(given)).filter(([name, value]) => ASKED.includes(name) && value !== ''),
  );
}

/** Hours of a week, to the half-hour: '22,5' → 1,350 minutes. */
const readHours = (text: string): number | undefined => {
  const hours = /^\d{1,3}([.,][05])?$/.test(text) ? Number(text.replace(',', '.')) : undefined;
  return hours === undefined ? undefined : hours * 60;
};
const tolerated = () =>
  optional((text) => (TOLERATED.includes(text) ? Number(text) : undefined), 'form.choose_one');

const start = z.object({
  startsOn: dateField(),
  earlier: tolerated(),
  later: tolerated(),
  minimum: optional(readHours, 'waiting.invalid_hours'),
});

export interface Wished {
  readonly pattern: Pattern;
  readonly startsOn: PlainDate;
  readonly tolerance: Tolerance | null;
  readonly minimumMinutesPerWeek: number | null;
  readonly choices: readonly number[];
}

/** How far the answers go: the whole wish, or the first question without a right answer. */
export type WishAnswers = {
  readonly kind: Kind | undefined;
  readonly pattern: Pattern | undefined;
  readonly choices: readonly number[];
} & (
  | { readonly wish: Wished; readonly step: 'check' }
  | { readonly wish?: undefined; readonly step: Step; readonly errors: readonly FieldError[] }
);

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A pattern handed over whole, as find hours does, else the answers of the days' question. */
function readPattern(given: Typed, kind: Kind | undefined, today: PlainDate) {
  const text = given['pattern'];
  if (typeof text === 'string') return parsePattern(jsonOf(text), { checkLength: true });
  if (kind === undefined || !DAY_FIELDS[kind].some((name) => given[name] !== undefined)) return undefined;
  return readDays(kind, given, today);
}

/** The groups chosen, the dearest first, each once; what is no number of a group is none. */
function choicesIn(given: Typed): number[] {
  const ids = [given['group'] ?? []].flat().filter((text) => /^[1-9]\d{0,8}$/.test(text));
  return [...new Set(ids.map(Number))].slice(0, MOST_CHOICES);
}

function startErrors(
  values: z.output<typeof start>,
  pattern: Pattern,
  earliest: PlainDate,
  today: PlainDate,
): FieldError[] {
  if (values.startsOn < earliest) return [{ field: 'startsOn', key: 'refusal.past' }];
  if (values.startsOn > horizonOf(today)) return [{ field: 'startsOn', key: 'refusal.beyond_horizon' }];
  return values.minimum !== null && values.minimum > minutesPerWeek(pattern)
    ? [{ field: 'minimum', key: 'waiting.minimum_too_large' }]
    : [];
}

/** Reads the answers as an address or a form holds them; `earliest` is the first day that may be asked for. */
export function readWish(given: Typed, today: PlainDate, earliest: PlainDate = today): WishAnswers {
  const choices = choicesIn(given);
  const asked = KINDS.find((each) => each === given['kind']);
  const read = readPattern(given, asked, today);
  if (read === undefined)
    return { kind: asked, pattern: undefined, choices, step: asked ? 'days' : 'kind', errors: [] };
  if ('errors' in read) {
    const errors =
      given['pattern'] === undefined
        ? (read.errors as readonly FieldError[])
        : [{ field: '', key: 'refusal.invalid' } as const];
    return { kind: asked, pattern: undefined, choices, step: asked ? 'days' : 'kind', errors };
  }
  const { pattern } = read;
  const known = { kind: pattern.kind, pattern, choices };
  if (given['startsOn'] === undefined) return { ...known, step: 'start', errors: [] };
  const form = parseForm(
    start,
    Object.fromEntries(Object.entries(given).filter(([name]) => START_FIELDS.includes(name))),
  );
  const errors = form.errors ?? startErrors(form.values, pattern, earliest, today);
  if (!form.values || errors.length > 0) return { ...known, step: 'start', errors };
  if (choices.length === 0) return { ...known, step: 'groups', errors: [] };
  const { startsOn, earlier, later, minimum } = form.values;
  // Whoever names one limit only leaves the other open.
  const tolerance =
    earlier === null && later === null
      ? null
      : { earlier: earlier ?? MOST_TOLERATED, later: later ?? MOST_TOLERATED };
  const wish = { pattern, startsOn, tolerance, minimumMinutesPerWeek: minimum, choices };
  return { ...known, step: 'check', wish };
}

/** What an entry wishes for now, as answers to change. */
export function answersOfEntry(entry: Entry, choices: readonly Choice[]): Typed {
  const parsed = parsePattern(entry.pattern);
  return {
    ...('pattern' in parsed && { pattern: JSON.stringify(formatPattern(parsed.pattern)) }),
    startsOn: entry.startsOn,
    ...(entry.tolerance && {
      earlier: String(entry.tolerance.earlier),
      later: String(entry.tolerance.later),
    }),
    ...(entry.minimumMinutesPerWeek !== null && { minimum: String(entry.minimumMinutesPerWeek / 60) }),
    group: choices.filter(({ refusedAt }) => refusedAt === null).map(({ groupId }) => String(groupId)),
  };
}
