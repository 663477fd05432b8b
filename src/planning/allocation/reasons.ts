import { HALF_HOURS } from '../../domain/slots.ts';
import { nearestPattern } from './nearest.ts';
import type { DayHalfHour, RefusedWish } from './result.ts';
import type { Seats } from './seats.ts';

/** Least class among the children seated in a group. */
function lowestClass(seats: Seats, group: number): number | null {
  let lowest = Infinity;
  for (const wish of seats.seated(group)) {
    const statutory = seats.market.wishClass[wish]!;
    if (statutory < lowest) lowest = statutory;
  }
  return lowest === Infinity ? null : lowest;
}

/**
 * Explains refused wishes of a finished allocation. What holds for a whole group is worked out once.
 * @param cutOffs under `strict`, the first rank that each group does not admit.
 */
export function reasonsOf(seats: Seats, cutOffs?: Int32Array): (wish: number) => RefusedWish {
  const { market } = seats;
  // One pair per half-hour for all answers: in a full country they would fill the memory.
  const halfHours: readonly DayHalfHour[] = market.days.flatMap((day) =>
    Array.from({ length: HALF_HOURS }, (_, halfHour) => [day, halfHour] as const),
  );
  const groups = new Map<number, { lowestClass: number | null; reached: ReadonlySet<number> }>();

  /** Wishes that one place more in their group would reach. */
  const reachedByOneMore = (group: number): ReadonlySet<number> => {
    const reached = new Set<number>();
    let cut = false;
    const wants = (wish: number): boolean => {
      const unit = market.unitOf[market.wishChild[wish]!]!;
      return market.wishOption[wish]! < seats.choice[unit]!;
    };
    const visit = (wish: number, seated: boolean, fits: boolean): void => {
      if (fits && !seated && !cut) reached.add(wish);
      if (!fits && cutOffs !== undefined) cut = true;
    };
    seats.sweep(group, -1, wants, visit, 1);
    return reached;
  };

  const known = (group: number) => {
    let facts = groups.get(group);
    if (facts === undefined) {
      facts = { lowestClass: lowestClass(seats, group), reached: reachedByOneMore(group) };
      groups.set(group, facts);
    }
    return facts;
  };

  const nearest = (wish: number, group: number) => {
    if (cutOffs !== undefined && market.wishRank[wish]! >= cutOffs[group]!) return null;
    const { stretchAt, stretchFrom, stretchTo, cells, capacity, wishChild, days } = market;
    const [begin, end] = [stretchAt[wishChild[wish]!]!, stretchAt[wishChild[wish]! + 1]!];
    const stretches = Array.from(stretchFrom.subarray(begin, end), (from, at) => {
      const day = Math.floor(from / HALF_HOURS);
      const base = day * HALF_HOURS;
      return { day: days[day]!, base, from: from - base, to: stretchTo[begin + at]! - base };
    });
    return nearestPattern(stretches, (at, halfHour) => {
      const cell = group * cells + stretches[at]!.base + halfHour;
      return seats.occupied[cell]! >= capacity[cell]!;
    });
  };

  return (wish) => {
    const group = market.wishGroup[wish]!;
    const of = market.groupAt[group + 1]! - market.groupAt[group]!;
    const facts = known(group);
    const cutOff = cutOffs?.[group];
    return {
      group: market.groupIds[group]!,
      full: seats.fullCells(wish).map((cell) => halfHours[cell]!),
      rank: market.wishRank[wish]! + 1,
      of,
      lowestClassPlaced: facts.lowestClass,
      nearest: nearest(wish, group),
      onePlaceMore: facts.reached.has(wish),
      ...(cutOff === undefined ? {} : { cutOff: cutOff === of ? null : cutOff + 1 }),
    };
  };
}
