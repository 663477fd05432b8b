import { z } from 'zod';
import { parsePlainDate, startOfMonth, WEEKDAYS, type PlainDate } from '../../domain/calendar.ts';
import { horizonOf } from '../../domain/horizon.ts';
import type { Pattern, Stretch } from '../../domain/pattern.ts';
import { LONGEST_COMMUTE_MINUTES } from '../../use-cases/workday.ts';
import type { FieldError } from '../form.ts';
import { dateField, manyOf, timeField } from '../shapes.ts';

export const KINDS = ['weekly', 'cycle', 'dates'] as const;
export type Kind = (typeof KINDS)[number];

const LONGEST_RUN = 14;
/** More than there are days to the horizon. */
const MOST_DATES = 500;
const whole = (most: number) =>
  z.coerce.number({ error: 'form.invalid_number' }).int('form.invalid_number').min(1).max(most);
const times = {
  from: timeField(),
  to: timeField(),
  commute: z.coerce
    .number({ error: 'form.invalid_number' })
    .int('form.invalid_number')
    .min(0)
    .max(LONGEST_COMMUTE_MINUTES),
};

/** What each kind of workday asks for. Choices that repeat come as text or as a list. */
export const SHAPES = {
  weekly: z.object({ days: manyOf(WEEKDAYS), ...times }),
  cycle: z.object({ first: dateField(), on: whole(LONGEST_RUN), off: whole(LONGEST_RUN), ...times }),
  dates: z.object({ dates: z.union([z.string(), z.array(z.string())]).optional(), ...times }),
} as const;

type Values = { readonly [K in Kind]: z.output<(typeof SHAPES)[K]> };
/** The part of a form that makes its pattern; a booking's form has no way to work. */
export type PatternValues = { readonly [K in Kind]: Omit<Values[K], 'commute'> }[Kind];

/** Dates may be chosen from the first of this month to the horizon; what is not one of them is no choice. */
function datesOf(given: string | string[] | undefined, today: PlainDate): PlainDate[] {
  const [first, last] = [startOfMonth(today), horizonOf(today)];
  return datesAmong(given === undefined ? [] : [given].flat()).filter(
    (date) => date >= first && date <= last,
  );
}

/** The real dates among some texts, each once, in order. */
export function datesAmong(texts: readonly string[]): PlainDate[] {
  const dates = texts.slice(0, MOST_DATES).flatMap((text) => parsePlainDate(text) ?? []);
  return [...new Set(dates)].toSorted();
}

/** The pattern of a form that is well shaped; otherwise what is wrong with it. */
export function patternOf(
  kind: Kind,
  values: PatternValues,
  today: PlainDate,
): { readonly pattern: Pattern } | { readonly errors: FieldError[] } {
  if (values.to <= values.from) return { errors: [{ field: 'to', key: 'workday.ends_first' }] };
  const stretch: Stretch = [values.from, values.to];
  if (kind === 'weekly') {
    const { days } = values as Omit<Values['weekly'], 'commute'>;
    if (days.length === 0) return { errors: [{ field: 'days', key: 'workday.no_days' }] };
    return { pattern: { kind, days: Object.fromEntries(days.map((day) => [day, stretch])) } };
  }
  if (kind === 'cycle') {
    const { first, on, off } = values as Omit<Values['cycle'], 'commute'>;
    const days = Object.fromEntries(Array.from({ length: on }, (_, day) => [day + 1, stretch]));
    return { pattern: { kind, length: on + off, from: first, days } };
  }
  const dates = datesOf((values as Omit<Values['dates'], 'commute'>).dates, today);
  if (dates.length === 0) return { errors: [{ field: 'dates', key: 'workday.no_days' }] };
  return { pattern: { kind, dates: Object.fromEntries(dates.map((date) => [date, stretch])) } };
}

/** A stored pattern as the form shows it. */
export function typedOf(pattern: Pattern): Record<string, string | string[]> {
  if (pattern.kind === 'weekly') return { days: Object.keys(pattern.days) };
  if (pattern.kind === 'dates') return { dates: Object.keys(pattern.dates) };
  const on = Object.keys(pattern.days).length;
  return { first: pattern.from, on: String(on), off: String(pattern.length - on) };
}

/** The first stretch: all days of a workday share it. */
export function stretchOf(pattern: Pattern): Stretch | undefined {
  const all = pattern.kind === 'dates' ? pattern.dates : pattern.days;
  return Object.values<Stretch | undefined>(all)[0];
}
