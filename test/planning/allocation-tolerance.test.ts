import { describe, expect, test } from 'vitest';
import { randomFrom, type Random } from '../../src/domain/random.ts';
import { formatTime } from '../../src/domain/slots.ts';
import { offerFor, type Entry, type Offer } from '../../src/planning/allocation/offer.ts';

type Stay = readonly [from: number, to: number];
type Free = Record<string, [number, number, number][]>;

interface Wish {
  readonly child?: string;
  readonly score?: number;
  /** By day; days that begin with the same letters are of one kind: mo1 and mo2. */
  readonly stays: Readonly<Record<string, Stay>>;
  readonly tolerance?: { readonly earlier: number; readonly later: number } | undefined;
  readonly least?: number | null;
  readonly bypasses?: number;
  readonly own?: Readonly<Record<string, Stay>>;
  readonly barred?: readonly (readonly [string, number])[];
}

const kindOf = (day: string) => day.slice(0, 2);
const times = (stays: Readonly<Record<string, Stay>>) =>
  Object.fromEntries(
    Object.entries(stays).map(([day, [from, to]]) => [day, [formatTime(from), formatTime(to)]]),
  ) as Entry['pattern'];

function entryOf({
  child = 'a',
  score = 1,
  stays,
  tolerance,
  least = null,
  bypasses = 0,
  ...more
}: Wish): Entry {
  const isBarred = (day: string, at: number) =>
    more.barred?.some(([name, halfHour]) => name === day && halfHour === at) ?? false;
  const kinds = Object.fromEntries(Object.keys(stays).map((day) => [day, kindOf(day)]));
  const barred = more.barred?.filter(([day, at]) => {
    const stay = stays[day];
    return stay !== undefined && at >= stay[0] && at < stay[1];
  });
  return {
    child,
    score: [score],
    pattern: times(stays),
    bypasses,
    ...(more.own && { own: times(more.own) }),
    ...(barred && { barred }),
    ...(tolerance && { tolerated: { ...tolerance, kinds, least, isBarred } }),
  };
}

const given = ({ child, instead }: Offer) =>
  child === null
    ? null
    : { child, ...(instead && { whole: instead.whole, stays: Object.fromEntries(instead.stays) }) };

const MON: Wish['stays'] = { mo1: [16, 32], mo2: [16, 32] };
const both = (...runs: [number, number, number][]): Free => ({ mo1: runs, mo2: runs });
const either = { earlier: 2, later: 2 };

describe('hours that a family tolerates', () => {
  test.each<[string, Wish, Free, unknown]>([
    ['an exact fit is exact', { stays: MON, tolerance: either }, both([14, 36, 1]), { child: 'a' }],
    ['nothing said: nothing is shifted', { stays: MON }, both([17, 36, 1]), null],
    [
      'later by half an hour',
      { stays: MON, tolerance: either },
      both([17, 36, 1]),
      { child: 'a', whole: true, stays: { mo: [17, 33] } },
    ],
    [
      'the least change comes first',
      { stays: MON, tolerance: either },
      both([14, 31, 1]),
      { child: 'a', whole: true, stays: { mo: [15, 31] } },
    ],
    ['not more than it says', { stays: MON, tolerance: { earlier: 2, later: 1 } }, both([18, 40, 1]), null],
    [
      'every day of the kind must have room',
      { stays: MON, tolerance: either },
      { mo1: [[17, 40, 1]], mo2: [[14, 31, 1]] },
      null,
    ],
    [
      'each kind of day by itself',
      { stays: { ...MON, tu1: [16, 32] }, tolerance: either },
      { ...both([17, 33, 1]), tu1: [[16, 32, 1]] },
      { child: 'a', whole: true, stays: { mo: [17, 33], tu: [16, 32] } },
    ],
    [
      'shorter is not tolerated unless it is enough',
      { stays: MON, tolerance: either },
      both([16, 28, 1]),
      null,
    ],
    [
      'shorter when so much is enough',
      { stays: MON, tolerance: either, least: 12 },
      both([16, 28, 1]),
      { child: 'a', whole: false, stays: { mo: [16, 28] } },
    ],
    ['not when it is too little', { stays: MON, tolerance: either, least: 13 }, both([16, 28, 1]), null],
    [
      'a day is left out when the rest is enough',
      { stays: { ...MON, tu1: [16, 32] }, tolerance: either, least: 16 },
      { ...both([16, 32, 1]), tu1: [] },
      { child: 'a', whole: false, stays: { mo: [16, 32] } },
    ],
    [
      'all hours shifted rather than fewer hours nearer',
      { stays: { mo1: [16, 32] }, tolerance: either, least: 8 },
      { mo1: [[18, 34, 1]] },
      { child: 'a', whole: true, stays: { mo: [18, 34] } },
    ],
    [
      'without the staff or skill it needs',
      { stays: MON, tolerance: either, barred: [['mo2', 20]] },
      both([17, 36, 1]),
      null,
    ],
    [
      'its own hours are free for it',
      { stays: MON, tolerance: either, own: { mo1: [17, 25] } },
      { mo1: [[25, 36, 1]], mo2: [[17, 36, 1]] },
      { child: 'a', whole: true, stays: { mo: [17, 33] } },
    ],
    [
      'what it has already is no offer',
      { stays: MON, tolerance: either, own: { mo1: [17, 33], mo2: [17, 33] } },
      both([33, 36, 1]),
      null,
    ],
  ])('%s', (_, wish, free, expected) => {
    expect(given(offerFor({ free }, {}, [entryOf(wish)]))).toEqual(expected);
  });

  test('the order of ranks stays: tolerated hours above go before an exact fit below', () => {
    const above = entryOf({ child: 'above', score: 9, stays: MON, tolerance: either });
    const below = entryOf({ child: 'below', score: 1, stays: { mo1: [17, 33], mo2: [17, 33] } });
    const free = both([17, 36, 1]);
    expect(offerFor({ free }, {}, [below, above]).child).toBe('above');
    const exact = entryOf({ child: 'above', score: 9, stays: MON });
    expect(offerFor({ free }, {}, [below, exact]).child).toBe('below');
  });

  test('hours that are kept for an entry ranked above are not tolerated away from it', () => {
    const starved = entryOf({ child: 'starved', score: 9, stays: { mo1: [16, 36] }, bypasses: 5 });
    const tolerant = entryOf({ child: 'tolerant', stays: { mo1: [16, 30] }, tolerance: either });
    const free = (places: number): Free => ({ mo1: [[17, 36, places]] });
    const offer = (places: number) =>
      offerFor({ free: free(places) }, {}, [starved, tolerant], { reserveAfter: 5 });
    expect(given(offer(1))).toBeNull();
    expect(given(offer(2))).toMatchObject({ child: 'tolerant', stays: { mo: [17, 31] } });
  });
});

