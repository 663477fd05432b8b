import { eq } from './sql.ts';
import type { Reading } from './database.ts';

/** Who ended an offer, when and by which way; undefined while it is live. */
export async function findAnswer(tx: Reading, offerId: number) {
  const { offerEnd: end } = tx.t;
  const [row] = await tx.db
    .select({ at: end.at, by: end.by, channel: end.channel })
    .from(end)
    .where(eq(end.offerId, offerId));
  return row;
}
