import { refuse } from '../../domain/refusal.ts';
import { findCentre } from '../../data/centres.ts';
import { listCalls, type Call } from '../../data/offer-calls.ts';
import { listOffers, type Offer } from '../../data/offers.ts';
import { centreStaff } from '../access.ts';
import type { Context } from '../context.ts';
import { formatPeriod } from '../dates.ts';
import { centreName } from '../names.ts';
import { page } from '../page.ts';
import { storedPatternWords } from '../pattern-words.ts';
import { paths } from '../paths.ts';
import { dueWords, instantWords } from '../queue-words.ts';
import { routes } from '../route.ts';
import { callWords, isToCall } from './call-words.ts';

const ENDED_SHOWN = 50;
export const OUTCOME_TONES = { accepted: 'good', refused: 'off', expired: 'bad', withdrawn: 'off' } as const;

function rowOf(offer: Offer, calls: readonly Call[], { t, now }: Context) {
  const last = calls.at(-1);
  return {
    child: offer.childName,
    href: paths.centreOffer(offer.centreId, offer.id),
    group: offer.groupName,
    hours: storedPatternWords(offer.pattern, t),
    period: formatPeriod(offer.startsOn, offer.endsOn),
    place: t('waiting.position', { position: String(offer.position), of: String(offer.of) }),
    due: dueWords(offer, t),
    overdue: offer.outcome === null && now >= offer.expiresAt,
    seen:
      offer.seenAt === null
        ? { tone: 'warn', text: t('offer.unseen') }
        : { tone: 'info', text: t('offer.seen', { when: instantWords(offer.seenAt) }) },
    call: last ? callWords(last, t) : undefined,
    part: offer.kind === 'part' ? t('offer.part_short') : '',
    outcome: offer.outcome === null ? '' : t(`offer.outcome.${offer.outcome}`),
    tone: offer.outcome === null ? '' : OUTCOME_TONES[offer.outcome],
    ended: offer.endedAt === null ? '' : instantWords(offer.endedAt),
    reason: offer.reason ?? '',
  };
}

/** A centre's offers: whom to call first, those that wait for an answer by their deadline, and how others ended. */
async function showOffers(context: Context): Promise<void> {
  const { t, language, now } = context;
  const centreId = context.id('centreId');
  const seen = await context.database.read(async (tx) => {
    const live = await listOffers(tx, { centreId, live: true });
    const recent = await listOffers(tx, { centreId, limit: ENDED_SHOWN + live.length });
    const calls = await listCalls(
      tx,
      live.map((offer) => offer.id),
    );
    return {
      centre: (await findCentre(tx, centreId)) ?? refuse('missing'),
      live: live.toSorted((a, b) => (a.expiresAt < b.expiresAt ? -1 : 1)),
      ended: recent.filter((offer) => offer.outcome !== null).slice(0, ENDED_SHOWN),
      calls: Map.groupBy(calls, (call) => call.offerId),
    };
  });
  const callsOf = (offer: Offer) => seen.calls.get(offer.id) ?? [];
  const row = (offer: Offer) => rowOf(offer, callsOf(offer), context);
  page(
    context.res,
    'centre/offers',
    {
      title: t('nav.offers'),
      centre: centreName(seen.centre, language),
      toCall: seen.live.filter((offer) => isToCall(offer, callsOf(offer), now)).map(row),
      live: seen.live.map(row),
      count: t('offer.live_count', { n: seen.live.length }),
      ended: seen.ended.map(row),
      list: paths.centreWaitingList(centreId),
    },
    { width: 'wide' },
  );
}

export const offers = routes('/centres/:centreId/offers').get('', centreStaff, showOffers);
