import { and, asc, between, eq, gt, inArray, or, sql, type SQL } from './sql.ts';
import type { Instant, PlainDate } from '../domain/calendar.ts';
import type { HalfHour } from '../domain/slots.ts';
import type { Reading } from './database.ts';
import { isShort, prepared, preparedForIds, rowsOf } from './prepared.ts';
import { occupies } from './claims.ts';

export type AbsenceKind = 'illness' | 'family' | 'medical' | 'excused' | 'unexcused';

export type BookingState = 'booked' | 'attended' | 'absent' | 'cancelled';

/** A booking with its story, as every page and answer needs it. */
export interface Booking {
  readonly id: number;
  readonly childId: number;
  readonly groupId: number;
  readonly centreId: number;
  readonly date: PlainDate;
  readonly from: HalfHour;
  readonly to: HalfHour;
  readonly weight: number;
  readonly releasedFrom: HalfHour | null;
  readonly late: boolean;
  readonly seriesId: number | null;
  readonly state: BookingState;
  readonly absence: AbsenceKind | null;
  readonly cancelledBy: 'family' | 'centre' | null;
  readonly closureId: number | null;
  readonly arrivedAt: Instant | null;
  readonly departedAt: Instant | null;
}

function bookingQuery({ db, t }: Pick<Reading, 'db' | 't'>) {
  return db
    .select({
      id: t.booking.id,
      childId: t.booking.childId,
      groupId: t.booking.groupId,
      centreId: t.careGroup.centreId,
      date: t.booking.date,
      from: t.booking.fromHalfHour,
      to: t.booking.toHalfHour,
      weight: t.booking.weight,
      releasedFrom: t.booking.releasedFrom,
      late: t.booking.late,
      seriesId: t.booking.seriesId,
      absence: t.absence.kind,
      cancelledBy: t.cancellation.source,
      closureId: t.cancellation.closureId,
      arrivedAt: t.attendance.arrivedAt,
      departedAt: t.attendance.departedAt,
    })
    .from(t.booking)
    .innerJoin(t.careGroup, eq(t.careGroup.id, t.booking.groupId))
    .leftJoin(t.absence, eq(t.absence.bookingId, t.booking.id))
    .leftJoin(t.cancellation, eq(t.cancellation.bookingId, t.booking.id))
    .leftJoin(t.attendance, eq(t.attendance.bookingId, t.booking.id));
}

type BookingRow = Awaited<ReturnType<typeof bookingQuery>>[number];

/** An arrival outweighs nothing else: a child who came and left is attended; a closure that sent it home cancels. */
function stateOf(row: BookingRow): BookingState {
  if (row.arrivedAt !== null) return 'attended';
  if (row.cancelledBy !== null) return 'cancelled';
  return row.absence === null ? 'booked' : 'absent';
}

const withState = (row: BookingRow): Booking => ({ ...row, state: stateOf(row) });

const byId = prepared<{ id: number }, BookingRow[]>((parts) =>
  bookingQuery(parts).where(eq(parts.t.booking.id, sql.placeholder('id'))),
);

export async function findBooking(tx: Reading, id: number): Promise<Booking | undefined> {
  const [row] = await byId(tx, { id });
  return row && withState(row);
}

export interface BookingFilter {
  readonly childIds?: readonly number[];
  readonly groupIds?: readonly number[];
  readonly centreId?: number;
  readonly closureId?: number;
  readonly from: PlainDate;
  readonly to: PlainDate;
  /** Only bookings that still occupy something. */
  readonly occupying?: boolean;
  /** For paging: bookings after this (date, id). */
  readonly after?: { readonly date: PlainDate; readonly id: number };
  readonly limit?: number;
}

const inSpan = ({ booking: b }: Reading['t']) =>
  between(b.date, sql.placeholder('from'), sql.placeholder('to'));
const ofChildren = (occupying: boolean) =>
  preparedForIds<{ from: PlainDate; to: PlainDate }, BookingRow[]>((parts, ids) => {
    const { booking: b } = parts.t;
    return bookingQuery(parts)
      .where(and(inArray(b.childId, ids), inSpan(parts.t), occupying ? occupies(parts.t.booking) : undefined))
      .orderBy(asc(b.date), asc(b.id));
  });
const ofFamily = ofChildren(false);
const occupyingOfFamily = ofChildren(true);

