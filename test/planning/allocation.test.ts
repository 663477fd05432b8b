import { describe, expect, test } from 'vitest';
import { allocate } from '../../src/planning/allocation/allocate.ts';
import { buildMarket } from '../../src/planning/allocation/build.ts';
import { checkAllocation } from '../../src/planning/allocation/check.ts';
import { acceptDeferred } from '../../src/planning/allocation/deferred-acceptance.ts';
import type { AllocationInput } from '../../src/planning/allocation/input.ts';
import { nearestPattern } from '../../src/planning/allocation/nearest.ts';
import { readAllocation } from '../../src/planning/allocation/read.ts';
import { Seats } from '../../src/planning/allocation/seats.ts';

function read(json: unknown): AllocationInput {
  const result = readAllocation(json);
  if ('errors' in result) throw new Error(JSON.stringify(result.errors));
  return result.input;
}

const FULL = { mon: ['08:00', '18:00'] };
const MORNING = { mon: ['08:00', '13:00'] };
const AFTERNOON = { mon: ['13:00', '18:00'] };

/** Children as [id, pattern, …[group, first number of the score]]. */
type Row = [id: string, pattern: object, ...wishes: [group: string, score: number][]];

function market(rule: string, places: Record<string, number>, rows: Row[], more: object = {}) {
  const groups = Object.entries(places).map(([id, number]) => ({ id, free: { mon: [[16, 36, number]] } }));
  const children = rows.map(([id, pattern, ...wishes]) => ({
    id,
    family: null,
    holds: null,
    pattern,
    wishes: wishes.map(([group, score]) => ({ group, score: [score] })),
  }));
  return { rule, groups, children, families: [], ...more };
}

const placedIn = (json: unknown) =>
  allocate(read(json)).placed.map(({ child, group }) => `${child}→${group}`);

describe('who is placed', () => {
  test.each<[string, unknown, string[]]>([
    [
      'the higher score',
      market('stable', { g: 1 }, [
        ['a', FULL, ['g', 1]],
        ['b', FULL, ['g', 2]],
      ]),
      ['b→g'],
    ],
    [
      'a tie goes by id',
      market('stable', { g: 1 }, [
        ['b', FULL, ['g', 1]],
        ['a', FULL, ['g', 1]],
      ]),
      ['a→g'],
    ],
    [
      'half days share a place',
      market('stable', { g: 1 }, [
        ['a', MORNING, ['g', 1]],
        ['b', AFTERNOON, ['g', 2]],
        ['c', MORNING, ['g', 0]],
      ]),
      ['a→g', 'b→g'],
    ],
    [
      'turned away from the first wish, a child gets the second',
      market('stable', { g: 1, h: 1 }, [
        ['a', FULL, ['g', 1], ['h', 1]],
        ['b', FULL, ['g', 2]],
      ]),
      ['a→h', 'b→g'],
    ],
    [
      'who displaced somebody and is turned away itself leaves the place again',
      market('stable', { g: 1 }, [
        ['a', MORNING, ['g', 1]],
        ['b', FULL, ['g', 2]],
        ['c', AFTERNOON, ['g', 3]],
      ]),
      ['a→g', 'c→g'],
    ],
    [
      'strict lets nobody in below one that it refused',
      market('strict', { g: 1 }, [
        ['a', MORNING, ['g', 1]],
        ['b', FULL, ['g', 2]],
        ['c', AFTERNOON, ['g', 3]],
      ]),
      ['c→g'],
    ],
    [
      'common goes down the one order',
      market('common', { g: 1, h: 1 }, [
        ['a', FULL, ['g', 9], ['h', 9]],
        ['b', FULL, ['g', 5], ['h', 5]],
        ['c', FULL, ['h', 4]],
      ]),
      ['a→g', 'b→h'],
    ],
    [
      'no day in common with the group',
      market('stable', { g: 1 }, [['a', { tue: ['08:00', '12:00'] }, ['g', 1]]]),
      [],
    ],
    ['nobody wishes anything', market('stable', { g: 1 }, [['a', FULL]]), []],
    ['an empty market', market('stable', {}, []), []],
  ])('%s', (_, json, expected) => expect(placedIn(json)).toEqual(expected));

  test('a child keeps the place that it holds against anybody, and frees it for a better wish', () => {
    const rows: Row[] = [
      ['a', FULL, ['h', 1]],
      ['b', FULL, ['g', 9]],
    ];
    const withHeld = (places: Record<string, number>) => {
      const json = market('stable', places, rows);
      json.children[0]!.holds = 'g' as never;
      return json;
    };
    expect(placedIn(withHeld({ g: 0, h: 0 }))).toEqual(['a→g']);
    expect(placedIn(withHeld({ g: 0, h: 1 }))).toEqual(['a→h', 'b→g']);
    expect(allocate(read(withHeld({ g: 0, h: 0 }))).placed).toEqual([{ child: 'a', group: 'g', wish: null }]);
  });

  test('siblings go together by one score, or as their next joint wish says', () => {
    const rows: Row[] = [
      ['a', FULL, ['g', 1], ['h', 1]],
      ['b', FULL, ['g', 5], ['h', 1]],
      ['c', FULL, ['g', 3]],
    ];
    const family = (places: Record<string, number>) => {
      const bundles = [
        { a: 'g', b: 'g' },
        { a: 'h', b: 'h' },
        { a: null, b: 'g' },
      ];
      const json = market('stable', places, rows, { families: [{ id: 'f', bundles }] });
      for (const child of json.children.slice(0, 2)) child.family = 'f' as never;
      return json;
    };
    expect(placedIn(family({ g: 2, h: 2 }))).toEqual(['a→g', 'b→g']);
    expect(placedIn(family({ g: 1, h: 2 }))).toEqual(['a→h', 'b→h', 'c→g']);
    expect(placedIn(family({ g: 1, h: 1 }))).toEqual(['b→g']);
  });

  test('shift cycles: days are labels', () => {
    const json = market('stable', {}, [
      ['a', { '2027-02-01': ['08:00', '18:00'], '2027-02-05': ['08:00', '18:00'] }, ['g', 1]],
    ]);
    const free = (day: string) => ({
      groups: [{ id: 'g', free: { '2027-02-01': [[16, 36, 1]], [day]: [[16, 36, 1]] } }],
    });
    expect(placedIn({ ...json, ...free('2027-02-05') })).toEqual(['a→g']);
    expect(placedIn({ ...json, ...free('2027-02-04') })).toEqual([]);
  });
});

