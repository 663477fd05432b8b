import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, plainDate } from '../../src/domain/calendar.ts';
import {
  checkDigit,
  FIRST_SYNTHETIC_SERIAL,
  iinAgrees,
  parseIin,
  syntheticIin,
  type Iin,
} from '../../src/domain/iin.ts';

const d = plainDate;

test.each([
  ['180515599919', '2018-05-15', 'male'],
  ['150831699928', '2015-08-31', 'female'],
  ['090701599940', '2009-07-01', 'male'],
  ['860114499955', '1986-01-14', 'female'],
  ['180515599802', '2018-05-15', 'male'],
  [' 180515599919 ', '2018-05-15', 'male'],
])('%j: born %s, %s', (text, birthDate, sex) => {
  expect(parseIin(text)).toEqual({ iin: text.trim(), birthDate, sex });
});

test.each([
  ['180515599918', 'check'],
  ['190229699982', 'date'],
  ['181315599919', 'date'],
  ['180500599919', 'date'],
  ['180515099919', 'date'],
  ['180515199919', 'date'],
  ['180515799919', 'date'],
  ['18051559991', 'shape'],
  ['1805155999190', 'shape'],
  ['18051559991a', 'shape'],
  ['180515 599919', 'shape'],
  ['١٨٠٥١٥٥٩٩٩١٩', 'shape'],
  ['', 'shape'],
])('%j: %s', (text, error) => {
  expect(parseIin(text)).toEqual({ error });
});

/** The rule again, as the resolution words it: two rows of weights under the digits. */
function oracle(first11: string): number | undefined {
  const digits = [...first11].map(Number);
  for (const weights of ['1 2 3 4 5 6 7 8 9 10 11', '3 4 5 6 7 8 9 10 11 1 2']) {
    const sum = weights
      .split(' ')
      .reduce((total, weight, at) => total + Number(weight) * (digits[at] as number), 0);
    if (sum % 11 !== 10) return sum % 11;
  }
  return undefined;
}

test('the check digit, both passes and the numbers that are never issued', () => {
  const seen = { first: 0, never: 0 };
  for (let serial = 0; serial < 10_000; serial++) {
    const first11 = `1805155${String(serial).padStart(4, '0')}`;
    expect(checkDigit(first11)).toBe(oracle(first11));
    if (checkDigit(first11) === undefined) seen.never++;
    else seen.first++;
  }
  expect(seen.never).toBeGreaterThan(50);
  expect(checkDigit('18051559980')).toBe(2);
});

test('a made-up number reads back, and only for its own date of birth', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 73_048 }),
      fc.constantFrom('male' as const, 'female' as const),
      fc.integer({ min: FIRST_SYNTHETIC_SERIAL, max: 9999 }),
      (days, sex, serial) => {
        const birthDate = addDays(d('1900-01-01'), days);
        const iin = syntheticIin(birthDate, sex, serial);
        expect(syntheticIin(birthDate, sex, serial)).toBe(iin);
        if (iin === undefined) return;
        expect(parseIin(iin)).toEqual({ iin, birthDate, sex });
        expect(iin.slice(7, 11)).toBe(String(serial));
        expect(iinAgrees(iin, birthDate)).toBe(true);
        expect(iinAgrees(iin, addDays(birthDate, 1))).toBe(false);
      },
    ),
    { numRuns: 1000 },
  );
});

test('one wrong digit is found, but for the eleventh and the few numbers that needed the second pass', () => {
  const secondPass = (iin: string): boolean =>
    [...iin].slice(0, 11).reduce((sum, digit, at) => sum + Number(digit) * (at + 1), 0) % 11 === 10;
  for (let serial = FIRST_SYNTHETIC_SERIAL; serial < 6000; serial++) {
    const iin = syntheticIin(d('2018-05-15'), 'male', serial);
    if (iin === undefined) continue;
    for (let at = 0; at < 12; at++) {
      for (let add = 1; add < 10; add++) {
        const typo = `${iin.slice(0, at)}${(Number(iin[at]) + add) % 10}${iin.slice(at + 1)}`;
        if ('iin' in parseIin(typo)) expect(at === 10 || [iin, typo].some(secondPass)).toBe(true);
      }
    }
  }
});

test('what is never issued and what no serial is', () => {
  const never = Array.from({ length: 5000 }, (_, at) => at + 5000).find(
    (serial) => syntheticIin(d('2018-05-15'), 'male', serial) === undefined,
  );
  expect(never).toBeDefined();
  expect(syntheticIin(d('2150-01-01'), 'male', 5000)).toBeUndefined();
  expect(() => syntheticIin(d('2018-05-15'), 'male', 10_000)).toThrow(RangeError);
  expect(iinAgrees('180515599918' as Iin, d('2018-05-15'))).toBe(false);
});
