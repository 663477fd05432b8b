import { expect, test } from 'vitest';
import { addDays, datesBetween, plainDate } from '../../src/domain/calendar.ts';
import { eligibilityReason, lastDayOfAge } from '../../src/domain/eligibility.ts';

const group = {
  category: 'child_psychoneurological',
  admission: 'open',
  skills: null,
  fromAgeMonths: 18,
} as const;
const reason = (birthDate: ReturnType<typeof plainDate>, toAgeMonths: number, date: typeof birthDate) =>
  eligibilityReason(
    { birthDate, category: group.category, skillsNeeded: [] },
    { ...group, toAgeMonths },
    [],
    date,
  );

test('the last day of a group’s age is the last on which a child is not too old, whatever day it was born', () => {
  expect(lastDayOfAge({ birthDate: plainDate('2009-11-02') }, { toAgeMonths: 216 })).toBe('2027-11-01');
  for (const birthDate of datesBetween(plainDate('2008-01-25'), plainDate('2008-04-02')))
    for (const toAgeMonths of [25, 37, 216, 217]) {
      const last = lastDayOfAge({ birthDate }, { toAgeMonths });
      expect([birthDate, last, reason(birthDate, toAgeMonths, last)]).toEqual([birthDate, last, undefined]);
      expect(reason(birthDate, toAgeMonths, addDays(last, 1)), birthDate).toBe('too_old');
    }
});
