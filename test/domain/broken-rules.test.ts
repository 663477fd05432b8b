import { expect, test } from 'vitest';
import { newlyBroken } from '../../src/domain/broken-rules.ts';
import { plainDate } from '../../src/domain/calendar.ts';
import type { RosterFinding, RosterRule } from '../../src/domain/working-time.ts';

const MONDAY = plainDate('2027-02-08');
const FRIDAY = plainDate('2027-02-12');

const found = (rule: RosterRule, date = MONDAY, is?: number, staffId: number | null = 1): RosterFinding => ({
  rule,
  staffId,
  date,
  ...(is === undefined ? {} : { is, most: 0 }),
});

test('what was broken already and is no worse stands in nobody’s way', () => {
  const week = found('week_minutes', FRIDAY, 2700);
  expect(newlyBroken([week], [week])).toEqual([]);
  // The same week, told on another day, with fewer minutes: it is being mended.
  expect(newlyBroken([week], [found('week_minutes', MONDAY, 2600)])).toEqual([]);
  expect(newlyBroken([found('leave')], [found('leave')])).toEqual([]);
});

test('more of the same, another person, another day and another rule are new', () => {
  const week = found('week_minutes', FRIDAY, 2700);
  const worse = [
    found('week_minutes', FRIDAY, 2730),
    found('week_minutes', FRIDAY, 2700, 2),
    found('week_minutes', plainDate('2027-02-15'), 2500),
    found('leave', FRIDAY),
  ];
  for (const finding of worse) expect(newlyBroken([week], [finding])).toEqual([finding]);
  expect(newlyBroken([found('leave')], [found('leave', FRIDAY)])).toHaveLength(1);
});

test('of rest less is worse; sums of months and years are one matter however often they are told', () => {
  const rest = found('rest', MONDAY, 660);
  expect(newlyBroken([rest], [found('rest', MONDAY, 690)])).toEqual([]);
  expect(newlyBroken([rest], [found('rest', MONDAY, 630)])).toHaveLength(1);
  const month = [found('overtime_month', MONDAY, 750), found('overtime_month', FRIDAY, 780)];
  expect(newlyBroken(month, [found('overtime_month', plainDate('2027-02-22'), 780)])).toEqual([]);
  expect(newlyBroken(month, [found('overtime_month', plainDate('2027-03-01'), 730)])).toHaveLength(1);
});

test('a warning is never broken', () => {
  expect(newlyBroken([], [found('notice', MONDAY, 5, null)])).toEqual([]);
});
