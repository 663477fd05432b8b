import type { AllocationChild, AllocationFamily } from './input.ts';
import { compareScores, type Wishes } from './build-wishes.ts';
import { NEVER, startsOf, type Market } from './market.ts';

type Bundle = AllocationFamily['bundles'][number];

type Units = Pick<
  Market,
  'unitOf' | 'unitAt' | 'single' | 'holds' | 'optionAt' | 'optionWish' | 'wishOption'
>;

export interface Siblings {
  readonly siblings: readonly number[];
  readonly bundles: readonly Bundle[];
}

/** A unit before it has its number: a child alone, or the siblings of a family. */
type Draft = number | Siblings;

const siblingsOf = (draft: Draft): readonly number[] =>
  typeof draft === 'number' ? [draft] : draft.siblings;

const wishNumbers = ({ wishAt }: Wishes, child: number): number[] =>
  Array.from({ length: wishAt[child + 1]! - wishAt[child]! }, (_, at) => wishAt[child]! + at);

/** What siblings hold already. */
const heldBy = ({ siblings }: Siblings, wishes: Wishes): number[] =>
  siblings.flatMap((child) => wishNumbers(wishes, child).filter((wish) => wishes.held[wish] === 1));

/** The wish with which a child holds a place; behind its last when it holds none. */
function heldAlone({ wishAt, held }: Wishes, child: number): number {
  const end = wishAt[child + 1]!;
  let wish = wishAt[child]!;
  while (wish < end && held[wish] !== 1) wish++;
  return wish;
}

const holdsAny = (draft: Draft, wishes: Wishes): boolean =>
  typeof draft === 'number'
    ? heldAlone(wishes, draft) < wishes.wishAt[draft + 1]!
    : heldBy(draft, wishes).length > 0;

/** A family: its joint wishes, up to what it holds already; a child that a bundle does not name gets no place in it. */
function together(
  family: Siblings,
  wishes: Wishes,
  groupNumber: ReadonlyMap<string, number>,
  children: readonly AllocationChild[],
): number[][] {
  const held = heldBy(family, wishes);
  const options: number[][] = [];
  for (const bundle of family.bundles) {
    const named = new Map(Object.entries(bundle));
    const option = family.siblings.flatMap((child) => {
      const group = named.get(children[child]!.id) ?? null;
      if (group === null) return [];
      return wishNumbers(wishes, child).filter((wish) => wishes.wishGroup[wish] === groupNumber.get(group));
    });
    if (option.length === held.length && option.every((wish, at) => wish === held[at])) break;
    options.push(option);
    if (option.length === 0) break;
  }
  return held.length > 0 ? [...options, held] : options;
}

/** The best wish of a unit by score, −1 when it has none. */
function bestWish(draft: Draft, wishes: Wishes): number {
  let best = -1;
  for (const child of siblingsOf(draft))
    for (let wish = wishes.wishAt[child]!; wish < wishes.wishAt[child + 1]!; wish++)
      if (wishes.wishNumber[wish]! > 0 && (best < 0 || compareScores(wishes, wish, best) < 0)) best = wish;
  return best;
}

function inCanonicalOrder(drafts: readonly Draft[], wishes: Wishes): Draft[] {
  const best = Int32Array.from(drafts, (draft) => bestWish(draft, wishes));
  const first = Int32Array.from(drafts, (draft) => siblingsOf(draft)[0]!);
  const order = Int32Array.from(drafts, (_, at) => at).toSorted((a, b) => {
    const [wishA, wishB] = [best[a]!, best[b]!];
    if (wishA < 0 !== wishB < 0) return wishA < 0 ? 1 : -1;
    const byScore = wishA < 0 ? 0 : compareScores(wishes, wishA, wishB);
    return byScore === 0 ? first[a]! - first[b]! : byScore;
  });
  return Array.from(order, (at) => drafts[at]!);
}

/** All units in canonical order, with their options. `rank` orders the wishes within an option. */
export function unitsOf(
  children: readonly AllocationChild[],
  families: readonly Siblings[],
  wishes: Wishes,
  groupNumber: ReadonlyMap<string, number>,
  rank: Int32Array,
): Units {
  const inFamily = new Uint8Array(children.length);
  for (const { siblings } of families) for (const child of siblings) inFamily[child] = 1;
  const alone: Draft[] = [];
  for (let child = 0; child < children.length; child++) if (inFamily[child] === 0) alone.push(child);
  const drafts = inCanonicalOrder([...alone, ...families], wishes);

  const unitOf = new Int32Array(children.length);
  const wishOption = new Int32Array(wishes.wishChild.length).fill(NEVER);
  const [optionsOfUnit, wishesOfOption, optionWish] = [Array<number>(), Array<number>(), Array<number>()];
  drafts.forEach((draft, unit) => {
    for (const child of siblingsOf(draft)) unitOf[child] = unit;
    if (typeof draft === 'number') {
      // A child alone: its wishes, up to the place that it holds.
      const end = Math.min(heldAlone(wishes, draft) + 1, wishes.wishAt[draft + 1]!);
      optionsOfUnit.push(end - wishes.wishAt[draft]!);
      for (let wish = wishes.wishAt[draft]!, local = 0; wish < end; wish++, local++) {
        wishesOfOption.push(1);
        optionWish.push(wish);
        wishOption[wish] = local;
      }
      return;
    }
    const options = together(draft, wishes, groupNumber, children);
    optionsOfUnit.push(options.length);
    options.forEach((option, local) => {
      wishesOfOption.push(option.length);
      optionWish.push(...option.toSorted((a, b) => rank[a]! - rank[b]!));
      for (const wish of option) wishOption[wish] = Math.min(wishOption[wish]!, local);
    });
  });
  return {
    unitOf,
    unitAt: startsOf(optionsOfUnit),
    single: Uint8Array.from(drafts, (draft) => (typeof draft === 'number' ? 1 : 0)),
    holds: Uint8Array.from(drafts, (draft) => (holdsAny(draft, wishes) ? 1 : 0)),
    optionAt: startsOf(wishesOfOption),
    optionWish: Int32Array.from(optionWish),
    wishOption,
  };
}
