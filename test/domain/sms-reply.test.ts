import { expect, test } from 'vitest';
import { parseSmsReply } from '../../src/domain/sms-reply.ts';

test.each([
  ['1234 ИӘ', 'yes'],
  ['1234 иә', 'yes'],
  [' 1234  Да! ', 'yes'],
  ['1234-yes', 'yes'],
  ['1234.1', 'yes'],
  ['12341', undefined],
  ['1234 ЖОҚ', 'no'],
  ['1234 жок', 'no'],
  ['1234: нет', 'no'],
  ['1234 NO', 'no'],
  ['1234 0', 'no'],
  ['1234 ИӘ ЖОҚ', undefined],
  ['НЕТ 1234 1', undefined],
  ['1234', undefined],
  ['123 да', undefined],
  ['12345 да', undefined],
  ['1234 не да', undefined],
  ['1234 10', undefined],
  ['', undefined],
])('%j says %s', (text, answer) => {
  expect(parseSmsReply(text)).toEqual(answer && { code: '1234', answer });
});
