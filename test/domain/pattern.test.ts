import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, datesBetween, plainDate, WEEKDAYS, type PlainDate } from '../../src/domain/calendar.ts';
import {
  formatPattern,
  minutesPerWeek,
  parsePattern,
  slotOn,
  slotsBetween,
  type Pattern,
} from '../../src/domain/pattern.ts';

const d = plainDate;

function read(json: unknown): Pattern {
  const parsed = parsePattern(json);
  if ('errors' in parsed) throw new Error(JSON.stringify(parsed.errors));
  return parsed.pattern;
}

test('the three forms of api.md', () => {
  expect(read({ mon: ['08:30', '17:30'], wed: ['09:00', '13:30'] })).toEqual({
    kind: 'weekly',
    days: { mon: [17, 35], wed: [18, 27] },
  });
  expect(
    read({ cycle: 4, from: '2027-03-01', days: { '1': ['08:00', '18:00'], '2': ['08:00', '18:00'] } }),
  ).toEqual({
    kind: 'cycle',
    length: 4,
    from: '2027-03-01',
    days: { 1: [16, 36], 2: [16, 36] },
  });
  expect(read({ dates: { '2027-03-02': ['08:00', '18:00'] } })).toEqual({
    kind: 'dates',
    dates: { '2027-03-02': [16, 36] },
  });
  expect(read({ sun: ['00:00', '24:00'] })).toEqual({ kind: 'weekly', days: { sun: [0, 48] } });
});

test.each([
  ['null', null, 'pattern invalid'],
  ['text', 'mon', 'pattern invalid'],
  ['a list', [['08:00', '18:00']], 'pattern invalid'],
  ['nothing on any day', {}, 'pattern invalid'],
  ['an unknown day', { monday: ['08:00', '18:00'] }, 'pattern.monday invalid'],
  ['one time', { mon: ['08:00'] }, 'pattern.mon invalid'],
  ['three times', { mon: ['08:00', '12:00', '18:00'] }, 'pattern.mon invalid'],
  ['numbers', { mon: [8, 18] }, 'pattern.mon invalid'],
  ['no such time', { mon: ['08:00', '25:00'] }, 'pattern.mon invalid'],
  ['no two digits', { mon: ['8:00', '18:00'] }, 'pattern.mon invalid'],
  ['backwards', { mon: ['18:00', '08:00'] }, 'pattern.mon invalid'],
  ['empty', { mon: ['08:00', '08:00'] }, 'pattern.mon invalid'],
  ['off the grid', { mon: ['08:15', '18:00'] }, 'pattern.mon off_grid'],
  ['worst first', { mon: ['08:15', '18:00'], tue: null }, 'pattern.tue invalid, pattern.mon off_grid'],
  ['a prototype', JSON.parse('{"__proto__": ["08:00", "18:00"]}'), 'pattern.__proto__ invalid'],
  [
    'a cycle of one day',
    { cycle: 1, from: '2027-03-01', days: { '1': ['08:00', '18:00'] } },
    'pattern.cycle invalid',
  ],
  [
    'a cycle of 29 days',
    { cycle: 29, from: '2027-03-01', days: { '1': ['08:00', '18:00'] } },
    'pattern.cycle invalid',
  ],
  [
    'a cycle of 2.5 days',
    { cycle: 2.5, from: '2027-03-01', days: { '1': ['08:00', '18:00'] } },
    'pattern.cycle invalid',
  ],
  [
    'a cycle in text',
    { cycle: '4', from: '2027-03-01', days: { '1': ['08:00', '18:00'] } },
    'pattern.cycle invalid',
  ],
  [
    'a cycle from no date',
    { cycle: 4, from: '2027-02-30', days: { '1': ['08:00', '18:00'] } },
    'pattern.from invalid',
  ],
  ['a cycle without days', { cycle: 4, from: '2027-03-01' }, 'pattern.days invalid'],
  ['day 0', { cycle: 4, from: '2027-03-01', days: { '0': ['08:00', '18:00'] } }, 'pattern.days.0 invalid'],
  [
    'day 5 of 4',
    { cycle: 4, from: '2027-03-01', days: { '5': ['08:00', '18:00'] } },
    'pattern.days.5 invalid',
  ],
  ['day 01', { cycle: 4, from: '2027-03-01', days: { '01': ['08:00', '18:00'] } }, 'pattern.days.01 invalid'],
  [
    'a cycle and more',
    { cycle: 4, from: '2027-03-01', days: { '1': ['08:00', '18:00'] }, mon: 1 },
    'pattern.mon invalid',
  ],
  ['no dates', { dates: {} }, 'pattern.dates invalid'],
  ['no such date', { dates: { '2027-02-30': ['08:00', '18:00'] } }, 'pattern.dates.2027-02-30 invalid'],
  ['dates and more', { dates: { '2027-03-02': ['08:00', '18:00'] }, from: 1 }, 'pattern.from invalid'],
])('refuses %s', (_, json, expected) => {
  const parsed = parsePattern(json);
  expect(
    'errors' in parsed && parsed.errors.map(({ field, reason }) => `${field} ${reason}`).join(', '),
  ).toBe(expected);
});

