import { z } from 'zod';
import { formatDate } from '../../domain/calendar-words.ts';
import { dateAt } from '../../domain/calendar.ts';
import { isCentrePerson } from '../../domain/people.ts';
import { isRegionCode, regionName } from '../../domain/regions.ts';
import { listApiTokens, listAssignments, listSessions, type Assignment } from '../../data/accounts.ts';
import { listFeeds } from '../../data/calendar-feeds.ts';
import { findCentre } from '../../data/centres.ts';
import { findContact } from '../../data/contacts.ts';
import { findHome } from '../../data/workdays.ts';
import { changePassword, endSession, hashToken, switchRole } from '../../use-cases/sign-in.ts';
import { LANGUAGES } from '../../i18n/translate.ts';
import { signedIn } from '../access.ts';
import { attempt } from '../attempt.ts';
import { centreName } from '../names.ts';
import type { Context } from '../context.ts';
import { parseForm, type FieldError, type Typed } from '../form.ts';
import { page } from '../page.ts';
import { paths, withQuery } from '../paths.ts';
import { routes } from '../route.ts';
import { sessionToken } from '../sessions.ts';
import { idField } from '../shapes.ts';
import { contactLines } from './contact-lines.ts';
import { deviceWords } from './device-words.ts';

interface Problem {
  readonly errors: readonly FieldError[];
  readonly input: Typed;
  readonly status?: number;
}

function ownToken(context: Context): string {
  return hashToken(sessionToken(context.req, context.services.baseUrl) ?? '');
}

async function scopeWords(context: Context, { regionCode, centreId }: Assignment): Promise<string> {
  if (regionCode !== null && isRegionCode(regionCode)) return regionName(regionCode, context.language);
  if (centreId === null) return '';
  const centre = await context.database.read((tx) => findCentre(tx, centreId));
  return centre ? centreName(centre, context.language) : '';
}

/** One's own account; with a problem, the answer to the form that has it. */
export async function showAccount(context: Context, problem?: Problem): Promise<void> {
  const { t, actor, now } = context;
  const { sessions, tokens, roles, contact, home, feeds } = await context.database.read(async (tx) => ({
    contact: await findContact(tx, actor.personId),
    home: await findHome(tx, actor.personId),
    feeds: await listFeeds(tx, actor.personId),
    sessions: await listSessions(tx, actor.personId, now),
    tokens: await listApiTokens(tx, actor.personId, now),
    roles: await listAssignments(tx, actor.personId, context.today),
  }));
  const own = ownToken(context);
  const acting = roles.find((role) => role.id === actor.assignmentId);
  const scope = acting ? await scopeWords(context, acting) : '';
  page(
    context.res,
    'account/account',
    {
      title: t('account.title'),
      facts: [
        { term: t('account.name'), value: actor.name },
        {
          term: t('account.role'),
          value: [t(`role.${actor.role}`), scope].filter((text) => text !== '').join(' · '),
        },
      ],
      contacts: contactLines(context, contact, home),
      languages: LANGUAGES.map(({ code, name }) => ({
        code,
        name,
        href: withQuery(paths.account(), { lang: code }),
        current: code === context.language,
      })),
      roles: await Promise.all(
        roles.map(async (role) => ({
          id: role.id,
          text: t(`role.${role.role}`),
          scope: await scopeWords(context, role),
          current: role.id === actor.assignmentId,
        })),
      ),
      sessions: sessions.map((session) => ({
        id: session.id,
        device: deviceWords(session.device) || t('account.unknown_device'),
        since: t('account.since', { date: formatDate(dateAt(session.createdAt)) }),
        current: session.tokenHash === own,
      })),
      tokens: tokens.map((token) => ({
        id: token.id,
        label: token.label,
        until: t('account.until', { date: formatDate(dateAt(token.expiresAt)) }),
      })),
      feeds:
        actor.role === 'guardian' || isCentrePerson(actor)
          ? feeds.map(({ id, createdAt }) => ({
              id,
              since: t('feed.since', { date: formatDate(dateAt(createdAt)) }),
            }))
          : undefined,
      values: problem?.input,
      errors: problem?.errors,
    },
    {
      width: 'narrow',
      address: paths.account(),
      ...(problem?.status !== undefined && { status: problem.status }),
    },
  );
}

async function chooseRole(context: Context): Promise<void> {
  const form = parseForm(z.strictObject({ assignmentId: idField() }), context.req.body);
  if (form.errors) return await showAccount(context, form);
  await context.perform(switchRole, { assignmentId: form.values.assignmentId, tokenHash: ownToken(context) });
  return context.done(paths.home());
}

async function end(context: Context): Promise<void> {
  const form = parseForm(z.strictObject({ sessionId: idField() }), context.req.body);
  if (form.errors) return await showAccount(context, form);
  await context.perform(endSession, { sessionId: form.values.sessionId });
  return context.done(paths.account(), { key: 'account.session_ended' });
}

const passwords = z.strictObject({
  current_password: z
    .string({ error: 'account.current_missing' })
    .min(1, 'account.current_missing')
    .max(1000),
  new_password: z.string({ error: 'account.new_too_short' }).min(8, 'account.new_too_short').max(1000),
});

async function newPassword(context: Context): Promise<void> {
  const form = parseForm(passwords, context.req.body);
  if (form.errors) return await showAccount(context, form);
  const { limits } = context.services;
  await limits.trySignIn(`person ${context.actor.personId}`, context.req.ip ?? '');
  const { refused } = await attempt(
    changePassword(context.database, {
      personId: context.actor.personId,
      current: form.values.current_password,
      next: form.values.new_password,
      keepTokenHash: ownToken(context),
      now: context.now,
    }),
  );
  if (refused)
    return await showAccount(context, {
      errors: [{ field: 'current_password', key: 'account.wrong_password' }],
      input: form.input,
    });
  return context.done(paths.account(), { key: 'account.password_changed' });
}

export const account = routes('/account')
  .get('', signedIn, (context) => showAccount(context))
  .post('/role', signedIn, chooseRole)
  .post('/sessions', signedIn, end)
  .post('/password', signedIn, newPassword);
