import { z } from 'zod';
import { parseLogin } from '../../domain/login.ts';
import { SYSTEM } from '../../domain/people.ts';
import { askForResetLink } from '../../use-cases/codes.ts';
import { setPasswordByCode } from '../../use-cases/new-password.ts';
import { perform } from '../../use-cases/perform.ts';
import { anyone } from '../access.ts';
import type { Context } from '../context.ts';
import { parseForm } from '../form.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { phoneField, ticked } from '../shapes.ts';
import { sendCode } from './code.ts';
import {
  codeField,
  countEntry,
  countSending,
  deviceOf,
  goIn,
  newPasswordField,
  type Problem,
} from './entering.ts';

function showLogin(context: Context, problem?: Problem, sentTo = ''): void {
  const { t } = context;
  page(
    context.res,
    'account/reset',
    {
      title: t('public.reset'),
      action: paths.signInReset(),
      back: paths.signIn(),
      slip: paths.signInSlip(),
      sent: sentTo === '' ? '' : t('public.link_sent', { email: sentTo }),
      values: problem?.input,
      errors: problem?.errors,
    },
    { width: 'narrow', address: paths.signInReset(), personal: true },
  );
}

function showCode(context: Context, phone: string, problem?: Problem): void {
  page(
    context.res,
    'account/_reset-code',
    {
      title: context.t('public.reset'),
      action: paths.signInResetCode(),
      again: paths.signInReset(),
      phone,
      remembered: problem === undefined || problem.input['remember'] === 'yes',
      errors: problem?.errors,
    },
    { width: 'narrow', address: paths.signInReset(), personal: true },
  );
}

const asking = z.strictObject({ login: z.string({ error: 'form.required' }).trim().min(1).max(300) });

/** A link to an e-mail address, six digits to a telephone; the same answer whether anybody has it or not. */
async function send(context: Context): Promise<void> {
  const form = parseForm(asking, context.req.body);
  if (form.errors) return showLogin(context, form);
  const login = parseLogin(form.values.login);
  if (!login) {
    return showLogin(context, {
      errors: [{ field: 'login', key: 'public.problem.login' }],
      input: form.input,
    });
  }
  await countSending(context, login.value);
  if (login.kind === 'phone') {
    await sendCode(context, login.value, 'reset');
    return showCode(context, login.value);
  }
  const request = { now: context.now, actor: SYSTEM, operation: context.operation };
  await perform(context.database, request, askForResetLink, { login: login.value });
  return showLogin(context, undefined, login.value);
}

const entry = z.strictObject({
  phone: phoneField(),
  code: codeField(),
  new_password: newPasswordField(),
  remember: ticked(),
});

async function setByCode(context: Context): Promise<void> {
  const form = parseForm(entry, context.req.body);
  if (form.errors) {
    if (form.errors.some(({ field }) => field === 'phone')) return showLogin(context, form);
    return showCode(context, String(form.input['phone'] ?? ''), form);
  }
  const { phone, code, new_password: password, remember } = form.values;
  await countEntry(context, phone);
  const device = deviceOf(context, remember);
  const signedIn = await setPasswordByCode(context.database, { ...device, phone, code, password });
  if (signedIn) return await goIn(context, signedIn);
  return showCode(context, phone, {
    errors: [{ field: 'code', key: 'public.problem.code_wrong' }],
    input: form.input,
  });
}

/** A new password for whoever forgot theirs. */
export const resetPage = routes('/sign-in')
  .get('/reset', anyone, (context) => showLogin(context))
  .post('/reset', anyone, send)
  .post('/reset-code', anyone, setByCode);
