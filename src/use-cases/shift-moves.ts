import type { PlainDate } from '../domain/calendar.ts';
import { refuse } from '../domain/refusal.ts';
import { movedShift } from '../domain/shift-move.ts';
import type { Slot } from '../domain/slots.ts';
import { workTermsOn } from '../domain/work-terms.ts';
import { listWorkTerms } from '../data/norms.ts';
import type { Work } from './perform.ts';
import { openDraft, saveShift, type Edited, type SeenRoster } from './roster-edits.ts';

/** Where a shift is taken by the pointer or the keys. */
export interface ShiftMove extends SeenRoster, Slot {
  readonly shiftId: number;
  readonly staffId: number;
  readonly date: PlainDate;
  /** The shift stays, and another like it is placed. */
  readonly copy: boolean;
}

/**
 * Takes a shift of a draft to another person, day or hours with its break and groups, or places one like it; what is
 * moved by hand is fixed. Refuses as placeShift does; `invalid` where the hours are in the wrong order.
 */
export async function moveShift(work: Work, move: ShiftMove): Promise<Edited> {
  const draft = await openDraft(work, move);
  const old = draft.shifts.find((shift) => shift.id === move.shiftId) ?? refuse('missing');
  if (move.to <= move.from)
    refuse('invalid', { errors: [{ field: 'to', reason: 'invalid', detail: 'order' }] });
  const { breakAfterMinutes } = workTermsOn(await listWorkTerms(work.tx), move.date);
  const { rosterId, version, staffId, date } = move;
  const wish = {
    rosterId,
    version,
    staffId,
    date,
    fixed: true,
    ...movedShift(old, move, breakAfterMinutes),
  };
  return await saveShift(work, draft, wish, move.copy ? undefined : old);
}