test('more dates than anybody books are refused', () => {
  const dates = (count: number): unknown => ({
    dates: Object.fromEntries(
      Array.from({ length: count }, (_, at) => [addDays(d('2027-01-01'), at), ['08:00', '18:00']]),
    ),
  });
  expect(parsePattern(dates(500))).toHaveProperty('pattern');
  expect(parsePattern(dates(501))).toEqual({ errors: [{ field: 'pattern.dates', reason: 'invalid' }] });
});

test('a stay is 4 to 10 hours long where lengths are checked; the field is named as the caller says', () => {
  const options = { checkLength: true, field: 'work.pattern' };
  expect(parsePattern({ mon: ['08:00', '12:00'], tue: ['08:00', '18:00'] }, options)).toHaveProperty(
    'pattern',
  );
  expect(
    parsePattern(
      { mon: ['08:00', '18:30'], tue: ['08:00', '11:30'], wed: ['12:00', '08:00'], thu: ['08:00', '08:10'] },
      options,
    ),
  ).toEqual({
    errors: [
      { field: 'work.pattern.thu', reason: 'off_grid' },
      { field: 'work.pattern.tue', reason: 'too_short' },
      { field: 'work.pattern.wed', reason: 'too_short' },
      { field: 'work.pattern.mon', reason: 'too_long' },
    ],
  });
  expect(parsePattern({ mon: ['08:00', '08:30'], tue: ['00:00', '24:00'] })).toHaveProperty('pattern');
});

const stretch = fc
  .tuple(fc.integer({ min: 0, max: 47 }), fc.integer({ min: 1, max: 48 }))
  .map(([a, b]): [number, number] => (a < b ? [a, b] : [b - 1, a + 1]));
const startDate = fc.integer({ min: -800, max: 800 }).map((days) => addDays(d('2027-03-01'), days));
const weekly = fc
  .dictionary(fc.constantFrom(...WEEKDAYS), stretch, { minKeys: 1, noNullPrototype: true })
  .map((days): Pattern => ({ kind: 'weekly', days }));
const cycle = fc.integer({ min: 2, max: 28 }).chain((length) =>
  fc.record({
    kind: fc.constant('cycle' as const),
    length: fc.constant(length),
    from: startDate,
    days: fc.dictionary(fc.integer({ min: 1, max: length }).map(String), stretch, {
      minKeys: 1,
      noNullPrototype: true,
    }),
  }),
);
const listed = fc
  .dictionary(startDate, stretch, { minKeys: 1, noNullPrototype: true })
  .map((dates): Pattern => ({ kind: 'dates', dates }));
const patterns: fc.Arbitrary<Pattern> = fc.oneof(weekly, cycle, listed);

test('what is written is read back', () => {
  fc.assert(
    fc.property(patterns, (pattern) => {
      expect(read(JSON.parse(JSON.stringify(formatPattern(pattern))))).toEqual(pattern);
    }),
  );
});

