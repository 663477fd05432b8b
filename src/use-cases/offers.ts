import type { PlainDate } from '../domain/calendar.ts';
import type { OfferChannel } from '../domain/offer.ts';
import { refuse } from '../domain/refusal.ts';
import { clearReminder } from '../data/due-offers.ts';
import { markOfferSeen, type Offer } from '../data/offers.ts';
import { findEntry } from '../data/waiting-list.ts';
import { insertEnd, markChoiceRefused } from '../data/waiting-list-edits.ts';
import { checkLive, groupsOf, letGo, lockOffer, writeEnd } from './offer-endings.ts';
import { tellAboutOffers } from './offering.ts';
import { authorOf, type Work } from './perform.ts';
import { takePlace } from './placements.ts';
import { refreshRanks } from './ranks.ts';

export interface Accepted {
  readonly ids: number[];
  readonly enrolmentIds: number[];
  readonly booked: PlainDate[];
  /** Days of the pattern that could not be booked any more: closed meanwhile, or the hours have passed. */
  readonly left: PlainDate[];
}

/**
 * Takes an offered place: an enrolment, and a booking for every day of the period, in one transaction. What the child
 * has elsewhere on those days is cancelled. Refused: `expired`, `withdrawn` (also when not one day of it is left), `taken`.
 */
export async function acceptOffer(
  work: Work,
  { offerId, channel }: { offerId: number; channel: OfferChannel },
): Promise<Accepted> {
  const { tx, now } = work;
  const offers = await lockOffer(work, offerId);
  for (const offer of offers) checkLive(offer, now);
  const answer: Accepted = { ids: [], enrolmentIds: [], booked: [], left: [] };
  const touched = new Set<number>();
  const placed = await takePlace(work, offers);
  // The group has ended or is closed on all the days: the job is about to take the offer back.
  if (placed.some(({ booked }) => booked.length === 0)) refuse('withdrawn');
  for (const [at, offer] of offers.entries()) {
    const { enrolmentId, booked, left } = placed[at]!;
    await writeEnd(work, offer, { outcome: 'accepted', channel, reason: null }, enrolmentId);
    answer.ids.push(offer.id);
    answer.enrolmentIds.push(enrolmentId);
    answer.booked.push(...booked);
    answer.left.push(...left);
    if (offer.kind === 'whole') {
      for (const groupId of await groupsOf(tx, offer.entryId)) touched.add(groupId);
      await insertEnd(tx, { entryId: offer.entryId, at: now, by: authorOf(work.actor), reason: 'placed' });
    }
  }
  await refreshRanks(tx, now, [...touched], { placed: offers.length });
  await tellAboutOffers(work, offers, 'offer_accepted');
  return answer;
}

/** The entry waits on for its other groups; without any it waits no more. */
async function dropChoice(work: Work, offer: Offer): Promise<void> {
  const { tx, now, actor } = work;
  await markChoiceRefused(tx, offer.entryId, offer.groupId, now);
  if ((await groupsOf(tx, offer.entryId)).length > 0) return;
  await insertEnd(tx, { entryId: offer.entryId, at: now, by: authorOf(actor), reason: 'refused' });
}

/** Says no to an offer: the next in line is offered it at once; the entry waits on for the other groups it names. */
export async function refuseOffer(
  work: Work,
  { offerId, channel, reason }: { offerId: number; channel: OfferChannel; reason?: string },
): Promise<{ ids: number[] }> {
  const { tx, now } = work;
  const offers = await lockOffer(work, offerId);
  for (const offer of offers) checkLive(offer, now);
  await letGo(work, offers, { outcome: 'refused', channel, reason: reason ?? null });
  const answered = offers.map(({ id }) => id);
  // A part that was offered unasked costs nothing: the entry waits on for its whole wish.
  if (offers.every(({ kind }) => kind === 'part')) return { ids: answered };
  for (const offer of offers) await dropChoice(work, offer);
  await refreshRanks(
    tx,
    now,
    offers.map((offer) => offer.groupId),
    { refused: offers.length },
  );
  return { ids: answered };
}

/**
 * Ends an offer whose answer is overdue; false when there is nothing to end. Its entry lapses: it may be restored once,
 * within 28 days (domain.md).
 */
export async function expireOffer(work: Work, { offerId }: { offerId: number }): Promise<boolean> {
  const { tx, now } = work;
  const offers = (await lockOffer(work, offerId)).filter((offer) => offer.outcome === null);
  if (offers.length === 0 || offers.some((offer) => now < offer.expiresAt)) return false;
  const groups = new Set<number>();
  for (const offer of offers) for (const groupId of await groupsOf(tx, offer.entryId)) groups.add(groupId);
  await letGo(work, offers, { outcome: 'expired', channel: 'job', reason: null });
  for (const { entryId } of offers) {
    const entry = await findEntry(tx, entryId);
    if (entry && entry.endedAt === null)
      await insertEnd(tx, { entryId, at: now, by: null, reason: 'lapsed' });
  }
  await refreshRanks(tx, now, [...groups], { lapsed: offers.length });
  await tellAboutOffers(work, offers, 'offer_expired');
  return true;
}

/** The centre takes an offer back, with a reason, or the job one that holds nothing any more; the entry keeps its rank. */
export async function withdrawOffer(
  work: Work,
  {
    offerId,
    reason,
    channel = 'page',
  }: { offerId: number; reason: string | null; channel?: Extract<OfferChannel, 'page' | 'job'> },
): Promise<{ ids: number[] }> {
  const offers = await lockOffer(work, offerId);
  if (work.actor.role === 'guardian') refuse('forbidden');
  for (const offer of offers) checkLive(offer, work.now);
  await letGo(work, offers, { outcome: 'withdrawn', channel, reason });
  await tellAboutOffers(work, offers, 'offer_withdrawn');
  return { ids: offers.map((offer) => offer.id) };
}

/** Reminds the family of an offer once; false when it has been answered meanwhile. */
export async function remindOfOffer(work: Work, { offerId }: { offerId: number }): Promise<boolean> {
  const offers = (await lockOffer(work, offerId)).filter((offer) => offer.outcome === null);
  for (const offer of offers) await clearReminder(work.tx, offer.id);
  if (offers.length === 0 || offers.some((offer) => work.now >= offer.expiresAt)) return false;
  await tellAboutOffers(work, offers, 'offer_reminder');
  return true;
}

/** The family has opened the offer's page: it needs no call. */
export async function seeOffer(work: Work, { offerId }: { offerId: number }): Promise<void> {
  await markOfferSeen(work.tx, offerId, work.now);
}