test('deferred acceptance turns away the lowest holder of the over-full half-hour, not of the group', () => {
  const rows: Row[] = [
    ['a', AFTERNOON, ['g', 1]],
    ['b', MORNING, ['g', 2]],
    ['c', { mon: ['10:00', '12:00'] }, ['h', 9], ['g', 3]],
    ['d', MORNING, ['h', 10]],
  ];
  const built = buildMarket(read(market('stable', { g: 1, h: 1 }, rows)));
  const seats = new Seats(built);
  acceptDeferred(seats);
  const seated = Array.from(seats.seated(0), (wish) => built.childIds[built.wishChild[wish]!]);
  expect(seated).toEqual(['c', 'a']);
});

describe('why a wish was refused', () => {
  test('full half-hours, rank, least class, one place more', () => {
    const rows: Row[] = [
      ['a', MORNING, ['g', 2]],
      ['b', FULL, ['g', 1]],
      ['c', { mon: ['12:00', '13:00'] }, ['g', 0]],
    ];
    const { refused, report } = allocate(read(market('stable', { g: 1 }, rows)));
    const half = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, at) => ['mon', from + at]);
    expect(refused).toEqual([
      {
        child: 'b',
        wishes: [
          {
            group: 'g',
            full: half(16, 26),
            rank: 2,
            of: 3,
            lowestClassPlaced: 2,
            nearest: null,
            onePlaceMore: true,
          },
        ],
      },
      {
        child: 'c',
        wishes: [
          {
            group: 'g',
            full: half(24, 26),
            rank: 3,
            of: 3,
            lowestClassPlaced: 2,
            nearest: { mon: ['13:00', '14:00'] },
            onePlaceMore: false,
          },
        ],
      },
    ]);
    expect(report).toEqual({
      rule: 'stable',
      placed: 1,
      firstWish: 1,
      blocking: 0,
      wasted: 0,
      justifiedEnvy: 0,
      overCapacity: 0,
      seconds: 0,
    });
  });

  test('under strict the cut-off, and no nearest pattern behind it', () => {
    const rows: Row[] = [
      ['a', MORNING, ['g', 1]],
      ['b', FULL, ['g', 2]],
      ['c', AFTERNOON, ['g', 3]],
    ];
    const { refused, report } = allocate(read(market('strict', { g: 1 }, rows)));
    expect(refused[0]).toMatchObject({
      child: 'a',
      wishes: [{ full: [], rank: 3, cutOff: 2, nearest: null }],
    });
    expect(report).toMatchObject({ blocking: 1, wasted: 1, justifiedEnvy: 0 });
  });

  test('seconds are what the caller measures', () => {
    let now = 10;
    expect(allocate(read(market('stable', {}, [])), () => (now += 2)).report.seconds).toBe(2);
  });

  test.each<[string, [day: string, from: number, to: number][], string[], unknown]>([
    ['as it is', [['mon', 16, 36]], [], { mon: ['08:00', '18:00'] }],
    ['shifted by the least', [['mon', 16, 30]], ['16', '17'], { mon: ['09:00', '16:00'] }],
    [
      'shortened, where both sides are full',
      [['mon', 16, 30]],
      ['15', '16', '29', '30', '31', '32', '33'],
      { mon: ['08:30', '14:30'] },
    ],
    ['not under four hours', [['mon', 16, 24]], ['12', '16', '20', '24', '28'], null],
    [
      'a day left out',
      [
        ['mon', 16, 30],
        ['tue', 16, 30],
      ],
      ['22'],
      { tue: ['08:00', '15:00'] },
    ],
  ])('nearest: %s', (_, stays, full, expected) => {
    const stretches = stays.map(([day, from, to]) => ({ day, from, to }));
    const isFull = (at: number, halfHour: number) => at === 0 && full.includes(String(halfHour));
    expect(nearestPattern(stretches, isFull)).toEqual(expected);
  });
});

