import { isPresent, minutesOf, shiftFaults, togetherFaults, type CheckedShift } from './roster-checker.ts';
import type { DemandJson, RosterJson, StaffJson } from './roster-cases.ts';
import { february } from './roster-cases.ts';

/** All days of a case in February 2027. */
function datesOf({ from, to }: RosterJson): string[] {
  return Array.from({ length: 28 }, (_, at) => february(at + 1)).filter((date) => date >= from && date <= to);
}

const time = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${minute % 60 === 0 ? '00' : '30'}`;

/** Every shift that the checker finds legal, by trying all starts, ends and breaks. */
function shiftsOn(input: RosterJson, who: StaffJson, date: string): CheckedShift[] {
  const found: CheckedShift[] = [];
  const [opens, closes] = [minutesOf(input.opens), minutesOf(input.closes)];
  const fixed = who.fixed?.find((each) => each.date === date);
  for (let from = opens; from < closes; from += 30)
    for (let to = from + 30; to <= closes; to += 30) {
      if (fixed && (time(from) !== fixed.from || time(to) !== fixed.to)) continue;
      const breaks: (string | null)[] = [null];
      for (let at = from; at < to; at += 30) breaks.push(time(at));
      for (const breakFrom of breaks) {
        const shift = { staff: who.id, date, from: time(from), to: time(to), breakFrom };
        if (shiftFaults(input, who, shift).length === 0) found.push(shift);
      }
    }
  return found;
}

/** Every legal choice of shifts of one person, a day off included unless a shift is fixed. */
function weeksOf(input: RosterJson, who: StaffJson): CheckedShift[][] {
  let weeks: CheckedShift[][] = [[]];
  for (const date of datesOf(input)) {
    const free = !who.fixed?.some((each) => each.date === date);
    const today = shiftsOn(input, who, date);
    weeks = weeks.flatMap((week) => [...(free ? [week] : []), ...today.map((shift) => [...week, shift])]);
    weeks = weeks.filter((week) => togetherFaults(input, who, week).length === 0);
  }
  return weeks;
}

/** The fewest half-hours of legal demand that any roster leaves open: by trying all of them. */
export function leastUncovered(input: RosterJson): number {
  // Of rows that say the same of a half-hour the greatest counts.
  const byKey = new Map<string, { row: DemandJson; minute: number; serves: boolean[]; count: number }>();
  for (const row of input.demand) {
    const { date, from, to, level, skill, count, kind } = row;
    for (let minute = minutesOf(from); kind === 'legal' && minute < minutesOf(to); minute += 30) {
      const serves = input.staff.map((who) =>
        skill === undefined ? who.level >= level! : who.skills.includes(skill),
      );
      const key = `${date} ${minute} ${skill ?? level}`;
      byKey.set(key, { row, minute, serves, count: Math.max(count, byKey.get(key)?.count ?? 0) });
    }
  }
  const asks = [...byKey.values()];
  const vectors = input.staff.map((who, at) => {
    const distinct = new Map<string, Uint8Array>();
    for (const week of weeksOf(input, who)) {
      const vector = Uint8Array.from(asks, ({ row, minute, serves }) =>
        Number(
          serves[at] && week.some((shift) => shift.date === row.date && isPresent(input, shift, minute, row)),
        ),
      );
      distinct.set(vector.join(''), vector);
    }
    return [...distinct.values()];
  });
  const present = new Uint8Array(asks.length);
  let least = Infinity;
  const visit = (who: number): void => {
    if (who === vectors.length) {
      let open = 0;
      asks.forEach(({ count }, at) => (open += Math.max(0, count - present[at]!)));
      least = Math.min(least, open);
      return;
    }
    for (const vector of vectors[who]!) {
      for (let at = 0; at < vector.length; at++) present[at]! += vector[at]!;
      visit(who + 1);
      for (let at = 0; at < vector.length; at++) present[at]! -= vector[at]!;
    }
  };
  visit(0);
  return least;
}
