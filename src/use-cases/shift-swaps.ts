import { refuse, type FieldRefusal } from '../domain/refusal.ts';
import { swapProblem, type SwapWish } from '../domain/shift-swap.ts';
import { maxOf } from '../domain/calendar.ts';
import type { StretchedShift } from '../domain/shift.ts';
import { insertEvent } from '../data/events.ts';
import type { StoredShift } from '../data/shifts.ts';
import { listStandingShifts } from '../data/standing-shifts.ts';
import {
  insertConsent,
  insertSwap,
  listAdministrators,
  listLiveSwaps,
  listSwapShifts,
  lockShifts,
  lockSwap,
  type ShiftSwap,
} from '../data/shift-swaps.ts';
import { findStaff, type Staff } from '../data/staff.ts';
import { findAsked } from '../data/swap-askings.ts';
import { refuseErrors } from './administration.ts';
import { authorOf, todayOf, type Work } from './perform.ts';
import { readSwapScene, startOf } from './swap-scene.ts';
import {
  finishSwap,
  OWN_SWAPS,
  partiesOf,
  swapsOfCentre,
  tellOfSwap,
  type SwapParties,
} from './swap-endings.ts';

const MOST_NOTE = 300;

/** How a swap stands after a step: `past` where it ended because a shift has begun, changed or gone. */
export type SwapState = 'asked' | 'agreed' | 'declined' | 'withdrawn' | 'confirmed' | 'refused' | 'past';

/** What a colleague agrees to: when the shift is and whom it serves. Another text is another shift. */
function contentOf({ date, from, to, breakFrom, stretches }: StretchedShift): string {
  return JSON.stringify([
    date,
    from,
    to,
    breakFrom,
    stretches.map((each) => [each.groupId, each.from, each.to]),
  ]);
}

/** The shifts of a swap as they stand, by id. */
async function standingOf({ tx }: Pick<Work, 'tx'>, wish: Pick<SwapWish, 'shiftId' | 'returnShiftId'>) {
  const ids = [wish.shiftId, ...(wish.returnShiftId === null ? [] : [wish.returnShiftId])];
  const found = new Map<number, StoredShift>();
  for (const { id, staffId, date } of await listSwapShifts(tx, ids))
    for (const shift of await listStandingShifts(tx, { staffIds: [staffId], from: date, to: date }))
      if (shift.id === id) found.set(id, shift);
  return ids.flatMap((id) => found.get(id) ?? []);
}

/** Refuses `illegal_shifts` with the rule, or the cover, that forbids a swap as things stand. */
export async function mustBePossible(
  work: Work,
  centreId: number,
  wish: SwapWish,
  shifts: readonly StoredShift[],
) {
  const today = todayOf(work);
  const until = maxOf(shifts.map((shift) => shift.date)) ?? today;
  const scene = await readSwapScene(work.tx, { centreId, today, until });
  const problem = swapProblem(scene, wish);
  if (problem)
    refuse('illegal_shifts', { problem, findings: problem.kind === 'law' ? problem.findings : [] });
}

/** A contract of the one who acts; anybody else's is the same `missing` as none. */
function mustBeOwn({ actor }: Work, staff: Pick<Staff, 'personId'> | undefined): void {
  if (!staff || staff.personId === null || staff.personId !== actor.personId) refuse('missing');
}

/**
 * Asks a colleague of the same centre to take a published shift of one's own, or to swap it for one of theirs. Refuses
 * `missing` for a shift that is not one's own or not published, `past` once it has begun, `taken` while one of the shifts
 * waits in another swap, `invalid` by field, and `illegal_shifts` with what forbids it for either of them.
 */
export async function askSwap(
  work: Work,
  wish: SwapWish & { readonly note?: string | null },
): Promise<{ id: number }> {
  const { tx, now, actor } = work;
  const { shiftId, withStaffId, returnShiftId } = wish;
  const ids = [shiftId, ...(returnShiftId === null ? [] : [returnShiftId])];
  await lockShifts(tx, ids);
  const shifts = await standingOf(work, wish);
  const given = shifts.find((shift) => shift.id === shiftId) ?? refuse('missing');
  const own = await findStaff(tx, given.staffId);
  mustBeOwn(work, own);
  const colleague = await findStaff(tx, withStaffId);
  const returned = shifts.find((shift) => shift.id === returnShiftId);
  const wrong = (field: string): FieldRefusal => ({ field, reason: 'invalid' });
  const asked = colleague?.centreId === own!.centreId && colleague.personId !== null;
  refuseErrors([
    ...(!asked || colleague.personId === actor.personId ? [wrong('with')] : []),
    ...(returnShiftId !== null && returned?.staffId !== withStaffId ? [wrong('with')] : []),
    ...((wish.note?.length ?? 0) > MOST_NOTE ? [wrong('note')] : []),
  ]);
  if (shifts.some((shift) => startOf(shift) <= now)) refuse('past');
  if ((await listLiveSwaps(tx, ids)).length > 0) refuse('taken');
  const { centreId } = own!;
  await mustBePossible(work, centreId, wish, shifts);
  const by = authorOf(actor);
  const row = { shiftId, withStaffId, returnShiftId, askedAt: now, askedBy: by, note: wish.note ?? '' };
  const id = await insertSwap(tx, row);
  // What was asked is kept beside the question: an agreement holds for these hours and groups alone.
  const data = { swapId: id, contents: shifts.map(contentOf) };
  await insertEvent(tx, { at: now, by, kind: 'swap.asked', centreId, data });
  const swap = (await lockSwap(tx, id))!;
  const parties = await partiesOf(work, swap);
  await tellOfSwap(work, parties, { kind: 'swap_asked', to: [parties.colleague], path: OWN_SWAPS });
  return { id };
}

