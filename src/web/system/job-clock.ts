import { z } from 'zod';
import { dateAt, type Instant } from '../../domain/calendar.ts';
import { formatDate } from '../../domain/calendar-words.ts';
import { listOverdueOffers } from '../../data/due-offers.ts';
import { findDoubt, trustClock } from '../../use-cases/clock-watch.ts';
import { systemAdmin } from '../access.ts';
import type { Context } from '../context.ts';
import { clockTime } from '../figures.ts';
import { parseForm } from '../form.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';

/** Counted up to here; more are "500 and more" to whoever decides. */
const MOST = 500;

const momentOf = (at: Instant): string => `${formatDate(dateAt(at))} ${clockTime(at)}`;

/** Whether the job runner believes the clock, and what would run out if it did. */
async function showClock(context: Context): Promise<void> {
  const { t, now } = context;
  const { doubt, overdue } = await context.database.read(async (tx) => ({
    doubt: await findDoubt(tx),
    overdue: (await listOverdueOffers(tx, now, MOST)).length,
  }));
  page(
    context.res,
    'system/job-clock',
    {
      title: t('clock.title'),
      back: paths.centres(),
      action: paths.clock(),
      doubted: doubt !== null,
      facts: [
        { term: t('clock.now'), value: momentOf(now) },
        ...(doubt === null ? [] : [{ term: t('clock.believed'), value: momentOf(doubt) }]),
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

export const jobClock = routes('/clock').get('', systemAdmin, showClock).post('', systemAdmin, trusted);
