import { expect, test } from 'vitest';
import { bandsOf, freeTimeIn } from '../../src/domain/free-hours.ts';
import type { GroupDay } from '../../src/domain/places.ts';

const all = (value: number) => Array.from({ length: 48 }, () => value);

function day(opensAt: number | null, closesAt: number | null, booked: number): GroupDay {
  return {
    room: 8,
    opensAt,
    closesAt,
    booked: all(booked),
    held: all(0),
    load: all(booked * 100),
    capacity: null,
    skillsOnDuty: null,
  };
}

test('a day is cut into stretches of two hours on even hours', () => {
  expect(bandsOf({ from: 17, to: 37 })).toEqual([
    { from: 16, to: 20 },
    { from: 20, to: 24 },
    { from: 24, to: 28 },
    { from: 28, to: 32 },
    { from: 32, to: 36 },
    { from: 36, to: 40 },
  ]);
});

test('free and all place-minutes: only while open, never below nothing, nothing on a closed day', () => {
  const days = [day(17, 37, 3), day(16, 37, 9), day(null, null, 0)];
  expect(freeTimeIn(days, { from: 16, to: 20 })).toEqual({
    freeMinutes: 3 * 5 * 30,
    placeMinutes: 7 * 8 * 30,
  });
  expect(freeTimeIn(days, { from: 36, to: 40 })).toEqual({ freeMinutes: 5 * 30, placeMinutes: 2 * 8 * 30 });
});
