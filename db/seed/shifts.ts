import { daysBetween, plainDate, startOfWeek, weekdayOf, type PlainDate } from '../../src/domain/calendar.ts';
import type { Stretch } from '../../src/domain/shift.ts';
import type { Slot } from '../../src/domain/slots.ts';
import type { NewShift } from '../../src/data/shifts.ts';
import { SHORT_WEEK, type PlannedPost } from './posts.ts';

/** A post with who fills it; nobody where it is vacant. */
export interface Member extends PlannedPost {
  readonly id: number | null;
  readonly startsOn: PlainDate;
  readonly leave: readonly { readonly startsOn: PlainDate; readonly endsOn: PlainDate }[];
}

/** A group on a day: when it is open, and the support weight expected per half-hour, in hundredths. */
export interface GroupOpening extends Slot {
  readonly groupId: number;
  readonly load: readonly number[];
  /** Support weight that one of the staff may look after, in hundredths. */
  readonly ratio: number;
}

/** Eight hours and a break; seven hours and a break of a week of 36. */
const FULL_SPAN = 17;
const SHORT_SPAN = 15;
/** Four hours: too short for a break. */
const HELP_SPAN = 8;
/** 09:00. */
const OFFICE_FROM = 18;
/** Three hours of work at least before a break and after it. */
const BEFORE_BREAK = 6;
/** Of two and a half and three hours each: before and after noon. */
const SESSIONS: readonly Slot[] = [
  { from: 19, to: 24 },
  { from: 28, to: 34 },
];
const DAYS_A_WEEK = 5;
/** A vacant post is filled in by substitutes on these days only: they have turns of their own. */
const FILLED_IN = ['mon', 'tue', 'wed'];

const A_MONDAY = plainDate('2024-01-01');
const isEvenWeek = (date: PlainDate) => (daysBetween(A_MONDAY, startOfWeek(date)) / 7) % 2 === 0;

/** When a post works on a day of an opening, from start to end. */
function slotOf({ duty, weeklyMinutes }: PlannedPost, date: PlainDate, opening: Slot): Slot {
  const span = weeklyMinutes === SHORT_WEEK ? SHORT_SPAN : FULL_SPAN;
  const early = (length: number) => ({ from: opening.from, to: Math.min(opening.to, opening.from + length) });
  const late = (length: number) => ({ from: Math.max(opening.from, opening.to - length), to: opening.to });
  switch (duty) {
    case 'turn_a':
    case 'turn_b':
      return (duty === 'turn_a') === isEvenWeek(date) ? early(span) : late(span);
    case 'morning':
      return early(HELP_SPAN);
    case 'afternoon':
      return late(HELP_SPAN);
    default:
      return { from: OFFICE_FROM, to: OFFICE_FROM + span };
  }
}

/** Somebody's day before its break is chosen. */
interface Turn extends Slot {
  readonly member: Member;
  readonly stretches: readonly Stretch[];
}

const isAway = ({ id, startsOn, leave }: Member, date: PlainDate) =>
  id === null || date < startsOn || leave.some((each) => each.startsOn <= date && date <= each.endsOn);

/** Half-hours of work with a group for each of its staff so far, breaks taken out. */
type Present = Map<number, number[]>;

/** The half-hour at which the group misses somebody least: breaks of one group fall apart by themselves. */
function breakOf({ from, to, stretches }: Turn, groups: readonly GroupOpening[], present: Present) {
  if (to - from <= 12) return null;
  const middle = Math.floor((from + to) / 2);
  const [home] = stretches;
  const group = stretches.length === 1 ? groups.find((each) => each.groupId === home!.groupId) : undefined;
  const here = group && present.get(group.groupId);
  if (!group || !here) return middle;
  let best = middle;
  let most = -Infinity;
  for (let at = from + BEFORE_BREAK; at < to - BEFORE_BREAK; at++) {
    const slack = (here[at] ?? 0) * group.ratio - (group.load[at] ?? 0) - Math.abs(at - middle);
    if (slack > most) [best, most] = [at, slack];
  }
  return best;
}

