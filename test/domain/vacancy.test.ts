import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainDate } from '../../src/domain/calendar.ts';
import { roomsAboveNorm, type NormSet, FIRST_NORMS } from '../../src/domain/norms.ts';
import type { GroupDay } from '../../src/domain/places.ts';
import { fitOf, fitState, vacancyErrors, vacancyState, type VacancyWish } from '../../src/domain/vacancy.ts';

const TODAY = plainDate('2027-02-03');
const MONDAY = plainDate('2027-02-08');
const TUESDAY = plainDate('2027-02-09');
const SATURDAY = plainDate('2027-02-13');
const NEED = { weight: 100, skills: [] };

const WISH: VacancyWish = {
  post: 'care_worker',
  weeklyMinutes: 1200,
  hours: { mon: [16, 34], tue: [16, 34], wed: [16, 34] },
  startsOn: plainDate('2027-03-01'),
  applyUntil: plainDate('2027-02-20'),
  details: '',
};

test.each([
  [{}, []],
  [{ weeklyMinutes: 0 }, ['weeklyMinutes week_bounds']],
  [{ weeklyMinutes: 5400 }, ['weeklyMinutes week_bounds']],
  [{ weeklyMinutes: 2400 }, ['hours hours_too_few']],
  [{ hours: {} }, ['hours no_hours']],
  [{ startsOn: '2027-02-02', applyUntil: '2027-02-02' }, ['startsOn start_bounds', 'applyUntil apply_gone']],
  [{ startsOn: '2028-02-04' }, ['startsOn start_bounds']],
  [{ applyUntil: '2027-03-02' }, ['applyUntil apply_after_start']],
  [{ applyUntil: '2027-02-03' }, []],
  [{ details: 'x'.repeat(1001) }, ['details details_long']],
] as const)('a vacancy with %j: %j', (change, wrong) => {
  const wish = { ...WISH, ...change } as VacancyWish;
  expect(vacancyErrors(wish, TODAY).map(({ field, detail }) => `${field} ${detail}`)).toEqual(wrong);
});

test.each([
  ['2027-02-03', null, 'open'],
  ['2027-02-02', null, 'over'],
  ['2027-02-20', '2027-02-01T05:00:00.000Z', 'closed'],
] as const)('until %s, closed at %s: %s', (applyUntil, closedAt, state) => {
  expect(vacancyState({ applyUntil: plainDate(applyUntil), closedAt }, TODAY)).toBe(state);
});

/** Open 08:00–18:30 with one place, taken by others in these half-hours. */
function day(taken: readonly [number, number][] = [], room = 1): GroupDay {
  const booked = Array.from(
    { length: 48 },
    (_, at) => taken.filter(([from, to]) => at >= from && at < to).length,
  );
  const none = booked.map(() => 0);
  const load = booked.map((heads) => heads * 100);
  return { room, opensAt: 16, closesAt: 37, booked, held: none, load, capacity: null, skillsOnDuty: null };
}

