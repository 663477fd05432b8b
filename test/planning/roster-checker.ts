import type { Roster } from '../../src/planning/roster/result.ts';
import type { DemandJson, RosterJson, StaffJson } from './roster-cases.ts';

// Reads input and output as text and shares nothing with what it checks: times are minutes, days are counted from 0000.

export function minutesOf(time: string): number {
  const [hours, minutes] = time.split(':').map(Number);
  return hours! * 60 + minutes!;
}

function dayNumberOf(date: string): number {
  let [year, month, day] = date.split('-').map(Number) as [number, number, number];
  if (month < 3) {
    year -= 1;
    month += 12;
  }
  return (
    365 * year +
    Math.floor(year / 4) -
    Math.floor(year / 100) +
    Math.floor(year / 400) +
    Math.floor((153 * (month - 3) + 2) / 5) +
    day
  );
}

/** Monday 0 … Sunday 6: 1 February 2027 was a Monday. */
const sinceMonday = (date: string): number => (((dayNumberOf(date) - dayNumberOf('2027-02-01')) % 7) + 7) % 7;
const weekdayName = (date: string): string =>
  ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'][sinceMonday(date)]!;
const weekNumber = (date: string): number => dayNumberOf(date) - sinceMonday(date);

export interface CheckedShift {
  readonly staff: string;
  readonly date: string;
  readonly from: string;
  readonly to: string;
  readonly breakFrom: string | null;
}

/** What is wrong with a shift by itself. */
export function shiftFaults(input: RosterJson, who: StaffJson, shift: CheckedShift): string[] {
  const { rules } = input;
  const faults: string[] = [];
  const fault = (wrong: boolean, text: string) => {
    if (wrong) faults.push(`${who.id} ${shift.date} ${shift.from}–${shift.to}: ${text}`);
  };
  const [from, to] = [minutesOf(shift.from), minutesOf(shift.to)];
  fault(shift.date < input.from || shift.date > input.to, 'outside the days');
  fault(from % 30 !== 0 || to % 30 !== 0, 'off the grid');
  fault(from < minutesOf(input.opens) || to > minutesOf(input.closes), 'outside the opening');
  fault(to - from < who.minShiftMinutes, 'too short');
  fault(to - from > who.maxShiftMinutes, 'too long');
  fault(who.absent.includes(shift.date), 'absent');
  if (who.available) {
    const window = who.available[weekdayName(shift.date)];
    fault(!window || from < minutesOf(window[0]) || to > minutesOf(window[1]), 'not available');
  }
  const needsBreak = rules['breakMinutes']! > 0 && to - from > rules['breakAfterMinutes']!;
  fault(needsBreak !== (shift.breakFrom !== null), 'a break too many or too few');
  if (shift.breakFrom !== null) {
    const after = minutesOf(shift.breakFrom) - from;
    fault(after < rules['breakEarliestMinutes']! || after > rules['breakLatestMinutes']!, 'break misplaced');
    fault(after <= 0 || from + after + rules['breakMinutes']! >= to, 'break not within');
  }
  return faults;
}

const netOf = (input: RosterJson, shift: CheckedShift): number =>
  minutesOf(shift.to) - minutesOf(shift.from) - (shift.breakFrom === null ? 0 : input.rules['breakMinutes']!);

/** All that is illegal in the shifts of one person together. */
export function togetherFaults(input: RosterJson, who: StaffJson, shifts: readonly CheckedShift[]): string[] {
  const faults: string[] = [];
  const sorted = [...shifts].toSorted((a, b) => dayNumberOf(a.date) - dayNumberOf(b.date));
  sorted.forEach((shift, at) => {
    const before = sorted[at - 1];
    if (!before) return;
    const apart = dayNumberOf(shift.date) - dayNumberOf(before.date);
    if (apart === 0) faults.push(`${who.id}: two shifts on ${shift.date}`);
    else if (apart * 1440 + minutesOf(shift.from) - minutesOf(before.to) < input.rules['restMinutes']!)
      faults.push(`${who.id}: too little rest before ${shift.date}`);
  });
  for (const [week, inWeek] of Map.groupBy(sorted, ({ date }) => weekNumber(date))) {
    if (inWeek.length > who.daysPerWeek) faults.push(`${who.id}: ${inWeek.length} days in week ${week}`);
    const net = inWeek.reduce((sum, shift) => sum + netOf(input, shift), 0);
    if (net > who.weeklyMinutes + who.overtimeMinutesPerWeek)
      faults.push(`${who.id}: ${net} minutes in week ${week}`);
  }
  return faults;
}

