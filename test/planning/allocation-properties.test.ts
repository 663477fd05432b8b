import { describe, expect, test } from 'vitest';
import { randomFrom, type Random } from '../../src/domain/random.ts';
import { allocate } from '../../src/planning/allocation/allocate.ts';
import type { AllocationInput } from '../../src/planning/allocation/input.ts';
import { readAllocation } from '../../src/planning/allocation/read.ts';
import type { Allocation } from '../../src/planning/allocation/result.ts';
import { bigMarket, tinyMarket, type Tiny } from './allocation-markets.ts';
import { oracle, type Outcome } from './allocation-oracle.ts';

const outcomeOf = ({ placed }: Allocation): Outcome =>
  new Map(placed.map(({ child, group }) => [child, group]));

const sorted = (outcome: Outcome): string => [...outcome].map(String).toSorted().join(' ');

function shuffled(random: Random, input: AllocationInput): AllocationInput {
  return {
    ...input,
    groups: random.shuffle(input.groups),
    children: random.shuffle(input.children),
    families: random.shuffle(input.families),
  };
}

/** Tiny markets, alone and with a family, with and without places held already. */
function tinyMarkets(seed: string, count: number, rule: Tiny['rule'], kinds: readonly Omit<Tiny, 'rule'>[]) {
  const random = randomFrom(seed);
  return Array.from({ length: count }, (_, at) => tinyMarket(random, { rule, ...kinds[at % kinds.length] }));
}

const KINDS = [{}, { families: true }, { holders: true }, { families: true, holders: true }];

describe('tiny markets against brute force', { timeout: 60_000 }, () => {
  test('A3: stable finds a stable allocation whenever there is one (5,000), and counts honestly when not', () => {
    let without = 0;
    for (const market of tinyMarkets('A3', 5000, 'stable', KINDS)) {
      const known = oracle(market);
      const result = allocate(market);
      const found = outcomeOf(result);
      const { blocking, wasted, justifiedEnvy, overCapacity } = result.report;
      expect(known.feasible(found) && overCapacity === 0, JSON.stringify(market)).toBe(true);
      expect({ blocking, wasted }).toEqual({ blocking: known.blocking(found), wasted: known.wasted(found) });
      expect(wasted).toBe(0);
      expect(justifiedEnvy).toBe(blocking);
      if (blocking === 0) continue;
      without++;
      expect(result.residue.length).toBeGreaterThan(0);
      expect(known.stable(), JSON.stringify(market)).toEqual([]);
    }
    expect(without).toBeGreaterThan(0);
  });

  test('A4: common is the serial dictatorship, the only stable one, in any order of input (2,000)', () => {
    const random = randomFrom('A4 orders');
    tinyMarkets('A4', 2000, 'common', KINDS.slice(0, 2)).forEach((market, at) => {
      const known = oracle(market);
      const result = allocate(market);
      expect(sorted(outcomeOf(result)), JSON.stringify(market)).toBe(sorted(known.dictated()));
      expect(JSON.stringify(allocate(shuffled(random, market)))).toBe(JSON.stringify(result));
      if (at % 10 === 0) expect(known.stable().map(sorted)).toEqual([sorted(outcomeOf(result))]);
    });
  });

  test('common with places held already: stable whenever that is possible', () => {
    for (const market of tinyMarkets('held', 500, 'common', KINDS.slice(2))) {
      const known = oracle(market);
      const found = outcomeOf(allocate(market));
      if (known.blocking(found) > 0) expect(known.stable(), JSON.stringify(market)).toEqual([]);
    }
  });

  test('strict: nobody envies anybody ranked lower; the report agrees', () => {
    for (const market of tinyMarkets('strict', 2000, 'strict', KINDS)) {
      const result = allocate(market);
      const found = outcomeOf(result);
      expect(oracle(market).feasible(found)).toBe(true);
      expect(oracle(market).envious(found), JSON.stringify(market)).toEqual([]);
      expect(result.report).toMatchObject({ justifiedEnvy: 0, overCapacity: 0 });
      // A child alone is kept out only of places that the rule leaves empty; a family also by what one sibling meets.
      if (market.families.length === 0) expect(result.report.blocking).toBe(result.report.wasted);
      expect(result.residue).toEqual([]);
    }
  });

  test('a place held is given up only for a better wish', () => {
    for (const market of tinyMarkets('holders', 1000, 'stable', [{ holders: true }])) {
      const found = outcomeOf(allocate(market));
      for (const { id, holds, wishes } of market.children) {
        if (holds === null) continue;
        const better = wishes.map(({ group }) => group);
        const until = better.includes(holds)
          ? better.slice(0, better.indexOf(holds) + 1)
          : [...better, holds];
        expect(until).toContain(found.get(id));
      }
    }
  });

  test.each(['stable', 'strict'] as const)('%s: any order of input gives the same bits', (rule) => {
    const random = randomFrom(`orders ${rule}`);
    for (const market of tinyMarkets(`bits ${rule}`, 500, rule, KINDS))
      expect(JSON.stringify(allocate(shuffled(random, market)))).toBe(JSON.stringify(allocate(market)));
  });
});

describe('a market of 10,000 children', { timeout: 60_000 }, () => {
  const size = { centres: 100, children: 10_000 };
  // 5 per 100,000 is half a child here: over four markets, two.
  const seeds = ['one', 'two', 'three', 'four'];

  test.each([
    ['A2: children alone', false],
    ['A5: families with one score', true],
  ])('%s: hardly anybody blocks, nothing over capacity, nothing wasted', (_, families) => {
    const results = seeds.map((seed) => allocate(bigMarket(randomFrom(seed), { ...size, families })));
    for (const { report, residue } of results) {
      expect(report).toMatchObject({ overCapacity: 0, wasted: 0 });
      expect(residue.length).toBeGreaterThanOrEqual(report.blocking);
    }
    expect(results.reduce((sum, { report }) => sum + report.blocking, 0)).toBeLessThanOrEqual(2);
  });

  test('the same bits in any order, through the reading as well', () => {
    const market = bigMarket(randomFrom('one'), { ...size, families: true });
    const read = readAllocation(shuffled(randomFrom('order'), market));
    if ('errors' in read) throw new Error(JSON.stringify(read.errors));
    expect(JSON.stringify(allocate(read.input)) === JSON.stringify(allocate(market))).toBe(true);
  });

  test('strict: no justified envy, and fewer places than stable', () => {
    const strict = allocate(bigMarket(randomFrom('one'), { ...size, rule: 'strict' }));
    const stable = allocate(bigMarket(randomFrom('one'), size));
    expect(strict.report).toMatchObject({ justifiedEnvy: 0, overCapacity: 0 });
    expect(strict.report.placed).toBeLessThan(stable.report.placed);
  });

  test('common: nobody blocks', () => {
    const { report } = allocate(bigMarket(randomFrom('one'), { ...size, rule: 'common', families: true }));
    expect(report).toMatchObject({ blocking: 0, wasted: 0, justifiedEnvy: 0, overCapacity: 0 });
  });
});
