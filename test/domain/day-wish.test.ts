import { expect, test } from 'vitest';
import { plainDate } from '../../src/domain/calendar.ts';
import { wishKept, wishOn } from '../../src/domain/day-wish.ts';

const MONDAY = plainDate('2027-02-08');
const weekly = { mon: [16, 30] as const };

test('a wish for the day takes the place of the weekly one', () => {
  expect(wishOn(MONDAY, undefined, weekly)).toEqual({ of: 'week', hours: { from: 16, to: 30 } });
  expect(wishOn(MONDAY, { from: 20, to: 37 }, weekly)).toEqual({ of: 'day', hours: { from: 20, to: 37 } });
  expect(wishOn(MONDAY, { from: null, to: null }, weekly)).toEqual({ of: 'day', hours: null });
  expect(wishOn(plainDate('2027-02-09'), undefined, weekly)).toBeUndefined();
  expect(wishOn(MONDAY, undefined, null)).toBeUndefined();
});

test.each([
  ['a shift within the hours', { from: 16, to: 30 }, [{ from: 16, to: 30 }], true],
  ['half an hour too long', { from: 16, to: 30 }, [{ from: 16, to: 31 }], false],
  ['half an hour too early', { from: 16, to: 30 }, [{ from: 15, to: 30 }], false],
  ['no shift on a day with hours', { from: 16, to: 30 }, [], true],
  ['free, and no shift', null, [], true],
  ['free, and a shift', null, [{ from: 16, to: 24 }], false],
])('%s', (_, hours, shifts, kept) => {
  expect(wishKept({ of: 'day', hours }, shifts)).toBe(kept);
});
