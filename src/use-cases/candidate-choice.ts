import type { DatedSlot } from '../domain/pattern.ts';
import { formatTime, HALF_HOURS } from '../domain/slots.ts';
import { leastCapacity } from '../domain/staffing.ts';
import { offerFor, type PassedOver } from '../planning/allocation/offer.ts';
import type { ToleratedStays } from '../planning/allocation/tolerated.ts';
import type { StoredDay } from '../data/group-days.ts';
import type { Candidate, Ground } from './candidates.ts';
import { patternInstead } from './tolerated-hours.ts';

/** What is free in heads, as the engine reads it: runs of half-hours with the same number of places. */
export function freeOf(days: Iterable<StoredDay>): Record<string, [number, number, number][]> {
  const free: Record<string, [number, number, number][]> = {};
  for (const day of days) {
    const runs: [number, number, number][] = [];
    if (day.opensAt !== null && day.closesAt !== null) {
      for (let at = day.opensAt; at < Math.min(day.closesAt, HALF_HOURS); at++) {
        const places = Math.max(0, day.room - (day.booked[at] ?? 0) - (day.held[at] ?? 0));
        const last = runs.at(-1);
        if (last && last[2] === places && last[1] === at) last[1] = at + 1;
        else runs.push([at, at + 1, places]);
      }
    }
    free[day.date] = runs;
  }
  return free;
}

/** Staff that is left, in hundredths, on days whose roster is published. */
function staffOf(days: ReadonlyMap<string, StoredDay>) {
  return (date: string, at: number): number | undefined => {
    const day = days.get(date);
    const capacity = day && leastCapacity(day.capacity, at);
    return typeof capacity === 'number' ? capacity - (day!.load[at] ?? 0) : undefined;
  };
}

export interface Choice {
  /** Who gets an offer: one, or brothers and sisters who come together. */
  readonly chosen: readonly Candidate[];
  readonly passedOver: readonly PassedOver[];
}

/** A candidate with the hours that it is offered instead of exactly its own. */
function withStays(candidate: Candidate, instead: ToleratedStays | undefined): Candidate {
  const { tolerated, ...wish } = candidate.wish;
  if (!instead || !tolerated) return candidate;
  const slots = candidate.slots.flatMap(({ date }): DatedSlot[] => {
    const stay = instead.stays.get(tolerated.kinds[date]!);
    return stay ? [{ date, from: stay[0], to: stay[1] }] : [];
  });
  const times = slots.map(({ date, from, to }) => [date, [formatTime(from), formatTime(to)]] as const);
  return {
    ...candidate,
    pattern: patternInstead(candidate.entry, tolerated, instead) ?? candidate.pattern,
    kind: instead.whole ? 'whole' : 'part',
    slots,
    wish: { ...wish, pattern: Object.fromEntries(times) as typeof wish.pattern, barred: [] },
  };
}

/**
 * Whom free half-hours are offered to: the best rank whose whole wish fits on every day, or else hours that its family
 * tolerates (planning/allocation/offer.ts); siblings who come together only when all of them fit at once.
 */
export function chooseCandidate(
  ground: Ground,
  candidates: readonly Candidate[],
  freed: Readonly<Record<string, readonly [number, number]>>,
  reserveAfter: number,
): Choice {
  const byId = new Map(candidates.map((candidate) => [String(candidate.entry.id), candidate]));
  const wishes = candidates.map(({ wish }) => wish);
  const staffAt = staffOf(ground.days);
  const found = offerFor({ free: freeOf(ground.days.values()) }, freed, wishes, { reserveAfter, staffAt });
  const { child, instead, together = [], passedOver } = found;
  const given = child === null ? [] : [{ child, instead }, ...together];
  return { chosen: given.map((each) => withStays(byId.get(each.child)!, each.instead)), passedOver };
}

/** Whether all of them fit at once, at exactly the hours they wish. */
export function fitTogether(days: Ground['days'], unit: readonly Candidate[]): boolean {
  const wishes = unit.map(({ wish }) => wish);
  return offerFor({ free: freeOf(days.values()) }, {}, wishes, { staffAt: staffOf(days) }).child !== null;
}
