import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  assignGroups,
  continuityOf,
  remember,
  type FreeShift,
  type GroupNeed,
} from '../../src/domain/assignment.ts';
import { plainDate } from '../../src/domain/calendar.ts';
import { demandOn, legalPeople, qualityPeople, type GroupDemand } from '../../src/domain/demand.ts';
import { withoutBreak } from '../../src/domain/shift.ts';
import { formatTime } from '../../src/domain/slots.ts';

const DATE = plainDate('2027-02-08');
const perHalfHour = (value: (at: number) => number) => Array.from({ length: 48 }, (_, at) => value(at));

/** A group open 08:00–18:00 with so many hundredths of weight from 09:00 to 13:00. */
function group(weight: number, more: Partial<GroupDemand> = {}): GroupDemand {
  const during = (value: number) => perHalfHour((at) => (at >= 18 && at < 26 ? value : 0));
  return {
    groupId: 1,
    date: DATE,
    opensAt: 16,
    closesAt: 36,
    room: 8,
    taken: during(Math.ceil(weight / 100)),
    load: during(weight),
    needs: [],
    wanted: [],
    reserve: 0,
    norm: { ratios: [400, 800, null], skills: [], edgeStaff: 0, onCallBreakMinutes: 30 },
    ...more,
  };
}

const lines = (days: readonly GroupDemand[]) =>
  demandOn(DATE, days).map(
    ({ from, to, level, skill, count, kind }) =>
      `${kind} ${skill ?? level} ${formatTime(from)}–${formatTime(to)} ${count}`,
  );

describe('demand', () => {
  test.each([
    [0, 0, 0],
    [1, 1, 1],
    [400, 1, 1],
    [401, 2, 1],
    [450, 2, 1],
    [800, 2, 1],
    [801, 3, 2],
  ])('%i hundredths need %i people, %i of them qualified', (weight, any, qualified) => {
    const people = legalPeople(group(weight));
    expect([people[0]![20], people[1]![20], people[2]![20]]).toEqual([any, qualified, 0]);
  });

  test('each group is rounded up by itself, then added: staff are never shared', () => {
    expect(lines([group(450), group(450, { groupId: 2 })])).toEqual([
      'legal 0 09:00–13:00 4',
      'legal 1 09:00–13:00 2',
    ]);
  });

  test('a hundredth too much is one person more: nothing is rounded on the way', () => {
    // Three children of weight 1.33 and one of 0.02 are 4.01.
    expect(legalPeople(group(133 * 3 + 2))[0]![20]).toBe(2);
  });

  test('at opening and closing the minimum of the norm, on days with anybody booked', () => {
    const norm = { ratios: [400, null, null], skills: [], edgeStaff: 2, onCallBreakMinutes: 30 };
    expect(lines([group(100, { norm })])).toEqual([
      'legal 0 08:00–08:30 2',
      'legal 0 09:00–13:00 1',
      'legal 0 17:30–18:00 2',
    ]);
    expect(lines([group(0, { norm })])).toEqual([]);
  });

  test('a skill is needed once, centre-wide: while children are there it must, in other opening hours it should', () => {
    const norm = { ratios: [400, null, null], skills: ['nurse'], edgeStaff: 0, onCallBreakMinutes: 30 };
    expect(lines([group(100, { norm }), group(100, { groupId: 2, norm })]).slice(1)).toEqual([
      'legal nurse 09:00–13:00 1',
      'quality nurse 08:00–09:00 1',
      'quality nurse 13:00–18:00 1',
    ]);
    const needs = [{ from: 20, to: 24, skills: ['sign_language'] }];
    expect(lines([group(100, { needs })])).toContain('legal sign_language 10:00–12:00 1');
  });

  test('queue and reserve are quality, as far as the room goes', () => {
    const wanted = [{ from: 24, to: 32 }];
    expect(lines([group(400, { wanted })])).toEqual([
      'legal 0 09:00–13:00 1',
      'quality 0 12:00–13:00 2',
      'quality 0 13:00–16:00 1',
      'legal 1 09:00–13:00 1',
      'quality 1 13:00–16:00 1',
    ]);
    expect(qualityPeople(group(800, { reserve: 5 }))[0]![20]).toBe(2);
    expect(qualityPeople(group(0, { reserve: 20, room: 3 }))[0]![20]).toBe(1);
    expect(lines([group(0, { opensAt: null, closesAt: null, reserve: 3 })])).toEqual([]);
  });
});

const need = (groupId: number, day: GroupDemand): GroupNeed => ({
  groupId,
  opensAt: day.opensAt,
  closesAt: day.closesAt,
  legal: legalPeople(day),
  quality: qualityPeople(day),
});
const free = (staffId: number, more: Partial<FreeShift> = {}): FreeShift => ({
  staffId,
  date: DATE,
  from: 16,
  to: 33,
  breakFrom: 24,
  level: 1,
  barred: [],
  ...more,
});

