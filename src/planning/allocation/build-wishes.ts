import type { AllocationChild, AllocationFamily, Rule } from './input.ts';
import { startsOf } from './market.ts';

/** The wishes of all children one after another, with the score that counts. */
export interface Wishes {
  readonly wishAt: Int32Array;
  readonly wishChild: Int32Array;
  readonly wishGroup: Int32Array;
  readonly wishNumber: Int32Array;
  readonly wishClass: Float64Array;
  /** Whether the child holds its place in that group. */
  readonly held: Uint8Array;
  /** Numbers of one score. */
  readonly width: number;
  /** Scores, `width` numbers a wish. */
  readonly scores: Float64Array;
}

/** Higher scores first; 0 when they are alike. */
export function compareScores({ scores, width }: Wishes, a: number, b: number): number {
  for (let at = 0; at < width; at++) {
    const [first, second] = [scores[a * width + at]!, scores[b * width + at]!];
    if (first !== second) return first > second ? -1 : 1;
  }
  return 0;
}

/**
 * Siblings with joint wishes carry one family score: at each group the best that any of them has there. Under `common`
 * it is the best that any of them has anywhere, so that the family has one place in the one order.
 */
function liftFamilies(wishes: Wishes, families: readonly (readonly number[])[], rule: Rule): void {
  const { wishAt, wishGroup, wishNumber, scores, width } = wishes;
  for (const siblings of families) {
    const best = new Map<number, number>();
    const all = siblings.flatMap((child) =>
      Array.from({ length: wishAt[child + 1]! - wishAt[child]! }, (_, at) => wishAt[child]! + at),
    );
    const scored = all.filter((wish) => wishNumber[wish]! > 0);
    const placeOf = (wish: number): number => (rule === 'common' ? 0 : wishGroup[wish]!);
    for (const wish of scored) {
      const other = best.get(placeOf(wish));
      if (other === undefined || compareScores(wishes, wish, other) < 0) best.set(placeOf(wish), wish);
    }
    const copies = scored.map((wish) => {
      const from = best.get(placeOf(wish))!;
      return scores.slice(from * width, (from + 1) * width);
    });
    scored.forEach((wish, at) => scores.set(copies[at]!, wish * width));
    for (const wish of scored) wishes.wishClass[wish] = scores[wish * width]!;
  }
}

/** Lays out the wishes of children in canonical order; a held place that is no wish is added as the last. */
export function wishesOf(
  children: readonly AllocationChild[],
  groupNumber: ReadonlyMap<string, number>,
  families: readonly (readonly number[])[],
  rule: Rule,
): Wishes {
  const addsHeld = ({ holds, wishes }: AllocationChild): boolean =>
    holds !== null && !wishes.some(({ group }) => group === holds);
  const wishAt = startsOf(children.map((child) => child.wishes.length + (addsHeld(child) ? 1 : 0)));
  const total = wishAt[children.length]!;
  const width = children.find((child) => child.wishes.length > 0)?.wishes[0]?.score.length ?? 1;
  const wishes: Wishes = {
    wishAt,
    wishChild: new Int32Array(total),
    wishGroup: new Int32Array(total),
    wishNumber: new Int32Array(total),
    wishClass: new Float64Array(total).fill(Number.NaN),
    held: new Uint8Array(total),
    width,
    scores: new Float64Array(total * width),
  };
  children.forEach((child, number) => {
    let at = wishAt[number]!;
    child.wishes.forEach(({ group, score }, position) => {
      wishes.wishGroup[at] = groupNumber.get(group)!;
      wishes.wishNumber[at] = position + 1;
      wishes.wishClass[at] = score[0]!;
      wishes.held[at] = group === child.holds ? 1 : 0;
      wishes.scores.set(score, at * width);
      wishes.wishChild[at++] = number;
    });
    if (!addsHeld(child)) return;
    wishes.wishGroup[at] = groupNumber.get(child.holds!)!;
    wishes.held[at] = 1;
    wishes.wishChild[at] = number;
  });
  liftFamilies(wishes, families, rule);
  return wishes;
}

/** Children (by number) of each family with joint wishes, in canonical order, and the family's bundles. */
export function jointFamilies(
  children: readonly AllocationChild[],
  families: readonly AllocationFamily[],
): { siblings: number[]; bundles: AllocationFamily['bundles'] }[] {
  const joint = new Map(
    families
      .filter(({ bundles }) => bundles.length > 0)
      .map(({ id, bundles }) => [id, { siblings: new Array<number>(), bundles }]),
  );
  children.forEach(({ family }, number) => {
    if (family !== null) joint.get(family)?.siblings.push(number);
  });
  return [...joint.values()].filter(({ siblings }) => siblings.length > 0);
}
