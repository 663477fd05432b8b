import type { Request, Response } from 'express';
import { z } from 'zod';
import { dateAt, millisOf, type Instant } from '../domain/calendar.ts';
import { isLanguage, type Language } from '../domain/language.ts';
import { findApiToken, findSession, type Session } from '../data/accounts.ts';
import { hashToken } from '../use-cases/sign-in.ts';
import { isKey, pickLanguage, type Key } from '../i18n/translate.ts';
import type { Services } from './context.ts';
import type { Flash } from './page.ts';

const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** One cookie of a request; '' when it is absent. */
function cookie(req: Request, name: string): string {
  for (const part of (req.get('cookie') ?? '').split(';')) {
    const [key, value] = part.split(/=(.*)/s);
    if (key?.trim() === name) return value?.trim() ?? '';
  }
  return '';
}

function cookieName(baseUrl: string): string {
  return baseUrl.startsWith('https:') ? '__Host-kundiz' : 'kundiz';
}

const options = (baseUrl: string) =>
  ({ httpOnly: true, sameSite: 'lax', path: '/', secure: baseUrl.startsWith('https:') }) as const;

export function sessionToken(req: Request, baseUrl: string): string | undefined {
  const token = cookie(req, cookieName(baseUrl));
  return TOKEN.test(token) ? token : undefined;
}

export function setSessionCookie(
  res: Response,
  baseUrl: string,
  token: string,
  now: Instant,
  expiresAt: Instant,
): void {
  const maxAge = millisOf(expiresAt) - millisOf(now);
  res.cookie(cookieName(baseUrl), token, { ...options(baseUrl), maxAge });
}

export function clearSessionCookie(res: Response, baseUrl: string): void {
  res.clearCookie(cookieName(baseUrl), options(baseUrl));
}

export async function sessionOfCookie(
  req: Request,
  services: Services,
  now: Instant,
): Promise<Session | undefined> {
  const token = sessionToken(req, services.baseUrl);
  if (token === undefined) return undefined;
  return await services.database.read((tx) => findSession(tx, hashToken(token), now, dateAt(now)));
}

/** API requests: a bearer token and nothing else; cookies do not count. */
export async function sessionOfBearer(
  req: Request,
  services: Services,
  now: Instant,
): Promise<Session | undefined> {
  const [scheme, token] = (req.get('authorization') ?? '').split(' ');
  if (scheme?.toLowerCase() !== 'bearer' || token === undefined || !TOKEN.test(token)) return undefined;
  return await services.database.read((tx) => findApiToken(tx, hashToken(token), now, dateAt(now)));
}

/** From here on pages of this answer know who is signed in. */
export function introduce(req: Request, res: Response, session: Session): void {
  const { actor, language } = session;
  res.locals['language'] = languageOfRequest(req, session);
  res.locals['session'] = {
    person: { id: actor.personId, name: actor.name },
    role: actor.role,
    language,
    scope: { centreId: actor.centreId, regionCode: actor.regionCode },
  };
}

/** The language of a request: the one chosen on this device, else the person's, else the browser's. */
export function languageOfRequest(req: Request, session: Session | undefined): Language {
  const chosen = cookie(req, 'lang');
  if (isLanguage(chosen)) return chosen;
  return session?.language ?? pickLanguage(req.get('accept-language'));
}

export function setLanguageCookie(res: Response, baseUrl: string, language: Language): void {
  res.cookie('lang', language, { ...options(baseUrl), maxAge: 365 * 24 * 3600 * 1000 });
}

/** A cookie may hold anything: what no page of ours wrote is not said. */
const flashShape: z.ZodType<Flash> = z.strictObject({
  tone: z.enum(['info', 'good', 'warn', 'bad']).optional(),
  key: z.custom<Key>((key) => typeof key === 'string' && isKey(key)),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});

/** The sentence left by the page before, taken once. */
export function takeFlash(req: Request, res: Response): Flash | undefined {
  const text = cookie(req, 'flash');
  if (text === '') return undefined;
  res.clearCookie('flash', { path: '/' });
  try {
    return flashShape.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
  } catch {
    return undefined;
  }
}
