import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, plainDate, type PlainDate } from '../../src/domain/calendar.ts';
import {
  countedLeaveDays,
  earnedDays,
  leaveBalanceOn,
  leftAfter,
  workingYearOf,
  type LeaveTerms,
} from '../../src/domain/leave-balance.ts';

const d = plainDate;
const days = (from: string, to: string) => ({ startsOn: d(from), endsOn: d(to) });
const terms = (startsOn: string, more: Partial<LeaveTerms> = {}): LeaveTerms => ({
  startsOn: d(startsOn),
  endsOn: null,
  yearlyDays: 24,
  carriedDays: 0,
  ...more,
});

test.each([
  ['a week, its weekend too', '2027-02-01', '2027-02-07', 7],
  ['one day', '2027-02-01', '2027-02-01', 1],
  ['Nauryz is three holidays', '2027-03-20', '2027-03-26', 4],
  ['the day off that Nauryz moves to is counted', '2027-03-24', '2027-03-24', 1],
  ['8 March alone', '2027-03-08', '2027-03-08', 0],
  ['7 January is a day off and no holiday', '2027-01-07', '2027-01-07', 1],
  ['the first day of Kurban Ait is a day off and no holiday', '2026-05-27', '2026-05-27', 1],
  ['across the end of a year', '2026-12-30', '2027-01-03', 3],
  ['ends before it starts', '2027-02-02', '2027-02-01', 0],
])('counted days of leave: %s', (_, from, to, counted) => {
  expect(countedLeaveDays(days(from, to))).toBe(counted);
});

test.each([
  ['2026-02-10', '2026-02-10', '2026-02-10', '2027-02-09'],
  ['2026-02-10', '2027-02-09', '2026-02-10', '2027-02-09'],
  ['2026-02-10', '2027-02-10', '2027-02-10', '2028-02-09'],
  ['2024-02-29', '2027-03-01', '2027-02-28', '2028-02-28'],
])('the working year of somebody from %s on %s', (startsOn, on, from, to) => {
  expect(workingYearOf(d(startsOn), d(on))).toEqual(days(from, to));
});

describe('earned days', () => {
  test.each([
    ['nothing before a month is over', '2027-01-15', '2027-02-13', 0],
    ['a twelfth with a whole month', '2027-01-15', '2027-02-14', 2],
    ['half of the first year', '2027-01-15', '2027-07-14', 12],
    ['the whole on the last day of the first year', '2027-01-15', '2028-01-14', 24],
    ['the whole at once in the second year', '2026-01-15', '2027-01-15', 24],
  ])('%s', (_, startsOn, on, earned) => {
    expect(earnedDays(terms(startsOn), workingYearOf(d(startsOn), d(on)), d(on))).toBe(earned);
  });

  test('of 30 days rounded down, and to the last day of a contract that ends', () => {
    const of30 = terms('2027-01-01', { yearlyDays: 30 });
    expect(earnedDays(of30, workingYearOf(of30.startsOn, d('2027-02-01')), d('2027-02-01'))).toBe(2);
    const ending = terms('2025-01-01', { endsOn: d('2027-03-31') });
    expect(earnedDays(ending, workingYearOf(ending.startsOn, d('2027-02-01')), d('2027-02-01'))).toBe(6);
  });
});

test('carried, taken and approved days make the balance; leave of an earlier working year is in what was carried', () => {
  const at = { today: d('2027-02-03'), on: d('2027-02-03') };
  const leave = [
    days('2025-07-01', '2025-07-20'),
    days('2027-01-18', '2027-01-24'),
    days('2027-06-01', '2027-06-05'),
  ];
  expect(leaveBalanceOn(terms('2024-01-01', { carriedDays: 5 }), leave, at)).toMatchObject({
    year: days('2027-01-01', '2027-12-31'),
    earned: 24,
    carried: 5,
    taken: 7,
    approved: 5,
    left: 17,
  });
});

test('leave in the first months is leave in advance; in the next working year its days are there', () => {
  const newcomer = terms('2027-01-01');
  expect(leftAfter(newcomer, [], days('2027-02-15', '2027-02-28'), d('2027-02-03'))).toBe(2 - 14);
  expect(leftAfter(newcomer, [], days('2028-02-01', '2028-02-14'), d('2027-02-03'))).toBe(48 - 14);
});

const start = d('2026-01-01');
const someLeave = fc
  .tuple(fc.integer({ min: 0, max: 900 }), fc.integer({ min: 0, max: 40 }))
  .map(([from, length]) => ({ startsOn: addDays(start, from), endsOn: addDays(start, from + length) }));

test('property: cutting leave in two changes nothing, and more leave never leaves more', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 700 }).map((n): PlainDate => addDays(d('2024-06-01'), n)),
      someLeave,
      fc.integer({ min: 0, max: 40 }),
      fc.array(someLeave, { maxLength: 3 }),
      fc.integer({ min: 0, max: 400 }),
      (startsOn, leave, cut, others, ahead) => {
        const who = terms(startsOn);
        const today = d('2026-06-01');
        const at = { today, on: addDays(today, ahead) };
        const middle = addDays(leave.startsOn, cut);
        const parts =
          middle < leave.endsOn
            ? [
                { ...leave, endsOn: middle },
                { startsOn: addDays(middle, 1), endsOn: leave.endsOn },
              ]
            : [leave];
        const whole = leaveBalanceOn(who, [...others, leave], at);
        expect(leaveBalanceOn(who, [...others, ...parts], at)).toEqual(whole);
        expect(whole.left).toBe(whole.carried + whole.earned - whole.taken - whole.approved);
        const without = leaveBalanceOn(who, others, at).left;
        expect(whole.left).toBeLessThanOrEqual(without);
        expect(without - whole.left).toBeLessThanOrEqual(countedLeaveDays(leave));
      },
    ),
  );
});
