import { desc, eq } from './sql.ts';
import type { Reading } from './database.ts';

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
