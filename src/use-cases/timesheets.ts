import {
  addDays,
  addMonths,
  instantAt,
  startOfMonth,
  startOfWeek,
  yearOf,
  plainDate,
  type Instant,
  type PlainDate,
} from '../domain/calendar.ts';
import { spellsOf } from '../domain/clocking.ts';
import { refuse } from '../domain/refusal.ts';
import { isOpen, timesheetDays, type TimesheetDay } from '../domain/timesheet.ts';
import { isOver, monthSpan } from '../domain/timesheet-month.ts';
import { workTermsOn } from '../domain/work-terms.ts';
import { listClockingTimes, lockStaffOf } from '../data/clockings.ts';
import type { Reading } from '../data/database.ts';
import { insertEvent } from '../data/events.ts';
import { findOverrides } from '../data/groups.ts';
import { listWorkTerms } from '../data/norms.ts';
import { listRosterDays, listStandingTimes } from '../data/standing-shifts.ts';
import { leaveHolds, listLeaveOf, listStaff } from '../data/staff.ts';
import {
  findClosing,
  insertTimesheet,
  listClosedMonths,
  reopenTimesheet,
  type TimesheetLine,
} from '../data/timesheets.ts';
import { centreToAdminister } from './administration.ts';
import { reasonOf } from './clockings.ts';
import { authorOf, todayOf, type Work } from './perform.ts';

interface Which {
  readonly centreId: number;
  readonly from: PlainDate;
  readonly to: PlainDate;
  /** One contract only. */
  readonly staffId?: number | undefined;
}

/** A centre's contracts with their days of a span, counted from what is recorded now. */
async function countDays(tx: Reading, which: Which, now: Instant): Promise<TimesheetLine[]> {
  const { centreId, from, to } = which;
  const staff = (await listStaff(tx, centreId, { from, to })).filter(
    ({ id }) => which.staffId === undefined || id === which.staffId,
  );
  const ids = staff.map(({ id }) => id);
  const around = { from: startOfWeek(from), to };
  const span = { from: instantAt(around.from, 0), to: instantAt(addDays(to, 2), 0) };
  const clockings = Map.groupBy(await listClockingTimes(tx, ids, span), (each) => each.staffId);
  const shifts = Map.groupBy(
    await listStandingTimes(tx, { staffIds: ids, ...around }),
    (each) => each.staffId,
  );
  const leave = (await listLeaveOf(tx, ids, around)).filter(leaveHolds);
  const rostered = new Set((await listRosterDays(tx, { centreId, ...around })).keys());
  const overrides = await findOverrides(tx);
  const terms = await listWorkTerms(tx);
  return staff.map((row) => ({
    staffId: row.id,
    name: row.name,
    post: row.post,
    weeklyMinutes: row.weeklyMinutes,
    days: timesheetDays(row, which, {
      shifts: shifts.get(row.id) ?? [],
      spells: spellsOf(clockings.get(row.id) ?? []),
      leave: leave.filter((each) => each.staffId === row.id),
      overrides,
      termsOn: (date) => workTermsOn(terms, date),
      rostered,
      now,
    }),
  }));
}

/** Minutes of overtime of a contract: in the month, and from the year's first day to the month's end; and the limits. */
export interface OvertimeAccount {
  readonly month: number;
  readonly year: number;
  readonly mostInMonth: number;
  readonly mostInYear: number;
}

export interface Timesheet {
  readonly month: PlainDate;
  /** Null while the month is open: then the lines are counted from what is recorded. */
  readonly closed: { readonly at: Instant; readonly by: number | null } | null;
  readonly lines: readonly (TimesheetLine & { readonly overtime: OvertimeAccount })[];
}

function monthsBetween(first: PlainDate, last: PlainDate): PlainDate[] {
  const months: PlainDate[] = [];
  for (let month = first; month <= last; month = addMonths(month, 1)) months.push(month);
  return months;
}

const overtimeOf = (days: readonly TimesheetDay[]) => days.reduce((sum, day) => sum + day.overtime, 0);

/**
 * A centre's month. A closed one is as it stood when it was closed; the year's overtime takes closed months as they stood
 * and counts the others.
 */
