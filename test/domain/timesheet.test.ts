import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, instantAt, plainDate, type PlainDate } from '../../src/domain/calendar.ts';
import { spellsOf, type Clocking } from '../../src/domain/clocking.ts';
import type { Shift } from '../../src/domain/shift.ts';
import {
  breakDeducted,
  countedSpans,
  nightMinutes,
  sumsOf,
  timesheetDays,
  type Recorded,
} from '../../src/domain/timesheet.ts';
import { isOver, monthSpan, parseMonth } from '../../src/domain/timesheet-month.ts';
import { FIRST_WORK_TERMS } from '../../src/domain/work-terms.ts';

const MONDAY = plainDate('2027-02-08');
const NOW = instantAt(plainDate('2027-04-05'), 600);
const CONTRACT = {
  weeklyMinutes: 2400,
  daysPerWeek: 5,
  summedTime: false,
  startsOn: plainDate('2026-01-01'),
  endsOn: null,
};
const minuteOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
/** '08:00-16:30 17:00-18:00': whole times at work; '08:00-' was not ended, '-16:30' not begun. */
const clocked = (date: PlainDate, text: string): Clocking[] =>
  text
    .split(' ')
    .filter(Boolean)
    .flatMap((span) => {
      const [from = '', to = ''] = span.split('-');
      return [
        ...(from ? [{ direction: 'in', at: instantAt(date, minuteOf(from)) } as const] : []),
        ...(to ? [{ direction: 'out', at: instantAt(date, minuteOf(to)) } as const] : []),
      ];
    });
/** 08:00–16:30 with a break at 12:00. */
const shiftOn = (date: PlainDate, change: Partial<Shift> = {}): Shift => ({
  staffId: 1,
  date,
  from: 16,
  to: 33,
  breakFrom: 24,
  ...change,
});

function recorded(parts: Partial<Recorded> & { clockings?: readonly Clocking[] }): Recorded {
  return {
    shifts: [],
    spells: spellsOf(parts.clockings ?? []),
    leave: [],
    overrides: new Map(),
    termsOn: () => FIRST_WORK_TERMS,
    rostered: new Set(),
    now: NOW,
    ...parts,
  };
}

describe('worked minutes of a day', () => {
  test.each([
    // As planned: eight hours, the break is none of them.
    ['08:00-16:30', 480],
    // A little early and late is no work; more than a quarter of an hour is.
    ['07:50-16:40', 480],
    ['07:45-16:45', 480],
    ['07:44-16:30', 496],
    ['08:00-17:00', 510],
    // Late is late.
    ['08:20-16:30', 460],
    // The break taken outside is taken off once only, wherever it lay.
    ['08:00-12:00 12:30-16:30', 480],
    ['08:00-12:10 12:30-16:30', 480],
    ['08:00-13:00 14:00-16:30', 450],
    // Gone before the break, or within it.
    ['08:00-12:00', 240],
    ['08:00-12:10', 240],
    ['08:00-', 0],
    ['-16:30', 0],
    ['', 0],
  ])('%s of 08:00–16:30: %i', (text, expected) => {
    const [day] = timesheetDays(
      CONTRACT,
      { from: MONDAY, to: MONDAY },
      recorded({ shifts: [shiftOn(MONDAY)], clockings: clocked(MONDAY, text) }),
    );
    expect(day!.worked).toBe(expected);
    expect(day!.planned).toBe(480);
  });

  test.each([
    ['08:00-14:00', 360],
    ['08:00-14:30', 360],
    ['08:00-11:00 12:00-16:00', 420],
  ])('%s without a shift: %i', (text, expected) => {
    const spans = countedSpans(MONDAY, spellsOf(clocked(MONDAY, text)), []);
    const minutes = spans.reduce((sum, { from, to }) => sum + to - from, 0);
    expect(minutes - breakDeducted(spans, [], FIRST_WORK_TERMS)).toBe(expected);
  });

  test.each([
    [1200, 1320, 0],
    [1260, 1380, 60],
    [300, 420, 60],
    [1380, 1860, 420],
  ])('night of %i–%i: %i', (from, to, expected) => {
    expect(nightMinutes([{ from, to }], to - from)).toBe(expected);
    expect(nightMinutes([{ from, to }], 10)).toBe(Math.min(10, expected));
  });
});

