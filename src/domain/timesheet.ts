import { dateAt, datesBetween, minutesFrom, startOfWeek, type Instant, type PlainDate } from './calendar.ts';
import { isRunning, type Spell } from './clocking.ts';
import { LEAVE_KINDS, type LeaveKind } from './lapses.ts';
import { withOvertime } from './overtime.ts';
import { BREAK_HALF_HOURS, BREAK_MINUTES, workMinutes, type Shift } from './shift.ts';
import { MINUTES_PER_HALF_HOUR } from './slots.ts';
import type { WorkTerms } from './work-terms.ts';
import { workingDay, type Overrides } from './working-days.ts';
import type { Worker } from './working-time.ts';

/** What a day of a contract counts as. */
export type Code = 'work' | 'off' | 'holiday' | LeaveKind | 'unexplained';
export const ABSENCE_CODES = [...LEAVE_KINDS, 'unexplained'] as const;
export type AbsenceCode = (typeof ABSENCE_CODES)[number];

/**
 * Letters of form 421 (Order 390 of the Minister of Finance of 02.08.2011, annex 59): days off and holidays together are
 * В, night work Н. The others are those of the public-sector sheets that the form shares its layout with: to be checked.
 */
export const LETTERS: Readonly<Record<Code | 'night' | 'overtime' | 'holiday_work', string>> = {
  work: 'Ф',
  off: 'В',
  holiday: 'В',
  annual: 'О',
  sick: 'Б',
  study: 'ОУ',
  unpaid: 'А',
  other: 'А',
  unexplained: 'НН',
  night: 'Н',
  overtime: 'С',
  holiday_work: 'РП',
};

/**
 * `forgotten_left`, `forgotten_came`: one end of a time at work is missing, nothing of it counts until a person confirms.
 * `absent`: planned, and nobody came. `on_leave`: somebody worked on a day of leave.
 */
export type DayFlag = 'forgotten_left' | 'forgotten_came' | 'absent' | 'on_leave';

/** A day of a contract; all numbers are minutes. */
export interface TimesheetDay {
  readonly date: PlainDate;
  /** Null where nothing can be said yet, and outside the contract. */
  readonly code: Code | null;
  readonly planned: number;
  readonly worked: number;
  /** Parts of what was worked. */
  readonly overtime: number;
  readonly night: number;
  readonly holiday: number;
  readonly flags: readonly DayFlag[];
}

/** Minutes counted from the day's midnight; beyond 1440 is after the next one. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/** Being there a little before a shift or after it is not work (field practice). */
const GRACE_MINUTES = 15;
/** Night is from 22:00 to 06:00 (Labour Code, night work). */
const NIGHTS: readonly Span[] = [
  { from: 0, to: 360 },
  { from: 1320, to: 1800 },
];

const overlap = (a: Span, b: Span): number => Math.max(0, Math.min(a.to, b.to) - Math.max(a.from, b.from));
const lengthOf = (spans: readonly Span[]): number => spans.reduce((sum, { from, to }) => sum + to - from, 0);
const minutesOf = ({ from, to }: Pick<Shift, 'from' | 'to'>): Span => ({
  from: from * MINUTES_PER_HALF_HOUR,
  to: to * MINUTES_PER_HALF_HOUR,
});

/** Whole times at work of a day, without the little that somebody was there before the shift or after it. */
export function countedSpans(date: PlainDate, spells: readonly Spell[], shifts: readonly Shift[]): Span[] {
  if (spells.length === 0) return [];
  const starts = Math.min(...shifts.map((shift) => minutesOf(shift).from));
  const ends = Math.max(...shifts.map((shift) => minutesOf(shift).to));
  return spells.flatMap(({ cameAt, leftAt }) => {
    if (cameAt === null || leftAt === null) return [];
    const [came, left] = [minutesFrom(date, cameAt), minutesFrom(date, leftAt)];
    const from = came < starts && came >= starts - GRACE_MINUTES ? starts : came;
    const to = left > ends && left <= ends + GRACE_MINUTES ? ends : left;
    return from < to ? [{ from, to }] : [];
  });
}

/**
 * Minutes of break to take off: a break is no working time (Labour Code; domain.md "staff day"). The shift's own break as
 * far as somebody was there before and after it; without a plan half an hour of a day longer than the terms say. What
 * was clocked out in between has been taken already.
 */
export function breakDeducted(
  spans: readonly Span[],
  shifts: readonly Pick<Shift, 'breakFrom'>[],
  { breakAfterMinutes }: Pick<WorkTerms, 'breakAfterMinutes'>,
): number {
  if (spans.length === 0) return 0;
  const hull = { from: spans[0]!.from, to: spans.at(-1)!.to };
  const taken = lengthOf([hull]) - lengthOf(spans);
  const breaks = shifts.flatMap(({ breakFrom }) =>
    breakFrom === null ? [] : [minutesOf({ from: breakFrom, to: breakFrom + BREAK_HALF_HOURS })],
  );
  const unplanned = shifts.length === 0 && lengthOf([hull]) > breakAfterMinutes ? BREAK_MINUTES : 0;
  const due = breaks.reduce((sum, each) => sum + overlap(hull, each), unplanned);
  return Math.min(lengthOf(spans), Math.max(0, due - taken));
}

/** What of it was at night; never more than what was worked. */
export function nightMinutes(spans: readonly Span[], worked: number): number {
  const night = spans.reduce(
    (sum, span) => sum + NIGHTS.reduce((part, each) => part + overlap(span, each), 0),
    0,
  );
  return Math.min(worked, night);
}

