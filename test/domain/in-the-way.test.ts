import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inTheWay, type BookedClaim } from '../../src/domain/in-the-way.ts';
import type { Opening } from '../../src/domain/opening.ts';

const open = (room: number, opensAt = 16, closesAt = 37): Opening => ({
  room,
  opensAt,
  closesAt,
  closedReason: null,
});
const CLOSED: Opening = { room: 8, opensAt: null, closesAt: null, closedReason: 'closure' };
const BEFORE = open(8);

/** Bookings in the order of booking, as [from, to, what else]. */
function bookings(...stays: [number, number, Partial<BookedClaim>?][]): BookedClaim[] {
  return stays.map(([from, to, rest], at) => {
    const bookedAt = `2027-01-0${at + 1}`;
    return { id: at + 1, from, to, releasedFrom: null, bookedAt, arrived: false, ...rest };
  });
}

type Case = [string, Opening, BookedClaim[], number, 'whole' | 'rest', Record<number, number>];

test.each<Case>([
  ['outside the new hours goes whole', open(8, 16, 33), bookings([16, 33], [17, 34]), 0, 'whole', { 2: 17 }],
  ['outside, the rest only', open(8, 16, 33), bookings([16, 33], [17, 34]), 0, 'rest', { 2: 33 }],
  ['opening later', open(8, 18, 37), bookings([16, 33], [18, 34]), 0, 'whole', { 1: 16 }],
  ['closed', CLOSED, bookings([16, 33], [17, 34]), 0, 'rest', { 1: 16, 2: 17 }],
  [
    'too many: the latest booked goes',
    open(2),
    bookings([16, 25], [16, 25], [16, 25]),
    0,
    'whole',
    { 3: 16 },
  ],
  [
    'as many as needed, not the latest at any price',
    open(1),
    bookings([24, 33], [20, 29], [16, 24]),
    0,
    'whole',
    { 2: 20 },
  ],
  [
    'the time of booking decides, not the id',
    open(1),
    bookings([16, 25], [16, 25, { bookedAt: '2026-12-31' }]),
    0,
    'whole',
    { 1: 16 },
  ],
  [
    'the id decides among equals',
    open(1),
    bookings([16, 25, { bookedAt: 'x' }], [16, 25, { bookedAt: 'x' }]),
    0,
    'whole',
    { 2: 16 },
  ],
  [
    'a child who is here keeps its place',
    open(1),
    bookings([16, 25], [16, 25, { arrived: true }]),
    17,
    'whole',
    { 1: 17 },
  ],
  [
    'a child who is here stays until closing',
    open(8, 16, 33),
    bookings([16, 35, { arrived: true }]),
    20,
    'whole',
    { 1: 33 },
  ],
  [
    'a begun stay without arrival goes from now on',
    open(8, 16, 33),
    bookings([16, 35]),
    20,
    'whole',
    { 1: 20 },
  ],
  [
    'what was released is not in the way',
    open(8, 16, 33),
    bookings([16, 35, { releasedFrom: 33 }], [17, 35, { releasedFrom: 17 }]),
    0,
    'whole',
    {},
  ],
  [
    'what is over is not in the way',
    { ...CLOSED, opensAt: 16, closesAt: 26 },
    bookings([16, 26]),
    26,
    'rest',
    {},
  ],
])('%s', (_, after, claims, current, cut, expected) => {
  const found = inTheWay(BEFORE, after, { bookings: claims.toReversed(), holds: [] }, current, cut);
  expect(Object.fromEntries(found.cuts.map((each) => [each.booking.id, each.releasedFrom]))).toEqual(
    expected,
  );
});

test('elapsed half-hours that the change would take away make it come too late', () => {
  const elapsed = (after: Opening, current: number, ...stays: Parameters<typeof bookings>) =>
    inTheWay(BEFORE, after, { bookings: bookings(...stays), holds: [] }, current, 'whole').elapsed;
  expect(elapsed(open(8, 20, 37), 20, [16, 25])).toBe(true);
  expect(elapsed(open(8, 20, 37), 16, [16, 25])).toBe(false);
  expect(elapsed(open(1), 20, [16, 24], [16, 25])).toBe(true);
  expect(elapsed(open(1), 20, [16, 24], [20, 28])).toBe(false);
  expect(elapsed(open(8, 16, 33), 20, [16, 25])).toBe(false);
});

test('held places come last and go whole', () => {
  const holds = [
    { id: 1, from: 16, to: 20 },
    { id: 2, from: 16, to: 20 },
    { id: 3, from: 30, to: 37 },
  ];
  const found = inTheWay(BEFORE, open(2, 16, 36), { bookings: bookings([16, 25]), holds }, 0, 'whole');
  expect(found.cuts).toEqual([]);
  expect(found.holds.map((hold) => hold.id)).toEqual([2, 3]);
});

const anyBooking = fc
  .record({
    from: fc.integer({ min: 16, max: 28 }),
    length: fc.integer({ min: 8, max: 9 }),
    bookedAt: fc.constantFrom('a', 'b', 'c'),
  })
  .map(({ from, length, bookedAt }) => ({
    from,
    to: from + length,
    releasedFrom: null,
    bookedAt,
    arrived: false,
  }));

test('whatever the bookings: what stays fits, and nothing that goes would still have fitted', () => {
  fc.assert(
    fc.property(fc.array(anyBooking, { maxLength: 9 }), fc.integer({ min: 0, max: 5 }), (stays, room) => {
      const all = stays.map((stay, at) => ({ ...stay, id: at + 1 }));
      const gone = new Set(
        inTheWay(open(9), open(room), { bookings: all, holds: [] }, 0, 'whole').cuts.map(
          (each) => each.booking,
        ),
      );
      const heads = (at: number) =>
        all.filter((each) => !gone.has(each) && each.from <= at && at < each.to).length;
      for (let at = 16; at < 37; at++) if (heads(at) > room) return false;
      return [...gone].every((each) => {
        for (let at = each.from; at < each.to; at++) if (heads(at) >= room) return true;
        return false;
      });
    }),
  );
});
