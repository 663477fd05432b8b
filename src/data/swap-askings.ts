import { and, eq } from './sql.ts';
import type { Instant } from '../domain/calendar.ts';
import type { Reading } from './database.ts';

/** The shifts of a swap as they were when it was asked; undefined where nobody wrote it down. */
export async function findAsked(
  tx: Reading,
  which: { readonly centreId: number; readonly at: Instant; readonly swapId: number },
): Promise<readonly string[] | undefined> {
  const { event: e } = tx.t;
  const rows = await tx.db
    .select({ data: e.data })
    .from(e)
    .where(and(eq(e.centreId, which.centreId), eq(e.at, which.at), eq(e.kind, 'swap.asked')));
  for (const { data } of rows) {
    const { swapId, contents } = data as { swapId?: number; contents?: string[] };
    if (swapId === which.swapId) return contents;
  }
  return undefined;
}
