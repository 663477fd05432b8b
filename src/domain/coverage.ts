import { datesBetween, type PlainDate } from './calendar.ts';
import { dayKeyOf, slotOn, withStretches, type Pattern, type Stretch } from './pattern.ts';
import { fit, type GroupDay, type Need } from './places.ts';
import { LONGEST_STAY, MINUTES_PER_HALF_HOUR, SHORTEST_STAY, type HalfHour } from './slots.ts';

/** An adult's work and the way there and back, in minutes one way. */
export interface Workday {
  readonly pattern: Pattern;
  readonly commuteMinutes: number;
}

/** When a child must be looked after on a date: minutes of the day [from, to). */
export interface NeededTime {
  readonly from: number;
  readonly to: number;
}

const DAY_MINUTES = 24 * 60;

function awayOn(work: Workday, date: PlainDate): NeededTime | undefined {
  const slot = slotOn(work.pattern, date);
  return (
    slot && {
      from: Math.max(0, slot.from * MINUTES_PER_HALF_HOUR - work.commuteMinutes),
      to: Math.min(DAY_MINUTES, slot.to * MINUTES_PER_HALF_HOUR + work.commuteMinutes),
    }
  );
}

/** With two earners a minute is needed only when neither is free: where both are away. */
export function neededOn(works: readonly Workday[], date: PlainDate): NeededTime | undefined {
  let needed: NeededTime | undefined;
  for (const [index, work] of works.entries()) {
    const away = awayOn(work, date);
    if (away === undefined) return undefined;
    needed =
      index === 0 || needed === undefined
        ? away
        : { from: Math.max(needed.from, away.from), to: Math.min(needed.to, away.to) };
  }
  return needed && needed.to > needed.from ? needed : undefined;
}

/** Minutes of a need that a stay leaves uncovered. */
export function uncoveredMinutes(
  needed: NeededTime,
  stay: { from: HalfHour; to: HalfHour } | undefined,
): number {
  const length = needed.to - needed.from;
  if (stay === undefined) return length;
  const covered =
    Math.min(needed.to, stay.to * MINUTES_PER_HALF_HOUR) -
    Math.max(needed.from, stay.from * MINUTES_PER_HALF_HOUR);
  return length - Math.max(0, covered);
}

export type CoverReason = 'too_long' | 'outside_hours' | 'full' | 'closed';

/** How a group's hours cover a need: the pattern to book, what it leaves, and on which dates it is free. */
export interface Cover {
  /** Undefined where the group has no hours on any wanted day. */
  readonly pattern: Pattern | undefined;
  /** Minutes of work and way outside the pattern in a mean week. */
  readonly uncoveredMinutesPerWeek: number;
  readonly neededMinutesPerWeek: number;
  readonly freeDates: PlainDate[];
  readonly fullDates: PlainDate[];
  /** Why something stays uncovered or no date is free; null when all is well. */
  readonly reason: CoverReason | null;
}

interface KeyFacts {
  readonly needed: NeededTime;
  readonly dates: PlainDate[];
  opensAt: HalfHour;
  closesAt: HalfHour;
}

/** Whether the half-hours of a stay are free on a date. */
const isFree = (day: GroupDay, [from, to]: Stretch, need: Need) => fit(day, { from, to }, need) === undefined;