/** A tiny group and queue: two kinds of two days each, a handful of half-hours with places or none. */
function tinyQueue(random: Random) {
  const days = ['mo1', 'mo2', 'tu1', 'tu2'];
  const free: Free = {};
  for (const day of days) {
    const hole = random.int(16, 36);
    free[day] = [];
    for (let at = 14; at < 38; at++)
      free[day].push([at, at + 1, at === hole && random.int(0, 2) > 0 ? 0 : random.int(0, 14) === 0 ? 0 : 1]);
  }
  const wishes = Array.from({ length: random.int(1, 3) }, (_, at): Wish => {
    const kinds = random.int(0, 2) === 0 ? ['mo', 'tu'] : [random.int(0, 1) === 0 ? 'mo' : 'tu'];
    const by = new Map(
      kinds.map((kind) => {
        const from = random.int(14, 24);
        return [kind, [from, from + random.int(8, 13)] as Stay];
      }),
    );
    const named = days.filter((day) => by.has(kindOf(day)));
    const all = [...by.values()].reduce((sum, [from, to]) => sum + to - from, 0);
    const ownDay = random.int(0, 3) === 0 ? named[0] : undefined;
    return {
      child: `c${at}`,
      score: random.int(1, 3),
      stays: Object.fromEntries(named.map((day) => [day, by.get(kindOf(day))!])),
      tolerance: random.int(0, 4) === 0 ? undefined : { earlier: random.int(0, 4), later: random.int(0, 4) },
      least: random.int(0, 1) === 0 ? null : random.int(8, all),
      barred: random.int(0, 3) === 0 ? [[named[0]!, random.int(14, 36)]] : [],
      ...(ownDay !== undefined && { own: { [ownDay]: [random.int(14, 18), random.int(24, 34)] as Stay } }),
    };
  });
  return { free, wishes };
}

/** All that may be offered of one kind of day, by trying every stretch of half-hours; undefined is: left out. */
function* everyStay(
  [from, to]: Stay,
  { earlier, later }: NonNullable<Wish['tolerance']>,
): Generator<[Stay, number]> {
  for (let first = 0; first < 48; first++)
    for (let last = first + 1; last <= 48; last++) {
      if (first < from - earlier || last > to + later) continue;
      const change = Math.abs(first - from);
      const shifted = last - first === to - from && change <= 4;
      const less = to - from - (last - first);
      const shortened =
        first >= from && last <= to && less > 0 && less <= 4 && last - first >= Math.min(8, to - from);
      if (shifted) yield [[first, last], change];
      else if (shortened) yield [[first, last], less];
    }
}

