import { expect, test } from 'vitest';
import { plainDate } from '../../src/domain/calendar.ts';
import type { GroupDemand } from '../../src/domain/demand.ts';
import { groupCoverage, skillCoverage, type CoveringShift } from '../../src/domain/roster-coverage.ts';

const loaded = (from: number, to: number, weight: number) =>
  Array.from({ length: 48 }, (_, at) => (at >= from && at < to ? weight : 0));

const day = (more: Partial<GroupDemand> = {}): GroupDemand => ({
  groupId: 1,
  date: plainDate('2027-02-08'),
  opensAt: 16,
  closesAt: 37,
  room: 8,
  taken: loaded(18, 26, 5),
  load: loaded(18, 26, 500),
  needs: [],
  wanted: [],
  reserve: 0,
  norm: { ratios: [400, 800, null], skills: ['nurse'], edgeStaff: 1, onCallBreakMinutes: 30 },
  ...more,
});

const there = (more: Partial<CoveringShift> = {}): CoveringShift => ({
  from: 16,
  to: 37,
  breakFrom: null,
  stretches: [{ groupId: 1, from: 16, to: 37 }],
  level: 1,
  skills: [],
  ...more,
});

test('a half-hour is short where any level has fewer people than the law asks for; a break is no presence', () => {
  expect(groupCoverage(day(), [there(), there()]).short).toEqual([]);
  expect(groupCoverage(day(), [there(), there({ breakFrom: 22 })]).short).toEqual([22]);
  // Two of any staff are there, and nobody qualified.
  expect(groupCoverage(day(), [there({ level: 0 }), there({ level: 0 })]).short).toEqual([
    18, 19, 20, 21, 22, 23, 24, 25,
  ]);
  // Somebody of another group is never counted; the first and last half-hour want one as well.
  const elsewhere = there({ stretches: [{ groupId: 2, from: 16, to: 37 }] });
  expect(groupCoverage(day(), [elsewhere]).short).toEqual([16, 18, 19, 20, 21, 22, 23, 24, 25, 36]);
});

test('a skill counts in the whole centre, and in a break only while it is on call', () => {
  const nurse = there({ skills: ['nurse'], stretches: [], breakFrom: 20 });
  expect(skillCoverage([day()], [nurse], true)).toMatchObject([{ skill: 'nurse', short: [] }]);
  expect(skillCoverage([day()], [nurse], false)).toMatchObject([{ skill: 'nurse', short: [20] }]);
  expect(skillCoverage([day()], [], true)[0]!.short).toEqual([18, 19, 20, 21, 22, 23, 24, 25]);
  const needs = [{ from: 30, to: 31, skills: ['sign_language'] }];
  expect(skillCoverage([day({ needs })], [nurse], true)).toMatchObject([
    { skill: 'nurse', short: [] },
    { skill: 'sign_language', short: [30] },
  ]);
});
