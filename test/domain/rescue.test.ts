import { describe, expect, test } from 'vitest';
import { addMinutes, instant, instantAt, plainDate } from '../../src/domain/calendar.ts';
import {
  isQuiet,
  parseQuietHours,
  quietFrom,
  quietUntil,
  START_QUIET,
} from '../../src/domain/quiet-hours.ts';
import {
  isBeforehand,
  rescueWindow,
  sharedMinutes,
  standByScore,
  staySlot,
} from '../../src/domain/rescue.ts';
import { isHabit } from '../../src/domain/unused-hours.ts';

const DAY = plainDate('2027-02-09');
const at = (time: string, date = DAY) => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return instantAt(date, hours * 60 + minutes);
};

describe('quiet hours', () => {
  test.each([
    ['20:59', false],
    ['21:00', true],
    ['23:59', true],
    ['00:00', true],
    ['06:59', true],
    ['07:00', false],
  ])('%s', (time, quiet) => expect(isQuiet(at(time), START_QUIET)).toBe(quiet));

  test('they end and begin at the next such minute', () => {
    expect(quietUntil(at('23:00'), START_QUIET)).toBe(at('07:00', plainDate('2027-02-10')));
    expect(quietUntil(at('06:00'), START_QUIET)).toBe(at('07:00'));
    expect(quietFrom(at('20:00'), START_QUIET)).toBe(at('21:00'));
    expect(quietFrom(at('20:00'), { fromMinute: 60, toMinute: 60 })).toBeUndefined();
  });

  test('within a day, and none', () => {
    const noon = { fromMinute: 12 * 60, toMinute: 14 * 60 };
    expect([isQuiet(at('13:00'), noon), isQuiet(at('14:00'), noon)]).toEqual([true, false]);
    expect(isQuiet(at('00:00'), { fromMinute: 0, toMinute: 0 })).toBe(false);
  });

  test.each(['21:00', '21:00–07:00', '24:00-07:00', '2100-0700', ''])('%j is none', (text) =>
    expect(parseQuietHours(text)).toBeUndefined(),
  );
  test('as the environment says it', () =>
    expect(parseQuietHours('21:30-06:15')).toEqual({ fromMinute: 1290, toMinute: 375 }));
});

describe('the window', () => {
  const tomorrow = plainDate('2027-02-10');
  test.each([
    ['07:40', DAY, 10, true, '07:50'],
    ['07:40', tomorrow, 10, true, '08:40'],
    ['20:30', tomorrow, 10, true, '21:00'],
    ['20:50', tomorrow, 10, true, '21:00'],
    ['20:51', tomorrow, 10, false, '20:51'],
    ['06:30', DAY, 10, false, '06:30'],
    ['12:00', tomorrow, 90, true, '13:30'],
  ])('freed at %s for %s with %d minutes', (time, date, minutes, asks, closes) =>
    expect(rescueWindow(date, at(time), minutes, START_QUIET)).toEqual({ asks, closesAt: at(closes) }),
  );
});

describe('the stay', () => {
  const stand = { date: DAY, from: 17, to: 35, takeUntilMinute: 7 * 60 + 30 };
  test.each([
    ['07:50', 30, false, { from: 17, to: 35 }],
    ['08:01', 30, false, { from: 18, to: 35 }],
    ['08:01', 30, true, { from: 17, to: 35 }],
    ['13:00', 30, false, { from: 27, to: 35 }],
    ['13:01', 30, false, undefined],
  ])('known at %s, %d minutes away', (time, commute, beforehand, slot) =>
    expect(staySlot(stand, at(time), commute, beforehand)).toEqual(slot),
  );

  test('a way over midnight leaves nothing of today', () =>
    expect(staySlot(stand, at('23:00'), 120, false)).toBeUndefined());

  test('beforehand is until the minute and not after it', () => {
    expect(isBeforehand(stand, at('07:30'))).toBe(true);
    expect(isBeforehand(stand, addMinutes(at('07:30'), 1))).toBe(false);
    expect(isBeforehand(stand, at('20:00', plainDate('2027-02-08')))).toBe(true);
    expect(isBeforehand({ ...stand, takeUntilMinute: null }, at('01:00'))).toBe(false);
  });

  test('shared minutes', () => {
    expect(sharedMinutes({ from: 17, to: 35 }, { from: 20, to: 40 })).toBe(450);
    expect(sharedMinutes({ from: 17, to: 20 }, { from: 20, to: 40 })).toBe(0);
  });
});

test('class first, then who stood by first, then a lot that anybody can draw again', () => {
  const terms = { outOfTurn: true, lotSeed: 'seed' };
  const stand = { id: 1, priority: 2, createdAt: instant('2027-02-03T05:00:00.000Z') };
  const [cls, points, seconds, lot] = standByScore(stand, terms);
  expect([cls, points, seconds]).toEqual([2, 0, -Date.parse(stand.createdAt) / 1000]);
  expect(standByScore(stand, terms)[3]).toBe(lot);
  expect(standByScore({ ...stand, id: 2 }, terms)[3]).not.toBe(lot);
  expect(standByScore(stand, { ...terms, outOfTurn: false })[0]).toBe(0);
});

test.each([
  [{ booked: 4, unused: 3 }, 4, true],
  [{ booked: 4, unused: 2 }, 4, false],
  [{ booked: 3, unused: 3 }, 4, true],
  [{ booked: 2, unused: 2 }, 4, false],
  [{ booked: 8, unused: 5 }, 8, false],
  [{ booked: 8, unused: 6 }, 8, true],
])('%o in %d weeks', (use, weeks, habit) => expect(isHabit(use, weeks)).toBe(habit));
