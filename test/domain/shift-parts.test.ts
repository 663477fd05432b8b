import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planOf, stretchesOf } from '../../src/domain/shift-parts.ts';

test('a shift is with its group except at the times that say otherwise', () => {
  const parts = [
    { groupId: 2, from: 18, to: 20 },
    { groupId: null, from: 30, to: 33 },
  ];
  expect(stretchesOf({ from: 16, to: 33 }, { groupId: 1, parts })).toEqual([
    { groupId: 1, from: 16, to: 18 },
    { groupId: 2, from: 18, to: 20 },
    { groupId: 1, from: 20, to: 30 },
  ]);
  expect(stretchesOf({ from: 16, to: 20 }, { groupId: null, parts: [] })).toEqual([]);
  // The later of two answers counts.
  const both = [
    { groupId: 2, from: 16, to: 20 },
    { groupId: 3, from: 18, to: 20 },
  ];
  expect(stretchesOf({ from: 16, to: 20 }, { groupId: 1, parts: both })).toEqual([
    { groupId: 2, from: 16, to: 18 },
    { groupId: 3, from: 18, to: 20 },
  ]);
});

test('the form of any stored shift makes the same stretches again', () => {
  const cells = fc.array(fc.option(fc.integer({ min: 1, max: 3 })), { minLength: 1, maxLength: 24 });
  fc.assert(
    fc.property(cells, fc.integer({ min: 0, max: 20 }), (groups, from) => {
      const shift = { from, to: from + groups.length };
      const parts = groups.map((groupId, at) => ({ groupId, from: from + at, to: from + at + 1 }));
      const stretches = stretchesOf(shift, { groupId: null, parts });
      const plan = planOf(shift, stretches);
      expect(stretchesOf(shift, plan)).toEqual(stretches);
      expect(plan.parts.every((part) => part.groupId !== plan.groupId)).toBe(true);
    }),
  );
});