function add(present: Present, { groupId, from, to }: Stretch, people: 1 | -1): void {
  const here = present.get(groupId)!;
  for (let at = from; at < to; at++) here[at]! += people;
}

/** The group that is fullest for its pair, where an idle substitute helps. */
function fullest(groups: readonly GroupOpening[]): GroupOpening | undefined {
  return groups.toSorted((a, b) => Math.max(...b.load) / b.ratio - Math.max(...a.load) / a.ratio)[0];
}

/** Who works when on a day, before breaks. A substitute takes the turn of somebody away, else helps the fullest group. */
function turnsOn(team: readonly Member[], date: PlainDate, groups: readonly GroupOpening[]): Turn[] {
  const whole = {
    from: Math.min(...groups.map((each) => each.from)),
    to: Math.max(...groups.map((each) => each.to)),
  };
  const openingOf = ({ group }: PlannedPost) =>
    group === null ? whole : groups.find((each) => each.groupId === group.id);
  const turnOf = (post: PlannedPost, member: Member): Turn | undefined => {
    const opening = openingOf(post);
    if (!opening) return undefined;
    const slot = slotOf(post, date, opening);
    return { ...slot, member, stretches: post.group ? [{ ...slot, groupId: post.group.id }] : [] };
  };

  const weekday = weekdayOf(date);
  const open = team.filter((member) => member.group !== null && isAway(member, date) && openingOf(member));
  const uncovered = [
    ...open.filter((member) => !member.vacant),
    ...open.filter((member) => member.vacant && FILLED_IN.includes(weekday)),
  ];
  let session = weekday.charCodeAt(0);
  return team.flatMap((member): Turn[] => {
    if (isAway(member, date)) return [];
    if (member.duty === 'substitute') {
      const taken = uncovered.shift();
      const group = taken ? undefined : fullest(groups);
      const turn = turnOf(taken ?? { ...member, group: null }, member)!;
      return [group ? { ...turn, stretches: [{ ...within(turn, group), groupId: group.groupId }] } : turn];
    }
    const turn = turnOf(member, member);
    if (!turn) return [];
    if (member.duty !== 'sessions') return [turn];
    const stretches = SESSIONS.map((slot) => {
      const group = groups[session++ % groups.length]!;
      return { ...within(slot, group), groupId: group.groupId };
    });
    return [{ ...turn, stretches: stretches.filter(({ from, to }) => from < to) }];
  });
}

function within(slot: Slot, { from, to }: Slot): Slot {
  return { from: Math.max(slot.from, from), to: Math.min(slot.to, to) };
}

/**
 * The shifts of a centre on some days, in order of date and start, by one plain rule and no search. They keep the rules of
 * working time by construction: one shift of eight hours and a break at most a day, five days a week, and from the end of
 * a late turn (19:00 at the latest) to an early one (07:00 at the earliest) twelve hours.
 */
export function planShifts(
  team: readonly Member[],
  dates: readonly { readonly date: PlainDate; readonly groups: readonly GroupOpening[] }[],
): NewShift[] {
  const days = new Map<string, number>();
  return dates.flatMap(({ date, groups }) => {
    if (groups.length === 0) return [];
    const present: Present = new Map(
      groups.map((each) => [each.groupId, Array.from({ length: 48 }, () => 0)]),
    );
    const turns = turnsOn(team, date, groups).filter(({ member }) => {
      const key = `${member.id} ${startOfWeek(date)}`;
      const worked = (days.get(key) ?? 0) + 1;
      days.set(key, worked);
      return worked <= DAYS_A_WEEK;
    });
    for (const turn of turns) for (const stretch of turn.stretches) add(present, stretch, 1);
    const shifts = turns.map((turn): NewShift => {
      const breakFrom = breakOf(turn, groups, present);
      const [home] = turn.stretches;
      if (breakFrom !== null && home && home.from <= breakFrom && breakFrom < home.to)
        add(present, { ...home, from: breakFrom, to: breakFrom + 1 }, -1);
      const { from, to, stretches } = turn;
      return { staffId: turn.member.id!, date, from, to, breakFrom, stretches, fixed: false };
    });
    return shifts.toSorted((a, b) => a.from - b.from);
  });
}
