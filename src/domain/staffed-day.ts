import type { NormSet } from './norms.ts';
import { placesAt, type GroupDay } from './places.ts';
import { BREAK_MINUTES, withoutBreak, type StretchedShift } from './shift.ts';
import { HALF_HOURS, type HalfHour } from './slots.ts';
import {
  capacityOf,
  leastCapacity,
  skillsOnDuty,
  type Capacity,
  type Level,
  type SkillPresence,
  type SkillsOnDuty,
} from './staffing.ts';

/** A shift of a published day with what its person brings. Whoever is on leave that day is left out before. */
export interface StaffedShift extends Pick<StretchedShift, 'from' | 'to' | 'breakFrom' | 'stretches'> {
  readonly level: Level;
  readonly skills: readonly string[];
}

/** What a group's norm says of staff; capacity is in hundredths of support weight. */
export type StaffNorm = Pick<NormSet, 'ratios' | 'onCallBreakMinutes'>;

/** Capacity of one group: the stretches given to it, without breaks. Never pooled with another group's. */
export function groupCapacity(shifts: readonly StaffedShift[], groupId: number, norm: StaffNorm): Capacity {
  const presences = shifts.flatMap(({ stretches, breakFrom, level }) =>
    stretches
      .filter((stretch) => stretch.groupId === groupId)
      .flatMap((stretch) => withoutBreak(stretch, breakFrom).map((slot) => ({ ...slot, level }))),
  );
  return capacityOf(presences, norm.ratios);
}

/** Skills on site in the whole centre. A break leaves them on duty where the norm counts it as on call. */
export function centreSkills(shifts: readonly StaffedShift[], norm: StaffNorm): SkillsOnDuty {
  const onCall = norm.onCallBreakMinutes >= BREAK_MINUTES;
  const presences: SkillPresence[] = shifts.flatMap(({ from, to, breakFrom, skills }) =>
    withoutBreak({ from, to }, onCall ? null : breakFrom).flatMap((slot) =>
      skills.map((skill) => ({ ...slot, skill })),
    ),
  );
  return skillsOnDuty(presences);
}

/** Somebody expected in a group's day. Weight in hundredths. */
export interface Expected {
  readonly childId: number;
  readonly from: HalfHour;
  readonly to: HalfHour;
  readonly skills: readonly string[];
}

/** Where a published day has fewer staff, or fewer skills, than what is booked. */
export interface DayShortage {
  readonly halfHours: readonly HalfHour[];
  readonly childIds: readonly number[];
  readonly skills: readonly string[];
}

/**
 * Half-hours of a day, from `from` on, at which the weight booked and held is over the capacity or a child's skill is
 * not on duty, and the children who are expected then; undefined where staff suffice or no roster is published.
 */
export function shortageOf(
  day: Pick<GroupDay, 'room' | 'opensAt' | 'closesAt' | 'load' | 'capacity' | 'skillsOnDuty'>,
  expected: readonly Expected[],
  from: HalfHour = 0,
): DayShortage | undefined {
  if (day.capacity === null) return undefined;
  const halfHours: HalfHour[] = [];
  const children = new Set<number>();
  const missing = new Set<string>();
  for (let at = from; at < HALF_HOURS; at++) {
    const present = expected.filter((each) => each.from <= at && at < each.to);
    if (present.length === 0 || placesAt(day, at) === 0) continue;
    const few = (day.load[at] ?? 0) > (leastCapacity(day.capacity, at) ?? 0);
    const without = present.filter((each) =>
      each.skills.some((skill) => day.skillsOnDuty?.[skill]?.[at] !== true),
    );
    if (!few && without.length === 0) continue;
    halfHours.push(at);
    for (const each of few ? present : without) children.add(each.childId);
    for (const each of without)
      for (const skill of each.skills) if (day.skillsOnDuty?.[skill]?.[at] !== true) missing.add(skill);
  }
  if (halfHours.length === 0) return undefined;
  return {
    halfHours,
    childIds: [...children].toSorted((a, b) => a - b),
    skills: [...missing].toSorted(),
  };
}