describe('how a post goes with the child', () => {
  const hours = { mon: [16, 34], tue: [16, 34] } as const;

  test('half of the hours booked, the rest free: what is booked counts, and what could be', () => {
    const own = { from: 16, to: 25, weight: 100 };
    const fit = fitOf(
      hours,
      [
        { date: MONDAY, booked: [own], possible: [{ day: day([[16, 25]]), own }] },
        { date: TUESDAY, booked: [], possible: [{ day: day(), own: undefined }] },
      ],
      NEED,
    );
    expect(fit).toEqual({ workMinutes: 36 * 30, bookedMinutes: 9 * 30, possibleMinutes: 36 * 30 });
  });

  test.each([
    ['a full group', [[16, 37]], 0],
    ['less than four free hours', [[22, 37]], 0],
    ['four free hours', [[24, 37]], 8],
    ['a free afternoon that goes on past the work', [[16, 28]], 6],
  ] as const)('%s: %#', (_, taken, halves) => {
    const possible = [{ day: day(taken.map(([from, to]) => [from, to])), own: undefined }];
    expect(fitOf(hours, [{ date: MONDAY, booked: [], possible }], NEED).possibleMinutes).toBe(halves * 30);
  });

  test('a stay is ten hours at most, and one a day', () => {
    const long = fitOf(
      { mon: [14, 38] },
      [
        {
          date: MONDAY,
          booked: [],
          possible: [{ day: { ...day(), opensAt: 14, closesAt: 38 }, own: undefined }],
        },
      ],
      NEED,
    );
    expect(long.possibleMinutes).toBe(600);
    const two = [day([[24, 37]]), day([[16, 26]])].map((each) => ({ day: each, own: undefined }));
    expect(fitOf(hours, [{ date: MONDAY, booked: [], possible: two }], NEED).possibleMinutes).toBe(8 * 30);
  });

  test('a day on which the post does not work counts for nothing', () => {
    const own = { from: 16, to: 30, weight: 100 };
    expect(fitOf(hours, [{ date: SATURDAY, booked: [own], possible: [] }], NEED)).toEqual({
      workMinutes: 0,
      bookedMinutes: 0,
      possibleMinutes: 0,
    });
  });

  test('booked never is more than possible, nor possible than the work', () => {
    const slot = fc.tuple(fc.nat({ max: 40 }), fc.integer({ min: 8, max: 20 }));
    fc.assert(
      fc.property(slot, fc.array(slot, { maxLength: 3 }), ([from, length], others) => {
        const own = { from, to: Math.min(48, from + length), weight: 100 };
        const taken = others.map(([at, long]): [number, number] => [at, at + long]);
        const fit = fitOf(
          hours,
          [{ date: MONDAY, booked: [own], possible: [{ day: day([...taken, [own.from, own.to]], 2), own }] }],
          NEED,
        );
        expect(fit.bookedMinutes).toBeLessThanOrEqual(fit.possibleMinutes);
        expect(fit.possibleMinutes).toBeLessThanOrEqual(fit.workMinutes);
      }),
    );
  });

  test.each([
    [540, 540, 'booked'],
    [539, 540, 'possible'],
    [0, 539, 'short'],
  ] as const)(
    'half of the hours are the contract: %i booked and %i possible of 1080 is %s',
    (booked, possible, state) => {
      const fit = { workMinutes: 1080, bookedMinutes: booked, possibleMinutes: possible };
      expect(fitState(fit, { weeklyMinutes: 540, hours: { mon: [16, 34], tue: [16, 34] } })).toBe(state);
    },
  );
});

describe('a room above the norm', () => {
  const terms = (startsOn: string, room: number) => ({ startsOn: plainDate(startsOn), room, hours: {} });
  const norm = (startsOn: string, groupSize: number, doubt: string | null = null): NormSet => ({
    ...FIRST_NORMS[0]!,
    startsOn: plainDate(startsOn),
    groupSize,
    doubt,
  });
  const above = (sets: NormSet[], rows: ReturnType<typeof terms>[]) =>
    roomsAboveNorm(sets, 'child_psychoneurological', rows, TODAY);

  test('is told with its doubt; a room of the norm is not', () => {
    expect(above([], [terms('2026-01-01', 8)])).toEqual([]);
    expect(above([], [terms('2026-01-01', 9)])).toEqual([
      { from: TODAY, room: 9, groupSize: 8, doubt: 'Order 263' },
    ]);
  });

  test('from the day on which the terms or the norm make it so, and once', () => {
    const rows = [terms('2025-01-01', 20), terms('2026-01-01', 8), terms('2027-05-01', 12)];
    expect(above([norm('2015-01-01', 8), norm('2027-04-01', 6)], rows)).toEqual([
      { from: '2027-04-01', room: 8, groupSize: 6, doubt: null },
      { from: '2027-05-01', room: 12, groupSize: 6, doubt: null },
    ]);
  });

  test('a norm of another category says nothing', () => {
    const other: NormSet = { ...norm('2027-01-01', 2), category: 'child_musculoskeletal' };
    expect(above([other], [terms('2026-01-01', 8)])).toEqual([]);
  });
});
