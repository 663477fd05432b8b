import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { allocate } from '../../src/cli/allocate.ts';

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
  const env = { PATH: process.env['PATH'] };
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

const silent = { out: () => undefined, err: () => undefined };

test.each<[string, string[], string]>([
  ['no JSON', ['README.md'], 'not JSON'],
  ['no such file', ['/nowhere.json'], 'cannot read /nowhere.json'],
  ['an unknown option', ['--fast'], '--fast'],
  ['two files', ['a', 'b'], 'takes 1 file'],
])('%s is wrong use', async (_, args, said) => {
  await expect(allocate(args, silent)).rejects.toThrow(said);
});
