import type { Tables, Writing } from './database.ts';

/** The first decision about leave; a second one breaks the key, so that nobody decides over a colleague's word. */
export async function insertLeaveDecision(
  tx: Writing,
  row: Tables['staffLeaveDecision']['$inferInsert'],
): Promise<void> {
  await tx.db.insert(tx.t.staffLeaveDecision).values(row);
}