describe('assignment', () => {
  test('everybody goes where they are needed, the same people to the same children', () => {
    const groups = [need(1, group(400)), need(2, group(400))];
    const known = new Map([
      ['1 2', 40],
      ['2 1', 40],
    ]);
    const homes = assignGroups([free(1), free(2, { breakFrom: 26 })], groups, known).map(
      ({ staffId, stretches }) => [staffId, stretches],
    );
    expect(homes).toEqual([
      [1, [{ groupId: 2, from: 16, to: 33 }]],
      [2, [{ groupId: 1, from: 16, to: 33 }]],
    ]);
  });

  test('a break is covered by whoever can be spared, who then goes back', () => {
    const groups = [need(1, group(400)), need(2, group(400))];
    const known = new Map([
      ['1 1', 9],
      ['2 2', 9],
      ['3 2', 9],
    ]);
    const [first, , third] = assignGroups(
      [free(1), free(2, { breakFrom: 22 }), free(3, { breakFrom: 21 })],
      groups,
      known,
    );
    expect(first!.stretches).toEqual([{ groupId: 1, from: 16, to: 33 }]);
    const helper = assignGroups(
      [free(1), free(2, { breakFrom: 22 }), free(3, { breakFrom: 21 })],
      groups,
      known,
    )
      .filter((shift) => shift.stretches.some((stretch) => stretch.groupId === 1 && stretch.from === 24))
      .map((shift) => shift.staffId);
    expect(helper).toHaveLength(1);
    expect(third!.stretches.at(-1)!.groupId).toBe(2);
  });

  test('nobody is given to the own child’s group', () => {
    const [only] = assignGroups(
      [free(1, { barred: [1] })],
      [need(1, group(400)), need(2, group(0))],
      new Map(),
    );
    expect(only!.stretches.every((stretch) => stretch.groupId === 2)).toBe(true);
  });

  test('continuity is the share of half-hours with a face of the day before', () => {
    const day = (date: string, staffId: number) => ({
      ...free(staffId, { date: plainDate(date) }),
      stretches: [{ groupId: 1, from: 16, to: 26 }],
    });
    expect(continuityOf([day('2027-02-08', 1)])).toBeNull();
    expect(continuityOf([day('2027-02-08', 1), day('2027-02-09', 1), day('2027-02-10', 2)])).toBe(0.5);
    const known = new Map<string, number>();
    remember(known, [day('2027-02-08', 1), day('2027-02-09', 1)]);
    expect([...known]).toEqual([['1 1', 20]]);
  });

  const shiftAny = fc.record({
    from: fc.integer({ min: 14, max: 28 }),
    length: fc.integer({ min: 8, max: 17 }),
    pause: fc.option(fc.integer({ min: 4, max: 6 })),
    level: fc.constantFrom(0 as const, 1 as const, 2 as const),
    barred: fc.constantFrom([], [1], [2]),
  });

  test('no more is missing group by group than there would be if staff were shared: nobody stays where they are not missed', () => {
    const rows = fc.array(
      fc.record({ from: fc.integer({ min: 14, max: 24 }), length: fc.integer({ min: 8, max: 17 }) }),
      {
        maxLength: 9,
      },
    );
    const weights = fc.array(fc.integer({ min: 0, max: 1600 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(rows, weights, (made, loads) => {
        const shifts = made.map(({ from, length }, number) =>
          free(number + 1, { from, to: from + length, breakFrom: from + 4 }),
        );
        const groups = loads.map((load, number) => need(number + 1, group(load)));
        const given = assignGroups(shifts, groups, new Map());
        for (let at = 18; at < 26; at++) {
          const present = shifts.filter(
            (shift) => shift.from <= at && at < shift.to && shift.breakFrom !== at,
          ).length;
          const asked = groups.reduce((sum, each) => sum + each.legal[0]![at]!, 0);
          const missing = groups.reduce((sum, each) => {
            const there = given.filter(
              (shift) =>
                shift.breakFrom !== at &&
                shift.stretches.some(
                  ({ groupId, from, to }) => groupId === each.groupId && from <= at && at < to,
                ),
            );
            return sum + Math.max(0, each.legal[0]![at]! - there.length);
          }, 0);
          expect(missing).toBe(Math.max(0, asked - present));
        }
      }),
      { numRuns: 300 },
    );
  });

  test('stretches lie in shift and opening, never two at once, never barred; nobody idle where somebody is missing', () => {
    fc.assert(
      fc.property(
        fc.array(shiftAny, { maxLength: 7 }),
        fc.integer({ min: 0, max: 1600 }),
        fc.integer({ min: 0, max: 1600 }),
        (rows, a, b) => {
          const shifts = rows.map(({ from, length, pause, level, barred }, number) =>
            free(number + 1, {
              from,
              to: Math.min(40, from + length),
              breakFrom: pause === null ? null : from + pause,
              level,
              barred,
            }),
          );
          const groups = [need(1, group(a)), need(2, group(b))];
          const given = assignGroups(shifts, groups, new Map());
          given.forEach((shift, number) => {
            let last = shift.from;
            for (const { groupId, from, to } of shift.stretches) {
              expect(from).toBeGreaterThanOrEqual(Math.max(last, 16));
              expect(to).toBeLessThanOrEqual(Math.min(shift.to, 36));
              expect(shifts[number]!.barred).not.toContain(groupId);
              last = to;
            }
          });
          for (let at = 16; at < 36; at++) {
            const levels = [1, 2].map((groupId) =>
              given.flatMap((shift, number) =>
                shift.stretches.some(
                  (stretch) =>
                    stretch.groupId === groupId &&
                    withoutBreak(stretch, shift.breakFrom).some((part) => part.from <= at && at < part.to),
                )
                  ? [shifts[number]!.level]
                  : [],
              ),
            );
            const short = groups.some((each, number) =>
              each.legal.some(
                (people, level) => levels[number]!.filter((own) => own >= level).length < people[at]!,
              ),
            );
            const present = shifts.filter(
              (shift) =>
                shift.from <= at && at < shift.to && shift.breakFrom !== at && shift.barred.length === 0,
            );
            // Where people of the highest level alone would be enough for both, nobody is missing.
            const specialists = present.filter((shift) => shift.level === 2).length;
            const asked = groups.reduce(
              (sum, each) => sum + Math.max(...each.legal.map((people) => people[at]!)),
              0,
            );
            if (short) expect(specialists).toBeLessThan(asked);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
