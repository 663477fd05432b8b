import { and, asc, between, eq, inArray } from './sql.ts';
import type { Instant, PlainDate } from '../domain/calendar.ts';
import type { DayWish } from '../domain/day-wish.ts';
import { chunksOf } from './claims.ts';
import type { Reading, Writing } from './database.ts';

/** Wishes of some staff for single days, by date. */
export async function listDayWishes(
  tx: Reading,
  staffIds: readonly number[],
  span: { readonly from: PlainDate; readonly to: PlainDate },
): Promise<DayWish[]> {
  const { dayWish: w } = tx.t;
  const rows: DayWish[] = [];
  for (const chunk of chunksOf(staffIds))
    rows.push(
      ...(await tx.db
        .select({ staffId: w.staffId, date: w.date, from: w.fromHalfHour, to: w.toHalfHour })
        .from(w)
        .where(and(inArray(w.staffId, chunk), between(w.date, span.from, span.to)))
        .orderBy(asc(w.date), asc(w.staffId))),
    );
  return rows;
}

/** One wish a day: a later one takes the place of an earlier. */
export async function putDayWish(tx: Writing, { staffId, date, from, to }: DayWish, at: Instant): Promise<void> {
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
