import { datesBetween, startOfWeek, type PlainDate } from '../../domain/calendar.ts';
import { MINUTES_PER_HALF_HOUR, parseTime } from '../../domain/slots.ts';
import { servesAsk, targetIn } from './build.ts';
import type { RosterInput, RosterStaff } from './input.ts';
import type { FactKind, Roster, Shift, Uncovered } from './result.ts';

/**
 * Why contract minutes stay idle though somebody may wait for an hour that they could open. `nobody_waits`: no half-hour of
 * the week lacks anybody. `not_qualified`: what lacks is not what this person serves as. `second_person`: the half-hour
 * would stay shut, for another is missing too whom this person cannot be. `longest_shift`: the day's shift would be longer
 * than may be. `hours_left`: no shift is that short. All others as in the reasons of the stretch.
 */
export type IdleReason =
  'nobody_waits' | 'not_qualified' | 'second_person' | 'longest_shift' | 'hours_left' | FactKind;

/** A reason, at how many half-hours that lack somebody it holds, and the first of them. */
export interface IdleWhy {
  readonly reason: IdleReason;
  readonly halfHours: number;
  readonly date?: PlainDate;
  readonly from?: string;
}

/** Contract minutes of a person that a roster does not use in a week, with every reason; the commonest first. */
export interface Idle {
  readonly staff: string;
  /** Its Monday. */
  readonly week: PlainDate;
  readonly minutes: number;
  readonly why: readonly IdleWhy[];
}

/** A half-hour that lacks people, and what was said of those who could have come. */
interface Open {
  readonly gap: Uncovered;
  readonly at: number;
}

const at = (time: string): number => parseTime(time)!;

function openIn(roster: Roster, dates: readonly PlainDate[]): Open[] {
  return roster.uncovered
    .filter(({ date }) => dates.includes(date))
    .flatMap((gap) =>
      Array.from({ length: at(gap.to) - at(gap.from) }, (_, each) => ({ gap, at: at(gap.from) + each })),
    );
}

const serves = (who: RosterStaff, { level, skill }: Uncovered): boolean =>
  servesAsk(who, skill === undefined ? { level: level ?? 0 } : { skill });

/** Why a person with hours left is not there at one half-hour that lacks somebody. */
function reasonOf(who: RosterStaff, open: Open, all: readonly Open[], shifts: readonly Shift[]): IdleReason {
  const { gap } = open;
  const fact = gap.why.find(
    ({ staff, from, to }) =>
      staff === who.id &&
      (from === undefined || at(from) <= open.at) &&
      (to === undefined || open.at < at(to)),
  )?.fact;
  // Of those who do not serve what lacks nothing is said.
  if (fact === undefined) return 'not_qualified';
  if (fact === 'weekly_minutes') return 'hours_left';
  if (fact !== 'needed_elsewhere' && fact !== 'costs_more') return fact;
  const own = shifts.find(({ date }) => date === gap.date);
  if (own) {
    const span = Math.max(at(own.to), open.at + 1) - Math.min(at(own.from), open.at);
    if (span * MINUTES_PER_HALF_HOUR > who.maxShiftMinutes) return 'longest_shift';
  }
  const alone = all.some(
    (other) => other.gap.date === gap.date && other.at === open.at && !serves(who, other.gap),
  );
  return alone || gap.missing > 1 ? 'second_person' : fact;
}

function whyOf(who: RosterStaff, open: readonly Open[], shifts: readonly Shift[]): IdleWhy[] {
  if (open.length === 0) return [{ reason: 'nobody_waits', halfHours: 0 }];
  const found = new Map<IdleReason, { date: PlainDate; from: string; cells: Set<string> }>();
  for (const each of open) {
    const reason = reasonOf(who, each, open, shifts);
    const { date, from } = each.gap;
    const known = found.get(reason) ?? { date, from, cells: new Set<string>() };
    known.cells.add(`${date} ${each.at}`);
    found.set(reason, known);
  }
  return [...found]
    .map(([reason, { date, from, cells }]) => ({ reason, date, from, halfHours: cells.size }))
    .toSorted((a, b) => b.halfHours - a.halfHours || (a.reason < b.reason ? -1 : 1));
}

/**
 * Everybody whose contract a roster does not use up, week by week, with the reasons: of the half-hours that lack somebody,
 * why this person does not come. Less than half an hour does not count. The contract is that of the engine, less what days
 * of absence take from it.
 */
export function idleOf(input: RosterInput, roster: Roster): Idle[] {
  const weeks = Map.groupBy(datesBetween(input.from, input.to), startOfWeek);
  const shiftsOf = Map.groupBy(roster.shifts, ({ staff }) => staff);
  const pause = input.rules.breakMinutes / MINUTES_PER_HALF_HOUR;
  return [...weeks].flatMap(([week, dates]) => {
    const open = openIn(roster, dates);
    return input.staff.flatMap((who): Idle[] => {
      const shifts = (shiftsOf.get(who.id) ?? []).filter(({ date }) => dates.includes(date));
      const worked = shifts.reduce(
        (sum, { from, to, breakFrom }) => sum + at(to) - at(from) - (breakFrom === null ? 0 : pause),
        0,
      );
      const idle = Math.floor(targetIn(input, who, dates) - worked + 1e-6);
      if (idle < 1) return [];
      const minutes = idle * MINUTES_PER_HALF_HOUR;
      return [{ staff: who.id, week, minutes, why: whyOf(who, open, shifts) }];
    });
  });
}
