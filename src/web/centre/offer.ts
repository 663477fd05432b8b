import { z } from 'zod';
import { callFrom, CALL_OUTCOMES } from '../../domain/offer.ts';
import { holdsOn } from '../../domain/people.ts';
import { formatPhone, parsePhone } from '../../domain/phone.ts';
import { refuse, type Refusal } from '../../domain/refusal.ts';
import { findPostponement } from '../../data/arrival-postponements.ts';
import { findAnswer } from '../../data/offer-answers.ts';
import { listBookings } from '../../data/bookings.ts';
import { listCalls } from '../../data/offer-calls.ts';
import { findOffer, listOffers } from '../../data/offers.ts';
import { findTerms } from '../../data/order-rules.ts';
import { listGuardians, type Guardian } from '../../data/registration.ts';
import { listTakenBack } from '../../data/taken-back.ts';
import { findEntry } from '../../data/waiting-list.ts';
import { postponeArrival } from '../../use-cases/arrival-postponement.ts';
import { recordCall } from '../../use-cases/offer-calls.ts';
import { acceptOffer, refuseOffer, withdrawOffer } from '../../use-cases/offers.ts';
import { allowAgain } from '../../use-cases/taken-back.ts';
import { postponement, postponementError } from '../arrival.ts';
import { attempt } from '../attempt.ts';
import type { Context } from '../context.ts';
import { formatPeriod } from '../dates.ts';
import { statusOf } from '../errors.ts';
import { parseForm, type FieldError, type Typed } from '../form.ts';
import { page } from '../page.ts';
import { storedPatternWords } from '../pattern-words.ts';
import { paths } from '../paths.ts';
import { listReplaced } from '../family/offer-reading.ts';
import { centreOffer } from '../access/queue.ts';
import { dueWords, instantWords } from '../queue-words.ts';
import { routes } from '../route.ts';
import { dateField } from '../shapes.ts';
import { shiftWords } from '../shifted-hours.ts';
import { formatDate } from '../../domain/calendar-words.ts';
import { callWords, isToCall } from './call-words.ts';
import { OUTCOME_TONES } from './offers.ts';

const SHIFTED = { whole: 'offer.shifted_for', less: 'offer.shorter_for' } as const;

interface Problem {
  readonly errors: readonly FieldError[];
  readonly status?: number;
  readonly values?: Typed;
}

function contactOf({ name, phone: stored, mayBook }: Guardian, { t }: Context) {
  const phone = stored === null ? undefined : parsePhone(stored);
  return {
    name,
    phone: phone === undefined ? '' : formatPhone(phone),
    href: phone === undefined ? '' : `tel:${phone}`,
    answers: mayBook ? '' : t('offer.may_not_answer'),
  };
}

async function readOffer(context: Context) {
  const { today } = context;
  return await context.database.read(async (tx) => {
    const offer = (await findOffer(tx, context.id('offerId'))) ?? refuse('missing');
    return {
      offer,
      terms: await findTerms(tx, offer.ruleId),
      calls: await listCalls(tx, [offer.id]),
      answer: await findAnswer(tx, offer.id),
      postponed: await findPostponement(tx, offer.id),
      entry: await findEntry(tx, offer.entryId),
      booked:
        offer.outcome === 'accepted'
          ? await listBookings(tx, {
              childIds: [offer.childId],
              groupIds: [offer.groupId],
              from: offer.startsOn,
              to: offer.endsOn,
              occupying: true,
            })
          : [],
      withheld:
        offer.outcome === 'withdrawn' &&
        (await listTakenBack(tx, offer.groupId, today)).some((each) => each.offerId === offer.id),
      replaced: offer.outcome === null ? await listReplaced(tx, offer) : [],
      bundle:
        offer.bundle === null
          ? []
          : (await listOffers(tx, { bundle: offer.bundle, groupIds: [offer.groupId] })).filter(
              (each) => each.id !== offer.id && each.offeredAt === offer.offeredAt,
            ),
      guardians: (await listGuardians(tx, offer.childId, today)).filter(
        (guardian) => holdsOn(guardian, today) && (guardian.mayBook || guardian.mayBeTold),
      ),
    };
  });
}

