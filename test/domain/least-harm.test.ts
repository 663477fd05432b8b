import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  compareHarm,
  cutOf,
  deficitOf,
  harmOf,
  keepable,
  leastHarm,
  type CuttableStay,
  type Harm,
  type ShortDay,
} from '../../src/domain/least-harm.ts';
import { HALF_HOURS, type Slot } from '../../src/domain/slots.ts';

let numbers = 0;
const stay = (from: number, to: number, options: Partial<CuttableStay> = {}): CuttableStay => {
  const id = ++numbers;
  return {
    bookingId: id,
    childId: id,
    from,
    to,
    weight: 100,
    withoutSkill: [],
    needed: undefined,
    cutsBefore: 0,
    arrived: false,
    ...options,
  };
};

/** Staff for `before` children, and for fewer between two half-hours. */
const capacity = (most: number, from: number, to: number, fewer: number): number[] =>
  Array.from({ length: HALF_HOURS }, (_, at) => (at >= from && at < to ? fewer : most) * 100);

const works = (from: number, to: number) => ({ needed: { from: from * 30, to: to * 30 } });

describe('the least harm', () => {
  test('is nothing where staff suffice', () => {
    const found = leastHarm({ stays: [stay(16, 34)], capacity: capacity(1, 0, 0, 0), open: 0 });
    expect(found).toEqual({ cuts: [], harm: [0, 0, 0, 0, 0], left: [], proved: true });
  });

  test('shortens a stay at its end rather than cancelling one, and keeps the shortest stay', () => {
    const [long, half] = [stay(16, 34), stay(16, 24)];
    const { cuts } = leastHarm({ stays: [long, half], capacity: capacity(2, 30, 34, 0), open: 0 });
    expect(cuts).toEqual([
      expect.objectContaining({ bookingId: long.bookingId, kept: { from: 16, to: 30 }, lostMinutes: 120 }),
    ]);
    const late = stay(22, 34);
    const left = leastHarm({ stays: [late], capacity: capacity(1, 28, 30, 0), open: 0 }).cuts;
    // Six half-hours are left on one side and four on the other: less than four hours is no stay.
    expect(left).toEqual([expect.objectContaining({ kept: null, lostMinutes: 360 })]);
  });

  test('takes the hours of those who do not work then, whatever it costs in stay', () => {
    const working = stay(16, 34, works(16, 34));
    const home = stay(16, 24);
    const { cuts } = leastHarm({ stays: [working, home], capacity: capacity(2, 16, 18, 1), open: 0 });
    expect(cuts.map((cut) => cut.bookingId)).toEqual([home.bookingId]);
    expect(cuts[0]).toMatchObject({ lostWorkMinutes: 0, critical: false });
  });

  test('cuts nobody twice while an equal family has none, and a working family only after those', () => {
    const [again, fresh] = [stay(16, 30, { cutsBefore: 1 }), stay(16, 30)];
    const day = { capacity: capacity(2, 16, 20, 1), open: 0 };
    expect(leastHarm({ ...day, stays: [again, fresh] }).cuts[0]?.bookingId).toBe(fresh.bookingId);
    // Cut twice, yet nobody there works: the family that works at these hours comes last.
    const working = stay(16, 30, works(22, 28));
    expect(leastHarm({ ...day, stays: [again, working] }).cuts[0]?.bookingId).toBe(again.bookingId);
  });

  test('sends nobody home without a skill on duty but the children who need it', () => {
    const [nurse, other] = [stay(16, 30, { withoutSkill: [26, 27, 28, 29] }), stay(16, 30)];
    const { cuts } = leastHarm({ stays: [nurse, other], capacity: capacity(2, 0, 0, 0), open: 0 });
    expect(cuts).toEqual([
      expect.objectContaining({ bookingId: nurse.bookingId, kept: { from: 16, to: 26 } }),
    ]);
  });

  test('keeps what has elapsed, and a child who is there for the shortest stay: what is left is told', () => {
    const here = stay(16, 34, { arrived: true });
    const found = leastHarm({ stays: [here], capacity: capacity(1, 20, 34, 0), open: 20 });
    expect(found.cuts).toEqual([expect.objectContaining({ kept: { from: 16, to: 24 } })]);
    expect(found.left).toEqual([20, 21, 22, 23]);
    const absent = { ...here, arrived: false };
    expect(leastHarm({ stays: [absent], capacity: capacity(1, 26, 34, 0), open: 20 }).cuts).toEqual([
      expect.objectContaining({ kept: { from: 16, to: 26 } }),
    ]);
  });

  test('a full group for a whole day is solved and proved within a moment', () => {
    const stays = Array.from({ length: 10 }, (_, number) =>
      stay(16 + (number % 3), 34 - (number % 2), number % 2 ? works(17, 33) : { cutsBefore: number % 3 }),
    );
    const started = process.hrtime.bigint();
    const found = leastHarm({ stays, capacity: capacity(10, 16, 34, 7), open: 0 });
    expect(found.harm.slice(0, 2)).toEqual([0, 0]);
    expect(found.cuts).toHaveLength(3);
    expect(Number(process.hrtime.bigint() - started) / 1e6).toBeLessThan(2000);
  });
});

