import { firstOpenHalfHour } from '../domain/admittance.ts';
import type { Instant } from '../domain/calendar.ts';
import { answerBy, isPending, nextTurn, withinOf } from '../domain/replacements.ts';
import { refuse } from '../domain/refusal.ts';
import { insertEvent, type EventKind } from '../data/events.ts';
import {
  deleteAsk,
  endOpenShift,
  findOpenShift,
  listAsks,
  putAsk,
  type OpenShift,
  type OpenShiftAsk,
  type OpenShiftOutcome,
} from '../data/open-shifts.ts';
import { insertShifts } from '../data/shifts.ts';
import { rewriteShift } from '../data/shift-edits.ts';
import { lockPersonsOf } from '../data/staff.ts';
import { tellStaff } from './open-shift-messages.ts';
import { authorOf, todayOf, type Work } from './perform.ts';
import { isLegal, listReplacements, type Replacement } from './replacements.ts';
import { readShortage } from './shortages.ts';
import { editStanding, lockCentreDay, type LockedDay } from './standing-edits.ts';

/** The part of an open shift that is not over. */
export function ahead(open: OpenShift, now: Instant): OpenShift | undefined {
  const from = Math.max(open.from, firstOpenHalfHour(open.date, now));
  return from < open.to ? { ...open, from } : undefined;
}

export async function remember(
  work: Work,
  kind: EventKind,
  open: OpenShift,
  data: Readonly<Record<string, unknown>>,
) {
  await insertEvent(work.tx, {
    at: work.now,
    by: authorOf(work.actor),
    kind,
    centreId: open.centreId,
    groupId: open.groupId,
    data: { openShiftId: open.id, date: open.date, from: open.from, to: open.to, ...data },
  });
}

/** Somebody of the staff for what is ahead of an open shift, by the law as it is now. */
export async function replacementsFor(
  work: Work,
  locked: LockedDay,
  open: OpenShift,
  staffIds: readonly number[],
): Promise<Replacement[]> {
  const group = locked.groups.find((each) => each.id === open.groupId)!;
  const seen = await readShortage(work.tx, { group, date: open.date, now: work.now });
  const missed = seen?.shortage?.halfHours ?? [];
  return await listReplacements(
    work.tx,
    { centreId: open.centreId, open, missed, today: todayOf(work) },
    staffIds,
  );
}

/**
 * An open shift under the locks of its day, as it is once nobody else can change it; whoever may come to it, `staffId`
 * too, is given no other shift meanwhile.
 */
export async function lockOpenShift(
  work: Work,
  openShiftId: number,
  staffId?: number,
): Promise<{ locked: LockedDay; open: OpenShift }> {
  const seen = (await findOpenShift(work.tx, openShiftId)) ?? refuse('missing');
  const locked = await lockCentreDay(work, seen);
  const asked = (await listAsks(work.tx, [openShiftId])).map((each) => each.staffId);
  await lockPersonsOf(work.tx, staffId === undefined ? asked : [...asked, staffId]);
  return { locked, open: (await findOpenShift(work.tx, openShiftId)) ?? refuse('missing') };
}

export function mustBeOpen(open: OpenShift): void {
  if (open.outcome === 'past') refuse('past');
  if (open.outcome === 'withdrawn') refuse('withdrawn');
  if (open.closedAt !== null) refuse('taken');
}

export async function closeAs(
  work: Work,
  open: OpenShift,
  outcome: OpenShiftOutcome,
  by?: { staffId: number; shiftId: number },
) {
  const { tx, now, actor } = work;
  await endOpenShift(tx, { openShiftId: open.id, at: now, by: authorOf(actor), outcome, ...by });
  await remember(work, 'open_shift.closed', open, { outcome, ...by });
}

/** Whoever waits for news of an open shift: asked and not answered, or said yes. */
export const concerned = (asks: readonly OpenShiftAsk[], now: Instant): OpenShiftAsk[] =>
  asks.filter((ask) => ask.answer === 'yes' || isPending(ask, now));

/** Writes the shift of the winner on the roster that holds, staffs the day anew and tells everybody concerned. */
async function cover(work: Work, locked: LockedDay, open: OpenShift, winner: Replacement): Promise<void> {
  const { tx, now } = work;
  const { staff, shift, ownShiftId } = winner;
  let shiftId = ownShiftId;
  await editStanding(
    work,
    locked,
    { kind: 'covered', data: { openShiftId: open.id, staffId: staff.id } },
    async (rosterId) => {
      // Set by people: a draft that is made of this roster keeps it.
      const fixed = { ...shift!, fixed: true };
      if (shiftId === null) [shiftId = null] = await insertShifts(tx, rosterId, [fixed]);
      else await rewriteShift(tx, shiftId, fixed);
    },
  );
  const others = concerned(await listAsks(tx, [open.id]), now).filter((ask) => ask.staffId !== staff.id);
  await closeAs(work, open, 'covered', { staffId: staff.id, shiftId: shiftId! });
  await tellStaff(work, [staff.id], 'shift_yours', open);
  await tellStaff(
    work,
    others.map((ask) => ask.staffId),
    'shift_gone',
    open,
  );
}

/**
 * Goes on with an open shift until somebody has it or an answer must be waited for: the best rank who said yes takes it,
 * else the next in turn is asked. Whom the law no longer allows is passed over, and told if they had said yes.
 */
export async function goOn(work: Work, locked: LockedDay, given: OpenShift): Promise<void> {
  const { tx, now } = work;
  const open = ahead(given, now);
  if (!open) return;
  for (;;) {
    const asks = await listAsks(tx, [open.id]);
    const turn = nextTurn(asks, now);
    if (turn.kind === 'waits' || turn.kind === 'nobody') return;
    const theirs = asks.find((each) => each.staffId === turn.staffId)!;
    const [who] = await replacementsFor(work, locked, open, [turn.staffId]);
    const legal = who !== undefined && isLegal(who);
    if (turn.kind === 'wins' && legal) return await cover(work, locked, open, who);
    if (turn.kind === 'wins') {
      await putAsk(tx, { ...theirs, answer: 'no', answeredAt: now });
      await tellStaff(work, [turn.staffId], 'shift_barred', open);
    } else if (!legal || who.staff.personId === null) await deleteAsk(tx, open.id, turn.staffId);
    else {
      const last = asks
        .filter((each) => each.askedAt !== null)
        .toSorted((a, b) => (a.askedAt! < b.askedAt! ? 1 : -1));
      const answerUntil = answerBy(open, now, last[0] ? withinOf(last[0]) : 'evening');
      await putAsk(tx, { ...theirs, score: [...who.score], askedAt: now, answerUntil });
      await tellStaff(work, [turn.staffId], 'shift_ask', open, answerUntil);
      return;
    }
  }
}