const ofCentre = prepared<{ centreId: number; from: PlainDate; to: PlainDate }, BookingRow[]>((parts) =>
  bookingQuery(parts)
    .where(and(inSpan(parts.t), eq(parts.t.careGroup.centreId, sql.placeholder('centreId'))))
    .orderBy(asc(parts.t.booking.date), asc(parts.t.booking.id)),
);

const isEmpty = (filter: object) => Object.values(filter).every((each) => each === undefined);

/** Bookings by date and id. Callers scope them: by children or by groups. */
export async function listBookings(tx: Reading, filter: BookingFilter): Promise<Booking[]> {
  const { booking: b, careGroup, cancellation } = tx.t;
  const { childIds, groupIds, occupying, from, to, ...others } = filter;
  // What every page of a family asks, and what is asked of one who waits.
  if (childIds && childIds.length > 0 && isShort(childIds) && isEmpty(others)) {
    const rows = await (occupying ? occupyingOfFamily : ofFamily)(tx, childIds, { from, to });
    return rows.filter((row) => groupIds?.includes(row.groupId) ?? true).map(withState);
  }
  const { centreId, ...more } = others;
  if (centreId !== undefined && isEmpty({ childIds, groupIds, ...more }) && !occupying)
    return (await ofCentre(tx, { centreId, from, to })).map(withState);
  const conditions: (SQL | undefined)[] = [between(b.date, filter.from, filter.to)];
  if (filter.childIds) {
    if (filter.childIds.length === 0) return [];
    conditions.push(inArray(b.childId, [...filter.childIds]));
  }
  if (filter.groupIds) {
    if (filter.groupIds.length === 0) return [];
    conditions.push(inArray(b.groupId, [...filter.groupIds]));
  }
  if (filter.centreId !== undefined) conditions.push(eq(careGroup.centreId, filter.centreId));
  if (filter.closureId !== undefined) conditions.push(eq(cancellation.closureId, filter.closureId));
  if (filter.occupying) conditions.push(occupies(tx.t.booking));
  if (filter.after) {
    conditions.push(
      or(gt(b.date, filter.after.date), and(eq(b.date, filter.after.date), gt(b.id, filter.after.id))),
    );
  }
  const query = bookingQuery(tx)
    .where(and(...conditions))
    .orderBy(asc(b.date), asc(b.id));
  const rows = await rowsOf(tx, filter.limit === undefined ? query : query.limit(filter.limit));
  return rows.map(withState);
}

const stayCounts = preparedForIds<{ from: PlainDate; to: PlainDate }, { childId: number; n: number }[]>(
  ({ db, t: { booking: b } }, ids) =>
    db
      .select({ childId: b.childId, n: sql<number>`count(*)`.mapWith(Number) })
      .from(b)
      .where(
        and(
          inArray(b.childId, ids),
          between(b.date, sql.placeholder('from'), sql.placeholder('to')),
          occupies(b),
        ),
      )
      .groupBy(b.childId),
);

/** How many bookings of each child still occupy something: a quarter of the time of listing them. */
export async function countStays(
  tx: Reading,
  childIds: readonly number[],
  from: PlainDate,
  to: PlainDate,
): Promise<Map<number, number>> {
  const counts = new Map<number, number>();
  for (let at = 0; at < childIds.length; at += 8)
    for (const { childId, n } of await stayCounts(tx, childIds.slice(at, at + 8), { from, to }))
      counts.set(childId, n);
  return counts;
}

const occupiedDates = prepared<
  { childId: number; from: PlainDate; to: PlainDate },
  { id: number; date: PlainDate }[]
>(({ db, t }) =>
  db
    .select({ id: t.booking.id, date: t.booking.date })
    .from(t.booking)
    .where(
      and(
        eq(t.booking.childId, sql.placeholder('childId')),
        between(t.booking.date, sql.placeholder('from'), sql.placeholder('to')),
        occupies(t.booking),
      ),
    ),
);

/** On which days the child already has a booking that occupies anything. */
export async function findOccupiedDates(
  tx: Reading,
  childId: number,
  from: PlainDate,
  to: PlainDate,
): Promise<Map<PlainDate, number>> {
  const rows = await occupiedDates(tx, { childId, from, to });
  return new Map(rows.map((row) => [row.date, row.id]));
}
