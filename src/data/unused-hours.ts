import { and, asc, between, eq, gt, inArray } from './sql.ts';
import type { Instant, PlainDate } from '../domain/calendar.ts';
import type { Reading, Writing } from './database.ts';

export type ReleaseRequest = Reading['t']['releaseRequest']['$inferSelect'];

/** How the bookings of some groups were used between two days: absent, cancelled by whom and when. */
export async function listUses(
  tx: Reading,
  groupIds: readonly number[],
  range: { readonly from: PlainDate; readonly to: PlainDate },
) {
  const { booking: b, absence, cancellation } = tx.t;
  if (groupIds.length === 0) return [];
  return await tx.db
    .select({
      childId: b.childId,
      groupId: b.groupId,
      date: b.date,
      absence: absence.kind,
      cancelledBy: cancellation.source,
      cancelledAt: cancellation.at,
    })
    .from(b)
    .leftJoin(absence, eq(absence.bookingId, b.id))
    .leftJoin(cancellation, eq(cancellation.bookingId, b.id))
    .where(and(inArray(b.groupId, [...groupIds]), between(b.date, range.from, range.to)))
    .orderBy(asc(b.childId), asc(b.date));
}

/** Requests of some groups since an instant. */
export async function listRequestsSince(
  tx: Reading,
  groupIds: readonly number[],
  since: Instant,
): Promise<ReleaseRequest[]> {
  const { releaseRequest: r } = tx.t;
  if (groupIds.length === 0) return [];
  return await tx.db
    .select()
    .from(r)
    .where(and(inArray(r.groupId, [...groupIds]), gt(r.askedAt, since)));
}

export async function findReleaseRequest(tx: Reading, id: number): Promise<ReleaseRequest | undefined> {
  const { releaseRequest: r } = tx.t;
  const [row] = await tx.db.select().from(r).where(eq(r.id, id));
  return row;
}

export async function insertReleaseRequest(
  tx: Writing,
  row: Writing['t']['releaseRequest']['$inferInsert'],
): Promise<number> {
  const { releaseRequest: r } = tx.t;
  const [inserted] = await tx.db.insert(r).values(row).returning({ id: r.id });
  return inserted!.id;
}

export async function answerReleaseRequest(
  tx: Writing,
  id: number,
  answer: {
    readonly answeredAt: Instant;
    readonly answeredBy: number | null;
    readonly answer: 'released' | 'kept';
  },
): Promise<void> {
  const { releaseRequest: r } = tx.t;
  await tx.db.update(r).set(answer).where(eq(r.id, id));
}
