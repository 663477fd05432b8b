import { BREAK_HALF_HOURS, spanMinutes, type StretchedShift } from './shift.ts';
import { planOf, type ShiftPlan } from './shift-parts.ts';
import type { HalfHour, Slot } from './slots.ts';

/** A shift's hours, break and groups, as a form would say them. */
export interface MovedShift extends ShiftPlan, Slot {
  readonly breakFrom: HalfHour | null;
}

/**
 * A shift at other hours. Of the same length it is moved as it is: break and groups go along. Longer or shorter it keeps
 * them where they are: its main group takes what is new. A break that no longer lies within, and one that the new length
 * asks for, stands in the middle; one that is not needed any more and no longer fits goes.
 */
export function movedShift(shift: StretchedShift, to: Slot, breakAfterMinutes: number): MovedShift {
  const by = to.to - to.from === shift.to - shift.from ? to.from - shift.from : 0;
  const { groupId, parts } = planOf(shift, shift.stretches);
  const kept = parts
    .map((part) => ({
      groupId: part.groupId,
      from: Math.max(part.from + by, to.from),
      to: Math.min(part.to + by, to.to),
    }))
    .filter((part) => part.from < part.to);
  const own = shift.breakFrom === null ? null : shift.breakFrom + by;
  const fits = own !== null && own > to.from && own + BREAK_HALF_HOURS < to.to;
  const middle = Math.floor((to.from + to.to - BREAK_HALF_HOURS) / 2);
  const needed = spanMinutes(to) > breakAfterMinutes;
  return { from: to.from, to: to.to, breakFrom: fits ? own : needed ? middle : null, groupId, parts: kept };
}
