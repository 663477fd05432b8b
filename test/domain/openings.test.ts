import { expect, test } from 'vitest';
import { openingsOf } from '../../src/domain/openings.ts';
import { HALF_HOURS } from '../../src/domain/slots.ts';

const curve = (value: number, from = 0, to = 0, other = 0) =>
  Array.from({ length: HALF_HOURS }, (_, at) => (at >= from && at < to ? other : value));
const child = (childId: number, from: number, to: number, skills: string[] = []) => ({
  childId,
  from,
  to,
  skills,
});
const ratios = [400, 800, null];
const none = { ratios, live: [], from: 0 };

/** Six children from 09:00 to 13:00; staff for four, but for the break at 11:00. */
const day = {
  room: 8,
  opensAt: 16,
  closesAt: 37,
  load: curve(0, 18, 26, 600),
  capacity: [curve(400, 22, 23, 800), curve(800, 22, 23, 1600)],
  skillsOnDuty: {},
};
const expected = Array.from({ length: 6 }, (_, at) => child(at + 1, 18, 26));

test('one person is looked for on both sides of a covered half-hour, at the level that is missing', () => {
  expect(openingsOf(day, expected, none)).toEqual([{ from: 18, to: 26, level: 0, skill: null }]);
  const unqualified = { ...day, capacity: [curve(800), curve(400)] };
  expect(openingsOf(unqualified, expected, none)).toEqual([{ from: 18, to: 26, level: 1, skill: null }]);
});

test('as many are looked for as are missing, and nobody twice: who is looked for already counts', () => {
  const empty = { ...day, capacity: [curve(0), curve(0)] };
  const two = openingsOf(empty, expected, none);
  // The first serves as qualified for all six; the second makes enough hands.
  expect(two).toEqual([
    { from: 18, to: 26, level: 1, skill: null },
    { from: 18, to: 26, level: 0, skill: null },
  ]);
  expect(openingsOf(empty, expected, { ...none, live: [two[0]!] })).toEqual([two[1]]);
  expect(openingsOf(empty, expected, { ...none, live: two })).toEqual([]);
});

test('a skill that is missing is looked for, one person a skill; nothing before now, nothing unpublished', () => {
  const nurse = [...expected.slice(0, 3), child(9, 18, 22, ['nurse', 'sign_language'])];
  const calm = { ...day, load: curve(0, 18, 26, 400) };
  expect(openingsOf(calm, nurse, none).map(({ from, to, skill }) => [from, to, skill])).toEqual([
    [18, 22, 'nurse'],
    [18, 22, 'sign_language'],
  ]);
  expect(openingsOf(day, expected, { ...none, from: 26 })).toEqual([]);
  expect(openingsOf({ ...day, capacity: null }, expected, none)).toEqual([]);
  // A norm without any ratio can be met by nobody: that is no endless search.
  expect(
    openingsOf({ ...day, capacity: [] }, expected, { ...none, ratios: [null, null, null] }),
  ).toHaveLength(1);
});
