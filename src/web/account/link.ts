import { z } from 'zod';
import { findLink, setPasswordByLink } from '../../use-cases/new-password.ts';
import { anyone } from '../access.ts';
import type { Context } from '../context.ts';
import { parseForm } from '../form.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { ticked } from '../shapes.ts';
import { countEntry, deviceOf, goIn, newPasswordField, type Problem } from './entering.ts';

type Purpose = 'invitation' | 'reset';

const addressOf = (purpose: Purpose, token: string) =>
  purpose === 'invitation' ? paths.invitation(token) : paths.signInResetLink(token);

/** Looking at a link changes nothing: mail programs open links by themselves. */
async function show(context: Context, purpose: Purpose, problem?: Problem): Promise<void> {
  const { t } = context;
  const token = context.text('token');
  const link = await context.database.read((tx) => findLink(tx, purpose, token, context.now));
  if (!link) return showSpent(context);
  return page(
    context.res,
    'account/link',
    {
      title: t(`public.link.${purpose}`),
      lead: t('public.link_lead', { name: link.account.name }),
      action: addressOf(purpose, token),
      remembered: problem === undefined || problem.input['remember'] === 'yes',
      errors: problem?.errors,
    },
    { width: 'narrow', address: addressOf(purpose, token), personal: true },
  );
}

/** Used, replaced or too old: one answer for all, and where to go instead. */
function showSpent(context: Context): void {
  page(
    context.res,
    'account/_spent-link',
    {
      title: context.t('public.link_spent'),
      code: paths.signInCode(),
      reset: paths.signInReset(),
    },
    { width: 'narrow', address: paths.signInCode(), status: 422, personal: true },
  );
}

const shape = z.strictObject({ new_password: newPasswordField(), remember: ticked() });

async function set(context: Context, purpose: Purpose): Promise<void> {
  const form = parseForm(shape, context.req.body);
  if (form.errors) return await show(context, purpose, form);
  const token = context.text('token');
  await countEntry(context, token);
  const { new_password: password, remember } = form.values;
  const device = deviceOf(context, remember);
  const signedIn = await setPasswordByLink(context.database, { ...device, purpose, token, password });
  return signedIn ? await goIn(context, signedIn) : showSpent(context);
}

export const invitationPage = routes('/invitation/:token')
  .get('', anyone, (context) => show(context, 'invitation'))
  .post('', anyone, (context) => set(context, 'invitation'));

export const resetLinkPage = routes('/sign-in/reset/:token')
  .get('', anyone, (context) => show(context, 'reset'))
  .post('', anyone, (context) => set(context, 'reset'));
