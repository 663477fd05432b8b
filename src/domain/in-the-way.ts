import type { Opening } from './opening.ts';
import { occupied, placesAt } from './places.ts';
import { HALF_HOURS, type HalfHour, type Slot } from './slots.ts';

/** A booking as a changed opening meets it. */
export interface BookedClaim extends Slot {
  readonly id: number;
  readonly releasedFrom: HalfHour | null;
  readonly bookedAt: string;
  /** Whether the child has come. */
  readonly arrived: boolean;
}

export interface HeldClaim extends Slot {
  readonly id: number;
}

export interface Cut<B> {
  readonly booking: B;
  /** From here on its place is given up: the beginning of the stay where all of it goes. */
  readonly releasedFrom: HalfHour;
}

export interface InTheWay<B, H> {
  readonly cuts: Cut<B>[];
  readonly holds: H[];
  /** What has elapsed of today would not fit the new opening: the change comes too late for this day. */
  readonly elapsed: boolean;
}

/** The order in which claims keep their places: children who are here, then whoever booked first. */
function byPrecedence(a: BookedClaim, b: BookedClaim): number {
  if (a.arrived !== b.arrived) return a.arrived ? -1 : 1;
  if (a.bookedAt !== b.bookedAt) return a.bookedAt < b.bookedAt ? -1 : 1;
  return a.id - b.id;
}

/**
 * What has to give way on a day when its opening changes. Elapsed half-hours stay booked whatever comes. A booking whose
 * half-hours ahead are not all open goes; where heads are too many, the latest booked go and only as many as needed: the
 * claims are gone through in the order of booking as if the new room had always held, and whoever still fits stays.
 * Children who are here come first, held places last. A child who is here keeps the stay up to the first half-hour that
 * is closed or full; any other booking goes whole, or keeps its beginning as well where `cut` is 'rest'.
 * `current` is the first half-hour of the day that is not over.
 */
export function inTheWay<B extends BookedClaim, H extends HeldClaim>(
  before: Opening,
  after: Opening,
  claims: { readonly bookings: readonly B[]; readonly holds: readonly H[] },
  current: HalfHour,
  cut: 'whole' | 'rest',
): InTheWay<B, H> {
  const heads = Array.from({ length: HALF_HOURS }, () => 0);
  const hasRoom = (at: HalfHour) => (heads[at] ?? 0) < placesAt(after, at);
  const take = (from: HalfHour, to: HalfHour) => {
    for (let at = from; at < to; at++) heads[at] = (heads[at] ?? 0) + 1;
  };
  const firstWithoutRoom = (from: HalfHour, to: HalfHour) => {
    for (let at = from; at < to; at++) if (!hasRoom(at)) return at;
    return undefined;
  };

  const cuts: Cut<B>[] = [];
  let elapsed = false;
  for (const booking of claims.bookings.toSorted(byPrecedence)) {
    const stay = occupied(booking);
    if (!stay) continue;
    const ahead = Math.min(Math.max(stay.from, current), stay.to);
    for (let at = stay.from; at < ahead; at++) {
      if (!hasRoom(at) && placesAt(after, at) < placesAt(before, at)) elapsed = true;
    }
    const stop = firstWithoutRoom(ahead, stay.to);
    const keepsBeginning = booking.arrived || cut === 'rest';
    const releasedFrom = stop === undefined || keepsBeginning ? stop : ahead;
    take(stay.from, releasedFrom ?? stay.to);
    if (releasedFrom !== undefined) cuts.push({ booking, releasedFrom });
  }

  const holds: H[] = [];
  for (const hold of claims.holds.toSorted((a, b) => a.id - b.id)) {
    if (firstWithoutRoom(hold.from, hold.to) === undefined) take(hold.from, hold.to);
    else holds.push(hold);
  }
  return { cuts, holds, elapsed };
}
