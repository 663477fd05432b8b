import { HALF_HOURS } from '../../domain/slots.ts';
import { capacityOf, daysOf, stretchesOf } from './build-places.ts';
import { unitsOf } from './build-units.ts';
import { compareScores, jointFamilies, wishesOf, type Wishes } from './build-wishes.ts';
import type { AllocationInput } from './input.ts';
import { compareIds, startsOf, type Market } from './market.ts';

const byId = (a: { readonly id: string }, b: { readonly id: string }): number => compareIds(a.id, b.id);

const numbered = (ids: readonly string[]): Map<string, number> => new Map(ids.map((id, at) => [id, at]));

/**
 * The order of each group: holders, then score, then id of the family's first child (its own for a child alone), then id.
 * Rank counts from 0 in each group.
 */
function ranksOf(wishes: Wishes, groups: number, firstSibling: Int32Array) {
  const lengths = new Int32Array(groups);
  for (const group of wishes.wishGroup) lengths[group]! += 1;
  const groupAt = startsOf(lengths);
  const groupWish = new Int32Array(wishes.wishGroup.length);
  const next = groupAt.slice();
  wishes.wishGroup.forEach((group, wish) => (groupWish[next[group]!++] = wish));
  const rank = new Int32Array(groupWish.length);
  const compare = (a: number, b: number): number => {
    const [first, second] = [wishes.wishChild[a]!, wishes.wishChild[b]!];
    const byHolding = wishes.held[b]! - wishes.held[a]!;
    if (byHolding !== 0) return byHolding;
    const byScore = wishes.held[a] === 1 ? 0 : compareScores(wishes, a, b);
    if (byScore !== 0) return byScore;
    return firstSibling[first]! - firstSibling[second]! || first - second;
  };
  for (let group = 0; group < groups; group++) {
    const list = groupWish.subarray(groupAt[group], groupAt[group + 1]).toSorted(compare);
    groupWish.set(list, groupAt[group]);
    list.forEach((wish, at) => (rank[wish] = at));
  }
  return { groupAt, groupWish, rank };
}

/** Numbers everything of a market that has been read and checked. */
export function buildMarket(input: AllocationInput): Market {
  const groups = input.groups.toSorted(byId);
  const children = input.children.toSorted(byId);
  const groupIds = groups.map(({ id }) => id);
  const groupNumber = numbered(groupIds);
  const days = daysOf(groups, children);
  const dayNumber = numbered(days);
  const stretches = stretchesOf(children, dayNumber);
  const heldGroup = Int32Array.from(children, ({ holds }) => (holds === null ? -1 : groupNumber.get(holds)!));

  const families = jointFamilies(children, input.families.toSorted(byId));
  const siblingLists = families.map(({ siblings }) => siblings);
  const wishes = wishesOf(children, groupNumber, siblingLists, input.rule);
  const firstSibling = Int32Array.from(children, (_, child) => child);
  for (const siblings of siblingLists) for (const child of siblings) firstSibling[child] = siblings[0]!;
  const { groupAt, groupWish, rank } = ranksOf(wishes, groups.length, firstSibling);

  return {
    rule: input.rule,
    groupIds,
    childIds: children.map(({ id }) => id),
    days,
    cells: days.length * HALF_HOURS,
    capacity: capacityOf(groups, dayNumber, stretches, heldGroup),
    ...stretches,
    wishAt: wishes.wishAt,
    wishChild: wishes.wishChild,
    wishGroup: wishes.wishGroup,
    wishNumber: wishes.wishNumber,
    wishClass: wishes.wishClass,
    wishRank: rank,
    groupAt,
    groupWish,
    ...unitsOf(children, families, wishes, groupNumber, rank),
  };
}
