import { expect, test } from 'vitest';
import { parseLogin } from '../../src/domain/login.ts';

test.each([
  ['A.Serik@Example.KZ', 'email', 'a.serik@example.kz'],
  ['  admin@example.kz ', 'email', 'admin@example.kz'],
  ["o'neil+kundiz@mail.example.kz", 'email', "o'neil+kundiz@mail.example.kz"],
  ['ана@орталық.қаз', 'email', 'ана@орталық.қаз'],
  ['8 (701) 000-00-00', 'phone', '+77010000000'],
])('%j is the %s %s', (text, kind, value) => {
  expect(parseLogin(text)).toEqual({ kind, value });
});

test.each([
  '',
  'serik',
  '12345',
  '@example.kz',
  'a@',
  'a@example',
  'a@@example.kz',
  'a@b@example.kz',
  'a@example..kz',
  'a@.kz',
  'a@example.kz.',
  'a b@example.kz',
  'a@example.kz\nBcc: b@example.kz',
  'a\u202E@example.kz',
  'A <a@example.kz>',
  'a@example.kz,b@example.kz',
  `${'a'.repeat(245)}@example.kz`,
])('%j is no login', (text) => {
  expect(parseLogin(text)).toBeUndefined();
});

test('254 characters are the most', () => {
  const longest = `${'a'.repeat(243)}@example.kz`;
  expect(longest).toHaveLength(254);
  expect(parseLogin(longest)?.value).toBe(longest);
  expect(parseLogin(`a${longest}`)).toBeUndefined();
});
