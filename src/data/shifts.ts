import { and, asc, eq, inArray, sql } from './sql.ts';
import type { Shift, Stretch, StretchedShift } from '../domain/shift.ts';
import { insertMany } from './bulk.ts';
import { chunksOf } from './claims.ts';
import type { Reading, Writing } from './database.ts';
import { prepared, preparedAmong } from './prepared.ts';

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

export function shiftColumns({ shift: s }: Reading['t']) {
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

/** Times alone: months of them are read, and every further column of a row that is sorted costs. */
export function timeColumns({ shift: s }: Reading['t']) {
  return { staffId: s.staffId, date: s.date, from: s.fromHalfHour, to: s.toHalfHour, breakFrom: s.breakFrom };
}

export const shiftOrder = ({ shift: s }: Reading['t']) =>
  [asc(s.date), asc(s.fromHalfHour), asc(s.id)] as const;

type StretchRow = Stretch & { readonly shiftId: number };

function stretchColumns({ shiftStretch: s }: Reading['t']) {
  return { shiftId: s.shiftId, groupId: s.groupId, from: s.fromHalfHour, to: s.toHalfHour };
}

export const stretchesOf = preparedAmong<Record<string, never>, StretchRow[]>(({ db, t }, among) =>
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

export function withStretches(shifts: readonly ShiftTimes[], rows: readonly StretchRow[]): StoredShift[] {
  // The rows are nobody else's yet: hundreds are completed, not copied.
  const whole = shifts.map((shift) => Object.assign(shift, { stretches: [] as Stretch[] }));
  const byShift = new Map(whole.map((shift) => [shift.id, shift]));
  for (const { shiftId, groupId, from, to } of rows)
    byShift.get(shiftId)?.stretches.push({ groupId, from, to });
  return whole;
}

const shiftsOfRoster = prepared<{ rosterId: number }, ShiftTimes[]>(({ db, t }) =>
  db
    .select(shiftColumns(t))
    .from(t.shift)
    .where(eq(t.shift.rosterId, sql.placeholder('rosterId')))
    .orderBy(...shiftOrder(t)),
);

const timesOfRoster = prepared<{ rosterId: number }, Shift[]>(({ db, t }) =>
  db
    .select(timeColumns(t))
    .from(t.shift)
    .where(eq(t.shift.rosterId, sql.placeholder('rosterId')))
    .orderBy(...shiftOrder(t)),
);

/** The times of all shifts of a roster, by date and start. */
export const listShiftTimes = (tx: Reading, rosterId: number) => timesOfRoster(tx, { rosterId });

/** All shifts of a roster by date, start and id, with their time in groups. */
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
