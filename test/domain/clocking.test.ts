import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addMinutes, instantAt, plainDate, type Instant } from '../../src/domain/calendar.ts';
import {
  clockingProblem,
  doorState,
  isRunning,
  mayUndo,
  missingAsPlanned,
  spellsOf,
  type Clocking,
  type Direction,
  type DoorState,
} from '../../src/domain/clocking.ts';

const DAY = plainDate('2027-02-08');
const minuteOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
/** 'in 08:00' on a Monday; '+1' the day after. */
const read = (text: string): Clocking => {
  const [direction = '', time = '', later] = text.split(' ');
  const date = later === '+1' ? plainDate('2027-02-09') : DAY;
  return { direction: direction as Direction, at: instantAt(date, minuteOf(time)) };
};
const list = (text: string) => (text === '' ? [] : text.split(', ').map(read));
const time = (at: Instant | null) =>
  at === null ? '?' : new Date(Date.parse(at) + 5 * 3_600_000).toISOString().slice(11, 16);

describe('times at work', () => {
  test.each([
    ['in 08:00, out 16:30', '08:00–16:30'],
    ['in 08:00, out 12:00, in 13:00, out 16:30', '08:00–12:00 13:00–16:30'],
    ['in 08:00', '08:00–?'],
    ['out 16:30', '?–16:30'],
    ['in 08:00, in 13:00, out 16:30', '08:00–? 13:00–16:30'],
    ['in 08:00, out 12:00, out 16:30', '08:00–12:00 ?–16:30'],
    // Past midnight it belongs to the evening; the next morning is a day of its own.
    ['in 20:00, out 00:30 +1', '20:00–00:30'],
    ['in 16:00, out 07:55 +1', '16:00–? ?–07:55'],
    ['', ''],
  ])('%s: %s', (clockings, expected) => {
    const spells = spellsOf(list(clockings));
    expect(spells.map(({ cameAt, leftAt }) => `${time(cameAt)}–${time(leftAt)}`).join(' ')).toBe(expected);
  });

  test('every clocking stands in exactly one of them, in whatever order somebody tapped', () => {
    const taps = fc.array(
      fc.record({
        direction: fc.constantFrom<Direction>('in', 'out'),
        after: fc.integer({ min: 1, max: 900 }),
      }),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(taps, (all) => {
        let at = instantAt(DAY, 0);
        const clockings = all.map(({ direction, after }) => ({
          direction,
          at: (at = addMinutes(at, after)),
        }));
        const ends = spellsOf(clockings).flatMap(({ cameAt, leftAt }) => [cameAt ?? [], leftAt ?? []].flat());
        expect(ends).toEqual(clockings.map((each) => each.at));
      }),
    );
  });
});

test.each([
  ['', 'in 08:00', undefined],
  ['in 08:00', 'in 08:10', 'already_in'],
  ['in 08:00', 'in 07:50', 'already_in'],
  ['', 'out 16:30', 'not_in'],
  ['in 08:00', 'out 07:30', 'not_in'],
  ['in 08:00', 'out 16:30', undefined],
  ['in 08:00, out 16:30', 'out 12:00', 'already_out'],
  ['in 08:00, out 16:30', 'out 17:00', 'not_in'],
  ['in 08:00, out 12:00', 'in 13:00', undefined],
  ['in 08:00', 'out 08:00', 'same_time'],
  ['in 08:00', 'out 20:00', 'future'],
  // A forgotten "left" of another day stands in nobody's way.
  ['in 08:00', 'in 08:00 +1', undefined],
])('beside "%s", "%s" is %s', (others, added, expected) => {
  const now = added.endsWith('+1') ? instantAt(plainDate('2027-02-09'), 1080) : instantAt(DAY, 1080);
  expect(clockingProblem(list(others), read(added), now)).toBe(expected);
});

test.each<[string, string, boolean, DoorState]>([
  ['', '07:50', false, 'expected'],
  ['', '08:04', false, 'expected'],
  ['', '08:05', false, 'late'],
  ['', '08:59', false, 'late'],
  ['', '09:00', false, 'missing'],
  ['', '09:00', true, 'away'],
  ['in 08:02', '09:00', false, 'present'],
  ['in 08:02', '09:00', true, 'present'],
  ['in 08:02, out 12:00', '13:00', false, 'left'],
])('at the door with "%s" at %s, away %s: %s', (clockings, now, away, expected) => {
  const own = { shifts: [{ from: 16, to: 33 }], clockings: list(clockings), away };
  expect(doorState(own, instantAt(DAY, minuteOf(now)))).toBe(expected);
});

test('who has no shift is not asked for, and yesterday’s forgotten "left" does not make anybody present', () => {
  const morning = instantAt(plainDate('2027-02-09'), 475);
  expect(doorState({ shifts: [], clockings: [], away: false }, morning)).toBe('off');
  const evening = list('in 17:00');
  expect(doorState({ shifts: [{ from: 16, to: 33 }], clockings: evening, away: false }, morning)).toBe(
    'expected',
  );
  expect(isRunning(spellsOf(evening)[0]!, morning)).toBe(false);
  expect(isRunning(spellsOf(evening)[0]!, instantAt(DAY, 1200))).toBe(true);
});

test('what was tapped may be taken back for ten minutes', () => {
  const at = instantAt(DAY, 480);
  expect([addMinutes(at, 10), addMinutes(at, 11)].map((now) => mayUndo(at, now))).toEqual([true, false]);
});

test.each([
  ['', 'in 08:00, out 16:30'],
  ['in 08:10', 'out 16:30'],
  ['out 16:00', 'in 08:00'],
  ['in 08:00, out 12:00, in 13:00', 'out 16:30'],
  ['in 08:00, out 16:30', ''],
  ['in 17:00', ''],
])('as planned, "%s" lacks "%s"', (clockings, expected) => {
  const missing = missingAsPlanned(DAY, [{ from: 16, to: 33 }], spellsOf(list(clockings)));
  expect(missing.map(({ direction, at }) => `${direction} ${time(at)}`).join(', ')).toBe(expected);
  expect(missingAsPlanned(DAY, [], spellsOf(list(clockings)))).toEqual([]);
});
