import {
  addDays,
  dateAt,
  instantAt,
  maxOf,
  startOfMonth,
  type Instant,
  type PlainDate,
} from '../domain/calendar.ts';
import {
  clockingProblem,
  mayUndo,
  missingAsPlanned,
  passesNeighbour,
  spellsOf,
  type Direction,
} from '../domain/clocking.ts';
import { cleanName } from '../domain/names.ts';
import { holdsOn, worksAt } from '../domain/people.ts';
import { refuse } from '../domain/refusal.ts';
import {
  findClocking,
  insertClocking,
  listClockings,
  withdrawClocking,
  type StoredClocking,
} from '../data/clockings.ts';
import type { Reading } from '../data/database.ts';
import { insertEvent } from '../data/events.ts';
import { listStandingTimes } from '../data/standing-shifts.ts';
import { findStaff, lockStaff, type Staff } from '../data/staff.ts';
import { findClosing } from '../data/timesheets.ts';
import { authorOf, type Work } from './perform.ts';
import { staffToAdminister } from './staff-register.ts';

/** The clockings of one contract that may stand beside one at this moment. */
async function clockingsAround(tx: Reading, staffId: number, at: Instant): Promise<StoredClocking[]> {
  const date = dateAt(at);
  return await listClockings(tx, [staffId], {
    from: instantAt(addDays(date, -1), 0),
    to: instantAt(addDays(date, 2), 0),
  });
}

/** Days of a closed month stay as they are until the month is opened again. */
async function mustBeOpen(tx: Reading, centreId: number, date: PlainDate): Promise<void> {
  if (await findClosing(tx, centreId, startOfMonth(date))) refuse('locked', { problem: 'closed' });
}

interface Written {
  readonly direction: Direction;
  readonly at: Instant;
  readonly note: string | null;
}

/**
 * Writes a clocking among the others, under the lock of the person. Refuses what does not alternate (`stale` where a
 * colleague was quicker, else `invalid`), what lies ahead, days outside the contract, and closed months.
 */
async function write(work: Work, staff: Staff, { direction, at, note }: Written): Promise<number> {
  const { tx, now, actor } = work;
  const date = dateAt(at);
  if (!holdsOn(staff, date)) refuse('invalid', { problem: 'not_employed' });
  await mustBeOpen(tx, staff.centreId, date);
  const problem = clockingProblem(await clockingsAround(tx, staff.id, at), { direction, at }, now);
  if (problem !== undefined)
    refuse(problem === 'already_in' || problem === 'already_out' ? 'stale' : 'invalid', { problem });
  const id = await insertClocking(tx, {
    staffId: staff.id,
    direction,
    at,
    recordedAt: now,
    recordedBy: authorOf(actor),
    note,
  });
  await insertEvent(tx, {
    at: now,
    by: authorOf(actor),
    kind: 'clocking.recorded',
    centreId: staff.centreId,
    data: { clockingId: id, staffId: staff.id, direction, at, note },
  });
  return id;
}

/** Somebody of the same centre, as everybody who works there may record them; another's is the same `missing` as none. */
async function colleague(work: Work, staffId: number): Promise<Staff> {
  const staff = await findStaff(work.tx, staffId);
  if (!staff || !worksAt(work.actor, staff.centreId)) refuse('missing');
  return (await lockStaff(work.tx, staffId)) ?? refuse('missing');
}

/** Somebody comes or goes now, as the door records it. */
export async function recordClocking(
  work: Work,
  { staffId, direction }: { readonly staffId: number; readonly direction: Direction },
): Promise<{ id: number }> {
  const staff = await colleague(work, staffId);
  return { id: await write(work, staff, { direction, at: work.now, note: null }) };
}

async function takeBack(
  work: Work,
  staff: Staff,
  clocking: StoredClocking,
  reason: string | null,
): Promise<void> {
  const { tx, now, actor } = work;
  if (clocking.withdrawnAt !== null) refuse('stale', { problem: 'withdrawn' });
  await mustBeOpen(tx, staff.centreId, dateAt(clocking.at));
  await withdrawClocking(tx, clocking.id, { withdrawnAt: now, withdrawnBy: authorOf(actor) });
  await insertEvent(tx, {
    at: now,
    by: authorOf(actor),
    kind: 'clocking.withdrawn',
    centreId: staff.centreId,
    data: { clockingId: clocking.id, staffId: staff.id, reason },
  });
}

