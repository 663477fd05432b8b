import { and, asc, between, eq, inArray, sql } from './sql.ts';
import type { Instant, PlainDate } from '../domain/calendar.ts';
import type { DraftOutcome, Shortage } from '../domain/draft.ts';
import type { StretchedShift } from '../domain/shift.ts';
import { insertMany } from './bulk.ts';
import { among } from './among.ts';
import { chunksOf } from './claims.ts';
import { forUpdate, type Reading, type Writing } from './database.ts';

export interface StoredRoster {
  readonly id: number;
  readonly centreId: number;
  readonly startsOn: PlainDate;
  readonly endsOn: PlainDate;
  readonly madeAt: Instant;
  readonly version: number;
  /** Rosters that held on its days when it was made. */
  readonly basis: readonly number[];
  readonly outcome: DraftOutcome | null;
  /** Null while it is a draft. */
  readonly publishedAt: Instant | null;
  readonly shortages: readonly Shortage[] | null;
}

export interface StoredShift extends StretchedShift {
  readonly id: number;
  readonly rosterId: number;
  readonly fixed: boolean;
}

function rosterQuery({ db, t }: Pick<Reading, 'db' | 't'>) {
  const { roster: r, rosterPublication: p } = t;
  return db
    .select({
      id: r.id,
      centreId: r.centreId,
      startsOn: r.startsOn,
      endsOn: r.endsOn,
      madeAt: r.madeAt,
      version: r.version,
      basis: r.basis,
      outcome: r.outcome,
      publishedAt: p.publishedAt,
      shortages: p.shortages,
    })
    .from(r)
    .leftJoin(p, eq(p.rosterId, r.id));
}

export async function findRoster(tx: Reading, id: number): Promise<StoredRoster | undefined> {
  const [row] = await rosterQuery(tx).where(eq(tx.t.roster.id, id));
  return row && { ...row, basis: row.basis ?? [] };
}

/** Rosters of a centre that touch some days, drafts too, the newest first. */
export async function listRosters(
  tx: Reading,
  which: { centreId: number; from: PlainDate; to: PlainDate },
): Promise<StoredRoster[]> {
  const { roster: r } = tx.t;
  const rows = await rosterQuery(tx)
    .where(
      and(eq(r.centreId, which.centreId), sql`${r.startsOn} <= ${which.to}`, sql`${r.endsOn} >= ${which.from}`),
    )
    .orderBy(sql`${r.id} desc`);
  return rows.map((row) => ({ ...row, basis: row.basis ?? [] }));
}

/** Locks a roster's row: one edit or publication of it at a time. */
export async function lockRoster(tx: Writing, id: number): Promise<void> {
  const { roster: r } = tx.t;
  await forUpdate(tx, tx.db.select({ id: r.id }).from(r).where(eq(r.id, id)));
}

export async function insertRoster(
  tx: Writing,
  row: {
    centreId: number;
    startsOn: PlainDate;
    endsOn: PlainDate;
    madeAt: Instant;
    madeBy: number | null;
    basis: number[];
    outcome: DraftOutcome | null;
  },
): Promise<number> {
  const [inserted] = await tx.db.insert(tx.t.roster).values(row).returning({ id: tx.t.roster.id });
  return inserted!.id;
}

export async function countEdit(tx: Writing, rosterId: number): Promise<void> {
  const { roster: r } = tx.t;
  await tx.db
    .update(r)
    .set({ version: sql`${r.version} + 1` })
    .where(eq(r.id, rosterId));
}

export interface NewShift extends StretchedShift {
  readonly fixed?: boolean;
}

export async function insertShifts(tx: Writing, rosterId: number, shifts: readonly NewShift[]): Promise<number[]> {
  const ids = await insertMany(
    tx,
    tx.t.shift,
    shifts.map(({ staffId, date, from, to, breakFrom, fixed = false }) => ({
      rosterId,
      staffId,
      date,
      fromHalfHour: from,
      toHalfHour: to,
      breakFrom,
      fixed,
    })),
  );
  await insertMany(
    tx,
    tx.t.shiftStretch,
    shifts.flatMap(({ stretches }, at) =>
      stretches.map(({ groupId, from, to }) => ({
        shiftId: ids[at]!,
        groupId,
        fromHalfHour: from,
        toHalfHour: to,
      })),
    ),
  );
  return ids;
}

