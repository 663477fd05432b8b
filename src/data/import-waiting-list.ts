import { asc, eq, inArray } from './sql.ts';
import type { Tables } from '../../db/schema/tables.ts';
import { chunksOf } from './claims.ts';
import type { Reading, Writing } from './database.ts';

type Entry = Tables['waitingListEntry']['$inferSelect'];

/** Waiting-list entries of some children, each with the groups it names, best first. */
export async function listEntries(
  tx: Reading,
  childIds: readonly number[],
): Promise<(Entry & { choices: number[] })[]> {
  const { waitingListEntry: e, waitingListChoice: c } = tx.t;
  const entries: (Entry & { choices: number[] })[] = [];
  for (const chunk of chunksOf(childIds)) {
    const rows = await tx.db.select().from(e).where(inArray(e.childId, chunk)).orderBy(asc(e.id));
    const choices = await tx.db
      .select({ entryId: c.entryId, groupId: c.groupId })
      .from(c)
      .innerJoin(e, eq(e.id, c.entryId))
      .where(inArray(e.childId, chunk))
      .orderBy(asc(c.entryId), asc(c.preference));
    const byEntry = Map.groupBy(choices, (choice) => choice.entryId);
    for (const row of rows)
      entries.push({ ...row, choices: (byEntry.get(row.id) ?? []).map((each) => each.groupId) });
  }
  return entries;
}

/** Changes an entry and, where they are given, what it chooses. */
export async function updateEntry(
  tx: Writing,
  id: number,
  changes: Partial<Tables['waitingListEntry']['$inferInsert']>,
  choices: readonly number[],
): Promise<void> {
  const { waitingListEntry: e, waitingListChoice: c } = tx.t;
  if (Object.keys(changes).length > 0) await tx.db.update(e).set(changes).where(eq(e.id, id));
  await tx.db.delete(c).where(eq(c.entryId, id));
  await tx.db.insert(c).values(choices.map((groupId, at) => ({ entryId: id, groupId, preference: at + 1 })));
}
