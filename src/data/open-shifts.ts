import { and, asc, between, eq, gte, inArray, isNull, sql } from './sql.ts';
import type { Instant, PlainDate } from '../domain/calendar.ts';
import type { OpenStretch } from '../domain/replacements.ts';
import { MINUTES_PER_HALF_HOUR } from '../domain/slots.ts';
import { chunksOf } from './claims.ts';
import type { Reading, Tables, Writing } from './database.ts';

export type OpenShiftOutcome = Tables['openShiftEnd']['$inferSelect']['outcome'];
export type OpenShiftAsk = Tables['openShiftAsk']['$inferSelect'];

/** A stretch that somebody is looked for, with how it ended. */
export interface OpenShift extends OpenStretch {
  readonly id: number;
  readonly centreId: number;
  readonly groupName: string;
  readonly lostShiftId: number | null;
  readonly openedAt: Instant;
  readonly closedAt: Instant | null;
  readonly outcome: OpenShiftOutcome | null;
  /** Who took it, and with which shift. */
  readonly staffId: number | null;
  readonly shiftId: number | null;
}

function openShiftQuery({ db, t }: Pick<Reading, 'db' | 't'>) {
  const { openShift: o, openShiftEnd: e, careGroup: g } = t;
  return db
    .select({
      id: o.id,
      centreId: g.centreId,
      groupId: o.groupId,
      groupName: g.name,
      date: o.date,
      from: o.fromHalfHour,
      to: o.toHalfHour,
      level: o.level,
      skill: o.skill,
      lostShiftId: o.lostShiftId,
      openedAt: o.openedAt,
      closedAt: o.closedAt,
      outcome: e.outcome,
      staffId: e.staffId,
      shiftId: e.shiftId,
    })
    .from(o)
    .innerJoin(g, eq(g.id, o.groupId))
    .leftJoin(e, eq(e.openShiftId, o.id));
}

export async function findOpenShift(tx: Reading, id: number): Promise<OpenShift | undefined> {
  const [row] = await openShiftQuery(tx).where(eq(tx.t.openShift.id, id));
  return row;
}

/** Open shifts of a centre's days, those that are over too, by date and id. */
export async function listOpenShifts(
  tx: Reading,
  which: { centreId: number; from: PlainDate; to: PlainDate; groupId?: number },
): Promise<OpenShift[]> {
  const { openShift: o, careGroup: g } = tx.t;
  const group = which.groupId === undefined ? undefined : eq(o.groupId, which.groupId);
  return await openShiftQuery(tx)
    .where(and(eq(g.centreId, which.centreId), between(o.date, which.from, which.to), group))
    .orderBy(asc(o.date), asc(o.id));
}

/** Live open shifts of some centres from a day on. */
export async function listLiveOpenShifts(
  tx: Reading,
  centreIds: readonly number[],
  from: PlainDate,
): Promise<OpenShift[]> {
  const { openShift: o, careGroup: g } = tx.t;
  if (centreIds.length === 0) return [];
  return await openShiftQuery(tx)
    .where(and(inArray(g.centreId, [...centreIds]), isNull(o.closedAt), gte(o.date, from)))
    .orderBy(asc(o.date), asc(o.fromHalfHour), asc(o.id));
}

export async function insertOpenShift(
  tx: Writing,
  row: OpenStretch & { lostShiftId: number | null; openedAt: Instant; openedBy: number | null },
): Promise<number> {
  const { from: fromHalfHour, to: toHalfHour, ...rest } = row;
  const [inserted] = await tx.db
    .insert(tx.t.openShift)
    .values({ ...rest, fromHalfHour, toHalfHour })
    .returning({ id: tx.t.openShift.id });
  return inserted!.id;
}

/** Closes an open shift; a second end of it breaks the key. */
export async function endOpenShift(tx: Writing, row: Tables['openShiftEnd']['$inferInsert']): Promise<void> {
  const { openShift: o } = tx.t;
  await tx.db.insert(tx.t.openShiftEnd).values(row);
  await tx.db.update(o).set({ closedAt: row.at }).where(eq(o.id, row.openShiftId));
}

/** Everybody asked, to be asked, or come forward, of some open shifts. */
export async function listAsks(tx: Reading, openShiftIds: readonly number[]): Promise<OpenShiftAsk[]> {
  const { openShiftAsk: a } = tx.t;
  const rows: OpenShiftAsk[] = [];
  for (const chunk of chunksOf(openShiftIds))
    rows.push(
      ...(await tx.db
        .select()
        .from(a)
        .where(inArray(a.openShiftId, chunk))
        .orderBy(asc(a.openShiftId), asc(a.staffId))),
    );
  return rows;
}

