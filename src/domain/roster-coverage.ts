import { legalPeople, type GroupDemand, type People } from './demand.ts';
import { withoutBreak, type StretchedShift } from './shift.ts';
import { HALF_HOURS, type HalfHour } from './slots.ts';
import { LEVELS, type Level } from './staffing.ts';

/** A shift of a date with what its person brings. */
export interface CoveringShift extends Pick<StretchedShift, 'from' | 'to' | 'breakFrom' | 'stretches'> {
  readonly level: Level;
  readonly skills: readonly string[];
}

/** Staff that a group's day asks for, and has, per level and half-hour. */
export interface GroupCoverage {
  readonly day: GroupDemand;
  /** What the law asks for: a shortage of these is told first. */
  readonly needed: People;
  readonly present: People;
  /** Half-hours with fewer staff of some level than the law asks for. */
  readonly short: readonly HalfHour[];
}

const NOTHING: readonly number[] = Array.from({ length: HALF_HOURS }, () => 0);
const zeros = (): number[] => [...NOTHING];
const nowhere = (): boolean[] => NOTHING.map(() => false);

/** People with a group per half-hour who serve as each level; a break is no presence. */
function presentPeople(shifts: readonly CoveringShift[], groupId: number): People {
  const present = LEVELS.map(zeros);
  for (const { stretches, breakFrom, level } of shifts)
    for (const stretch of stretches) {
      if (stretch.groupId !== groupId) continue;
      for (const slot of withoutBreak(stretch, breakFrom))
        for (let at = slot.from; at < slot.to; at++)
          for (const serves of LEVELS) if (serves <= level) present[serves]![at]! += 1;
    }
  return present;
}

/** How a date's shifts cover what one group asks for. */
export function groupCoverage(day: GroupDemand, shifts: readonly CoveringShift[]): GroupCoverage {
  const needed = legalPeople(day);
  const present = presentPeople(shifts, day.groupId);
  const short: HalfHour[] = [];
  for (let at = 0; at < HALF_HOURS; at++)
    if (LEVELS.some((level) => (needed[level]![at] ?? 0) > (present[level]![at] ?? 0))) short.push(at);
  return { day, needed, present, short };
}

/** A skill on site in the whole centre: where it must be, where it is, and where it is missing. */
export interface SkillCoverage {
  readonly skill: string;
  readonly needed: readonly boolean[];
  readonly present: readonly boolean[];
  readonly short: readonly HalfHour[];
}

/**
 * Skills that a centre's groups must have on site on one date: those of the norm while anybody is there, and those that
 * children who are booked need. With `onCall` somebody in a break still counts.
 */
export function skillCoverage(
  days: readonly GroupDemand[],
  shifts: readonly CoveringShift[],
  onCall: boolean,
): SkillCoverage[] {
  const named = days.flatMap((day) => [...day.norm.skills, ...day.needs.flatMap((need) => need.skills)]);
  return [...new Set(named)].toSorted().map((skill) => {
    const needed = nowhere();
    for (const { norm, load, needs } of days) {
      if (norm.skills.includes(skill)) load.forEach((weight, at) => (needed[at] ||= weight > 0));
      for (const need of needs) if (need.skills.includes(skill)) needed.fill(true, need.from, need.to);
    }
    const present = nowhere();
    for (const { from, to, breakFrom, skills } of shifts) {
      if (!skills.includes(skill)) continue;
      for (const slot of withoutBreak({ from, to }, onCall ? null : breakFrom))
        present.fill(true, slot.from, slot.to);
    }
    const short = needed.flatMap((need, at) => (need && !present[at] ? [at] : []));
    return { skill, needed, present, short };
  });
}
