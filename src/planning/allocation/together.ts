import { HALF_HOURS } from '../../domain/slots.ts';
import { SHIFTS } from './nearest.ts';
import { hasAlready, type OwnedStretch, type Tolerated, type ToleratedStays } from './tolerated.ts';

/** One of brothers and sisters who come together or not at all. */
export interface Sibling {
  readonly stays: readonly OwnedStretch[];
  /** What it takes besides exactly its stays: the same hours shifted. Fewer hours are nothing for those who come together. */
  readonly tolerated: Tolerated | undefined;
  /** Half-hours at which it may not come though a place is free. */
  readonly isBarred: (day: string, halfHour: number) => boolean;
}

/** How each comes: undefined is exactly as wished. */
export type JointStays = readonly (ToleratedStays | undefined)[];

/** After so many steps the best found so far is the answer: only cycles of different lengths in tight room come near it. */
const MOST_STEPS = 200_000;

/** The days of one kind of one sibling: they are shifted alike. */
interface Part {
  readonly sibling: number;
  readonly kind: string;
  readonly from: number;
  readonly to: number;
  /** Shifts in half-hours that it would take, the least first. */
  shifts: number[];
  readonly limits: Limit[];
}

/** Parts that meet: at a half-hour no more of them than `most`; 255 where it does not matter. */
interface Limit {
  readonly parts: number[];
  readonly most: Uint8Array;
  readonly present: Uint8Array;
}

const inside = (stretch: readonly [number, number] | undefined, at: number) =>
  stretch !== undefined && at >= stretch[0] && at < stretch[1];

/** Parts of those who tolerate something, and who of them may come on a day. */
function partsOf(siblings: readonly Sibling[]) {
  const parts: Part[] = [];
  const onDay = new Map<string, { part: number; own: OwnedStretch['own'] }[]>();
  for (const [sibling, { stays, tolerated }] of siblings.entries()) {
    if (!tolerated) continue;
    const known = new Map<string, number>();
    for (const { day, from, to, own } of stays) {
      const kind = tolerated.kinds[day]!;
      if (!known.has(kind)) {
        const shifts = SHIFTS.map(([by]) => by).filter(
          (by) =>
            by >= -tolerated.earlier && by <= tolerated.later && from + by >= 0 && to + by <= HALF_HOURS,
        );
        known.set(kind, parts.push({ sibling, kind, from, to, shifts, limits: [] }) - 1);
      }
      const there = onDay.get(day) ?? [];
      onDay.set(day, [...there, { part: known.get(kind)!, own }]);
    }
  }
  return { parts, onDay };
}

/** What those who tolerate nothing take, by day; undefined when that alone does not fit. */
function takenByFixed(
  siblings: readonly Sibling[],
  placesAt: (day: string, halfHour: number) => number,
): Map<string, Uint8Array> | undefined {
  const taken = new Map<string, Uint8Array>();
  for (const { stays, tolerated, isBarred } of siblings) {
    if (tolerated) continue;
    for (const { day, from, to, own } of stays) {
      const here = taken.get(day) ?? new Uint8Array(HALF_HOURS);
      taken.set(day, here);
      for (let at = from; at < to; at++) {
        if (isBarred(day, at)) return undefined;
        if (inside(own, at)) continue;
        here[at]! += 1;
        if (here[at]! > placesAt(day, at)) return undefined;
      }
    }
  }
  return taken;
}

/** Takes away the shifts of a part that would cover a half-hour which it cannot have. */
function bar(part: Part, at: number): void {
  part.shifts = part.shifts.filter((by) => at < part.from + by || at >= part.to + by);
}

/** What the parts may not do: half-hours out of reach, and limits where some of them meet. */
function setLimits(
  siblings: readonly Sibling[],
  { parts, onDay }: ReturnType<typeof partsOf>,
  placesAt: (day: string, halfHour: number) => number,
  taken: ReadonlyMap<string, Uint8Array>,
): void {
  const limits = new Map<string, Limit>();
  for (const [day, there] of onDay) {
    for (let at = 0; at < HALF_HOURS; at++) {
      const near = there.filter(({ part }) => {
        const { from, to, shifts } = parts[part]!;
        return shifts.some((by) => at >= from + by && at < to + by);
      });
      if (near.length === 0) continue;
      for (const { part } of near)
        if (siblings[parts[part]!.sibling]!.isBarred(day, at)) bar(parts[part]!, at);
      const met = near.filter(({ own }) => !inside(own, at)).map(({ part }) => part);
      const places = placesAt(day, at) - (taken.get(day)?.[at] ?? 0);
      if (met.length <= places) continue;
      if (places <= 0) for (const part of met) bar(parts[part]!, at);
      else {
        const key = met.join(' ');
        let limit = limits.get(key);
        if (!limit) {
          limit = { parts: met, most: new Uint8Array(HALF_HOURS).fill(255), present: new Uint8Array(HALF_HOURS) };
          limits.set(key, limit);
          for (const part of met) parts[part]!.limits.push(limit);
        }
        limit.most[at] = Math.min(limit.most[at]!, places);
      }
    }
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

const comes = ({ from, to }: Part, by: number, limit: Limit, count: 1 | -1) => {
  let fits = true;
  for (let at = from + by; at < to + by; at++) {
    limit.present[at]! += count;
    fits &&= limit.present[at]! <= limit.most[at]!;
  }
  return fits;
};

/** The shifts of a group of parts that change least in all, of equal ones the first by part; undefined when none fit. */
function leastShifts(parts: readonly Part[], group: readonly number[], steps: { left: number }) {
  const rest = new Array<number>(group.length + 1).fill(0);
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
      const fits = part.limits.map((limit) => comes(part, by, limit, 1)).every(Boolean);
      if (fits) {
        chosen.push(by);
        look(at + 1, change + Math.abs(by));
        chosen.pop();
      }
      for (const limit of part.limits) comes(part, by, limit, -1);
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
 * @param placesAt how many of them have room at a half-hour, besides what they have already.
 */
export function jointStays(
  siblings: readonly Sibling[],
  placesAt: (day: string, halfHour: number) => number,
): JointStays | undefined {
  const taken = takenByFixed(siblings, placesAt);
  if (!taken) return undefined;
  const found = partsOf(siblings);
  const { parts } = found;
  setLimits(siblings, found, placesAt, taken);
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
