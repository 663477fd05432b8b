import { z } from 'zod';
import { postponeArrival } from '../../use-cases/arrival-postponement.ts';
import { acceptOffer, refuseOffer } from '../../use-cases/offers.ts';
import { postponementError } from '../arrival.ts';
import { attempt } from '../attempt.ts';
import type { Context } from '../context.ts';
import { statusOf } from '../errors.ts';
import { parseForm } from '../form.ts';
import { paths } from '../paths.ts';
import { familyOfferAnswered } from '../access/queue.ts';
import { routes } from '../route.ts';
import { dateField } from '../shapes.ts';
import { showOffer } from './offer.ts';

const own = (context: Context) => paths.offer(context.id('offerId'));

async function accept(context: Context): Promise<void> {
  const offerId = context.id('offerId');
  const { refused } = await attempt(context.perform(acceptOffer, { offerId, channel: 'page' as const }));
  if (refused)
    return await showOffer(context, {
      errors: [{ field: '', key: `refusal.${refused.reason}` }],
      status: statusOf(refused.reason),
    });
  return context.done(own(context), { key: 'offer.accepted' });
}

const refusal = z.strictObject({ reason: z.string().trim().max(500).optional() });

async function decline(context: Context): Promise<void> {
  const offerId = context.id('offerId');
  const form = parseForm(refusal, context.req.body);
  if (form.errors) return await showOffer(context, { errors: form.errors, values: form.input });
  const { reason } = form.values;
  const { refused } = await attempt(
    context.perform(refuseOffer, { offerId, channel: 'page' as const, ...(reason && { reason }) }),
  );
  if (refused)
    return await showOffer(context, {
      errors: [{ field: '', key: `refusal.${refused.reason}` }],
      status: statusOf(refused.reason),
    });
  return context.done(own(context), { key: 'offer.refused' });
}

const postponement = z.strictObject({ toDate: dateField() });

async function postpone(context: Context): Promise<void> {
  const form = parseForm(postponement, context.req.body);
  if (form.errors) return await showOffer(context, { errors: form.errors, values: form.input });
  const { refused } = await attempt(
    context.perform(postponeArrival, { offerId: context.id('offerId'), ...form.values }),
  );
  if (!refused) return context.done(own(context), { key: 'offer.postponed' });
  return await showOffer(context, {
    errors: [postponementError(refused)],
    status: statusOf(refused.reason),
    values: form.input,
  });
}

export const offerAnswers = routes('/offers/:offerId')
  .post('/acceptance', familyOfferAnswered, accept)
  .post('/refusal', familyOfferAnswered, decline)
  .post('/postponement', familyOfferAnswered, postpone);
