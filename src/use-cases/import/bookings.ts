import { minOf, numberOfDate, parsePlainDate, type PlainDate } from '../../domain/calendar.ts';
import { lengthReason, parseTime, type Slot } from '../../domain/slots.ts';
import { listBookedDates, listFormerBookings } from '../../data/import-bookings.ts';
import type { ImportedChild } from './children.ts';
import { Fields } from './fields.ts';
import type { ImportedGroup } from './groups.ts';
import type { ImportWork } from './matching.ts';
import type { Problems } from './problems.ts';
import type { BookingJson } from './shape.ts';

export interface BookingRow extends Slot {
  readonly row: number;
  readonly childRef: string;
  readonly groupRef: string;
  readonly date: PlainDate;
}

const LENGTH_WORDS = { too_short: 'a stay lasts at least 4 hours', too_long: 'a stay lasts at most 10 hours' } as const;

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

export interface WantedBooking extends BookingRow {
  readonly child: ImportedChild;
  readonly group: ImportedGroup;
}

/**
 * The rows that are still to be booked: not those whose child has a booking on that date already, whatever became of
 * it, nor those that were booked once and moved elsewhere since. A child's second row for a date is a problem.
 */
export async function leaveOutKnown(
  { tx, problems }: ImportWork,
  rows: readonly BookingRow[],
  children: ReadonlyMap<string, ImportedChild>,
  groups: ReadonlyMap<string, ImportedGroup>,
): Promise<WantedBooking[]> {
  const [first] = rows;
  if (!first) return [];
  const from = minOf([first.date, ...rows.map((row) => row.date)]);
  const childIds = [...new Set(rows.map((row) => children.get(row.childRef)!.id))];
  const known = new Set<number>();
  const booked = await listBookedDates(tx, childIds, { from, to: '9999-12-31' as PlainDate });
  for (const { childId, date } of booked) known.add(keyOf(childId, date));
  const placeOf = (place: Slot & { childId: number; groupId: number; date: PlainDate }) =>
    `${place.childId} ${place.groupId} ${place.date} ${place.from} ${place.to}`;
  const moved = new Set((await listFormerBookings(tx, childIds)).map(placeOf));

  const wanted: WantedBooking[] = [];
  const rowsOf = new Map<number, number>();
  for (const row of rows) {
    const [child, group] = [children.get(row.childRef)!, groups.get(row.groupRef)!];
    const key = keyOf(child.id, row.date);
    const earlier = rowsOf.get(key);
    if (earlier !== undefined) {
      const detail = `the child is booked on ${row.date} in row ${earlier} already`;
      problems.add({ sheet: 'bookings', row: row.row, field: 'date', reason: 'already_booked', detail });
    }
    rowsOf.set(key, row.row);
    const { date, from: start, to } = row;
    if (known.has(key) || moved.has(placeOf({ childId: child.id, groupId: group.id, date, from: start, to }))) continue;
    wanted.push({ ...row, child, group });
  }
  return wanted;
}
