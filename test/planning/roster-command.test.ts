import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { roster } from '../../src/cli/roster.ts';
import { OWN_NODE } from '../support/own-node.ts';
import { RULES } from './roster-cases.ts';

const folder = mkdtempSync(join(tmpdir(), 'kundiz-roster-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const member = {
  id: 's1',
  level: 1,
  skills: ['nurse'],
  weeklyMinutes: 2400,
  minShiftMinutes: 240,
  maxShiftMinutes: 600,
  daysPerWeek: 5,
  overtimeMinutesPerWeek: 0,
  absent: ['2027-02-03'],
  available: { mon: ['07:30', '18:30'] },
  prefers: { mon: ['08:00', '17:00'] },
  fixed: [{ date: '2027-02-01', from: '08:00', to: '16:30' }],
};

const input = {
  from: '2027-02-01',
  to: '2027-02-05',
  opens: '07:30',
  closes: '18:30',
  seed: 1,
  staff: [member],
  demand: [{ date: '2027-02-01', from: '10:00', to: '12:00', skill: 'nurse', count: 1, kind: 'legal' }],
  rules: RULES,
};

function kundiz(args: readonly string[], text = '') {
  const env = OWN_NODE;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['src/cli.ts', 'roster', ...args], {
    encoding: 'utf8',
    input: text,
    env,
  });
  return { status, stdout, stderr };
}

test('a file or standard input in, JSON out', () => {
  const file = join(folder, 'roster.json');
  writeFileSync(file, JSON.stringify(input));
  const { status, stdout, stderr } = kundiz([file, '--seconds', '20']);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const { seconds, ...found } = JSON.parse(stdout);
  expect(seconds).toBeGreaterThan(0);
  expect(Object.keys(found)).toEqual(['shifts', 'uncovered', 'cost', 'bound', 'gap', 'proved']);
  expect(found).toMatchObject({
    shifts: [{ staff: 's1', date: '2027-02-01', from: '08:00', to: '16:30' }],
    uncovered: [],
    gap: 0,
    proved: true,
  });
  const { seconds: _, ...again } = JSON.parse(kundiz([], JSON.stringify(input)).stdout);
  expect(again).toEqual(found);
});

test('legal demand that stays open ends with 1, the roster printed', () => {
  const { status, stdout, stderr } = kundiz(
    ['--seconds', '5', '-'],
    JSON.stringify({ ...input, demand: [{ ...input.demand[0], count: 2 }] }),
  );
  expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
  expect(JSON.parse(stdout).uncovered).toMatchObject([
    { skill: 'nurse', missing: 1, from: '10:00', to: '12:00' },
  ]);
});

test('bad input ends with 2 and names the path on standard error', () => {
  const bad = JSON.stringify({ ...input, staff: [{ ...member, weeklyMinutes: 5400 }] });
  const { status, stdout, stderr } = kundiz(['--json'], bad);
  const problem = 'is over 2400: a contract is at most 40 hours a week';
  expect({ status, stderr }).toEqual({ status: 2, stderr: `kundiz: staff.0.weeklyMinutes ${problem}\n` });
  expect(JSON.parse(stdout)).toEqual({ errors: [{ path: 'staff.0.weeklyMinutes', problem }] });
});

const silent = { out: () => undefined, err: () => undefined };

test.each<[string, string[], string]>([
  ['no JSON', ['README.md'], 'not JSON'],
  ['no such file', ['/nowhere.json'], 'cannot read /nowhere.json'],
  ['an unknown option', ['--fast'], '--fast'],
  ['two files', ['a', 'b'], 'takes 1 file'],
  ['no number of seconds', ['README.md', '--seconds', 'soon'], '--seconds must be a number above 0'],
  ['no time at all', ['README.md', '--seconds', '0'], '--seconds must be a number above 0'],
])('%s is wrong use', async (_, args, said) => {
  await expect(roster(args, silent)).rejects.toThrow(said);
});
