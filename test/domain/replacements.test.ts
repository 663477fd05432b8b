import { describe, expect, test } from 'vitest';
import { addMinutes, instant, plainDate } from '../../src/domain/calendar.ts';
import {
  againstWish,
  answerBy,
  compareRanks,
  defaultWithin,
  nextTurn,
  overtimeOfWeek,
  rankScore,
  takingOf,
  withinOf,
  type Ask,
  type OpenStretch,
  type RankFacts,
} from '../../src/domain/replacements.ts';
import type { StretchedShift } from '../../src/domain/shift.ts';
import type { Worker } from '../../src/domain/working-time.ts';

const MONDAY = plainDate('2027-02-08');
/** 10:00 on that Monday in Almaty. */
const NOW = instant('2027-02-08T05:00:00.000Z');
const open: OpenStretch = { date: MONDAY, groupId: 1, from: 16, to: 26, level: 1, skill: null };
const terms = { missed: [16, 17, 18, 19, 20, 22, 23, 24, 25], breakAfterMinutes: 360 };

const shift = (from: number, to: number, stretches: StretchedShift['stretches'] = []): StretchedShift => ({
  staffId: 7,
  date: MONDAY,
  from,
  to,
  breakFrom: null,
  stretches,
});

describe('taking a stretch over', () => {
  test('is a shift of its own, with a break only where the law asks for one', () => {
    expect(takingOf(open, undefined, 7, terms)).toEqual({
      kind: 'new',
      shift: {
        staffId: 7,
        date: MONDAY,
        from: 16,
        to: 26,
        breakFrom: null,
        stretches: [{ groupId: 1, from: 16, to: 26 }],
      },
    });
    const long = takingOf({ ...open, to: 34 }, undefined, 7, terms);
    // The one half-hour at which nobody is missed, though the middle is later.
    expect(long).toMatchObject({ shift: { breakFrom: 26 } });
    const all = { ...terms, missed: Array.from({ length: 18 }, (_, at) => 16 + at) };
    expect(takingOf({ ...open, to: 34 }, undefined, 7, all)).toMatchObject({ shift: { breakFrom: 24 } });
  });

  test('lengthens a shift that touches it, the break outside the time with another group', () => {
    const own = shift(26, 34, [{ groupId: 2, from: 26, to: 34 }]);
    const longer = takingOf(open, own, 7, terms);
    expect(longer).toMatchObject({ kind: 'longer', shift: { from: 16, to: 34, breakFrom: 21 } });
    expect(longer).toMatchObject({
      shift: { stretches: [{ groupId: 1, from: 16, to: 26 }, { groupId: 2 }] },
    });
  });

  test('is not possible for whoever is with a group then, or has a shift apart from it', () => {
    expect(takingOf(open, shift(20, 30, [{ groupId: 2, from: 20, to: 30 }]), 7, terms)).toEqual({
      kind: 'busy',
    });
    expect(takingOf(open, shift(28, 36), 7, terms)).toEqual({ kind: 'apart' });
    // On site without a group: nobody is missed elsewhere.
    expect(takingOf(open, shift(14, 30), 7, terms)).toMatchObject({
      kind: 'longer',
      shift: { from: 14, to: 30 },
    });
  });
});

test('overtime is what the law counts over the contract of the week', () => {
  const worker = { weeklyMinutes: 600, daysPerWeek: 5, summedTime: true } as Worker;
  const week = [shift(16, 26), { ...shift(16, 32), date: plainDate('2027-02-09') }];
  expect(overtimeOfWeek(worker, week, MONDAY)).toBe(180);
  expect(overtimeOfWeek(worker, [...week, { ...shift(16, 36), date: plainDate('2027-02-15') }], MONDAY)).toBe(
    180,
  );
});

test('a wish is kept or not by the half-hour; no wish weighs nothing', () => {
  expect(againstWish(open, null)).toBe(0);
  expect(againstWish(open, { mon: [16, 30] })).toBe(0);
  expect(againstWish(open, { mon: [20, 30] })).toBe(120);
  expect(againstWish(open, { tue: [16, 30] })).toBe(300);
});

