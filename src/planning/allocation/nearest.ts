import { formatTime, HALF_HOURS, SHORTEST_STAY } from '../../domain/slots.ts';
import type { DayTimes } from './input.ts';

/** Most a pattern is shifted or shortened, in half-hours: 2 hours. */
const MOST_CHANGED = 4;

type Change = readonly [start: number, end: number];

/** Changes of a stretch as [later start, later end], the least first; equal ones: earlier, later, then shortened. */
const CHANGES: readonly Change[] = [
  [0, 0],
  ...Array.from({ length: MOST_CHANGED }, (_, at) => at + 1).flatMap((by) => [
    [-by, -by] as const,
    [by, by] as const,
    ...Array.from({ length: by + 1 }, (_unused, late) => [late, late - by] as const),
  ]),
];

/** Those that keep the length: the same hours, earlier or later. */
export const SHIFTS: readonly Change[] = CHANGES.filter(([start, end]) => start === end);

export interface DayStretch {
  readonly day: string;
  readonly from: number;
  readonly to: number;
}

/**
 * The nearest pattern that fits, each day by itself: as it is, else shifted or shortened by at most 2 hours (the smallest
 * change first, never under 4 hours unless it was shorter), else left out. Null when no day fits at all.
 * @param isFull whether the half-hour of a day has no place left.
 * @param changes which of these changes are tried, the nearest first; all of them unless told.
 */
export function nearestPattern(
  stretches: readonly DayStretch[],
  isFull: (at: number, halfHour: number) => boolean,
  changes: readonly Change[] = CHANGES,
): DayTimes | null {
  const days = stretches.flatMap(({ day, from, to }, at) => {
    const shortest = Math.min(SHORTEST_STAY, to - from);
    for (const [start, end] of changes) {
      const [first, last] = [from + start, to + end];
      if (first < 0 || last > HALF_HOURS || last - first < shortest) continue;
      let halfHour = first;
      while (halfHour < last && !isFull(at, halfHour)) halfHour++;
      if (halfHour === last) return [[day, [formatTime(first), formatTime(last)]] as const];
    }
    return [];
  });
  return days.length === 0 ? null : (Object.fromEntries(days) as unknown as DayTimes);
}
