import fc from 'fast-check';
import { DateTime } from 'luxon';
import { expect, test } from 'vitest';
import {
  addDays,
  addMonths,
  ageInMonths,
  ageInYears,
  dateOfNumber,
  datesBetween,
  daysBetween,
  endOfMonth,
  isoWeekOf,
  maxOf,
  minOf,
  numberOfDate,
  parsePlainDate,
  plainDate,
  startOfMonth,
  startOfWeek,
  WEEKDAYS,
  weekdayOf,
  yearOf,
  type PlainDate,
} from '../../src/domain/calendar.ts';

const d = plainDate;
/** Dates of 1950–2150; the oracle is luxon in UTC. */
const dates = fc
  .integer({ min: numberOfDate(d('1950-01-01')), max: numberOfDate(d('2150-12-31')) })
  .map((number) => dateOfNumber(number));
const luxonOf = (date: PlainDate): DateTime => DateTime.fromISO(date, { zone: 'utc' });
const iso = (date: DateTime): string | null => date.toISODate();

test.each(['1900-01-01', '2024-02-29', '2027-02-01', '2199-12-31'])('%s is a date', (text) => {
  expect(parsePlainDate(text)).toBe(text);
});

test.each([
  '2027-02-30',
  '2027-02-29',
  '1900-02-29',
  '2027-13-01',
  '2027-00-10',
  '2027-04-31',
  '2027-04-00',
  '1899-12-31',
  '2200-01-01',
  '2027-2-1',
  '27-02-01',
  '2027/02/01',
  '01.02.2027',
  '2027-02-01T00:00',
  ' 2027-02-01',
  '2027-02-01\n',
  '٢٠٢٧-٠٢-٠١',
  '',
])('%j is not a date', (text) => {
  expect(parsePlainDate(text)).toBeUndefined();
  expect(() => plainDate(text)).toThrow(RangeError);
});

test('arithmetic agrees with luxon, 1950–2150', () => {
  fc.assert(
    fc.property(dates, fc.integer({ min: -15_000, max: 15_000 }), (date, n) => {
      const oracle = luxonOf(date);
      expect(addDays(date, n)).toBe(iso(oracle.plus({ days: n })));
      expect(addMonths(date, Math.trunc(n / 30))).toBe(iso(oracle.plus({ months: Math.trunc(n / 30) })));
      expect(daysBetween(date, addDays(date, n))).toBe(n);
      expect(weekdayOf(date)).toBe(WEEKDAYS[oracle.weekday - 1]);
      expect(startOfWeek(date)).toBe(iso(oracle.startOf('week')));
      expect(startOfMonth(date)).toBe(iso(oracle.startOf('month')));
      expect(endOfMonth(date)).toBe(iso(oracle.endOf('month')));
      expect(isoWeekOf(date)).toEqual({ year: oracle.weekYear, week: oracle.weekNumber });
      expect(yearOf(date)).toBe(oracle.year);
    }),
    { numRuns: 2000 },
  );
});

test('every day from 1900 to 2199 follows the one before, weekday after weekday', () => {
  const all = datesBetween(d('1900-01-01'), d('2199-12-31'));
  expect(all).toHaveLength(109_573);
  expect(weekdayOf(d('1900-01-01'))).toBe('mon');
  const wrong = all.filter(
    (date, at) => parsePlainDate(date) !== date || weekdayOf(date) !== WEEKDAYS[at % 7],
  );
  expect(wrong).toEqual([]);
  expect([...all].sort()).toEqual(all);
});

test('a range includes both ends, and is empty when it runs backwards', () => {
  expect(datesBetween(d('2027-02-27'), d('2027-03-02'))).toEqual([
    '2027-02-27',
    '2027-02-28',
    '2027-03-01',
    '2027-03-02',
  ]);
  expect(datesBetween(d('2027-02-01'), d('2027-02-01'))).toEqual(['2027-02-01']);
  expect(datesBetween(d('2027-02-02'), d('2027-02-01'))).toEqual([]);
});

test.each([
  ['2027-01-31', 1, '2027-02-28'],
  ['2028-01-31', 1, '2028-02-29'],
  ['2027-03-31', -1, '2027-02-28'],
  ['2026-11-22', 13, '2027-12-22'],
  ['2027-01-15', -1, '2026-12-15'],
  ['2026-12-31', 12, '2027-12-31'],
])('%s + %i months = %s', (date, n, expected) => {
  expect(addMonths(d(date), n)).toBe(expected);
});

test.each([
  ['2026-12-31', 2026, 53],
  ['2027-01-01', 2026, 53],
  ['2027-01-03', 2026, 53],
  ['2027-01-04', 2027, 1],
  ['2024-12-30', 2025, 1],
])('%s is in week %i-W%i', (date, year, week) => {
  expect(isoWeekOf(d(date))).toEqual({ year, week });
});

test('beyond 1900–2199 and between days there is nothing', () => {
  expect(() => addDays(d('2199-12-31'), 1)).toThrow(RangeError);
  expect(() => addDays(d('1900-01-01'), -1)).toThrow(RangeError);
  expect(() => addMonths(d('2199-12-01'), 1)).toThrow(RangeError);
  expect(() => addDays(d('2027-01-01'), 0.5)).toThrow(RangeError);
  expect(() => addDays(d('2027-01-01'), Number.NaN)).toThrow(RangeError);
});

test.each([
  ['2018-05-15', '2018-05-15', 0],
  ['2018-05-15', '2019-11-14', 17],
  ['2018-05-15', '2019-11-15', 18],
  ['2018-05-15', '2036-05-14', 215],
  ['2018-05-15', '2036-05-15', 216],
  ['2018-01-31', '2018-02-27', 0],
  ['2018-01-31', '2018-02-28', 1],
  ['2020-02-29', '2021-02-27', 11],
  ['2020-02-29', '2021-02-28', 12],
  ['2018-05-15', '2018-05-14', -1],
])('born %s, on %s: %i months', (birth, on, months) => {
  expect(ageInMonths(d(birth), d(on))).toBe(months);
  expect(ageInYears(d(birth), d(on))).toBe(Math.floor(months / 12));
});

test('age is the greatest number of months that added to the birth are not after the day', () => {
  fc.assert(
    fc.property(dates, fc.integer({ min: 0, max: 12_000 }), (birth, days) => {
      const on = addDays(birth, days);
      const months = ageInMonths(birth, on);
      expect(addMonths(birth, months) <= on).toBe(true);
      expect(addMonths(birth, months + 1) > on).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

test('earliest and latest', () => {
  const three = [d('2027-02-03'), d('2026-12-31'), d('2027-02-04')] as const;
  expect(minOf(three)).toBe('2026-12-31');
  expect(maxOf(three)).toBe('2027-02-04');
  expect(minOf([])).toBeUndefined();
  expect(maxOf([])).toBeUndefined();
});
