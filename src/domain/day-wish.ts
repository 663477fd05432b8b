import { weekdayOf, type PlainDate } from './calendar.ts';
import type { WeeklyHours } from './opening.ts';
import type { HalfHour, Slot } from './slots.ts';

/** What somebody wishes of one day: to work in these hours, or, with both null, to be free. */
export interface DayWish {
  readonly staffId: number;
  readonly date: PlainDate;
  readonly from: HalfHour | null;
  readonly to: HalfHour | null;
}

/** The wish that counts on a date. */
export interface Wish {
  /** Of this one day, or of every such weekday. */
  readonly of: 'day' | 'week';
  /** Null = would rather be free. */
  readonly hours: Slot | null;
}

/** A wish for the day itself takes the place of the weekly one; a weekday without hours is no wish at all. */
export function wishOn(
  date: PlainDate,
  day: Pick<DayWish, 'from' | 'to'> | undefined,
  weekly: WeeklyHours | null,
): Wish | undefined {
  if (day)
    return {
      of: 'day',
      hours: day.from === null || day.to === null ? null : { from: day.from, to: day.to },
    };
  const hours = weekly?.[weekdayOf(date)];
  return hours && { of: 'week', hours: { from: hours[0], to: hours[1] } };
}

/** Whether no half-hour of the day's shifts is against the wish: what the solver counts as its cost. */
export function wishKept({ hours }: Wish, shifts: readonly Slot[]): boolean {
  return shifts.every(({ from, to }) => hours !== null && hours.from <= from && to <= hours.to);
}
