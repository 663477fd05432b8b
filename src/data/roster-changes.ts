import { and, count, eq, inArray } from './sql.ts';
import type { Reading } from './database.ts';

/** How often a centre's rosters were published or edited, and leave of its staff decided, so far: it only grows. */
export async function countRosterChanges(tx: Reading, centreId: number): Promise<number> {
  const { event: e } = tx.t;
  const kinds = ['roster.published', 'roster.edited', 'leave.decided'];
  const [row] = await tx.db
    .select({ changes: count() })
    .from(e)
    .where(and(eq(e.centreId, centreId), inArray(e.kind, kinds)));
  return row?.changes ?? 0;
}
