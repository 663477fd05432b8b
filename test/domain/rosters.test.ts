import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, plainDate, type PlainDate } from '../../src/domain/calendar.ts';
import { daysOfWork } from '../../src/domain/overtime.ts';
import { checkRoster, WORKING_TIME_RULES, type RosterToCheck } from '../../src/domain/rosters.ts';
import type { Shift, StretchedShift } from '../../src/domain/shift.ts';
import { FIRST_WORK_TERMS } from '../../src/domain/work-terms.ts';
import { dayNorm, type Worker } from '../../src/domain/working-time.ts';

const MONDAY = plainDate('2027-02-01');
const day = (number: number): PlainDate => addDays(MONDAY, number);
const ALL = [0, 48] as const;
const WORKER: Worker = {
  staffId: 1,
  weeklyMinutes: 2400,
  daysPerWeek: 5,
  summedTime: false,
  overtimeConsentOn: null,
  overtimeBarred: false,
  startsOn: plainDate('2026-01-01'),
  endsOn: null,
  availability: { mon: ALL, tue: ALL, wed: ALL, thu: ALL, fri: ALL, sat: ALL, sun: ALL },
  leave: [],
  lapsesOn: null,
  ownGroups: [],
};
const CONSENT = { overtimeConsentOn: plainDate('2026-06-01') };
/** [day, from, to, break]: half-hours. */
type Short = readonly [number, number, number, number | null];
const shiftOf = ([number, from, to, breakFrom]: Short, staffId = 1): StretchedShift => ({
  staffId,
  date: day(number),
  from,
  to,
  breakFrom,
  stretches: [],
});
/** 08:00–16:30 with a break: eight hours of work. */
const usual = (number: number): Short => [number, 16, 33, 24];
const week = (from = 0): Short[] => [0, 1, 2, 3, 4].map((each) => usual(from + each));

function rulesOf(
  shifts: readonly Short[],
  worker: Partial<Worker> = {},
  rest: Partial<RosterToCheck> = {},
): string[] {
  const findings = checkRoster({
    from: MONDAY,
    to: day(27),
    today: addDays(MONDAY, -10),
    terms: FIRST_WORK_TERMS,
    workers: [{ ...WORKER, ...worker }],
    shifts: shifts.map((shift) => shiftOf(shift)),
    around: [],
    elsewhere: [],
    ...rest,
  });
  return findings.map(({ rule, date }) => `${rule} ${date.slice(8)}`);
}