/** An offer as the centre sees it: how it stands, whom to call, and answering for the family by telephone. */
async function showOffer(context: Context, problem?: Problem): Promise<void> {
  const { t, now } = context;
  const { offer, ...seen } = await readOffer(context);
  const { centreId, id } = offer;
  const live = offer.outcome === null && now < offer.expiresAt;
  const state = offer.outcome ?? (live ? 'live' : 'expired');
  page(
    context.res,
    'centre/offer',
    {
      title: [offer, ...seen.bundle].map((each) => each.childName).join(', '),
      back: paths.centreOffers(centreId),
      child: paths.centreChild(centreId, offer.childId),
      state: {
        tone: offer.outcome === null ? (live ? 'warn' : 'bad') : OUTCOME_TONES[offer.outcome],
        text: t(`offer.outcome.${state}`),
      },
      seen: offer.seenAt === null ? t('offer.unseen') : t('offer.seen', { when: instantWords(offer.seenAt) }),
      call: isToCall(offer, seen.calls, now)
        ? t('offer.call_now')
        : live && offer.seenAt === null
          ? t('offer.call_from', { when: instantWords(callFrom(offer.expiresAt)) })
          : '',
      facts: [
        { term: t('booking.group'), value: offer.groupName },
        { term: t('waiting.hours'), value: storedPatternWords(offer.pattern, t) },
        { term: t('steps.period_term'), value: formatPeriod(offer.startsOn, offer.endsOn) },
        {
          term: t('waiting.place'),
          value: t('waiting.position', { position: String(offer.position), of: String(offer.of) }),
        },
        { term: t('offer.offered_at'), value: instantWords(offer.offeredAt) },
        { term: t('offer.due'), value: dueWords(offer, t) },
        ...(seen.answer
          ? [
              {
                term: t('offer.ended_at'),
                value: `${instantWords(seen.answer.at)}, ${t(`offer.channel.${seen.answer.channel}`)}`,
              },
            ]
          : []),
        ...(offer.reason ? [{ term: t('public.reason'), value: offer.reason }] : []),
        ...(seen.postponed
          ? [{ term: t('offer.postponed_term'), value: formatDate(seen.postponed.toDate) }]
          : []),
        { term: t('series.reference'), value: `O-${id}` },
      ],
      shifted: shiftWords(offer, seen.entry, SHIFTED, t),
      replaced: seen.replaced.length > 0 ? t('offer.replaces_count', { n: seen.replaced.length }) : '',
      bundle: seen.bundle.length > 0 ? t('offer.bundle', { n: seen.bundle.length + 1 }) : '',
      contacts: seen.guardians.map((guardian) => contactOf(guardian, context)),
      calls: seen.calls.map((call) => callWords(call, t)),
      outcomes: CALL_OUTCOMES.map((value) => ({ value, text: t(`offer.call.${value}`) })),
      live,
      postpone: seen.postponed
        ? undefined
        : postponement(seen.booked, context.today, paths.centreOfferPostponement(centreId, id), t),
      accept: paths.centreOfferAcceptance(centreId, id),
      refuse: paths.centreOfferRefusal(centreId, id),
      withdraw: paths.centreOfferWithdrawal(centreId, id),
      record: paths.centreOfferCalls(centreId, id),
      again: seen.withheld ? paths.centreOfferPermission(centreId, id) : '',
      values: problem?.values ?? {},
      errors: problem?.errors,
    },
    {
      address: paths.centreOffer(centreId, id),
      ...(problem?.status !== undefined && { status: problem.status }),
    },
  );
}

const own = (context: Context) => paths.centreOffer(context.id('centreId'), context.id('offerId'));

const problemOf = ({ reason }: Refusal, values: Typed = {}): Problem => ({
  errors: [{ field: '', key: `refusal.${reason}` }],
  status: statusOf(reason),
  values,
});

async function accept(context: Context): Promise<void> {
  const asked = { offerId: context.id('offerId'), channel: 'telephone' as const };
  const { refused } = await attempt(context.perform(acceptOffer, asked));
  if (refused) return await showOffer(context, problemOf(refused));
  return context.done(own(context), { key: 'offer.accepted_for' });
}

const refusal = z.strictObject({ refusal: z.string().trim().max(500).optional() });

async function decline(context: Context): Promise<void> {
  const form = parseForm(refusal, context.req.body);
  if (form.errors) return await showOffer(context, { errors: form.errors, values: form.input });
  const reason = form.values.refusal;
  const asked = {
    offerId: context.id('offerId'),
    channel: 'telephone' as const,
    ...(reason && { reason }),
  };
  const { refused } = await attempt(context.perform(refuseOffer, asked));
  if (refused) return await showOffer(context, problemOf(refused, form.input));
  return context.done(own(context), { key: 'offer.refused_for' });
}

const withdrawal = z.strictObject({ reason: z.string({ error: 'form.required' }).trim().min(1).max(500) });

async function takeBack(context: Context): Promise<void> {
  const form = parseForm(withdrawal, context.req.body);
  if (form.errors) return await showOffer(context, { errors: form.errors, values: form.input });
  const asked = { offerId: context.id('offerId'), ...form.values };
  const { refused } = await attempt(context.perform(withdrawOffer, asked));
  if (refused) return await showOffer(context, problemOf(refused, form.input));
  return context.done(own(context), { key: 'offer.taken_back' });
}

async function allow(context: Context): Promise<void> {
  const { refused } = await attempt(context.perform(allowAgain, { offerId: context.id('offerId') }));
  if (refused) return await showOffer(context, problemOf(refused));
  return context.done(own(context), { key: 'offer.allowed_again' });
}

const postponed = z.strictObject({ toDate: dateField() });

/** Illness or hospital, told by telephone: once, as the family may do it. */
async function postpone(context: Context): Promise<void> {
  const form = parseForm(postponed, context.req.body);
  if (form.errors) return await showOffer(context, { errors: form.errors, values: form.input });
  const asked = { offerId: context.id('offerId'), ...form.values };
  const { refused } = await attempt(context.perform(postponeArrival, asked));
  if (refused)
    return await showOffer(context, {
      ...problemOf(refused, form.input),
      errors: [postponementError(refused)],
    });
  return context.done(own(context), { key: 'offer.postponed_for' });
}

const call = z.strictObject({
  outcome: z.enum(CALL_OUTCOMES, { error: 'form.choose_one' }),
  note: z.string().trim().max(500).default(''),
});

async function record(context: Context): Promise<void> {
  const form = parseForm(call, context.req.body);
  if (form.errors) return await showOffer(context, { errors: form.errors, values: form.input });
  const asked = { offerId: context.id('offerId'), ...form.values };
  const { refused } = await attempt(context.perform(recordCall, asked));
  if (refused) return await showOffer(context, problemOf(refused, form.input));
  return context.done(own(context), { key: 'offer.call_recorded' });
}

export const offer = routes('/centres/:centreId/offers/:offerId')
  .get('', centreOffer, (context) => showOffer(context))
  .post('/acceptance', centreOffer, accept)
  .post('/refusal', centreOffer, decline)
  .post('/withdrawal', centreOffer, takeBack)
  .post('/permission', centreOffer, allow)
  .post('/postponement', centreOffer, postpone)
  .post('/calls', centreOffer, record);
