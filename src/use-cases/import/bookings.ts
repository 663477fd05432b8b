import { numberOfDate, parsePlainDate, type PlainDate } from '../../domain/calendar.ts';
import { lengthReason, parseTime, type Slot } from '../../domain/slots.ts';
import type { Reading } from '../../data/database.ts';
import { listBookedDates, listFormerBookings } from '../../data/import-bookings.ts';
import type { ImportedChild } from './children.ts';
import { Fields } from './fields.ts';
import type { Problems } from './problems.ts';
import type { BookingJson } from './shape.ts';

export interface BookingRow extends Slot {
  readonly row: number;
  readonly childRef: string;
  readonly groupRef: string;
  readonly date: PlainDate;
}

const LENGTH_WORDS = {
  too_short: 'a stay lasts at least 4 hours',
  too_long: 'a stay lasts at most 10 hours',
} as const;

export function readBookings(json: readonly BookingJson[], problems: Problems): BookingRow[] {
  return json.map(({ child, group, date, from, to }, index) => {
    const row = { row: index + 1, childRef: child, groupRef: group };
    const slot = { from: parseTime(from) ?? -1, to: parseTime(to) ?? -1 };
    const day = parsePlainDate(date);
    const length = lengthReason(slot);
    if (day !== undefined && slot.from >= 0 && slot.to >= 0 && !length) return { ...row, date: day, ...slot };
    // A row with a problem is read again by the slower way that names it.
    const at = new Fields(problems, 'bookings', index + 1);
    const read = { ...row, date: at.date('date', date), from: at.time('from', from), to: at.time('to', to) };
    if (length && slot.from >= 0 && slot.to >= 0) at.bad('to', LENGTH_WORDS[length], length);
    return read;
  });
}

/** The first date booked in each group, by its ref: a new group begins with that month. */
export function firstDates(rows: readonly BookingRow[]): Map<string, PlainDate> {
  const first = new Map<string, PlainDate>();
  for (const { groupRef, date } of rows) {
    const known = first.get(groupRef);
    if (known === undefined || date < known) first.set(groupRef, date);
  }
  return first;
}

/** A child and a date in one number. */
const DATES = 200_000;
const keyOf = (childId: number, date: PlainDate) => childId * DATES + numberOfDate(date);

type Ids = ReadonlyMap<string, { readonly id: number }>;

/** Names every second row of a child for the same date. */
export function checkOneADay(rows: readonly BookingRow[], problems: Problems): void {
  const children = new Map<string, number>();
  const seen = new Map<number, number>();
  for (const { row, childRef, date } of rows) {
    let child = children.get(childRef);
    if (child === undefined) children.set(childRef, (child = children.size));
    const key = keyOf(child, date);
    const earlier = seen.get(key);
    if (earlier === undefined) seen.set(key, row);
    else {
      const detail = `the child is booked on ${date} in row ${earlier} already`;
      problems.add({ sheet: 'bookings', row, field: 'date', reason: 'already_booked', detail });
    }
  }
}

/**
 * The rows that are still to be booked: not those whose child has a booking on that date already, whatever became of
 * it, nor those that were booked once and moved elsewhere since.
 */
export async function leaveOutKnown(
  tx: Reading,
  rows: readonly BookingRow[],
  children: Ids,
  groups: Ids,
): Promise<BookingRow[]> {
  const [first] = rows;
  if (!first) return [];
  const from = rows.reduce((least, row) => (row.date < least ? row.date : least), first.date);
  const childIds = [...new Set(rows.flatMap((row) => children.get(row.childRef)?.id ?? []))];
  const known = new Set<number>();
  const booked = await listBookedDates(tx, childIds, { from, to: '9999-12-31' as PlainDate });
  for (const { childId, date } of booked) known.add(keyOf(childId, date));
  const placeOf = (place: Slot & { childId: number; groupId: number; date: PlainDate }) =>
    `${place.childId} ${place.groupId} ${place.date} ${place.from} ${place.to}`;
  const moved = new Set((await listFormerBookings(tx, childIds)).map(placeOf));
  return rows.filter(({ childRef, groupRef, date, from: start, to }) => {
    const childId = children.get(childRef)?.id;
    const groupId = groups.get(groupRef)?.id ?? 0;
    if (childId === undefined) return true;
    return (
      !known.has(keyOf(childId, date)) && !moved.has(placeOf({ childId, groupId, date, from: start, to }))
    );
  });
}

/** A row whose child and group stand in the database by now. */
export interface WantedBooking extends BookingRow {
  readonly child: ImportedChild;
}