/** What a contract's days are counted from: everything from the Monday of the first week on. */
export interface Recorded {
  readonly shifts: readonly Shift[];
  readonly spells: readonly Spell[];
  /** Approved. */
  readonly leave: readonly {
    readonly startsOn: PlainDate;
    readonly endsOn: PlainDate;
    readonly kind: LeaveKind;
  }[];
  readonly overrides: Overrides;
  readonly termsOn: (date: PlainDate) => Pick<WorkTerms, 'breakAfterMinutes'>;
  /** Days for which the centre has published a roster: who has no shift on them has a day off. */
  readonly rostered: ReadonlySet<PlainDate>;
  readonly now: Instant;
}

type Contract = Pick<Worker, 'weeklyMinutes' | 'daysPerWeek' | 'summedTime' | 'startsOn' | 'endsOn'>;

/**
 * What a day without work counts as. Public holidays are no days of annual leave (Labour Code, length of annual leave:
 * check); a planned day that is over without anybody having come stays unexplained until somebody explains it.
 */
function idleCode(
  kind: LeaveKind | undefined,
  planned: number,
  day: { readonly holiday: boolean; readonly off: boolean; readonly over: boolean; readonly open: boolean },
): Code | null {
  if (kind !== undefined) return kind === 'annual' && day.holiday ? 'holiday' : kind;
  if (day.open) return day.over ? 'unexplained' : null;
  if (planned > 0) return day.over ? 'unexplained' : null;
  if (day.holiday) return 'holiday';
  return day.off ? 'off' : null;
}

function oneDay(
  contract: Contract,
  date: PlainDate,
  all: Recorded,
  shifts: readonly Shift[],
  spells: readonly Spell[],
  today: PlainDate,
): TimesheetDay {
  const nothing = { date, code: null, planned: 0, worked: 0, overtime: 0, night: 0, holiday: 0, flags: [] };
  if (date < contract.startsOn || (contract.endsOn !== null && date > contract.endsOn)) return nothing;
  const calendar = workingDay(date, contract.daysPerWeek >= 6 ? 6 : 5, all.overrides);
  const leave = all.leave.find((each) => each.startsOn <= date && date <= each.endsOn);
  const planned = shifts.reduce((sum, shift) => sum + workMinutes(shift), 0);
  const spans = countedSpans(date, spells, shifts);
  const worked = lengthOf(spans) - breakDeducted(spans, shifts, all.termsOn(date));
  const over = date < today;
  const open = spells.filter((spell) => spell.cameAt === null || spell.leftAt === null);
  const holiday = calendar.reason === 'holiday';
  const code =
    worked > 0
      ? 'work'
      : idleCode(leave?.kind, planned, {
          holiday,
          off: all.rostered.has(date) || !calendar.working,
          over,
          open: open.length > 0,
        });
  const flags: DayFlag[] = [];
  if (open.some((spell) => spell.leftAt === null && !isRunning(spell, all.now))) flags.push('forgotten_left');
  if (open.some((spell) => spell.cameAt === null)) flags.push('forgotten_came');
  if (code === 'unexplained' && spells.length === 0) flags.push('absent');
  if (worked > 0 && leave) flags.push('on_leave');
  const night = nightMinutes(spans, worked);
  return { ...nothing, code, planned, worked, night, holiday: holiday ? worked : 0, flags };
}

/** A contract's days of a span, in order, overtime told by weeks that may begin before it. */
export function timesheetDays(
  contract: Contract,
  span: { readonly from: PlainDate; readonly to: PlainDate },
  all: Recorded,
): TimesheetDay[] {
  const shifts = Map.groupBy(all.shifts, ({ date }) => date);
  const spells = Map.groupBy(all.spells, ({ date }) => date);
  const today = dateAt(all.now);
  const days = datesBetween(startOfWeek(span.from), span.to).map((date) =>
    oneDay(contract, date, all, shifts.get(date) ?? [], spells.get(date) ?? [], today),
  );
  const overtime = withOvertime(
    contract,
    days.map(({ date, worked }) => ({ date, work: worked })),
  );
  return days
    .map((day, at) => ({ ...day, overtime: overtime[at]!.overtime }))
    .filter(({ date }) => date >= span.from);
}

/** Sums of some days: minutes, and days where it says so. */
export interface TimesheetSums {
  readonly daysWorked: number;
  readonly daysOff: number;
  readonly planned: number;
  readonly worked: number;
  readonly overtime: number;
  readonly night: number;
  readonly holiday: number;
  /** Days, by kind. */
  readonly absences: Readonly<Record<AbsenceCode, number>>;
  /** Days that a person must confirm before the month can be closed. */
  readonly open: number;
}

/** Whether one end of a day's work is missing: then a person must say what counts. */
export function isOpen({ flags }: Pick<TimesheetDay, 'flags'>): boolean {
  return flags.includes('forgotten_left') || flags.includes('forgotten_came');
}

export function sumsOf(days: readonly TimesheetDay[]): TimesheetSums {
  const counts = new Map<Code | null, number>();
  const minutes = { planned: 0, worked: 0, overtime: 0, night: 0, holiday: 0 };
  let open = 0;
  for (const day of days) {
    counts.set(day.code, (counts.get(day.code) ?? 0) + 1);
    minutes.planned += day.planned;
    minutes.worked += day.worked;
    minutes.overtime += day.overtime;
    minutes.night += day.night;
    minutes.holiday += day.holiday;
    if (isOpen(day)) open += 1;
  }
  const count = (code: Code) => counts.get(code) ?? 0;
  return {
    daysWorked: count('work'),
    daysOff: count('off') + count('holiday'),
    ...minutes,
    absences: Object.fromEntries(ABSENCE_CODES.map((code) => [code, count(code)])) as Record<
      AbsenceCode,
      number
    >,
    open,
  };
}
