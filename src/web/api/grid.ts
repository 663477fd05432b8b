import { refuse } from '../../domain/refusal.ts';
import type { Slot } from '../../domain/slots.ts';
import { groupToBook, lockChildToBook } from '../../use-cases/bookings.ts';
import type { Work } from '../../use-cases/perform.ts';
import type { TimeAsked } from './schemas/values.ts';

/**
 * The slot between two times, refused `off_grid` when one is no half-hour. That is told only to those who may book:
 * of another family's child or a foreign centre's group nothing but `missing` is said.
 */
export async function requireGrid(
  work: Work,
  { from, to }: { readonly from: TimeAsked; readonly to: TimeAsked },
  wish: { readonly childId?: number; readonly groupId?: number | undefined },
): Promise<Slot> {
  if (from.halfHour !== undefined && to.halfHour !== undefined)
    return { from: from.halfHour, to: to.halfHour };
  if (wish.childId !== undefined) await lockChildToBook(work, wish.childId);
  if (wish.groupId !== undefined) await groupToBook(work, wish.groupId);
  const fields = Object.entries({ from, to }).filter(([, time]) => time.halfHour === undefined);
  return refuse('off_grid', { errors: fields.map(([field]) => ({ field, reason: 'off_grid' })) });
}
