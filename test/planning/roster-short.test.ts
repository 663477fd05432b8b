import { describe, expect, test } from 'vitest';
import { randomFrom } from '../../src/domain/random.ts';
import { anneal } from '../../src/planning/roster/annealing.ts';
import { leastTogether } from '../../src/planning/roster/bound.ts';
import { buildProblem } from '../../src/planning/roster/build.ts';
import { coverTogether } from '../../src/planning/roster/days-together.ts';
import { Plan } from '../../src/planning/roster/plan.ts';
import { readRoster } from '../../src/planning/roster/read.ts';
import { rosterOf } from '../../src/planning/roster/report.ts';
import { solveRoster } from '../../src/planning/roster/solve.ts';
import { solverOf } from '../../src/planning/roster/solver.ts';
import { centre, tiny, type RosterJson } from './roster-cases.ts';
import { rosterFaults } from './roster-checker.ts';
import { leastUncovered } from './roster-oracle.ts';

function inputOf(json: RosterJson) {
  const read = readRoster(json);
  if ('errors' in read) throw new Error(JSON.stringify(read.errors));
  return read.input;
}

const minute = () => 60;

describe('centres that have too few people', { timeout: 240_000 }, () => {
  test('never is more said to stay open than the oracle leaves, of the law and of all (60)', async () => {
    const random = randomFrom('short');
    const solver = await solverOf();
    let [short, exact] = [0, 0];
    for (let round = 0; round < 60; round++) {
      const json = tiny(random, { staff: random.int(1, 3), days: 2, hours: random.int(3, 4) });
      json.demand = json.demand.map((row) => ({ ...row, count: row.count + random.int(0, 2) }));
      const plan = new Plan(buildProblem(inputOf(json)));
      const least = leastTogether(plan, solver, minute, []);
      const [legal, cost] = [0, 1].map((at) =>
        least.reduce((sum, each) => sum + [each.legal, each.cost][at]!, 0),
      );
      const truth = leastUncovered(json);
      expect(legal, JSON.stringify(json)).toBeLessThanOrEqual(truth);
      const best = await solveRoster(inputOf(json));
      expect(best.cost.legal, JSON.stringify(json)).toBe(1000 * truth);
      if (legal === truth)
        expect(cost, JSON.stringify(json)).toBeLessThanOrEqual(best.cost.legal + best.cost.quality);
      short += Number(truth > 0);
      exact += Number(truth > 0 && legal === truth);
    }
    expect(short).toBeGreaterThan(30);
    expect(exact).toBeGreaterThan(short / 2);
  });

  test('two days looked at together leave less open, within the law', async () => {
    const json = centre(randomFrom('bench 18'), 10, 1, 1.15);
    const plan = new Plan(buildProblem(inputOf(json)));
    anneal(plan, { moves: 4000, random: randomFrom('a little'), stop: () => false });
    plan.cost = plan.recount();
    const before = plan.short();
    const enough = (better: boolean) => better;
    coverTogether(plan, await solverOf(), randomFrom('two days'), { secondsLeft: minute, enough });
    expect(plan.short()).toBeLessThan(before);
    expect(
      rosterFaults(json, rosterOf(plan, { bound: 0, proved: false, leastShort: false, seconds: 0 })),
    ).toEqual([]);
  });

  test('a fifth too few: as little open as can be, proved, near the bound', async () => {
    const json = centre(randomFrom('bench 12'), 12, 1, 1.2);
    const roster = await solveRoster(inputOf(json));
    expect(rosterFaults(json, roster)).toEqual([]);
    expect(roster.cost.legal).toBe(140_000);
    expect(roster.uncovered.flatMap(({ why }) => why.map(({ fact }) => fact))).toContain('minimum_proved');
    expect(roster.gap).toBeLessThanOrEqual(0.02);
  });
});
