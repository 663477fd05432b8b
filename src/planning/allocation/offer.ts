import type { AllocationGroup, DayTimes } from './input.ts';
import { compareIds } from './market.ts';
import type { DayHalfHour } from './result.ts';
import { dayOf, inside, kept, NOTHING, timeReader, withheldAt, type Stay } from './stays.ts';
import { jointStays } from './together.ts';
import { toleratedStays, type Tolerated, type ToleratedStays } from './tolerated.ts';

export interface Withheld {
  readonly places: number;
  readonly stays: DayTimes;
}

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
  /** Entries of one unit come together or not at all, in the turn of the best-ranked; each with the staff it takes. */
  readonly unit?: string;
  readonly weight?: number;
  /** So many places are not for this entry at these stays: those that were free when the centre took an offer back from it. */
  readonly withheld?: readonly Withheld[];
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

function compare(a: Entry, b: Entry): number {
  for (let at = 0; at < a.score.length; at++)
    if (a.score[at] !== b.score[at]) return (b.score[at] ?? -Infinity) - a.score[at]!;
  return compareIds(a.child, b.child);
}

interface Fit {
  readonly child: string;
  readonly instead?: ToleratedStays;
}

interface Reasons {
  readonly full: DayHalfHour[];
  readonly reserved: DayHalfHour[];
  readonly withheld: DayHalfHour[];
}

/** Places and staff that those who come at once take besides, by half-hour. */
type Crowd = (day: string, at: number) => { readonly heads: number; readonly tooFewStaff: boolean };

/** Half-hours of the exact stays that stand in the way. A queue asks this of thousands of stays. */
function reasonsOf(entry: Entry, stays: readonly Stay[], crowd?: Crowd): Reasons {
  const reasons: Reasons = { full: [], reserved: [], withheld: [] };
  for (const stay of stays) {
    const { day, own, from, to } = stay;
    const { free, kept: keptHere } = stay.places;
    const isWithheld = stay.withheld.length > 0;
    for (let at = from; at < to; at++) {
      if (own !== undefined && at >= own[0] && at < own[1]) continue;
      const others = crowd?.(day, at);
      const left = free[at]! - (others?.heads ?? 0);
      if (left <= 0 || others?.tooFewStaff) reasons.full.push([day, at]);
      else if (left <= keptHere[at]!) reasons.reserved.push([day, at]);
      else if (isWithheld && left <= kept(stay, at)) reasons.withheld.push([day, at]);
    }
  }
  if (entry.barred) reasons.full.push(...entry.barred);
  return reasons;
}

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

interface Member {
  readonly entry: Entry;
  readonly stays: readonly Stay[];
}

type StaffAt = (day: string, halfHour: number) => number | undefined;

/** All of a unit at once; undefined when they do not fit beside each other. */
function fitTogether(unit: readonly Member[], staffAt: StaffAt): Fit[] | undefined {
  const byDay = Map.groupBy(
    unit.flatMap(({ stays }) => stays),
    ({ day }) => day,
  );
  const joint = jointStays(
    unit.map(({ entry: { tolerated, weight = 0, barred = [] }, stays }) => {
      const names = new Set(barred.map(([day, at]) => `${day} ${at}`));
      const isBarred = (day: string, at: number) => names.has(`${day} ${at}`);
      return { stays, tolerated, weight, isBarred: tolerated ? (tolerated.isBarred ?? never) : isBarred };
    }),
    (day, at) => {
      const here = byDay.get(day)!;
      const withheld = Math.max(...here.map((stay) => withheldAt(stay, at)));
      const { free, kept: keptHere } = here[0]!.places;
      return { places: free[at]! - keptHere[at]! - withheld, staff: staffAt(day, at) ?? Infinity };
    },
  );
  return joint?.map((instead, at): Fit => ({ child: unit[at]!.entry.child, ...(instead && { instead }) }));
}

const never = () => false;