describe('cases of the law', () => {
  test.each<[string, Short[], Partial<Worker>, string[]]>([
    ['five days of eight hours', week(), {}, []],
    [
      'a sixth day of a five-day contract',
      [...week(), usual(5)],
      {},
      ['week_minutes 06', 'overtime_consent 06', 'overtime_day 06', 'days_off 06'],
    ],
    [
      'six days of seven hours are over 40 h',
      [0, 1, 2, 3, 4, 5].map((n): Short => [n, 16, 31, 24]),
      { daysPerWeek: 6 },
      ['week_minutes 06', 'overtime_consent 06'],
    ],
    [
      'six days of six and a half hours',
      [0, 1, 2, 3, 4, 5].map((n): Short => [n, 16, 30, 24]),
      { daysPerWeek: 6 },
      [],
    ],
    [
      'eight hours in a six-day week',
      [usual(0)],
      { daysPerWeek: 6 },
      ['day_minutes 01', 'overtime_consent 01'],
    ],
    ['36 h: seven hours', [[0, 16, 31, 24]], { weeklyMinutes: 2160 }, []],
    [
      '36 h: seven and a half',
      [[0, 16, 32, 24]],
      { weeklyMinutes: 2160 },
      ['day_minutes 01', 'overtime_consent 01'],
    ],
    [
      'a half-time contract in three long days',
      [usual(0), usual(2), usual(4)],
      { weeklyMinutes: 1200 },
      ['week_minutes 05', 'overtime_consent 05', 'overtime_day 05'],
    ],
    ['twelve hours of summed time', [[0, 16, 40, 26]], { summedTime: true }, []],
    ['twelve and a half', [[0, 16, 41, 26]], { summedTime: true }, ['shift_length 01']],
    [
      'twelve hours between shifts',
      [
        [0, 22, 39, 30],
        [1, 15, 32, 24],
      ],
      {},
      [],
    ],
    [
      'eleven and a half',
      [
        [0, 22, 39, 30],
        [1, 14, 31, 24],
      ],
      {},
      ['rest 02'],
    ],
    [
      'two shifts on a day',
      [
        [0, 16, 24, null],
        [0, 26, 34, null],
      ],
      {},
      ['two_in_a_row 01'],
    ],
    [
      'a shift that begins as the last one ended',
      [
        [0, 40, 48, null],
        [1, 0, 8, null],
      ],
      {},
      ['two_in_a_row 02', 'rest 02'],
    ],
    ['six hours without a break', [[0, 16, 28, null]], {}, []],
    ['six and a half without one', [[0, 16, 29, null]], {}, ['break 01']],
    ['a break at the very start', [[0, 16, 33, 16]], {}, ['break 01']],
    ['a break at the very end', [[0, 16, 33, 32]], {}, ['break 01']],
    ['two hours over with consent', [[0, 16, 37, 24]], CONSENT, []],
    ['two and a half over with consent', [[0, 16, 38, 24]], CONSENT, ['overtime_day 01']],
    [
      'two hours over, protected by law',
      [[0, 16, 37, 24]],
      { ...CONSENT, overtimeBarred: true },
      ['day_minutes 01', 'overtime_consent 01'],
    ],
    [
      'consent given a day later',
      [[0, 16, 37, 24]],
      { overtimeConsentOn: day(1) },
      ['day_minutes 01', 'overtime_consent 01'],
    ],
    [
      'thirteen hours over in a month',
      [0, 1, 2, 3, 4, 7, 8].map((n): Short => [n, 16, n === 8 ? 35 : 37, 24]),
      CONSENT,
      ['overtime_month 09'],
    ],
    ['leave', [usual(0), usual(1)], { leave: [{ startsOn: day(1), endsOn: day(3) }] }, ['leave 02']],
    [
      'outside availability',
      [usual(0), usual(1)],
      { availability: { mon: [15, 33], tue: [17, 40] } },
      ['availability 02'],
    ],
    ['a weekday without availability', [usual(0)], { availability: { tue: ALL } }, ['availability 01']],
    ['before the contract', [usual(0)], { startsOn: day(1) }, ['employment 01']],
    ['after it', [usual(1)], { endsOn: day(0) }, ['employment 02']],
    ['a paper that has run out', [usual(0), usual(1)], { lapsesOn: day(1) }, ['papers 02']],
  ])('%s', (_, shifts, worker, expected) => {
    expect(rulesOf(shifts, worker)).toEqual(expected);
  });

  test('120 h of overtime in a year, with what was worked before', () => {
    const around = Array.from({ length: 60 }, (_, number): Shift => ({
      ...shiftOf([0, 16, 37, 24]),
      // Two hours over on sixty days of 2027, a month's limit aside: only the roster's own days are told.
      date: addDays(plainDate('2027-03-01'), number * 5),
    }));
    const last = { from: plainDate('2027-12-27'), to: plainDate('2027-12-31') };
    const shifts = [{ ...shiftOf([0, 16, 34, 24]), date: plainDate('2027-12-28') }];
    expect(rulesOf([], CONSENT, { around, shifts, ...last })).toEqual(['overtime_year 28']);
    expect(rulesOf([], CONSENT, { around: around.slice(1), shifts, ...last })).toEqual([]);
  });

  test('a week that a roster makes too long is told, though its last days stand beside the roster', () => {
    const around = [3, 4, 5].map((number) => shiftOf(usual(number)));
    const shifts = [0, 1, 2].map((number) => shiftOf(usual(number)));
    expect(rulesOf([], {}, { to: day(2), shifts, around })).toEqual(['week_minutes 06', 'days_off 06']);
    expect(rulesOf([], {}, { from: day(7), to: day(9), shifts: [shiftOf(usual(7))], around })).toEqual([]);
  });

  test('a shift around the roster counts for rest, week and days; its own faults are not told', () => {
    const before = shiftOf([-1, 30, 47, 38]);
    expect(rulesOf([[0, 14, 31, 24]], {}, { around: [before] })).toEqual(['rest 01']);
    const rest = {
      from: day(4),
      to: day(6),
      around: week()
        .slice(0, 4)
        .map((each) => shiftOf(each)),
    };
    expect(rulesOf([usual(4)], {}, rest)).toEqual([]);
    expect(rulesOf([usual(4), usual(5)], {}, rest)).toEqual([
      'week_minutes 06',
      'overtime_consent 06',
      'overtime_day 06',
      'days_off 06',
    ]);
    expect(rulesOf([[0, 30, 47, 38]], {}, { to: day(0), around: [shiftOf(usual(1))] })).toEqual(['rest 02']);
  });

  test('nobody is with two groups at once, outside the shift, or with the own child', () => {
    const at = (...stretches: [number, number, number][]) => ({
      shifts: [
        { ...shiftOf(usual(0)), stretches: stretches.map(([groupId, from, to]) => ({ groupId, from, to })) },
      ],
    });
    expect(rulesOf([], {}, at([1, 16, 24], [2, 24, 33]))).toEqual([]);
    expect(rulesOf([], {}, at([2, 23, 33], [1, 16, 24]))).toEqual(['stretch 01']);
    expect(rulesOf([], {}, at([1, 15, 24]))).toEqual(['stretch 01']);
    expect(rulesOf([], { ownGroups: [2] }, at([1, 16, 24], [2, 24, 33]))).toEqual(['own_child 01']);
  });

  test('two centres at once, strangers, days outside, and late notice', () => {
    const own = shiftOf(usual(0));
    expect(rulesOf([usual(0)], {}, { elsewhere: [{ ...own, from: 32, to: 40, breakFrom: null }] })).toEqual([
      'at_two_centres 01',
    ]);
    expect(rulesOf([usual(0)], {}, { elsewhere: [{ ...own, from: 33, to: 40, breakFrom: null }] })).toEqual(
      [],
    );
    expect(rulesOf([], {}, { shifts: [shiftOf(usual(0), 2)] })).toEqual(['employment 01']);
    expect(rulesOf([usual(0)], {}, { today: addDays(MONDAY, -9) })).toEqual(['notice 01']);
  });

  test.each([
    [2400, 5, false, 480],
    [2160, 5, false, 432],
    [2400, 6, false, 420],
    [2160, 6, false, 360],
    [1200, 5, false, 480],
    [2400, 5, true, 720],
  ])(
    'a day of %i minutes a week in %i days, summed %s: %i',
    (weeklyMinutes, daysPerWeek, summedTime, expected) => {
      expect(dayNorm({ weeklyMinutes, daysPerWeek, summedTime })).toBe(expected);
    },
  );
});

