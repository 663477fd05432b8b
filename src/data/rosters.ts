import { and, asc, between, eq, inArray, sql, type AnyColumn } from './sql.ts';
import type { Instant, PlainDate } from '../domain/calendar.ts';
import type { DraftOutcome, Shortage } from '../domain/draft.ts';
import type { Stretch, StretchedShift } from '../domain/shift.ts';
import { insertMany } from './bulk.ts';
import { chunksOf } from './claims.ts';
import { forUpdate, type Reading, type Writing } from './database.ts';
import { prepared, preparedAmong, type Parts } from './prepared.ts';

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

const byId = prepared((parts) => rosterQuery(parts).where(eq(parts.t.roster.id, sql.placeholder('id'))));

export async function findRoster(tx: Reading, id: number): Promise<StoredRoster | undefined> {
  const [row] = await byId(tx, { id });
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

const shiftOrder = ({ shift: s }: Reading['t']) => [asc(s.date), asc(s.fromHalfHour), asc(s.id)] as const;

type StretchRow = Stretch & { readonly shiftId: number };

function stretchColumns({ shiftStretch: s }: Reading['t']) {
  return { shiftId: s.shiftId, groupId: s.groupId, from: s.fromHalfHour, to: s.toHalfHour };
}

const stretchesOf = preparedAmong<Record<string, never>, StretchRow[]>(({ db, t }, among) =>
  db
    .select(stretchColumns(t))
    .from(t.shiftStretch)
    .where(among(t.shiftStretch.shiftId))
    .orderBy(asc(t.shiftStretch.shiftId), asc(t.shiftStretch.fromHalfHour)),
);

const stretchesOfRoster = prepared<{ rosterId: number }, StretchRow[]>(({ db, t }) =>
  db
    .select(stretchColumns(t))
    .from(t.shiftStretch)
    .innerJoin(t.shift, eq(t.shift.id, t.shiftStretch.shiftId))
    .where(eq(t.shift.rosterId, sql.placeholder('rosterId')))
    .orderBy(asc(t.shiftStretch.shiftId), asc(t.shiftStretch.fromHalfHour)),
);

export type ShiftTimes = Omit<StoredShift, 'stretches'>;

function withStretches(shifts: readonly ShiftTimes[], rows: readonly StretchRow[]): StoredShift[] {
  // The rows are nobody else's yet: hundreds are completed, not copied.
  const whole = shifts.map((shift) => Object.assign(shift, { stretches: [] as Stretch[] }));
  const byShift = new Map(whole.map((shift) => [shift.id, shift]));
  for (const { shiftId, groupId, from, to } of rows) byShift.get(shiftId)?.stretches.push({ groupId, from, to });
  return whole;
}

const shiftsOfRoster = prepared<{ rosterId: number }, ShiftTimes[]>(({ db, t }) =>
  db
    .select(shiftColumns(t))
    .from(t.shift)
    .where(eq(t.shift.rosterId, sql.placeholder('rosterId')))
    .orderBy(...shiftOrder(t)),
);

/** All shifts of a roster by date, start and id, without their time in groups. */
export const listShiftTimes = (tx: Reading, rosterId: number) => shiftsOfRoster(tx, { rosterId });

/** The same with their time in groups. */
export async function listShifts(tx: Reading, rosterId: number): Promise<StoredShift[]> {
  return withStretches(await shiftsOfRoster(tx, { rosterId }), await stretchesOfRoster(tx, { rosterId }));
}

const shiftById = prepared<{ id: number; rosterId: number }, ShiftTimes[]>(({ db, t }) =>
  db
    .select(shiftColumns(t))
    .from(t.shift)
    .where(and(eq(t.shift.id, sql.placeholder('id')), eq(t.shift.rosterId, sql.placeholder('rosterId')))),
);

/** One shift of a roster. */
export async function findShift(tx: Reading, rosterId: number, id: number): Promise<StoredShift | undefined> {
  const found = await shiftById(tx, { id, rosterId });
  return found.length === 0 ? undefined : withStretches(found, await stretchesOf(tx, [id], {}))[0];
}

type Span = { readonly from: PlainDate; readonly to: PlainDate };

type Standing = ({ staffIds: readonly number[] } | { centreId: number }) & Span;

function standingQuery({ db, t }: Parts) {
  const { shift: s, rosterDay: d } = t;
  return db
    .select(shiftColumns(t))
    .from(s)
    .innerJoin(d, and(eq(d.rosterId, s.rosterId), eq(d.date, s.date)));
}

const inSpan = (column: AnyColumn) => between(column, sql.placeholder('from'), sql.placeholder('to'));

const standingOfCentre = prepared<{ centreId: number } & Span, ShiftTimes[]>((parts) =>
  standingQuery(parts)
    .where(and(inSpan(parts.t.rosterDay.date), eq(parts.t.rosterDay.centreId, sql.placeholder('centreId'))))
    .orderBy(...shiftOrder(parts.t)),
);

const standingOfStaff = preparedAmong<Span, ShiftTimes[]>((parts, among) =>
  standingQuery(parts)
    .where(and(inSpan(parts.t.shift.date), among(parts.t.shift.staffId)))
    .orderBy(...shiftOrder(parts.t)),
);

/**
 * The shifts that hold in some days, without their time in groups: those of the roster that is published for the centre's
 * day, by date and start.
 */
export async function listStandingTimes(tx: Reading, which: Standing): Promise<ShiftTimes[]> {
  const { from, to } = which;
  if ('centreId' in which) return await standingOfCentre(tx, { centreId: which.centreId, from, to });
  return which.staffIds.length === 0 ? [] : await standingOfStaff(tx, which.staffIds, { from, to });
}

/** The same shifts with their time in groups. */
export async function listStandingShifts(tx: Reading, which: Standing): Promise<StoredShift[]> {
  const shifts = await listStandingTimes(tx, which);
  if (shifts.length === 0) return [];
  const ids = shifts.map((shift) => shift.id);
  return withStretches(shifts, await stretchesOf(tx, ids, {}));
}

const daysOfCentre = prepared<{ centreId: number } & Span, { date: PlainDate; rosterId: number }[]>(({ db, t }) =>
  db
    .select({ date: t.rosterDay.date, rosterId: t.rosterDay.rosterId })
    .from(t.rosterDay)
    .where(and(eq(t.rosterDay.centreId, sql.placeholder('centreId')), inSpan(t.rosterDay.date)))
    .orderBy(asc(t.rosterDay.date)),
);

/** Which roster holds on each of a centre's days. */
export async function listRosterDays(
  tx: Reading,
  { centreId, from, to }: { centreId: number } & Span,
): Promise<Map<PlainDate, number>> {
  const rows = await daysOfCentre(tx, { centreId, from, to });
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
