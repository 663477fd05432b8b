import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, datesBetween, plainDate, weekdayOf } from '../../src/domain/calendar.ts';
import { occupancyOf, periodsBetween } from '../../src/domain/occupancy.ts';

describe('occupancy', () => {
  test.each([
    [1, 20_000, 0.0001],
    [1, 20_001, 0],
    [9_999, 20_000, 0.5],
    [1, 3, 0.3333],
    [2, 3, 0.6667],
    [30, 30, 1],
    [45, 30, 1.5],
    [0, 30, 0],
    [123_456_789_123, 987_654_321_987, 0.125],
  ])('%i booked of %i minutes is %f', (booked, place, occupancy) => {
    expect(occupancyOf(booked, place)).toBe(occupancy);
  });

  test('nothing open has no occupancy', () => {
    expect(occupancyOf(0, 0)).toBeNull();
    expect(occupancyOf(30, 0)).toBeNull();
  });

  test('the nearest ten-thousandth, and of two equally near the upper', () => {
    const minutes = fc.integer({ min: 1, max: 10 ** 9 });
    fc.assert(
      fc.property(minutes, minutes, (booked, place) => {
        const tenThousandths = BigInt(Math.round(occupancyOf(booked, place)! * 10_000));
        const distance = 2n * (tenThousandths * BigInt(place) - BigInt(booked) * 10_000n);
        expect(distance > -BigInt(place) && distance <= BigInt(place)).toBe(true);
      }),
    );
  });
});

describe('periods', () => {
  test('weeks start on Monday; the first and last are clipped', () => {
    expect(periodsBetween(plainDate('2027-02-03'), plainDate('2027-02-16'), 'week')).toEqual([
      { from: '2027-02-03', to: '2027-02-07' },
      { from: '2027-02-08', to: '2027-02-14' },
      { from: '2027-02-15', to: '2027-02-16' },
    ]);
    expect(periodsBetween(plainDate('2027-01-31'), plainDate('2027-03-01'), 'month')).toEqual([
      { from: '2027-01-31', to: '2027-01-31' },
      { from: '2027-02-01', to: '2027-02-28' },
      { from: '2027-03-01', to: '2027-03-01' },
    ]);
    expect(periodsBetween(plainDate('2027-02-02'), plainDate('2027-02-01'), 'day')).toEqual([]);
  });

  test('every day is in exactly one period, in order', () => {
    const first = plainDate('2026-12-20');
    fc.assert(
      fc.property(
        fc.nat(40),
        fc.nat(400),
        fc.constantFrom('day' as const, 'week' as const, 'month' as const),
        (skip, days, by) => {
          const [from, to] = [addDays(first, skip), addDays(first, skip + days)];
          const periods = periodsBetween(from, to, by);
          expect(periods.flatMap((period) => datesBetween(period.from, period.to))).toEqual(
            datesBetween(from, to),
          );
          for (const period of periods.slice(1)) {
            if (by === 'week') expect(weekdayOf(period.from)).toBe('mon');
            if (by === 'month') expect(period.from.endsWith('-01')).toBe(true);
          }
        },
      ),
    );
  });
});
