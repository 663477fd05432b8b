import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatPhone, parsePhone } from '../../src/domain/phone.ts';

test.each([
  '+77010000000',
  '87010000000',
  '77010000000',
  '+7 701 000 00 00',
  '8 (701) 000-00-00',
  '+7\u00A0701\u00A0000\u00A000\u00A000',
  ' 8-701-000-00-00 ',
  '8.701.000.00.00',
  '+7 (701) 000–00–00',
])('%j is +77010000000', (text) => {
  expect(parsePhone(text)).toBe('+77010000000');
});

test.each([
  '',
  '7010000000',
  '+87010000000',
  '+7701000000',
  '+770100000000',
  '+17010000000',
  '8701000000a',
  '++77010000000',
  '+7701000000٠',
  '8701000000 доб. 5',
])('%j is not a telephone', (text) => {
  expect(parsePhone(text)).toBeUndefined();
});

test('as shown it is read back', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 9_999_999_999 }), (number) => {
      const phone = parsePhone(`8${String(number).padStart(10, '0')}`);
      expect(phone).toMatch(/^\+7\d{10}$/);
      if (phone) expect(parsePhone(formatPhone(phone))).toBe(phone);
    }),
  );
  const phone = parsePhone('87010203040');
  expect(phone && formatPhone(phone)).toBe('+7\u00A0701\u00A0020\u00A030\u00A040');
});
