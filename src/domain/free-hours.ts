import { freeAt, placesAt, type GroupDay } from './places.ts';
import { MINUTES_PER_HALF_HOUR, type HalfHour, type Slot } from './slots.ts';

const BAND: HalfHour = 4;

/** The time of day in stretches of two hours, on even hours, from an opening to a closing in half-hours. */
export function bandsOf(opening: Slot): Slot[] {
  const bands: Slot[] = [];
  for (let from = Math.floor(opening.from / BAND) * BAND; from < opening.to; from += BAND) {
    bands.push({ from, to: from + BAND });
  }
  return bands;
}

export interface FreeTime {
  /** Minutes of places that one more ordinary child could take. */
  readonly freeMinutes: number;
  /** Minutes of all places while open. */
  readonly placeMinutes: number;
}

/** Free and all place-minutes of some days of some groups in one stretch of the day. */
export function freeTimeIn(days: readonly GroupDay[], band: Slot): FreeTime {
  let free = 0;
  let places = 0;
  for (const day of days) {
    for (let at = band.from; at < band.to; at++) {
      free += freeAt(day, at);
      places += placesAt(day, at);
    }
  }
  return { freeMinutes: free * MINUTES_PER_HALF_HOUR, placeMinutes: places * MINUTES_PER_HALF_HOUR };
}
