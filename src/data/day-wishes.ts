import { and, asc, between, eq, sql } from './sql.ts';
import type { Instant, PlainDate } from '../domain/calendar.ts';
import type { DayWish } from '../domain/day-wish.ts';
import type { Reading, Writing } from './database.ts';
import { preparedAmong } from './prepared.ts';

const ofStaff = preparedAmong<{ from: PlainDate; to: PlainDate }, DayWish[]>(
  ({ db, t: { dayWish: w } }, among) =>
    db
      .select({ staffId: w.staffId, date: w.date, from: w.fromHalfHour, to: w.toHalfHour })
      .from(w)
      .where(and(among(w.staffId), between(w.date, sql.placeholder('from'), sql.placeholder('to'))))
      .orderBy(asc(w.date), asc(w.staffId)),
);

/** Wishes of some staff for single days, by date. */
export async function listDayWishes(
  tx: Reading,
  staffIds: readonly number[],
  span: { readonly from: PlainDate; readonly to: PlainDate },
): Promise<DayWish[]> {
  return staffIds.length === 0 ? [] : await ofStaff(tx, staffIds, { from: span.from, to: span.to });
}

/** One wish a day: a later one takes the place of an earlier. */
export async function putDayWish(
  tx: Writing,
  { staffId, date, from, to }: DayWish,
  at: Instant,
): Promise<void> {
  const { dayWish: w } = tx.t;
  const set = { fromHalfHour: from, toHalfHour: to, at };
  await tx.db
    .insert(w)
    .values({ staffId, date, ...set })
    .onConflictDoUpdate({ target: [w.staffId, w.date], set });
}

export async function deleteDayWish(tx: Writing, staffId: number, date: PlainDate): Promise<void> {
  const { dayWish: w } = tx.t;
  await tx.db.delete(w).where(and(eq(w.staffId, staffId), eq(w.date, date)));
}
