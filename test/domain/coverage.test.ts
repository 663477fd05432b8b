import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, plainDate, weekdayOf, type PlainDate } from '../../src/domain/calendar.ts';
import { coverOf, neededOn, uncoveredMinutes, type Workday } from '../../src/domain/coverage.ts';
import { parsePattern, formatPattern, type Pattern } from '../../src/domain/pattern.ts';
import { countDay, ORDINARY, type GroupDay } from '../../src/domain/places.ts';

const MONDAY = plainDate('2027-02-08');

function pattern(json: unknown): Pattern {
  const parsed = parsePattern(json);
  if (!('pattern' in parsed)) throw new Error(JSON.stringify(parsed));
  return parsed.pattern;
}

function day(opensAt: number | null, closesAt: number | null, taken: [number, number][] = []): GroupDay {
  const terms = { room: 1, opensAt, closesAt, capacity: null };
  const bookings = taken.map(([from, to]) => ({ from, to, weight: 100 }));
  return { ...terms, ...countDay(terms, { bookings, holds: [], attendedMinutes: 0 }), skillsOnDuty: null };
}

function week(open: (date: PlainDate) => GroupDay | undefined, days = 7): Map<PlainDate, GroupDay> {
  const all = Array.from({ length: days }, (_, n) => addDays(MONDAY, n));
  return new Map(all.flatMap((date) => (open(date) ? [[date, open(date)!] as const] : [])));
}

const weekdaysOnly = (one: GroupDay) => (date: PlainDate) =>
  ['sat', 'sun'].includes(weekdayOf(date)) ? day(null, null) : one;

const works = (json: unknown, commuteMinutes = 30): Workday[] => [{ pattern: pattern(json), commuteMinutes }];
const range = (days = 7) => ({ from: MONDAY, to: addDays(MONDAY, days - 1), bookableFrom: MONDAY });
const NINE_TO_SIX = { mon: ['09:00', '18:00'], tue: ['09:00', '18:00'] };

describe('hours that cover a workday', () => {
  test.each([
    // opening, expected pattern of Monday, uncovered a week, reason
    ['covered whole', 16, 37, ['08:30', '18:30'], 0, null],
    ['opens late', 18, 37, ['09:00', '18:30'], 60, 'outside_hours'],
    ['closes early', 16, 34, ['08:30', '17:00'], 180, 'outside_hours'],
  ] as const)('%s', (_, opensAt, closesAt, expected, uncovered, reason) => {
    const work = works(NINE_TO_SIX);
    const cover = coverOf(
      work,
      work[0]!.pattern,
      week(weekdaysOnly(day(opensAt, closesAt))),
      ORDINARY,
      range(),
    );
    expect(formatPattern(cover.pattern!)).toEqual({ mon: expected, tue: expected });
    expect(cover).toMatchObject({ uncoveredMinutesPerWeek: uncovered, neededMinutesPerWeek: 1200, reason });
    expect(cover.freeDates).toEqual([MONDAY, addDays(MONDAY, 1)]);
  });

  test('a twelve-hour day: ten hours are covered and two honestly are not', () => {
    const work = works({ mon: ['08:00', '20:00'] }, 0);
    const cover = coverOf(work, work[0]!.pattern, week(weekdaysOnly(day(14, 42))), ORDINARY, range());
    expect(cover).toMatchObject({ uncoveredMinutesPerWeek: 120, reason: 'too_long' });
  });

  test('of equal stays the one that is free on most dates', () => {
    const work = works({ mon: ['08:00', '20:00'] }, 0);
    const busyEarly = day(14, 42, [[14, 18]]);
    const cover = coverOf(work, work[0]!.pattern, week(weekdaysOnly(busyEarly)), ORDINARY, range());
    expect(formatPattern(cover.pattern!)).toEqual({ mon: ['09:00', '19:00'] });
    expect(cover.freeDates).toEqual([MONDAY]);
  });

  test('two earners: a minute is needed only when neither is free', () => {
    const mother = works({ mon: ['08:00', '17:00'], tue: ['08:00', '17:00'] })[0]!;
    const father = works({ mon: ['14:00', '22:00'] }, 0)[0]!;
    expect(neededOn([mother, father], MONDAY)).toEqual({ from: 14 * 60, to: 17 * 60 + 30 });
    expect(neededOn([mother, father], addDays(MONDAY, 1))).toBeUndefined();
  });

  test('shift work 2/2: the answer keeps the cycle, and a closed day stays uncovered', () => {
    const work = works({ cycle: 4, from: MONDAY, days: { 1: ['08:00', '17:00'], 2: ['08:00', '17:00'] } }, 0);
    const days = week(weekdaysOnly(day(16, 37)), 28);
    const cover = coverOf(work, work[0]!.pattern, days, ORDINARY, range(28));
    expect(formatPattern(cover.pattern!)).toMatchObject({ cycle: 4, days: { 1: ['08:00', '17:00'] } });
    expect(cover.freeDates.every((date) => !['sat', 'sun'].includes(weekdayOf(date)))).toBe(true);
  });

  test('no hours on any wanted day', () => {
    const work = works({ sun: ['09:00', '18:00'] });
    const cover = coverOf(work, work[0]!.pattern, week(weekdaysOnly(day(16, 37))), ORDINARY, range());
    expect(cover).toMatchObject({ pattern: undefined, uncoveredMinutesPerWeek: 600, reason: 'closed' });
  });

  test('uncovered minutes equal a minute-by-minute count, and no allowed stay leaves fewer', () => {
    const from = fc.integer({ min: 0, max: 40 });
    fc.assert(
      fc.property(
        from,
        fc.integer({ min: 2, max: 30 }),
        fc.constantFrom(0, 10, 30, 45),
        from,
        fc.integer({ min: 8, max: 30 }),
        (start, length, commute, opensAt, open) => {
          const closesAt = Math.min(48, opensAt + open);
          const work: Workday[] = [
            {
              pattern: { kind: 'weekly', days: { mon: [start, Math.min(48, start + length)] } },
              commuteMinutes: commute,
            },
          ];
          const needed = neededOn(work, MONDAY)!;
          const minutes = (stayFrom: number, stayTo: number) => {
            let left = 0;
            for (let at = needed.from; at < needed.to; at++)
              if (at < stayFrom * 30 || at >= stayTo * 30) left += 1;
            return left;
          };
          let least = needed.to - needed.from;
          for (let stayFrom = opensAt; stayFrom <= closesAt; stayFrom++) {
            for (let stayTo = stayFrom + 8; stayTo <= Math.min(closesAt, stayFrom + 20); stayTo++) {
              expect(uncoveredMinutes(needed, { from: stayFrom, to: stayTo })).toBe(
                minutes(stayFrom, stayTo),
              );
              least = Math.min(least, minutes(stayFrom, stayTo));
            }
          }
          const cover = coverOf(
            work,
            work[0]!.pattern,
            week(() => day(opensAt, closesAt)),
            ORDINARY,
            range(),
          );
          expect(cover.uncoveredMinutesPerWeek).toBe(least);
        },
      ),
      { numRuns: 300 },
    );
  });
});
