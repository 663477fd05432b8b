import type { People } from './demand.ts';
import { BREAK_HALF_HOURS, type Shift, type Stretch, type StretchedShift } from './shift.ts';
import { HALF_HOURS, type HalfHour } from './slots.ts';
import { LEVELS, type Level } from './staffing.ts';

/** A shift to be given to groups. */
export interface FreeShift extends Shift {
  readonly level: Level;
  /** Groups in which this person may not serve: the own child's. */
  readonly barred: readonly number[];
}

export interface GroupNeed {
  readonly groupId: number;
  /** Opening; nobody is given to a group outside it. */
  readonly opensAt: HalfHour | null;
  readonly closesAt: HalfHour | null;
  /** What the law asks for, and with the queue and the reserve. */
  readonly legal: People;
  readonly quality: People;
}

/** Half-hours that each person has spent with each group: 'staff group' → half-hours. */
export type Familiarity = Map<string, number>;
const pair = (staffId: number, groupId: number): string => `${staffId} ${groupId}`;

const inBreak = ({ breakFrom }: Shift, at: HalfHour): boolean =>
  breakFrom !== null && at >= breakFrom && at < breakFrom + BREAK_HALF_HOURS;
const isPresent = (shift: Shift, at: HalfHour): boolean =>
  at >= shift.from && at < shift.to && !inBreak(shift, at);
const isOpen = ({ opensAt, closesAt }: GroupNeed, at: HalfHour): boolean =>
  opensAt !== null && closesAt !== null && at >= opensAt && at < closesAt;

/** How many are still missing for a need at a half-hour, the levels' gaps added. */
function missing(need: People, levels: readonly Level[], at: HalfHour): number {
  return LEVELS.reduce<number>(
    (sum, level) => sum + Math.max(0, (need[level]?.[at] ?? 0) - levels.filter((own) => own >= level).length),
    0,
  );
}

/** The group in which each shift is at home that day: where most is missing, and of those the most familiar. */
function homesOf(
  shifts: readonly FreeShift[],
  groups: readonly GroupNeed[],
  known: Familiarity,
): (number | undefined)[] {
  const homes: (number | undefined)[] = shifts.map(() => undefined);
  const order = shifts
    .map((shift, number) => ({ shift, number }))
    .toSorted(
      (a, b) =>
        b.shift.level - a.shift.level || a.shift.from - b.shift.from || a.shift.staffId - b.shift.staffId,
    );
  const gain = (shift: FreeShift, group: GroupNeed, kind: 'legal' | 'quality'): number => {
    let sum = 0;
    for (let at = shift.from; at < shift.to; at++) {
      if (!isPresent(shift, at)) continue;
      const levels = shifts.flatMap((other, number) =>
        homes[number] === group.groupId && isPresent(other, at) ? [other.level] : [],
      );
      sum += missing(group[kind], levels, at) - missing(group[kind], [...levels, shift.level], at);
    }
    return sum;
  };
  for (const { shift, number } of order) {
    const choices = groups
      .filter((group) => !shift.barred.includes(group.groupId) && group.opensAt !== null)
      .map((group) => ({
        group,
        legal: gain(shift, group, 'legal'),
        quality: gain(shift, group, 'quality'),
        familiar: known.get(pair(shift.staffId, group.groupId)) ?? 0,
      }));
    const needed = choices.filter((choice) => choice.legal > 0);
    const hoped = choices.filter((choice) => choice.quality > 0);
    const from = needed.length > 0 ? needed : hoped.length > 0 ? hoped : choices;
    // The same people with the same children come first, as long as the group has use for them.
    const [best] = from.toSorted(
      (a, b) =>
        b.familiar - a.familiar ||
        b.legal - a.legal ||
        b.quality - a.quality ||
        a.group.groupId - b.group.groupId,
    );
    homes[number] = best?.group.groupId;
  }
  return homes;
}

