import { expect, test } from 'vitest';
import { randomFrom } from '../../src/domain/random.ts';

test('the same seed, the same numbers, on any machine and in any release', () => {
  const random = randomFrom('kundiz');
  expect([random.int(0, 999), random.int(0, 999), random.int(0, 999), random.int(0, 999)]).toEqual([
    884, 721, 567, 434,
  ]);
  expect(randomFrom('a').next()).toBe(randomFrom('a').next());
  expect(randomFrom('a').next()).not.toBe(randomFrom('b').next());
  expect(randomFrom('').next()).not.toBe(randomFrom('\u0000').next());
});

test('whole numbers are spread evenly over both ends', () => {
  const random = randomFrom('even');
  const counts = [0, 0, 0, 0, 0, 0];
  for (let at = 0; at < 60_000; at++) {
    const number = random.int(1, 6);
    counts[number - 1] = (counts[number - 1] ?? 0) + 1;
  }
  // χ² with 5 degrees of freedom passes 25 once in ten thousand.
  expect(counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0)).toBeLessThan(25);
});

test('numbers lie in [0, 1), their mean near a half, neighbours unrelated', () => {
  const random = randomFrom('uniform');
  const numbers = Array.from({ length: 50_000 }, () => random.next());
  expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
  const mean = numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
  expect(Math.abs(mean - 0.5)).toBeLessThan(0.006);
  const related =
    numbers.slice(1).reduce((sum, number, at) => sum + (number - 0.5) * ((numbers[at] ?? 0) - 0.5), 0) /
    numbers.length;
  expect(Math.abs(related) * 12).toBeLessThan(0.02);
});

test('similar seeds start far apart', () => {
  const starts = Array.from({ length: 1000 }, (_, at) => randomFrom(`child-${at}`).next());
  expect(new Set(starts).size).toBe(1000);
  expect(Math.abs(starts.reduce((sum, number) => sum + number, 0) / 1000 - 0.5)).toBeLessThan(0.04);
});

test('a shuffle keeps all, changes nothing given, and puts each anywhere', () => {
  const random = randomFrom('shuffle');
  const list = [1, 2, 3, 4] as const;
  const firsts = new Map<number, number>();
  for (let at = 0; at < 4000; at++) {
    const shuffled = random.shuffle(list);
    expect(shuffled.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4]);
    firsts.set(shuffled[0] ?? 0, (firsts.get(shuffled[0] ?? 0) ?? 0) + 1);
  }
  expect(list).toEqual([1, 2, 3, 4]);
  for (const count of firsts.values()) expect(Math.abs(count - 1000)).toBeLessThan(120);
  expect(random.shuffle([])).toEqual([]);
});

test('picks and chances', () => {
  const random = randomFrom('pick');
  expect(new Set(Array.from({ length: 100 }, () => random.pick(['a', 'b', 'c'])))).toEqual(
    new Set(['a', 'b', 'c']),
  );
  expect(() => random.pick([])).toThrow(RangeError);
  expect(() => random.int(2, 1)).toThrow(RangeError);
  expect(() => random.int(0, 0.5)).toThrow(RangeError);
  expect(random.int(7, 7)).toBe(7);
  const hits = Array.from({ length: 10_000 }, () => random.chance(0.2)).filter(Boolean).length;
  expect(Math.abs(hits - 2000)).toBeLessThan(160);
  expect([random.chance(0), random.chance(1)]).toEqual([false, true]);
});
