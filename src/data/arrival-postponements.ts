import { eq } from './sql.ts';
import type { Reading, Writing } from './database.ts';

export async function findPostponement(tx: Reading, offerId: number) {
  const { arrivalPostponement: p } = tx.t;
  const [row] = await tx.db.select().from(p).where(eq(p.offerId, offerId));
  return row;
}

export async function insertPostponement(
  tx: Writing,
  row: Writing['t']['arrivalPostponement']['$inferInsert'],
): Promise<void> {
  await tx.db.insert(tx.t.arrivalPostponement).values(row);
}
