import { HALF_HOURS } from '../../domain/slots.ts';
import { SHIFTS } from './nearest.ts';
import { hasAlready, type OwnedStretch, type Tolerated, type ToleratedStays } from './tolerated.ts';

/** One of brothers and sisters who come together or not at all. */
export interface Sibling {
  readonly stays: readonly OwnedStretch[];
  /** What it takes besides exactly its stays: the same hours shifted. Fewer hours are nothing for those who come together. */
  readonly tolerated: Tolerated | undefined;
  /** How much staff it takes, in hundredths. */
  readonly weight: number;
  /** Half-hours at which it may not come though a place is free. */
  readonly isBarred: (day: string, halfHour: number) => boolean;
}

/** What a half-hour has left besides what the siblings have already: places, and staff in hundredths where it is known. */
export interface Left {
  readonly places: number;
  readonly staff: number;
}

/** How each comes: undefined is exactly as wished. */
export type JointStays = readonly (ToleratedStays | undefined)[];

/** After so many steps the best found so far is the answer: only cycles of different lengths in tight room come near it. */
const MOST_STEPS = 200_000;

/** The days of one kind of one sibling: they are shifted alike. */
interface Part {
  readonly sibling: number;
  readonly weight: number;
  readonly kind: string;
  readonly from: number;
  readonly to: number;
  /** Shifts in half-hours that it would take, the least first. */
  shifts: number[];
  readonly limits: Limit[];
}

/** Parts that meet, with the most places and staff they may take at a half-hour, and what those chosen so far take. */
interface Limit {
  readonly parts: readonly number[];
  readonly places: Float64Array;
  readonly staff: Float64Array;
  readonly present: Float64Array;
  readonly load: Float64Array;
}

const halfHours = (value: number) => new Float64Array(HALF_HOURS).fill(value);

function limitOf(parts: readonly number[]): Limit {
  const [places, staff] = [halfHours(Infinity), halfHours(Infinity)];
  return { parts, places, staff, present: halfHours(0), load: halfHours(0) };
}

const inside = (stretch: readonly [number, number] | undefined, at: number) =>
  stretch !== undefined && at >= stretch[0] && at < stretch[1];

/** Parts of those who tolerate something, and who of them may come on a day. */
function partsOf(siblings: readonly Sibling[]) {
  const parts: Part[] = [];
  const onDay = new Map<string, { part: number; own: OwnedStretch['own'] }[]>();
  for (const [sibling, { stays, tolerated, weight }] of siblings.entries()) {
    if (!tolerated) continue;
    const known = new Map<string, number>();
    for (const { day, from, to, own } of stays) {
      const kind = tolerated.kinds[day]!;
      if (!known.has(kind)) {
        const shifts = SHIFTS.map(([by]) => by).filter(
          (by) =>
            by >= -tolerated.earlier && by <= tolerated.later && from + by >= 0 && to + by <= HALF_HOURS,
        );
        known.set(kind, parts.push({ sibling, weight, kind, from, to, shifts, limits: [] }) - 1);
      }
      const there = onDay.get(day) ?? [];
      onDay.set(day, [...there, { part: known.get(kind)!, own }]);
    }
  }
  return { parts, onDay };
}

/** What is left beside those who tolerate nothing; undefined when they alone do not fit. */
function besideFixed(
  siblings: readonly Sibling[],
  leftAt: (day: string, halfHour: number) => Left,
): ((day: string, halfHour: number) => Left) | undefined {
  const taken = new Map<string, { places: number; staff: number }>();
  const besides = (day: string, at: number): Left => {
    const [left, gone] = [leftAt(day, at), taken.get(`${day} ${at}`)];
    return gone ? { places: left.places - gone.places, staff: left.staff - gone.staff } : left;
  };
  for (const { stays, tolerated, weight, isBarred } of siblings) {
    if (tolerated) continue;
    for (const { day, from, to, own } of stays)
      for (let at = from; at < to; at++) {
        if (isBarred(day, at)) return undefined;
        if (inside(own, at)) continue;
        const { places, staff } = besides(day, at);
        if (places < 1 || staff < weight) return undefined;
        const name = `${day} ${at}`;
        const gone = taken.get(name) ?? { places: 0, staff: 0 };
        taken.set(name, { places: gone.places + 1, staff: gone.staff + weight });
      }
  }
  return besides;
}

/** Takes away the shifts of a part that would cover a half-hour which it cannot have. */
function bar(part: Part, at: number): void {
  part.shifts = part.shifts.filter((by) => at < part.from + by || at >= part.to + by);
}