/** Every way to cut every stay, tried out. */
function oracle(day: ShortDay): { left: number; harm: Harm } {
  const { stays, open, capacity: most } = day;
  let best: { left: number; harm: Harm } | undefined;
  const visit = (at: number, kept: readonly (Slot | null)[]) => {
    if (at === stays.length) {
      const here = (half: number) =>
        stays.filter((_, n) => kept[n] && kept[n].from <= half && half < kept[n].to);
      let left = 0;
      for (let half = open; half < HALF_HOURS; half++) {
        const present = here(half);
        left += Math.max(0, present.reduce((sum, { weight }) => sum + weight, 0) - (most[half] ?? 0));
        left += present.filter((each) => each.withoutSkill.includes(half)).length * 100_000;
      }
      const harm = stays.reduce<Harm>(
        (sum, each, n) => {
          const own = kept[n]!;
          if (own && own.from === each.from && own.to === each.to) return sum;
          return harmOf(cutOf(each, own)).map((value, place) => value + sum[place]!) as unknown as Harm;
        },
        [0, 0, 0, 0, 0],
      );
      if (!best || left < best.left || (left === best.left && compareHarm(harm, best.harm) < 0))
        best = { left, harm };
      return;
    }
    const each = stays[at]!;
    if (keepable(each, null, open)) visit(at + 1, [...kept, null]);
    for (let from = each.from; from < each.to; from++)
      for (let to = from + 1; to <= each.to; to++)
        if (keepable(each, { from, to }, open)) visit(at + 1, [...kept, { from, to }]);
  };
  visit(0, []);
  return best!;
}

const stays = fc.array(
  fc
    .record({
      from: fc.integer({ min: 16, max: 20 }),
      length: fc.integer({ min: 8, max: 12 }),
      weight: fc.constantFrom(100, 100, 150, 200),
      cutsBefore: fc.constantFrom(0, 0, 0, 1, 2),
      needed: fc.option(
        fc.record({ from: fc.integer({ min: 15, max: 22 }), hours: fc.integer({ min: 1, max: 10 }) }),
        { freq: 1 },
      ),
      arrived: fc.constantFrom(false, false, true),
      skill: fc.option(fc.integer({ min: 16, max: 30 }), { freq: 1 }),
    })
    .map(({ from, length, weight, cutsBefore, needed, arrived, skill }) =>
      stay(from, from + length, {
        weight,
        cutsBefore,
        arrived,
        withoutSkill: skill === null || skill < from || skill >= from + length ? [] : [skill],
        ...(needed && { needed: { from: needed.from * 30, to: (needed.from + needed.hours) * 30 } }),
      }),
    ),
  { minLength: 1, maxLength: 3 },
);

/** Staff by half-hour from 08:00: any curve, or enough with one or two gaps in it. */
const gap = fc.record({
  at: fc.integer({ min: 0, max: 12 }),
  wide: fc.integer({ min: 1, max: 4 }),
  fewer: fc.integer({ min: 0, max: 2 }),
});
const levels = fc.oneof(
  fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 16, maxLength: 16 }),
  fc
    .array(gap, { minLength: 1, maxLength: 2 })
    .map((gaps) =>
      Array.from({ length: 16 }, (_, at) =>
        Math.min(
          6,
          ...gaps.filter((each) => at >= each.at && at < each.at + each.wide).map((each) => each.fewer),
        ),
      ),
    ),
);

test('small days are solved exactly: no way to cut is better than the one found', () => {
  fc.assert(
    fc.property(stays, levels, fc.constantFrom(0, 0, 0, 17, 19), (given, staffed, open) => {
      const most = Array.from({ length: HALF_HOURS }, (_, at) => (staffed[at - 16] ?? 6) * 100);
      // Whoever has come is there by now.
      const day: ShortDay = {
        stays: given.map((each) => ({ ...each, arrived: each.arrived && each.from < open })),
        capacity: most,
        open,
      };
      const found = leastHarm(day);
      expect(found.proved).toBe(true);
      const cut = new Map(found.cuts.map((each) => [each.bookingId, each.kept]));
      const after = day.stays.flatMap((each) => {
        const kept = cut.has(each.bookingId) ? cut.get(each.bookingId)! : each;
        expect(keepable(each, kept && { from: kept.from, to: kept.to }, open)).toBe(true);
        return kept ? [{ ...each, from: kept.from, to: kept.to }] : [];
      });
      const skills = after.flatMap((each) =>
        each.withoutSkill.filter((half) => half >= open && half >= each.from && half < each.to),
      );
      const left =
        deficitOf({ ...day, stays: after }).reduce((sum, weight) => sum + weight, 0) +
        skills.length * 100_000;
      expect({ left, harm: found.harm }).toEqual(oracle(day));
    }),
    { numRuns: 400 },
  );
});
