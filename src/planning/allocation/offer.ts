import { HALF_HOURS, parseTime } from '../../domain/slots.ts';
import type { AllocationGroup, DayTimes } from './input.ts';
import { compareIds } from './market.ts';
import type { DayHalfHour } from './result.ts';
import { toleratedStays, type Tolerated, type ToleratedStays } from './tolerated.ts';

/** Who waits for a group. */
export interface Entry {
  readonly child: string;
  /** Compared left to right, higher first. */
  readonly score: readonly number[];
  readonly pattern: DayTimes;
  /** How often somebody ranked lower got freed hours that this child could use in part. */
  readonly bypasses: number;
  /** What the child has already in this group: free for it, though not for others. */
  readonly own?: DayTimes;
  /** Half-hours at which it may not come though a place is free: too few staff for its weight, no skill, closed. */
  readonly barred?: readonly DayHalfHour[];
  /** What it takes when its pattern does not fit. `isBarred` says of any half-hour what `barred` says of the pattern's. */
  readonly tolerated?: Tolerated & { readonly isBarred?: (day: string, halfHour: number) => boolean };
}

/** An entry ranked above the one that gets the offer, or any entry when nobody fits. */
export interface PassedOver {
  readonly child: string;
  /** Half-hours of the pattern without a place. */
  readonly full: readonly DayHalfHour[];
  /** Half-hours that hold a place, but one kept for entries ranked above with enough bypasses. */
  readonly reserved: readonly DayHalfHour[];
  /** Bypasses to store: one more when the offer goes to somebody lower and the pattern needs freed half-hours. */
  readonly bypasses: number;
  /** Whether free half-hours of its pattern were kept for it. */
  readonly keeps: boolean;
}

export interface Offer {
  /** Who gets the offer; null when nobody's whole pattern fits, nor anything that somebody tolerates. */
  readonly child: string | null;
  /** The stays of the offer when they are not the pattern's. */
  readonly instead?: ToleratedStays;
  readonly passedOver: readonly PassedOver[];
}

/** Bypasses after which free half-hours are kept for a child, unless told otherwise. */
const RESERVE_AFTER = 5;

/** A day of the group, by half-hour. */
interface Day {
  readonly name: string;
  readonly free: Int32Array;
  /** Places kept for entries ranked above. */
  readonly kept: Int32Array;
}

function dayOf(name: string, list: AllocationGroup['free'][string] = []): Day {
  const free = new Int32Array(HALF_HOURS);
  for (const [from, to, places] of list) free.fill(places, from, to);
  return { name, free, kept: new Int32Array(HALF_HOURS) };
}

function compare(a: Entry, b: Entry): number {
  for (let at = 0; at < a.score.length; at++)
    if (a.score[at] !== b.score[at]) return (b.score[at] ?? -Infinity) - a.score[at]!;
  return compareIds(a.child, b.child);
}

/** Reads times, each text once: an answer reads thousands, of a few dozen kinds. */
function timeReader(): (text: string) => number {
  const known = new Map<string, number>();
  return (text) => {
    let halfHour = known.get(text);
    if (halfHour === undefined) known.set(text, (halfHour = parseTime(text)!));
    return halfHour;
  };
}

/**
 * Whom a freed place is offered to: the best-ranked entry whose whole pattern fits into what is free, or else stays that
 * it tolerates; nobody is displaced.
 * Everybody passed over is told with the half-hours that were full. For an entry that has been bypassed `reserveAfter`
 * times the free half-hours of its pattern are kept, so that full weeks do not starve behind short patterns.
 * @param group what is free in the group, the freed half-hours included.
 * @param freed what has just become free, by day in half-hours [from, to).
 */
export function offerFor(
  group: Pick<AllocationGroup, 'free'>,
  freed: Readonly<Record<string, readonly [from: number, to: number]>>,
  entries: readonly Entry[],
  { reserveAfter = RESERVE_AFTER }: { readonly reserveAfter?: number } = {},
): Offer {
  const days = new Map(Object.entries(group.free).map(([day, list]) => [day, dayOf(day, list)]));
  const timeOf = timeReader();
  const freedOn = new Map(Object.entries(freed));
  const passed: (Omit<PassedOver, 'bypasses'> & { readonly before: number; readonly needsFreed: boolean })[] =
    [];
  let child: string | null = null;
  let instead: ToleratedStays | undefined;
  for (const entry of entries.toSorted(compare)) {
    const full: DayHalfHour[] = [];
    const reserved: DayHalfHour[] = [];
    let needsFreed = false;
    const stays = Object.entries(entry.pattern).map(([name, times]) => {
      const [from, to] = [timeOf(times[0]), timeOf(times[1])];
      const stretch = freedOn.get(name);
      needsFreed ||= stretch !== undefined && stretch[0] < to && from < stretch[1];
      if (!days.has(name)) days.set(name, dayOf(name));
      const has = entry.own?.[name];
      const own = has && ([timeOf(has[0]), timeOf(has[1])] as const);
      return { day: name, places: days.get(name)!, own, from, to };
    });
    for (const { places: day, own, from, to } of stays)
      for (let at = from; at < to; at++) {
        if (own !== undefined && at >= own[0] && at < own[1]) continue;
        if (day.free[at]! <= 0) full.push([day.name, at]);
        else if (day.free[at]! <= day.kept[at]!) reserved.push([day.name, at]);
      }
    if (entry.barred) full.push(...entry.barred);
    if (full.length === 0 && reserved.length === 0) {
      child = entry.child;
      break;
    }
    const { tolerated } = entry;
    instead =
      tolerated &&
      toleratedStays(stays, tolerated, (number, at) => {
        const { day, places, own } = stays[number]!;
        if (tolerated.isBarred?.(day, at)) return true;
        if (own !== undefined && at >= own[0] && at < own[1]) return false;
        return places.free[at]! <= places.kept[at]!;
      });
    if (instead) {
      child = entry.child;
      break;
    }
    const keeps = entry.bypasses >= reserveAfter;
    if (keeps)
      for (const { places: day, from, to } of stays)
        for (let at = from; at < to; at++) day.kept[at] = Math.min(day.kept[at]! + 1, day.free[at]!);
    passed.push({ child: entry.child, full, reserved, before: entry.bypasses, keeps, needsFreed });
  }
  const passedOver = passed.map(({ before, needsFreed, ...entry }) => ({
    ...entry,
    bypasses: before + (child !== null && needsFreed ? 1 : 0),
  }));
  return { child, passedOver, ...(instead && { instead }) };
}
