import type { PlainDate } from './calendar.ts';
import type { NormSet } from './norms.ts';
import type { GroupDay } from './places.ts';
import type { HalfHour, Slot } from './slots.ts';
import { leastCapacity } from './staffing.ts';

/** A group's day as it is stored, with its sums in minutes. */
export interface OutlookDay extends Pick<
  GroupDay,
  'room' | 'opensAt' | 'closesAt' | 'load' | 'capacity' | 'skillsOnDuty'
> {
  readonly groupId: number;
  readonly date: PlainDate;
  readonly placeMinutes: number;
  /** Of published days; null until then. */
  readonly rosteredPlaceMinutes: number | null;
  readonly staffedMinutes: number | null;
}

/** A booked stay of a child who needs somebody with certain skills on site. */
export interface SkilledStay extends Slot {
  readonly groupId: number;
  readonly date: PlainDate;
  readonly skills: readonly string[];
}

/** What a published day of a group lacks, by half-hour. */
export interface DayGap {
  readonly groupId: number;
  readonly date: PlainDate;
  /** More support weight is booked or held than the staff on duty may look after. */
  readonly few: readonly HalfHour[];
  /** Skills that must be on site and are not, each with its half-hours. */
  readonly skills: readonly { readonly skill: string; readonly halfHours: readonly HalfHour[] }[];
}

/** A centre's staff over some days. */
export interface StaffingOutlook {
  /** The room while open, of all days and of those with a published roster. */
  readonly placeMinutes: number;
  readonly rosteredPlaceMinutes: number;
  /** What the staff on duty of published days may look after, at most the room. */
  readonly staffedMinutes: number;
  /** Half-hours of groups at which more is booked than the staff may look after. */
  readonly fewHalfHours: number;
  /** Half-hours of the centre at which a skill must be on site and is not, by skill; a skill counts once for all groups. */
  readonly skillHalfHours: ReadonlyMap<string, number>;
  /** Open days on which some group has no published roster. */
  readonly daysWithoutRoster: number;
  readonly gaps: readonly DayGap[];
}

/**
 * What a published day of a group lacks; undefined where it lacks nothing, or no roster is published. A skill must be on
 * site where the norm asks for it, while somebody is there (as a roster's coverage counts), and where a booked child needs it.
 */
function dayGap(
  day: OutlookDay,
  norm: Pick<NormSet, 'skills'>,
  stays: readonly SkilledStay[],
): DayGap | undefined {
  const { opensAt, closesAt, room, capacity } = day;
  if (capacity === null || opensAt === null || closesAt === null || room === 0) return undefined;
  const few: HalfHour[] = [];
  const missing = new Map<string, HalfHour[]>();

  const need = (skill: string, at: HalfHour): void => {
    if (day.skillsOnDuty?.[skill]?.[at] === true) return;
    const halfHours = missing.get(skill);
    if (!halfHours) missing.set(skill, [at]);
    else if (halfHours.at(-1) !== at) halfHours.push(at);
  };

  for (let at = opensAt; at < closesAt; at++) {
    const load = day.load[at] ?? 0;
    if (load === 0) continue;
    if (load > (leastCapacity(capacity, at) ?? 0)) few.push(at);
    for (const skill of norm.skills) need(skill, at);
    for (const stay of stays)
      if (stay.from <= at && at < stay.to) for (const skill of stay.skills) need(skill, at);
  }
  if (few.length === 0 && missing.size === 0) return undefined;
  const skills = [...missing].map(([skill, halfHours]) => ({ skill, halfHours }));
  return { groupId: day.groupId, date: day.date, few, skills };
}

/** Adds up a centre's days. Minutes of places, half-hours of groups (staff) and of the centre (skills), calendar days. */
export function staffingOutlook(
  days: readonly OutlookDay[],
  stays: readonly SkilledStay[],
  normOf: (day: OutlookDay) => Pick<NormSet, 'skills'>,
): StaffingOutlook {
  const ofGroup = Map.groupBy(stays, (stay) => stay.groupId);
  const gaps = days.flatMap((day) => {
    const staysOfDay = ofGroup.get(day.groupId)?.filter((stay) => stay.date === day.date) ?? [];
    return dayGap(day, normOf(day), staysOfDay) ?? [];
  });
  const sum = (of: (day: OutlookDay) => number | null) => days.reduce((all, day) => all + (of(day) ?? 0), 0);
  const moments = new Map<string, Set<string>>();
  for (const { date, skills } of gaps)
    for (const { skill, halfHours } of skills) {
      const own = moments.get(skill) ?? new Set();
      for (const at of halfHours) own.add(`${date} ${at}`);
      moments.set(skill, own);
    }
  const unrostered = days.filter((day) => day.placeMinutes > 0 && day.rosteredPlaceMinutes === null);
  return {
    placeMinutes: sum((day) => day.placeMinutes),
    rosteredPlaceMinutes: sum((day) => day.rosteredPlaceMinutes),
    staffedMinutes: sum((day) => day.staffedMinutes),
    fewHalfHours: gaps.reduce((all, gap) => all + gap.few.length, 0),
    skillHalfHours: new Map([...moments].map(([skill, own]) => [skill, own.size])),
    daysWithoutRoster: new Set(unrostered.map((day) => day.date)).size,
    gaps,
  };
}

/** Children are booked whom nobody may look after; nothing is published for some day; nothing is lacking. */
export type StaffingRisk = 'short' | 'unpublished' | 'covered';

export function riskOf(outlook: StaffingOutlook): StaffingRisk {
  if (outlook.fewHalfHours > 0 || outlook.skillHalfHours.size > 0) return 'short';
  return outlook.daysWithoutRoster > 0 ? 'unpublished' : 'covered';
}

const RISKS: readonly StaffingRisk[] = ['short', 'unpublished', 'covered'];

/** Half-hours at which the centre lacks staff or a skill, all together. */
export function shortHalfHours({ fewHalfHours, skillHalfHours }: StaffingOutlook): number {
  return [...skillHalfHours.values()].reduce((sum, each) => sum + each, fewHalfHours);
}

/** The worse first: by risk, then half-hours that are short, then days without a roster, then the lower share staffed. */
export function compareOutlooks(a: StaffingOutlook, b: StaffingOutlook): number {
  const unstaffed = (each: StaffingOutlook) =>
    each.placeMinutes === 0 ? 0 : 1 - each.staffedMinutes / each.placeMinutes;
  return (
    RISKS.indexOf(riskOf(a)) - RISKS.indexOf(riskOf(b)) ||
    shortHalfHours(b) - shortHalfHours(a) ||
    b.daysWithoutRoster - a.daysWithoutRoster ||
    unstaffed(b) - unstaffed(a)
  );
}
