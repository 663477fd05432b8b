import { expect, test } from 'vitest';
import { formatReference, readReference, REFERENCE_LETTERS } from '../../src/domain/reference.ts';

test.each([
  ['ACDEF34679', 'ACDEF34679'],
  [' acdef-346 79 ', 'ACDEF34679'],
  // A Kazakh or Russian keyboard.
  ['асДEF34679', undefined],
  ['асdеf34679', 'ACDEF34679'],
  ['НКМРТХУ346', 'HKMPTXY346'],
  ['ACDEF3467', undefined],
  ['ACDEF346790', undefined],
  ['ACDEF3467O', undefined],
  ['', undefined],
])('%j is read as %j', (typed, read) => expect(readReference(typed)).toBe(read));

test('what is shown is read back, and no letter is mistaken for another', () => {
  expect(readReference(formatReference('ACDEF34679'))).toBe('ACDEF34679');
  expect(new Set(REFERENCE_LETTERS).size).toBe(REFERENCE_LETTERS.length);
  expect(REFERENCE_LETTERS).not.toMatch(/[01258BILOSZ]/);
});
