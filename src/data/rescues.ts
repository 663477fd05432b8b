import { and, asc, between, count, desc, eq, gt, inArray, isNotNull, isNull, lte, sql } from './sql.ts';
import type { Instant, PlainDate } from '../domain/calendar.ts';
import { insertMany } from './bulk.ts';
import type { Reading, Writing } from './database.ts';
import { prepared } from './prepared.ts';

export type RescueAnswer = 'yes' | 'no' | 'beforehand';

/** Freed hours offered to those who stand by, with where they are. */
export interface Rescue {
  readonly id: number;
  readonly groupId: number;
  readonly groupName: string;
  readonly centreId: number;
  readonly date: PlainDate;
  readonly from: number;
  readonly to: number;
  readonly openedAt: Instant;
  readonly closesAt: Instant;
  readonly closedAt: Instant | null;
  readonly bookingId: number | null;
  readonly freedMinutes: number;
  readonly rescuedMinutes: number;
}

function rescueQuery({ db, t }: Pick<Reading, 'db' | 't'>) {
  const { rescue: r, careGroup: g } = t;
  return db
    .select({
      id: r.id,
      groupId: r.groupId,
      groupName: g.name,
      centreId: g.centreId,
      date: r.date,
      from: r.fromHalfHour,
      to: r.toHalfHour,
      openedAt: r.openedAt,
      closesAt: r.closesAt,
      closedAt: r.closedAt,
      bookingId: r.bookingId,
      freedMinutes: r.freedMinutes,
      rescuedMinutes: r.rescuedMinutes,
    })
    .from(r)
    .innerJoin(g, eq(g.id, r.groupId));
}

export async function findRescue(tx: Reading, id: number): Promise<Rescue | undefined> {
  const [row] = await rescueQuery(tx).where(eq(tx.t.rescue.id, id));
  return row;
}

/** Ids of rescues whose window is over, the oldest first. */
export async function listDueRescues(tx: Reading, now: Instant, limit: number): Promise<number[]> {
  const { rescue: r } = tx.t;
  const rows = await tx.db
    .select({ id: r.id })
    .from(r)
    .where(and(isNull(r.closedAt), lte(r.closesAt, now)))
    .orderBy(asc(r.closesAt), asc(r.id))
    .limit(limit);
  return rows.map((row) => row.id);
}

/** What is open for a group and a day, the oldest first. */
export async function listOpenRescues(tx: Reading, groupId: number, date: PlainDate): Promise<Rescue[]> {
  const { rescue: r } = tx.t;
  return await rescueQuery(tx)
    .where(and(eq(r.groupId, groupId), eq(r.date, date), isNull(r.closedAt)))
    .orderBy(asc(r.id));
}

/** The rescues of a centre's day, the newest first. */
export async function listRescuesOfCentre(tx: Reading, centreId: number, date: PlainDate): Promise<Rescue[]> {
  const { rescue: r, careGroup: g } = tx.t;
  return await rescueQuery(tx)
    .where(and(eq(g.centreId, centreId), eq(r.date, date)))
    .orderBy(desc(r.openedAt), desc(r.id));
}

/** Open rescues in which one of some children is asked; the most urgent first. */
export async function listRescuesAsked(tx: Reading, childIds: readonly number[], now: Instant) {
  const { rescue: r, rescueAnswer: a, standBy: s } = tx.t;
  if (childIds.length === 0) return [];
  return await tx.db
    .select({ id: r.id, date: r.date, closesAt: r.closesAt })
    .from(a)
    .innerJoin(r, eq(r.id, a.rescueId))
    .innerJoin(s, eq(s.id, a.standById))
    .where(and(inArray(s.childId, [...childIds]), isNull(r.closedAt), gt(r.closesAt, now), isNull(s.endedAt)))
    .orderBy(asc(r.closesAt), asc(r.id));
}

export async function insertRescue(
  tx: Writing,
  row: Writing['t']['rescue']['$inferInsert'],
): Promise<number> {
  const [inserted] = await tx.db.insert(tx.t.rescue).values(row).returning({ id: tx.t.rescue.id });
  return inserted!.id;
}

export async function insertRescueAnswers(
  tx: Writing,
  rows: readonly Writing['t']['rescueAnswer']['$inferInsert'][],
): Promise<void> {
  await insertMany(tx, tx.t.rescueAnswer, rows);
}

/** Who is asked in some rescues, by stand-by. */
export async function listRescueAnswers(tx: Reading, rescueIds: readonly number[]) {
  const { rescueAnswer: a, standBy: s } = tx.t;
  if (rescueIds.length === 0) return [];
  return await tx.db
    .select({
      rescueId: a.rescueId,
      standById: a.standById,
      childId: s.childId,
      askedAt: a.askedAt,
      at: a.at,
      by: a.by,
      answer: a.answer,
      score: a.score,
    })
    .from(a)
    .innerJoin(s, eq(s.id, a.standById))
    .where(inArray(a.rescueId, [...rescueIds]))
    .orderBy(asc(a.rescueId), asc(a.standById));
}

