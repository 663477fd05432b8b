import { daysBetween, startOfWeek, weekdayOf, WEEKDAYS } from '../../domain/calendar.ts';
import { MINUTES_PER_HALF_HOUR, parseTime } from '../../domain/slots.ts';
import { breakPlaces, NO_BREAK } from './catalogue.ts';
import { MOST_DAYS, type InputError, type RosterInput, type RosterStaff } from './input.ts';

type Fixed = RosterStaff['fixed'][number];
type Tell = (path: string, problem: string) => void;

const at = (text: string): number => parseTime(text)!;
const minutesOf = ({ from, to }: Fixed): number => (at(to) - at(from)) * MINUTES_PER_HALF_HOUR;
const HALF_HOURS_PER_DAY = 48;

/** Why a shift of somebody is none that the rules allow; undefined when it is legal by itself. */
function illegal(input: RosterInput, staff: RosterStaff, shift: Fixed): string | undefined {
  const { from, to, date } = shift;
  if (date < input.from || date > input.to) return `is on ${date}, outside ${input.from} to ${input.to}`;
  if (staff.absent.includes(date)) return `is on ${date}, a day of absence`;
  if (at(from) < at(input.opens) || at(to) > at(input.closes))
    return `is ${from}–${to}, outside the opening ${input.opens}–${input.closes}`;
  if (staff.available !== undefined) {
    const window = staff.available[weekdayOf(date)];
    if (window === undefined) return `is on ${date}, a weekday not in available`;
    if (at(from) < at(window[0]) || at(to) > at(window[1]))
      return `is ${from}–${to}, outside available ${window[0]}–${window[1]}`;
  }
  const minutes = minutesOf(shift);
  if (minutes < staff.minShiftMinutes)
    return `lasts ${minutes} minutes, less than minShiftMinutes ${staff.minShiftMinutes}`;
  if (minutes > staff.maxShiftMinutes)
    return `lasts ${minutes} minutes, more than maxShiftMinutes ${staff.maxShiftMinutes}`;
  if (breakPlaces(at(from), at(to), input.rules).length === 0)
    return `lasts ${minutes} minutes and has no place for the break that the rules ask for`;
  return undefined;
}

function netMinutes(input: RosterInput, shift: Fixed): number {
  const [place] = breakPlaces(at(shift.from), at(shift.to), input.rules);
  return minutesOf(shift) - (place === NO_BREAK ? 0 : input.rules.breakMinutes);
}

/** Fixed shifts that are legal one by one but not together: two on a day, too little rest, too much in a week. */
function togetherErrors(input: RosterInput, staff: RosterStaff, path: string, tell: Tell): void {
  const sorted = staff.fixed
    .map((shift, number) => ({ shift, path: `${path}.fixed.${number}` }))
    .toSorted((a, b) => (a.shift.date < b.shift.date ? -1 : Number(a.shift.date > b.shift.date)));
  const worked = new Map<string, { minutes: number; days: number }>();
  sorted.forEach(({ shift, path: where }, number) => {
    const before = sorted[number - 1]?.shift;
    if (before?.date === shift.date) tell(where, `is a second shift on ${shift.date}`);
    else if (before && daysBetween(before.date, shift.date) === 1) {
      const rest = (at(shift.from) + HALF_HOURS_PER_DAY - at(before.to)) * MINUTES_PER_HALF_HOUR;
      if (rest < input.rules.restMinutes)
        tell(
          where,
          `begins ${rest} minutes after the shift before, less than restMinutes ${input.rules.restMinutes}`,
        );
    }
    const week = startOfWeek(shift.date);
    const sum = worked.get(week) ?? { minutes: 0, days: 0 };
    sum.minutes += netMinutes(input, shift);
    sum.days += 1;
    worked.set(week, sum);
    const most = staff.weeklyMinutes + staff.overtimeMinutesPerWeek;
    if (sum.minutes > most)
      tell(
        where,
        `brings the week to ${sum.minutes} minutes of work, over the ${most} of contract and overtime`,
      );
    if (sum.days > staff.daysPerWeek)
      tell(where, `is day ${sum.days} of the week, over daysPerWeek ${staff.daysPerWeek}`);
  });
}

function windowErrors(input: RosterInput, staff: RosterStaff, path: string, tell: Tell): void {
  for (const day of WEEKDAYS) {
    const window = staff.available?.[day];
    if (window && (at(window[1]) <= at(input.opens) || at(window[0]) >= at(input.closes)))
      tell(
        `${path}.available.${day}`,
        `is ${window[0]}–${window[1]}, none of it in the opening ${input.opens}–${input.closes}`,
      );
  }
}

function staffErrors(input: RosterInput, tell: Tell): void {
  const seen = new Set<string>();
  input.staff.forEach((staff, number) => {
    const path = `staff.${number}`;
    if (seen.has(staff.id)) tell(`${path}.id`, `repeats ${JSON.stringify(staff.id)}`);
    seen.add(staff.id);
    windowErrors(input, staff, path, tell);
    let legal = true;
    staff.fixed.forEach((shift, each) => {
      const problem = illegal(input, staff, shift);
      if (problem === undefined) return;
      legal = false;
      tell(`${path}.fixed.${each}`, problem);
    });
    if (legal) togetherErrors(input, staff, path, tell);
  });
}

function demandErrors(input: RosterInput, tell: Tell): void {
  const onCall = new Map<string, number>();
  input.demand.forEach(({ date, from, to, skill, onCallBreakMinutes }, number) => {
    const halfHours = Array.from({ length: skill === undefined ? 0 : at(to) - at(from) }, (_, each) =>
      JSON.stringify([skill, date, at(from) + each]),
    );
    if (halfHours.some((key) => (onCall.get(key) ?? onCallBreakMinutes) !== onCallBreakMinutes))
      tell(`demand.${number}.onCallBreakMinutes`, 'is another for the same skill at the same time');
    for (const key of halfHours) onCall.set(key, onCallBreakMinutes);
    if (skill === undefined && onCallBreakMinutes > 0)
      tell(`demand.${number}.onCallBreakMinutes`, 'is for a row of a skill: a break leaves nobody at work');
    if (date < input.from || date > input.to)
      tell(`demand.${number}.date`, `is ${date}, outside ${input.from} to ${input.to}`);
    if (at(from) < at(input.opens) || at(to) > at(input.closes))
      tell(`demand.${number}`, `is ${from}–${to}, outside the opening ${input.opens}–${input.closes}`);
  });
}

/** What a well-formed input asks that no roster could obey. */
export function crossErrors(input: RosterInput): InputError[] {
  const errors: InputError[] = [];
  const tell: Tell = (path, problem) => void errors.push({ path, problem });
  if (input.from > input.to) return [{ path: 'to', problem: `is ${input.to}, before from ${input.from}` }];
  const days = daysBetween(input.from, input.to) + 1;
  if (days > MOST_DAYS)
    return [{ path: 'to', problem: `makes ${days} days: a roster is for at most ${MOST_DAYS}` }];
  if (input.rules.breakEarliestMinutes > input.rules.breakLatestMinutes)
    tell('rules.breakEarliestMinutes', 'is more than breakLatestMinutes');
  staffErrors(input, tell);
  demandErrors(input, tell);
  return errors;
}
