import {
  datesBetween,
  daysBetween,
  maxOf,
  minOf,
  parsePlainDate,
  startOfWeek,
  WEEKDAYS,
  weekdayOf,
  type PlainDate,
  type Weekday,
} from './calendar.ts';
import {
  formatTime,
  lengthReason,
  MINUTES_PER_HALF_HOUR,
  parseTime,
  timeShape,
  type HalfHour,
  type LengthReason,
  type Slot,
} from './slots.ts';

/** One stretch of a day, [from, to) in half-hours 0…48. */
export type Stretch = readonly [from: HalfHour, to: HalfHour];

export interface WeeklyPattern {
  readonly kind: 'weekly';
  readonly days: Readonly<Partial<Record<Weekday, Stretch>>>;
}

/** Day 1 of the cycle is `from`; it runs on without end both ways, so days before `from` have their place in it too. */
export interface CyclePattern {
  readonly kind: 'cycle';
  /** 2…28 days. */
  readonly length: number;
  readonly from: PlainDate;
  /** By day of the cycle, 1…length. */
  readonly days: Readonly<Record<number, Stretch>>;
}

export interface DatesPattern {
  readonly kind: 'dates';
  readonly dates: Readonly<Record<PlainDate, Stretch>>;
}

/** When somebody is there, or works: at most one stretch a day, on at least one day. */
export type Pattern = WeeklyPattern | CyclePattern | DatesPattern;

export const LONGEST_CYCLE = 28;
/** A pattern of dates is written day by day; no more of them than the horizon of bookings has days. */
export const MOST_DATES = 500;

/** A slot of a pattern on a date. */
export interface DatedSlot extends Slot {
  readonly date: PlainDate;
}

type TimesJson = readonly [from: string, to: string];

/** The outside form (api.md, Conventions); also how patterns are stored. Times are 'HH:MM' on the grid. */
export type PatternJson =
  | Readonly<Partial<Record<Weekday, TimesJson>>>
  | { readonly cycle: number; readonly from: string; readonly days: Readonly<Record<string, TimesJson>> }
  | { readonly dates: Readonly<Record<string, TimesJson>> };

/** An error earlier in this list wins over later ones (shape, then grid, then length). */
const REASONS = ['invalid', 'off_grid', 'too_short', 'too_long'] as const;
export type PatternReason = (typeof REASONS)[number];

export interface PatternError {
  /** Dotted, from the field that holds the pattern: 'pattern.mon', 'pattern.days.2', 'pattern.dates.2027-03-02'. */
  readonly field: string;
  readonly reason: PatternReason;
}

interface ParseOptions {
  /** Whether stretches must be 4–10 hours long, as bookings are; work and opening may be shorter or longer. */
  readonly checkLength?: boolean;
  /** Name of the field that holds the pattern, 'pattern' unless told. */
  readonly field?: string;
}

function recordOf(json: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
    ? (json as Readonly<Record<string, unknown>>)
    : undefined;
}

function parseStretch(json: unknown, checkLength: boolean): Stretch | PatternReason {
  if (!Array.isArray(json) || json.length !== 2) return 'invalid';
  const [start, end] = json as [unknown, unknown];
  if (typeof start !== 'string' || typeof end !== 'string' || !timeShape(start) || !timeShape(end))
    return 'invalid';
  const [from, to] = [parseTime(start), parseTime(end)];
  if (from === undefined || to === undefined) return 'off_grid';
  const wrongLength: LengthReason | undefined = lengthReason({ from, to });
  if (checkLength && wrongLength !== undefined) return wrongLength;
  return to > from ? [from, to] : 'invalid';
}

/**
 * Reads the outside form. Refuses, naming every wrong field, worst first: unknown keys, days and dates that do not exist,
 * an empty pattern, malformed times, a stretch that does not end after it starts ('invalid'); times off the half-hour
 * grid ('off_grid'); with checkLength stretches under 4 or over 10 hours ('too_short', 'too_long').
 */
export function parsePattern(
  json: unknown,
  { checkLength = false, field = 'pattern' }: ParseOptions = {},
): { pattern: Pattern } | { errors: PatternError[] } {
  const errors: PatternError[] = [];
  const invalid = (where: string): void => void errors.push({ field: where, reason: 'invalid' });

  const parseDays = (
    days: unknown,
    where: string,
    isDay: (key: string) => boolean,
  ): Record<string, Stretch> => {
    const entries = Object.entries(recordOf(days) ?? {});
    if (entries.length === 0 || entries.length > MOST_DATES) invalid(where);
    const parsed: Record<string, Stretch> = {};
    for (const [key, times] of entries.slice(0, MOST_DATES)) {
      const stretch = isDay(key) ? parseStretch(times, checkLength) : 'invalid';
      if (typeof stretch === 'string') errors.push({ field: `${where}.${key}`, reason: stretch });
      else parsed[key] = stretch;
    }
    return parsed;
  };

  const parseForm = (): Pattern | undefined => {
    const form = recordOf(json) ?? {};
    const refuseOthers = (known: readonly string[]): void =>
      Object.keys(form).forEach((key) => known.includes(key) || invalid(`${field}.${key}`));
    if ('dates' in form) {
      refuseOthers(['dates']);
      const isDate = (key: string): boolean => parsePlainDate(key) !== undefined;
      return { kind: 'dates', dates: parseDays(form['dates'], `${field}.dates`, isDate) };
    }
    if ('cycle' in form) {
      refuseOthers(['cycle', 'from', 'days']);
      const length = form['cycle'];
      const from = typeof form['from'] === 'string' ? parsePlainDate(form['from']) : undefined;
      if (from === undefined) invalid(`${field}.from`);
      if (typeof length !== 'number' || !Number.isInteger(length) || length < 2 || length > LONGEST_CYCLE) {
        invalid(`${field}.cycle`);
        return undefined;
      }
      const isDay = (key: string): boolean => /^[1-9]\d?$/.test(key) && Number(key) <= length;
      const days = parseDays(form['days'], `${field}.days`, isDay);
      return from && { kind: 'cycle', length, from, days };
    }
    const isWeekday = (key: string): boolean => (WEEKDAYS as readonly string[]).includes(key);
    return { kind: 'weekly', days: parseDays(form, field, isWeekday) };
  };

  const pattern = parseForm();
  if (pattern !== undefined && errors.length === 0) return { pattern };
  return { errors: errors.toSorted((a, b) => REASONS.indexOf(a.reason) - REASONS.indexOf(b.reason)) };
}

