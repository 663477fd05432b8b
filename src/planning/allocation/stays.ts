import { HALF_HOURS, parseTime } from '../../domain/slots.ts';
import type { AllocationGroup } from './input.ts';

/** A day of the group, by half-hour. */
interface Day {
  readonly name: string;
  readonly free: Int32Array;
  /** Places kept for entries ranked above. */
  readonly kept: Int32Array;
}

export function dayOf(name: string, list: AllocationGroup['free'][string] = []): Day {
  const free = new Int32Array(HALF_HOURS);
  for (const [from, to, places] of list) free.fill(places, from, to);
  return { name, free, kept: new Int32Array(HALF_HOURS) };
}

/** Reads times, each text once: an answer reads thousands, of a few dozen kinds. */
export function timeReader(): (text: string) => number {
  const known = new Map<string, number>();
  return (text) => {
    let halfHour = known.get(text);
    if (halfHour === undefined) known.set(text, (halfHour = parseTime(text)!));
    return halfHour;
  };
}

type Stretch = readonly [from: number, to: number];

export const inside = (stretch: Stretch | undefined, at: number) =>
  stretch !== undefined && at >= stretch[0] && at < stretch[1];

/** One stay of an entry, with the day of the group on which it falls. */
export interface Stay {
  readonly day: string;
  readonly places: Day;
  readonly own: Stretch | undefined;
  readonly withheld: readonly { readonly places: number; readonly stretch: Stretch }[];
  readonly from: number;
  readonly to: number;
}

export const NOTHING: Stay['withheld'] = [];

/** Places that are withheld from a stay at a half-hour. */
export const withheldAt = ({ withheld }: Stay, at: number) =>
  withheld.reduce((most, { places, stretch }) => (inside(stretch, at) ? Math.max(most, places) : most), 0);

/** Places that a stay does not get at a half-hour: those kept for others, and those withheld from it. */
export const kept = (stay: Stay, at: number) => stay.places.kept[at]! + withheldAt(stay, at);
