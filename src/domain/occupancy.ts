import { addDays, addMonths, minOf, startOfMonth, startOfWeek, type PlainDate } from './calendar.ts';

export const STEPS = ['day', 'week', 'month'] as const;
export type Step = (typeof STEPS)[number];

/** Days of a period, both included. */
export interface Period {
  readonly from: PlainDate;
  readonly to: PlainDate;
}

function startOfNext(date: PlainDate, by: Step): PlainDate {
  if (by === 'day') return addDays(date, 1);
  return by === 'week' ? addDays(startOfWeek(date), 7) : addMonths(startOfMonth(date), 1);
}

/** Cuts from … to into days, weeks (from Monday) or months, the first and last clipped; none when `to` is before `from`. */
export function periodsBetween(from: PlainDate, to: PlainDate, by: Step): Period[] {
  const periods: Period[] = [];
  for (let start = from; start <= to;) {
    const next = startOfNext(start, by);
    periods.push({ from: start, to: minOf([addDays(next, -1), to]) });
    start = next;
  }
  return periods;
}

/**
 * Booked minutes over place-minutes (the room while open), rounded once, half up, to 4 decimals; null where there is no
 * place. Whole minutes, counted in integers: 0.00005 is 0.0001 and never 0.0000.
 */
export function occupancyOf(bookedMinutes: number, placeMinutes: number): number | null {
  if (placeMinutes === 0) return null;
  // Exact as well, and several times as quick, as long as the numbers are: all but those of a country over centuries.
  const numerator = bookedMinutes * 20_000 + placeMinutes;
  if (Number.isSafeInteger(numerator)) {
    const denominator = 2 * placeMinutes;
    return (numerator - (numerator % denominator)) / denominator / 10_000;
  }
  const places = BigInt(placeMinutes);
  return Number((BigInt(bookedMinutes) * 20_000n + places) / (2n * places)) / 10_000;
}
