import { cleanName } from '../domain/names.ts';
import { maxOf, minOf } from '../domain/calendar.ts';
import { refuse } from '../domain/refusal.ts';
import { insertEvent } from '../data/events.ts';
import { countEdit, listRosters, lockRoster } from '../data/rosters.ts';
import { listShifts, type StoredShift } from '../data/shifts.ts';
import { rewriteShift } from '../data/shift-edits.ts';
import { findSwap, listLiveSwaps, type ShiftSwap } from '../data/shift-swaps.ts';
import { lockPersonsOf } from '../data/staff.ts';
import { centreToAdminister } from './administration.ts';
import { authorOf, type Work } from './perform.ts';
import { restaffCentre } from './restaff-centre.ts';
import { endLostSwap, finishSwap, OWN_SWAPS, partiesOf, tellOfSwap } from './swap-endings.ts';
import { giveUp, mustBePossible, openSwap, shiftsToSwap, type SwapState } from './shift-swaps.ts';

interface Decision {
  readonly centreId: number;
  readonly swapId: number;
}

async function swapOfCentre(work: Work, { centreId, swapId }: Decision): Promise<ShiftSwap> {
  await centreToAdminister(work, centreId);
  const swap = (await findSwap(work.tx, swapId)) ?? refuse('missing');
  if ((await partiesOf(work, swap)).centreId !== centreId) refuse('missing');
  return swap;
}

/**
 * Drafts of the same days follow: what is published next must not take a swap back unseen. Only where a draft has the
 * shift as it was; whoever edits it meanwhile is told that it has changed.
 */
async function followInDrafts(
  { tx }: Work,
  centreId: number,
  shift: StoredShift,
  staffId: number,
): Promise<void> {
  const drafts = (await listRosters(tx, { centreId, from: shift.date, to: shift.date })).filter(
    (roster) => roster.publishedAt === null,
  );
  for (const { id } of drafts.toReversed()) {
    await lockRoster(tx, id);
    const shifts = (await listShifts(tx, id)).filter(({ date }) => date === shift.date);
    const same = shifts.find(
      (each) => each.staffId === shift.staffId && each.from === shift.from && each.to === shift.to,
    );
    if (!same) continue;
    await rewriteShift(tx, same.id, { ...same, staffId, fixed: true });
    await countEdit(tx, id);
  }
}

async function write(
  work: Work,
  swap: ShiftSwap,
  shifts: readonly StoredShift[],
  centreId: number,
): Promise<void> {
  const { tx, now, actor } = work;
  const given = shifts.find((shift) => shift.id === swap.shiftId)!;
  for (const shift of shifts) {
    const staffId = shift === given ? swap.withStaffId : given.staffId;
    await rewriteShift(tx, shift.id, { ...shift, staffId, fixed: true });
  }
  for (const shift of shifts)
    await followInDrafts(work, centreId, shift, shift === given ? swap.withStaffId : given.staffId);
  for (const rosterId of new Set(shifts.map((shift) => shift.rosterId))) {
    await countEdit(tx, rosterId);
    await insertEvent(tx, {
      at: now,
      by: authorOf(actor),
      kind: 'roster.edited',
      centreId,
      data: {
        rosterId,
        edit: 'swapped',
        swapId: swap.id,
        date: given.date,
        staffIds: [given.staffId, swap.withStaffId],
      },
    });
  }
}

/**
 * The centre confirms what two colleagues have agreed: everything is looked at again under the locks of their days, the
 * published shifts change hands, places follow in the same transaction, and both are told. Refuses `missing`, `stale`
 * once it has ended or while the colleague has not agreed, and `illegal_shifts` with what forbids it by now.
 */
export async function confirmSwap(work: Work, decision: Decision): Promise<{ state: SwapState }> {
  const { centreId, swapId } = decision;
  const seen = await swapOfCentre(work, decision);
  const { given, returned } = await partiesOf(work, seen);
  const dates = [given, returned].flatMap((shift) => shift?.date ?? []);
  let state: SwapState = 'confirmed';
  const span = { centreId, from: minOf(dates)!, to: maxOf(dates)! };
  await restaffCentre(work, span, async () => {
    const { swap, parties } = await openSwap(work, swapId, () => true);
    if (swap.agreedAt === null) refuse('stale', { current: { outcome: null } });
    const shifts = await shiftsToSwap(work, swap, parties);
    if (!shifts) {
      ({ state } = await giveUp(work, swap, parties));
      return;
    }
    await lockPersonsOf(work.tx, [swap.withStaffId, ...shifts.map(({ staffId }) => staffId)]);
    await mustBePossible(work, centreId, swap, shifts);
    await write(work, swap, shifts, centreId);
    await finishSwap(work, swap, parties, { outcome: 'confirmed' });
    const to = [parties.asker, parties.colleague];
    await tellOfSwap(work, parties, { kind: 'swap_confirmed', to, path: OWN_SWAPS });
    // No shift is in two swaps at once; this is for one that was entered beside the use-case.
    for (const other of await listLiveSwaps(
      work.tx,
      shifts.map((shift) => shift.id),
    ))
      await endLostSwap(work, { swapId: other.id });
  });
  return { state };
}

/** The centre says no, agreed or not, with a word why. Refuses `missing` and `stale`. */
export async function refuseSwap(
  work: Work,
  decision: Decision & { readonly note?: string | null },
): Promise<{ state: SwapState }> {
  await swapOfCentre(work, decision);
  const { swap, parties } = await openSwap(work, decision.swapId, () => true);
  const note = decision.note ? (cleanName(decision.note) ?? null) : null;
  await finishSwap(work, swap, parties, { outcome: 'refused', note });
  const to = [parties.asker, parties.colleague];
  await tellOfSwap(work, parties, { kind: 'swap_refused', to, path: OWN_SWAPS });
  return { state: 'refused' };
}
