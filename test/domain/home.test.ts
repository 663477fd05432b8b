import { expect, test } from 'vitest';
import { districtsOf, parsePoint } from '../../src/domain/home.ts';
import { REGION_CODES } from '../../src/domain/regions.ts';

const ALMATY = { lat: 43.2389, lon: 76.8897 };

test.each([
  '43.2389, 76.8897',
  '43.2389,76.8897',
  ' 43.2389 76.8897 ',
  '43,2389; 76,8897',
  '43,2389 76,8897',
  '43.2389° , 76.8897°'.replace(' ,', ','),
])('%s is a point', (text) => {
  expect(parsePoint(text)).toEqual(ALMATY);
});

test.each([
  '',
  '43',
  '43.2389',
  '76.8897, 43.2389',
  '55.7558, 37.6173',
  '43.2389, 276.8897',
  '-43.2389, 76.8897',
  '43.2389, 76.8897, 5.0',
  'Абай, 1',
  '1e3, 1e3',
])('%s is none', (text) => {
  expect(parsePoint(text)).toBeUndefined();
});

test('every region has districts, in both languages', () => {
  for (const code of REGION_CODES) {
    expect(districtsOf(code).length).toBeGreaterThan(0);
    for (const district of districtsOf(code)) expect(district).toMatch(/^\S.* \/ \S.*$/);
  }
});
