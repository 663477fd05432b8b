import type { CallOutcome } from '../domain/offer.ts';
import { worksAt } from '../domain/people.ts';
import { refuse } from '../domain/refusal.ts';
import { insertCall } from '../data/offer-calls.ts';
import { findOffer } from '../data/offers.ts';
import { authorOf, type Work } from './perform.ts';

/** Writes down a call about a live offer. Another centre's offer is `missing`; one that has ended is `taken`. */
export async function recordCall(
  { tx, now, actor }: Work,
  { offerId, outcome, note }: { offerId: number; outcome: CallOutcome; note: string },
): Promise<{ id: number }> {
  const offer = await findOffer(tx, offerId);
  if (!offer || !worksAt(actor, offer.centreId)) refuse('missing');
  if (offer.outcome !== null) refuse('taken');
  return { id: await insertCall(tx, { offerId, at: now, by: authorOf(actor), outcome, note }) };
}