/** The same rules by the minute, from nothing but a list of worked minutes: shares no code with the rules. */
function byTheMinute(shifts: readonly Short[], consent: boolean): Set<string> {
  const found = new Set<string>();
  const sorted = shifts.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]);
  const name = (number: number): string => String(number + 1).padStart(2, '0');
  const worked = new Map<number, number>();
  sorted.forEach(([number, from, to, pause], index) => {
    const [start, end] = [number * 1440 + from * 30, number * 1440 + to * 30];
    if (end - start > 720) found.add(`shift_length ${name(number)}`);
    const wrong = pause === null ? end - start > 360 : !(pause * 30 > from * 30 && pause * 30 + 30 < to * 30);
    if (wrong) found.add(`break ${name(number)}`);
    let minutes = 0;
    for (let minute = from * 30; minute < to * 30; minute++)
      if (pause === null || minute < pause * 30 || minute >= pause * 30 + 30) minutes++;
    // A break outside the shift is taken off all the same: it is an illegal shift either way.
    if (pause !== null && (pause < from || pause >= to)) minutes -= 30;
    worked.set(number, (worked.get(number) ?? 0) + minutes);
    const before = sorted[index - 1];
    if (!before) return;
    const gap = start - (before[0] * 1440 + before[2] * 30);
    if (before[0] === number || gap <= 0) found.add(`two_in_a_row ${name(number)}`);
    if (before[0] !== number && gap < 720) found.add(`rest ${name(number)}`);
  });
  let month = 0;
  for (let monday = 0; monday < 28; monday += 7) {
    const days = [...worked]
      .filter(([number]) => number >= monday && number < monday + 7)
      .map(([number]) => number)
      .toSorted((a, b) => a - b);
    let normal = 0;
    let total = 0;
    days.forEach((number, index) => {
      const work = worked.get(number)!;
      total += work;
      let over = 0;
      for (let minute = 1; minute <= work; minute++) {
        if (minute <= 480 && normal < 2400) normal++;
        else over++;
      }
      month += over;
      if (over > 0 && !consent) found.add(`overtime_consent ${name(number)}`);
      if (over > 120) found.add(`overtime_day ${name(number)}`);
      if (over > 0 && month > 720) found.add(`overtime_month ${name(number)}`);
      if (work > 480 && !consent) found.add(`day_minutes ${name(number)}`);
      if (index >= 5) found.add(`days_off ${name(number)}`);
    });
    if (total > 2400 && !consent) found.add(`week_minutes ${name(days.at(-1)!)}`);
  }
  return found;
}

