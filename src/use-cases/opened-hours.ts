import { placesAt } from '../domain/places.ts';
import { HALF_HOURS } from '../domain/slots.ts';
import type { StoredDay } from '../data/group-days.ts';
import type { Freed } from './matching.ts';

/** So many heads a day are kept for the queue at most: who comes after them is looked at in the same round. */
const MOST_HEADS = 10;

/** What a change of a day's room or opening makes free: spans of half-hours, one for each head that may come more. */
export function openedHours(before: StoredDay, after: StoredDay): Freed[] {
  const freed: Freed[] = [];
  const { groupId, date } = after;
  for (let head = 1; head <= MOST_HEADS; head++) {
    let from: number | undefined;
    for (let at = 0; at <= HALF_HOURS; at++) {
      const more = at < HALF_HOURS && placesAt(after, at) - placesAt(before, at) >= head;
      if (more) from ??= at;
      else if (from !== undefined) {
        freed.push({ groupId, date, from, to: at, weight: 100 });
        from = undefined;
      }
    }
  }
  return freed;
}
