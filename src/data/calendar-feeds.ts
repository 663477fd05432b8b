import { and, count, desc, eq, inArray, isNull } from './sql.ts';
import type { Instant } from '../domain/calendar.ts';
import type { Language } from '../domain/language.ts';
import type { Reading, Writing } from './database.ts';

export async function insertFeed(
  tx: Writing,
  row: { personId: number; tokenHash: string; createdAt: Instant },
): Promise<number> {
  const { calendarFeed: f } = tx.t;
  const [inserted] = await tx.db.insert(f).values(row).returning({ id: f.id });
  return inserted!.id;
}

/** A person's feeds that still work, newest first. */
export async function listFeeds(tx: Reading, personId: number) {
  const { calendarFeed: f } = tx.t;
  return await tx.db
    .select({ id: f.id, createdAt: f.createdAt })
    .from(f)
    .where(and(eq(f.personId, personId), isNull(f.revokedAt)))
    .orderBy(desc(f.id));
}

export async function revokeFeed(tx: Writing, id: number, at: Instant): Promise<void> {
  const { calendarFeed: f } = tx.t;
  await tx.db.update(f).set({ revokedAt: at }).where(eq(f.id, id));
}

/** Whose calendar it is, by the hash of its secret; undefined once it is revoked. */
export async function findFeedOwner(
  tx: Reading,
  tokenHash: string,
): Promise<{ personId: number; name: string; language: Language } | undefined> {
  const { calendarFeed: f, person: p } = tx.t;
  const [row] = await tx.db
    .select({ personId: p.id, name: p.name, language: p.language })
    .from(f)
    .innerJoin(p, eq(p.id, f.personId))
    .where(and(eq(f.tokenHash, tokenHash), isNull(f.revokedAt)));
  return row;
}

/** How often each booking has changed since it was made: programs show the newest of one UID. */
export async function countChanges(tx: Reading, bookingIds: readonly number[]): Promise<Map<number, number>> {
  const { event: e } = tx.t;
  if (bookingIds.length === 0) return new Map();
  const kinds = ['booking.changed', 'booking.cancelled', 'booking.absence'];
  const rows = await tx.db
    .select({ bookingId: e.bookingId, changes: count() })
    .from(e)
    .where(and(inArray(e.bookingId, [...bookingIds]), inArray(e.kind, kinds)))
    .groupBy(e.bookingId);
  return new Map(rows.map((row) => [row.bookingId!, row.changes]));
}
