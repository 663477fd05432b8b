import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addDays,
  datesBetween,
  plainDate,
  weekdayOf,
  yearOf,
  type PlainDate,
} from '../../src/domain/calendar.ts';
import { holidaysIn, kurbanAit } from '../../src/domain/holidays.ts';
import {
  addWorkingDays,
  KNOWN_OVERRIDES,
  workingDay,
  workingDaysBetween,
  type CalendarOverride,
  type Week,
} from '../../src/domain/working-days.ts';

const d = plainDate;
const NONE: ReadonlyMap<PlainDate, CalendarOverride> = new Map();
const KNOWN = new Map(KNOWN_OVERRIDES.map((override) => [override.date, override]));

/**
 * The calendar worked out another way, on the platform's dates: walk the year day by day with a count of holidays that
 * fell on a day off and are still owed; the first day that would be worked pays one back.
 */
function oracle(year: number, week: Week): Map<string, string> {
  const fixed = '01-01 01-02 03-08 03-21 03-22 03-23 05-01 05-07 05-09 07-06 10-25 12-16'.split(' ');
  fixed.push(year >= 2027 ? '03-15' : year <= 2025 ? '08-30' : '');
  const religious = [
    '01-07',
    { 2024: '06-16', 2025: '06-06', 2026: '05-27', 2027: '05-16', 2028: '05-05' }[year],
  ];
  const days = new Map<string, string>();
  let owed = 0;
  for (
    const at = new Date(Date.UTC(year, 0, 1));
    at.getUTCFullYear() === year;
    at.setUTCDate(at.getUTCDate() + 1)
  ) {
    const day = at.toISOString().slice(5, 10);
    const rest = at.getUTCDay() === 0 || (week === 5 && at.getUTCDay() === 6);
    let reason = rest ? 'weekend' : 'working';
    if (fixed.includes(day)) {
      reason = 'holiday';
      if (rest) owed++;
    } else if (religious.includes(day)) reason = 'holiday';
    else if (!rest && owed > 0) {
      reason = 'transferred';
      owed--;
    }
    days.set(at.toISOString().slice(0, 10), reason);
  }
  return days;
}

const YEARS = [2024, 2025, 2026, 2027, 2028] as const;

test.each(YEARS.flatMap((year) => [[year, 5] as const, [year, 6] as const]))(
  '%i, a week of %i days, day by day',
  (year, week) => {
    const dates = datesBetween(d(`${year}-01-01`), d(`${year}-12-31`));
    const ours = dates.map((date) => [date, workingDay(date, week, NONE).reason]);
    expect(ours).toEqual([...oracle(year, week)]);
    for (const date of dates) {
      const { working, reason } = workingDay(date, week, NONE);
      expect(working).toBe(reason === 'working');
    }
  },
);

function transfers(year: number, week: Week): string[] {
  return datesBetween(d(`${year}-01-01`), d(`${year}-12-31`)).flatMap((date) => {
    const { reason, standsFor } = workingDay(date, week, NONE);
    return reason === 'transferred' ? [`${standsFor?.slice(5)}→${date.slice(5)}`] : [];
  });
}

test.each([
  [2024, 5, ['03-23→03-25', '07-06→07-08']],
  [2025, 5, ['03-08→03-10', '03-22→03-24', '03-23→03-25', '07-06→07-07', '08-30→09-01', '10-25→10-27']],
  [2026, 5, ['03-08→03-09', '03-21→03-24', '03-22→03-25', '05-09→05-11', '10-25→10-26']],
  [2026, 6, ['03-08→03-09', '03-22→03-24', '10-25→10-26']],
  [2027, 5, ['01-02→01-04', '03-21→03-24', '05-01→05-03', '05-09→05-10']],
  [2028, 5, ['01-01→01-03', '01-02→01-04', '05-07→05-08', '12-16→12-18']],
] as const)('holidays that move in %i, a week of %i days', (year, week, expected) => {
  expect(transfers(year, week)).toEqual(expected);
});

test('a day says why it is off and which holiday it stands for', () => {
  expect(workingDay(d('2026-03-24'), 5, NONE)).toEqual({
    working: false,
    reason: 'transferred',
    name: 'nauryz',
    standsFor: '2026-03-21',
  });
  expect(workingDay(d('2026-03-22'), 5, NONE)).toEqual({
    working: false,
    reason: 'holiday',
    name: 'nauryz',
    standsFor: null,
  });
  expect(workingDay(d('2027-02-06'), 5, NONE)).toEqual({
    working: false,
    reason: 'weekend',
    name: null,
    standsFor: null,
  });
  expect(workingDay(d('2027-02-06'), 6, NONE)).toEqual({
    working: true,
    reason: 'working',
    name: null,
    standsFor: null,
  });
});

test.each([
  ['2024-01-07', '2024-01-08'],
  ['2023-01-07', '2023-01-09'],
  ['2024-06-16', '2024-06-17'],
  ['2027-05-16', '2027-05-17'],
])('%s never moves: %s is worked', (dayOff, next) => {
  expect(workingDay(d(dayOff), 5, NONE)).toMatchObject({ working: false, reason: 'holiday' });
  expect(workingDay(d(next), 5, NONE).working).toBe(true);
});

