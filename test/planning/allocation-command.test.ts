import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { allocate } from '../../src/cli/allocate.ts';
import { OWN_NODE } from '../support/own-node.ts';

const folder = mkdtempSync(join(tmpdir(), 'kundiz-allocate-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const market = {
  rule: 'stable',
  groups: [{ id: 'g1', free: { mon: [[16, 36, 1]] } }],
  children: [
    {
      id: 'k1',
      family: null,
      holds: null,
      pattern: { mon: ['08:00', '17:30'] },
      wishes: [{ group: 'g1', score: [2, 0] }],
    },
    { id: 'k2', pattern: { mon: ['08:00', '12:00'] }, wishes: [{ group: 'g1', score: [1, 5] }] },
  ],
};

function kundiz(args: readonly string[], input = '') {
  // Not vitest's own environment, which names a BASE_URL of its own.
  const env = OWN_NODE;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['src/cli.ts', 'allocate', ...args], {
    encoding: 'utf8',
    input,
    env,
  });
  return { status, stdout, stderr };
}

test('a file or standard input in, JSON out', () => {
  const file = join(folder, 'market.json');
  writeFileSync(file, JSON.stringify(market));
  const { status, stdout, stderr } = kundiz([file, '--json']);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const { seconds, ...report } = JSON.parse(stdout).report;
  expect(seconds).toBeGreaterThan(0);
  expect(report).toMatchObject({ rule: 'stable', placed: 1, blocking: 0, overCapacity: 0 });
  expect(JSON.parse(kundiz([], JSON.stringify(market)).stdout).placed).toEqual([
    { child: 'k1', group: 'g1', wish: 1 },
  ]);
});

test('bad input ends with 2 and names the path on standard error', () => {
  const { status, stdout, stderr } = kundiz([], JSON.stringify({ ...market, rule: 'fair' }));
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toBe('kundiz: rule must be one of stable, common, strict\n');
});

test.each<[string, unknown, string[]]>([
  ['no object', [], ['the input must be an object']],
  ['nothing in it', { rule: 'stable' }, ['groups is missing', 'children is missing']],
  [
    'half a stretch, a number for an id, a list for a pattern',
    {
      rule: 'strict',
      groups: [{ id: 'g1', free: { mon: [[16, 36]] } }],
      children: [{ id: 7, pattern: [], wishes: {} }],
      more: 1,
    },
    [
      'groups.0.free.mon.0 has too few entries: at least 3',
      'children.0.id must be a text',
      'children.0.pattern must be an object',
      'children.0.wishes must be a list',
      'the input has unknown keys: more',
    ],
  ],
  [
    'a wish for nobody, twice the same child',
    {
      ...market,
      children: [market.children[1], { ...market.children[1], wishes: [{ group: 'g9', score: [1, 5] }] }],
    },
    ['children.1.id repeats "k2"', 'children.1.wishes.0.group names no group "g9"'],
  ],
])('%s: told in plain words, line by line, with 2', async (_, json, said) => {
  const file = join(folder, 'bad.json');
  writeFileSync(file, JSON.stringify(json));
  const told: string[] = [];
  const printed: string[] = [];
  const output = {
    out: (line: string) => void printed.push(line),
    err: (line: string) => void told.push(line),
  };
  expect(await allocate([file, '--json'], output)).toBe(2);
  expect(told).toEqual(said);
  expect(JSON.parse(printed.join('')).errors).toHaveLength(said.length);
});

const silent = { out: () => undefined, err: () => undefined };

test.each<[string, string[], string]>([
  ['no JSON', ['README.md'], 'not JSON'],
  ['no such file', ['/nowhere.json'], 'cannot read /nowhere.json'],
  ['an unknown option', ['--fast'], '--fast'],
  ['two files', ['a', 'b'], 'takes 1 file'],
])('%s is wrong use', async (_, args, said) => {
  await expect(allocate(args, silent)).rejects.toThrow(said);
});