/** Groups by shift at one half-hour; whoever is missed least at home helps out where the law asks for more. */
function placesAt(
  shifts: readonly FreeShift[],
  groups: readonly GroupNeed[],
  homes: readonly (number | undefined)[],
  before: readonly (number | undefined)[],
  at: HalfHour,
): (number | undefined)[] {
  const open = new Map(groups.filter((group) => isOpen(group, at)).map((group) => [group.groupId, group]));
  const places = shifts.map((shift, number) => {
    const home = homes[number];
    return home !== undefined && open.has(home) && isPresent(shift, at) ? home : undefined;
  });
  const levelsIn = (groupId: number, but?: number): Level[] =>
    shifts.flatMap((shift, number) => (places[number] === groupId && number !== but ? [shift.level] : []));
  const short = (groupId: number, levels: readonly Level[]) => missing(open.get(groupId)!.legal, levels, at);
  /** What a move to a group would close there, less what it would open where the person is. */
  const gainOf = (number: number, groupId: number): number => {
    const from = places[number];
    const levels = levelsIn(groupId);
    const closed = short(groupId, levels) - short(groupId, [...levels, shifts[number]!.level]);
    const opened = from === undefined ? 0 : short(from, levelsIn(from, number)) - short(from, levelsIn(from));
    return closed - opened;
  };
  for (;;) {
    const moves = [...open.keys()]
      .filter((groupId) => short(groupId, levelsIn(groupId)) > 0)
      .flatMap((groupId) =>
        shifts.flatMap((shift, number) => {
          const able = isPresent(shift, at) && places[number] !== groupId && !shift.barred.includes(groupId);
          const gain = able ? gainOf(number, groupId) : 0;
          return gain > 0 ? [{ number, groupId, gain, idle: places[number] === undefined }] : [];
        }),
      );
    // Each move leaves less missing in all than before it, so that they come to an end.
    const [best] = moves.toSorted(
      (a, b) =>
        b.gain - a.gain ||
        Number(b.idle) - Number(a.idle) ||
        Number(before[b.number] === b.groupId) - Number(before[a.number] === a.groupId) ||
        shifts[a.number]!.level - shifts[b.number]!.level ||
        shifts[a.number]!.staffId - shifts[b.number]!.staffId ||
        a.groupId - b.groupId,
    );
    if (!best) break;
    places[best.number] = best.groupId;
  }
  return places;
}

/** Joins half-hours with the same group; a break does not cut a stretch in two. */
function stretchesOf(shift: Shift, placed: readonly (number | undefined)[]): Stretch[] {
  const stretches: { groupId: number; from: number; to: number }[] = [];
  for (let at = shift.from; at < shift.to; at++) {
    const groupId = placed[at];
    const last = stretches.at(-1);
    if (groupId === undefined) continue;
    const touches =
      last && (last.to === at || (inBreak(shift, last.to) && last.to + BREAK_HALF_HOURS === at));
    if (last && touches && last.groupId === groupId) last.to = at + 1;
    else stretches.push({ groupId, from: at, to: at + 1 });
  }
  return stretches;
}

/**
 * Gives the shifts of one date to groups, half-hour by half-hour: everybody has one home group, the one they know best
 * among those that need them, and leaves it only where the law asks more for somebody elsewhere (a break, an early hour)
 * than at home.
 */
export function assignGroups(
  shifts: readonly FreeShift[],
  groups: readonly GroupNeed[],
  known: Familiarity,
): StretchedShift[] {
  const homes = homesOf(shifts, groups, known);
  const placed: (number | undefined)[][] = shifts.map(() => []);
  let before: (number | undefined)[] = shifts.map(() => undefined);
  for (let at = 0; at < HALF_HOURS; at++) {
    before = placesAt(shifts, groups, homes, before, at);
    before.forEach((groupId, number) => (placed[number]![at] = groupId));
  }
  return shifts.map(({ staffId, date, from, to, breakFrom }, number) => ({
    staffId,
    date,
    from,
    to,
    breakFrom,
    stretches: stretchesOf(shifts[number]!, placed[number]!),
  }));
}

/** Adds what these shifts make familiar. */
export function remember(known: Familiarity, shifts: readonly StretchedShift[]): void {
  for (const { staffId, stretches } of shifts)
    for (const { groupId, from, to } of stretches)
      known.set(pair(staffId, groupId), (known.get(pair(staffId, groupId)) ?? 0) + to - from);
}

/**
 * Half-hours with somebody who was with the same group on the day before that has shifts, of all half-hours with a
 * group: 0 … 1, to four decimals; null where no day has one before.
 */
export function continuityOf(shifts: readonly StretchedShift[]): number | null {
  const byDate = [...Map.groupBy(shifts, (shift) => shift.date)].toSorted(([a], [b]) => (a < b ? -1 : 1));
  let before: Set<string> | undefined;
  let [same, all] = [0, 0];
  for (const [, own] of byDate) {
    const today = new Set<string>();
    for (const { staffId, stretches } of own)
      for (const { groupId, from, to } of stretches) {
        today.add(pair(staffId, groupId));
        if (!before) continue;
        all += to - from;
        if (before.has(pair(staffId, groupId))) same += to - from;
      }
    if (today.size > 0) before = today;
  }
  return all === 0 ? null : Math.round((same / all) * 10_000) / 10_000;
}
