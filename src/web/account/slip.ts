import { z } from 'zod';
import { parseLogin } from '../../domain/login.ts';
import { readReference } from '../../domain/reference.ts';
import { setPasswordBySlip } from '../../use-cases/new-password.ts';
import { anyone } from '../access.ts';
import type { Context } from '../context.ts';
import { parseForm } from '../form.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { ticked } from '../shapes.ts';
import { countEntry, deviceOf, goIn, newPasswordField, type Problem } from './entering.ts';

function show(context: Context, problem?: Problem): void {
  page(
    context.res,
    'account/slip',
    {
      title: context.t('public.by_slip'),
      action: paths.signInSlip(),
      back: paths.signIn(),
      remembered: problem === undefined || problem.input['remember'] === 'yes',
      values: problem?.input,
      errors: problem?.errors,
    },
    { width: 'narrow', address: paths.signInSlip(), personal: true },
  );
}

const shape = z.strictObject({
  login: z.string({ error: 'form.required' }).trim().min(1).max(300),
  slip_code: z.string({ error: 'form.required' }).trim().min(1).max(40),
  new_password: newPasswordField(),
  remember: ticked(),
});

async function enter(context: Context): Promise<void> {
  const form = parseForm(shape, context.req.body);
  if (form.errors) return show(context, form);
  const login = parseLogin(form.values.login)?.value;
  const slip = readReference(form.values.slip_code);
  await countEntry(context, login ?? '');
  const { new_password: password, remember } = form.values;
  const signedIn =
    login !== undefined && slip !== undefined
      ? await setPasswordBySlip(context.database, { ...deviceOf(context, remember), login, slip, password })
      : undefined;
  if (signedIn) return await goIn(context, signedIn);
  return show(context, { errors: [{ field: 'slip_code', key: 'public.problem.slip' }], input: form.input });
}

/** Signing in with a slip from reception: it sets a password. */
export const slipPage = routes('/sign-in/slip')
  .get('', anyone, (context) => show(context))
  .post('', anyone, enter);
