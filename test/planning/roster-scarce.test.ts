import { describe, expect, test } from 'vitest';
import { randomFrom, type Random } from '../../src/domain/random.ts';
import { buildProblem } from '../../src/planning/roster/build.ts';
import { Plan } from '../../src/planning/roster/plan.ts';
import { readRoster } from '../../src/planning/roster/read.ts';
import { place, scarceIn } from '../../src/planning/roster/scarce.ts';
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

/** A small case in which only nurses are asked for, one at a time or more. */
function nursesAlone(random: Random): RosterJson {
  const size = random.pick([
    { staff: 2, days: 2, hours: 3 },
    { staff: 3, days: 1, hours: 4 },
    { staff: 4, days: 1, hours: 3 },
  ]);
  const json = tiny(random, size);
  const onCallBreakMinutes = random.pick([0, 30, 60]);
  const demand = json.demand.map(({ date, from, to, kind }) => ({
    date,
    from,
    to,
    kind,
    skill: 'nurse',
    onCallBreakMinutes,
    count: random.int(1, 2),
  }));
  return { ...json, demand };
}

async function leastOf(json: RosterJson) {
  const plan = new Plan(buildProblem(inputOf(json)));
  const scarce = scarceIn(plan, await solverOf(), () => 60);
  place(plan, scarce);
  return { least: scarce.reduce((sum, { legal }) => sum + legal, 0), placed: plan.short() };
}

describe('what few people can cover at best', { timeout: 240_000 }, () => {
  test('is never said to be worse than it is, and of three or fewer is exact, with the shifts for it (60)', async () => {
    const random = randomFrom('scarce');
    let open = 0;
    for (let round = 0; round < 60; round++) {
      const json = nursesAlone(random);
      const { least, placed } = await leastOf(json);
      const truth = leastUncovered(json);
      expect(least, JSON.stringify(json)).toBeLessThanOrEqual(truth);
      open += Number(truth > 0);
      const nurses = json.staff.filter(({ skills }) => skills.includes('nurse'));
      if (nurses.length === 0 || nurses.length > 3 || json.rules['restMinutes']! > 0) continue;
      expect({ least, placed }, JSON.stringify(json)).toEqual({ least: truth, placed: truth });
    }
    expect(open).toBeGreaterThan(20);
  });

  test('two part-time nurses of a centre of 18: as little open as can be, proved, near the bound', async () => {
    const json = centre(randomFrom('x1'), 18, 1, 0.9, [2400, 1200]);
    const roster = await solveRoster(inputOf(json));
    expect(rosterFaults(json, roster)).toEqual([]);
    expect(roster.cost.legal).toBe(2000);
    expect(roster.uncovered.flatMap(({ why }) => why.map(({ fact }) => fact))).toContain('minimum_proved');
    expect(roster.gap).toBeLessThanOrEqual(0.02);
  });
});
