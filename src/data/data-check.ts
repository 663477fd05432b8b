import { and, asc, count, eq, gt, isNotNull, ne, or, sql, type SQL } from './sql.ts';
import { getTableConfig, type PgTable } from 'drizzle-orm/pg-core';
import type { PlainDate } from '../domain/calendar.ts';
import type { CheckedBooking, CheckedDay } from '../domain/day-check.ts';
import type { Claim } from '../domain/places.ts';
import type { Reading } from './database.ts';
import { prepared } from './prepared.ts';
import { occupies } from './claims.ts';

const groupId = sql.placeholder('groupId');

const daysOfGroup = prepared<{ groupId: number }, CheckedDay[]>(({ db, t }) =>
  db.select().from(t.groupDay).where(eq(t.groupDay.groupId, groupId)).orderBy(asc(t.groupDay.date)),
);

/** All of a group's days with everything that is stored about them, in order. */
export function listCheckedDays(tx: Reading, id: number): Promise<CheckedDay[]> {
  return daysOfGroup(tx, { groupId: id });
}

const bookingsOfGroup = prepared<
  { groupId: number },
  (Omit<CheckedBooking, 'absent' | 'cancelled'> & { absence: string | null; cancelledBy: string | null })[]
>(({ db, t }) =>
  db
    .select({
      id: t.booking.id,
      childId: t.booking.childId,
      date: t.booking.date,
      from: t.booking.fromHalfHour,
      to: t.booking.toHalfHour,
      weight: t.booking.weight,
      releasedFrom: t.booking.releasedFrom,
      absence: t.absence.kind,
      cancelledBy: t.cancellation.source,
      closureId: t.cancellation.closureId,
      arrivedAt: t.attendance.arrivedAt,
      departedAt: t.attendance.departedAt,
    })
    .from(t.booking)
    .leftJoin(t.absence, eq(t.absence.bookingId, t.booking.id))
    .leftJoin(t.cancellation, eq(t.cancellation.bookingId, t.booking.id))
    .leftJoin(t.attendance, eq(t.attendance.bookingId, t.booking.id))
    .where(eq(t.booking.groupId, groupId)),
);

/** All bookings of a group that there ever were, with their stories, by date. */
export async function listCheckedBookings(
  tx: Reading,
  id: number,
): Promise<Map<PlainDate, CheckedBooking[]>> {
  const rows = await bookingsOfGroup(tx, { groupId: id });
  const bookings = rows.map(({ absence, cancelledBy, ...row }) => ({
    ...row,
    absent: absence !== null,
    cancelled: cancelledBy !== null,
  }));
  return Map.groupBy(bookings, (booking) => booking.date);
}

const holdsOfGroup = prepared<{ groupId: number }, (Claim & { date: PlainDate })[]>(({ db, t }) =>
  db
    .select({
      date: t.hold.date,
      from: t.hold.fromHalfHour,
      to: t.hold.toHalfHour,
      weight: t.hold.weight,
      childId: t.hold.childId,
    })
    .from(t.hold)
    .where(eq(t.hold.groupId, groupId)),
);

export async function listCheckedHolds(tx: Reading, id: number): Promise<Map<PlainDate, Claim[]>> {
  return Map.groupBy(await holdsOfGroup(tx, { groupId: id }), (hold) => hold.date);
}

/** Children with more than one booking on a date that occupies anything. */
export async function listChildrenTwice(
  tx: Reading,
): Promise<{ childId: number; date: PlainDate; bookings: number }[]> {
  const { booking: b } = tx.t;
  return await tx.db
    .select({ childId: b.childId, date: b.date, bookings: count() })
    .from(b)
    .where(occupies(b))
    .groupBy(b.childId, b.date)
    .having(gt(count(), 1));
}

export interface Orphans {
  /** 'booking → child' */
  readonly what: string;
  readonly rows: number;
}

/** Rows that name another row which does not exist, by every foreign key of the schema. */
async function listBrokenKeys(tx: Reading): Promise<Orphans[]> {
  if (tx.dialect === 'sqlite') {
    const broken = await tx.db
      .select({ child: sql<string>`"table"`, parent: sql<string>`"parent"`, rows: sql<number>`count(*)` })
      .from(sql`pragma_foreign_key_check`)
      .groupBy(sql`1, 2`);
    return broken.map(({ child, parent, rows }) => ({ what: `${child} → ${parent}`, rows }));
  }
  const found: Orphans[] = [];
  for (const table of Object.values(tx.t)) {
    for (const key of getTableConfig(table).foreignKeys) {
      const { columns, foreignColumns, foreignTable } = key.reference();
      const parent = sql.identifier('parent');
      const named = columns.map((column) => isNotNull(column));
      const matches = columns.map(
        (column, at) => sql`${parent}.${sql.identifier(foreignColumns[at]!.name)} = ${column}`,
      );
      const missing = sql`not exists (select 1 from ${foreignTable} as ${parent} where ${and(...matches)})`;
      const rows = await countRows(tx, table, and(...named, missing));
      const what = `${getTableConfig(table).name} → ${getTableConfig(foreignTable).name}`;
      if (rows > 0) found.push({ what, rows });
    }
  }
  return found;
}

async function countRows(tx: Reading, table: PgTable, where: SQL | undefined): Promise<number> {
  const [row] = await tx.db.select({ rows: count() }).from(table).where(where);
  return row?.rows ?? 0;
}

/** Every kind of row that names another which does not exist or contradicts it. */
export async function listOrphans(tx: Reading): Promise<Orphans[]> {
  const { assignment: a, booking: b, centre: c, enrolment: e } = tx.t;
  const found = await listBrokenKeys(tx);
  // A scope is no foreign key, so that a role outlives a centre's row in the history.
  const noCentre = sql`not exists (select 1 from ${c} where ${c.id} = ${a.centreId})`;
  const scopes = await countRows(tx, a, and(isNotNull(a.centreId), noCentre));
  if (scopes > 0) found.push({ what: 'assignment → centre', rows: scopes });
  const [strange] = await tx.db
    .select({ rows: count() })
    .from(b)
    .innerJoin(e, eq(e.id, b.enrolmentId))
    .where(or(ne(e.childId, b.childId), ne(e.groupId, b.groupId)));
  if (strange && strange.rows > 0) found.push({ what: "booking → another's enrolment", rows: strange.rows });
  return found;
}
