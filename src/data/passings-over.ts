import { and, count, desc, eq, sql } from './sql.ts';
import { insertMany } from './bulk.ts';
import type { Reading, Writing } from './database.ts';
import { prepared, preparedAmong } from './prepared.ts';

const newest = prepared(({ db, t: { passingOver: p } }) =>
  db
    .select({ groupId: p.groupId, at: p.at, full: p.full })
    .from(p)
    .where(eq(p.entryId, sql.placeholder('entryId')))
    .orderBy(desc(p.id))
    .limit(sql.placeholder('limit')),
);

/** How often, and on which days, an entry was passed over: the newest first. Names nobody else. */
export function listPassingsOver(tx: Reading, entryId: number, limit: number) {
  return newest(tx, { entryId, limit });
}

const times = preparedAmong<{ groupId: number }, { entryId: number; times: number }[]>(
  ({ db, t: { passingOver: p } }, among) =>
    db
      .select({ entryId: p.entryId, times: count() })
      .from(p)
      .where(and(eq(p.groupId, sql.placeholder('groupId')), among(p.entryId)))
      .groupBy(p.entryId),
);

/** How many times freed hours went to somebody ranked below, by entry. */
export async function countPassingsOver(
  tx: Reading,
  groupId: number,
  entryIds: readonly number[],
): Promise<Map<number, number>> {
  const rows = entryIds.length === 0 ? [] : await times(tx, entryIds, { groupId });
  return new Map(rows.map((row) => [row.entryId, row.times]));
}

export async function insertPassingsOver(
  tx: Writing,
  rows: readonly Writing['t']['passingOver']['$inferInsert'][],
): Promise<void> {
  await insertMany(tx, tx.t.passingOver, rows);
}