/** What was asked of somebody, or answered; what was written before is replaced. */
export async function putAsk(tx: Writing, row: Tables['openShiftAsk']['$inferInsert']): Promise<void> {
  const { openShiftAsk: a } = tx.t;
  const { openShiftId: _, staffId: __, ...set } = row;
  await tx.db
    .insert(a)
    .values(row)
    .onConflictDoUpdate({ target: [a.openShiftId, a.staffId], set });
}

export async function deleteAsk(tx: Writing, openShiftId: number, staffId: number): Promise<void> {
  const { openShiftAsk: a } = tx.t;
  await tx.db.delete(a).where(and(eq(a.openShiftId, openShiftId), eq(a.staffId, staffId)));
}

/** Live open shifts whose last half-hour is over, or on which somebody said yes or waits to be asked: what a job looks at. */
export async function listOpenShiftsToSettle(
  tx: Reading,
  today: PlainDate,
  halfHour: number,
): Promise<{ id: number; over: boolean }[]> {
  const { openShift: o, openShiftAsk: a } = tx.t;
  const over = sql<number>`case when ${o.date} < ${today} or (${o.date} = ${today} and ${o.toHalfHour} <= ${halfHour}) then 1 else 0 end`;
  const stirs = sql`exists (select 1 from ${a} where ${a.openShiftId} = ${o.id} and (${a.answer} = 'yes' or (${a.answer} is null and ${a.askedAt} is null)))`;
  const rows = await tx.db
    .select({ id: o.id, over: over.mapWith(Number) })
    .from(o)
    .where(and(isNull(o.closedAt), sql`(${over} = 1 or ${stirs})`))
    .orderBy(asc(o.id));
  return rows.map((row) => ({ id: row.id, over: row.over === 1 }));
}

/** Minutes that some staff have taken over for others in some days, by person. */
export async function minutesTakenOver(
  tx: Reading,
  staffIds: readonly number[],
  span: { from: PlainDate; to: PlainDate },
): Promise<Map<number, number>> {
  const { openShift: o, openShiftEnd: e } = tx.t;
  const taken = new Map<number, number>();
  for (const chunk of chunksOf(staffIds)) {
    const rows = await tx.db
      .select({ staffId: e.staffId, from: o.fromHalfHour, to: o.toHalfHour })
      .from(e)
      .innerJoin(o, eq(o.id, e.openShiftId))
      .where(and(inArray(e.staffId, chunk), eq(e.outcome, 'covered'), between(o.date, span.from, span.to)));
    for (const { staffId, from, to } of rows)
      taken.set(staffId!, (taken.get(staffId!) ?? 0) + (to - from) * MINUTES_PER_HALF_HOUR);
  }
  return taken;
}

/** What some staff wish of one day. */
export async function listWishesOfDay(tx: Reading, staffIds: readonly number[], date: PlainDate) {
  const { dayWish: w } = tx.t;
  if (staffIds.length === 0) return [];
  return await tx.db
    .select({ staffId: w.staffId, from: w.fromHalfHour, to: w.toHalfHour })
    .from(w)
    .where(and(inArray(w.staffId, [...staffIds]), eq(w.date, date)));
}

/** Open shifts called covered that no shift of that day and group covers. */
export async function listUncovered(tx: Reading): Promise<{ id: number; shiftId: number | null }[]> {
  const { openShift: o, openShiftEnd: e, shift: s, shiftStretch: p } = tx.t;
  const covers = sql`exists (select 1 from ${s} inner join ${p} on ${p.shiftId} = ${s.id} where ${s.id} = ${e.shiftId} and ${s.date} = ${o.date} and ${p.groupId} = ${o.groupId} and ${p.fromHalfHour} < ${o.toHalfHour} and ${p.toHalfHour} > ${o.fromHalfHour})`;
  const open = sql`(${o.closedAt} is null) <> (${e.openShiftId} is null)`;
  return await tx.db
    .select({ id: o.id, shiftId: e.shiftId })
    .from(o)
    .leftJoin(e, eq(e.openShiftId, o.id))
    .where(sql`${open} or (${e.outcome} = 'covered' and not ${covers})`)
    .orderBy(asc(o.id));
}
