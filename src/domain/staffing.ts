import { HALF_HOURS, type HalfHour, type Slot } from './slots.ts';

/** Levels nest: whoever serves as 2 (specialist) serves as 1 (qualified) and as 0 (any staff). */
export const LEVELS = [0, 1, 2] as const;
export type Level = (typeof LEVELS)[number];

export type Post = 'care_worker' | 'tutor' | 'nurse' | 'specialist' | 'social_work_specialist';
export const POSTS: readonly Post[] = [
  'care_worker',
  'tutor',
  'nurse',
  'specialist',
  'social_work_specialist',
];

/** Specialists also serve as qualified staff, those as any staff. */
export const LEVEL_OF_POST: Readonly<Record<Post, Level>> = {
  care_worker: 1,
  tutor: 1,
  nurse: 1,
  specialist: 2,
  social_work_specialist: 2,
};

export const SKILLS = ['nurse', 'one_to_one', 'sign_language'] as const;
export type Skill = (typeof SKILLS)[number];

/** Children's support weight in hundredths that one member of staff present may look after, per level; null = no norm. */
export type Ratios = readonly (number | null)[];

/** One person's presence in a group: a stretch of a shift without its break. */
export interface Presence extends Slot {
  readonly level: Level;
}

/** A skill on site, anywhere in the centre. */
export interface SkillPresence extends Slot {
  readonly skill: string;
}

/** Staff capacity of a group in hundredths of support weight, per half-hour and level with a norm. */
export type Capacity = readonly (readonly number[])[];

/** Skills on duty: which half-hours (48 flags) each skill is on site. */
export type SkillsOnDuty = Readonly<Record<string, readonly boolean[]>>;

/**
 * What the published presences of a group can carry: for each level with a norm, per half-hour,
 * people of that level or above × the norm's ratio. Capacity belongs to the group and is never pooled.
 */
export function capacityOf(presences: readonly Presence[], ratios: Ratios): Capacity {
  const levels: number[][] = [];
  ratios.forEach((ratio, level) => {
    if (ratio === null) return;
    const present = Array.from({ length: HALF_HOURS }, () => 0);
    for (const presence of presences) {
      if (presence.level < level) continue;
      for (let at = presence.from; at < presence.to; at++) present[at] = (present[at] ?? 0) + ratio;
    }
    levels.push(present);
  });
  return levels;
}

/** Skills count centre-wide and are not used up by one child. */
export function skillsOnDuty(presences: readonly SkillPresence[]): SkillsOnDuty {
  const onDuty: Record<string, boolean[]> = {};
  for (const { skill, from, to } of presences) {
    const flags = (onDuty[skill] ??= Array.from({ length: HALF_HOURS }, () => false));
    for (let at = from; at < to; at++) flags[at] = true;
  }
  return onDuty;
}

/** The least capacity over all levels at a half-hour, in hundredths; null while no roster is published. */
export function leastCapacity(capacity: Capacity | null, at: HalfHour): number | null {
  if (capacity === null) return null;
  let least = Number.POSITIVE_INFINITY;
  for (const level of capacity) least = Math.min(least, level[at] ?? 0);
  return least === Number.POSITIVE_INFINITY ? 0 : least;
}

/** Heads of weight 1 that the staff on duty can look after: ⌊least capacity / 100⌋, null until published. */
export function staffedAt(capacity: Capacity | null, at: HalfHour): number | null {
  const least = leastCapacity(capacity, at);
  return least === null ? null : Math.floor(least / 100);
}