describe('what a day counts as', () => {
  const dayOf = (date: string, parts: Parameters<typeof recorded>[0]) =>
    timesheetDays(CONTRACT, { from: plainDate(date), to: plainDate(date) }, recorded(parts))[0]!;
  const leave = (kind: 'annual' | 'sick', from: string, to: string) => ({
    kind,
    startsOn: plainDate(from),
    endsOn: plainDate(to),
  });

  test('days off, holidays, leave and what nobody has explained', () => {
    expect(dayOf('2027-02-13', {}).code).toBe('off');
    // No roster and a working day: nothing can be said. With one, who has no shift is off.
    expect(dayOf('2027-02-09', {}).code).toBeNull();
    expect(dayOf('2027-02-09', { rostered: new Set([plainDate('2027-02-09')]) }).code).toBe('off');
    expect(dayOf('2027-03-22', {}).code).toBe('holiday');
    expect(dayOf('2027-02-09', { leave: [leave('sick', '2027-02-09', '2027-02-09')] }).code).toBe('sick');
    // Holidays are no days of annual leave; an illness counts them.
    expect(dayOf('2027-03-22', { leave: [leave('annual', '2027-03-15', '2027-03-31')] }).code).toBe(
      'holiday',
    );
    expect(dayOf('2027-03-22', { leave: [leave('sick', '2027-03-15', '2027-03-31')] }).code).toBe('sick');
    expect(dayOf('2027-02-14', { leave: [leave('annual', '2027-02-08', '2027-02-20')] }).code).toBe('annual');
    expect(dayOf('2027-02-08', { shifts: [shiftOn(MONDAY)] })).toMatchObject({
      code: 'unexplained',
      flags: ['absent'],
      planned: 480,
    });
    expect(dayOf('2025-12-31', { shifts: [shiftOn(plainDate('2025-12-31'))] })).toMatchObject({
      code: null,
      planned: 0,
    });
  });

  test('a forgotten end counts nothing and is told once the day is over', () => {
    const forgotten = { shifts: [shiftOn(MONDAY)], clockings: clocked(MONDAY, '08:00-') };
    expect(dayOf('2027-02-08', forgotten)).toMatchObject({
      code: 'unexplained',
      worked: 0,
      flags: ['forgotten_left'],
    });
    expect(dayOf('2027-02-08', { ...forgotten, now: instantAt(MONDAY, 700) })).toMatchObject({
      code: null,
      flags: [],
    });
    expect(dayOf('2027-02-08', { clockings: clocked(MONDAY, '-16:30') }).flags).toEqual(['forgotten_came']);
  });

  test('work on a holiday, at night and on leave is marked', () => {
    const holiday = plainDate('2027-03-22');
    expect(
      dayOf(holiday, {
        shifts: [shiftOn(holiday, { from: 38, to: 47, breakFrom: null })],
        clockings: clocked(holiday, '19:00-23:30'),
        leave: [leave('annual', '2027-03-15', '2027-03-31')],
      }),
    ).toMatchObject({ code: 'work', worked: 270, night: 90, holiday: 270, flags: ['on_leave'] });
  });
});

