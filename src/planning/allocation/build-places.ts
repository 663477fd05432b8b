import { WEEKDAYS } from '../../domain/calendar.ts';
import { HALF_HOURS, parseTime } from '../../domain/slots.ts';
import type { AllocationChild, AllocationGroup } from './input.ts';
import { compareIds, startsOf } from './market.ts';

export interface Stretches {
  readonly stretchAt: Int32Array;
  readonly stretchFrom: Int32Array;
  readonly stretchTo: Int32Array;
}

/** Weekdays in the order of the week, then everything else by its label. */
function compareDays(a: string, b: string): number {
  const [first, second] = [a, b].map((day) => (WEEKDAYS as readonly string[]).indexOf(day)) as [
    number,
    number,
  ];
  if (first >= 0 && second >= 0) return first - second;
  if (first >= 0 || second >= 0) return first >= 0 ? -1 : 1;
  return compareIds(a, b);
}

/** All days that are named anywhere. */
export function daysOf(groups: readonly AllocationGroup[], children: readonly AllocationChild[]): string[] {
  const days = new Set<string>();
  for (const { free } of groups) for (const day of Object.keys(free)) days.add(day);
  for (const { pattern } of children) for (const day of Object.keys(pattern)) days.add(day);
  return [...days].toSorted(compareDays);
}

/** Patterns as cells, days in order. */
export function stretchesOf(
  children: readonly AllocationChild[],
  dayNumber: ReadonlyMap<string, number>,
): Stretches {
  const stretchAt = startsOf(children.map(({ pattern }) => Object.keys(pattern).length));
  const total = stretchAt[children.length] ?? 0;
  const stretchFrom = new Int32Array(total);
  const stretchTo = new Int32Array(total);
  // Times are read once each: there are a few dozen.
  const times = new Map<string, number>();
  const timeOf = (text: string): number => {
    let time = times.get(text);
    if (time === undefined) times.set(text, (time = parseTime(text) ?? 0));
    return time;
  };
  children.forEach(({ pattern }, child) => {
    const first = stretchAt[child]!;
    let end = first;
    for (const day in pattern) {
      const base = dayNumber.get(day)! * HALF_HOURS;
      const [from, to] = [base + timeOf(pattern[day]![0]), base + timeOf(pattern[day]![1])];
      // Days mostly stand in order already.
      let at = end++;
      for (; at > first && stretchFrom[at - 1]! > from; at--) {
        stretchFrom[at] = stretchFrom[at - 1]!;
        stretchTo[at] = stretchTo[at - 1]!;
      }
      stretchFrom[at] = from;
      stretchTo[at] = to;
    }
  });
  return { stretchAt, stretchFrom, stretchTo };
}

/** Places by group and cell: the free ones, and those of the children that hold one there. */
export function capacityOf(
  groups: readonly AllocationGroup[],
  dayNumber: ReadonlyMap<string, number>,
  { stretchAt, stretchFrom, stretchTo }: Stretches,
  heldGroup: Int32Array,
): Int32Array {
  const cells = dayNumber.size * HALF_HOURS;
  const capacity = new Int32Array(groups.length * cells);
  groups.forEach(({ free }, group) => {
    for (const [day, list] of Object.entries(free)) {
      const base = group * cells + (dayNumber.get(day) ?? 0) * HALF_HOURS;
      for (const [from, to, places] of list) capacity.fill(places, base + from, base + to);
    }
  });
  heldGroup.forEach((group, child) => {
    if (group < 0) return;
    for (let at = stretchAt[child] ?? 0; at < (stretchAt[child + 1] ?? 0); at++)
      for (let cell = stretchFrom[at] ?? 0; cell < (stretchTo[at] ?? 0); cell++)
        capacity[group * cells + cell]! += 1;
  });
  return capacity;
}
