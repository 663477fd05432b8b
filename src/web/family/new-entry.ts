import { refuse } from '../../domain/refusal.ts';
import { findChild } from '../../data/children.ts';
import { guardianWhoBooks } from '../access.ts';
import type { Context } from '../context.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { askWish, sendWish } from '../wishes/flow.ts';
import type { WishSide } from '../wishes/side.ts';

async function sideOf(context: Context): Promise<WishSide> {
  const { actor, today } = context;
  const childId = context.id('childId');
  const child = await context.database.read((tx) => findChild(tx, actor, childId, today));
  return {
    child: child ?? refuse('missing'),
    centreId: null,
    entry: undefined,
    earliest: today,
    back: paths.child(childId),
    action: paths.childEntries(childId),
    address: (answers) => paths.newEntry(childId, answers),
  };
}

async function join(context: Context): Promise<void> {
  const side = await sideOf(context);
  const joined = await sendWish(context, side);
  if (joined) context.done(paths.entry(side.child.id, joined.id), { key: 'waiting.joined' });
}

/** Joining the waiting list: from find hours with everything answered, or from the first question. */
export const newEntry = routes('/children/:childId/waiting-list')
  .get('/new', guardianWhoBooks, async (context) => askWish(context, await sideOf(context)))
  .post('', guardianWhoBooks, join);
