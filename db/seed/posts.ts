import type { Random } from '../../src/domain/random.ts';
import { SKILLS, type Post } from '../../src/domain/staffing.ts';
import type { WrittenGroup } from './stage.ts';

/**
 * How somebody works: two pairs a group take the early and the late turn, a week each; helpers come where a group is
 * crowded in the morning or the afternoon; substitutes take the turn of whoever is away; others keep office hours.
 */
export type Duty = 'turn_a' | 'turn_b' | 'morning' | 'afternoon' | 'substitute' | 'sessions' | 'office';

export interface PlannedPost {
  readonly post: Post;
  readonly duty: Duty;
  /** Nobody's own: nurses, substitutes, specialists. */
  readonly group: WrittenGroup | null;
  readonly weeklyMinutes: number;
  readonly skills: readonly string[];
  /** The post stands empty: its turns are there, nobody works them. */
  readonly vacant: boolean;
}

const FULL_TIME = 2400;
/** Nurses' and social-work specialists' week of 36 hours. */
export const SHORT_WEEK = 2160;
const HALF_TIME = 1200;

/** Staff that a group needs at once, at the most crowded half-hour of its morning and of its afternoon. */
export interface Crowd {
  readonly morning: number;
  readonly afternoon: number;
}

/** A tutor and a care worker: what every group has at every half-hour. */
const PAIR = 2;
const MOST_HELPERS = 2;
const GROUPS_A_NURSE = 10;
const GROUPS_A_SUBSTITUTE = 3;

type Wish = Omit<PlannedPost, 'vacant'>;

function postsOfGroup(group: WrittenGroup, crowd: Crowd): Wish[] {
  const full = { group, weeklyMinutes: FULL_TIME, skills: [] };
  const helpers = (needed: number, duty: Duty): Wish[] =>
    Array.from({ length: Math.max(0, Math.min(MOST_HELPERS, needed - PAIR)) }, () => ({
      post: 'care_worker',
      duty,
      group,
      weeklyMinutes: HALF_TIME,
      skills: [],
    }));
  return [
    { ...full, post: 'tutor', duty: 'turn_a' },
    { ...full, post: 'care_worker', duty: 'turn_a' },
    { ...full, post: 'tutor', duty: 'turn_b' },
    { ...full, post: 'care_worker', duty: 'turn_b' },
    ...helpers(crowd.morning, 'morning'),
    ...helpers(crowd.afternoon, 'afternoon'),
  ];
}

function times(count: number, wishes: readonly Wish[]): Wish[] {
  return Array.from({ length: count }, () => wishes).flat();
}

/** Posts of no group: nurses for all opening hours, substitutes, specialists, and one for the families' papers. */
function postsOfCentre(groups: number): Wish[] {
  const own = { group: null, skills: [] };
  const nurse = { ...own, post: 'nurse', weeklyMinutes: SHORT_WEEK, skills: ['nurse'] } as const;
  const care = { ...own, post: 'care_worker', weeklyMinutes: FULL_TIME, duty: 'substitute' } as const;
  return [
    ...times(Math.ceil(groups / GROUPS_A_NURSE), [
      { ...nurse, duty: 'turn_a' },
      { ...nurse, duty: 'turn_b' },
    ]),
    ...times(Math.ceil(groups / GROUPS_A_SUBSTITUTE), [care]),
    ...times(Math.ceil(groups / GROUPS_A_SUBSTITUTE), [
      { ...own, post: 'specialist', weeklyMinutes: FULL_TIME, duty: 'sessions' },
    ]),
    { ...own, post: 'social_work_specialist', weeklyMinutes: SHORT_WEEK, duty: 'office' },
  ];
}

const isTurn = ({ duty }: Wish) => duty === 'turn_a' || duty === 'turn_b';

/**
 * A centre's posts. Every skill that a child of the centre needs is in both turns, at two groups where there are two;
 * `vacant` is how many posts stand empty, the last groups' first.
 */
export function planPosts(
  groups: readonly { readonly group: WrittenGroup; readonly crowd: Crowd }[],
  needed: ReadonlySet<string>,
  vacant: number,
  random: Random,
): PlannedPost[] {
  const wishes = groups.flatMap(({ group, crowd }) => postsOfGroup(group, crowd));
  const first = groups.slice(0, 2).map(({ group }) => group);
  const skilled = wishes.map((wish) => {
    const bears = (skill: string) => {
      if (skill === 'nurse' || !isTurn(wish) || wish.group === null) return false;
      const who = skill === 'one_to_one' ? 'care_worker' : 'tutor';
      const bearer = needed.has(skill) && first.includes(wish.group) && wish.post === who;
      return bearer || random.chance(skill === 'one_to_one' ? 0.1 : 0.03);
    };
    return { ...wish, skills: SKILLS.filter(bears) };
  });
  const replaceable = skilled.filter(
    (wish) => wish.duty === 'turn_b' && wish.post === 'care_worker' && wish.skills.length === 0,
  );
  const empty = new Set<Wish>(vacant === 0 ? [] : replaceable.slice(-vacant));
  const posts: Wish[] = [...skilled, ...postsOfCentre(groups.length)];
  return posts.map((wish) => ({ ...wish, vacant: empty.has(wish) }));
}