describe('the rank', () => {
  const facts = (staffId: number, given: Partial<RankFacts> = {}): RankFacts => ({
    staffId,
    overtime: 0,
    surplus: 0,
    withGroup: 0,
    againstWish: 0,
    extra: 0,
    ...given,
  });
  test.each([
    ['hours under the contract before overtime', { surplus: 2 }, { overtime: 30 }],
    ['just enough before a specialist', { withGroup: 0 }, { surplus: 1, withGroup: 900 }],
    ['who knows the group', { withGroup: 60, againstWish: 300 }, { withGroup: 30 }],
    ['who wishes the hours', { extra: 600 }, { againstWish: 30 }],
    ['who took over least lately', { extra: 0 }, { extra: 60 }],
  ])('%s', (_, better, worse) => {
    // The number in the register would say otherwise.
    const [first, second] = [rankScore(facts(9, better)), rankScore(facts(1, worse))];
    expect(compareRanks(first, second)).toBeLessThan(0);
    expect(compareRanks(second, first)).toBeGreaterThan(0);
  });
  test('the number in the register is the last word', () => {
    expect(compareRanks(rankScore(facts(1)), rankScore(facts(2)))).toBeLessThan(0);
  });
});

describe('whose turn it is', () => {
  const ask = (staffId: number, given: Partial<Ask> = {}): Ask => ({
    staffId,
    score: [0, 0, 0, 0, 0, staffId],
    askedAt: NOW,
    answerUntil: addMinutes(NOW, 30),
    answer: null,
    ...given,
  });
  test('a yes waits for those of a better rank who can still answer, and for nobody else', () => {
    expect(nextTurn([ask(1), ask(2, { answer: 'yes' }), ask(3)], NOW)).toEqual({
      kind: 'waits',
      until: addMinutes(NOW, 30),
    });
    expect(nextTurn([ask(1, { answer: 'no' }), ask(2, { answer: 'yes' }), ask(3)], NOW)).toEqual({
      kind: 'wins',
      staffId: 2,
    });
    expect(nextTurn([ask(1), ask(2, { answer: 'yes' })], addMinutes(NOW, 30))).toEqual({
      kind: 'wins',
      staffId: 2,
    });
    expect(nextTurn([ask(1, { answer: 'yes' }), ask(2, { answer: 'yes' })], NOW)).toEqual({
      kind: 'wins',
      staffId: 1,
    });
  });
  test('who waits in turn is asked when nobody else is: neither before, nor while somebody has said yes', () => {
    const next = ask(2, { askedAt: null, answerUntil: null });
    expect(nextTurn([ask(1), next], NOW).kind).toBe('waits');
    expect(nextTurn([ask(1, { answer: 'no' }), next], NOW)).toEqual({ kind: 'asks', staffId: 2 });
    expect(nextTurn([ask(1), next], addMinutes(NOW, 30))).toEqual({ kind: 'asks', staffId: 2 });
    expect(nextTurn([ask(1, { answer: 'no' })], NOW)).toEqual({ kind: 'nobody' });
  });
  test('who comes forward wins over nobody, and waits behind a better rank', () => {
    const came = ask(5, { askedAt: null, answerUntil: null, answer: 'yes' });
    expect(nextTurn([came], NOW)).toEqual({ kind: 'wins', staffId: 5 });
    expect(nextTurn([came, ask(1)], NOW).kind).toBe('waits');
  });
});

describe('until when people answer', () => {
  const tomorrow = { date: plainDate('2027-02-09'), from: 16 };
  test('half an hour on the same day, until 20:00 otherwise', () => {
    expect(defaultWithin(MONDAY, NOW, null)).toBe(30);
    expect(answerBy({ date: MONDAY, from: 28 }, NOW, 30)).toBe(addMinutes(NOW, 30));
    expect(defaultWithin(tomorrow.date, NOW, null)).toBe('evening');
    expect(answerBy(tomorrow, NOW, 'evening')).toBe('2027-02-08T15:00:00.000Z');
  });
  test('as the centre has set, on whatever day', () => {
    for (const date of [MONDAY, tomorrow.date]) {
      expect(defaultWithin(date, NOW, 60)).toBe(60);
      expect(defaultWithin(date, NOW, 0)).toBe('evening');
    }
  });
  test('before the stretch begins, yet never sooner than somebody can read it', () => {
    // Asked at 21:00 for 08:00: half an hour before the shift.
    expect(answerBy(tomorrow, instant('2027-02-08T16:00:00.000Z'), 'evening')).toBe(
      '2027-02-09T02:30:00.000Z',
    );
    expect(answerBy({ date: MONDAY, from: 20 }, NOW, 120)).toBe(addMinutes(NOW, 30));
    expect(answerBy({ date: MONDAY, from: 20 }, NOW, 15)).toBe(addMinutes(NOW, 15));
  });
  test('the next in turn has as long as the one before', () => {
    const until = answerBy(tomorrow, NOW, 'evening');
    expect(withinOf({ askedAt: NOW, answerUntil: until })).toBe('evening');
    expect(withinOf({ askedAt: NOW, answerUntil: addMinutes(NOW, 45) })).toBe(45);
  });
});