describe('against a brute force by the minute', () => {
  const shift = fc
    .record({
      day: fc.integer({ min: 0, max: 27 }),
      from: fc.integer({ min: 0, max: 30 }),
      length: fc.integer({ min: 1, max: 26 }),
      pause: fc.option(fc.integer({ min: 0, max: 26 })),
    })
    .map(({ day: number, from, length, pause }): Short => {
      const to = Math.min(48, from + length);
      return [number, from, to, pause === null || from + pause >= to ? null : from + pause];
    });
  // One shift a day and start: two that begin together have no order.
  const month = fc.uniqueArray(shift, { maxLength: 24, selector: ([number, from]) => number * 48 + from });

  test('the same findings on the same days', () => {
    fc.assert(
      fc.property(month, fc.boolean(), (shifts, consent) => {
        expect(new Set(rulesOf(shifts, consent ? CONSENT : {}))).toEqual(byTheMinute(shifts, consent));
      }),
      { numRuns: 1000 },
    );
  });

  test('work is never lost: normal and overtime add up, and overtime never shrinks with more shifts', () => {
    fc.assert(
      fc.property(month, (shifts) => {
        const all = shifts.map((each) => shiftOf(each));
        const sum = (list: readonly Shift[]) =>
          daysOfWork(WORKER, list).reduce((total, each) => total + each.overtime, 0);
        const days = daysOfWork(WORKER, all);
        expect(days.every((each) => each.overtime >= 0 && each.overtime <= each.work)).toBe(true);
        expect(sum(all.slice(1))).toBeLessThanOrEqual(sum(all));
      }),
      { numRuns: 300 },
    );
  });

  test('every rule is a function with a name of its own', () => {
    expect(new Set(WORKING_TIME_RULES.map((rule) => rule.name)).size).toBe(WORKING_TIME_RULES.length);
  });
});
