import { and, asc, between, eq, inArray, or, sql } from './sql.ts';
import type { PlainDate } from '../domain/calendar.ts';
import type { ClosedReason } from '../domain/opening.ts';
import type { GroupDay } from '../domain/places.ts';
import { type Reading, type Writing, forUpdate } from './database.ts';
import { prepared, preparedAmong } from './prepared.ts';

export interface DayKey {
  readonly groupId: number;
  readonly date: PlainDate;
}

/** A day as the rules need it, with its key and why it is closed. */
export interface StoredDay extends GroupDay, DayKey {
  readonly closedReason: ClosedReason | null;
  readonly rosterId: number | null;
}

/** Parameters of a query over a group's days. */
export interface GroupRange extends Record<string, unknown> {
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

const days = prepared<GroupRange, StoredDay[]>(({ db, t }) =>
  db
    .select(dayColumns(t))
    .from(t.groupDay)
    .where(and(eq(t.groupDay.groupId, groupId), between(t.groupDay.date, from, to)))
    .orderBy(asc(t.groupDay.date)),
);

const lockedDays = prepared<GroupRange, StoredDay[]>(({ db, t, lock }) =>
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