describe('tiny queues against brute force', () => {
  test('exact first, then all hours shifted the least, then enough of them; always free and tolerated (4,000)', () => {
    const random = randomFrom('tolerance');
    const seen = { exact: 0, whole: 0, part: 0, none: 0 };
    for (let round = 0; round < 4000; round++) {
      const { free, wishes } = tinyQueue(random);
      const what = JSON.stringify({ free, wishes });
      const placesAt = (day: string, at: number) => free[day]!.find(([from]) => from === at)?.[2] ?? 0;
      const isFree = (wish: Wish, day: string, [from, to]: Stay) => {
        for (let at = from; at < to; at++) {
          const own = wish.own?.[day];
          if (wish.barred!.some(([name, halfHour]) => name === day && halfHour === at)) return false;
          if (!(own && at >= own[0] && at < own[1]) && placesAt(day, at) < 1) return false;
        }
        return true;
      };
      /** The least change of each kind, and whether it is a shift; by looking at every possible stretch. */
      const best = (wish: Wish, wholeOnly: boolean) =>
        [...new Set(Object.keys(wish.stays).map(kindOf))].map((kind) => {
          const days = Object.keys(wish.stays).filter((day) => kindOf(day) === kind);
          const stay = wish.stays[days[0]!]!;
          const fitting = [...everyStay(stay, wish.tolerance!)].filter(
            ([[from, to]]) =>
              days.every((day) => isFree(wish, day, [from, to])) &&
              (!wholeOnly || to - from === stay[1] - stay[0]),
          );
          const least = Math.min(...fitting.map(([, change]) => change));
          return {
            kind,
            days,
            stay,
            least,
            ways: fitting.filter(([, change]) => change === least).map(([way]) => way),
          };
        });
      const hasAll = (wish: Wish, ways: ReadonlyMap<string, Stay>) =>
        Object.keys(wish.stays).every((day) => {
          const [way, own] = [ways.get(kindOf(day)), wish.own?.[day]];
          return !way || (own !== undefined && own[0] <= way[0] && own[1] >= way[1]);
        });

      const answer = offerFor({ free }, {}, random.shuffle(wishes.map(entryOf)));
      const ranked = wishes.toSorted((a, b) => b.score! - a.score! || (a.child! < b.child! ? -1 : 1));
      for (const wish of ranked) {
        const mine = answer.child === wish.child;
        const exact = Object.entries(wish.stays).every(([day, stay]) => isFree(wish, day, stay));
        if (exact) {
          seen.exact += 1;
          expect([mine, answer.instead], what).toEqual([true, undefined]);
          break;
        }
        if (mine) {
          const { stays, whole } = answer.instead!;
          expect(wish.tolerance, what).toBeDefined();
          for (const [kind, way] of stays) {
            const { days, ways } = best(wish, whole).find((each) => each.kind === kind)!;
            expect(ways, what).toContainEqual(way);
            for (const day of days) expect(isFree(wish, day, way), what).toBe(true);
          }
          const left = best(wish, whole).filter(({ kind }) => !stays.has(kind));
          for (const { least } of left) expect(least, what).toBe(Infinity);
          if (whole) expect(left, what).toEqual([]);
          else {
            expect(
              best(wish, true).some(({ least }) => least === Infinity),
              what,
            ).toBe(true);
            const sum = [...stays.values()].reduce((total, [from, to]) => total + to - from, 0);
            expect(wish.least !== null && sum >= wish.least!, what).toBe(true);
          }
          seen[whole ? 'whole' : 'part'] += 1;
          break;
        }
        // Passed over: nothing it tolerates fits, or it has all of that already.
        if (wish.tolerance) {
          const shifts = best(wish, true);
          const isWhole = shifts.every(({ least }) => least !== Infinity);
          const chosen = (isWhole ? shifts : best(wish, false)).filter(({ least }) => least !== Infinity);
          const sum = chosen.reduce((total, { ways: [way] }) => total + way![1] - way![0], 0);
          const enough = isWhole || (wish.least !== null && sum >= wish.least! && chosen.length > 0);
          if (enough)
            expect(
              chosen.every(({ kind, ways }) =>
                ways.some(
                  (way) =>
                    hasAll(wish, new Map([[kind, way]])) ||
                    hasAll(wish, new Map(chosen.map((each) => [each.kind, each.ways[0]!]))),
                ),
              ),
              what,
            ).toBe(true);
        }
        seen.none += 1;
      }
      // The same answer for any order of the entries.
      expect(JSON.stringify(given(offerFor({ free }, {}, wishes.map(entryOf)))), what).toBe(
        JSON.stringify(given(answer)),
      );
    }
    for (const count of Object.values(seen)) expect(count, JSON.stringify(seen)).toBeGreaterThan(100);
  });
});
