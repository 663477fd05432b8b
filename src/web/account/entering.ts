import { z } from 'zod';
import type { Device, SignedIn } from '../../use-cases/codes.ts';
import type { Context } from '../context.ts';
import type { FieldError, Typed } from '../form.ts';
import { paths } from '../paths.ts';
import { setSessionCookie } from '../sessions.ts';
import { giveBack, keptText } from './kept-form.ts';

/** Shown again after an error: what was typed, never a code or a password. */
export interface Problem {
  readonly errors: readonly FieldError[];
  readonly input: Typed;
}

/** A password as one chooses it. */
export const newPasswordField = () => z.string({ error: 'form.required' }).min(8).max(1000);

/** Six digits of an SMS, as they are typed. */
export const codeField = () =>
  z
    .string({ error: 'form.required' })
    .transform((text) => text.replace(/\s/g, ''))
    .pipe(z.string().regex(/^\d{6}$/, { error: 'public.problem.code' }));

export function deviceOf(context: Context, remember: boolean): Device {
  return { remember, device: context.req.get('user-agent') ?? '', now: context.now };
}

/** Counts a try of a code, slip or link for its account and its address. */
export async function countEntry(context: Context, account: string): Promise<void> {
  const { limits } = context.services;
  await limits.take('entryByAddress', context.req.ip ?? '');
  await limits.take('entryByAccount', account);
}

/** Counts what is sent to a telephone or an e-mail address. */
export async function countSending(context: Context, account: string): Promise<void> {
  const { limits } = context.services;
  await limits.take('codeByAddress', context.req.ip ?? '');
  await limits.take('codeByAccount', account);
}

/** Goes on signed in: with the form that waited for it, else where one was going. */
export async function goIn(
  context: Context,
  { token, expiresAt }: SignedIn,
  next = paths.home(),
): Promise<void> {
  setSessionCookie(context.res, context.services.baseUrl, token, context.now, expiresAt);
  if (keptText(context.req) === '') return context.done(next);
  if (await giveBack(context, token)) return;
  return context.done(paths.home(), { tone: 'warn', key: 'error.session.not_yours' });
}
