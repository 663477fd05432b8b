import { refuse } from '../domain/refusal.ts';
import { insertEvent } from '../data/events.ts';
import { listTakenBack } from '../data/taken-back.ts';
import { planMatching } from './matching.ts';
import { lockOffer } from './offer-endings.ts';
import { authorOf, todayOf, type Work } from './perform.ts';

/**
 * The centre lets an entry be offered again the place of an offer that was taken back, and looks at once who is first;
 * for siblings of one offer together. A repeat changes nothing. Refused: `stale` where the offer was not taken back.
 */
export async function allowAgain(work: Work, { offerId }: { offerId: number }): Promise<{ ids: number[] }> {
  const { tx, now, actor } = work;
  const offers = await lockOffer(work, offerId);
  if (actor.role === 'guardian') refuse('forbidden');
  if (offers.some(({ outcome }) => outcome !== 'withdrawn')) refuse('stale');
  const { groupId, centreId } = offers[0]!;
  const withheld = new Set((await listTakenBack(tx, groupId, todayOf(work))).map((each) => each.offerId));
  const allowed = offers.filter(({ id }) => withheld.has(id));
  for (const { id, childId, entryId } of allowed)
    await insertEvent(tx, {
      at: now,
      by: authorOf(actor),
      kind: 'offer.allowed',
      centreId,
      groupId,
      childId,
      data: { offerId: id, entryId },
    });
  if (allowed.length > 0) planMatching(tx, now, groupId);
  return { ids: allowed.map(({ id }) => id) };
}