export async function setRescueAnswer(
  tx: Writing,
  rescueIds: readonly number[],
  standById: number,
  set: { readonly at: Instant; readonly by: number | null; readonly answer: RescueAnswer },
): Promise<void> {
  const { rescueAnswer: a } = tx.t;
  await tx.db
    .update(a)
    .set(set)
    .where(and(inArray(a.rescueId, [...rescueIds]), eq(a.standById, standById)));
}

/** Everybody has answered: nothing more is waited for. */
export async function hastenRescue(tx: Writing, id: number, closesAt: Instant): Promise<void> {
  const { rescue: r, hold: h } = tx.t;
  await tx.db.update(r).set({ closesAt }).where(eq(r.id, id));
  await tx.db
    .update(h)
    .set({ expiresAt: closesAt })
    .where(and(eq(h.source, 'rescue'), eq(h.sourceId, id)));
}

export async function endRescue(
  tx: Writing,
  id: number,
  end: { readonly closedAt: Instant; readonly bookingId: number | null; readonly rescuedMinutes: number },
): Promise<void> {
  await tx.db.update(tx.t.rescue).set(end).where(eq(tx.t.rescue.id, id));
}

/** Lets go of what a rescue holds. */
export async function deleteRescueHolds(tx: Writing, id: number): Promise<void> {
  const { hold: h } = tx.t;
  await tx.db.delete(h).where(and(eq(h.source, 'rescue'), eq(h.sourceId, id)));
}

/** Freed hours for which somebody stood by: how many times, and their place-minutes. */
export interface RescueFigures {
  readonly freed: number;
  readonly taken: number;
  readonly freedMinutes: number;
  readonly rescuedMinutes: number;
  readonly lostMinutes: number;
}

/** The rescues of a centre or a region on some days, those still open left out. Minutes of places. */
export async function countRescues(
  tx: Reading,
  where: { readonly centreId: number } | { readonly regionCode: string },
  range: { readonly from: PlainDate; readonly to: PlainDate },
): Promise<RescueFigures> {
  const { rescue: r, careGroup: g, centre: c } = tx.t;
  const [row] = await tx.db
    .select({
      freed: count(),
      taken: count(r.bookingId),
      freedMinutes: sql<number>`coalesce(sum(${r.freedMinutes}), 0)`.mapWith(Number),
      rescuedMinutes: sql<number>`coalesce(sum(${r.rescuedMinutes}), 0)`.mapWith(Number),
    })
    .from(r)
    .innerJoin(g, eq(g.id, r.groupId))
    .innerJoin(c, eq(c.id, g.centreId))
    .where(
      and(
        'centreId' in where ? eq(c.id, where.centreId) : eq(c.regionCode, where.regionCode),
        between(r.date, range.from, range.to),
        sql`${r.closedAt} is not null`,
      ),
    );
  const { freed, taken, freedMinutes, rescuedMinutes } = row!;
  return { freed, taken, freedMinutes, rescuedMinutes, lostMinutes: freedMinutes - rescuedMinutes };
}

/** Freed hours of a group's day for which somebody stood by, once the windows are closed. Minutes of places. */
export interface RescuedDay {
  readonly centreId: number;
  readonly groupId: number;
  readonly date: PlainDate;
  readonly freedMinutes: number;
  readonly rescuedMinutes: number;
}

const rescuedDays = (within: 'centreId' | 'regionCode') =>
  prepared<Record<string, unknown>, RescuedDay[]>(({ db, t: { rescue: r, careGroup: g, centre: c } }) =>
    db
      .select({
        centreId: g.centreId,
        groupId: r.groupId,
        date: r.date,
        freedMinutes: sql<number>`sum(${r.freedMinutes})`.mapWith(Number),
        rescuedMinutes: sql<number>`sum(${r.rescuedMinutes})`.mapWith(Number),
      })
      .from(r)
      .innerJoin(g, eq(g.id, r.groupId))
      .innerJoin(c, eq(c.id, g.centreId))
      .where(
        and(
          eq(within === 'centreId' ? c.id : c.regionCode, sql.placeholder('place')),
          between(r.date, sql.placeholder('from'), sql.placeholder('to')),
          isNotNull(r.closedAt),
        ),
      )
      .groupBy(g.centreId, r.groupId, r.date)
      .orderBy(asc(g.centreId), asc(r.groupId), asc(r.date)),
  );
const rescuedDaysOf = { centre: rescuedDays('centreId'), region: rescuedDays('regionCode') };

/** The same sums as countRescues, by group and day. */
export async function listRescuedDays(
  tx: Reading,
  where: { readonly centreId: number } | { readonly regionCode: string },
  { from, to }: { readonly from: PlainDate; readonly to: PlainDate },
): Promise<RescuedDay[]> {
  return await ('centreId' in where
    ? rescuedDaysOf.centre(tx, { place: where.centreId, from, to })
    : rescuedDaysOf.region(tx, { place: where.regionCode, from, to }));
}
