import { minOf } from '../../domain/calendar.ts';
import { refuse } from '../../domain/refusal.ts';
import { findChild } from '../../data/children.ts';
import { findEntry, listChoices } from '../../data/waiting-list.ts';
import type { Context } from '../context.ts';
import { paths } from '../paths.ts';
import { familyEntryChanged } from '../access/queue.ts';
import { routes } from '../route.ts';
import { answersOfEntry } from '../wishes/answers.ts';
import { askWish, sendWish } from '../wishes/flow.ts';
import type { WishSide } from '../wishes/side.ts';

async function read(context: Context) {
  const { actor, today } = context;
  const [childId, entryId] = [context.id('childId'), context.id('entryId')];
  return await context.database.read(async (tx) => {
    const entry = (await findEntry(tx, entryId)) ?? refuse('missing');
    const side: WishSide = {
      child: (await findChild(tx, actor, childId, today)) ?? refuse('missing'),
      centreId: null,
      entry,
      // A wish may have begun already: that day stays a right answer.
      earliest: minOf([entry.startsOn, today]),
      back: paths.entry(childId, entryId),
      action: paths.entryChange(childId, entryId),
      address: (answers) => paths.entryChange(childId, entryId, answers),
    };
    return { side, entry, choices: await listChoices(tx, entryId) };
  });
}

async function ask(context: Context): Promise<void> {
  const { side, entry, choices } = await read(context);
  if (entry.endedAt !== null) return context.done(side.back);
  return await askWish(context, side, answersOfEntry(entry, choices));
}

async function change(context: Context): Promise<void> {
  const { side } = await read(context);
  const changed = await sendWish(context, side);
  if (changed) context.done(side.back, { key: 'waiting.changed' });
}

/** The same questions as joining, beginning with what the entry wishes for now. */
export const entryChange = routes('/children/:childId/waiting-list/:entryId/change')
  .get('', familyEntryChanged, ask)
  .post('', familyEntryChanged, change);