export async function readTimesheet(
  tx: Reading,
  which: { readonly centreId: number; readonly month: PlainDate; readonly staffId?: number | undefined },
  now: Instant,
): Promise<Timesheet> {
  const { centreId, month, staffId } = which;
  const { to } = monthSpan(month);
  const newYear = plainDate(`${yearOf(month)}-01-01`);
  const closed = await listClosedMonths(tx, centreId, { from: newYear, to: month });
  const isClosed = new Set(closed.map((each) => each.month));
  const from = monthsBetween(newYear, month).find((each) => !isClosed.has(each));
  const counted = from === undefined ? [] : await countDays(tx, { centreId, from, to, staffId }, now);
  const closing = closed.find((each) => each.month === month);
  const terms = workTermsOn(await listWorkTerms(tx), to);
  const own = (line: TimesheetLine) => staffId === undefined || line.staffId === staffId;
  const inMonth = ({ date }: TimesheetDay) => date >= month;
  const employed = new Set((await listStaff(tx, centreId, monthSpan(month))).map(({ id }) => id));
  const lines = closing
    ? closing.lines.filter(own)
    : counted
        .filter((line) => employed.has(line.staffId))
        .map((line) => ({ ...line, days: line.days.filter(inMonth) }));
  const yearOvertime = (id: number) => {
    const open = counted.find((line) => line.staffId === id)?.days ?? [];
    const frozen = closed.flatMap((each) => each.lines.find((line) => line.staffId === id)?.days ?? []);
    return overtimeOf([...open.filter(({ date }) => !isClosed.has(startOfMonth(date))), ...frozen]);
  };
  return {
    month,
    closed: closing ? { at: closing.closedAt, by: closing.closedBy } : null,
    lines: lines.map((line) => ({
      ...line,
      overtime: {
        month: overtimeOf(line.days),
        year: yearOvertime(line.staffId),
        mostInMonth: terms.overtimeMonthMinutes,
        mostInYear: terms.overtimeYearMinutes,
      },
    })),
  };
}

/**
 * Closes a month for the accounts: its lines are kept as they stand. Refuses a month that is not over (`invalid`), one
 * that is closed already (`stale`), and one in which a person has still to say what counts (`in_the_way`).
 */
export async function closeMonth(
  work: Work,
  { centreId, month }: { readonly centreId: number; readonly month: PlainDate },
): Promise<{ id: number }> {
  const { tx, now, actor } = work;
  await centreToAdminister(work, centreId);
  if (!isOver(month, todayOf(work))) refuse('invalid', { problem: 'not_over' });
  await lockStaffOf(tx, centreId);
  if (await findClosing(tx, centreId, month)) refuse('stale', { problem: 'already_closed' });
  const lines = await countDays(tx, { centreId, ...monthSpan(month) }, now);
  const open = lines.reduce((sum, line) => sum + line.days.filter(isOpen).length, 0);
  if (open > 0) refuse('in_the_way', { problem: 'days_open', open });
  const id = await insertTimesheet(tx, { centreId, month, closedAt: now, closedBy: authorOf(actor), lines });
  await insertEvent(tx, {
    at: now,
    by: authorOf(actor),
    kind: 'timesheet.closed',
    centreId,
    data: { timesheetId: id, month },
  });
  return { id };
}

/** Opens a closed month again, with the reason; what was closed is kept. Refuses `stale` where it is open. */
export async function reopenMonth(
  work: Work,
  input: { readonly centreId: number; readonly month: PlainDate; readonly note: string },
): Promise<void> {
  const { tx, now, actor } = work;
  const { centreId, month } = input;
  await centreToAdminister(work, centreId);
  await lockStaffOf(tx, centreId);
  const closing = (await findClosing(tx, centreId, month)) ?? refuse('stale', { problem: 'already_open' });
  const reason = reasonOf(input.note);
  await reopenTimesheet(tx, closing.id, { reopenedAt: now, reopenedBy: authorOf(actor) });
  await insertEvent(tx, {
    at: now,
    by: authorOf(actor),
    kind: 'timesheet.reopened',
    centreId,
    data: { timesheetId: closing.id, month, reason },
  });
}
