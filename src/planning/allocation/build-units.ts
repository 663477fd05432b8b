import type { AllocationChild, AllocationFamily } from './input.ts';
import { compareScores, type Wishes } from './build-wishes.ts';
import { NEVER, startsOf, type Market } from './market.ts';

type Bundle = AllocationFamily['bundles'][number];

/** A unit before it has its number: its children, and its options as lists of wishes. */
interface Draft {
  readonly siblings: readonly number[];
  readonly options: readonly (readonly number[])[];
  readonly holds: boolean;
}

type Units = Pick<
  Market,
  'unitOf' | 'unitAt' | 'single' | 'holds' | 'optionAt' | 'optionWish' | 'wishOption'
>;

export interface Siblings {
  readonly siblings: readonly number[];
  readonly bundles: readonly Bundle[];
}

const wishNumbers = ({ wishAt }: Wishes, child: number): number[] =>
  Array.from({ length: wishAt[child + 1]! - wishAt[child]! }, (_, at) => wishAt[child]! + at);

/** A child alone: its wishes, up to the place that it holds. */
function alone(child: number, wishes: Wishes): Draft {
  const all = wishNumbers(wishes, child);
  const held = all.findIndex((wish) => wishes.held[wish] === 1);
  const options = (held < 0 ? all : all.slice(0, held + 1)).map((wish) => [wish]);
  return { siblings: [child], options, holds: held >= 0 };
}

/** A family: its joint wishes, up to what it holds already; a child that a bundle does not name gets no place in it. */
function together(
  { siblings, bundles }: Siblings,
  wishes: Wishes,
  groupNumber: ReadonlyMap<string, number>,
  children: readonly AllocationChild[],
): Draft {
  const heldNow = siblings.flatMap((child) =>
    wishNumbers(wishes, child).filter((wish) => wishes.held[wish] === 1),
  );
  const options: number[][] = [];
  for (const bundle of bundles) {
    const named = new Map(Object.entries(bundle));
    const option = siblings.flatMap((child) => {
      const group = named.get(children[child]!.id) ?? null;
      if (group === null) return [];
      return wishNumbers(wishes, child).filter((wish) => wishes.wishGroup[wish] === groupNumber.get(group));
    });
    const isHeldNow = option.length === heldNow.length && option.every((wish, at) => wish === heldNow[at]);
    if (isHeldNow) break;
    options.push(option);
    if (option.length === 0) break;
  }
  const holds = heldNow.length > 0;
  return { siblings, options: holds ? [...options, heldNow] : options, holds };
}

/** The best wish of a unit by score, −1 when it has none. */
function bestWish({ siblings }: Draft, wishes: Wishes): number {
  let best = -1;
  for (const child of siblings)
    for (const wish of wishNumbers(wishes, child))
      if (wishes.wishNumber[wish]! > 0 && (best < 0 || compareScores(wishes, wish, best) < 0)) best = wish;
  return best;
}

function inCanonicalOrder(drafts: readonly Draft[], wishes: Wishes): Draft[] {
  const keyed = drafts.map((draft) => ({ draft, best: bestWish(draft, wishes) }));
  keyed.sort((a, b) => {
    if (a.best < 0 !== b.best < 0) return a.best < 0 ? 1 : -1;
    const byScore = a.best < 0 ? 0 : compareScores(wishes, a.best, b.best);
    return byScore === 0 ? a.draft.siblings[0]! - b.draft.siblings[0]! : byScore;
  });
  return keyed.map(({ draft }) => draft);
}

/** All units in canonical order, with their options. `rank` is needed to order the wishes within an option. */
export function unitsOf(
  children: readonly AllocationChild[],
  families: readonly Siblings[],
  wishes: Wishes,
  groupNumber: ReadonlyMap<string, number>,
  rank: Int32Array,
): Units {
  const inFamily = new Uint8Array(children.length);
  for (const { siblings } of families) for (const child of siblings) inFamily[child] = 1;
  const drafts = inCanonicalOrder(
    [
      ...children.flatMap((_, child) => (inFamily[child] === 1 ? [] : [alone(child, wishes)])),
      ...families.map((family) => together(family, wishes, groupNumber, children)),
    ],
    wishes,
  );
  const options = drafts.flatMap((draft) => draft.options);
  const unitOf = new Int32Array(children.length);
  const wishOption = new Int32Array(wishes.wishChild.length).fill(NEVER);
  drafts.forEach((draft, unit) => {
    for (const child of draft.siblings) unitOf[child] = unit;
    draft.options.forEach((option, local) => {
      for (const wish of option) wishOption[wish] = Math.min(wishOption[wish]!, local);
    });
  });
  return {
    unitOf,
    unitAt: startsOf(drafts.map((draft) => draft.options.length)),
    single: Uint8Array.from(drafts, ({ siblings, options: own }) =>
      siblings.length === 1 && own.every((option) => option.length === 1) ? 1 : 0,
    ),
    holds: Uint8Array.from(drafts, ({ holds }) => (holds ? 1 : 0)),
    optionAt: startsOf(options.map((option) => option.length)),
    optionWish: Int32Array.from(options.flatMap((option) => option.toSorted((a, b) => rank[a]! - rank[b]!))),
    wishOption,
  };
}
