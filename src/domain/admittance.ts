import { dateAt, minuteOfDay, type Instant, type PlainDate } from './calendar.ts';
import { isLate, type Deadline } from './deadline.ts';
import { horizonOf } from './horizon.ts';
import { fit, type GroupDay, type Need } from './places.ts';
import type { Reason } from './refusal.ts';
import { formatTime, nextHalfHour, type Slot } from './slots.ts';

export interface Refused {
  readonly reason: Reason;
  /** Times 'HH:MM' at which there is no room or no skill. */
  readonly fullAt?: string[];
}

export interface Asked {
  readonly date: PlainDate;
  readonly slot: Slot;
  readonly need: Need;
  readonly now: Instant;
  /** Whether the child already has a booking on that date that occupies anything. */
  readonly booked: boolean;
  readonly deadline: Deadline & { readonly lateChanges: 'accepted' | 'staff_only' };
  readonly byStaff: boolean;
}

/** The first half-hour of a date that is not over at an instant: 0 on days ahead, 48 on days gone. */
export function firstOpenHalfHour(date: PlainDate, now: Instant): number {
  const today = dateAt(now);
  if (date > today) return 0;
  if (date < today) return 48;
  return nextHalfHour(minuteOfDay(now));
}

/**
 * Why a slot cannot be booked on a day, if so. First match wins: past, horizon (no row), closed, outside the hours,
 * locked, already booked, skill on duty, full. Category, age and admission are checked before (eligibility.ts).
 */
export function dayRefusal(
  day: (GroupDay & { closedReason: string | null }) | undefined,
  asked: Asked,
): Refused | undefined {
  const { date, slot, now } = asked;
  if (slot.from < firstOpenHalfHour(date, now)) return { reason: 'past' };
  if (day === undefined) return { reason: date > horizonOf(dateAt(now)) ? 'beyond_horizon' : 'closed' };
  if (day.opensAt === null || day.closesAt === null) return { reason: 'closed' };
  if (slot.from < day.opensAt || slot.to > day.closesAt) {
    return { reason: day.closedReason === null ? 'outside_hours' : 'closed' };
  }
  if (!asked.byStaff && asked.deadline.lateChanges === 'staff_only' && isLate(now, date, asked.deadline)) {
    return { reason: 'locked' };
  }
  if (asked.booked) return { reason: 'already_booked' };
  const unfit = fit(day, slot, asked.need);
  return unfit && { reason: unfit.reason, fullAt: unfit.at.map(formatTime) };
}