/** What stands in the way of a unit at exactly its stays: told to each of it. */
function reasonsTogether(unit: readonly Member[], staffAt: StaffAt): Reasons {
  const byDay = Map.groupBy(
    unit.flatMap(({ entry: { weight = 0 }, stays }) => stays.map((stay) => ({ ...stay, weight }))),
    ({ day }) => day,
  );
  const crowd: Crowd = (day, at) => {
    const here = byDay.get(day)!.filter(({ own, from, to }) => at >= from && at < to && !inside(own, at));
    const weight = here.reduce((sum, stay) => sum + stay.weight, 0);
    return { heads: here.length - 1, tooFewStaff: weight > (staffAt(day, at) ?? Infinity) };
  };
  const each = unit.map(({ entry, stays }) => reasonsOf(entry, stays, crowd));
  return {
    full: each.flatMap(({ full }) => full),
    reserved: each.flatMap(({ reserved }) => reserved),
    withheld: each.flatMap(({ withheld }) => withheld),
  };
}

/**
 * Whom a freed place is offered to: the best-ranked entry whose whole pattern fits into what is free, or else stays that
 * it tolerates; a unit only when all of it fits at once. Nobody is displaced.
 * Everybody passed over is told with the half-hours that were full. For an entry that has been bypassed `reserveAfter`
 * times the free half-hours of its pattern are kept, so that full weeks do not starve behind short patterns.
 * @param group what is free in the group, the freed half-hours included.
 * @param freed what has just become free, by day in half-hours [from, to).
 * @param staffAt how much staff is left at a half-hour, in hundredths, where it is known: a unit comes at once.
 */
export function offerFor(
  group: Pick<AllocationGroup, 'free'>,
  freed: Readonly<Record<string, readonly [from: number, to: number]>>,
  entries: readonly Entry[],
  {
    reserveAfter = RESERVE_AFTER,
    staffAt = () => undefined,
  }: { readonly reserveAfter?: number; readonly staffAt?: StaffAt } = {},
): Offer {
  const days = new Map(Object.entries(group.free).map(([day, list]) => [day, dayOf(day, list)]));
  const timeOf = timeReader();
  const stretchOf = (times: DayTimes[string] | undefined) =>
    times && ([timeOf(times[0]), timeOf(times[1])] as const);
  const freedOn = new Map(Object.entries(freed));
  const staysOf = ({ pattern, own, withheld }: Entry) =>
    Object.entries(pattern).map(([day, times]): Stay => {
      if (!days.has(day)) days.set(day, dayOf(day));
      const here = withheld?.flatMap((each) => {
        const stretch = stretchOf(each.stays[day]);
        return stretch ? [{ places: each.places, stretch }] : [];
      });
      return {
        day,
        places: days.get(day)!,
        own: stretchOf(own?.[day]),
        withheld: here ?? NOTHING,
        from: timeOf(times[0]),
        to: timeOf(times[1]),
      };
    });
  const ranked = entries.toSorted(compare);
  /** Units that do not fit, with the reasons. */
  const apart = new Map<string, Reasons>();
  const passed: (Omit<PassedOver, 'bypasses'> & { readonly before: number; readonly needsFreed: boolean })[] =
    [];
  let fit: readonly Fit[] = [];
  for (const entry of ranked) {
    const stays = staysOf(entry);
    let reasons = entry.unit === undefined ? undefined : apart.get(entry.unit);
    if (entry.unit === undefined) {
      reasons = reasonsOf(entry, stays);
      const only = fitAlone(entry, stays, reasons);
      fit = only ? [only] : [];
    } else if (!reasons) {
      const members = ranked.filter(({ unit }) => unit === entry.unit);
      const unit = members.map((each) => ({ entry: each, stays: staysOf(each) }));
      fit = fitTogether(unit, staffAt) ?? [];
      apart.set(entry.unit, (reasons = reasonsTogether(unit, staffAt)));
    }
    if (fit.length > 0) break;
    const keeps = entry.bypasses >= reserveAfter;
    if (keeps)
      for (const stay of stays)
        for (let at = stay.from; at < stay.to; at++)
          // What it may not have is not kept for it either.
          if (stay.withheld.length === 0 || withheldAt(stay, at) === 0)
            stay.places.kept[at] = Math.min(stay.places.kept[at]! + 1, stay.places.free[at]!);
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
