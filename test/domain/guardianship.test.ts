import { expect, test } from 'vitest';
import { plainDate, type PlainDate } from '../../src/domain/calendar.ts';
import { endsLater, firstDayWithout, mayOf, rightsOf, signsIn } from '../../src/domain/guardianship.ts';

const TODAY = plainDate('2027-02-03');
const row = (startsOn: string, endsOn: string | null, rights: Parameters<typeof mayOf>[0] = ['book']) => ({
  startsOn: plainDate(startsOn),
  endsOn: endsOn as PlainDate | null,
  may: mayOf(rights),
});

test.each([
  ['nobody', [], '2027-02-03'],
  ['somebody without an end', [row('2025-01-01', null)], null],
  ['another right', [row('2025-01-01', null, ['see', 'collect'])], '2027-02-03'],
  ['the day after the last', [row('2025-01-01', '2027-02-10')], '2027-02-11'],
  [
    'one takes over from the other',
    [row('2025-01-01', '2027-02-10'), row('2027-02-11', '2027-03-01')],
    '2027-03-02',
  ],
  ['a gap of a day', [row('2025-01-01', '2027-02-10'), row('2027-02-12', null)], '2027-02-11'],
  ['the longer of two', [row('2025-01-01', '2027-02-10'), row('2025-01-01', '2027-02-20')], '2027-02-21'],
  ['one that ended before it began', [row('2027-02-03', '2027-02-02')], '2027-02-03'],
] as const)('the first day without a right: %s', (_, rows, day) => {
  expect(firstDayWithout('book', rows, TODAY)).toBe(day);
});

test('rights are a set with an order; only collecting needs no way in', () => {
  expect(rightsOf(mayOf(['told', 'see']))).toEqual(['see', 'told']);
  expect(signsIn(mayOf(['collect']))).toBe(false);
  for (const right of ['see', 'book', 'told'] as const) expect(signsIn(mayOf([right]))).toBe(true);
});

test('no end is later than any', () => {
  const [early, late] = [plainDate('2027-02-03'), plainDate('2027-02-04')];
  expect([endsLater(late, early), endsLater(early, late), endsLater(early, early)]).toEqual([
    true,
    false,
    false,
  ]);
  expect([endsLater(null, late), endsLater(late, null), endsLater(null, null)]).toEqual([true, false, false]);
});
