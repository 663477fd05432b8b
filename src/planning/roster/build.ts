import { datesBetween, daysBetween, startOfWeek, weekdayOf } from '../../domain/calendar.ts';
import { HALF_HOURS, MINUTES_PER_HALF_HOUR, parseTime } from '../../domain/slots.ts';
import { bitsOf, catalogueOf, WORD, type Catalogue, type ShiftBounds } from './catalogue.ts';
import { LONGEST_WEEK_MINUTES, type RosterInput, type RosterStaff } from './input.ts';
import { WEIGHTS, type Ask, type Line, type Problem } from './problem.ts';

const at = (time: string): number => parseTime(time)!;

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** What a person may do, as one text: the order of staff must not depend on names. */
function contentOf({ skills, absent, fixed, ...rest }: RosterStaff): string {
  const shifts = fixed.map(({ date, from, to }) => `${date} ${from} ${to}`);
  const days = (windows: RosterStaff['prefers'] | undefined) =>
    windows && Object.entries(windows).toSorted(([a], [b]) => compare(a, b));
  const { available, prefers, wishes, ...numbers } = rest;
  const plain = Object.entries({ ...numbers, id: '' }).toSorted(([a], [b]) => compare(a, b));
  return JSON.stringify([
    plain,
    skills.toSorted(),
    absent.toSorted(),
    shifts.toSorted(),
    days(available) ?? null,
    days(prefers),
    // Nothing where there are none: the order of staff stays what it was.
    ...(wishes && wishes.length > 0 ? [wishes.toSorted((a, b) => compare(a.date, b.date))] : []),
  ]);
}

function sortedStaff(staff: readonly RosterStaff[]): RosterStaff[] {
  return staff
    .map((each) => ({ each, content: contentOf(each) }))
    .toSorted((a, b) => compare(a.content, b.content) || compare(a.each.id, b.each.id))
    .map(({ each }) => each);
}

function linesOf(input: RosterInput, dates: readonly string[]): Line[] {
  const lines = new Map<string, Line>();
  const lineOf = (key: string, ask: Ask, onCall = false): Line => {
    const known = lines.get(key);
    if (known) return known;
    const cells = dates.length * HALF_HOURS;
    const line = { ask, onCall, legal: new Int32Array(cells), quality: new Int32Array(cells) };
    lines.set(key, line);
    return line;
  };
  lineOf('0', { level: 0 });
  const dayOf = new Map(dates.map((date, day) => [date, day]));
  const { breakMinutes } = input.rules;
  for (const { level, skill, date, from, to, kind, count, onCallBreakMinutes } of input.demand) {
    const onCall = breakMinutes > 0 && onCallBreakMinutes >= breakMinutes;
    const line =
      level === undefined
        ? lineOf(`skill ${skill}${onCall ? ' on call' : ''}`, { skill: skill! }, onCall)
        : lineOf(String(level), { level });
    const base = dayOf.get(date)! * HALF_HOURS;
    for (let cell = base + at(from); cell < base + at(to); cell++)
      line[kind][cell] = Math.max(line[kind][cell]!, count);
  }
  return [...lines].toSorted(([a], [b]) => compare(a, b)).map(([, line]) => line);
}

/** Whether a person counts for what demand asks for: levels nest. */
export function servesAsk({ level, skills }: RosterStaff, ask: Ask): boolean {
  return 'level' in ask ? level >= ask.level : skills.includes(ask.skill);
}

function classesOf(staff: readonly RosterStaff[], lines: readonly Line[]) {
  const classes = new Map<string, { number: number; serves: number[] }>();
  const classOf = Int32Array.from(staff, (each) => {
    const serves = lines.flatMap(({ ask }, line) => (servesAsk(each, ask) ? [line] : []));
    const key = serves.join(' ');
    const known = classes.get(key) ?? { number: classes.size, serves };
    classes.set(key, known);
    return known.number;
  });
  const serves = [...classes.values()].map((each) => each.serves);
  return {
    classOf,
    serves,
    servesAtWork: serves.map((own) => own.filter((line) => !lines[line]!.onCall)),
    servesOnCall: serves.map((own) => own.filter((line) => lines[line]!.onCall)),
  };
}

/** The window of a person on a date, in half-hours; undefined when it is a day off by contract. */
export function windowOn(input: RosterInput, staff: RosterStaff, date: RosterInput['from']) {
  const { opens, closes } = input;
  if (staff.available === undefined) return { from: at(opens), to: at(closes) };
  const window = staff.available[weekdayOf(date)];
  if (window === undefined) return undefined;
  return { from: Math.max(at(opens), at(window[0])), to: Math.min(at(closes), at(window[1])) };
}

