import { allocate, seatEverybody } from './allocate.ts';
import { buildMarket } from './build.ts';
import { RULES, type AllocationInput, type Rule } from './input.ts';
import type { Allocation, Refused, Report } from './result.ts';

export interface Compared {
  readonly allocation: Allocation;
  /** Wishes dearer than the one a placed child got, with why each was refused. */
  readonly above: readonly Refused[];
  /** What every rule would give on the same market. */
  readonly reports: Readonly<Record<Rule, Report>>;
}

/** The market as `rule` reads it: where all groups rank alike a child has one score, without the points of a group. */
function marketUnder(rule: Rule, input: AllocationInput): AllocationInput {
  if (rule !== 'common') return { ...input, rule };
  const children = input.children.map((child) => {
    const score = child.wishes[0]?.score.map((number, at) => (at === 1 ? 0 : number)) ?? [];
    return { ...child, wishes: child.wishes.map(({ group }) => ({ group, score })) };
  });
  return { ...input, rule, children };
}

/** Wishes that stood before what a child got: of those placed, and not at their first. */
function refusedAbove(input: AllocationInput, { placed }: Allocation): Refused[] {
  const market = buildMarket(input);
  const { explain } = seatEverybody(market);
  const numberOf = new Map(market.childIds.map((id, number) => [id, number]));
  return placed.flatMap(({ child, wish: got }) => {
    const number = numberOf.get(child)!;
    const wishes: number[] = [];
    for (let wish = market.wishAt[number]!; wish < market.wishAt[number + 1]!; wish++) {
      const stated = market.wishNumber[wish]!;
      if (stated > 0 && (got === null || stated < got)) wishes.push(wish);
    }
    return wishes.length === 0 ? [] : [{ child, wishes: wishes.map(explain) }];
  });
}

/** Allocates by the rule of the input, and counts what the other rules would give. Pure, like the engine. */
export function compareRules(input: AllocationInput): Compared {
  const chosen = marketUnder(input.rule, input);
  const allocation = allocate(chosen);
  const reports = Object.fromEntries(
    RULES.map((rule) => [
      rule,
      rule === input.rule ? allocation.report : allocate(marketUnder(rule, input)).report,
    ]),
  ) as Record<Rule, Report>;
  return { allocation, above: refusedAbove(chosen, allocation), reports };
}
