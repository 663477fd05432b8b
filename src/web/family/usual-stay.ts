import { fit } from '../../domain/places.ts';
import { LONGEST_STAY, type Slot } from '../../domain/slots.ts';
import type { StoredDay } from '../../data/group-days.ts';
import { longestFree, type Asking } from './free-day.ts';

export const isOpen = (day: StoredDay): boolean => day.opensAt !== null && day.closesAt !== null;

/** From the first opening to the last closing of some days; the centre's own hours where none is open. */
export function hoursOf(days: readonly StoredDay[], otherwise: Slot): Slot {
  const open = days.filter(isOpen);
  if (open.length === 0) return otherwise;
  return {
    from: Math.min(...open.map((day) => day.opensAt!)),
    to: Math.max(...open.map((day) => day.closesAt!)),
  };
}

/** What a form begins with: the child's usual hours where they are free, else the longest free ones. */
export function usualStay(
  before: readonly Slot[],
  hours: Slot,
  on?: { day: StoredDay; asking: Asking },
): Slot {
  const inside = (slot: Slot) => slot.from >= hours.from && slot.to <= hours.to;
  const free = on && longestFree(on.day, on.asking);
  const usual = before.findLast((slot) => inside(slot) && !(on && fit(on.day, slot, on.asking.need)));
  return usual ?? free ?? { from: hours.from, to: Math.min(hours.to, hours.from + LONGEST_STAY) };
}
