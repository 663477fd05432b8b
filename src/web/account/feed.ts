import { z } from 'zod';
import { endFeed, makeFeed } from '../../use-cases/calendar-feeds.ts';
import { feedOwner } from '../access/roster.ts';
import type { Context } from '../context.ts';
import { parseForm } from '../form.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { idField } from '../shapes.ts';
import { showAccount } from './account.ts';

const ALREADY_MADE = { errors: [{ field: '', key: 'feed.already' }], input: {} } as const;

/** The address is shown in the answer to the form and never again: only the hash of its secret is stored. */
async function add(context: Context): Promise<void> {
  const form = parseForm(z.strictObject({}), context.req.body);
  if (form.errors) return await showAccount(context, form);
  const { t } = context;
  let made: { id: number; token: string } | undefined;
  const keep = (newest: { id: number; token: string }) => void (made = newest);
  const { id } = await context.perform(makeFeed, { keep });
  // A second tap: the first one's address went with its answer.
  if (made?.id !== id) return await showAccount(context, { ...ALREADY_MADE, status: 409 });
  return page(
    context.res,
    'account/feed',
    { title: t('feed.made'), feed: `${context.services.baseUrl}${paths.calendarFeed(made.token)}` },
    { width: 'narrow', address: paths.account() },
  );
}

async function revoke(context: Context): Promise<void> {
  const form = parseForm(z.strictObject({ feedId: idField() }), context.req.body);
  if (form.errors) return await showAccount(context, form);
  await context.perform(endFeed, { feedId: form.values.feedId });
  return context.done(paths.account(), { key: 'feed.revoked' });
}

/** Calendars for the telephone's own program: made and revoked on the account page. */
export const feed = routes('/account/feeds').post('', feedOwner, add).post('/revocation', feedOwner, revoke);
