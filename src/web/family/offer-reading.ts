import { occupied } from '../../domain/places.ts';
import { parsePattern, slotsBetween } from '../../domain/pattern.ts';
import { refuse } from '../../domain/refusal.ts';
import { listBookings } from '../../data/bookings.ts';
import { findCentre } from '../../data/centres.ts';
import { mayBookFor } from '../../data/children.ts';
import type { Reading } from '../../data/database.ts';
import { findOverrides } from '../../data/groups.ts';
import { findAnswer } from '../../data/offer-answers.ts';
import { findPostponement } from '../../data/arrival-postponements.ts';
import { findOffer, listOffers, type Offer } from '../../data/offers.ts';
import { findEntry, listEnds } from '../../data/waiting-list.ts';
import type { Context } from '../context.ts';
import { placesOf } from './places.ts';

/** What a child has on the days of an offered place: it is cancelled when the offer is accepted. */
export async function listReplaced(tx: Reading, offer: Offer) {
  const parsed = parsePattern(offer.pattern);
  if (!('pattern' in parsed)) return [];
  const dates = new Set(slotsBetween(parsed.pattern, offer.startsOn, offer.endsOn).map(({ date }) => date));
  const bookings = await listBookings(tx, {
    childIds: [offer.childId],
    from: offer.startsOn,
    to: offer.endsOn,
    occupying: true,
  });
  return bookings.filter((each) => dates.has(each.date) && each.state === 'booked' && occupied(each));
}

/** Everything that the page of an offer says. */
export async function readOffer(context: Context) {
  const { actor, today } = context;
  return await context.database.read(async (tx) => {
    const offer = (await findOffer(tx, context.id('offerId'))) ?? refuse('missing');
    const bundle =
      offer.bundle === null
        ? []
        : (await listOffers(tx, { bundle: offer.bundle, groupIds: [offer.groupId] })).filter(
            (each) => each.id !== offer.id && each.offeredAt === offer.offeredAt,
          );
    const replaced = offer.outcome === null ? await listReplaced(tx, offer) : [];
    const booked =
      offer.outcome === 'accepted'
        ? await listBookings(tx, {
            childIds: [offer.childId],
            groupIds: [offer.groupId],
            from: offer.startsOn,
            to: offer.endsOn,
            occupying: true,
          })
        : [];
    return {
      offer,
      bundle,
      replaced,
      booked,
      places: await placesOf(tx, [...replaced, offer]),
      centre: (await findCentre(tx, offer.centreId)) ?? refuse('missing'),
      answer: await findAnswer(tx, offer.id),
      postponed: await findPostponement(tx, offer.id),
      entry: (await findEntry(tx, offer.entryId)) ?? refuse('missing'),
      ends: await listEnds(tx, offer.entryId),
      overrides: await findOverrides(tx),
      mayBook: await mayBookFor(tx, actor, offer.childId, today),
    };
  });
}

export type SeenOffer = Awaited<ReturnType<typeof readOffer>>;
