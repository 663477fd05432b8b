import type { Random } from '../../src/domain/random.ts';
import { formatTime } from '../../src/domain/slots.ts';
import type {
  AllocationChild,
  AllocationFamily,
  AllocationInput,
  Rule,
} from '../../src/planning/allocation/input.ts';
import type { Entry } from '../../src/planning/allocation/offer.ts';

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;

interface Size {
  readonly centres: number;
  readonly children: number;
  readonly families?: boolean;
  readonly rule?: Rule;
}

function bigPattern(random: Random): AllocationChild['pattern'] {
  const days = random.chance(0.5) ? DAYS : random.shuffle(DAYS).slice(0, random.int(2, 4));
  const from = random.int(15, 20);
  const to = random.chance(0.6) ? random.int(33, 37) : from + random.int(8, 12);
  return Object.fromEntries(days.map((day) => [day, [formatTime(from), formatTime(Math.min(to, 37))]]));
}

/**
 * A region of centres with four groups each, children who wish three to five groups near them, about as many as there are
 * places; with `families`, a tenth of the children have a sibling and joint wishes.
 */
export function bigMarket(
  random: Random,
  { centres, children: number, families = false, rule = 'stable' }: Size,
): AllocationInput {
  const groups = Array.from({ length: centres * 4 }, (_, at) => {
    const places = Math.max(1, Math.round((number / centres / 4) * 0.68) + random.int(-3, 3));
    return {
      id: `g${at}`,
      free: Object.fromEntries(
        DAYS.map((day) => [
          day,
          [
            [15, 26, places],
            [26, 37, Math.max(1, places - random.int(0, 3))],
          ] as [number, number, number][],
        ]),
      ),
    };
  });
  const bundled: AllocationFamily[] = [];
  const children: AllocationChild[] = [];
  const score = (days: number, lot: number): number[] => [
    random.chance(0.1) ? random.int(1, 2) : 0,
    rule !== 'common' && random.chance(0.2) ? 1 : 0,
    days,
    lot,
  ];
  while (children.length < number) {
    const home = random.int(0, centres - 1);
    const near = Array.from({ length: random.int(3, 5) }, (_, at) =>
      at === 0 ? home : (home + random.int(0, 8)) % centres,
    );
    const wished = [...new Set(near.map((centre) => `g${centre * 4 + random.int(0, 3)}`))];
    const [days, lot] = [random.int(0, 900), random.int(0, 1_000_000)];
    const at = children.length;
    const inFamily = families && random.chance(0.05) && at + 1 < number;
    const first = score(days, lot);
    const wishes = wished.map((group) => ({
      group,
      score: rule === 'common' ? first : [first[0]!, random.chance(0.2) ? 1 : 0, days, lot],
    }));
    const family = inFamily ? `f${at}` : null;
    for (let sibling = 0; sibling < (inFamily ? 2 : 1); sibling++)
      children.push({ id: `k${at + sibling}`, family, holds: null, pattern: bigPattern(random), wishes });
    if (family === null) continue;
    const [one, two] = [`k${at}`, `k${at + 1}`];
    const jointly = wished.map((group) => ({ [one]: group, [two]: group }));
    bundled.push({ id: family, bundles: [...jointly, { [one]: wished[0]!, [two]: null }] });
  }
  return { rule, groups, children, families: bundled };
}

export interface Tiny {
  readonly rule: Rule;
  readonly families?: boolean;
  readonly holders?: boolean;
}

function tinyPattern(random: Random): AllocationChild['pattern'] {
  const days = random.shuffle(['mon', 'tue']).slice(0, random.int(1, 2));
  return Object.fromEntries(
    days.map((day) => {
      const from = random.int(16, 18);
      return [day, [formatTime(from), formatTime(random.int(from + 1, 19))]];
    }),
  );
}

/** Two or three groups of one or two places, three to five children with short patterns that clash in many ways. */
export function tinyMarket(
  random: Random,
  { rule, families = false, holders = false }: Tiny,
): AllocationInput {
  const groups = Array.from({ length: random.int(2, 3) }, (_, at) => ({
    id: `g${at}`,
    free: {
      mon: [
        [16, 17, random.int(1, 2)],
        [17, 19, random.int(0, 2)],
      ] as [number, number, number][],
      tue: [[16, 19, random.int(1, 2)]] as [number, number, number][],
    },
  }));
  const ids = groups.map(({ id }) => id);
  const children = Array.from({ length: random.int(3, 5) }, (_, at): AllocationChild => {
    const common = [random.int(0, 2)];
    return {
      id: `k${at}`,
      family: families && at < 2 ? 'f' : null,
      holds: holders && random.chance(0.3) ? random.pick(ids) : null,
      pattern: tinyPattern(random),
      wishes: random
        .shuffle(ids)
        .slice(0, random.int(1, ids.length))
        .map((group) => ({ group, score: rule === 'common' ? common : [random.int(0, 4)] })),
    };
  });
  if (!families) return { rule, groups, children, families: [] };
  const [one, two] = children.map(({ wishes }) => wishes.map(({ group }) => group));
  const bundles = Array.from({ length: random.int(1, 3) }, () => ({
    k0: random.chance(0.8) ? random.pick(one!) : null,
    k1: random.chance(0.8) ? random.pick(two!) : null,
  }));
  return { rule, groups, children, families: [{ id: 'f', bundles }] };
}

/** Four of a family whose weeks are 4, 5, 7 and 9 days long, through 250 days of which one in 50 has a place too few. */
export function longCycles(): { free: Record<string, [number, number, number][]>; family: Entry[] } {
  const days = Array.from({ length: 250 }, (_, at) => `d${at}`);
  const family = [5, 4, 7, 9].map((length, child): Entry => {
    const kinds = Object.fromEntries(days.map((day, at) => [day, String(at % length)]));
    const pattern = Object.fromEntries(
      days.map((day, at) => [
        day,
        [formatTime(18 + ((at % length) % 3)), formatTime(32)] as [string, string],
      ]),
    );
    const tolerated = { earlier: 4, later: 4, least: null, kinds };
    return { child: `c${child}`, score: [1], pattern, bypasses: 0, unit: 'f', weight: 100, tolerated };
  });
  const free = Object.fromEntries(
    days.map((day, at) => [day, [[10, 44, at % 50 === 0 ? 3 : 4]] as [number, number, number][]]),
  );
  return { free, family };
}
