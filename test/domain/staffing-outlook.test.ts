import { expect, test } from 'vitest';
import { addDays, plainDate } from '../../src/domain/calendar.ts';
import {
  compareOutlooks,
  riskOf,
  shortHalfHours,
  staffingOutlook,
  type OutlookDay,
  type SkilledStay,
} from '../../src/domain/staffing-outlook.ts';

const MONDAY = plainDate('2027-02-08');
const NORM = { skills: ['nurse'] };

const between = <T>(from: number, to: number, inside: T, outside: T): T[] =>
  Array.from({ length: 48 }, (_, at) => (from <= at && at < to ? inside : outside));

/** A group of eight, 08:00–18:00, with four children's weight from 09:00 to 13:00 and staff and a nurse all day. */
const day = (more: Partial<OutlookDay> = {}): OutlookDay => ({
  groupId: 1,
  date: MONDAY,
  room: 8,
  opensAt: 16,
  closesAt: 36,
  load: between(18, 26, 400, 0),
  capacity: [between(16, 36, 400, 0)],
  skillsOnDuty: { nurse: between(16, 36, true, false) },
  placeMinutes: 4800,
  rosteredPlaceMinutes: 4800,
  staffedMinutes: 2400,
  ...more,
});
const UNPUBLISHED = {
  capacity: null,
  skillsOnDuty: null,
  rosteredPlaceMinutes: null,
  staffedMinutes: null,
} as const;

const outlook = (days: readonly OutlookDay[], stays: readonly SkilledStay[] = []) =>
  staffingOutlook(days, stays, () => NORM);

test('staff suffice up to their capacity and no further; where nobody is expected nothing is short', () => {
  expect(outlook([day()])).toMatchObject({ fewHalfHours: 0, daysWithoutRoster: 0, gaps: [] });
  const heavy = outlook([day({ load: between(18, 26, 401, 0) })]);
  expect(heavy).toMatchObject({ fewHalfHours: 8, gaps: [{ few: [18, 19, 20, 21, 22, 23, 24, 25] }] });
  expect(outlook([day({ capacity: [between(20, 36, 400, 0)] })])).toMatchObject({ fewHalfHours: 2 });
  // The least level decides.
  const levels = [between(16, 36, 400, 0), between(16, 25, 800, 0)];
  expect(outlook([day({ capacity: levels })])).toMatchObject({ gaps: [{ few: [25] }] });
  expect(outlook([day({ load: between(0, 48, 0, 0), capacity: [between(0, 0, 0, 0)] })]).gaps).toEqual([]);
});

test('a skill is missing where the norm or a child asks for it, once for all groups of the centre', () => {
  const noNurse = { skillsOnDuty: {} };
  const both = outlook([
    day(noNurse),
    day({ ...noNurse, groupId: 2, load: between(24, 30, 100, 0) }),
    day({ ...noNurse, groupId: 2, date: addDays(MONDAY, 1), load: between(24, 30, 100, 0) }),
  ]);
  // 09:00–15:00 of Monday, 12:00–15:00 of Tuesday.
  expect(Object.fromEntries(both.skillHalfHours)).toEqual({ nurse: 18 });
  expect(shortHalfHours(both)).toBe(18);
  const stay = { groupId: 1, date: MONDAY, from: 20, to: 30, skills: ['sign_language'] };
  const child = outlook([day({ load: between(18, 30, 400, 0) })], [stay]);
  expect(Object.fromEntries(child.skillHalfHours)).toEqual({ sign_language: 10 });
  expect(outlook([day()], [{ ...stay, groupId: 2 }]).skillHalfHours.size).toBe(0);
});

test('an open day without a roster is counted once, and not as short; the worse centre comes first', () => {
  const covered = outlook([day()]);
  const unknown = outlook([day(), day({ ...UNPUBLISHED, groupId: 2 }), day({ ...UNPUBLISHED, groupId: 3 })]);
  expect(unknown).toMatchObject({ daysWithoutRoster: 1, fewHalfHours: 0, staffedMinutes: 2400 });
  const closed = outlook([day({ ...UNPUBLISHED, opensAt: null, closesAt: null, placeMinutes: 0 })]);
  expect(closed.daysWithoutRoster).toBe(0);
  const short = outlook([day({ load: between(18, 19, 500, 0) })]);
  const shorter = outlook([day({ load: between(18, 26, 500, 0) })]);
  expect([short, unknown, covered].map(riskOf)).toEqual(['short', 'unpublished', 'covered']);
  const fewer = outlook([day({ staffedMinutes: 1200 })]);
  const all = [covered, unknown, fewer, short, shorter];
  expect(all.toSorted(compareOutlooks)).toEqual([shorter, short, unknown, fewer, covered]);
});
