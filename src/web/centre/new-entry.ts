import { refuse } from '../../domain/refusal.ts';
import { findChild } from '../../data/children.ts';
import { centreChild } from '../access.ts';
import type { Context } from '../context.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { askWish, sendWish } from '../wishes/flow.ts';
import type { WishSide } from '../wishes/side.ts';
import { asCentre } from './as-centre.ts';

async function sideOf(context: Context): Promise<WishSide> {
  const { today } = context;
  const [centreId, childId] = [context.id('centreId'), context.id('childId')];
  const child = await context.database.read((tx) => findChild(tx, asCentre(context), childId, today));
  return {
    child: child ?? refuse('missing'),
    centreId,
    entry: undefined,
    earliest: today,
    back: paths.centreChild(centreId, childId),
    action: paths.centreEntries(centreId, childId),
    address: (answers) => paths.centreNewEntry(centreId, childId, answers),
  };
}

async function join(context: Context): Promise<void> {
  const side = await sideOf(context);
  const joined = await sendWish(context, side);
  if (joined) context.done(paths.centreWaitingList(context.id('centreId')), { key: 'waiting.joined_child' });
}

/** Joining on a family's behalf, for the groups of one centre. */
export const newEntry = routes('/centres/:centreId/children/:childId/waiting-list')
  .get('/new', centreChild, async (context) => askWish(context, await sideOf(context)))
  .post('', centreChild, join);
