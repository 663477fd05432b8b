import type { PlainDate } from './calendar.ts';
import { MINUTES_PER_HALF_HOUR, type HalfHour, type Slot } from './slots.ts';

/** Somebody's working day: from start to end, a break of one half-hour within. */
export interface Shift extends Slot {
  readonly staffId: number;
  readonly date: PlainDate;
  /** Null where there is no break. */
  readonly breakFrom: HalfHour | null;
}

/** The part of a shift that is spent with a group. */
export interface Stretch extends Slot {
  readonly groupId: number;
}

export interface StretchedShift extends Shift {
  readonly stretches: readonly Stretch[];
}

/** The Labour Code's shortest break, and the only length on the grid that this house knows. */
export const BREAK_HALF_HOURS = 1;
export const BREAK_MINUTES = BREAK_HALF_HOURS * MINUTES_PER_HALF_HOUR;

/** Minutes from start to end, the break within. */
export function spanMinutes(shift: Slot): number {
  return (shift.to - shift.from) * MINUTES_PER_HALF_HOUR;
}

/** Minutes of working time: a break is none. */
export function workMinutes(shift: Pick<Shift, 'from' | 'to' | 'breakFrom'>): number {
  return spanMinutes(shift) - (shift.breakFrom === null ? 0 : BREAK_MINUTES);
}

/** A stretch without the break: what is left before and after it. */
export function withoutBreak(slot: Slot, breakFrom: HalfHour | null): Slot[] {
  if (breakFrom === null || breakFrom + BREAK_HALF_HOURS <= slot.from || breakFrom >= slot.to)
    return [{ from: slot.from, to: slot.to }];
  const parts = [
    { from: slot.from, to: breakFrom },
    { from: breakFrom + BREAK_HALF_HOURS, to: slot.to },
  ];
  return parts.filter((part) => part.from < part.to);
}
