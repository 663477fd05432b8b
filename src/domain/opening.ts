import type { PlainDate, Weekday } from './calendar.ts';
import { weekdayOf } from './calendar.ts';
import type { HalfHour } from './slots.ts';
import { workingDay, type CalendarOverride, type Week } from './working-days.ts';

/** Opening by weekday, [from, to) in half-hours; a weekday that is not named is closed. */
export type WeeklyHours = Partial<Record<Weekday, readonly [HalfHour, HalfHour]>>;

export type ClosureKind = 'planned' | 'emergency';

export type ClosedReason = 'day_off' | 'holiday' | 'closure' | 'emergency' | 'ended';

/** Room and hours of a group, valid from a date until the next terms. */
export interface Terms {
  readonly startsOn: PlainDate;
  readonly room: number;
  readonly hours: WeeklyHours;
}

export interface Closure {
  readonly startsOn: PlainDate;
  readonly endsOn: PlainDate;
  /** On startsOn closed from this half-hour on; null = the whole day. Later days are closed whole. */
  readonly fromHalfHour: HalfHour | null;
  readonly kind: ClosureKind;
}

export interface Opening {
  readonly room: number;
  readonly opensAt: HalfHour | null;
  readonly closesAt: HalfHour | null;
  /** Why closed, or why it closes early. */
  readonly closedReason: ClosedReason | null;
}

/** A group that works on Saturdays keeps the six-day calendar. */
function weekOf(hours: WeeklyHours): Week {
  return hours.sat ? 6 : 5;
}

/** The terms in force on a day; undefined before the first. */
export function termsOn<T extends { readonly startsOn: PlainDate }>(
  terms: readonly T[],
  date: PlainDate,
): T | undefined {
  let inForce: T | undefined;
  for (const each of terms) {
    if (each.startsOn <= date && (inForce === undefined || each.startsOn > inForce.startsOn)) inForce = each;
  }
  return inForce;
}

/** Room and opening of a group on a day: dated terms, the national calendar, then closures. */
export function openingOn(
  terms: readonly Terms[],
  endsOn: PlainDate | null,
  closures: readonly Closure[],
  overrides: ReadonlyMap<PlainDate, CalendarOverride>,
  date: PlainDate,
): Opening {
  const inForce = termsOn(terms, date);
  const room = inForce?.room ?? 0;
  const closed = (closedReason: ClosedReason): Opening => ({
    room,
    opensAt: null,
    closesAt: null,
    closedReason,
  });
  if (inForce === undefined || (endsOn !== null && date > endsOn)) return closed('ended');

  const day = workingDay(date, weekOf(inForce.hours), overrides);
  // A working Saturday keeps the hours of the day it stands for.
  const hours = inForce.hours[weekdayOf(day.standsFor ?? date)];
  if (!day.working && day.reason !== 'weekend') return closed('holiday');
  if (!hours) return closed('day_off');

  const [opensAt] = hours;
  let [, closesAt] = hours;
  let closedReason: ClosedReason | null = null;
  for (const closure of closures) {
    if (date < closure.startsOn || date > closure.endsOn) continue;
    const reason: ClosedReason = closure.kind === 'emergency' ? 'emergency' : 'closure';
    const from = date === closure.startsOn ? (closure.fromHalfHour ?? 0) : 0;
    if (from <= opensAt) return closed(reason);
    if (from < closesAt) {
      closesAt = from;
      closedReason = reason;
    }
  }
  return { room, opensAt, closesAt, closedReason };
}
