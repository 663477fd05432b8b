import { and, asc, between, eq, inArray, or, sql } from './sql.ts';
import { millisOf, type Instant, type PlainDate } from '../domain/calendar.ts';
import type { ClosedReason } from '../domain/opening.ts';
import { countDay, type Claim, type DayContents, type GroupDay } from '../domain/places.ts';
import { type Reading, type Writing, forUpdate } from './database.ts';
import { prepared, preparedAmong } from './prepared.ts';
import { occupies } from './claims.ts';

export interface DayKey {
  readonly groupId: number;
  readonly date: PlainDate;
}

/** A day as the rules need it, with its key and why it is closed. */
export interface StoredDay extends GroupDay, DayKey {
  readonly closedReason: ClosedReason | null;
  readonly rosterId: number | null;
}

interface Range extends Record<string, unknown> {
  groupId: number;
  from: PlainDate;
  to: PlainDate;
}

const groupId = sql.placeholder('groupId');
const from = sql.placeholder('from');
const to = sql.placeholder('to');

export function dayColumns(t: Reading['t']) {
  const { groupDay: d } = t;
  return {
    groupId: d.groupId,
    date: d.date,
    room: d.room,
    opensAt: d.opensAt,
    closesAt: d.closesAt,
    closedReason: d.closedReason,
    booked: d.booked,
    held: d.held,
    load: d.load,
    rosterId: d.rosterId,
    capacity: d.capacity,
    skillsOnDuty: d.skillsOnDuty,
  };
}

const days = prepared<Range, StoredDay[]>(({ db, t }) =>
  db
    .select(dayColumns(t))
    .from(t.groupDay)
    .where(and(eq(t.groupDay.groupId, groupId), between(t.groupDay.date, from, to)))
    .orderBy(asc(t.groupDay.date)),
);

const lockedDays = prepared<Range, StoredDay[]>(({ db, t, lock }) =>
  lock(
    db
      .select(dayColumns(t))
      .from(t.groupDay)
      .where(and(eq(t.groupDay.groupId, groupId), between(t.groupDay.date, from, to)))
      .orderBy(asc(t.groupDay.groupId), asc(t.groupDay.date)),
  ),
);

/** A group's days from `from` to `to`, in order. */
export function findDays(
  tx: Reading,
  range: { groupId: number; from: PlainDate; to: PlainDate },
): Promise<StoredDay[]> {
  return days(tx, { groupId: range.groupId, from: range.from, to: range.to });
}

const daysOfGroups = preparedAmong<{ from: PlainDate; to: PlainDate }, StoredDay[]>(({ db, t }, among) =>
  db
    .select(dayColumns(t))
    .from(t.groupDay)
    .where(and(among(t.groupDay.groupId), between(t.groupDay.date, from, to)))
    .orderBy(asc(t.groupDay.groupId), asc(t.groupDay.date)),
);

/** The days of some groups from `from` to `to`, by group and date, each once. */
export function listDaysOf(
  tx: Reading,
  which: { groupIds: readonly number[]; from: PlainDate; to: PlainDate },
): Promise<StoredDay[]> {
  return daysOfGroups(tx, which.groupIds, { from: which.from, to: which.to });
}

/** Locks and loads a group's days from `from` to `to`. Child rows are locked before, nothing else. */
export function lockDays(
  tx: Writing,
  range: { groupId: number; from: PlainDate; to: PlainDate },
): Promise<StoredDay[]> {
  return lockedDays(tx, { groupId: range.groupId, from: range.from, to: range.to });
}

/** Locks and loads the days of a change, old and new, in the one order that every operation keeps. */
export async function lockDayKeys(tx: Writing, keys: readonly DayKey[]): Promise<StoredDay[]> {
  const { groupDay: d } = tx.t;
  const [first, ...others] = keys;
  if (!first) return [];
  if (others.every((key) => key.groupId === first.groupId && key.date === first.date)) {
    return await lockDays(tx, { groupId: first.groupId, from: first.date, to: first.date });
  }
  return await forUpdate(
    tx,
    tx.db
      .select(dayColumns(tx.t))
      .from(d)
      .where(or(...keys.map((key) => and(eq(d.groupId, key.groupId), eq(d.date, key.date)))))
      .orderBy(asc(d.groupId), asc(d.date)),
  );
}

/** Locks and loads the days of some groups from a date on: settings, closures and publications. */
export async function lockDaysOfGroups(
  tx: Writing,
  groupIds: readonly number[],
  range: { from: PlainDate; to: PlainDate },
): Promise<StoredDay[]> {
  const { groupDay: d } = tx.t;
  if (groupIds.length === 0) return [];
  return await forUpdate(
    tx,
    tx.db
      .select(dayColumns(tx.t))
      .from(d)
      .where(and(inArray(d.groupId, [...groupIds]), between(d.date, range.from, range.to)))
      .orderBy(asc(d.groupId), asc(d.date)),
  );
}

interface ClaimRow extends Claim {
  date: PlainDate;
}

const bookingClaims = prepared<
  Range,
  (ClaimRow & { arrivedAt: Instant | null; departedAt: Instant | null })[]