test('days come in order', () => {
  expect(JSON.stringify(formatPattern({ kind: 'weekly', days: { fri: [16, 36], mon: [16, 36] } }))).toBe(
    '{"mon":["08:00","18:00"],"fri":["08:00","18:00"]}',
  );
  expect(
    Object.keys(
      (
        formatPattern({
          kind: 'dates',
          dates: { [d('2027-03-09')]: [16, 36], [d('2027-03-02')]: [16, 36] },
        }) as { dates: object }
      ).dates,
    ),
  ).toEqual(['2027-03-02', '2027-03-09']);
});

/** The pattern laid out by walking from its start, one day at a time, forwards and back. */
function walked(pattern: Pattern, date: PlainDate): readonly [number, number] | undefined {
  if (pattern.kind === 'dates') return pattern.dates[date];
  if (pattern.kind === 'weekly') return pattern.days[WEEKDAYS[(new Date(date).getUTCDay() + 6) % 7] ?? 'mon'];
  let [at, day] = [pattern.from, 1];
  while (at < date) [at, day] = [addDays(at, 1), day === pattern.length ? 1 : day + 1];
  while (at > date) [at, day] = [addDays(at, -1), day === 1 ? pattern.length : day - 1];
  return pattern.days[day];
}

test('slots of a range are the slots of its days', () => {
  fc.assert(
    fc.property(patterns, startDate, fc.integer({ min: -1, max: 60 }), (pattern, startsOn, days) => {
      const endsOn = addDays(startsOn, days);
      const expected = datesBetween(startsOn, endsOn).flatMap((date) => {
        const slot = walked(pattern, date);
        expect(slotOn(pattern, date)).toEqual(slot && { from: slot[0], to: slot[1] });
        return slot ? [{ date, from: slot[0], to: slot[1] }] : [];
      });
      expect(slotsBetween(pattern, startsOn, endsOn)).toEqual(expected);
    }),
  );
});

test('a cycle runs backwards from its first day too', () => {
  const shifts = read({
    cycle: 4,
    from: '2027-03-01',
    days: { '1': ['08:00', '18:00'], '2': ['08:00', '18:00'] },
  });
  const on = slotsBetween(shifts, d('2027-02-24'), d('2027-03-06')).map(({ date }) => date);
  expect(on).toEqual(['2027-02-25', '2027-02-26', '2027-03-01', '2027-03-02', '2027-03-05', '2027-03-06']);
});

test.each([
  ['a week', { mon: ['08:30', '17:30'], wed: ['09:00', '13:30'] }, 810],
  [
    'two days of four',
    { cycle: 4, from: '2027-03-01', days: { '1': ['08:00', '18:00'], '2': ['08:00', '18:00'] } },
    2100,
  ],
  ['one day of three', { cycle: 3, from: '2027-03-01', days: { '1': ['08:00', '12:00'] } }, 560],
  [
    'three dates in two weeks',
    {
      dates: {
        '2027-03-01': ['08:00', '18:00'],
        '2027-03-08': ['08:00', '18:00'],
        '2027-03-09': ['08:00', '12:00'],
      },
    },
    720,
  ],
  [
    'a Sunday and its Monday',
    { dates: { '2027-03-07': ['08:00', '18:00'], '2027-03-08': ['08:00', '18:00'] } },
    600,
  ],
])('minutes a week of %s', (_, json, expected) => {
  expect(minutesPerWeek(read(json))).toBe(expected);
});

test('minutes a week of a cycle are those of 7 × length days, divided by length', () => {
  fc.assert(
    fc.property(cycle, (pattern) => {
      const slots = slotsBetween(pattern, pattern.from, addDays(pattern.from, 7 * pattern.length - 1));
      const minutes = slots.reduce((sum, { from, to }) => sum + (to - from) * 30, 0);
      expect(minutesPerWeek(pattern)).toBeCloseTo(minutes / pattern.length, 6);
    }),
  );
});
