import { describe, expect, test } from 'vitest';
import { randomFrom, type Random } from '../../src/domain/random.ts';
import { formatTime } from '../../src/domain/slots.ts';
import { offerFor, type Entry } from '../../src/planning/allocation/offer.ts';
import { longCycles } from './allocation-markets.ts';

type Stay = readonly [from: number, to: number];
type Free = Record<string, [number, number, number][]>;

/** A sibling in the small: every day by its stay, days of one kind begin with the same letter. */
interface Sibling {
  readonly child: string;
  readonly score: number;
  readonly stays: Readonly<Record<string, Stay>>;
  readonly tolerance?: { readonly earlier: number; readonly later: number } | undefined;
  readonly weight: number;
  readonly own: Readonly<Record<string, Stay>>;
  readonly barred: readonly (readonly [string, number])[];
  readonly withheld: readonly Readonly<Record<string, Stay>>[];
}

const kindOf = (day: string) => day[0]!;
const times = (stays: Readonly<Record<string, Stay>>) =>
  Object.fromEntries(
    Object.entries(stays).map(([day, [from, to]]) => [day, [formatTime(from), formatTime(to)]]),
  ) as Entry['pattern'];

const plain = { score: 1, weight: 100, own: {}, barred: [], withheld: [] };

function entryOf({ child, score, stays, tolerance, weight, own, barred, withheld }: Sibling): Entry {
  const isBarred = (day: string, at: number) => barred.some(([name, half]) => name === day && half === at);
  return {
    child,
    score: [score],
    pattern: times(stays),
    bypasses: 0,
    unit: 'family',
    weight,
    own: times(own),
    withheld: withheld.map((each) => ({ places: 1, stays: times(each) })),
    barred: barred.filter(([day, at]) => stays[day] && at >= stays[day][0] && at < stays[day][1]),
    ...(tolerance && {
      tolerated: {
        ...tolerance,
        least: null,
        kinds: Object.fromEntries(Object.keys(stays).map((day) => [day, kindOf(day)])),
        isBarred,
      },
    }),
  };
}

/** What each was given by kind of day, in the order of ranks; null when they are offered nothing. */
function given(
  free: Free,
  family: readonly Sibling[],
  staffAt?: (day: string, at: number) => number | undefined,
) {
  const {
    child,
    instead,
    together = [],
  } = offerFor({ free }, {}, family.map(entryOf), {
    ...(staffAt && { staffAt }),
  });
  if (child === null) return null;
  return [{ child, instead }, ...together].map((each) => ({
    child: each.child,
    stays: each.instead ? Object.fromEntries(each.instead.stays) : 'exact',
  }));
}

const room = (places: number): Free => ({ m1: [[14, 40, places]] });