/** What the shifts of a person on a date must obey; undefined when there can be none. */
function boundsOn(
  input: RosterInput,
  staff: RosterStaff,
  date: RosterInput['from'],
): ShiftBounds | undefined {
  if (staff.absent.includes(date)) return undefined;
  const fixed = staff.fixed.find((each) => each.date === date);
  if (fixed) {
    const [from, to] = [at(fixed.from), at(fixed.to)];
    return { from, to, shortest: to - from, longest: to - from };
  }
  const window = windowOn(input, staff, date);
  return (
    window && {
      ...window,
      shortest: staff.minShiftMinutes / MINUTES_PER_HALF_HOUR,
      longest: staff.maxShiftMinutes / MINUTES_PER_HALF_HOUR,
    }
  );
}

/**
 * Half-hours of each shift outside a person's preferred window: the one of that very date where there is one, all of them
 * where the person would rather be free; none on a weekday without one.
 */
function dislikedOn(staff: RosterStaff, date: RosterInput['from'], shifts: Catalogue): Uint8Array {
  const wish = staff.wishes?.find((each) => each.date === date);
  const window = wish ? wish.hours : staff.prefers[weekdayOf(date)];
  if (window === undefined) return new Uint8Array(shifts.count);
  const [from, to] = window === null ? [0, 0] : [at(window[0]), at(window[1])];
  const ones = (bits: number): number => {
    let count = 0;
    for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
    return count;
  };
  return Uint8Array.from({ length: shifts.count }, (_, shift) => {
    const low = shifts.low[shift]! & ~bitsOf(from, to, 0);
    return ones(low) + ones(shifts.high[shift]! & ~bitsOf(from, to, WORD));
  });
}

/**
 * Contract half-hours of a person in a week. Of a part of a week only the part of the days that the contract has; days of
 * absence on which the person would have worked take their share away.
 */
export function targetIn(
  input: RosterInput,
  staff: RosterStaff,
  week: readonly RosterInput['from'][],
): number {
  const possible = week.filter((date) => windowOn(input, staff, date) !== undefined);
  if (possible.length === 0) return 0;
  const here = possible.filter((date) => !staff.absent.includes(date)).length;
  const weekdays = staff.available === undefined ? 7 : Object.keys(staff.available).length;
  const share = Math.min(1, possible.length / Math.min(staff.daysPerWeek, weekdays));
  const contract = Math.floor(staff.weeklyMinutes / MINUTES_PER_HALF_HOUR);
  return (contract * share * here) / possible.length;
}

/** Lays a roster's input out as arrays. Takes what readRoster has checked. */
export function buildProblem(input: RosterInput): Problem {
  const dates = datesBetween(input.from, input.to);
  const staff = sortedStaff(input.staff);
  const monday = startOfWeek(input.from);
  const weekOf = Int32Array.from(dates, (date) => Math.floor(daysBetween(monday, date) / 7));
  const weeks = weekOf.at(-1)! + 1;
  const lines = linesOf(input, dates);
  const opening = { opens: at(input.opens), closes: at(input.closes) };
  const catalogues = new Map<string, Catalogue>();
  const catalogueFor = (bounds: ShiftBounds | undefined): Catalogue => {
    const known = bounds ?? { from: 0, to: 0, shortest: 1, longest: 1 };
    const key = JSON.stringify(known);
    const made = catalogues.get(key) ?? catalogueOf(known, input.rules, opening);
    catalogues.set(key, made);
    return made;
  };
  const catalogue = staff.flatMap((each) => dates.map((date) => catalogueFor(boundsOn(input, each, date))));
  const needed = new Int32Array(dates.length * HALF_HOURS);
  for (const { legal, quality } of lines)
    needed.forEach((most, cell) => (needed[cell] = Math.max(most, legal[cell]!, quality[cell]!)));
  const byWeek = Array.from({ length: weeks }, (_, week) => dates.filter((__, day) => weekOf[day] === week));
  return {
    input,
    dates,
    days: dates.length,
    weekOf,
    weeks,
    ...opening,
    staff,
    catalogue,
    must: Uint8Array.from(
      staff.flatMap((each) => dates.map((date) => Number(each.fixed.some((shift) => shift.date === date)))),
    ),
    disliked: catalogue.map((shifts, duty) =>
      dislikedOn(staff[Math.floor(duty / dates.length)]!, dates[duty % dates.length]!, shifts),
    ),
    most: Int32Array.from(staff, ({ weeklyMinutes, overtimeMinutesPerWeek }) =>
      Math.floor((weeklyMinutes + overtimeMinutesPerWeek) / MINUTES_PER_HALF_HOUR),
    ),
    target: Float64Array.from(staff.flatMap((each) => byWeek.map((week) => targetIn(input, each, week)))),
    daysPerWeek: Int32Array.from(staff, ({ daysPerWeek }) => daysPerWeek),
    fullTime: Float64Array.from(staff, ({ weeklyMinutes }) =>
      Math.max(0.25, weeklyMinutes / LONGEST_WEEK_MINUTES),
    ),
    rest: Math.ceil(input.rules.restMinutes / MINUTES_PER_HALF_HOUR),
    lines,
    ...classesOf(staff, lines),
    needed,
    payroll: WEIGHTS.overtime * needed.reduce((sum, each) => sum + each, 0),
  };
}
