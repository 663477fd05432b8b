import { and, between, eq, sql } from './sql.ts';
import { millisOf, type Instant, type PlainDate } from '../domain/calendar.ts';
import { countDay, type Claim, type DayContents } from '../domain/places.ts';
import { occupies } from './claims.ts';
import type { Reading, Writing } from './database.ts';
import type { GroupRange, StoredDay } from './group-days.ts';
import { prepared } from './prepared.ts';

const groupId = sql.placeholder('groupId');
const from = sql.placeholder('from');
const to = sql.placeholder('to');

interface ClaimRow extends Claim {
  date: PlainDate;
}

const bookingClaims = prepared<
  GroupRange,
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

const holdClaims = prepared<GroupRange, ClaimRow[]>(({ db, t }) =>
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
