import { z } from 'zod';
import { Refusal } from '../../domain/refusal.ts';
import { signIn, signOut } from '../../use-cases/sign-in.ts';
import { anyone } from '../access.ts';
import type { Context } from '../context.ts';
import { parseForm, type FieldError, type Typed } from '../form.ts';
import { TooMany } from '../limits.ts';
import { page } from '../page.ts';
import { isOwnAddress, paths } from '../paths.ts';
import { routes } from '../route.ts';
import { clearSessionCookie, sessionToken } from '../sessions.ts';
import { ticked } from '../shapes.ts';
import { goIn } from './entering.ts';
import { keepForm, keptText, pageBefore } from './kept-form.ts';

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

/** Where to go on to after signing in; what is not an address of ours is the home page. */
export const safeNext = (next: string): string => (isOwnAddress(next) ? next : paths.home());

interface Problem {
  readonly errors: readonly FieldError[];
  readonly input: Typed;
  readonly status?: number;
}

/** Where signing in leads to: an address, or a form that waits. */
interface Way {
  readonly next: string;
  readonly kept: string;
  /** Says why one is asked in the middle of something. */
  readonly again: string;
}

function wayOf(context: Context): Way {
  const kept = keptText(context.req);
  const again = kept === '' ? '' : context.t('error.session.text');
  return { next: context.query('next'), kept, again };
}

function show(context: Context, problem?: Problem, way = wayOf(context)): void {
  const { t } = context;
  const { next, kept, again } = way;
  const back = next === '' ? pageBefore(context.req) : next;
  page(
    context.res,
    'account/sign-in',
    {
      title: t(again === '' ? 'sign_in.title' : 'error.session.title'),
      action: paths.signIn(next === '' ? undefined : safeNext(next)),
      continues: next !== '',
      kept,
      again,
      demo: context.services.demo ? DEMO_ACCOUNTS : [],
      values: problem ? problem.input : { remember: 'yes' },
      errors: problem?.errors,
    },
    {
      width: 'narrow',
      personal: kept !== '',
      // Another language is another page: it cannot hold a form that waits, but knows its page.
      address: paths.signIn(kept === '' && next === '' ? undefined : safeNext(back)),
      ...(problem?.status !== undefined && { status: problem.status }),
    },
  );
}

function wayOn({ req, t }: Context): Way {
  if (req.method === 'GET') return { next: req.originalUrl, kept: '', again: '' };
  const kept = keepForm(req);
  if (kept !== '') return { next: '', kept, again: t('error.session.text') };
  return { next: pageBefore(req), kept, again: t('error.session.too_long') };
}

/**
 * The answer to a form, or to a part of a page, that was asked for without a session: signing in goes on to it. To htmx
 * too it is a whole page in place of the whole page.
 */
export function askToSignInAgain(context: Context): void {
  const way = wayOn(context);
  context.res.set({ 'HX-Retarget': 'body', 'HX-Reswap': 'innerHTML' });
  show(context, { errors: [], input: { remember: 'yes' }, status: 401 }, way);
}

function showSignIn(context: Context): void {
  if (context.session) context.done(safeNext(context.query('next')));
  else show(context);
}

/** A form that waits is not lost to too many tries: they are told on its page. */
async function countTry(context: Context, login: string, input: Typed): Promise<boolean> {
  try {
    await context.services.limits.trySignIn(login, context.req.ip ?? '');
    return true;
  } catch (error) {
    if (!(error instanceof TooMany) || keptText(context.req) === '') throw error;
    context.res.set('Retry-After', String(error.retryAfterSeconds));
    show(context, { errors: [{ field: '', key: 'refusal.too_many' }], input, status: 429 });
    return false;
  }
}

function unknown(error: unknown): undefined {
  if (!(error instanceof Refusal)) throw error;
}

/** Unknown accounts and wrong passwords get the same answer after the same time. */
async function enter(context: Context): Promise<void> {
  const form = parseForm(credentials, context.req.body);
  if (form.errors) return show(context, form);
  const { login, password, remember } = form.values;
  if (!(await countTry(context, login, form.input))) return;
  const device = context.req.get('user-agent') ?? '';
  const { now } = context;
  const signedIn = await signIn(context.database, { login, password, remember, device, now }).catch(unknown);
  if (!signedIn)
    return show(context, { errors: [{ field: 'login', key: 'sign_in.wrong' }], input: form.input });
  await context.services.limits.signedIn(login);
  return await goIn(context, signedIn, safeNext(context.query('next')));
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
