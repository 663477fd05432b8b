import { formatSlot } from '../domain/slots.ts';
import { insertEvent } from '../data/events.ts';
import { insertMessages, type MessageKind } from '../data/messages.ts';
import {
  endSwap,
  listLostSwaps,
  listSwapShifts,
  lockSwap,
  type ShiftSwap,
  type SwapOutcome,
  type SwapShift,
} from '../data/shift-swaps.ts';
import { findStaff } from '../data/staff.ts';
import { authorOf, type Work } from './perform.ts';

/** At most so many end at once, in a publication or a round of the jobs. */
const MOST_AT_ONCE = 200;

export interface SwapParties {
  readonly centreId: number;
  /** The shift that is given; undefined once it is gone. */
  readonly given: SwapShift | undefined;
  readonly returned: SwapShift | undefined;
  readonly asker: number | null;
  readonly colleague: number | null;
}

/** Who and what a swap is about. */
export async function partiesOf({ tx }: Pick<Work, 'tx'>, swap: ShiftSwap): Promise<SwapParties> {
  const shifts = await listSwapShifts(tx, [
    swap.shiftId,
    ...(swap.returnShiftId === null ? [] : [swap.returnShiftId]),
  ]);
  const colleague = await findStaff(tx, swap.withStaffId);
  return {
    centreId: colleague?.centreId ?? 0,
    given: shifts.find((shift) => shift.id === swap.shiftId),
    returned: shifts.find((shift) => shift.id === swap.returnShiftId),
    asker: swap.askedBy,
    colleague: colleague?.personId ?? null,
  };
}

/** Tells persons but the one who acts: which day and hours, and by whom; never more. */
export async function tellOfSwap(
  { tx, now, actor }: Work,
  { given }: Pick<SwapParties, 'given'>,
  told: { readonly kind: MessageKind; readonly to: readonly (number | null)[]; readonly path: string },
): Promise<void> {
  const persons = new Set(told.to.filter((id): id is number => id !== null && id !== actor.personId));
  await insertMessages(
    tx,
    [...persons].map((personId) => ({
      personId,
      kind: told.kind,
      createdAt: now,
      data: {
        date: given?.date ?? '',
        hours: given ? formatSlot(given) : '',
        who: actor.personId === 0 ? '' : actor.name,
        path: told.path,
      },
    })),
  );
}

/** Where staff read of their swaps; the centre's list stands among its rosters. */
export const OWN_SWAPS = '/shifts/swaps';
export const swapsOfCentre = (centreId: number) => `/centres/${centreId}/rosters/swaps`;

/** Ends a swap for good, under its lock. */
export async function finishSwap(
  { tx, now, actor }: Work,
  swap: Pick<ShiftSwap, 'id'>,
  { centreId }: Pick<SwapParties, 'centreId'>,
  end: { readonly outcome: SwapOutcome; readonly note?: string | null },
): Promise<void> {
  const by = authorOf(actor);
  await endSwap(tx, { swapId: swap.id, at: now, by, outcome: end.outcome, note: end.note ?? '' });
  const data = { swapId: swap.id, outcome: end.outcome };
  await insertEvent(tx, { at: now, by, kind: 'swap.ended', centreId, data });
}

/** Ends one swap that nothing can come of any more, and tells both; does nothing where it has ended already. */
export async function endLostSwap(work: Work, { swapId }: { readonly swapId: number }): Promise<void> {
  const swap = await lockSwap(work.tx, swapId);
  if (!swap || swap.endedAt !== null) return;
  const parties = await partiesOf(work, swap);
  await finishSwap(work, swap, parties, { outcome: 'past' });
  await tellOfSwap(work, parties, {
    kind: 'swap_past',
    to: [parties.asker, parties.colleague],
    path: OWN_SWAPS,
  });
}

/** Ends a centre's swaps whose shifts a publication has taken the place of, in its transaction. */
export async function endOvertakenSwaps(work: Work, centreId: number): Promise<void> {
  const lost = await listLostSwaps(work.tx, { now: work.now, centreId, limit: MOST_AT_ONCE });
  for (const swapId of lost) await endLostSwap(work, { swapId });
}
