import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instant, instantFromMillis, plainDate } from '../../src/domain/calendar.ts';
import { watch, worthWriting } from '../../src/domain/clock-watch.ts';
import { answerBy, callFrom, firstDay, remindAt } from '../../src/domain/offer.ts';
import {
  compareScores,
  decidedBy,
  grows,
  lotOf,
  rankOrder,
  restorableUntil,
  scoreOf,
  START_TERMS,
  wrongTerms,
  type QueueTerms,
  type RankInputs,
} from '../../src/domain/waiting-list.ts';

const inputs = (more: Partial<RankInputs> = {}): RankInputs => ({
  entryId: 1,
  priority: 0,
  sibling: false,
  district: false,
  registeredAt: instant('2026-09-01T04:00:00.000Z'),
  ...more,
});

const anyInputs = fc.record({
  entryId: fc.integer({ min: 1, max: 1_000_000 }),
  priority: fc.integer({ min: 0, max: 3 }),
  sibling: fc.boolean(),
  district: fc.boolean(),
  registeredAt: fc
    .integer({ min: 1_700_000_000, max: 1_700_000_050 })
    .map((s) => instantFromMillis(s * 1000)),
});

const anyTerms: fc.Arbitrary<QueueTerms> = fc.record({
  outOfTurn: fc.boolean(),
  siblingPoints: fc.integer({ min: 0, max: 5 }),
  districtPoints: fc.integer({ min: 0, max: 5 }),
  lotSeed: fc.string({ minLength: 1, maxLength: 8 }),
  answerWorkingDays: fc.constant(2),
  rescueMinutes: fc.constant(10),
  reserveAfter: fc.constant(5),
});

describe('the order of a queue', () => {
  test.each([
    [
      'the statutory class comes before everything',
      { priority: 1 },
      { sibling: true, district: true },
      'class',
    ],
    [
      'points come before the date',
      { sibling: true },
      { registeredAt: instant('2020-01-01T00:00:00.000Z') },
      'points',
    ],
    ['a sibling counts more than the district', { sibling: true }, { district: true }, 'points'],
    [
      'the earlier registration comes first',
      {},
      { registeredAt: instant('2026-09-01T04:00:01.000Z') },
      'registered',
    ],
  ] as const)('%s', (_, better, worse, word) => {
    const [a, b] = [
      scoreOf(inputs(better), START_TERMS),
      scoreOf(inputs({ entryId: 2, ...worse }), START_TERMS),
    ];
    expect(compareScores(a, b)).toBeLessThan(0);
    expect(decidedBy(a, b)).toBe(word);
  });

  test('the lot is the last word, and anybody can draw it again', () => {
    const [a, b] = [scoreOf(inputs(), START_TERMS), scoreOf(inputs({ entryId: 2 }), START_TERMS)];
    expect(decidedBy(a, b)).toBe('lot');
    expect(lotOf('kundiz', 1)).toBe(a[3]);
    expect(lotOf('kundiz', 1)).toBe(lotOf('kundiz', 1));
    expect(lotOf('other', 1)).not.toBe(lotOf('kundiz', 1));
  });

  test('without out-of-turn classes nobody’s class counts', () => {
    const terms = { ...START_TERMS, outOfTurn: false };
    expect(scoreOf(inputs({ priority: 3 }), terms)[0]).toBe(0);
  });

  test('the order is total, the same for any order of asking, and as words say it', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(anyInputs, { selector: (each) => each.entryId, maxLength: 20 }),
        anyTerms,
        fc.integer(),
        (all, terms, turn) => {
          const scored = all.map((each) => ({
            entryId: each.entryId,
            inputs: each,
            score: scoreOf(each, terms),
          }));
          const turned = [
            ...scored.slice(turn % (scored.length || 1)),
            ...scored.slice(0, turn % (scored.length || 1)),
          ];
          const order = rankOrder(scored);
          expect(rankOrder(turned)).toEqual(order);
          const points = ({ sibling, district }: RankInputs) =>
            (sibling ? terms.siblingPoints : 0) + (district ? terms.districtPoints : 0);
          for (const [at, later] of order.slice(1).entries()) {
            const [a, b] = [order[at]!.inputs, later.inputs];
            const [classA, classB] = terms.outOfTurn ? [a.priority, b.priority] : [0, 0];
            expect(classA).toBeGreaterThanOrEqual(classB);
            if (classA > classB) continue;
            expect(points(a)).toBeGreaterThanOrEqual(points(b));
            if (points(a) > points(b)) continue;
            expect(a.registeredAt <= b.registeredAt).toBe(true);
          }
        },
      ),
    );
  });

  test('scores are whole numbers, so that they are the same bit for bit', () => {
    fc.assert(
      fc.property(anyInputs, anyTerms, (each, terms) => {
        const score = scoreOf(each, terms);
        expect(score.every(Number.isInteger)).toBe(true);
        expect(JSON.parse(JSON.stringify(score))).toEqual(score);
      }),
    );
  });

  test('terms out of bounds are named', () => {
    expect(wrongTerms(START_TERMS)).toEqual([]);
    expect(wrongTerms({ ...START_TERMS, siblingPoints: -1, answerWorkingDays: 0, lotSeed: '' })).toEqual([
      'siblingPoints',
      'answerWorkingDays',
      'lotSeed',
    ]);
    expect(wrongTerms({} as QueueTerms & { lotSeed: string })).toContain('lotSeed');
  });
});

