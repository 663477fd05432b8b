import { addDays, addMonths, datesBetween, maxOf, minOf, yearOf, type PlainDate } from './calendar.ts';
import { holidaysIn, neverTransfers } from './holidays.ts';

/** Days of leave, both included. */
export interface LeaveDays {
  readonly startsOn: PlainDate;
  readonly endsOn: PlainDate;
}

/** What somebody's annual leave follows from. */
export interface LeaveTerms {
  /** First day of work. */
  readonly startsOn: PlainDate;
  /** Last day of work; null while none is known. */
  readonly endsOn: PlainDate | null;
  /** Calendar days a working year. */
  readonly yearlyDays: number;
  /** Days left from earlier working years, as the register keeps them. */
  readonly carriedDays: number;
}

export interface LeaveBalance {
  readonly year: LeaveDays;
  readonly yearlyDays: number;
  readonly carried: number;
  /** Earned in the working year by the day asked for, earlier years from today's on included. */
  readonly earned: number;
  /** Counted days of leave that holds: over by today, and still to come. */
  readonly taken: number;
  readonly approved: number;
  /** Below 0 where more is taken than earned: leave in advance. */
  readonly left: number;
}

/**
 * Calendar days of leave that are counted: public holidays within it are not, weekends are (Labour Code of 23.11.2015
 * № 414-V, art. 90 (1)). 7 January and the first day of Kurban Ait are days off and no holidays (art. 84 (5); said so of
 * Kurban Ait by the teachers' trade union in 2025), so they are counted. A day off that a holiday moves to is counted as
 * well: to be checked.
 */
export function countedLeaveDays({ startsOn, endsOn }: LeaveDays): number {
  if (endsOn < startsOn) return 0;
  return datesBetween(startsOn, endsOn).filter((date) => {
    const holiday = holidaysIn(yearOf(date)).get(date);
    return holiday === undefined || neverTransfers(holiday);
  }).length;
}

const anniversary = (startsOn: PlainDate, years: number) => addMonths(startsOn, 12 * years);

/** The working year around a day: twelve months from the first day of work or its anniversary (Labour Code). */
export function workingYearOf(startsOn: PlainDate, date: PlainDate): LeaveDays {
  let years = Math.max(0, yearOf(date) - yearOf(startsOn));
  if (years > 0 && anniversary(startsOn, years) > date) years--;
  return {
    startsOn: anniversary(startsOn, years),
    endsOn: addDays(anniversary(startsOn, years + 1), -1),
  };
}

/** Whole months from a day on that are over when `until` is. */
function wholeMonths(from: PlainDate, until: PlainDate): number {
  let months = 0;
  while (months < 12 && addDays(addMonths(from, months + 1), -1) <= until) months++;
  return months;
}

/**
 * Days earned in a working year by a day: a twelfth for each whole month in the first year and in the one in which work
 * ends, rounded down; in any other the whole at once, since leave may be taken at any time of it. The share of the first
 * year is field practice, to be checked: an employer may agree to more.
 */
export function earnedDays(terms: LeaveTerms, year: LeaveDays, on: PlainDate): number {
  const known = terms.endsOn ?? year.endsOn;
  const until = year.startsOn === terms.startsOn ? minOf([known, on]) : known;
  if (until >= year.endsOn) return terms.yearlyDays;
  return Math.floor((terms.yearlyDays * wholeMonths(year.startsOn, until)) / 12);
}

function within(leave: LeaveDays, from: PlainDate, to: PlainDate): number {
  return countedLeaveDays({
    startsOn: maxOf([leave.startsOn, from]),
    endsOn: minOf([leave.endsOn, to]),
  });
}

/**
 * The balance on a day, today or later: what was carried over, and each working year from today's on, less all annual
 * leave that holds in these years. Leave of earlier working years is no part of it: carried days have it in them.
 */
export function leaveBalanceOn(
  terms: LeaveTerms,
  leave: readonly LeaveDays[],
  { today, on }: { readonly today: PlainDate; readonly on: PlainDate },
): LeaveBalance {
  const first = workingYearOf(terms.startsOn, maxOf([today, terms.startsOn]));
  const day = maxOf([on, first.startsOn]);
  const last = workingYearOf(terms.startsOn, day);
  let earned = 0;
  for (let year = first; ; year = workingYearOf(terms.startsOn, addDays(year.endsOn, 1))) {
    const over = year.startsOn < last.startsOn;
    if (terms.endsOn === null || terms.endsOn >= year.startsOn)
      earned += earnedDays(terms, year, over ? year.endsOn : day);
    if (!over) break;
  }
  const sum = (from: PlainDate, to: PlainDate) =>
    leave.reduce((days, each) => days + (from <= to ? within(each, from, to) : 0), 0);
  const split = minOf([maxOf([today, addDays(first.startsOn, -1)]), last.endsOn]);
  const taken = sum(first.startsOn, split);
  const approved = sum(addDays(split, 1), last.endsOn);
  return {
    year: last,
    yearlyDays: terms.yearlyDays,
    carried: terms.carriedDays,
    earned,
    taken,
    approved,
    left: terms.carriedDays + earned - taken - approved,
  };
}

/** What would be left after some leave that is asked for: the least on its first and its last day. */
export function leftAfter(
  terms: LeaveTerms,
  held: readonly LeaveDays[],
  asked: LeaveDays,
  today: PlainDate,
): number {
  const leave = [...held, asked];
  return Math.min(
    ...[asked.startsOn, asked.endsOn].map((on) => leaveBalanceOn(terms, leave, { today, on }).left),
  );
}
