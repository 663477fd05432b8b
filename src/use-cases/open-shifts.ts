import { dateAt, minuteOfDay, type Instant, type PlainDate } from '../domain/calendar.ts';
import { answerBy, isPending, nextTurn, type AnswerWithin } from '../domain/replacements.ts';
import { administers } from '../domain/people.ts';
import { refuse } from '../domain/refusal.ts';
import { nextHalfHour } from '../domain/slots.ts';
import type { Level } from '../domain/staffing.ts';
import type { Reading } from '../data/database.ts';
import {
  findOpenShift,
  insertOpenShift,
  listAsks,
  listOpenShiftsToSettle,
  putAsk,
  type OpenShift,
} from '../data/open-shifts.ts';
import { findStaff } from '../data/staff.ts';
import { centreToAdminister, groupToAdminister } from './administration.ts';
import {
  ahead,
  closeAs,
  concerned,
  goOn,
  lockOpenShift,
  mustBeOpen,
  remember,
  replacementsFor,
} from './open-shift-course.ts';
import { tellStaff } from './open-shift-messages.ts';
import { authorOf, type Work } from './perform.ts';
import { isLegal } from './replacements.ts';
import { readShortage } from './shortages.ts';
import { lockCentreDay, type LockedDay } from './standing-edits.ts';

/** Whom to ask, at once or one after the other, and for how long. */
export interface AskWish {
  readonly staffIds: readonly number[];
  readonly inTurn: boolean;
  readonly within: AnswerWithin;
}

export interface Asked {
  readonly id: number;
  /** How many have been asked now, and how many wait for their turn. */
  readonly asked: number;
  readonly queued: number;
}

async function askSome(work: Work, locked: LockedDay, open: OpenShift, wish: AskWish): Promise<Asked> {
  const { tx, now } = work;
  const before = new Map((await listAsks(tx, [open.id])).map((each) => [each.staffId, each]));
  const chosen = await replacementsFor(work, locked, ahead(open, now) ?? refuse('past'), wish.staffIds);
  const barred = chosen.filter((each) => !isLegal(each));
  if (chosen.length < new Set(wish.staffIds).size) refuse('stale');
  if (barred.length > 0)
    refuse('illegal_shifts', {
      findings: barred.flatMap((each) => each.findings),
      barred: barred.map((each) => each.staff.id),
    });
  if (chosen.some((each) => each.staff.personId === null))
    refuse('invalid', { errors: [{ field: 'staff', reason: 'invalid' }] });
  // Nobody is asked twice: whoever has a question or an answer keeps it.
  const fresh = chosen.filter(({ staff }) => {
    const earlier = before.get(staff.id);
    return !earlier || (earlier.askedAt === null && earlier.answer === null);
  });
  const waiting = [...before.values()].some((each) => isPending(each, now));
  const turn = waiting ? [] : fresh.slice(0, 1);
  const first = wish.inTurn ? turn : fresh;
  const answerUntil = answerBy(open, now, wish.within);
  for (const each of fresh) {
    const isNow = first.includes(each);
    await putAsk(tx, {
      openShiftId: open.id,
      staffId: each.staff.id,
      score: [...each.score],
      askedAt: isNow ? now : null,
      answerUntil: isNow ? answerUntil : null,
      answer: null,
      answeredAt: null,
    });
  }
  await tellStaff(
    work,
    first.map((each) => each.staff.id),
    'shift_ask',
    open,
    answerUntil,
  );
  const counts = { asked: first.length, queued: fresh.length - first.length };
  await remember(work, 'open_shift.asked', open, { ...counts, staffIds: fresh.map((each) => each.staff.id) });
  return { id: open.id, ...counts };
}

export interface OpeningWish extends AskWish {
  readonly groupId: number;
  readonly date: PlainDate;
  readonly from: number;
  readonly to: number;
  readonly level: Level;
  readonly skill: string | null;
}

/**
 * Opens a stretch that is short of staff and asks some of those who could take it; with nobody to ask, it stands open for
 * whoever comes forward. Refuses `stale` when the day is short otherwise by now (a colleague has just opened it, a family
 * has cancelled), `illegal_shifts` for whom the law forbids it.
 */
export async function openShift(work: Work, wish: OpeningWish): Promise<Asked> {
  const { tx, now, actor } = work;
  const { groupId, date, from, to, level, skill } = wish;
  const group = await groupToAdminister(work, groupId);
  const locked = await lockCentreDay(work, { centreId: group.centreId, date });
  const seen = (await readShortage(tx, { group, date, now })) ?? refuse('missing');
  const proposal = seen.proposals.find(
    (each) => each.from === from && each.to === to && each.level === level && each.skill === skill,
  );
  if (!proposal || locked.rosterId === null) refuse('stale');
  const { lostShiftId } = proposal;
  const row = {
    groupId,
    date,
    from,
    to,
    level,
    skill,
    lostShiftId,
    openedAt: now,
    openedBy: authorOf(actor),
  };
  const id = await insertOpenShift(tx, row);
  const open = (await findOpenShift(tx, id))!;
  await remember(work, 'open_shift.opened', open, { level, skill });
  return await askSome(work, locked, open, wish);
}

