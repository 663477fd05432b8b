import { z } from 'zod';
import { SYSTEM } from '../../domain/people.ts';
import type { Phone } from '../../domain/phone.ts';
import { askForCode, signInByCode } from '../../use-cases/codes.ts';
import { perform } from '../../use-cases/perform.ts';
import { anyone } from '../access.ts';
import type { Context } from '../context.ts';
import { parseForm } from '../form.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { phoneField, ticked } from '../shapes.ts';
import { codeField, countEntry, countSending, deviceOf, goIn, type Problem } from './entering.ts';
import { keptText } from './kept-form.ts';

function showPhone(context: Context, problem?: Problem): void {
  page(
    context.res,
    'account/code',
    {
      title: context.t('public.by_code'),
      action: paths.signInCode(),
      back: paths.signIn(),
      others: [
        { href: paths.signInSlip(), text: context.t('public.by_slip') },
        { href: paths.signInReset(), text: context.t('public.reset') },
      ],
      kept: keptText(context.req),
      values: problem?.input,
      errors: problem?.errors,
    },
    { width: 'narrow', address: paths.signInCode(), personal: true },
  );
}

/** Where the code is entered. The same page for every telephone, known or not. */
function showEntry(context: Context, phone: string, problem?: Problem): void {
  page(
    context.res,
    'account/_entry',
    {
      title: context.t('public.enter_code'),
      action: paths.signInCodeEntry(),
      again: paths.signInCode(),
      kept: keptText(context.req),
      phone,
      remembered: problem === undefined || problem.input['remember'] === 'yes',
      errors: problem?.errors,
    },
    { width: 'narrow', address: paths.signInCode(), personal: true },
  );
}

const asking = z.strictObject({ phone: phoneField() });

/** Known and unknown numbers get the same answer; both write, so both take their time. */
async function send(context: Context): Promise<void> {
  // From the sign-in page with a form that waits: the telephone is asked for here.
  if (keptText(context.req) !== '' && context.req.body['phone'] === undefined) return showPhone(context);
  const form = parseForm(asking, context.req.body);
  if (form.errors) return showPhone(context, form);
  const { phone } = form.values;
  await countSending(context, phone);
  await sendCode(context, phone, 'sign_in');
  return showEntry(context, phone);
}

/** Sends a code once, however often the button is tapped. */
export async function sendCode(context: Context, phone: Phone, purpose: 'sign_in' | 'reset'): Promise<void> {
  const request = { now: context.now, actor: SYSTEM, operation: context.operation };
  await perform(context.database, request, askForCode, { phone, purpose });
}

const entry = z.strictObject({ phone: phoneField(), code: codeField(), remember: ticked() });

async function enter(context: Context): Promise<void> {
  const form = parseForm(entry, context.req.body);
  if (form.errors) {
    if (form.errors.some(({ field }) => field === 'phone')) return showPhone(context, form);
    return showEntry(context, String(form.input['phone'] ?? ''), form);
  }
  const { phone, code, remember } = form.values;
  await countEntry(context, phone);
  const signedIn = await signInByCode(context.database, { ...deviceOf(context, remember), phone, code });
  if (signedIn) return await goIn(context, signedIn);
  return showEntry(context, phone, {
    errors: [{ field: 'code', key: 'public.problem.code_wrong' }],
    input: form.input,
  });
}

/** Signing in with a telephone and nothing else: six digits by SMS. */
export const codePage = routes('/sign-in/code')
  .get('', anyone, (context) => showPhone(context))
  .post('', anyone, send)
  .post('/entry', anyone, enter);
