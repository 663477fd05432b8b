import { addDays, instantAt, startOfWeek, type Instant, type PlainDate } from './calendar.ts';
import { MINUTES_PER_HALF_HOUR, type HalfHour } from './slots.ts';

/** Until when changes for a week are in time: a weekday (1 = Monday) and half-hour of the week before. */
export interface Deadline {
  readonly deadlineWeekday: number;
  readonly deadlineHalfHour: HalfHour;
}

/** The instant after which a booking for this date is late. */
function deadlineFor(date: PlainDate, deadline: Deadline): Instant {
  const weekBefore = addDays(startOfWeek(date), -7);
  return instantAt(
    addDays(weekBefore, deadline.deadlineWeekday - 1),
    deadline.deadlineHalfHour * MINUTES_PER_HALF_HOUR,
  );
}

export function isLate(now: Instant, date: PlainDate, deadline: Deadline): boolean {
  return now > deadlineFor(date, deadline);
}
