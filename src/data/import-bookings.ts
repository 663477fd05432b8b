import { and, asc, between, eq, gte, inArray } from './sql.ts';
import type { PlainDate } from '../domain/calendar.ts';
import type { HalfHour } from '../domain/slots.ts';
import { chunksOf, occupies } from './claims.ts';
import { forUpdate, type Reading, type Writing } from './database.ts';

/** On which days some children have a booking, whatever became of it. */
export async function listBookedDates(
  tx: Reading,
  childIds: readonly number[],
  range: { from: PlainDate; to: PlainDate },
): Promise<{ childId: number; date: PlainDate }[]> {
  const { booking: b } = tx.t;
  const rows: { childId: number; date: PlainDate }[] = [];
  for (const chunk of chunksOf(childIds)) {
    const found = await tx.db
      .select({ childId: b.childId, date: b.date })
      .from(b)
      .where(and(inArray(b.childId, chunk), between(b.date, range.from, range.to)));
    for (const row of found) rows.push(row);
  }
  return rows;
}

/** Where a booking stood before it was changed. */
export interface FormerBooking {
  readonly childId: number;
  readonly groupId: number;
  readonly date: PlainDate;
  readonly from: HalfHour;
  readonly to: HalfHour;
}

/** Former places of some children's bookings, from the log of changes. */
export async function listFormerBookings(tx: Reading, childIds: readonly number[]): Promise<FormerBooking[]> {
  const { event: e } = tx.t;
  const former: FormerBooking[] = [];
  for (const chunk of chunksOf(childIds)) {
    const rows = await tx.db
      .select({ childId: e.childId, data: e.data })
      .from(e)
      .where(and(inArray(e.childId, chunk), eq(e.kind, 'booking.changed')));
    for (const { childId, data } of rows) {
      const from = (data as { from?: Omit<FormerBooking, 'childId'> } | null)?.from;
      if (childId !== null && from) former.push({ ...from, childId });
    }
  }
  return former;
}

/** A booking that still occupies something, with what decides whether it may stand. */
export interface StandingBooking {
  readonly id: number;
  readonly childId: number;
  readonly groupId: number;
  readonly date: PlainDate;
  readonly from: HalfHour;
}

/** Bookings of some children, or in some groups, that occupy anything on a day or later. */
export async function listStanding(
  tx: Reading,
  of: { childIds?: readonly number[]; groupIds?: readonly number[] },
  from: PlainDate,
): Promise<StandingBooking[]> {
  const { booking: b } = tx.t;
  const rows: StandingBooking[] = [];
  const ids = of.childIds ?? of.groupIds ?? [];
  const column = of.childIds ? b.childId : b.groupId;
  for (const chunk of chunksOf(ids)) {
    const found = await tx.db
      .select({ id: b.id, childId: b.childId, groupId: b.groupId, date: b.date, from: b.fromHalfHour })
      .from(b)
      .where(and(inArray(column, chunk), gte(b.date, from), occupies(b)))
      .orderBy(asc(b.date), asc(b.id));
    for (const row of found) rows.push(row);
  }
  return rows;
}

export async function updateWeights(tx: Writing, ids: readonly number[], weight: number): Promise<void> {
  const { booking: b } = tx.t;
  for (const chunk of chunksOf(ids)) await tx.db.update(b).set({ weight }).where(inArray(b.id, chunk));
}

/** Locks the days of some groups, each within its range, in the one order of all operations; loads nothing. */
export async function lockRanges(
  tx: Writing,
  ranges: readonly { groupId: number; from: PlainDate; to: PlainDate }[],
): Promise<void> {
  const { groupDay: d } = tx.t;
  if (tx.dialect === 'sqlite') return;
  for (const { groupId, from, to } of ranges.toSorted((a, b) => a.groupId - b.groupId)) {
    await forUpdate(
      tx,
      tx.db
        .select({ date: d.date })
        .from(d)
        .where(and(eq(d.groupId, groupId), between(d.date, from, to)))
        .orderBy(asc(d.date)),
    );
  }
}

/** Moves a group's beginning back, and with it its first terms. */
export async function beginEarlier(tx: Writing, groupId: number, startsOn: PlainDate): Promise<void> {
  const { careGroup: g, groupTerms } = tx.t;
  const [first] = await tx.db
    .select({ id: groupTerms.id })
    .from(groupTerms)
    .where(eq(groupTerms.groupId, groupId))
    .orderBy(asc(groupTerms.startsOn))
    .limit(1);
  if (first) await tx.db.update(groupTerms).set({ startsOn }).where(eq(groupTerms.id, first.id));
  await tx.db.update(g).set({ startsOn }).where(eq(g.id, groupId));
}

/** All enrolments in a group. */
export async function listEnrolmentsOf(tx: Reading, groupId: number) {
  const { enrolment: e } = tx.t;
  return await tx.db
    .select({ id: e.id, childId: e.childId, startsOn: e.startsOn, endsOn: e.endsOn })
    .from(e)
    .where(eq(e.groupId, groupId))
    .orderBy(asc(e.id));
}
