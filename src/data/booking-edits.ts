import { eq, sql } from './sql.ts';
import type { Instant, PlainDate } from '../domain/calendar.ts';
import type { HalfHour } from '../domain/slots.ts';
import type { Writing } from './database.ts';
import { prepared } from './prepared.ts';
import type { AbsenceKind } from './bookings.ts';

export interface NewBooking {
  readonly childId: number;
  readonly groupId: number;
  readonly date: PlainDate;
  readonly from: HalfHour;
  readonly to: HalfHour;
  readonly weight: number;
  readonly late: boolean;
  readonly seriesId: number | null;
  readonly enrolmentId: number | null;
  readonly bookedAt: Instant;
  readonly bookedBy: number | null;
}

const inserted = prepared<Record<string, unknown>, { id: number }[]>(({ db, t }) =>
  db
    .insert(t.booking)
    .values({
      childId: sql.placeholder('childId'),
      groupId: sql.placeholder('groupId'),
      date: sql.placeholder('date') as never,
      fromHalfHour: sql.placeholder('from'),
      toHalfHour: sql.placeholder('to'),
      weight: sql.placeholder('weight'),
      late: sql.placeholder('late'),
      seriesId: sql.placeholder('seriesId'),
      enrolmentId: sql.placeholder('enrolmentId'),
      bookedAt: sql.placeholder('bookedAt') as never,
      bookedBy: sql.placeholder('bookedBy'),
    })
    .returning({ id: t.booking.id }),
);

export async function insertBooking(tx: Writing, booking: NewBooking): Promise<number> {
  const [row] = await inserted(tx, { ...booking });
  return row!.id;
}

/** Puts a booking at another group, day or time, under the same id. */
export async function moveBooking(
  tx: Writing,
  id: number,
  to: {
    groupId: number;
    date: PlainDate;
    from: HalfHour;
    to: HalfHour;
    late: boolean;
    enrolmentId: number | null;
  },
): Promise<void> {
  await tx.db
    .update(tx.t.booking)
    .set({
      groupId: to.groupId,
      date: to.date,
      fromHalfHour: to.from,
      toHalfHour: to.to,
      late: to.late,
      enrolmentId: to.enrolmentId,
    })
    .where(eq(tx.t.booking.id, id));
}

/** From which half-hour on the booking's place is free again; null takes a release back. */
export async function releaseBooking(tx: Writing, id: number, releasedFrom: HalfHour | null): Promise<void> {
  await tx.db.update(tx.t.booking).set({ releasedFrom }).where(eq(tx.t.booking.id, id));
}

export async function insertCancellation(
  tx: Writing,
  row: {
    bookingId: number;
    at: Instant;
    by: number | null;
    source: 'family' | 'centre';
    closureId: number | null;
  },
): Promise<void> {
  await tx.db.insert(tx.t.cancellation).values(row);
}

export async function insertAbsence(
  tx: Writing,
  row: { bookingId: number; at: Instant; by: number | null; kind: AbsenceKind },
): Promise<void> {
  await tx.db.insert(tx.t.absence).values(row);
}

export async function insertArrival(
  tx: Writing,
  row: { bookingId: number; arrivedAt: Instant; arrivedBy: number | null },
): Promise<void> {
  await tx.db.insert(tx.t.attendance).values(row);
}

export async function updateDeparture(
  tx: Writing,
  row: { bookingId: number; departedAt: Instant; departedBy: number | null; collectorId: number | null },
): Promise<void> {
  const { bookingId, ...departure } = row;
  await tx.db.update(tx.t.attendance).set(departure).where(eq(tx.t.attendance.bookingId, bookingId));
}