>(({ db, t }) =>
  db
    .select({
      date: t.booking.date,
      from: t.booking.fromHalfHour,
      to: sql<number>`coalesce(${t.booking.releasedFrom}, ${t.booking.toHalfHour})`,
      weight: t.booking.weight,
      childId: t.booking.childId,
      arrivedAt: t.attendance.arrivedAt,
      departedAt: t.attendance.departedAt,
    })
    .from(t.booking)
    .leftJoin(t.attendance, eq(t.attendance.bookingId, t.booking.id))
    .where(and(eq(t.booking.groupId, groupId), between(t.booking.date, from, to), occupies(t.booking))),
);

const holdClaims = prepared<Range, ClaimRow[]>(({ db, t }) =>
  db
    .select({
      date: t.hold.date,
      from: t.hold.fromHalfHour,
      to: t.hold.toHalfHour,
      weight: t.hold.weight,
      childId: t.hold.childId,
    })
    .from(t.hold)
    .where(and(eq(t.hold.groupId, groupId), between(t.hold.date, from, to))),
);

/** Whole minutes between two instants, 0 until departure. */
function attendedMinutes(row: { arrivedAt: Instant | null; departedAt: Instant | null }): number {
  if (row.arrivedAt === null || row.departedAt === null) return 0;
  return Math.max(0, Math.floor((millisOf(row.departedAt) - millisOf(row.arrivedAt)) / 60_000));
}

/** What claims a group's days, from the raw rows, by date. */
export async function contentsOfDays(
  tx: Reading,
  range: { groupId: number; from: PlainDate; to: PlainDate },
): Promise<Map<PlainDate, DayContents>> {
  const params = { groupId: range.groupId, from: range.from, to: range.to };
  const contents = new Map<PlainDate, { bookings: Claim[]; holds: Claim[]; attendedMinutes: number }>();
  const of = (date: PlainDate) => {
    let each = contents.get(date);
    if (!each) contents.set(date, (each = { bookings: [], holds: [], attendedMinutes: 0 }));
    return each;
  };
  for (const row of await bookingClaims(tx, params)) {
    const day = of(row.date);
    day.bookings.push(row);
    day.attendedMinutes += attendedMinutes(row);
  }
  for (const row of await holdClaims(tx, params)) of(row.date).holds.push(row);
  return contents;
}

const NOTHING: DayContents = { bookings: [], holds: [], attendedMinutes: 0 };

const counted = prepared(({ db, t }) =>
  db
    .update(t.groupDay)
    .set({
      room: sql`${sql.placeholder('room')}`,
      opensAt: sql`${sql.placeholder('opensAt')}`,
      closesAt: sql`${sql.placeholder('closesAt')}`,
      closedReason: sql`${sql.placeholder('closedReason')}`,
      booked: sql.placeholder('booked') as never,
      held: sql.placeholder('held') as never,
      load: sql.placeholder('load') as never,
      peakTaken: sql`${sql.placeholder('peakTaken')}`,
      peakBooked: sql`${sql.placeholder('peakBooked')}`,
      placeMinutes: sql`${sql.placeholder('placeMinutes')}`,
      bookedMinutes: sql`${sql.placeholder('bookedMinutes')}`,
      attendedMinutes: sql`${sql.placeholder('attendedMinutes')}`,
      rosteredPlaceMinutes: sql`${sql.placeholder('rosteredPlaceMinutes')}`,
      staffedMinutes: sql`${sql.placeholder('staffedMinutes')}`,
    })
    .where(and(eq(t.groupDay.groupId, groupId), eq(t.groupDay.date, sql.placeholder('date')))),
);

/** Recomputes locked days whole from their rows and stores them, with the terms (room, opening, capacity) given. */
export async function recountDays(tx: Writing, locked: readonly StoredDay[]): Promise<void> {
  for (const [id, daysOfGroup] of Map.groupBy(locked, (day) => day.groupId)) {
    const dates = daysOfGroup.map((day) => day.date).toSorted();
    const contents = await contentsOfDays(tx, { groupId: id, from: dates[0]!, to: dates.at(-1)! });
    for (const day of daysOfGroup) {
      const count = countDay(day, contents.get(day.date) ?? NOTHING);
      await counted(tx, {
        groupId: id,
        date: day.date,
        room: day.room,
        opensAt: day.opensAt,
        closesAt: day.closesAt,
        closedReason: day.closedReason,
        ...count,
      });
    }
  }
}

/**
 * Stores the staff side of locked days (roster, capacity, skills) as given and counts them anew. Apart from recountDays,
 * so that a booking does not write a day's capacity again.
 */
export async function restaffDays(tx: Writing, locked: readonly StoredDay[]): Promise<void> {
  const { groupDay: d } = tx.t;
  for (const { groupId: id, date, rosterId, capacity, skillsOnDuty } of locked) {
    await tx.db
      .update(d)
      .set({ rosterId, capacity, skillsOnDuty })
      .where(and(eq(d.groupId, id), eq(d.date, date)));
  }
  await recountDays(tx, locked);
}

/** Every group with the last day that it has a row for. */
export async function lastDayOfGroups(
  tx: Reading,
): Promise<
  { id: number; centreId: number; startsOn: PlainDate; endsOn: PlainDate | null; lastDay: PlainDate | null }[]
> {
  const { careGroup: g, groupDay: d } = tx.t;
  return await tx.db
    .select({
      id: g.id,
      centreId: g.centreId,
      startsOn: g.startsOn,
      endsOn: g.endsOn,
      lastDay: sql<PlainDate | null>`(select max(${d.date}) from ${d} where ${d.groupId} = ${g.id})`,
    })
    .from(g)
    .orderBy(asc(g.id));
}