/**
 * Takes back the last thing that was tapped at the door for somebody, within ten minutes. Later, or where something
 * follows it, only the administrator corrects: `locked`.
 */
export async function undoClocking(
  work: Work,
  { staffId, clockingId }: { readonly staffId: number; readonly clockingId: number },
): Promise<void> {
  const staff = await colleague(work, staffId);
  const clocking = await findClocking(work.tx, clockingId);
  if (!clocking || clocking.staffId !== staffId) refuse('missing');
  if (clocking.withdrawnAt !== null) refuse('stale', { problem: 'withdrawn' });
  const last = (await clockingsAround(work.tx, staffId, clocking.at)).at(-1);
  if (clocking.note !== null || last?.id !== clockingId || !mayUndo(clocking.recordedAt, work.now))
    refuse('locked', { problem: 'too_late' });
  await takeBack(work, staff, clocking, null);
}

/** A reason as it is kept; without one nothing is corrected. */
export function reasonOf(note: string): string {
  return cleanName(note) ?? refuse('invalid', { errors: [{ field: 'note', reason: 'invalid' }] });
}

/** The administrator writes what the door missed, with the reason. */
export async function addClocking(
  work: Work,
  input: {
    readonly staffId: number;
    readonly direction: Direction;
    readonly at: Instant;
    readonly note: string;
  },
): Promise<{ id: number }> {
  const { staffId, direction, at } = input;
  await staffToAdminister(work, staffId);
  const staff = (await lockStaff(work.tx, staffId)) ?? refuse('missing');
  return { id: await write(work, staff, { direction, at, note: reasonOf(input.note) }) };
}

/**
 * The administrator withdraws a clocking that is wrong, with the reason, and writes the right one anew where there is
 * one: none is ever changed.
 */
export async function correctClocking(
  work: Work,
  input: {
    readonly staffId: number;
    readonly clockingId: number;
    /** When it really was; null where nothing was. */
    readonly at: Instant | null;
    readonly note: string;
  },
): Promise<void> {
  await staffToAdminister(work, input.staffId);
  const staff = (await lockStaff(work.tx, input.staffId)) ?? refuse('missing');
  const clocking = await findClocking(work.tx, input.clockingId);
  if (!clocking || clocking.staffId !== input.staffId) refuse('missing');
  const note = reasonOf(input.note);
  await takeBack(work, staff, clocking, note);
  if (input.at === null) return;
  const others = await clockingsAround(work.tx, staff.id, clocking.at);
  if (passesNeighbour(others, clocking, input.at)) refuse('invalid', { problem: 'out_of_order' });
  await write(work, staff, { direction: clocking.direction, at: input.at, note });
}

/**
 * A person confirms that somebody worked as planned on some days: what is missing of them is written at the planned
 * times, with the reason. Refuses all where one has no published shift, lies ahead or cannot be completed so.
 */
export async function confirmPlanned(
  work: Work,
  input: { readonly staffId: number; readonly dates: readonly PlainDate[]; readonly note: string },
): Promise<{ written: number }> {
  const { tx } = work;
  await staffToAdminister(work, input.staffId);
  const staff = (await lockStaff(tx, input.staffId)) ?? refuse('missing');
  const note = reasonOf(input.note);
  const dates = [...new Set(input.dates)].toSorted();
  const [first] = dates;
  if (first === undefined) refuse('invalid', { errors: [{ field: 'dates', reason: 'invalid' }] });
  const shifts = await listStandingTimes(tx, {
    staffIds: [staff.id],
    from: first,
    to: maxOf([first, ...dates]),
  });
  let written = 0;
  for (const date of dates) {
    const own = shifts.filter((shift) => shift.date === date);
    const spells = spellsOf(await clockingsAround(tx, staff.id, instantAt(date, 720)));
    const missing = missingAsPlanned(
      date,
      own,
      spells.filter((spell) => spell.date === date),
    );
    if (missing.length === 0) refuse('invalid', { problem: 'no_plan', date });
    for (const each of missing) await write(work, staff, { ...each, note });
    written += missing.length;
  }
  return { written };
}
