import { MINUTES_PER_HALF_HOUR, type HalfHour } from '../../domain/slots.ts';
import type { RosterRules } from './input.ts';

/** What the shifts of a person on a day must obey: a window, and lengths from start to end, in half-hours. */
export interface ShiftBounds {
  readonly from: HalfHour;
  readonly to: HalfHour;
  readonly shortest: number;
  readonly longest: number;
}

/**
 * Legal shifts, by start, end and place of the break. A shift is a number into the arrays. `early` and `late` mark those
 * that begin in the first hour of the opening or end in its last.
 */
export interface Catalogue {
  readonly count: number;
  readonly from: Uint8Array;
  readonly to: Uint8Array;
  /** Half-hour in which the break begins; NO_BREAK without one. */
  readonly breakFrom: Uint8Array;
  /** Working half-hours, the break left out. */
  readonly net: Uint8Array;
  readonly early: Uint8Array;
  readonly late: Uint8Array;
  /** Presence: bit h of `low` is half-hour h, of `high` half-hour h + 24. */
  readonly low: Int32Array;
  readonly high: Int32Array;
  /** The same with the break: on call it counts for a skill. */
  readonly wholeLow: Int32Array;
  readonly wholeHigh: Int32Array;
  /** By from × 49 + to: the number of the first shift with that start and end, −1 when there is none. */
  readonly firstOf: Int32Array;
}

export const NO_BREAK = 255;
export const ENDS = 49;
export const WORD = 24;

/** Starts of a break that a shift may have: [] when it needs one and finds no place, [NO_BREAK] when it needs none. */
export function breakPlaces(from: HalfHour, to: HalfHour, rules: RosterRules): number[] {
  const length = rules.breakMinutes / MINUTES_PER_HALF_HOUR;
  if (length === 0 || (to - from) * MINUTES_PER_HALF_HOUR <= rules.breakAfterMinutes) return [NO_BREAK];
  const places: number[] = [];
  const last = Math.min(rules.breakLatestMinutes / MINUTES_PER_HALF_HOUR, to - from - length - 1);
  for (let after = Math.max(1, rules.breakEarliestMinutes / MINUTES_PER_HALF_HOUR); after <= last; after++)
    places.push(from + after);
  return places;
}

/** Bits of [from, to) that fall into the word beginning at `base`. */
export function bitsOf(from: HalfHour, to: HalfHour, base: number): number {
  let bits = 0;
  for (let at = Math.max(from, base); at < Math.min(to, base + WORD); at++) bits |= 1 << (at - base);
  return bits;
}

interface Opening {
  readonly opens: HalfHour;
  readonly closes: HalfHour;
}

const FIRST_HOUR = 2;

/** All legal shifts within the bounds. */
export function catalogueOf(bounds: ShiftBounds, rules: RosterRules, { opens, closes }: Opening): Catalogue {
  const shifts: { from: number; to: number; breakFrom: number }[] = [];
  for (let from = bounds.from; from < bounds.to; from++)
    for (let to = from + bounds.shortest; to <= Math.min(bounds.to, from + bounds.longest); to++)
      for (const breakFrom of breakPlaces(from, to, rules)) shifts.push({ from, to, breakFrom });
  const pause = rules.breakMinutes / MINUTES_PER_HALF_HOUR;
  const firstOf = new Int32Array(ENDS * ENDS).fill(-1);
  shifts.forEach(({ from, to }, at) => {
    if (firstOf[from * ENDS + to]! < 0) firstOf[from * ENDS + to] = at;
  });
  const whole = (base: number) => Int32Array.from(shifts, ({ from, to }) => bitsOf(from, to, base));
  const word = (base: number) =>
    Int32Array.from(shifts, ({ from, to, breakFrom }) => {
      const bits = bitsOf(from, to, base);
      return breakFrom === NO_BREAK ? bits : bits & ~bitsOf(breakFrom, breakFrom + pause, base);
    });
  return {
    count: shifts.length,
    from: Uint8Array.from(shifts, ({ from }) => from),
    to: Uint8Array.from(shifts, ({ to }) => to),
    breakFrom: Uint8Array.from(shifts, ({ breakFrom }) => breakFrom),
    net: Uint8Array.from(
      shifts,
      ({ from, to, breakFrom }) => to - from - (breakFrom === NO_BREAK ? 0 : pause),
    ),
    early: Uint8Array.from(shifts, ({ from }) => Number(from < opens + FIRST_HOUR)),
    late: Uint8Array.from(shifts, ({ to }) => Number(to > closes - FIRST_HOUR)),
    low: word(0),
    high: word(WORD),
    wholeLow: whole(0),
    wholeHigh: whole(WORD),
    firstOf,
  };
}

/** Half-hours, as bits of two words, at which a shift counts for a line. */
export function countedIn(shifts: Catalogue, onCall: boolean): { low: Int32Array; high: Int32Array } {
  return onCall ? { low: shifts.wholeLow, high: shifts.wholeHigh } : shifts;
}
