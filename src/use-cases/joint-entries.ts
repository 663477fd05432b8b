import { refuse } from '../domain/refusal.ts';
import { lockChildren } from '../data/claims.ts';
import { findEntry } from '../data/waiting-list.ts';
import type { Work } from './perform.ts';
import { joinTogether, joinWaitingList } from './waiting-list.ts';
import type { Wish } from './wishes.ts';

/** Puts a child on the waiting list and, where entries of brothers and sisters are named, ties it to them at once. */
export async function joinWithSiblings(
  work: Work,
  { withIds, ...wish }: Wish & { readonly childId: number; readonly withIds: readonly number[] },
): Promise<{ id: number }> {
  const childIds = [wish.childId];
  for (const id of withIds) childIds.push(((await findEntry(work.tx, id)) ?? refuse('missing')).childId);
  await lockChildren(work.tx, childIds);
  const { id } = await joinWaitingList(work, wish);
  if (withIds.length > 0) await joinTogether(work, { entryId: id, withIds });
  return { id };
}
