import { and, eq, inArray, isNull } from './sql.ts';
import type { Instant } from '../domain/calendar.ts';
import type { EndReason } from '../domain/waiting-list.ts';
import type { Writing } from './database.ts';

export async function insertEntry(
  tx: Writing,
  row: Writing['t']['waitingListEntry']['$inferInsert'],
  choices: readonly number[],
): Promise<number> {
  const [inserted] = await tx.db
    .insert(tx.t.waitingListEntry)
    .values(row)
    .returning({ id: tx.t.waitingListEntry.id });
  const id = inserted!.id;
  await insertChoices(tx, id, choices);
  return id;
}

async function insertChoices(tx: Writing, entryId: number, choices: readonly number[]): Promise<void> {
  if (choices.length === 0) return;
  const rows = choices.map((groupId, at) => ({ entryId, groupId, preference: at + 1 }));
  await tx.db.insert(tx.t.waitingListChoice).values(rows);
}

/** Another wish: what it names anew is asked anew. */
export async function replaceWish(
  tx: Writing,
  id: number,
  change: Partial<Writing['t']['waitingListEntry']['$inferInsert']>,
  choices: readonly number[],
): Promise<void> {
  await tx.db.update(tx.t.waitingListEntry).set(change).where(eq(tx.t.waitingListEntry.id, id));
  await tx.db.delete(tx.t.waitingListChoice).where(eq(tx.t.waitingListChoice.entryId, id));
  await insertChoices(tx, id, choices);
}

export async function setTogether(tx: Writing, ids: readonly number[], key: string | null): Promise<void> {
  const { waitingListEntry: e } = tx.t;
  await tx.db
    .update(e)
    .set({ togetherKey: key })
    .where(inArray(e.id, [...ids]));
}

export async function markChoiceRefused(
  tx: Writing,
  entryId: number,
  groupId: number,
  at: Instant,
): Promise<void> {
  const { waitingListChoice: c } = tx.t;
  await tx.db
    .update(c)
    .set({ refusedAt: at })
    .where(and(eq(c.entryId, entryId), eq(c.groupId, groupId)));
}

export async function insertPause(
  tx: Writing,
  entryId: number,
  at: Instant,
  by: number | null,
): Promise<void> {
  await tx.db.insert(tx.t.waitingListPause).values({ entryId, startedAt: at, startedBy: by });
}

export async function endPause(tx: Writing, entryId: number, at: Instant): Promise<void> {
  const { waitingListPause: p } = tx.t;
  await tx.db
    .update(p)
    .set({ endedAt: at })
    .where(and(eq(p.entryId, entryId), isNull(p.endedAt)));
}

export async function insertEnd(
  tx: Writing,
  row: { entryId: number; at: Instant; by: number | null; reason: EndReason },
): Promise<void> {
  await tx.db.insert(tx.t.waitingListEnd).values(row);
}

export async function markRestored(
  tx: Writing,
  endId: number,
  at: Instant,
  by: number | null,
): Promise<void> {
  const { waitingListEnd: end } = tx.t;
  await tx.db.update(end).set({ restoredAt: at, restoredBy: by }).where(eq(end.id, endId));
}
