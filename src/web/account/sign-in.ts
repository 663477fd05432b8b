import { z } from 'zod';
import { Refusal } from '../../domain/refusal.ts';
import { signIn, signOut } from '../../use-cases/sign-in.ts';
import { anyone } from '../access.ts';
import type { Context } from '../context.ts';
import { parseForm, type FieldError, type Typed } from '../form.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { clearSessionCookie, sessionToken, setSessionCookie } from '../sessions.ts';
import { ticked } from '../shapes.ts';

const DEMO_ACCOUNTS = [
  'guardian@demo.kz',
  'admin@demo.kz',
  'staff@demo.kz',
  'region@demo.kz',
  'system@demo.kz',
];

const credentials = z.strictObject({
  login: z.string({ error: 'sign_in.login_missing' }).trim().min(1, 'sign_in.login_missing').max(300),
  password: z.string({ error: 'sign_in.password_missing' }).min(1, 'sign_in.password_missing').max(1000),
  remember: ticked(),
});

/** A path of this site to go on to after signing in; anything else, another site above all, is the home page. */
export function safeNext(next: string): string {
  if (!/^\/[^/\\]/.test(next) && next !== '/') return paths.home();
  // eslint-disable-next-line no-control-regex -- browsers drop control characters from addresses: '/\t/evil' is '//evil'
  return /[\u0000-\u001f\\]/.test(next) ? paths.home() : next;
}

function show(context: Context, form?: { errors: readonly FieldError[]; input: Typed }): void {
  const { t } = context;
  const next = context.query('next');
  page(
    context.res,
    'account/sign-in',
    {
      title: t('sign_in.title'),
      action: paths.signIn(next === '' ? undefined : safeNext(next)),
      continues: next !== '',
      demo: context.services.demo ? DEMO_ACCOUNTS : [],
      values: form ? form.input : { remember: 'yes' },
      errors: form?.errors,
    },
    { width: 'narrow' },
  );
}

function showSignIn(context: Context): void {
  if (context.session) context.done(safeNext(context.query('next')));
  else show(context);
}

/** Unknown accounts and wrong passwords get the same answer after the same time. */
async function enter(context: Context): Promise<void> {
  const form = parseForm(credentials, context.req.body);
  if (form.errors) return show(context, form);
  const { login, password, remember } = form.values;
  const { limits, baseUrl } = context.services;
  await limits.trySignIn(login, context.req.ip ?? '');
  try {
    const device = context.req.get('user-agent') ?? '';
    const { token, expiresAt } = await signIn(context.database, {
      login,
      password,
      remember,
      device,
      now: context.now,
    });
    await limits.signedIn(login);
    setSessionCookie(context.res, baseUrl, token, context.now, expiresAt);
    context.done(safeNext(context.query('next')));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    show(context, { errors: [{ field: 'login', key: 'sign_in.wrong' }], input: form.input });
  }
}

async function leave(context: Context): Promise<void> {
  const { baseUrl } = context.services;
  const token = sessionToken(context.req, baseUrl);
  if (token !== undefined) await signOut(context.database, token);
  clearSessionCookie(context.res, baseUrl);
  context.done(paths.home());
}

export const signInPage = routes('/sign-in').get('', anyone, showSignIn).post('', anyone, enter);
export const signOutPage = routes('/sign-out').post('', anyone, leave);
