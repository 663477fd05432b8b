import { formatDate, longDate } from '../../domain/calendar-words.ts';
import { dateAt } from '../../domain/calendar.ts';
import { addWorkingDays } from '../../domain/working-days.ts';
import { seeOffer } from '../../use-cases/offers.ts';
import { postponement } from '../arrival.ts';
import type { Context } from '../context.ts';
import { formatPeriod } from '../dates.ts';
import type { FieldError, Typed } from '../form.ts';
import { centreAddress, centreName } from '../names.ts';
import { page } from '../page.ts';
import { storedPatternWords } from '../pattern-words.ts';
import { paths } from '../paths.ts';
import { offerSeen } from '../access/queue.ts';
import { instantWords, lastDayOf } from '../queue-words.ts';
import { routes } from '../route.ts';
import { shiftWords } from '../shifted-hours.ts';
import { restorable } from './entry-state.ts';
import { readOffer, type SeenOffer } from './offer-reading.ts';
import { dayWords, stayLine } from './stay-line.ts';

const LINES = 10;
const FIRST_DAYS = 5;
const SHIFTED = { whole: 'offer.shifted', less: 'offer.shorter' } as const;
/** The contract follows within so many working days (Order 379). */
const CONTRACT_DAYS = 5;

/** How an offer stands, with what is over by the clock though no job has ended it yet. */
function stateOf({ offer }: SeenOffer, { now }: Context) {
  if (offer.outcome !== null) return offer.outcome;
  return now >= offer.expiresAt ? 'expired' : 'live';
}

/** Who answered, as the adults of one child tell it to each other: nobody is named. */
function answeredBy({ answer }: SeenOffer, { t, actor }: Context): string {
  if (!answer) return '';
  const when = instantWords(answer.at);
  if (answer.by === actor.personId) return t('offer.by_you', { when });
  return answer.channel === 'telephone' ? t('offer.by_centre', { when }) : t('offer.by_other', { when });
}

/** Why there is nothing to answer any more, and what to do now. */
function endWords(seen: SeenOffer, state: string, context: Context): string {
  const { t, today } = context;
  const { offer, entry, ends, answer } = seen;
  if (state === 'expired') {
    const until = restorable(ends, today);
    if (until) return t('waiting.restore_until', { date: formatDate(until) });
    return entry.endedAt === null ? t('offer.expired_waits') : t('offer.expired_text');
  }
  if (state === 'refused' && offer.kind === 'part' && entry.endedAt === null) return t('offer.refused_part');
  if (state === 'refused') return entry.endedAt === null ? t('offer.refused_waits') : t('offer.refused_text');
  if (state !== 'withdrawn') return '';
  if (answer?.channel === 'job') return t('offer.withdrawn_closed');
  if (entry.endReason === 'withdrawn') return t('offer.withdrawn_by_family');
  return offer.reason ? t('offer.withdrawn_reason', { reason: offer.reason }) : t('offer.withdrawn_text');
}

/** The first days, the contract, and whether the arrival may still be put off. */
function placeWords(seen: SeenOffer, { t, today, now }: Context) {
  const { offer, booked, postponed, answer, overrides } = seen;
  const contract = answer
    ? addWorkingDays(dateAt(answer.at), CONTRACT_DAYS, 5, overrides)
    : addWorkingDays(dateAt(now), CONTRACT_DAYS, 5, overrides);
  return {
    days: booked
      .filter((each) => each.date >= today)
      .slice(0, FIRST_DAYS)
      .map((each) => ({ ...stayLine(each, seen.places, today, now, t) })),
    contract: t('offer.contract', { date: formatDate(contract) }),
    postponed: postponed ? t('offer.postponed_to', { date: formatDate(postponed.toDate) }) : '',
    postpone:
      seen.mayBook && !postponed
        ? postponement(booked, today, paths.offerPostponement(offer.id), t)
        : undefined,
  };
}

export async function showOffer(
  context: Context,
  problem?: { readonly errors: readonly FieldError[]; readonly status?: number; readonly values?: Typed },
): Promise<void> {
  const { t, language, today, now } = context;
  const seen = await readOffer(context);
  const { offer, centre, bundle } = seen;
  const state = stateOf(seen, context);
  page(
    context.res,
    'family/offer',
    {
      title: t(`offer.title.${state}`),
      children: [offer, ...bundle].map((each) => each.childName).join(', '),
      back: paths.entry(offer.childId, offer.entryId),
      state,
      by: answeredBy(seen, context),
      end: endWords(seen, state, context),
      until: t('offer.until', { date: longDate(lastDayOf(offer.expiresAt), language) }),
      facts: [
        { term: t('find.where'), value: `${centreName(centre, language)} · ${offer.groupName}` },
        { term: t('booking.address'), value: centreAddress(centre, language) },
        { term: t('waiting.hours'), value: storedPatternWords(offer.pattern, t) },
        { term: t('steps.period_term'), value: formatPeriod(offer.startsOn, offer.endsOn) },
        { term: t('series.reference'), value: `O-${offer.id}` },
      ],
      shifted: shiftWords(offer, seen.entry, SHIFTED, context.t),
      part: offer.kind === 'part' ? t('offer.part') : '',
      refuseHint: t(offer.kind === 'part' ? 'offer.refuse_part_hint' : 'offer.refuse_hint'),
      bundle: bundle.length > 0 ? t('offer.bundle', { n: bundle.length + 1 }) : '',
      replacedTitle: seen.replaced.length > 0 ? t('offer.replaces_count', { n: seen.replaced.length }) : '',
      replaced: seen.replaced.slice(0, LINES).map((each) => {
        const line = stayLine(each, seen.places, today, now, t);
        return `${dayWords(each.date, today, t)}, ${line.time}, ${line.place}`;
      }),
      more: seen.replaced.length > LINES ? t('children.more', { n: seen.replaced.length - LINES }) : '',
      place: state === 'accepted' ? placeWords(seen, context) : undefined,
      child: paths.child(offer.childId),
      mayBook: seen.mayBook,
      accept: paths.offerAcceptance(offer.id),
      refuse: paths.offerRefusal(offer.id),
      values: problem?.values ?? {},
      errors: problem?.errors,
    },
    {
      width: 'narrow',
      address: paths.offer(offer.id),
      ...(problem?.status !== undefined && { status: problem.status }),
    },
  );
}

/** The page that messages lead to. A family's first look is written down: then nobody need call. */
async function open(context: Context): Promise<void> {
  const { actor, now, req } = context;
  const offerId = context.id('offerId');
  if (actor.role !== 'guardian') {
    const { offer } = await readOffer(context);
    return context.done(paths.centreOffer(offer.centreId, offerId));
  }
  if (req.method === 'GET') {
    const { offer } = await readOffer(context);
    if (offer.seenAt === null && offer.outcome === null)
      await context.database.write((tx) => seeOffer({ tx, now, actor }, { offerId }));
  }
  return await showOffer(context);
}

export const offer = routes('/offers/:offerId').get('', offerSeen, open);
