import fc from 'fast-check';
import { expect, test } from 'vitest';
import { civilDay, dayNumber, daysInMonth, isLeapYear } from '../../src/domain/civil-days.ts';

test.each([
  [1970, 1, 1, 0],
  [1969, 12, 31, -1],
  [2000, 2, 29, 11_016],
  [1900, 3, 1, -25_508],
  [2100, 3, 1, 47_541],
])('%i-%i-%i is day %i', (year, month, day, number) => {
  expect(dayNumber(year, month, day)).toBe(number);
  expect(civilDay(number)).toEqual({ year, month, day });
});

test('day numbers agree with the platform over eight centuries', () => {
  fc.assert(
    fc.property(fc.integer({ min: -146_097, max: 146_097 }), (number) => {
      const date = new Date(number * 86_400_000);
      const expected = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
      expect(civilDay(number)).toEqual(expected);
      expect(dayNumber(expected.year, expected.month, expected.day)).toBe(number);
    }),
    { numRuns: 3000 },
  );
});

test.each([
  [1900, false],
  [2000, true],
  [2024, true],
  [2027, false],
  [2100, false],
])('leap year %i: %s', (year, leap) => {
  expect(isLeapYear(year)).toBe(leap);
  expect(daysInMonth(year, 2)).toBe(leap ? 29 : 28);
  expect(daysInMonth(year, 13)).toBe(0);
});
