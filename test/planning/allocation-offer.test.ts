import { describe, expect, test } from 'vitest';
import { offerFor, type Entry } from '../../src/planning/allocation/offer.ts';

const entry = (child: string, score: number, from: string, to: string, bypasses = 0): Entry => ({
  child,
  score: [score],
  pattern: { mon: [from, to] },
  bypasses,
});

/** Freed are 08:00–13:00; the afternoon is full. */
const group = { free: { mon: [[16, 26, 1]] as [number, number, number][] } };
const freed = { mon: [16, 26] as const };
const full = entry('full', 9, '08:00', '18:00');
const short = entry('short', 5, '08:00', '13:00');

describe('a freed place', () => {
  test('goes to the best-ranked whose whole pattern fits; who is passed over is told why', () => {
    const lower = entry('lower', 1, '08:00', '12:00');
    expect(offerFor(group, freed, [lower, short, full])).toEqual({
      child: 'short',
      passedOver: [
        {
          child: 'full',
          full: Array.from({ length: 10 }, (_, at) => ['mon', 26 + at]),
          reserved: [],
          bypasses: 1,
          keeps: false,
        },
      ],
    });
  });

  test('a tie goes by id', () => {
    expect(
      offerFor(group, freed, [
        { ...short, child: 'b' },
        { ...short, child: 'a' },
      ]).child,
    ).toBe('a');
  });

  test('nobody fits: nobody is bypassed', () => {
    const { child, passedOver } = offerFor(group, freed, [full]);
    expect(child).toBeNull();
    expect(passedOver).toMatchObject([{ child: 'full', bypasses: 0 }]);
  });

  test('hours that it does not need bypass nobody', () => {
    const afternoon = entry('afternoon', 9, '13:00', '18:00');
    expect(offerFor(group, freed, [afternoon, short]).passedOver).toMatchObject([
      { child: 'afternoon', bypasses: 0 },
    ]);
  });

  test('after enough bypasses the free half-hours are kept, so that nobody starves behind short patterns', () => {
    const offer = (bypasses: number) =>
      offerFor(group, freed, [{ ...full, bypasses }, short], { reserveAfter: 3 });
    expect(offer(2)).toMatchObject({
      child: 'short',
      passedOver: [{ child: 'full', bypasses: 3, keeps: false }],
    });
    expect(offer(3)).toMatchObject({
      child: null,
      passedOver: [
        { child: 'full', bypasses: 3, keeps: true },
        { child: 'short', full: [], bypasses: 0 },
      ],
    });
  });

  test('a second place beside the kept one is offered', () => {
    const two = { free: { mon: [[16, 26, 2]] as [number, number, number][] } };
    expect(offerFor(two, freed, [{ ...full, bypasses: 9 }, short], { reserveAfter: 3 }).child).toBe('short');
  });
});
