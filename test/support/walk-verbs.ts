import { CENTRE_VERBS, TIME_VERBS } from './walk-centre.ts';
import { FAMILY_VERBS } from './walk-family.ts';
import { QUEUE_VERBS } from './walk-queue.ts';
import { ROSTER_VERBS } from './walk-rosters.ts';
import { STAFF_VERBS } from './walk-shortages.ts';
import type { Random } from '../../src/domain/random.ts';
import type { Verb } from './walk.ts';

/** What people do, without the time that goes by. */
export const HUMAN_VERBS: readonly Verb[] = [
  ...FAMILY_VERBS,
  ...QUEUE_VERBS,
  ...CENTRE_VERBS,
  ...ROSTER_VERBS,
  ...STAFF_VERBS,
];

export const VERBS: readonly Verb[] = [...HUMAN_VERBS, ...TIME_VERBS];

/** Verbs are drawn by their weights. */
export function drawVerb(random: Random, verbs: readonly Verb[]): Verb {
  let left = random.next() * verbs.reduce((sum, { weight }) => sum + weight, 0);
  return verbs.find(({ weight }) => (left -= weight) < 0) ?? verbs[0]!;
}
