import fc from 'fast-check';
import { DateTime, IANAZone } from 'luxon';
import { expect, test } from 'vitest';
import {
  addDays,
  addMinutes,
  dateAt,
  instant,
  instantAt,
  instantFromMillis,
  millisOf,
  minutesFrom,
  minuteOfDay,
  parseInstant,
  plainDate,
} from '../../src/domain/calendar.ts';

const ZONE = 'Asia/Almaty';
const d = plainDate;
const moments = fc.integer({ min: Date.UTC(1950, 0, 1), max: Date.UTC(2150, 11, 31) });

test.each([
  ['2026-11-22T04:00:00.000Z', '2026-11-22T04:00:00.000Z'],
  ['2026-11-22T04:00:00Z', '2026-11-22T04:00:00.000Z'],
  ['2026-11-22T04:00Z', '2026-11-22T04:00:00.000Z'],
  ['2026-11-22T09:00:00+05:00', '2026-11-22T04:00:00.000Z'],
  ['2026-11-22T09:00+0500', '2026-11-22T04:00:00.000Z'],
  ['2026-11-22T09:00+05', '2026-11-22T04:00:00.000Z'],
  ['2026-11-21T23:30:00.5-04:30', '2026-11-22T04:00:00.500Z'],
  ['2026-11-22T04:00:00.123999Z', '2026-11-22T04:00:00.123Z'],
  ['2026-11-22T04:00:00,12Z', '2026-11-22T04:00:00.120Z'],
  ['2027-01-01T00:00:00+05:00', '2026-12-31T19:00:00.000Z'],
])('%s = %s', (text, expected) => {
  expect(parseInstant(text)).toBe(expected);
  expect(instant(text)).toBe(expected);
});

test.each([
  '2026-11-22T04:00:00',
  '2026-11-22',
  '2026-11-22 04:00:00Z',
  '2026-02-30T04:00:00Z',
  '2026-11-22T24:00:00Z',
  '2026-11-22T04:60:00Z',
  '2026-11-22T04:00:60Z',
  '2026-11-22T04Z',
  '2026-11-22T04:00:00+19:00',
  '2026-11-22T04:00:00+05:60',
  '2026-11-22T04:00:00.Z',
  '1900-01-01T00:00:00+05:00',
  '2199-12-31T19:00:00Z',
  '2026-11-22T04:00:00Z[Asia/Almaty]',
  'now',
  '',
])('%j is not an instant', (text) => {
  expect(parseInstant(text)).toBeUndefined();
  expect(() => instant(text)).toThrow(RangeError);
});

test('an instant has a date at both ends of the calendar', () => {
  expect(dateAt(instant('1900-01-01T00:00:00Z'))).toBe('1900-01-01');
  expect(dateAt(instant('2199-12-31T18:59:59.999Z'))).toBe('2199-12-31');
});

test('any offset that luxon reads is read alike', () => {
  fc.assert(
    fc.property(moments, fc.integer({ min: -14 * 60, max: 14 * 60 }), (ms, offset) => {
      const text = DateTime.fromMillis(ms, {
        zone: `UTC${offset < 0 ? '-' : '+'}${(Math.abs(offset) / 60) | 0}:${String(Math.abs(offset) % 60).padStart(2, '0')}`,
      }).toISO();
      expect(parseInstant(text ?? '')).toBe(new Date(ms).toISOString());
    }),
  );
});

test('instants and milliseconds are two ways to write one thing, in the same order', () => {
  fc.assert(
    fc.property(moments, moments, (a, b) => {
      expect(millisOf(instantFromMillis(a))).toBe(a);
      expect(instantFromMillis(a) < instantFromMillis(b)).toBe(a < b);
    }),
  );
  expect(addMinutes(instant('2026-12-31T23:59:00Z'), 2)).toBe('2027-01-01T00:01:00.000Z');
  expect(addMinutes(instant('2027-01-01T00:01:00Z'), -2)).toBe('2026-12-31T23:59:00.000Z');
  expect(() => instantFromMillis(0.5)).toThrow(RangeError);
  expect(() => instantFromMillis(Number.NaN)).toThrow(RangeError);
  expect(() => instantFromMillis(Date.UTC(2200, 0, 1))).toThrow(RangeError);
});

