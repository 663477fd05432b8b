import { and, count, desc, eq, inArray } from './sql.ts';
import { insertMany } from './bulk.ts';
import type { Reading, Writing } from './database.ts';

/** How often, and on which days, an entry was passed over: the newest first. Names nobody else. */
export async function listPassingsOver(tx: Reading, entryId: number, limit: number) {
  const { passingOver: p } = tx.t;
  return await tx.db
    .select({ groupId: p.groupId, at: p.at, full: p.full })
    .from(p)
    .where(eq(p.entryId, entryId))
    .orderBy(desc(p.id))
    .limit(limit);
}

/** How many times freed hours went to somebody ranked below, by entry. */
export async function countPassingsOver(
  tx: Reading,
  groupId: number,
  entryIds: readonly number[],
): Promise<Map<number, number>> {
  const { passingOver: p } = tx.t;
  if (entryIds.length === 0) return new Map();
  const rows = await tx.db
    .select({ entryId: p.entryId, times: count() })
    .from(p)
    .where(and(eq(p.groupId, groupId), inArray(p.entryId, [...entryIds])))
    .groupBy(p.entryId);
  return new Map(rows.map((row) => [row.entryId, row.times]));
}

export async function insertPassingsOver(
  tx: Writing,
  rows: readonly Writing['t']['passingOver']['$inferInsert'][],
): Promise<void> {
  await insertMany(tx, tx.t.passingOver, rows);
}
