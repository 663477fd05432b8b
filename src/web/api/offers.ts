import { isCentrePerson, worksAt, type Actor } from '../../domain/people.ts';
import { refuse } from '../../domain/refusal.ts';
import type { PlainDate } from '../../domain/calendar.ts';
import { findChild, listChildren } from '../../data/children.ts';
import type { Reading } from '../../data/database.ts';
import { findGroup } from '../../data/groups.ts';
import { findOffer, listOffers, type OfferFilter } from '../../data/offers.ts';
import { acceptOffer, refuseOffer } from '../../use-cases/offers.ts';
import type { Work } from '../../use-cases/perform.ts';
import { families } from '../access.ts';
import { offerAnswered, offerSeen } from '../access/queue.ts';
import { nothing, resource } from './resource.ts';
import { accepted, offer, offerPage, offersAsked, refusalAsked, showOffer } from './schemas/offer.ts';
import { idAfter, pageFrom, SHORT_PAGE } from './schemas/pages.ts';

interface Wish {
  readonly child?: number | undefined;
  readonly group?: number | undefined;
}

/** Whose offers: a guardian's children, a centre's groups. A child or group of others is `missing`. */
async function scopeOf(
  tx: Reading,
  actor: Actor,
  { child, group }: Wish,
  today: PlainDate,
): Promise<OfferFilter> {
  if (child !== undefined && !(await findChild(tx, actor, child, today))) refuse('missing');
  const found = group === undefined ? undefined : ((await findGroup(tx, group)) ?? refuse('missing'));
  if (found && actor.role !== 'guardian' && !worksAt(actor, found.centreId)) refuse('missing');
  const named = { ...(child !== undefined && { childIds: [child] }), ...(found && { groupIds: [found.id] }) };
  if (actor.role === 'guardian') {
    const own = child === undefined ? (await listChildren(tx, actor, today)).map((each) => each.id) : [child];
    return { ...named, childIds: own };
  }
  return isCentrePerson(actor) ? { ...named, centreId: actor.centreId ?? 0 } : named;
}

async function shown({ tx }: Pick<Work, 'tx'>, offerId: number) {
  return showOffer((await findOffer(tx, offerId)) ?? refuse('missing'));
}

export const offers = resource('/offers')
  .read(
    '',
    families,
    {
      summary: "Offers of places: of a guardian's children, or of a centre; only live ones with `state=live`",
      query: offersAsked,
      answer: offerPage,
      reasons: ['missing'],
    },
    async ({ context: { database, actor, today }, query }) => {
      const limit = (query.limit ?? SHORT_PAGE) + 1;
      const rows = await database.read(async (tx) =>
        listOffers(tx, {
          ...(await scopeOf(tx, actor, query, today)),
          ...(query.state === 'live' && { live: true }),
          after: idAfter(query),
          limit,
        }),
      );
      return pageFrom(rows, query, (row) => [String(row.id)], showOffer);
    },
  )
  .read('/:offerId', offerSeen, { summary: 'An offer', answer: offer }, async ({ context }) =>
    context.database.read(async (tx) =>
      showOffer((await findOffer(tx, context.id('offerId'))) ?? refuse('missing')),
    ),
  )
  .write(
    '/:offerId/acceptance',
    offerAnswered,
    {
      summary: 'Takes the place: an enrolment, and a booking for every day of the period',
      body: nothing,
      answer: accepted,
      reasons: ['expired', 'withdrawn', 'taken', 'wrong_category', 'too_young', 'too_old', 'skill_missing'],
    },
    async (work, { context }) => {
      const offerId = context.id('offerId');
      const { booked, left } = await acceptOffer(work, { offerId, channel: 'api' });
      return { ...(await shown(work, offerId)), booked, left };
    },
  )
  .write(
    '/:offerId/refusal',
    offerAnswered,
    {
      summary: 'Says no: the next in line is offered the place at once',
      body: refusalAsked,
      answer: offer,
      reasons: ['expired', 'withdrawn', 'taken'],
    },
    async (work, { context, body: { reason } }) => {
      const offerId = context.id('offerId');
      await refuseOffer(work, { offerId, channel: 'api', ...(reason !== undefined && { reason }) });
      return await shown(work, offerId);
    },
  );