test('1 March 2024: from +06:00 to +05:00. When this fails, the zone data of this Node is stale', () => {
  expect([dateAt(instant('2024-02-29T17:59:00Z')), minuteOfDay(instant('2024-02-29T17:59:00Z'))]).toEqual([
    '2024-02-29',
    1439,
  ]);
  expect([dateAt(instant('2024-02-29T18:00:00Z')), minuteOfDay(instant('2024-02-29T18:00:00Z'))]).toEqual([
    '2024-02-29',
    1380,
  ]);
  expect([dateAt(instant('2024-02-29T19:00:00Z')), minuteOfDay(instant('2024-02-29T19:00:00Z'))]).toEqual([
    '2024-03-01',
    0,
  ]);
  expect(instantAt(d('2024-02-29'), 1439)).toBe('2024-02-29T17:59:00.000Z');
  expect(instantAt(d('2024-02-29'), 1380)).toBe('2024-02-29T17:00:00.000Z');
  expect(instantAt(d('2024-02-29'), 1440)).toBe('2024-02-29T19:00:00.000Z');
  expect(instantAt(d('2024-03-01'), 0)).toBe('2024-02-29T19:00:00.000Z');
  expect(instantAt(d('2027-02-01'), 510)).toBe('2027-02-01T03:30:00.000Z');
});

test('day and minute agree with luxon, 1950–2150', () => {
  fc.assert(
    fc.property(moments, (ms) => {
      const at = instantFromMillis(ms);
      const oracle = DateTime.fromMillis(ms, { zone: ZONE });
      expect(dateAt(at)).toBe(oracle.toISODate());
      expect(minuteOfDay(at)).toBe(oracle.hour * 60 + oracle.minute);
    }),
    { numRuns: 5000 },
  );
});

const HOUR = 3_600_000;

/** Every change of offset of the zone, 1900–2050, as luxon tells them: half a day at a time, then minute by minute. */
const CHANGES = (() => {
  const zone = IANAZone.create(ZONE);
  const found: { at: number; before: number; after: number }[] = [];
  for (let start = Date.UTC(1900, 0, 1); start < Date.UTC(2050, 0, 1); start += 12 * HOUR) {
    const before = zone.offset(start);
    const after = zone.offset(start + 12 * HOUR);
    if (before === after) continue;
    let at = start;
    while (zone.offset(at) === before) at += 1000;
    found.push({ at, before, after });
  }
  return found;
})();

test('around every change of the clock since 1900 day and minute agree with luxon, and instantAt finds the way back', () => {
  expect(CHANGES.length).toBeGreaterThan(40);
  const stretches = new Set(CHANGES.map(({ at }) => Math.floor(at / 2 ** 31)));
  expect(stretches.size).toBe(CHANGES.length);
  expect(CHANGES.at(-1)).toEqual({ at: Date.UTC(2024, 1, 29, 18), before: 360, after: 300 });
  for (const { at: change } of CHANGES) {
    for (let minutes = -180; minutes <= 180; minutes += 7) {
      const at = instantFromMillis(change + minutes * 60_000);
      const oracle = DateTime.fromMillis(change + minutes * 60_000, { zone: ZONE });
      expect([dateAt(at), minuteOfDay(at)]).toEqual([oracle.toISODate(), oracle.hour * 60 + oracle.minute]);
      const back = instantAt(dateAt(at), minuteOfDay(at));
      expect([dateAt(back), minuteOfDay(back)]).toEqual([dateAt(at), minuteOfDay(at)]);
      expect(back <= at).toBe(true);
    }
  }
});

test('minutes from a midnight are those between the two moments', () => {
  fc.assert(
    fc.property(moments, fc.integer({ min: -3, max: 3 }), (ms, days) => {
      const at = instantFromMillis(ms);
      const date = addDays(dateAt(at), days);
      const passed = ms - Date.parse(instantAt(date, 0));
      expect(minutesFrom(date, at)).toBe(Math.floor(passed / 60_000));
    }),
  );
});

test('a minute that the clocks skipped counts on from before the gap', () => {
  const gap = CHANGES.find(({ at, before, after }) => after > before && at > Date.UTC(1993, 0, 1));
  if (!gap) throw new Error('the zone has had summer time');
  const local = new Date(gap.at + gap.before * 60_000);
  const skipped = instantAt(d(local.toISOString().slice(0, 10)), local.getUTCHours() * 60 + 30);
  expect(millisOf(skipped)).toBe(gap.at + 30 * 60_000);
});

test('instantAt is the inverse of dateAt and minuteOfDay', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: Date.UTC(2005, 0, 1), max: Date.UTC(2150, 0, 1) }),
      fc.integer({ min: 0, max: 1439 }),
      (ms, minute) => {
        const date = dateAt(instantFromMillis(ms));
        const at = instantAt(date, minute);
        expect(dateAt(at)).toBe(date);
        expect(minuteOfDay(at)).toBe(minute);
      },
    ),
    { numRuns: 2000 },
  );
});

test.each([-1, 1441, 0.5, Number.NaN])('there is no minute %d of a day', (minute) => {
  expect(() => instantAt(d('2027-02-01'), minute)).toThrow(RangeError);
});