/** The stay that covers most of a need inside the opening: 4–10 hours, and of equal ones that which is free on most dates. */
function bestStretch(
  facts: KeyFacts,
  days: ReadonlyMap<PlainDate, GroupDay>,
  need: Need,
): Stretch | undefined {
  const { opensAt, closesAt, needed } = facts;
  const wantedFrom = Math.floor(needed.from / MINUTES_PER_HALF_HOUR);
  const wantedTo = Math.ceil(needed.to / MINUTES_PER_HALF_HOUR);
  const longest = Math.min(closesAt - opensAt, LONGEST_STAY, Math.max(SHORTEST_STAY, wantedTo - wantedFrom));
  if (longest < SHORTEST_STAY) return undefined;
  const overlap = Math.min(closesAt, wantedTo) - Math.max(opensAt, wantedFrom);
  if (overlap <= 0) return undefined;
  const length = Math.max(SHORTEST_STAY, Math.min(longest, overlap));
  let best: { stretch: Stretch; uncovered: number; free: number } | undefined;
  for (let from = opensAt; from + length <= closesAt; from++) {
    const stretch: Stretch = [from, from + length];
    const uncovered = uncoveredMinutes(needed, { from, to: from + length });
    if (best && uncovered > best.uncovered) continue;
    const free = facts.dates.filter((date) => isFree(days.get(date)!, stretch, need)).length;
    if (!best || uncovered < best.uncovered || free > best.free) best = { stretch, uncovered, free };
  }
  return best?.stretch;
}

/**
 * Fits a family's need into a group between two dates. `frame` is the pattern whose rhythm the answer keeps (the work of
 * a single earner); days are the group's rows. Uncovered minutes count the pattern, not full dates: those are listed.
 */
export function coverOf(
  works: readonly Workday[],
  frame: Pattern,
  days: ReadonlyMap<PlainDate, GroupDay>,
  need: Need,
  range: { readonly from: PlainDate; readonly to: PlainDate; readonly bookableFrom: PlainDate },
): Cover {
  const dates = datesBetween(range.from, range.to);
  const keys = new Map<string, KeyFacts>();
  const unmet = new Map<string, NeededTime>();
  for (const date of dates) {
    const needed = neededOn(works, date);
    if (!needed) continue;
    const key = dayKeyOf(frame, date);
    unmet.set(key, needed);
    const day = days.get(date);
    if (!day || day.opensAt === null || day.closesAt === null || date < range.bookableFrom) continue;
    const facts = keys.get(key);
    if (!facts) keys.set(key, { needed, dates: [date], opensAt: day.opensAt, closesAt: day.closesAt });
    else {
      facts.dates.push(date);
      facts.opensAt = Math.max(facts.opensAt, day.opensAt);
      facts.closesAt = Math.min(facts.closesAt, day.closesAt);
    }
  }

  const stretches = new Map<string, Stretch>();
  const freeDates: PlainDate[] = [];
  const fullDates: PlainDate[] = [];
  for (const [key, facts] of keys) {
    const stretch = bestStretch(facts, days, need);
    if (!stretch) continue;
    stretches.set(key, stretch);
    for (const date of facts.dates)
      (isFree(days.get(date)!, stretch, need) ? freeDates : fullDates).push(date);
  }

  const weeks = weeksOf(frame, dates.length);
  let uncovered = 0;
  let wanted = 0;
  let tooLong = false;
  for (const [key, needed] of unmet) {
    const stretch = stretches.get(key);
    uncovered += uncoveredMinutes(needed, stretch && { from: stretch[0], to: stretch[1] });
    wanted += needed.to - needed.from;
    if (needed.to - needed.from > LONGEST_STAY * MINUTES_PER_HALF_HOUR) tooLong = true;
  }
  const reason: CoverReason | null =
    stretches.size === 0
      ? 'closed'
      : freeDates.length === 0
        ? 'full'
        : uncovered === 0
          ? null
          : tooLong
            ? 'too_long'
            : 'outside_hours';
  return {
    pattern: withStretches(frame, stretches),
    uncoveredMinutesPerWeek: Math.round(uncovered / weeks),
    neededMinutesPerWeek: Math.round(wanted / weeks),
    freeDates: freeDates.toSorted(),
    fullDates: fullDates.toSorted(),
    reason,
  };
}

/** How many weeks the day keys of a pattern stand for: one, a cycle's length, or the whole range. */
function weeksOf(frame: Pattern, days: number): number {
  if (frame.kind === 'weekly') return 1;
  return (frame.kind === 'cycle' ? frame.length : Math.max(7, days)) / 7;
}
