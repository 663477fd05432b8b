import { describe, expect, test } from 'vitest';
import { plainDate } from '../../src/domain/calendar.ts';
import { movedShift } from '../../src/domain/shift-move.ts';

/** 08:00–16:30 with group 1, 13:00–14:00 with group 2, a break at 12:00. */
const shift = {
  staffId: 1,
  date: plainDate('2027-02-08'),
  from: 16,
  to: 33,
  breakFrom: 24,
  stretches: [
    { groupId: 1, from: 16, to: 26 },
    { groupId: 2, from: 26, to: 28 },
    { groupId: 1, from: 28, to: 33 },
  ],
};
const SIX_HOURS = 360;

describe('a shift at other hours', () => {
  const part = { groupId: 2, from: 26, to: 28 };
  test.each([
    ['the same', [16, 33], 24, [part]],
    ['an hour later: break and groups go along', [18, 35], 26, [{ ...part, from: 28, to: 30 }]],
    ['longer: they stay', [16, 35], 24, [part]],
    ['shorter within a part: the part ends with it', [16, 27], 24, [{ ...part, to: 27 }]],
    ['shorter before the part', [16, 26], 24, []],
    ['so short that the break lies at its end: it goes', [16, 25], null, []],
    ['begins after its break: one in the middle, as it is still long', [25, 39], 31, [part]],
  ] as const)('%s', (_, [from, to], breakFrom, parts) => {
    expect(movedShift(shift, { from, to }, SIX_HOURS)).toEqual({ from, to, breakFrom, groupId: 1, parts });
  });
  test('that grows beyond what needs no break gets one', () => {
    const brief = { ...shift, from: 16, to: 26, breakFrom: null, stretches: [] };
    expect(movedShift(brief, { from: 16, to: 28 }, SIX_HOURS).breakFrom).toBeNull();
    expect(movedShift(brief, { from: 16, to: 29 }, SIX_HOURS).breakFrom).toBe(22);
  });
});
