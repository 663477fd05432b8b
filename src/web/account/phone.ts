import { z } from 'zod';
import { formatPhone, parsePhone } from '../../domain/phone.ts';
import { findContact } from '../../data/contacts.ts';
import { askForPhoneCode, changePhoneByCode } from '../../use-cases/phone.ts';
import { hashToken } from '../../use-cases/sign-in.ts';
import { signedIn } from '../access.ts';
import { attempt } from '../attempt.ts';
import type { Context } from '../context.ts';
import { statusOf } from '../errors.ts';
import { parseForm, type FieldError } from '../form.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { sessionToken } from '../sessions.ts';
import { phoneField } from '../shapes.ts';
import { codeField, countEntry, countSending, type Problem } from './entering.ts';

async function ownPhone({ database, actor }: Context): Promise<string | null> {
  const contact = await database.read((tx) => findContact(tx, actor.personId));
  return contact?.phone ?? (contact?.login?.includes('@') === false ? contact.login : null);
}

async function showPhone(context: Context, problem?: Problem & { status?: number }): Promise<void> {
  const { t } = context;
  const current = parsePhone((await ownPhone(context)) ?? '');
  page(
    context.res,
    'account/phone',
    {
      title: t('phone.title'),
      back: paths.account(),
      action: paths.accountPhone(),
      current: current === undefined ? t('account.not_stated') : formatPhone(current),
      values: problem?.input,
      errors: problem?.errors,
    },
    {
      width: 'narrow',
      address: paths.accountPhone(),
      ...(problem?.status !== undefined && { status: problem.status }),
    },
  );
}

/** Where the code is entered: the same page whoever has the number. */
function showEntry(context: Context, phone: string, errors?: readonly FieldError[]): void {
  page(
    context.res,
    'account/_phone-code',
    {
      title: context.t('public.enter_code'),
      action: paths.accountPhoneCode(),
      again: paths.accountPhone(),
      phone,
      errors,
    },
    { width: 'narrow', address: paths.accountPhone() },
  );
}

const asking = z.strictObject({ phone: phoneField() });

async function send(context: Context): Promise<void> {
  const form = parseForm(asking, context.req.body);
  if (form.errors) return await showPhone(context, form);
  const { phone } = form.values;
  if (phone === (await ownPhone(context)))
    return await showPhone(context, { errors: [{ field: 'phone', key: 'phone.same' }], input: form.input });
  await countSending(context, phone);
  await context.perform(askForPhoneCode, { phone });
  return showEntry(context, phone);
}

const entry = z.strictObject({ phone: phoneField(), code: codeField() });

async function enter(context: Context): Promise<void> {
  const form = parseForm(entry, context.req.body);
  if (form.errors) {
    if (form.errors.some(({ field }) => field !== 'code')) return await showPhone(context, form);
    return showEntry(context, String(form.input['phone'] ?? ''), form.errors);
  }
  const { phone, code } = form.values;
  await countEntry(context, `person ${context.actor.personId}`);
  const keepTokenHash = hashToken(sessionToken(context.req, context.services.baseUrl) ?? '');
  const { refused, answer } = await attempt(
    context.perform(changePhoneByCode, { phone, code, keepTokenHash }),
  );
  if (refused) {
    const key = refused.details.errors ? 'phone.taken' : (`refusal.${refused.reason}` as const);
    const status = statusOf(refused.reason);
    return await showPhone(context, { errors: [{ field: 'phone', key }], input: form.input, status });
  }
  if (!answer.changed)
    return showEntry(context, phone, [{ field: 'code', key: 'public.problem.code_wrong' }]);
  return context.done(paths.account(), { key: 'phone.changed' });
}

/** One's own telephone: a code to the new number proves that it is one's own. */
export const phone = routes('/account/phone')
  .get('', signedIn, (context) => showPhone(context))
  .post('', signedIn, send)
  .post('/code', signedIn, enter);
