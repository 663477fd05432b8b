import { HALF_HOURS, parseTime } from '../../domain/slots.ts';
import type { AllocationGroup, DayTimes } from './input.ts';
import { compareIds } from './market.ts';
import type { DayHalfHour } from './result.ts';
import { jointStays } from './together.ts';
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
  /** Entries of one unit come together or not at all, in the turn of the best-ranked. */
  readonly unit?: string;
  /** Places that are not for this entry: those of offers which the centre took back from it. */
  readonly withheld?: readonly DayTimes[];
}

/** An entry ranked above the one that gets the offer, or any entry when nobody fits. */
export interface PassedOver {
  readonly child: string;
  /** Half-hours of the pattern without a place. */
  readonly full: readonly DayHalfHour[];
  /** Half-hours that hold a place, but one kept for entries ranked above with enough bypasses. */
  readonly reserved: readonly DayHalfHour[];
  /** Half-hours that hold a place, but only one that is withheld from this entry; none unless told. */
  readonly withheld?: readonly DayHalfHour[];
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
  /** The others of its unit, by rank. */
  readonly together?: readonly { readonly child: string; readonly instead?: ToleratedStays }[];
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

type Stretch = readonly [from: number, to: number];

const inside = (stretch: Stretch | undefined, at: number) =>
  stretch !== undefined && at >= stretch[0] && at < stretch[1];

/** One stay of an entry, with the day of the group on which it falls. */
interface Stay {
  readonly day: string;
  readonly places: Day;
  readonly own: Stretch | undefined;
  readonly withheld: readonly Stretch[];
  readonly from: number;
  readonly to: number;
}

/** Places that a stay does not get at a half-hour: those kept for others, and those withheld from it. */
const kept = ({ places, withheld }: Stay, at: number) =>
  places.kept[at]! + withheld.filter((stretch) => inside(stretch, at)).length;

interface Fit {
  readonly child: string;
  readonly instead?: ToleratedStays;
}

interface Reasons {
  readonly full: DayHalfHour[];
  readonly reserved: DayHalfHour[];
  readonly withheld: DayHalfHour[];
}

/**
 * Half-hours of the exact stays that stand in the way. Each of a unit sees how many of it come at once: `others` counts
 * those besides.
 */
function reasonsOf(entry: Entry, stays: readonly Stay[], others: (day: string, at: number) => number): Reasons {
  const reasons: Reasons = { full: [], reserved: [], withheld: [] };
  for (const stay of stays)
    for (let at = stay.from; at < stay.to; at++) {
      if (inside(stay.own, at)) continue;
      const { free, kept: keptHere } = stay.places;
      const left = free[at]! - others(stay.day, at);
      if (left <= 0) reasons.full.push([stay.day, at]);
      else if (left <= keptHere[at]!) reasons.reserved.push([stay.day, at]);
      else if (left <= kept(stay, at)) reasons.withheld.push([stay.day, at]);
    }
  if (entry.barred) reasons.full.push(...entry.barred);
  return reasons;
}

const nobodyElse = () => 0;

const isFree = ({ full, reserved, withheld }: Reasons) =>
  full.length === 0 && reserved.length === 0 && withheld.length === 0;

/** Exactly its stays, or what it tolerates; undefined when neither fits. */
function fitAlone(entry: Entry, stays: readonly Stay[], reasons: Reasons): Fit | undefined {
  if (isFree(reasons)) return { child: entry.child };
  const { tolerated } = entry;
  const instead =
    tolerated &&
    toleratedStays(stays, tolerated, (number, at) => {
      const stay = stays[number]!;
      if (tolerated.isBarred?.(stay.day, at)) return true;
      return !inside(stay.own, at) && stay.places.free[at]! <= kept(stay, at);
    });
  return instead && { child: entry.child, instead };
}

/** All of a unit at once; undefined when they do not fit beside each other. */
function fitTogether(unit: readonly { readonly entry: Entry; readonly stays: readonly Stay[] }[]) {
  const byDay = Map.groupBy(
    unit.flatMap(({ stays }) => stays),
    ({ day }) => day,
  );
  const joint = jointStays(
    unit.map(({ entry: { tolerated, barred = [] }, stays }) => {
      const names = new Set(barred.map(([day, at]) => `${day} ${at}`));
      return {
        stays,
        tolerated,
        isBarred: tolerated?.isBarred ?? ((day: string, at: number) => names.has(`${day} ${at}`)),
      };
    }),
    (day, at) => {
      const here = byDay.get(day)!;
      const withheld = here.flatMap((stay) => stay.withheld).filter((stretch) => inside(stretch, at)).length;
      const { free, kept: keptHere } = here[0]!.places;
      return free[at]! - keptHere[at]! - withheld;
    },
  );
  return joint?.map((instead, at): Fit => ({ child: unit[at]!.entry.child, ...(instead && { instead }) }));
}

/**
 * Whom a freed place is offered to: the best-ranked entry whose whole pattern fits into what is free, or else stays that
 * it tolerates; a unit only when all of it fits at once. Nobody is displaced.
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
  const stretchOf = (times: DayTimes[string] | undefined) =>
    times && ([timeOf(times[0]), timeOf(times[1])] as const);
  const freedOn = new Map(Object.entries(freed));
  const staysOf = ({ pattern, own, withheld = [] }: Entry) =>
    Object.entries(pattern).map(([day, times]): Stay => {
      if (!days.has(day)) days.set(day, dayOf(day));
      return {
        day,
        places: days.get(day)!,
        own: stretchOf(own?.[day]),
        withheld: withheld.flatMap((each) => (day in each ? [stretchOf(each[day])!] : [])),
        from: timeOf(times[0]),
        to: timeOf(times[1]),
      };
    });
  const ranked = entries.toSorted(compare);
  /** Units that do not fit, with how many of each come at a half-hour. */
  const apart = new Map<string, (day: string, at: number) => number>();
  const passed: (Omit<PassedOver, 'bypasses'> & { readonly before: number; readonly needsFreed: boolean })[] =
    [];
  let fit: readonly Fit[] = [];
  for (const entry of ranked) {
    const stays = staysOf(entry);
    let others: (day: string, at: number) => number = nobodyElse;
    if (entry.unit !== undefined) {
      let counted = apart.get(entry.unit);
      if (!counted) {
        const unit = ranked
          .filter((each) => each.unit === entry.unit)
          .map((each) => ({ entry: each, stays: staysOf(each) }));
        fit = fitTogether(unit) ?? [];
        if (fit.length > 0) break;
        counted = countOf(unit.flatMap((each) => each.stays));
        apart.set(entry.unit, counted);
      }
      const all = counted;
      others = (day, at) => all(day, at) - 1;
    }
    const reasons = reasonsOf(entry, stays, others);
    const alone = entry.unit === undefined ? fitAlone(entry, stays, reasons) : undefined;
    if (alone) {
      fit = [alone];
      break;
    }
    const keeps = entry.bypasses >= reserveAfter;
    if (keeps)
      for (const { places: day, withheld, from, to } of stays)
        for (let at = from; at < to; at++)
          // What it may not have is not kept for it either.
          if (!withheld.some((stretch) => inside(stretch, at)))
            day.kept[at] = Math.min(day.kept[at]! + 1, day.free[at]!);
    const needsFreed = stays.some(({ day, from, to }) => {
      const stretch = freedOn.get(day);
      return stretch !== undefined && stretch[0] < to && from < stretch[1];
    });
    const { withheld, ...told } = reasons;
    const also = withheld.length > 0 && { withheld };
    passed.push({ child: entry.child, ...told, ...also, before: entry.bypasses, keeps, needsFreed });
  }
  const passedOver = passed.map(({ before, needsFreed, ...entry }) => ({
    ...entry,
    bypasses: before + (fit.length > 0 && needsFreed ? 1 : 0),
  }));
  const [first, ...together] = fit;
  return {
    child: first?.child ?? null,
    passedOver,
    ...(first?.instead && { instead: first.instead }),
    ...(together.length > 0 && { together }),
  };
}

/** How many of some stays need a place at a half-hour. */
function countOf(stays: readonly Stay[]): (day: string, at: number) => number {
  const byDay = Map.groupBy(stays, ({ day }) => day);
  return (day, at) =>
    (byDay.get(day) ?? []).filter(({ own, from, to }) => at >= from && at < to && !inside(own, at)).length;
}