/** Asks more people for an open shift. Refuses as openShift does, and `taken`, `withdrawn`, `past` once it is closed. */
export async function askForShift(
  work: Work,
  wish: AskWish & { readonly openShiftId: number },
): Promise<Asked> {
  const { locked, open } = await lockOpenShift(work, wish.openShiftId);
  await centreToAdminister(work, open.centreId);
  mustBeOpen(open);
  return await askSome(work, locked, open, wish);
}

export type Answered = 'yours' | 'waiting' | 'refused';

/**
 * Somebody says yes or no to an open shift, asked or not; whoever administers the centre writes down what was said by
 * telephone. The best rank who says yes takes it, at once where nobody better can still answer. Refuses `missing` for a
 * stranger to the centre; `taken`, `withdrawn`, `past` once it is closed; `illegal_shifts` with the rules that forbid it
 * by now. A repeat gives the same answer.
 */
export async function answerOpenShift(
  work: Work,
  input: { readonly openShiftId: number; readonly staffId: number; readonly answer: 'yes' | 'no' },
): Promise<{ id: number; outcome: Answered }> {
  const { tx, now, actor } = work;
  const { staffId, answer } = input;
  const { locked, open } = await lockOpenShift(work, input.openShiftId, staffId);
  const staff = await findStaff(tx, staffId);
  const own = staff !== undefined && staff.personId !== null && staff.personId === actor.personId;
  if (!staff || staff.centreId !== open.centreId || !(own || administers(actor, open.centreId)))
    refuse('missing');
  const done = (outcome: Answered) => ({ id: open.id, outcome });
  if (open.outcome === 'covered' && open.staffId === staffId && answer === 'yes') return done('yours');
  mustBeOpen(open);
  const rest = ahead(open, now) ?? refuse('past');
  const before = (await listAsks(tx, [open.id])).find((each) => each.staffId === staffId);
  if (answer === 'no') {
    if (before && before.answer !== 'no') await putAsk(tx, { ...before, answer, answeredAt: now });
  } else {
    const [who] = await replacementsFor(work, locked, rest, [staffId]);
    if (!who || !isLegal(who))
      refuse('illegal_shifts', { findings: who?.findings ?? [], barriers: who?.barriers ?? [] });
    const asked = { askedAt: before?.askedAt ?? null, answerUntil: before?.answerUntil ?? null };
    const score = before?.askedAt ? before.score : [...who.score];
    await putAsk(tx, {
      openShiftId: open.id,
      staffId,
      score,
      ...asked,
      answer,
      answeredAt: before?.answer === 'yes' ? before.answeredAt : now,
    });
  }
  if (before?.answer !== answer) await remember(work, 'open_shift.answered', open, { staffId, answer });
  await goOn(work, locked, open);
  const after = (await findOpenShift(tx, open.id))!;
  if (answer === 'no') return done('refused');
  return done(after.staffId === staffId ? 'yours' : 'waiting');
}

/** Looks for nobody any more: whoever was asked is told. Refuses as askForShift does. */
export async function withdrawOpenShift(
  work: Work,
  input: { readonly openShiftId: number },
): Promise<{ told: number }> {
  const { open } = await lockOpenShift(work, input.openShiftId);
  await centreToAdminister(work, open.centreId);
  mustBeOpen(open);
  const asks = concerned(await listAsks(work.tx, [open.id]), work.now);
  await closeAs(work, open, 'withdrawn');
  const told = await tellStaff(
    work,
    asks.map((each) => each.staffId),
    'shift_off',
    open,
  );
  return { told };
}

/** Goes on with an open shift whose deadlines have passed, or closes one whose day is over. False when nothing was left to do. */
export async function settleOpenShift(work: Work, input: { readonly openShiftId: number }): Promise<boolean> {
  const seen = await findOpenShift(work.tx, input.openShiftId);
  if (!seen || seen.closedAt !== null) return false;
  const { locked, open } = await lockOpenShift(work, input.openShiftId);
  if (open.closedAt !== null) return false;
  if (!ahead(open, work.now)) await closeAs(work, open, 'past');
  else if (locked.rosterId !== null) await goOn(work, locked, open);
  return true;
}

/** Open shifts with which somebody must go on now, the longest open first. */
export async function listDueOpenShifts(tx: Reading, now: Instant, limit: number): Promise<number[]> {
  const found = await listOpenShiftsToSettle(tx, dateAt(now), nextHalfHour(minuteOfDay(now)));
  const asks = Map.groupBy(
    await listAsks(
      tx,
      found.map((each) => each.id),
    ),
    (each) => each.openShiftId,
  );
  const moves = (id: number) => ['wins', 'asks'].includes(nextTurn(asks.get(id) ?? [], now).kind);
  return found.flatMap(({ id, over }) => (over || moves(id) ? [id] : [])).slice(0, limit);
}
