import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomFrom, type Random } from '../../src/domain/random.ts';
import { anneal } from '../../src/planning/roster/annealing.ts';
import { buildProblem } from '../../src/planning/roster/build.ts';
import { modelOf } from '../../src/planning/roster/model.ts';
import { Plan } from '../../src/planning/roster/plan.ts';
import { readRoster } from '../../src/planning/roster/read.ts';
import type { Roster } from '../../src/planning/roster/result.ts';
import { solveRoster } from '../../src/planning/roster/solve.ts';
import { centre, february, tiny, type RosterJson } from './roster-cases.ts';
import { legalMissing, missingOf, rosterFaults } from './roster-checker.ts';
import { leastUncovered } from './roster-oracle.ts';

async function solve(json: RosterJson): Promise<Roster> {
  const read = readRoster(json);
  if ('errors' in read) throw new Error(JSON.stringify(read.errors));
  return await solveRoster(read.input);
}

const openOf = (json: RosterJson, { shifts }: Roster): number => legalMissing(missingOf(json, shifts));

/** Cases small enough to try out everything, that somebody is missing in. */
const tight = (random: Random): RosterJson =>
  tiny(random, random.chance(0.5) ? { staff: 2, days: 2, hours: 3 } : { staff: 3, days: 1, hours: 4 });

/** The nurses' breaks count as on call, or do not: by a length that is enough, or too short. */
function onCall(random: Random, json: RosterJson): RosterJson {
  const onCallBreakMinutes = random.pick([0, 30, 60]);
  const demand = json.demand.map((row) => (row.skill === undefined ? row : { ...row, onCallBreakMinutes }));
  return { ...json, demand };
}

/** Fixes one of the shifts of a roster: it is legal, so it may be asked for. */
function withFixed(random: Random, json: RosterJson, { shifts }: Roster): RosterJson {
  if (shifts.length === 0) return json;
  const { staff: id, date, from, to } = random.pick(shifts);
  return {
    ...json,
    staff: json.staff.map((who) => (who.id === id ? { ...who, fixed: [{ date, from, to }] } : who)),
  };
}

describe('small rosters', { timeout: 240_000 }, () => {
  test('R1: nothing illegal, and all that it says of itself is true (1,000)', async () => {
    let open = 0;
    await fc.assert(
      fc.asyncProperty(fc.integer(), async (seed) => {
        const random = randomFrom(`R1 ${seed}`);
        const size = { staff: random.int(0, 3), days: random.int(1, 3), hours: random.int(2, 6) };
        const json = onCall(random, tiny(random, size));
        const roster = await solve(json);
        open += Number(roster.cost.legal > 0);
        expect(rosterFaults(json, roster), JSON.stringify(json)).toEqual([]);
        if (!random.chance(0.1)) return;
        const fixed = withFixed(random, json, roster);
        expect(rosterFaults(fixed, await solve(fixed)), JSON.stringify(fixed)).toEqual([]);
      }),
      { numRuns: 1000, seed: 7, endOnFailure: true },
    );
    expect(open).toBeGreaterThan(100);
  });

  test('R2: no fewer half-hours can stay uncovered, by trying all rosters (30)', async () => {
    const random = randomFrom('R2');
    for (let found = 0; found < 30;) {
      const json = onCall(random, tight(random));
      const roster = await solve(json);
      const open = openOf(json, roster);
      if (open === 0) continue;
      found++;
      expect(open, JSON.stringify(json)).toBe(leastUncovered(json));
      expect(roster.proved).toBe(true);
      expect(roster.uncovered.some(({ why }) => why.some(({ fact }) => fact === 'minimum_proved'))).toBe(
        true,
      );
    }
  });

  test('a plan is a solution of its own program, at its own cost (60)', () => {
    const random = randomFrom('program');
    for (let round = 0; round < 60; round++) {
      const json = onCall(random, tiny(random, { staff: 4, days: 3, hours: random.int(4, 6) }));
      const read = readRoster(json);
      if ('errors' in read) throw new Error(JSON.stringify(read.errors));
      const plan = new Plan(buildProblem(read.input));
      anneal(plan, { moves: 400, random, stop: () => false });
      const free = [...plan.choice.keys()];
      const model = modelOf({ plan, free, objective: 'all', fairness: 'most' });
      const { rowLower, rowUpper, colCost, matrix } = model.data;
      const start = model.start();
      const sums = rowLower.map(() => 0);
      start.forEach((value, column) => {
        for (let at = matrix.starts[column]!; at < matrix.starts[column + 1]!; at++)
          sums[matrix.indices[at]!]! += value * matrix.values[at]!;
      });
      const broken = [...sums].filter(
        (sum, row) => sum < rowLower[row]! - 1e-6 || sum > rowUpper[row]! + 1e-6,
      );
      expect(broken, JSON.stringify(json)).toEqual([]);
      const cost = start.reduce((sum, value, column) => sum + value * colCost[column]!, 0);
      expect(cost, JSON.stringify(json)).toBeCloseTo(plan.cost, 5);
    }
  });

  test('one more on the staff never leaves more uncovered', async () => {
    const random = randomFrom('more');
    for (let round = 0; round < 40; round++) {
      const json = tight(random);
      const [another] = tiny(random, { staff: 1, days: 1, hours: 3 }).staff;
      const more = { ...json, staff: [...json.staff, { ...another!, id: 'new', absent: [] }] };
      if ('errors' in readRoster(more)) continue;
      expect(openOf(more, await solve(more))).toBeLessThanOrEqual(openOf(json, await solve(json)));
    }
  });

  test('order of input, names of people and the week of the year change nothing', async () => {
    const random = randomFrom('same');
    for (let round = 0; round < 40; round++) {
      const json = tiny(random, { staff: 3, days: 2, hours: random.int(3, 5) });
      const roster = await solve(json);
      const shuffled = { ...json, staff: random.shuffle(json.staff), demand: random.shuffle(json.demand) };
      expect(JSON.stringify(await solve(shuffled))).toBe(JSON.stringify(roster));

      const renamed = {
        ...json,
        staff: json.staff.map((who) => ({ ...who, id: `person ${9 - Number(who.id[1])}` })),
      };
      const later = JSON.parse(
        JSON.stringify(json).replaceAll(/2027-02-(\d\d)/g, (_, day) => february(Number(day) + 14)),
      ) as RosterJson;
      for (const other of [await solve(renamed), await solve(later)]) {
        expect(other.cost).toEqual(roster.cost);
        expect(other.uncovered.length).toBe(roster.uncovered.length);
        expect(other.shifts.map(({ from, to }) => `${from} ${to}`).toSorted()).toEqual(
          roster.shifts.map(({ from, to }) => `${from} ${to}`).toSorted(),
        );
      }
    }
  });
});

describe('a centre of 12 for a week', { timeout: 240_000 }, () => {
  const json = centre(randomFrom('c1'), 12, 1);

  test('covered, legal, near the bound; the same again; better and better on the way', async () => {
    const read = readRoster(json);
    if ('errors' in read) throw new Error(JSON.stringify(read.errors));
    const totals: number[] = [];
    const roster = await solveRoster(read.input, { onIncumbent: ({ cost }) => totals.push(cost.total) });
    expect(rosterFaults(json, roster)).toEqual([]);
    expect(roster.cost.legal).toBe(0);
    expect(roster.gap).toBeLessThanOrEqual(0.02);
    expect(roster.bound).toBeGreaterThan(0);
    expect(totals.length).toBeGreaterThan(1);
    expect(totals).toEqual(totals.toSorted((a, b) => b - a));
    expect(await solve(json)).toEqual(roster);
  });
});