describe('brothers and sisters at once', () => {
  test('the first moves out of the way of the second, who cannot', () => {
    const family = [
      {
        ...plain,
        child: 'a',
        score: 2,
        stays: { m1: [20, 28] as Stay },
        tolerance: { earlier: 4, later: 0 },
      },
      { ...plain, child: 'b', stays: { m1: [26, 34] as Stay } },
    ];
    expect(given(room(1), family)).toEqual([
      { child: 'a', stays: { m: [18, 26] } },
      { child: 'b', stays: 'exact' },
    ]);
  });

  test('the nearest of the first alone leaves no room: another shift of it does', () => {
    const either = { earlier: 2, later: 2 };
    const family = [
      { ...plain, child: 'a', score: 2, stays: { m1: [19, 27] as Stay }, tolerance: either },
      { ...plain, child: 'b', stays: { m1: [26, 34] as Stay } },
    ];
    // Alone the first would come half an hour earlier or later; only earlier lets both come.
    const free: Free = {
      m1: [
        [18, 19, 1],
        [19, 26, 1],
        [26, 40, 1],
      ],
    };
    expect(given(free, family)).toEqual([
      { child: 'a', stays: { m: [18, 26] } },
      { child: 'b', stays: 'exact' },
    ]);
  });

  test('staff for one is not staff for two, however many places', () => {
    const family = ['a', 'b'].map((child) => ({ ...plain, child, stays: { m1: [20, 28] as Stay } }));
    expect(given(room(4), family, () => 200)).toHaveLength(2);
    expect(given(room(4), family, () => 199)).toBeNull();
  });

  test('who is passed over is told what stands in the way of all of them, and does not starve', () => {
    const family = ['a', 'b'].map((child) => ({
      ...entryOf({ ...plain, child, score: 9, stays: { m1: [20, 28] } }),
      bypasses: 5,
    }));
    const alone: Entry = { child: 'z', score: [1], pattern: times({ m1: [20, 28] }), bypasses: 0 };
    const offer = offerFor({ free: room(1) }, { m1: [20, 28] }, [...family, alone], { reserveAfter: 6 });
    expect(offer.child).toBe('z');
    const full = Array.from({ length: 8 }, (_, at) => ['m1', 20 + at]);
    expect(offer.passedOver).toMatchObject([
      { child: 'a', full: [...full, ...full], bypasses: 6 },
      { child: 'b', full: [...full, ...full], bypasses: 6 },
    ]);
    expect(offerFor({ free: room(1) }, {}, [...family, alone], { reserveAfter: 5 }).child).toBeNull();
    expect(offerFor({ free: room(2) }, {}, [...family, alone], { reserveAfter: 5 })).toMatchObject({
      child: 'a',
      together: [{ child: 'b' }],
    });
  });

  test('a place that is withheld is none: another one is', () => {
    const stays = { m1: [20, 28] as Stay };
    const [one] = [{ ...plain, child: 'a', stays, withheld: [stays] }];
    const lonely = { ...entryOf(one), unit: undefined } as unknown as Entry;
    const offer = (places: number) => offerFor({ free: room(places) }, { m1: [20, 28] }, [lonely]);
    expect(offer(1).child).toBeNull();
    expect(offer(1).passedOver[0]).toMatchObject({ full: [], reserved: [] });
    expect(offer(1).passedOver[0]!.withheld).toHaveLength(8);
    expect(offer(2).child).toBe('a');
    // Nor is it kept for the one who may not have it.
    const next: Entry = { child: 'z', score: [0], pattern: times(stays), bypasses: 0 };
    const starving = { ...lonely, bypasses: 9 };
    expect(offerFor({ free: room(1) }, {}, [starving, next], { reserveAfter: 5 }).child).toBe('z');
  });

  // How fast is measured by the bench; looked at one by one, their ways to come would not end.
  test('four on long cycles of different lengths are answered', () => {
    const { free, family } = longCycles();
    const offer = offerFor({ free }, {}, family);
    expect(offer.child).toBeNull();
    expect(offer.passedOver.map(({ child }) => child)).toEqual(['c0', 'c1', 'c2', 'c3']);
  });
});

function tinyFamily(random: Random) {
  const kinds = random.int(0, 1) === 0 ? ['m'] : ['m', 't'];
  const days = kinds.flatMap((kind) => [`${kind}1`, `${kind}2`]);
  const size = kinds.length === 1 ? random.int(2, 4) : random.int(2, 3);
  const free: Free = {};
  const most = random.int(1, size);
  const far = kinds.length === 1 ? 4 : 2;
  for (const day of days)
    free[day] = Array.from({ length: 28 }, (_, at) => {
      const fewer = random.int(0, 11) === 0 ? 1 : 0;
      return [12 + at, 13 + at, most - (at < 3 || at > 22 ? fewer : 0)];
    });
  const staff: Record<string, number> = {};
  if (random.int(0, 2) === 0) staff[random.pick(days)] = random.int(1, size) * 100 + 50;
  const family = Array.from({ length: size }, (_, at): Sibling => {
    const start = new Map(kinds.map((kind) => [kind, random.int(15, 27)]));
    const stays = Object.fromEntries(
      days.map((day) => [day, [start.get(kindOf(day))!, start.get(kindOf(day))! + 8] as Stay]),
    );
    const [barredDay, ownDay] = [random.pick(days), random.pick(days)];
    return {
      child: `c${at}`,
      score: random.int(1, 3),
      stays,
      tolerance:
        random.int(0, 4) === 0 ? undefined : { earlier: random.int(0, far), later: random.int(0, far) },
      weight: random.pick([50, 100, 150]),
      own: random.int(0, 5) === 0 ? { [ownDay]: [random.int(12, 20), random.int(22, 30)] } : {},
      barred: random.int(0, 6) === 0 ? [[barredDay, random.int(13, 36)]] : [],
      withheld: random.int(0, 8) === 0 ? [{ [ownDay]: [random.int(12, 20), random.int(22, 30)] }] : [],
    };
  });
  return { free, staff, family, days };
}

