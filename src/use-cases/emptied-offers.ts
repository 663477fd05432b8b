import { lockChildren } from '../data/claims.ts';
import { listEmptiedOffers } from '../data/due-offers.ts';
import { findOffer } from '../data/offers.ts';
import { withdrawOffer } from './offers.ts';
import type { Work } from './perform.ts';

/**
 * Takes back the offers of a group that hold no day any more: it has ended, or is closed on all their days. The entries
 * keep their ranks and the families are told; nothing is withheld from them when the days come back.
 */
export async function withdrawEmptied(
  work: Work,
  { groupId }: { groupId: number },
): Promise<{ ids: number[] }> {
  const emptied = await listEmptiedOffers(work.tx, groupId);
  await lockChildren(
    work.tx,
    emptied.map(({ childId }) => childId),
  );
  const ids: number[] = [];
  for (const { id } of emptied) {
    // One of a bundle takes the others with it.
    if ((await findOffer(work.tx, id))?.outcome !== null) continue;
    ids.push(...(await withdrawOffer(work, { offerId: id, reason: null, channel: 'job' })).ids);
  }
  return { ids };
}
