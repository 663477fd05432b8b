import { and, asc, between, eq, sql, type AnyColumn } from './sql.ts';
import type { PlainDate } from '../domain/calendar.ts';
import type { Shift } from '../domain/shift.ts';
import type { Reading, Writing } from './database.ts';
import { prepared, preparedAmong, type Parts } from './prepared.ts';
import {
  shiftOrder,
  shiftQuery,
  timeColumns,
  timeOrder,
  wholeShifts,
  type ShiftRow,
  type StoredShift,
} from './shifts.ts';

type Span = { readonly from: PlainDate; readonly to: PlainDate };

type Standing = ({ staffIds: readonly number[] } | { centreId: number }) & Span;

/** Those of the roster that is published for the centre's day. */
const published = ({ shift: s, rosterDay: d }: Reading['t']) =>
  and(eq(d.rosterId, s.rosterId), eq(d.date, s.date));
const inSpan = (column: AnyColumn) => between(column, sql.placeholder('from'), sql.placeholder('to'));

function timesQuery({ db, t }: Parts) {
  return db.select(timeColumns(t)).from(t.shift).innerJoin(t.rosterDay, published(t));
}

const timesOfCentre = prepared<{ centreId: number } & Span, Shift[]>((parts) =>
  timesQuery(parts)
    .where(and(inSpan(parts.t.rosterDay.date), eq(parts.t.rosterDay.centreId, sql.placeholder('centreId'))))
    .orderBy(...timeOrder(parts.t)),
);

const timesOfStaff = preparedAmong<Span, Shift[]>((parts, among) =>
  timesQuery(parts)
    .where(and(inSpan(parts.t.shift.date), among(parts.t.shift.staffId)))
    .orderBy(...timeOrder(parts.t)),
);

/** The times of the shifts that hold in some days, by date and start. */
export async function listStandingTimes(tx: Reading, which: Standing): Promise<Shift[]> {
  const { from, to } = which;
  if ('centreId' in which) return await timesOfCentre(tx, { centreId: which.centreId, from, to });
  return which.staffIds.length === 0 ? [] : await timesOfStaff(tx, which.staffIds, { from, to });
}

const standingQuery = (parts: Parts) => shiftQuery(parts).innerJoin(parts.t.rosterDay, published(parts.t));

const standingOfCentre = prepared<{ centreId: number } & Span, ShiftRow[]>((parts) =>
  standingQuery(parts)
    .where(and(inSpan(parts.t.rosterDay.date), eq(parts.t.rosterDay.centreId, sql.placeholder('centreId'))))
    .orderBy(...shiftOrder(parts.t)),
);

const standingOfStaff = preparedAmong<Span, ShiftRow[]>((parts, among) =>
  standingQuery(parts)
    .where(and(inSpan(parts.t.shift.date), among(parts.t.shift.staffId)))
    .orderBy(...shiftOrder(parts.t)),
);

/** The same shifts whole, with their time in groups. */
export async function listStandingShifts(tx: Reading, which: Standing): Promise<StoredShift[]> {
  const { from, to } = which;
  if ('staffIds' in which && which.staffIds.length === 0) return [];
  return wholeShifts(
    'centreId' in which
      ? await standingOfCentre(tx, { centreId: which.centreId, from, to })
      : await standingOfStaff(tx, which.staffIds, { from, to }),
  );
}

const daysOfCentre = prepared<{ centreId: number } & Span, { date: PlainDate; rosterId: number }[]>(
  ({ db, t }) =>
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