export async function deleteShifts(tx: Writing, ids: readonly number[]): Promise<void> {
  for (const chunk of chunksOf(ids)) await tx.db.delete(tx.t.shift).where(inArray(tx.t.shift.id, chunk));
}

function shiftColumns({ shift: s }: Reading['t']) {
  return {
    id: s.id,
    rosterId: s.rosterId,
    staffId: s.staffId,
    date: s.date,
    from: s.fromHalfHour,
    to: s.toHalfHour,
    breakFrom: s.breakFrom,
    fixed: s.fixed,
  };
}

async function withStretches(tx: Reading, shifts: readonly Omit<StoredShift, 'stretches'>[]): Promise<StoredShift[]> {
  const { shiftStretch: s } = tx.t;
  const ids = shifts.map((shift) => shift.id);
  const rows = await tx.db
    .select({ shiftId: s.shiftId, groupId: s.groupId, from: s.fromHalfHour, to: s.toHalfHour })
    .from(s)
    .where(among(tx, s.shiftId, ids))
    .orderBy(asc(s.shiftId), asc(s.fromHalfHour));
  const byShift = Map.groupBy(rows, (row) => row.shiftId);
  return shifts.map((shift) => ({
    ...shift,
    stretches: (byShift.get(shift.id) ?? []).map(({ groupId, from, to }) => ({ groupId, from, to })),
  }));
}

/** All shifts of a roster by date, start and id. */
export async function listShifts(tx: Reading, rosterId: number): Promise<StoredShift[]> {
  const { shift: s } = tx.t;
  const rows = await tx.db
    .select(shiftColumns(tx.t))
    .from(s)
    .where(eq(s.rosterId, rosterId))
    .orderBy(asc(s.date), asc(s.fromHalfHour), asc(s.id));
  return await withStretches(tx, rows);
}

type Standing = ({ staffIds: readonly number[] } | { centreId: number }) & { from: PlainDate; to: PlainDate };

/**
 * The shifts that hold in some days, without their time in groups: those of the roster that is published for the centre's
 * day, by date and start.
 */
export async function listStandingTimes(
  tx: Reading,
  which: Standing,
): Promise<Omit<StoredShift, 'stretches'>[]> {
  const { shift: s, rosterDay: d } = tx.t;
  const query = () =>
    tx.db
      .select(shiftColumns(tx.t))
      .from(s)
      .innerJoin(d, and(eq(d.rosterId, s.rosterId), eq(d.date, s.date)));
  const days = between(s.date, which.from, which.to);
  const order = [asc(s.date), asc(s.fromHalfHour), asc(s.id)] as const;
  if ('centreId' in which)
    return await query()
      .where(and(days, eq(d.centreId, which.centreId)))
      .orderBy(...order);
  return await query()
    .where(and(days, among(tx, s.staffId, which.staffIds)))
    .orderBy(...order);
}

/** The same shifts with their time in groups. */
export async function listStandingShifts(tx: Reading, which: Standing): Promise<StoredShift[]> {
  return await withStretches(tx, await listStandingTimes(tx, which));
}

/** Which roster holds on each of a centre's days. */
export async function listRosterDays(
  tx: Reading,
  which: { centreId: number; from: PlainDate; to: PlainDate },
): Promise<Map<PlainDate, number>> {
  const { rosterDay: d } = tx.t;
  const rows = await tx.db
    .select({ date: d.date, rosterId: d.rosterId })
    .from(d)
    .where(and(eq(d.centreId, which.centreId), between(d.date, which.from, which.to)))
    .orderBy(asc(d.date));
  return new Map(rows.map((row) => [row.date, row.rosterId]));
}

/** From now on this roster holds on these days of its centre. */
export async function putRosterDays(
  tx: Writing,
  centreId: number,
  rosterId: number,
  dates: readonly PlainDate[],
): Promise<void> {
  const { rosterDay: d } = tx.t;
  if (dates.length === 0) return;
  await tx.db
    .insert(d)
    .values(dates.map((date) => ({ centreId, date, rosterId })))
    .onConflictDoUpdate({ target: [d.centreId, d.date], set: { rosterId } });
}

export async function insertPublication(
  tx: Writing,
  row: { rosterId: number; publishedAt: Instant; publishedBy: number | null; shortages: Shortage[] },
): Promise<void> {
  await tx.db.insert(tx.t.rosterPublication).values(row);
}
