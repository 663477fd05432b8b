import { z } from 'zod';
import { listOverdueOffers } from '../../data/offers.ts';
import { findDoubt, trustClock } from '../../use-cases/clock-watch.ts';
import { systemAdmin } from '../access.ts';
import type { Context } from '../context.ts';
import { whole
clockTime
stepOf } from '../figures.ts';
import { parseForm } from '../form.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';

/** Counted up to here; more are "500 and more" to whoever decides. */
const MOST = 500;

/** Whether the job runner believes the clock, and what would run out if it did. */
async function showClock(context: Context): Promise<void> {
  const { t, now } = context;
  const { doubt, overdue } = await context.database.read(async (tx) => ({
    doubt: await findDoubt(tx),
    overdue: (await listOverdueOffers(tx, now, MOST)).length,
  }));
  page(
    context.res,
    'system/clock',
    {
      title: t('clock.title'),
      back: paths.centres(),
      action: paths.clock(),
      doubted: doubt !== null,
      facts: [
        { term: t('clock.now'), value: whole
clockTime
stepOf(now) },
        ...(doubt === null ? [] : [{ term: t('clock.believed'), value: whole
clockTime
stepOf(doubt) }]),
        { term: t('clock.overdue'), value: String(overdue) },
      ],
    },
    { width: 'narrow' },
  );
}

async function trusted(context: Context): Promise<void> {
  parseForm(z.strictObject({}), context.req.body);
  await context.perform(async (work) => {
    await trustClock(work);
    return null;
  }, {});
  context.done(paths.clock(), { key: 'clock.trusted' });
}

export const clock = routes('/clock').get('', systemAdmin, showClock).post('', systemAdmin, trusted);