describe('a month', () => {
  const month = monthSpan(plainDate('2027-02-01'));
  /** The week of 8 February, ten hours a day. */
  const week = [0, 1, 2, 3, 4].map((at) => addDays(MONDAY, at));
  const long = recorded({
    shifts: week.map((date) => shiftOn(date, { to: 37 })),
    clockings: week.flatMap((date) => clocked(date, '08:00-18:30')),
    rostered: new Set(week),
    leave: [{ kind: 'annual', startsOn: plainDate('2027-02-15'), endsOn: plainDate('2027-02-21') }],
  });

  test('is summed by kind', () => {
    const days = timesheetDays(CONTRACT, month, long);
    expect(days).toHaveLength(28);
    expect(sumsOf(days)).toEqual({
      daysWorked: 5,
      // Weekends outside the leave: 6, 7, 13, 14, 27, 28.
      daysOff: 6,
      planned: 3000,
      worked: 3000,
      overtime: 600,
      night: 0,
      holiday: 0,
      absences: { annual: 7, sick: 0, study: 0, unpaid: 0, other: 0, unexplained: 0 },
      open: 0,
    });
  });

  test('a week that begins in the month before keeps its hours', () => {
    // 29 and 30 March fill a small contract; 1 April is over it, though the month has just begun.
    const days = ['2027-03-29', '2027-03-30', '2027-04-01'].map((date) => plainDate(date));
    const all = recorded({ clockings: days.flatMap((date) => clocked(date, '08:00-14:00')) });
    const small = { ...CONTRACT, weeklyMinutes: 720 };
    const [first] = timesheetDays(small, { from: plainDate('2027-04-01'), to: plainDate('2027-04-01') }, all);
    expect(first).toMatchObject({ worked: 360, overtime: 360 });
  });

  test('is named by year and month, and over after its last day', () => {
    expect(['2027-02', '2027-13', '13', '2027-2', ''].map((text) => parseMonth(text))).toEqual([
      '2027-02-01',
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    const first = plainDate('2027-02-01');
    expect(['2027-02-28', '2027-03-01'].map((on) => isOver(first, plainDate(on)))).toEqual([false, true]);
  });
});

test('whatever is clocked: work is within the time there, and its parts within work', () => {
  const taps = fc.array(fc.integer({ min: 1, max: 400 }), { maxLength: 60 });
  const plan = fc.uniqueArray(
    fc.record({
      day: fc.integer({ min: 0, max: 13 }),
      from: fc.integer({ min: 0, max: 30 }),
      length: fc.integer({ min: 2, max: 18 }),
      pause: fc.boolean(),
    }),
    { maxLength: 10, selector: ({ day }) => day },
  );
  fc.assert(
    fc.property(taps, plan, fc.boolean(), (gaps, shifts, summedTime) => {
      let minute = 0;
      const clockings = gaps.map((gap, at): Clocking => {
        minute += gap;
        const date = addDays(MONDAY, Math.floor(minute / 1440));
        return { direction: at % 2 === 0 ? 'in' : 'out', at: instantAt(date, minute % 1440) };
      });
      const spells = spellsOf(clockings);
      const planned = shifts.map(({ day, from, length, pause }) =>
        shiftOn(addDays(MONDAY, day), {
          from,
          to: from + length,
          breakFrom: pause && length > 2 ? from + 1 : null,
        }),
      );
      const days = timesheetDays(
        { ...CONTRACT, summedTime },
        { from: MONDAY, to: addDays(MONDAY, 20) },
        recorded({ shifts: planned, spells }),
      );
      for (const day of days) {
        const there = spells
          .filter(({ date, cameAt, leftAt }) => date === day.date && cameAt !== null && leftAt !== null)
          .reduce((sum, { cameAt, leftAt }) => sum + (Date.parse(leftAt!) - Date.parse(cameAt!)) / 60_000, 0);
        expect(day.worked).toBeGreaterThanOrEqual(0);
        expect(day.worked).toBeLessThanOrEqual(there);
        expect(day.worked).toBeGreaterThanOrEqual(Math.min(there, there - 30 - 30 * spells.length));
        for (const part of [day.overtime, day.night, day.holiday]) {
          expect(part).toBeGreaterThanOrEqual(0);
          expect(part).toBeLessThanOrEqual(day.worked);
        }
        expect(day.code === 'work').toBe(day.worked > 0);
      }
      const sums = sumsOf(days);
      const absent = Object.values(sums.absences).reduce((sum, each) => sum + each, 0);
      const unsaid = days.filter(({ code }) => code === null).length;
      expect(sums.daysWorked + sums.daysOff + absent + unsaid).toBe(days.length);
    }),
    { numRuns: 400 },
  );
});