describe('a changed wish', () => {
  test.each([
    [1200, [1, 2], 1200, [2, 1], false],
    [1200, [1, 2], 900, [1], false],
    [1200, [1], 1201, [1], true],
    [1200, [1], 1200, [1, 2], true],
  ])('%d min of %j to %d min of %j grows: %s', (minutes, choices, then, named, grown) => {
    expect(grows({ minutesPerWeek: minutes, choices }, { minutesPerWeek: then, choices: named })).toBe(grown);
  });
});

describe('the time of an offer', () => {
  const none = new Map();
  test.each([
    // Wednesday: Thursday, Friday; the end of Friday is midnight in Almaty, 19:00 UTC.
    ['2027-02-03T05:00:00.000Z', 2, '2027-02-05T19:00:00.000Z'],
    // Friday: Monday, Tuesday.
    ['2027-02-05T05:00:00.000Z', 2, '2027-02-09T19:00:00.000Z'],
    // Before the spring holidays of 2027: 15 March, then 21–23 March with what they move to.
    ['2027-03-12T05:00:00.000Z', 2, '2027-03-17T19:00:00.000Z'],
    // Late in the evening it is the next day in Almaty already.
    ['2027-02-03T19:30:00.000Z', 1, '2027-02-05T19:00:00.000Z'],
  ])('offered %s with %d working days: answered before %s', (offeredAt, days, until) => {
    expect(answerBy(instant(offeredAt), days, none)).toBe(instant(until));
  });

  test('a reminder a day before, a call half a day before, the first day after the answer is due', () => {
    const until = instant('2027-02-05T19:00:00.000Z');
    expect(remindAt(instant('2027-02-03T05:00:00.000Z'), until)).toBe(instant('2027-02-04T19:00:00.000Z'));
    expect(remindAt(instant('2027-02-04T18:30:00.000Z'), until)).toBeNull();
    expect(callFrom(until)).toBe(instant('2027-02-05T07:00:00.000Z'));
    expect(firstDay(plainDate('2027-01-01'), until)).toBe('2027-02-06');
    expect(firstDay(plainDate('2027-03-01'), until)).toBe('2027-03-01');
    expect(restorableUntil(until)).toBe('2027-03-06');
  });
});

describe('the clock', () => {
  const at = (text: string) => instant(text);
  test('a night or a week of downtime is believed, a month is not, until a person has looked or it comes back', () => {
    const first = watch(undefined, at('2027-02-03T05:00:00.000Z'));
    expect(first.doubtedFrom).toBeNull();
    expect(watch(first, at('2027-02-10T05:00:00.000Z')).doubtedFrom).toBeNull();
    const doubted = watch(first, at('2027-03-05T05:00:00.000Z'));
    expect(doubted.doubtedFrom).toBe(first.seenAt);
    expect(watch(doubted, at('2027-03-05T05:10:00.000Z')).doubtedFrom).toBe(first.seenAt);
    expect(watch(doubted, at('2027-02-03T06:00:00.000Z')).doubtedFrom).toBeNull();
  });
  test('a step back by an hour changes nothing', () => {
    const first = watch(undefined, at('2027-02-03T05:00:00.000Z'));
    expect(watch(first, at('2027-02-03T04:00:00.000Z')).doubtedFrom).toBeNull();
  });
  test('it is written down every few minutes, and when the doubt changes', () => {
    const first = { seenAt: at('2027-02-03T05:00:00.000Z'), doubtedFrom: null };
    expect(worthWriting(undefined, first)).toBe(true);
    expect(worthWriting(first, { ...first, seenAt: at('2027-02-03T05:01:00.000Z') })).toBe(false);
    expect(worthWriting(first, { ...first, seenAt: at('2027-02-03T05:06:00.000Z') })).toBe(true);
    expect(worthWriting(first, { ...first, doubtedFrom: first.seenAt })).toBe(true);
  });
});
