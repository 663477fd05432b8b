import { and, asc, eq, inArray, sql } from './sql.ts';
import type { Shift, Stretch, StretchedShift } from '../domain/shift.ts';
import { insertMany } from './bulk.ts';
import { chunksOf } from './claims.ts';
import type { Reading, Writing } from './database.ts';
import { prepared, type Parts } from './prepared.ts';

export interface StoredShift extends StretchedShift {
  readonly id: number;
  readonly rosterId: number;
  readonly fixed: boolean;
}

export interface NewShift extends StretchedShift {
  readonly fixed?: boolean;
}

export async function insertShifts(
  tx: Writing,
  rosterId: number,
  shifts: readonly NewShift[],
): Promise<number[]> {
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

/** Times alone: months of them are read, and every further column of a row that is sorted costs. */
export function timeColumns({ shift: s }: Reading['t']) {
  return { staffId: s.staffId, date: s.date, from: s.fromHalfHour, to: s.toHalfHour, breakFrom: s.breakFrom };
}

export const timeOrder = ({ shift: s }: Reading['t']) =>
  [asc(s.date), asc(s.fromHalfHour), asc(s.id)] as const;

/** A row a stretch; a shift without groups has one row, without a stretch. */
export interface ShiftRow extends Omit<StoredShift, 'stretches'> {
  readonly groupId: number | null;
  readonly stretchFrom: number | null;
  readonly stretchTo: number | null;
}

/** Whole shifts, each with its time in groups: for `wholeShifts`, in `shiftOrder`. */
export function shiftQuery({ db, t: { shift: s, shiftStretch: p } }: Pick<Parts, 'db' | 't'>) {
  return db
    .select({
      id: s.id,
      rosterId: s.rosterId,
      staffId: s.staffId,
      date: s.date,
      from: s.fromHalfHour,
      to: s.toHalfHour,
      breakFrom: s.breakFrom,
      fixed: s.fixed,
      groupId: p.groupId,
      stretchFrom: p.fromHalfHour,
      stretchTo: p.toHalfHour,
    })
    .from(s)
    .leftJoin(p, eq(p.shiftId, s.id));
}

export const shiftOrder = (t: Reading['t']) => [...timeOrder(t), asc(t.shiftStretch.fromHalfHour)] as const;

/** Puts each shift's rows together. */
export function wholeShifts(rows: readonly ShiftRow[]): StoredShift[] {
  const shifts: StoredShift[] = [];
  let stretches: Stretch[] = [];
  let last: number | undefined;
  for (const {
    id,
    rosterId,
    staffId,
    date,
    from,
    to,
    breakFrom,
    fixed,
    groupId,
    stretchFrom,
    stretchTo,
  } of rows) {
    if (id !== last) {
      stretches = [];
      shifts.push({ id, rosterId, staffId, date, from, to, breakFrom, fixed, stretches });
      last = id;
    }
    if (groupId !== null) stretches.push({ groupId, from: stretchFrom!, to: stretchTo! });
  }
  return shifts;
}

const shiftsOfRoster = prepared<{ rosterId: number }, ShiftRow[]>((parts) =>
  shiftQuery(parts)
    .where(eq(parts.t.shift.rosterId, sql.placeholder('rosterId')))
    .orderBy(...shiftOrder(parts.t)),
);

const timesOfRoster = prepared<{ rosterId: number }, Shift[]>(({ db, t }) =>
  db
    .select(timeColumns(t))
    .from(t.shift)
    .where(eq(t.shift.rosterId, sql.placeholder('rosterId')))
    .orderBy(...timeOrder(t)),
);

/** The times of all shifts of a roster, by date and start. */
export const listShiftTimes = (tx: Reading, rosterId: number) => timesOfRoster(tx, { rosterId });

/** All shifts of a roster by date, start and id, with their time in groups. */
export async function listShifts(tx: Reading, rosterId: number): Promise<StoredShift[]> {
  return wholeShifts(await shiftsOfRoster(tx, { rosterId }));
}

const shiftById = prepared<{ id: number; rosterId: number }, ShiftRow[]>((parts) =>
  shiftQuery(parts)
    .where(
      and(
        eq(parts.t.shift.id, sql.placeholder('id')),
        eq(parts.t.shift.rosterId, sql.placeholder('rosterId')),
      ),
    )
    .orderBy(...shiftOrder(parts.t)),
);

/** One shift of a roster. */
export async function findShift(tx: Reading, rosterId: number, id: number): Promise<StoredShift | undefined> {
  return wholeShifts(await shiftById(tx, { id, rosterId }))[0];
}