/**
 * Whether a person counts for a row of demand in the half-hour that begins at this minute: not before, not after, and in
 * the break only where the row lets one of that length count as on call.
 */
export function isPresent(
  input: RosterJson,
  shift: CheckedShift,
  minute: number,
  { skill, onCallBreakMinutes }: Pick<DemandJson, 'skill' | 'onCallBreakMinutes'>,
): boolean {
  if (minute < minutesOf(shift.from) || minute >= minutesOf(shift.to)) return false;
  if (shift.breakFrom === null) return true;
  if (skill !== undefined && (onCallBreakMinutes ?? 0) >= input.rules['breakMinutes']!) return true;
  const pause = minutesOf(shift.breakFrom);
  return minute < pause || minute >= pause + input.rules['breakMinutes']!;
}

/** 'date kind ask minute' → people missing, over all demand; of rows that say the same the greatest counts. */
export function missingOf(input: RosterJson, shifts: readonly CheckedShift[]): Map<string, number> {
  const missing = new Map<string, number>();
  const byId = new Map(input.staff.map((who) => [who.id, who]));
  for (const row of input.demand) {
    const { date, from, to, level, skill, count, kind } = row;
    for (let minute = minutesOf(from); minute < minutesOf(to); minute += 30) {
      const present = shifts.filter((shift) => {
        const who = byId.get(shift.staff)!;
        const serves = skill === undefined ? who.level >= level! : who.skills.includes(skill);
        return shift.date === date && serves && isPresent(input, shift, minute, row);
      }).length;
      const key = `${date} ${kind} ${skill ?? level} ${minute}`;
      if (present < count) missing.set(key, Math.max(missing.get(key) ?? 0, count - present));
    }
  }
  return missing;
}

export function legalMissing(missing: ReadonlyMap<string, number>): number {
  return [...missing].reduce((sum, [key, people]) => sum + (key.includes(' legal ') ? people : 0), 0);
}

/** Everything that is illegal in a roster or wrong in what it says of itself; none when all is well. */
export function rosterFaults(input: RosterJson, roster: Roster): string[] {
  const faults: string[] = [];
  for (const shift of roster.shifts) {
    const who = input.staff.find(({ id }) => id === shift.staff);
    if (who) faults.push(...shiftFaults(input, who, shift));
    else faults.push(`nobody is called ${shift.staff}`);
  }
  for (const who of input.staff) {
    const own = roster.shifts.filter(({ staff }) => staff === who.id);
    faults.push(...togetherFaults(input, who, own));
    for (const { date, from, to } of who.fixed ?? [])
      if (!own.some((shift) => shift.date === date && shift.from === from && shift.to === to))
        faults.push(`${who.id}: the fixed shift of ${date} is not kept`);
  }
  const missing = missingOf(input, roster.shifts);
  const told = new Map<string, number>();
  for (const { date, from, to, level, skill, kind, missing: people, why, closes } of roster.uncovered) {
    for (let minute = minutesOf(from); minute < minutesOf(to); minute += 30)
      told.set(`${date} ${kind} ${skill ?? level} ${minute}`, people);
    if (why.length === 0) faults.push(`no reason for the gap of ${date} ${from}`);
    if (closes.people !== people || closes.hours !== (people * (minutesOf(to) - minutesOf(from))) / 60)
      faults.push(`what closes the gap of ${date} ${from} is wrong`);
  }
  const text = (map: ReadonlyMap<string, number>) => [...map].map(String).toSorted().join(' ');
  if (text(missing) !== text(told)) faults.push(`uncovered is ${text(told)}, should be ${text(missing)}`);
  if (roster.cost.legal !== 1000 * legalMissing(missing)) faults.push(`cost.legal is ${roster.cost.legal}`);
  const { total, ...terms } = roster.cost;
  const sum = Object.values(terms).reduce((all, term) => all + term, 0);
  if (Math.abs(sum - total) > 1e-4) faults.push(`the terms add up to ${sum}, not ${total}`);
  if (roster.bound > total + 1e-6 || roster.gap < 0) faults.push(`bound ${roster.bound} over cost ${total}`);
  return faults;
}
