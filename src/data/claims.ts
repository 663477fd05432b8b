import { and, asc, between, eq, gt, gte, inArray, isNull, or } from './sql.ts';
import type { Instant, PlainDate } from '../domain/calendar.ts';
import type { HalfHour } from '../domain/slots.ts';
import { insertMany } from './bulk.ts';
import { forUpdate, type Reading, type Tables, type Writing } from './database.ts';

/** Ids a statement: SQLite takes at most 32,766 parameters. */
const CHUNK = 5000;

export function* chunksOf<T>(items: readonly T[]): Generator<T[]> {
  for (let at = 0; at < items.length; at += CHUNK) yield items.slice(at, at + CHUNK);
}

/** Days of some groups. */
export interface Span {
  readonly groupIds: readonly number[];
  readonly from: PlainDate;
  readonly to: PlainDate;
}

/** A booking that still occupies something, as a change of its day needs it. */
export interface BookingClaim {
  readonly id: number;
  readonly childId: number;
  readonly childName: string;
  readonly centreId: number;
  readonly groupId: number;
  readonly date: PlainDate;
  readonly from: HalfHour;
  readonly to: HalfHour;
  readonly releasedFrom: HalfHour | null;
  readonly bookedAt: Instant;
  /** Whether the child has come. */
  readonly arrived: boolean;
  /** Neither come, nor absent, nor cancelled: what a cancellation can still be written for. */
  readonly standing: boolean;
}

export interface HoldClaim {
  readonly id: number;
  readonly centreId: number;
  readonly groupId: number;
  readonly date: PlainDate;
  readonly from: HalfHour;
  readonly to: HalfHour;
}

/** Something changed between a look and the lock. The whole work begins again, as after a serialisation failure. */
export class Overtaken extends Error {
  readonly code = '40001';

  constructor() {
    super('Overtaken by another write: begin again.');
    this.name = 'Overtaken';
  }
}

/** Bookings that take a place: whole ones, and those of which something was kept. */
export function occupies(booking: Tables['booking']) {
  return or(isNull(booking.releasedFrom), gt(booking.releasedFrom, booking.fromHalfHour));
}

function within({ booking: b }: Reading['t'], span: Span) {
  return and(inArray(b.groupId, [...span.groupIds]), between(b.date, span.from, span.to));
}

/** Children with a booking that occupies anything in these days, by id. */
export async function listBookedChildren(tx: Reading, span: Span): Promise<number[]> {
  if (span.groupIds.length === 0) return [];
  const { booking: b } = tx.t;
  const rows = await tx.db
    .selectDistinct({ id: b.childId })
    .from(b)
    .where(and(within(tx.t, span), occupies(tx.t.booking)))
    .orderBy(asc(b.childId));
  return rows.map((row) => row.id);
}

/** Locks children's rows in the order of their ids: before any group-day. */
export async function lockChildren(tx: Writing, ids: readonly number[]): Promise<void> {
  const { child: c } = tx.t;
  for (const chunk of chunksOf(ids.toSorted((a, b) => a - b))) {
    await forUpdate(tx, tx.db.select({ id: c.id }).from(c).where(inArray(c.id, chunk)).orderBy(asc(c.id)));
  }
}

/**
 * Locks more children's rows when group-days are locked already. Against the order of locks, so it never waits: where
 * somebody else has one of the rows the work begins again.
 */
export async function lockChildrenAtOnce(tx: Writing, ids: readonly number[]): Promise<void> {
  const { child: c } = tx.t;
  if (tx.dialect === 'sqlite') return;
  for (const chunk of chunksOf(ids)) {
    const query = tx.db.select({ id: c.id }).from(c).where(inArray(c.id, chunk));
    if ((await query.for('no key update', { skipLocked: true })).length < chunk.length) throw new Overtaken();
  }
}

