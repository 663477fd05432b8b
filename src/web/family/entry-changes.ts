import { z } from 'zod';
import { refuse, type Refusal } from '../../domain/refusal.ts';
import { listOffers } from '../../data/offers.ts';
import { findEntry } from '../../data/waiting-list.ts';
import { takePart } from '../../use-cases/part-places.ts';
import {
  joinTogether,
  pauseEntry,
  restoreEntry,
  resumeEntry,
  withdrawEntry,
} from '../../use-cases/waiting-list.ts';
import type { Work } from '../../use-cases/perform.ts';
import type { Key } from '../../i18n/translate.ts';
import { attempt } from '../attempt.ts';
import type { Context } from '../context.ts';
import { statusOf } from '../errors.ts';
import { parseForm, type FieldError } from '../form.ts';
import { page } from '../page.ts';
import { storedPatternWords } from '../pattern-words.ts';
import { paths } from '../paths.ts';
import { familyEntryChanged } from '../access/queue.ts';
import { routes } from '../route.ts';
import { idField } from '../shapes.ts';
import { siblingEntries } from '../wishes/check.ts';
import { showEntry } from './entry.ts';

const own = (context: Context) => paths.entry(context.id('childId'), context.id('entryId'));

async function refused(context: Context, refusal: Refusal, key?: Key): Promise<void> {
  const errors: FieldError[] = [{ field: '', key: key ?? `refusal.${refusal.reason}` }];
  return await showEntry(context, { errors, status: statusOf(refusal.reason) });
}

const act =
  (useCase: (work: Work, input: { entryId: number }) => Promise<unknown>, key: Key) =>
  async (context: Context): Promise<void> => {
    const done = await attempt(context.perform(useCase, { entryId: context.id('entryId') }));
    if (done.refused) return await refused(context, done.refused);
    return context.done(own(context), { key });
  };

/** Asked before it is done: the place in the queue is lost with it. */
async function showWithdrawal(context: Context): Promise<void> {
  const { t } = context;
  const entryId = context.id('entryId');
  const { entry, live } = await context.database.read(async (tx) => ({
    entry: (await findEntry(tx, entryId)) ?? refuse('missing'),
    live: await listOffers(tx, { entryId, live: true }),
  }));
  if (entry.endedAt !== null) return context.done(own(context));
  return page(
    context.res,
    'errors/confirm',
    {
      title: t('waiting.withdraw_title'),
      text: t(live.length > 0 ? 'waiting.withdraw_text_offer' : 'waiting.withdraw_text'),
      facts: [{ term: t('waiting.hours'), value: storedPatternWords(entry.pattern, t) }],
      action: paths.entryWithdrawal(entry.childId, entryId),
      button: t('waiting.withdraw_button'),
      danger: true,
      cancel: { href: own(context) },
    },
    { width: 'narrow' },
  );
}

const ticked = z.object({ together: z.union([z.string(), z.array(z.string())]).optional() });

/** Comes together with the ticked brothers and sisters, or on its own where none is ticked. */
async function tieSiblings(context: Context): Promise<void> {
  const form = parseForm(ticked, context.req.body);
  const chosen = [form.values?.together ?? []].flat();
  const known = await context.database.read((tx) => siblingEntries(context, tx, context.id('childId')));
  const ids = known.map(({ entry }) => entry.id);
  const withIds = chosen.map((text) => ids.find((id) => String(id) === text) ?? refuse('missing'));
  const done = await attempt(context.perform(joinTogether, { entryId: context.id('entryId'), withIds }));
  if (done.refused) return await refused(context, done.refused);
  return context.done(own(context), { key: withIds.length > 0 ? 'waiting.tied' : 'waiting.untied' });
}

const part = z.strictObject({ groupId: idField(), pattern: z.string().max(20_000) });

async function take(context: Context): Promise<void> {
  const form = parseForm(part, context.req.body);
  if (form.errors)
    return await showEntry(context, { errors: [{ field: '', key: 'waiting.part_gone' }], status: 422 });
  const asked = { entryId: context.id('entryId'), ...form.values };
  const done = await attempt(context.perform(takePart, asked));
  if (done.refused)
    return await refused(
      context,
      done.refused,
      done.refused.reason === 'full' ? 'waiting.part_gone' : undefined,
    );
  return context.done(paths.offer(done.answer.offerId), { key: 'waiting.part_taken' });
}

export const entryChanges = routes('/children/:childId/waiting-list/:entryId')
  .post('/pause', familyEntryChanged, act(pauseEntry, 'waiting.paused_now'))
  .post('/resumption', familyEntryChanged, act(resumeEntry, 'waiting.resumed'))
  .post('/restoration', familyEntryChanged, act(restoreEntry, 'waiting.restored'))
  .get('/withdrawal', familyEntryChanged, showWithdrawal)
  .post('/withdrawal', familyEntryChanged, act(withdrawEntry, 'waiting.withdrawn'))
  .post('/siblings', familyEntryChanged, tieSiblings)
  .post('/part', familyEntryChanged, take);
