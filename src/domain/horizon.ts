import { addMonths, endOfMonth, type PlainDate } from './calendar.ts';

/** Bookings are taken to the end of the 13th month ahead, so that a whole year fits at any day. */
const HORIZON_MONTHS = 13;

export function horizonOf(today: PlainDate): PlainDate {
  return endOfMonth(addMonths(today, HORIZON_MONTHS));
}