function claimQuery({ db, t }: Pick<Reading, 'db' | 't'>) {
  const { booking: b } = t;
  return db
    .select({
      id: b.id,
      childId: b.childId,
      childName: t.child.name,
      centreId: t.careGroup.centreId,
      groupId: b.groupId,
      date: b.date,
      from: b.fromHalfHour,
      to: b.toHalfHour,
      releasedFrom: b.releasedFrom,
      bookedAt: b.bookedAt,
      arrivedAt: t.attendance.arrivedAt,
      absence: t.absence.kind,
      cancelledBy: t.cancellation.source,
    })
    .from(b)
    .innerJoin(t.child, eq(t.child.id, b.childId))
    .innerJoin(t.careGroup, eq(t.careGroup.id, b.groupId))
    .leftJoin(t.attendance, eq(t.attendance.bookingId, b.id))
    .leftJoin(t.absence, eq(t.absence.bookingId, b.id))
    .leftJoin(t.cancellation, eq(t.cancellation.bookingId, b.id));
}

type ClaimRow = Awaited<ReturnType<typeof claimQuery>>[number];

function claimOf({ arrivedAt, absence, cancelledBy, ...row }: ClaimRow): BookingClaim {
  const arrived = arrivedAt !== null;
  return { ...row, arrived, standing: !arrived && absence === null && cancelledBy === null };
}

/** Bookings that occupy anything in these days, by date and id. */
export async function listBookingClaims(tx: Reading, span: Span): Promise<BookingClaim[]> {
  if (span.groupIds.length === 0) return [];
  const { booking: b } = tx.t;
  const rows = await claimQuery(tx)
    .where(and(within(tx.t, span), occupies(tx.t.booking)))
    .orderBy(asc(b.date), asc(b.id));
  return rows.map(claimOf);
}

/** What a closure has cancelled from a date on, by date and id. */
export async function listCancelledBy(
  tx: Reading,
  closureId: number,
  from: PlainDate,
): Promise<BookingClaim[]> {
  const { booking: b, cancellation } = tx.t;
  const rows = await claimQuery(tx)
    .where(and(eq(cancellation.closureId, closureId), gte(b.date, from)))
    .orderBy(asc(b.date), asc(b.id));
  return rows.map(claimOf);
}

/** Holds in these days, by date and id. */
export async function listHoldClaims(tx: Reading, span: Span): Promise<HoldClaim[]> {
  if (span.groupIds.length === 0) return [];
  const { hold: h, careGroup: g } = tx.t;
  return await tx.db
    .select({
      id: h.id,
      centreId: g.centreId,
      groupId: h.groupId,
      date: h.date,
      from: h.fromHalfHour,
      to: h.toHalfHour,
    })
    .from(h)
    .innerJoin(g, eq(g.id, h.groupId))
    .where(and(inArray(h.groupId, [...span.groupIds]), between(h.date, span.from, span.to)))
    .orderBy(asc(h.date), asc(h.id));
}

/** Releases bookings, each from its own half-hour on. */
export async function releaseBookings(
  tx: Writing,
  releases: readonly { id: number; releasedFrom: HalfHour }[],
): Promise<void> {
  const { booking: b } = tx.t;
  for (const [releasedFrom, each] of Map.groupBy(releases, (release) => release.releasedFrom)) {
    for (const ids of chunksOf(each.map((release) => release.id))) {
      await tx.db.update(b).set({ releasedFrom }).where(inArray(b.id, ids));
    }
  }
}

export async function insertCancellations(
  tx: Writing,
  bookingIds: readonly number[],
  story: { at: Instant; by: number | null; source: 'family' | 'centre'; closureId: number | null },
): Promise<void> {
  await insertMany(
    tx,
    tx.t.cancellation,
    bookingIds.map((bookingId) => ({ bookingId, ...story })),
  );
}

export async function deleteHolds(tx: Writing, ids: readonly number[]): Promise<void> {
  for (const chunk of chunksOf(ids)) await tx.db.delete(tx.t.hold).where(inArray(tx.t.hold.id, chunk));
}

/**
 * Locks centres' rows in the order of ids, all of them without a list: after the group-days, one change of settings,
 * closures or groups at a time in a centre.
 */
export async function lockCentres(tx: Writing, ids?: readonly number[]): Promise<void> {
  const { centre: c } = tx.t;
  if (ids?.length === 0) return;
  const which = ids && inArray(c.id, [...ids]);
  await forUpdate(tx, tx.db.select({ id: c.id }).from(c).where(which).orderBy(asc(c.id)));
}