describe('the independent check', () => {
  const json = market('stable', { g: 1, h: 1 }, [
    ['a', FULL, ['g', 2], ['h', 2]],
    ['b', FULL, ['g', 1]],
  ]);
  test.each([
    ['all well', [['a', 'g']], { blocking: 0, wasted: 0, justifiedEnvy: 0, overCapacity: 0, residue: [] }],
    [
      'an empty place',
      [],
      {
        blocking: 2,
        wasted: 2,
        justifiedEnvy: 0,
        residue: [
          { child: 'a', group: 'g' },
          { child: 'b', group: 'g' },
        ],
      },
    ],
    [
      'envy',
      [
        ['a', 'h'],
        ['b', 'g'],
      ],
      { blocking: 1, wasted: 0, justifiedEnvy: 1, residue: [{ child: 'a', group: 'g' }] },
    ],
    [
      'too many',
      [
        ['a', 'g'],
        ['b', 'g'],
      ],
      { blocking: 0, overCapacity: 20 },
    ],
  ])('%s', (_, pairs, expected) => {
    const placed = pairs.map(([child, group]) => ({ child: child!, group: group! }));
    expect(checkAllocation(read(json), placed)).toMatchObject(expected);
  });
});

/** The JSON with a value set at a dotted path. */
function withValue(json: object, path: string, value: unknown): unknown {
  const copy: unknown = structuredClone(json);
  const keys = path.split('.');
  const last = keys.pop()!;
  let inner = copy as Record<string, unknown>;
  for (const key of keys) inner = inner[key] as Record<string, unknown>;
  inner[last] = value;
  return copy;
}

describe('bad input names the path', () => {
  const good = market('common', { g: 1, h: 1 }, [['a', FULL, ['g', 1], ['h', 1]]]);

  test.each<[string, string, unknown, string?]>([
    ['an unknown rule', 'rule', 'fair'],
    ['an unknown key', 'children.0.name', 'x', 'children.0'],
    ['no pattern', 'children.0.pattern', {}],
    ['a time off the grid', 'children.0.pattern.mon.0', '08:10'],
    ['a backward stretch', 'children.0.pattern.mon', ['10:00', '08:00']],
    ['a wish for no group', 'children.0.wishes.1.group', 'x'],
    ['a wish twice', 'children.0.wishes.1.group', 'g'],
    ['scores of two lengths', 'children.0.wishes.1.score', [1, 2]],
    ['scores that differ under common', 'children.0.wishes.1.score', [2]],
    ['a score that is no number', 'children.0.wishes.0.score.0', Number.NaN],
    ['a held place nowhere', 'children.0.holds', 'x'],
    ['a child twice', 'children.1', good.children[0], 'children.1.id'],
    ['a group twice', 'groups.2', good.groups[0], 'groups.2.id'],
    ['half a place', 'groups.0.free.mon.0.2', 0.5],
    ['stretches that overlap', 'groups.0.free.mon.1', [20, 22, 1], 'groups.0.free.mon'],
    ["another family's child", 'families.0', { id: 'f', bundles: [{ a: 'g' }] }, 'families.0.bundles.0.a'],
  ])('%s', (_, at, value, path = at) => {
    const result = readAllocation(withValue(good, at, value));
    expect('errors' in result && result.errors[0]).toMatchObject({ path });
  });

  test('no object at all', () => {
    for (const json of [null, [], 'text', 1, undefined])
      expect(readAllocation(json)).toMatchObject({ errors: [{ path: '' }] });
  });

  test('a joint wish that is no wish of the child', () => {
    const json = market('stable', { g: 1, h: 1 }, [['a', FULL, ['g', 1]]], {
      families: [{ id: 'f', bundles: [{ a: 'h' }] }],
    });
    json.children[0]!.family = 'f' as never;
    expect(readAllocation(json)).toEqual({
      errors: [{ path: 'families.0.bundles.0.a', problem: 'is "h", which is no wish of "a"' }],
    });
  });
});