/** What the parts may not do: half-hours out of reach, and limits where some of them meet. */
function setLimits(
  siblings: readonly Sibling[],
  { parts, onDay }: ReturnType<typeof partsOf>,
  leftAt: (day: string, halfHour: number) => Left,
): void {
  const limits = new Map<string, Limit>();
  for (const [day, there] of onDay)
    for (let at = 0; at < HALF_HOURS; at++) {
      const near = there.filter(({ part }) => {
        const { from, to, shifts } = parts[part]!;
        return shifts.some((by) => at >= from + by && at < to + by);
      });
      if (near.length === 0) continue;
      const left = leftAt(day, at);
      const met: number[] = [];
      for (const { part: number, own } of near) {
        const part = parts[number]!;
        const takes = !inside(own, at);
        if (
          siblings[part.sibling]!.isBarred(day, at) ||
          (takes && (left.places < 1 || left.staff < part.weight))
        )
          bar(part, at);
        else if (takes) met.push(number);
      }
      const weight = met.reduce((sum, number) => sum + parts[number]!.weight, 0);
      if (met.length <= left.places && weight <= left.staff) continue;
      const key = met.join(' ');
      let limit = limits.get(key);
      if (!limit) {
        limits.set(key, (limit = limitOf(met)));
        for (const number of met) parts[number]!.limits.push(limit);
      }
      limit.places[at] = Math.min(limit.places[at]!, left.places);
      limit.staff[at] = Math.min(limit.staff[at]!, left.staff);
    }
}

/** Parts that no limit ties to others are looked at apart. */
function groupsOf(parts: readonly Part[]): number[][] {
  const seen = new Set<number>();
  const groups: number[][] = [];
  for (const start of parts.keys()) {
    if (seen.has(start)) continue;
    const group = [start];
    seen.add(start);
    for (const part of group)
      for (const limit of parts[part]!.limits)
        for (const other of limit.parts)
          if (!seen.has(other)) {
            seen.add(other);
            group.push(other);
          }
    groups.push(group.toSorted((a, b) => a - b));
  }
  return groups;
}

/** Counts a part in (1) or out (-1); whether the limit still holds. */
function count({ from, to, weight }: Part, by: number, limit: Limit, times: 1 | -1): boolean {
  let holds = true;
  for (let at = from + by; at < to + by; at++) {
    limit.present[at]! += times;
    limit.load[at]! += times * weight;
    holds &&= limit.present[at]! <= limit.places[at]! && limit.load[at]! <= limit.staff[at]!;
  }
  return holds;
}

/** The shifts of a group of parts that change least in all, of equal ones the first by part; undefined when none fit. */
function leastShifts(parts: readonly Part[], group: readonly number[], steps: { left: number }) {
  const rest = Array.from({ length: group.length + 1 }, () => 0);
  for (let at = group.length - 1; at >= 0; at--) {
    const { shifts } = parts[group[at]!]!;
    if (shifts.length === 0) return undefined;
    rest[at] = rest[at + 1]! + Math.abs(shifts[0]!);
  }
  let best: { change: number; shifts: number[] } | undefined;
  const chosen: number[] = [];
  const look = (at: number, change: number): void => {
    if (at === group.length) {
      best = { change, shifts: [...chosen] };
      return;
    }
    const part = parts[group[at]!]!;
    for (const by of part.shifts) {
      if (best && change + Math.abs(by) + rest[at + 1]! >= best.change) break;
      if (steps.left-- <= 0) return;
      const fits = part.limits.map((limit) => count(part, by, limit, 1)).every(Boolean);
      if (fits) {
        chosen.push(by);
        look(at + 1, change + Math.abs(by));
        chosen.pop();
      }
      for (const limit of part.limits) count(part, by, limit, -1);
    }
  };
  look(0, 0);
  return best?.shifts;
}

/**
 * How brothers and sisters all come at once: of every way to shift the stays of those who tolerate it, each kind of day
 * by itself, the one that changes least in all; of equal ones that of the first sibling, earlier rather than later. Undefined
 * when they do not fit beside each other, or nothing would be new for any of them.
 * @param siblings in the order of their ranks.
 * @param leftAt what is left at a half-hour, besides what they have already.
 */
export function jointStays(
  siblings: readonly Sibling[],
  leftAt: (day: string, halfHour: number) => Left,
): JointStays | undefined {
  const besides = besideFixed(siblings, leftAt);
  if (!besides) return undefined;
  const found = partsOf(siblings);
  const { parts } = found;
  setLimits(siblings, found, besides);
  const shifts = new Map<number, number>();
  const steps = { left: MOST_STEPS };
  for (const group of groupsOf(parts)) {
    const least = leastShifts(parts, group, steps);
    if (!least) return undefined;
    for (const [at, part] of group.entries()) shifts.set(part, least[at]!);
  }
  const joint = siblings.map((_, sibling): ToleratedStays | undefined => {
    const own = [...parts.entries()].filter(([, part]) => part.sibling === sibling);
    if (own.every(([at]) => shifts.get(at) === 0)) return undefined;
    const stays = own.map(([at, { kind, from, to }]) => {
      const by = shifts.get(at)!;
      return [kind, [from + by, to + by] as const] as const;
    });
    return { stays: new Map(stays), whole: true };
  });
  const nothingNew = siblings.every(({ stays, tolerated }, at) => {
    const instead = joint[at];
    return instead !== undefined && tolerated !== undefined && hasAlready(stays, tolerated, instead);
  });
  return nothingNew ? undefined : joint;
}
