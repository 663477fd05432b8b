import { z } from 'zod';
import { formatDate } from '../../domain/calendar-words.ts';
import { dateAt } from '../../domain/calendar.ts';
import { formatPhone, parsePhone } from '../../domain/phone.ts';
import { formatReference } from '../../domain/reference.ts';
import { refuse } from '../../domain/refusal.ts';
import { findCentre } from '../../data/centres.ts';
import { findContact } from '../../data/contacts.ts';
import { isGuardianOf } from '../../data/registration.ts';
import { printSlip } from '../../use-cases/codes.ts';
import { centreChild } from '../access.ts';
import { attempt } from '../attempt.ts';
import type { Context } from '../context.ts';
import { statusOf } from '../errors.ts';
import { clockTime } from '../figures.ts';
import { parseForm, type FieldError } from '../form.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { centreName } from '../names.ts';

const whichOf = (context: Context) => ({
  centreId: context.id('centreId'),
  childId: context.id('childId'),
  personId: context.id('personId'),
});

async function guardianOfAddress(context: Context) {
  const { centreId, childId, personId } = whichOf(context);
  return await context.database.read(async (tx) => {
    if (!(await isGuardianOf(tx, personId, childId, context.today))) return refuse('missing');
    const contact = (await findContact(tx, personId)) ?? refuse('missing');
    return { contact, centre: (await findCentre(tx, centreId))! };
  });
}

function shownLogin({ login, phone }: { login: string | null; phone: string | null }): string {
  const number = parsePhone(phone ?? login ?? '');
  return number === undefined ? (login ?? '') : formatPhone(number);
}

async function ask(context: Context, errors?: readonly FieldError[], status?: number): Promise<void> {
  const { t } = context;
  const { centreId, childId, personId } = whichOf(context);
  const { contact } = await guardianOfAddress(context);
  page(
    context.res,
    'centre/slip',
    {
      title: t('public.slip'),
      back: paths.centreChild(centreId, childId),
      action: paths.centreSlip(centreId, childId, personId),
      name: contact.name,
      login: shownLogin(contact),
      errors,
    },
    {
      width: 'narrow',
      address: paths.centreSlip(centreId, childId, personId),
      ...(status !== undefined && { status }),
    },
  );
}

const identity = z.strictObject({ identity: z.literal('yes', { error: 'public.identity_needed' }) });

/** Makes the slip and shows it once, to be printed: the code is stored nowhere but as a hash. */
async function print(context: Context): Promise<void> {
  const { t, now } = context;
  const form = parseForm(identity, context.req.body);
  if (form.errors) return await ask(context, form.errors);
  const { contact, centre } = await guardianOfAddress(context);
  const which = whichOf(context);
  const { actor } = context;
  const { refused, answer } = await attempt(
    context.database.write((tx) => printSlip({ tx, now, actor }, which)),
  );
  if (refused)
    return await ask(context, [{ field: 'identity', key: 'public.slip_refused' }], statusOf(refused.reason));
  return page(
    context.res,
    'centre/_slip',
    {
      title: t('public.slip'),
      back: paths.centreChild(which.centreId, which.childId),
      centre: centreName(centre, t.language),
      name: contact.name,
      login: shownLogin(contact),
      code: formatReference(answer.code),
      where: `${context.services.baseUrl}${paths.signInSlip()}`,
      until: `${formatDate(dateAt(answer.expiresAt))} ${clockTime(answer.expiresAt)}`,
    },
    { width: 'narrow', address: paths.centreSlip(which.centreId, which.childId, which.personId) },
  );
}

/** A one-time slip for a guardian who has no e-mail and lost the way in, after an identity check at reception. */
export const slip = routes('/centres/:centreId/children/:childId/guardians/:personId/slip')
  .get('', centreChild, (context) => ask(context))
  .post('', centreChild, print);