test('Constitution Day, Republic Day: from and to their years', () => {
  const isOff = (date: string): boolean => holidaysIn(yearOf(d(date))).has(d(date));
  expect(['2024-08-30', '2025-08-30', '2026-08-30', '2027-08-30'].map(isOff)).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect(['2025-03-15', '2026-03-15', '2027-03-15', '2028-03-15'].map(isOff)).toEqual([
    false,
    false,
    true,
    true,
  ]);
  expect(['2021-10-25', '2022-10-25'].map(isOff)).toEqual([false, true]);
  expect(holidaysIn(2027).get(d('2027-03-15'))).toBe('constitution_day');
});

test('the first day of Kurban Ait: known, expected, unknown', () => {
  expect(kurbanAit(2026)).toEqual({ date: '2026-05-27', estimated: false });
  expect(kurbanAit(2027)).toEqual({ date: '2027-05-16', estimated: true });
  expect(kurbanAit(2032)).toBeUndefined();
  const islamic = new Intl.DateTimeFormat('en-u-ca-islamic-umalqura', {
    day: 'numeric',
    month: 'numeric',
    timeZone: 'UTC',
  });
  for (let year = 2022; year <= 2031; year++) {
    const { date } = kurbanAit(year) ?? { date: '' };
    expect([date, islamic.format(Date.parse(date))]).toEqual([date, '12/10']);
    expect(holidaysIn(year).get(d(date))).toBe('kurban_ait');
    expect(holidaysIn(year).size).toBe(year === 2026 ? 14 : 15);
  }
});

test('1 July 2023 was worked for 7 July: the table is the last word', () => {
  expect(workingDay(d('2023-07-01'), 5, NONE).working).toBe(false);
  expect(workingDay(d('2023-07-07'), 5, NONE).working).toBe(true);
  expect(workingDay(d('2023-07-01'), 5, KNOWN)).toEqual({
    working: true,
    reason: 'override',
    name: null,
    standsFor: '2023-07-07',
  });
  expect(workingDay(d('2023-07-07'), 5, KNOWN)).toEqual({
    working: false,
    reason: 'override',
    name: null,
    standsFor: '2023-07-01',
  });
  expect(workingDaysBetween(d('2023-07-01'), d('2023-07-09'), 5, KNOWN)).toEqual([
    '2023-07-01',
    '2023-07-03',
    '2023-07-04',
    '2023-07-05',
  ]);
});

test('an override of a holiday keeps its name, and moves nothing else', () => {
  const worked: CalendarOverride = { date: d('2026-05-09'), working: true, standsFor: null, name: null };
  const overrides = new Map([[worked.date, worked]]);
  expect(workingDay(d('2026-05-09'), 5, overrides)).toEqual({
    working: true,
    reason: 'override',
    name: 'victory_day',
    standsFor: null,
  });
  expect(workingDay(d('2026-05-11'), 5, overrides)).toMatchObject({ working: false, reason: 'transferred' });
  const standsFor: CalendarOverride = {
    date: d('2026-05-08'),
    working: false,
    standsFor: d('2026-05-09'),
    name: null,
  };
  expect(workingDay(d('2026-05-08'), 5, new Map([[standsFor.date, standsFor]])).name).toBe('victory_day');
});

test.each([
  ['2027-02-05', 2, 5, '2027-02-09'],
  ['2027-02-05', 2, 6, '2027-02-08'],
  ['2027-02-05', 0, 5, '2027-02-05'],
  ['2027-02-06', 0, 5, '2027-02-06'],
  ['2027-02-06', 1, 5, '2027-02-08'],
  ['2026-03-20', 1, 5, '2026-03-26'],
  ['2027-02-09', -2, 5, '2027-02-05'],
  ['2026-12-31', 1, 5, '2027-01-05'],
] as const)('%s + %i working days of a week of %i = %s', (date, n, week, expected) => {
  expect(addWorkingDays(d(date), n, week, NONE)).toBe(expected);
});

test('working days counted one by one', () => {
  const overridden = fc.array(
    fc
      .record({ days: fc.integer({ min: 0, max: 400 }), working: fc.boolean() })
      .map(({ days, working }): CalendarOverride => ({
        date: addDays(d('2026-06-01'), days),
        working,
        standsFor: null,
        name: null,
      })),
    { maxLength: 30 },
  );
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 300 }),
      fc.integer({ min: 1, max: 40 }),
      fc.constantFrom<Week>(5, 6),
      overridden,
      (start, n, week, list) => {
        const overrides = new Map(list.map((override) => [override.date, override]));
        const from = addDays(d('2026-06-01'), start);
        const to = addWorkingDays(from, n, week, overrides);
        const between = workingDaysBetween(addDays(from, 1), to, week, overrides);
        expect(between).toHaveLength(n);
        expect(between.at(-1)).toBe(to);
        expect(
          addWorkingDays(to, -n, week, overrides) <= from || workingDay(from, week, overrides).working,
        ).toBe(true);
      },
    ),
  );
  expect(() => addWorkingDays(d('2027-02-05'), 1.5, 5, NONE)).toThrow(RangeError);
});

test('a six-day week is off on Sundays only', () => {
  for (const date of datesBetween(d('2027-02-01'), d('2027-02-28'))) {
    expect(workingDay(date, 6, NONE).working).toBe(weekdayOf(date) !== 'sun');
  }
});
