import { addDays, datesBetween, plainDate, weekdayOf, yearOf, type PlainDate } from './calendar.ts';
import { holidaysIn, neverTransfers, type HolidayName } from './holidays.ts';

/** Days of the working week: five (Saturday and Sunday are off) or six (Sunday is off). */
export type Week = 5 | 6;

/** A day on which the table says something else than the rule: the Government swapped days, or the centre's own day. */
export interface CalendarOverride {
  readonly date: PlainDate;
  readonly working: boolean;
  /** The other day of the swap. */
  readonly standsFor: PlainDate | null;
  readonly name: string | null;
}

export type Overrides = ReadonlyMap<PlainDate, CalendarOverride>;

export interface WorkingDay {
  readonly working: boolean;
  readonly reason: 'working' | 'weekend' | 'holiday' | 'transferred' | 'override';
  /** The holiday itself, the one whose day off this is, or the one that an override stands for. */
  readonly name: HolidayName | null;
  /** The holiday that moved here, or the other day of a swap. */
  readonly standsFor: PlainDate | null;
}

const WORKING: WorkingDay = { working: true, reason: 'working', name: null, standsFor: null };
const WEEKEND: WorkingDay = { working: false, reason: 'weekend', name: null, standsFor: null };

function isWeekend(date: PlainDate, week: Week): boolean {
  const weekday = weekdayOf(date);
  return weekday === 'sun' || (weekday === 'sat' && week === 5);
}

const specialDays = new Map<number, ReadonlyMap<PlainDate, WorkingDay>>();

/**
 * The year's holidays and the days they move to. A holiday on a day off of the week moves to the next working day, in
 * order, each to a day of its own (Law on holidays, art. 5); it never leaves its year.
 */
function specialDaysOf(year: number, week: Week): ReadonlyMap<PlainDate, WorkingDay> {
  const key = year * 10 + week;
  const known = specialDays.get(key);
  if (known !== undefined) return known;
  const days = new Map<PlainDate, WorkingDay>();
  const holidays = holidaysIn(year);
  for (const [date, name] of holidays)
    days.set(date, { working: false, reason: 'holiday', name, standsFor: null });
  for (const [date, name] of holidays) {
    if (neverTransfers(name) || !isWeekend(date, week)) continue;
    let target = addDays(date, 1);
    while (isWeekend(target, week) || days.has(target)) target = addDays(target, 1);
    days.set(target, { working: false, reason: 'transferred', name, standsFor: date });
  }
  specialDays.set(key, days);
  return days;
}

/**
 * Whether the date is worked in that kind of week, and why. An override is the last word for its own date and moves no
 * other day: a swap is two overrides.
 */
export function workingDay(date: PlainDate, week: Week, overrides: Overrides): WorkingDay {
  const override = overrides.get(date);
  if (override !== undefined) {
    const { working, standsFor } = override;
    const named = standsFor ?? date;
    return { working, reason: 'override', name: holidaysIn(yearOf(named)).get(named) ?? null, standsFor };
  }
  return specialDaysOf(yearOf(date), week).get(date) ?? (isWeekend(date, week) ? WEEKEND : WORKING);
}

/**
 * The n-th working day after the date, which itself is not counted: Friday + 2 = Tuesday. Negative n counts back;
 * 0 is the date itself, worked or not. Throws RangeError for fractions.
 */
export function addWorkingDays(date: PlainDate, n: number, week: Week, overrides: Overrides): PlainDate {
  if (!Number.isInteger(n)) throw new RangeError(`not a number of days: ${n}`);
  const step = n < 0 ? -1 : 1;
  let at = date;
  for (let left = Math.abs(n); left > 0;) {
    at = addDays(at, step);
    if (workingDay(at, week, overrides).working) left--;
  }
  return at;
}

/** The working days of from … to, both included. */
export function workingDaysBetween(
  from: PlainDate,
  to: PlainDate,
  week: Week,
  overrides: Overrides,
): PlainDate[] {
  return datesBetween(from, to).filter((date) => workingDay(date, week, overrides).working);
}

const swap = (worked: string, off: string, name: string): CalendarOverride[] => [
  { date: plainDate(worked), working: true, standsFor: plainDate(off), name },
  { date: plainDate(off), working: false, standsFor: plainDate(worked), name },
];

/**
 * The swaps that the Government has announced so far, to start the table with: resolution of 25 April 2023, orders of
 * the Minister of Labour of 17 April 2024 and 21 November 2024. None is known for 2026 and 2027.
 */
export const KNOWN_OVERRIDES: readonly CalendarOverride[] = [
  ...swap('2023-07-01', '2023-07-07', 'Ауыстырылған демалыс күні / Перенос дня отдыха'),
  ...swap('2024-05-04', '2024-05-08', 'Ауыстырылған демалыс күні / Перенос дня отдыха'),
  ...swap('2025-01-05', '2025-01-03', 'Ауыстырылған демалыс күні / Перенос дня отдыха'),
];