const covers = (stay: Stay | undefined, at: number) => stay !== undefined && at >= stay[0] && at < stay[1];

/** Whether they all fit with these shifts, by counting heads and weights at every half-hour of every day. */
function allFit(
  { free, staff, family, days }: ReturnType<typeof tinyFamily>,
  shiftOf: (sibling: number, kind: string) => number,
): boolean {
  return days.every((day) => {
    for (let at = 0; at < 48; at++) {
      const there = family.filter((each, number) => {
        const by = shiftOf(number, kindOf(day));
        const [from, to] = each.stays[day]!;
        return covers([from + by, to + by], at);
      });
      if (there.some(({ barred }) => barred.some(([name, half]) => name === day && half === at)))
        return false;
      const taking = there.filter(({ own }) => !covers(own[day], at));
      if (taking.length === 0) continue;
      const withheld = Number(
        family.some((each) => each.stays[day] && each.withheld.some((stays) => covers(stays[day], at))),
      );
      const places = free[day]!.find(([from]) => from === at)?.[2] ?? 0;
      const weight = taking.reduce((sum, each) => sum + each.weight, 0);
      if (taking.length > places - withheld || weight > (staff[day] ?? Infinity)) return false;
    }
    return true;
  });
}

test('small families against brute force: they come whenever any shifts let them, with the least change (1,500)', () => {
  const random = randomFrom('together');
  const seen = { exact: 0, shifted: 0, none: 0 };
  for (let round = 0; round < 1500; round++) {
    const world = tinyFamily(random);
    const { free, staff, family } = world;
    const what = JSON.stringify(world);
    // In the order of ranks, as the engine's own word for equal changes goes.
    const ranked = family.toSorted((a, b) => b.score - a.score || (a.child < b.child ? -1 : 1));
    const here = { ...world, family: ranked };
    const kinds = [...new Set(world.days.map(kindOf))];
    const variables = ranked.flatMap((each, number) => kinds.map((kind) => ({ each, number, kind })));
    const choices = variables.map(({ each: { tolerance } }) => {
      const [earlier, later] = tolerance ? [tolerance.earlier, tolerance.later] : [0, 0];
      const all = [];
      for (let by = -earlier; by <= later; by++) all.push(by);
      return all;
    });
    let least = Infinity;
    const chosen: number[] = [];
    const tryAll = (at: number, change: number): void => {
      if (change >= least) return;
      if (at === variables.length) {
        const shiftOf = (number: number, kind: string) =>
          chosen[variables.findIndex((each) => each.number === number && each.kind === kind)]!;
        if (allFit(here, shiftOf)) least = change;
        return;
      }
      for (const by of choices[at]!) {
        chosen[at] = by;
        tryAll(at + 1, change + Math.abs(by));
      }
    };
    tryAll(0, 0);

    const staffAt = (day: string) => staff[day];
    const answer = given(free, random.shuffle([...family]), staffAt);
    if (least === Infinity) {
      expect(answer, what).toBeNull();
      seen.none += 1;
      continue;
    }
    const hasAll = ({ own, stays }: Sibling, by: (kind: string) => number) =>
      Object.entries(stays).every(([day, [from, to]]) => {
        const [has, shift] = [own[day], by(kindOf(day))];
        return has !== undefined && has[0] <= from + shift && has[1] >= to + shift;
      });
    // Tiny families own at most one day each, so that an offer always gives something new.
    expect(
      ranked.some((each) => hasAll(each, () => 0)),
      what,
    ).toBe(false);
    expect(
      answer?.map(({ child }) => child),
      what,
    ).toEqual(ranked.map(({ child }) => child));
    const shiftOf = (number: number, kind: string) => {
      const { stays } = answer![number]!;
      const wished = Object.entries(ranked[number]!.stays).find(([day]) => kindOf(day) === kind)![1][0];
      return stays === 'exact' ? 0 : (stays as Record<string, Stay>)[kind]![0] - wished;
    };
    const change = variables.reduce((sum, { number, kind }) => sum + Math.abs(shiftOf(number, kind)), 0);
    expect([allFit(here, shiftOf), change], what).toEqual([true, least]);
    seen[least === 0 ? 'exact' : 'shifted'] += 1;
    expect(JSON.stringify(given(free, family, staffAt)), what).toBe(JSON.stringify(answer));
  }
  for (const count of [seen.exact, seen.shifted, seen.none])
    expect(count, JSON.stringify(seen)).toBeGreaterThan(100);
});
