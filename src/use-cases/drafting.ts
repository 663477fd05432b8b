import { datesBetween, daysBetween, type PlainDate } from '../domain/calendar.ts';
import { assignGroups, continuityOf, remember } from '../domain/assignment.ts';
import type { DraftOutcome, OpenDemand } from '../domain/draft.ts';
import { refuse } from '../domain/refusal.ts';
import type { StretchedShift } from '../domain/shift.ts';
import { parseTime } from '../domain/slots.ts';
import { idleOf } from '../planning/roster/idle.ts';
import { readRoster } from '../planning/roster/read.ts';
import type { Roster, Uncovered } from '../planning/roster/result.ts';
import { runRoster, type RosterRun } from '../planning/roster/run.ts';
import type { Database } from '../data/database.ts';
import { insertEvent } from '../data/events.ts';
import { findCentre } from '../data/centres.ts';
import { insertRoster } from '../data/rosters.ts';
import { insertShifts, type NewShift } from '../data/shifts.ts';
import { centreToAdminister, mustAdminister } from './administration.ts';
import { authorOf, todayOf, type Work } from './perform.ts';
import { needsOn, planRoster, type RosterPlan } from './roster-input.ts';

/** As many days as the solver plans at once. */
export const MOST_DRAFT_DAYS = 28;

export interface DraftWish {
  readonly centreId: number;
  readonly from: PlainDate;
  readonly to: PlainDate;
  /** A draft whose shifts set by hand are kept. */
  readonly keep?: number;
}

export interface DraftOptions {
  readonly today: PlainDate;
  readonly seconds: number;
  /** Given the search once it has begun: to end it before its time. */
  readonly onRun?: (run: RosterRun) => void;
  /** Called with each better roster. */
  readonly onIncumbent?: (roster: Roster) => void;
}

/** What a draft consists of, before it is written. */
export interface Draft {
  readonly wish: DraftWish;
  readonly basis: readonly number[];
  readonly shifts: readonly NewShift[];
  readonly outcome: DraftOutcome;
}

function checkDates({ from, to }: DraftWish, today: PlainDate): void {
  if (to < from) refuse('invalid', { errors: [{ field: 'to', reason: 'invalid' }] });
  if (from < today) refuse('past', { errors: [{ field: 'from', reason: 'past' }] });
  if (daysBetween(from, to) >= MOST_DRAFT_DAYS)
    refuse('too_wide', { errors: [{ field: 'to', reason: 'too_wide' }] });
}

/** The shifts of the solver's answer on the draft's own days, given to groups date by date. */
function shiftsOf(plan: RosterPlan, roster: Roster): NewShift[] {
  const own = roster.shifts.filter(({ date }) => date >= plan.from && date <= plan.to);
  const handmade = new Map(plan.fixed.map((shift) => [`${shift.staffId} ${shift.date}`, shift]));
  const shifts: NewShift[] = [];
  for (const date of datesBetween(plan.from, plan.to)) {
    const free = own
      .filter((shift) => shift.date === date)
      .flatMap(({ staff, from, to, breakFrom }) => {
        const staffId = Number(staff);
        const who = plan.staff.get(staffId);
        if (!who || handmade.has(`${staffId} ${date}`)) return [];
        const times = { from: parseTime(from)!, to: parseTime(to)! };
        return [
          { staffId, date, ...times, breakFrom: breakFrom === null ? null : parseTime(breakFrom)!, ...who },
        ];
      });
    const kept = plan.fixed.filter((shift) => shift.date === date);
    const given: StretchedShift[] = assignGroups(free, needsOn(plan, date), plan.familiar);
    shifts.push(...given, ...kept.map((shift) => ({ ...shift, fixed: true })));
    remember(plan.familiar, [...given, ...kept]);
  }
  return shifts;
}

/** What stays open of the draft's own days, as it is stored. */
function openDemand(gap: Uncovered): OpenDemand {
  return {
    from: parseTime(gap.from)!,
    to: parseTime(gap.to)!,
    date: gap.date,
    level: gap.level ?? null,
    skill: gap.skill ?? null,
    missing: gap.missing,
    kind: gap.kind,
    why: gap.why.map((fact) => fact.text),
    facts: gap.why.map(({ fact, staff, from: begins, to: ends, used, most }) => ({
      fact,
      staffId: staff === undefined ? null : Number(staff),
      slot:
        begins === undefined || ends === undefined
          ? null
          : { from: parseTime(begins)!, to: parseTime(ends)! },
      used: used ?? null,
      most: most ?? null,
    })),
    closes: gap.closes.text,
    closedBy: { people: gap.closes.people, hours: gap.closes.hours },
  };
}

/**
 * Has the solver make a draft, in its own thread: reads everything in one state, solves within `seconds`, gives the
 * shifts to groups. Writes nothing: saveDraft does, and a roster published meanwhile makes the draft stale. Refuses days
 * gone, more than 28, and days on which every group is closed.
 */
export async function makeDraft(
  database: Database,
  wish: DraftWish,
  { today, seconds, onRun, onIncumbent }: DraftOptions,
): Promise<Draft> {
  checkDates(wish, today);
  const plan = await database.read(async (tx) => {
    const centre = (await findCentre(tx, wish.centreId)) ?? refuse('missing');
    return planRoster(tx, centre, wish, wish.keep);
  });
  if (!plan) return refuse('closed', { errors: [{ field: 'from', reason: 'closed' }] });
  const checked = readRoster(plan.input);
  if ('errors' in checked)
    throw new Error(
      `the roster's input is wrong: ${checked.errors.map(({ path, problem }) => `${path} ${problem}`).join('; ')}`,
    );
  const run = runRoster(checked.input, { seconds, ...(onIncumbent && { onIncumbent }) });
  onRun?.(run);
  const roster = await run.finished;
  if (!roster) throw new Error('the solver gave no roster');
  const shifts = shiftsOf(plan, roster);
  const own = roster.uncovered.filter(({ date }) => date >= plan.from && date <= plan.to);
  const { cost, bound, gap, proved } = roster;
  return {
    wish,
    basis: plan.basis,
    shifts,
    outcome: {
      uncovered: own.map(openDemand),
      idle: idleOf(checked.input, roster).map(({ staff, week, minutes, why }) => ({
        staffId: Number(staff),
        week,
        minutes,
        why: why.map(({ reason, halfHours, date }) => ({ reason, halfHours, date: date ?? null })),
      })),
      cost: { ...cost },
      bound,
      gap,
      proved,
      continuity: continuityOf(shifts),
    },
  };
}

/** Writes a draft. Whoever administers the centre may; families and places are not touched by it. */
export async function saveDraft(
  work: Work,
  { wish, basis, shifts, outcome }: Draft,
): Promise<{ id: number }> {
  const { tx, now, actor } = work;
  const { centreId, from, to } = wish;
  mustAdminister(work);
  await centreToAdminister(work, centreId);
  checkDates(wish, todayOf(work));
  const id = await insertRoster(tx, {
    centreId,
    startsOn: from,
    endsOn: to,
    madeAt: now,
    madeBy: authorOf(actor),
    basis: [...basis],
    outcome,
  });
  await insertShifts(tx, id, shifts);
  await insertEvent(tx, {
    at: now,
    by: authorOf(actor),
    kind: 'roster.drafted',
    centreId,
    data: { rosterId: id, from, to },
  });
  return { id };
}