/** A swap under its lock, with those it is about. Refuses `missing`, and `stale` once it has ended. */
export async function openSwap(
  work: Work,
  swapId: number,
  mayAct: (parties: SwapParties) => boolean,
): Promise<{ swap: ShiftSwap; parties: SwapParties }> {
  const swap = (await lockSwap(work.tx, swapId)) ?? refuse('missing');
  const parties = await partiesOf(work, swap);
  if (!mayAct(parties)) refuse('missing');
  if (swap.endedAt !== null) refuse('stale', { current: { outcome: swap.outcome } });
  return { swap, parties };
}

/** The shifts of a swap, or undefined where it can come to nothing: begun, republished, given on or changed since. */
export async function shiftsToSwap(work: Work, swap: ShiftSwap, parties: SwapParties) {
  const { given, returned, centreId } = parties;
  const shifts = await standingOf(work, swap);
  const asked = await findAsked(work.tx, { centreId, at: swap.askedAt, swapId: swap.id });
  const same =
    given?.personId === swap.askedBy &&
    (swap.returnShiftId === null || returned?.staffId === swap.withStaffId) &&
    shifts.length === (swap.returnShiftId === null ? 1 : 2) &&
    shifts.every((shift) => startOf(shift) > work.now) &&
    (asked === undefined || JSON.stringify(asked) === JSON.stringify(shifts.map(contentOf)));
  return same ? shifts : undefined;
}

/** Ends a swap that can come to nothing and tells both: an answer, not a refusal, since it must be written. */
export async function giveUp(
  work: Work,
  swap: ShiftSwap,
  parties: SwapParties,
): Promise<{ state: SwapState }> {
  await finishSwap(work, swap, parties, { outcome: 'past' });
  const to = [parties.asker, parties.colleague];
  await tellOfSwap(work, parties, { kind: 'swap_past', to, path: OWN_SWAPS });
  return { state: 'past' };
}

/**
 * The colleague's word. An agreement waits for the centre; a refusal ends it, after an agreement too, until the centre has
 * confirmed. Refuses `missing`, `stale` once it has ended, and `illegal_shifts` where it would break a rule by now.
 */
export async function answerSwap(
  work: Work,
  answer: { readonly swapId: number; readonly agrees: boolean },
): Promise<{ state: SwapState }> {
  const { tx, now, actor } = work;
  const { swap, parties } = await openSwap(
    work,
    answer.swapId,
    ({ colleague }) => colleague !== null && colleague === actor.personId,
  );
  if (!answer.agrees) {
    await finishSwap(work, swap, parties, { outcome: 'declined' });
    await tellOfSwap(work, parties, { kind: 'swap_declined', to: [parties.asker], path: OWN_SWAPS });
    return { state: 'declined' };
  }
  if (swap.agreedAt !== null) return { state: 'agreed' };
  const shifts = await shiftsToSwap(work, swap, parties);
  if (!shifts) return await giveUp(work, swap, parties);
  await mustBePossible(work, parties.centreId, swap, shifts);
  const by = authorOf(actor);
  await insertConsent(tx, { swapId: swap.id, at: now, by });
  const { centreId } = parties;
  await insertEvent(tx, { at: now, by, kind: 'swap.agreed', centreId, data: { swapId: swap.id } });
  await tellOfSwap(work, parties, { kind: 'swap_agreed', to: [parties.asker], path: OWN_SWAPS });
  const to = await listAdministrators(tx, centreId, todayOf(work));
  await tellOfSwap(work, parties, { kind: 'swap_to_confirm', to, path: swapsOfCentre(centreId) });
  return { state: 'agreed' };
}

/** Takes one's own question back until the centre has confirmed. Refuses `missing` and `stale`. */
export async function withdrawSwap(
  work: Work,
  { swapId }: { readonly swapId: number },
): Promise<{ state: SwapState }> {
  const { personId } = work.actor;
  const { swap, parties } = await openSwap(work, swapId, ({ asker }) => asker !== null && asker === personId);
  await finishSwap(work, swap, parties, { outcome: 'withdrawn' });
  await tellOfSwap(work, parties, { kind: 'swap_withdrawn', to: [parties.colleague], path: OWN_SWAPS });
  return { state: 'withdrawn' };
}
