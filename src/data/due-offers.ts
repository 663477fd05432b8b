import { and, asc, eq, isNull, lte } from './sql.ts';
import type { Instant } from '../domain/calendar.ts';
import type { Reading, Writing } from './database.ts';

/** Ids of live offers whose answer is overdue, the oldest first. */
export async function listOverdueOffers(tx: Reading, now: Instant, limit: number): Promise<number[]> {
  const { offer: o } = tx.t;
  const rows = await tx.db
    .select({ id: o.id })
    .from(o)
    .where(and(isNull(o.endedAt), lte(o.expiresAt, now)))
    .orderBy(asc(o.expiresAt), asc(o.id))
    .limit(limit);
  return rows.map((row) => row.id);
}

/** Live offers of which the family is to be reminded now. */
export async function listOffersToRemind(tx: Reading, now: Instant, limit: number): Promise<number[]> {
  const { offer: o } = tx.t;
  const rows = await tx.db
    .select({ id: o.id })
    .from(o)
    .where(and(isNull(o.endedAt), lte(o.remindAt, now)))
    .orderBy(asc(o.remindAt), asc(o.id))
    .limit(limit);
  return rows.map((row) => row.id);
}

/** Live offers of a group that hold no half-hour any more. */
export async function listEmptiedOffers(
  tx: Reading,
  groupId: number,
): Promise<{ id: number; childId: number }[]> {
  const { offer: o, hold: h } = tx.t;
  return await tx.db
    .select({ id: o.id, childId: o.childId })
    .from(o)
    .leftJoin(h, and(eq(h.source, 'offer'), eq(h.sourceId, o.id)))
    .where(and(eq(o.groupId, groupId), isNull(o.endedAt), isNull(h.id)))
    .orderBy(asc(o.id));
}

export async function clearReminder(tx: Writing, id: number): Promise<void> {
  await tx.db.update(tx.t.offer).set({ remindAt: null }).where(eq(tx.t.offer.id, id));
}