function timesOf<Key extends string>(days: Readonly<Partial<Record<Key, Stretch>>>, keys: readonly Key[]) {
  const times: Partial<Record<Key, TimesJson>> = {};
  for (const key of keys) {
    const stretch = days[key];
    if (stretch) times[key] = [formatTime(stretch[0]), formatTime(stretch[1])];
  }
  return times;
}

/** The pattern in its outside form, days in order; parsePattern reads it back. */
export function formatPattern(pattern: Pattern): PatternJson {
  if (pattern.kind === 'weekly') return timesOf(pattern.days, WEEKDAYS);
  const days: Readonly<Record<string, Stretch>> = pattern.kind === 'cycle' ? pattern.days : pattern.dates;
  const times = timesOf(days, Object.keys(days).toSorted()) as Record<string, TimesJson>;
  return pattern.kind === 'cycle'
    ? { cycle: pattern.length, from: pattern.from, days: times }
    : { dates: times };
}

/** Where a date stands in a cycle, 1…length. */
function dayOfCycle(pattern: CyclePattern, date: PlainDate): number {
  const days = daysBetween(pattern.from, date) % pattern.length;
  return (days < 0 ? days + pattern.length : days) + 1;
}

function stretchOn(pattern: Pattern, date: PlainDate): Stretch | undefined {
  if (pattern.kind === 'weekly') return pattern.days[weekdayOf(date)];
  return pattern.kind === 'cycle' ? pattern.days[dayOfCycle(pattern, date)] : pattern.dates[date];
}

/** Which of the pattern's days a date is: a weekday, a day of the cycle, or the date itself. */
export function dayKeyOf(pattern: Pattern, date: PlainDate): string {
  if (pattern.kind === 'weekly') return weekdayOf(date);
  return pattern.kind === 'cycle' ? String(dayOfCycle(pattern, date)) : date;
}

/** A pattern of the same kind and rhythm with other stretches, by day key; undefined when none is left. */
export function withStretches(
  pattern: Pattern,
  stretches: ReadonlyMap<string, Stretch>,
): Pattern | undefined {
  if (stretches.size === 0) return undefined;
  const days = Object.fromEntries(stretches);
  if (pattern.kind === 'weekly') return { kind: 'weekly', days };
  return pattern.kind === 'cycle' ? { ...pattern, days } : { kind: 'dates', dates: days };
}

/** The slot of a date; undefined on a day that the pattern leaves out. */
export function slotOn(pattern: Pattern, date: PlainDate): Slot | undefined {
  const stretch = stretchOn(pattern, date);
  return stretch && { from: stretch[0], to: stretch[1] };
}

/** All slots of startsOn … endsOn, both included, in order of date. */
export function slotsBetween(pattern: Pattern, startsOn: PlainDate, endsOn: PlainDate): DatedSlot[] {
  const slots: DatedSlot[] = [];
  for (const date of datesBetween(startsOn, endsOn)) {
    const stretch = stretchOn(pattern, date);
    if (stretch) slots.push({ date, from: stretch[0], to: stretch[1] });
  }
  return slots;
}

/**
 * Minutes a week: of a cycle the mean (4 days of 600 in 14 days are 1,200), which need not be whole; of dates the mean
 * over the calendar weeks from the first date to the last.
 */
export function minutesPerWeek(pattern: Pattern): number {
  const stretches = Object.values<Stretch | undefined>(
    pattern.kind === 'dates' ? pattern.dates : pattern.days,
  );
  const minutes = stretches.reduce(
    (sum, each) => sum + (each ? (each[1] - each[0]) * MINUTES_PER_HALF_HOUR : 0),
    0,
  );
  if (pattern.kind === 'weekly') return minutes;
  if (pattern.kind === 'cycle') return (minutes * 7) / pattern.length;
  const dates = Object.keys(pattern.dates) as PlainDate[];
  const [first, last] = [minOf(dates), maxOf(dates)];
  if (first === undefined || last === undefined) return 0;
  return minutes / (daysBetween(startOfWeek(first), startOfWeek(last)) / 7 + 1);
}
