import { expect, test } from 'vitest';
import { plainDate } from '../../src/domain/calendar.ts';
import { lendingsOf, lent, type LendingShift } from '../../src/domain/borrowing.ts';
import { HALF_HOURS } from '../../src/domain/slots.ts';

const DATE = plainDate('2027-02-08');
/** A curve of 48 half-hours: one value, and another between two of them. */
const curve = (value: number, from = 0, to = 0, other = 0) =>
  Array.from({ length: HALF_HOURS }, (_, at) => (at >= from && at < to ? other : value));
const ratios = [400, 800, null];

const shift = (id: number, given: Partial<LendingShift> = {}): LendingShift => ({
  id,
  staffId: id,
  date: DATE,
  from: 16,
  to: 34,
  breakFrom: 24,
  level: 1,
  ownGroups: [],
  stretches: [{ groupId: 2, from: 16, to: 34 }],
  ...given,
});
const short = {
  groupId: 1,
  load: curve(500),
  capacity: [curve(400), curve(800)],
  ratios,
  halfHours: [18, 19, 24, 25, 30],
};
const other = { groupId: 2, load: curve(400, 30, 34, 600), capacity: [curve(800), curve(1600)], ratios };

test('whoever is not missed in another group is lent, outside the break, for whole stretches', () => {
  expect(lendingsOf(short, [other], [shift(1)])).toEqual([
    { shiftId: 1, staffId: 1, fromGroupId: 2, from: 18, to: 20 },
    // 12:00 is the break; at 15:00 six are booked there, and one person alone would not suffice.
    { shiftId: 1, staffId: 1, fromGroupId: 2, from: 25, to: 26 },
  ]);
});

test('nobody is lent who is missed there, whose level does not help, or whose own child is here', () => {
  const full = { ...other, load: curve(500) };
  expect(lendingsOf(short, [full], [shift(1)])).toEqual([]);
  expect(lendingsOf(short, [other], [shift(1, { ownGroups: [1] })])).toEqual([]);
  // Qualified staff are short; another pair of hands makes them no more.
  const unqualified = { ...short, capacity: [curve(1200), curve(400)] };
  expect(lendingsOf(unqualified, [other], [shift(1, { level: 0 })])).toEqual([]);
  // Only a skill is missing: it counts wherever in the centre it is.
  expect(lendingsOf({ ...short, load: curve(300) }, [other], [shift(1)])).toEqual([]);
});

test('the part that is lent is taken out of the stretch it lay in', () => {
  expect(lent(shift(1), 1, { from: 18, to: 20 }).stretches).toEqual([
    { groupId: 2, from: 16, to: 18 },
    { groupId: 1, from: 18, to: 20 },
    { groupId: 2, from: 20, to: 34 },
  ]);
});
