import { describe, expect, test } from 'vitest';
import { ApiStage, told } from '../../support/api-stage.ts';

const DAY = ['08:30', '17:30'];
const WEEK = { mon: DAY, tue: DAY, wed: DAY, thu: DAY, fri: DAY };

async function stageWithSeries(room = 2) {
  const stage = await ApiStage.create();
  const side = await stage.side('75', room);
  const { childId, groupId } = side.wish;
  const wish = {
    childId,
    groupId,
    pattern: WEEK,
    startsOn: '2027-03-01',
    endsOn: '2027-03-14',
    ifFull: 'refuse_all',
  };
  const ask = (change: object = {}, headers: Record<string, string> = {}) =>
    side.family.post('/booking-series', { ...wish, ...change }, headers);
  const list = async () =>
    (await side.family.get('/bookings?from=2027-02-01&to=2028-02-28&limit=500')).body['items'] as {
      date: string;
    }[];
  return { ...side, stage, series: wish, ask, list };
}

describe('booking a series', () => {
  test('a fortnight of work; the holiday is listed as closed and fails nothing', async () => {
    const { stage, ask, list } = await stageWithSeries();
    await using _ = stage;
    const { status, body } = await ask();
    expect([status, body]).toMatchObject([
      201,
      { refused: [{ date: '2027-03-08', reason: 'closed', fullAt: [] }] },
    ]);
    expect(body['booked']).toHaveLength(9);
    expect((await list()).map((each) => each.date)).toEqual(body['booked']);
  });

  test('refuse_all: one full day refuses everything, with its half-hours; book_free books the others', async () => {
    const { stage, ask, list, family, wish, mother } = await stageWithSeries(1);
    await using _ = stage;
    const other = String(await stage.world.child(mother));
    await family.post('/bookings', {
      ...wish,
      childId: other,
      date: '2027-03-03',
      from: '08:00',
      to: '12:00',
    });
    const refused = await ask();
    expect([refused.status, refused.body]).toMatchObject([
      409,
      {
        reason: 'full',
        refused: [
          {
            date: '2027-03-03',
            reason: 'full',
            fullAt: ['08:30', '09:00', '09:30', '10:00', '10:30', '11:00', '11:30'],
          },
          { date: '2027-03-08', reason: 'closed', fullAt: [] },
        ],
      },
    ]);
    expect(await list()).toHaveLength(1);
    const { status, body } = await ask({ ifFull: 'book_free' });
    expect(status).toBe(201);
    expect(body['booked']).toHaveLength(8);
    expect(body['booked']).not.toContain('2027-03-03');
    const none = await ask({ ifFull: 'book_free' });
    expect([none.status, none.body]).toMatchObject([201, { booked: [] }]);
    expect(
      (none.body['refused'] as { reason: string }[]).filter((day) => day.reason === 'already_booked'),
    ).toHaveLength(8);
  });

  test('refuse_all: full and already_booked are 409, whatever else fails; otherwise the first reason', async () => {
    const { stage, ask, family, wish, list } = await stageWithSeries(1);
    await using _ = stage;
    await family.post('/bookings', { ...wish, date: '2027-03-03' });
    const pattern = { ...WEEK, mon: ['07:00', '12:00'] };
    expect(told(await ask({ pattern }))).toEqual([409, 'already_booked']);
    const outside = await ask({ pattern, endsOn: '2027-03-02' });
    expect([outside.status, outside.body]).toMatchObject([
      422,
      { reason: 'outside_hours', refused: [{ date: '2027-03-01' }] },
    ]);
    expect(told(await ask({ startsOn: '2027-02-01', endsOn: '2027-02-05' }))).toEqual([422, 'past']);
    expect(told(await ask({ startsOn: '2028-03-27', endsOn: '2028-04-14' }))).toEqual([
      422,
      'beyond_horizon',
    ]);
    expect(await list()).toHaveLength(1);
  });

  test('twelve months of a five-day week', async () => {
    const { stage, ask, list } = await stageWithSeries();
    await using _ = stage;
    const { status, body } = await ask({ startsOn: '2027-02-08', endsOn: '2028-02-07' });
    expect(status).toBe(201);
    const booked = body['booked'] as string[];
    expect(booked.length).toBeGreaterThan(240);
    expect(await list()).toHaveLength(booked.length);
  });

  test('cycles run two days on, two off; dates are taken as given', async () => {
    const { stage, ask } = await stageWithSeries();
    await using _ = stage;
    const cycle = { cycle: 4, from: '2027-03-01', days: { 1: DAY, 2: DAY } };
    const worked = await ask({ pattern: cycle, endsOn: '2027-03-12' });
    expect(worked.body).toMatchObject({
      booked: ['2027-03-01', '2027-03-02', '2027-03-05', '2027-03-09', '2027-03-10'],
      refused: [{ date: '2027-03-06', reason: 'closed' }],
    });
    const dates = { dates: { '2027-03-04': ['09:00', '13:30'], '2027-03-15': DAY } };
    expect((await ask({ pattern: dates })).body).toMatchObject({ booked: ['2027-03-04'], refused: [] });
  });

  test('a repeated key gives the first answer', async () => {
    const { stage, ask, list } = await stageWithSeries();
    await using _ = stage;
    const key = { 'idempotency-key': 'series' };
    const first = await ask({}, key);
    expect((await ask({}, key)).body).toEqual(first.body);
    expect(told(await ask({ ifFull: 'book_free' }, key))).toEqual([422, 'key_reused']);
    expect(await list()).toHaveLength(9);
  });
});

describe('refusals', () => {
  test.each([
    [{ pattern: {} }, 422, 'invalid', 'pattern'],
    [{ pattern: undefined }, 422, 'invalid', 'pattern'],
    [{ pattern: 'mon' }, 422, 'invalid', 'pattern'],
    [{ pattern: { mon: ['8:30', '17:30'], someday: DAY } }, 422, 'invalid', 'pattern.mon', 'pattern.someday'],
    [{ pattern: { cycle: 1, from: '2027-03-01', days: { 1: DAY } } }, 422, 'invalid', 'pattern.cycle'],
    [{ pattern: { cycle: 29, from: '2027-03-01', days: { 1: DAY } } }, 422, 'invalid', 'pattern.cycle'],
    [{ pattern: { dates: { '2027-02-30': DAY } } }, 422, 'invalid', 'pattern.dates.2027-02-30'],
    [
      { pattern: { mon: ['08:15', '17:30'], tue: ['08:00', '09:00'] } },
      422,
      'off_grid',
      'pattern.mon',
      'pattern.tue too_short',
    ],
    [{ pattern: { mon: ['12:00', '08:00'] } }, 422, 'too_short', 'pattern.mon'],
    [{ pattern: { mon: ['08:00', '18:30'] } }, 422, 'too_long', 'pattern.mon'],
    [{ startsOn: '2027-03-02', endsOn: '2027-03-01' }, 422, 'invalid', 'endsOn'],
    [{ startsOn: '2027-03-01', endsOn: '2028-03-02' }, 422, 'invalid', 'endsOn too_wide'],
    [{ startsOn: '1900-01-01', endsOn: '9999-12-31' }, 422, 'invalid', 'endsOn'],
    [{ ifFull: 'maybe' }, 422, 'invalid', 'ifFull'],
    [{ ifFull: undefined, comment: '' }, 422, 'invalid', 'ifFull', 'comment'],
    [{ childId: '999999', pattern: { mon: ['08:15', '17:30'] } }, 404, 'missing'],
    [{ groupId: '999999', pattern: { mon: ['08:00', '09:00'] } }, 404, 'missing'],
  ])('%j is %i %s', async (change, ...refusal) => {
    const { stage, ask, list } = await stageWithSeries();
    await using _ = stage;
    expect(told(await ask(change))).toEqual(refusal);
    expect(await list()).toEqual([]);
  });

  test('eligibility of every day: category of the child, age on the date, skills, enrolment; access before all', async () => {
    const { stage, ask, mother, centreId, series } = await stageWithSeries();
    await using _ = stage;
    const { world } = stage;
    const childId = String(
      await world.child(mother, { birthDate: '2025-09-08' as never, skillsNeeded: ['nurse'] }),
    );
    const into = async (options: Parameters<typeof world.group>[1]) =>
      told(await ask({ childId, groupId: String(await world.group(centreId, options)) }));
    expect(await into({ category: 'older_people' })).toEqual([422, 'wrong_category']);
    expect(await into({})).toEqual([422, 'too_young']);
    expect(await into({ fromAgeMonths: 0, toAgeMonths: 17 })).toEqual([422, 'too_old']);
    expect(await into({ fromAgeMonths: 0, skills: [] })).toEqual([422, 'skill_missing']);
    expect(await into({ fromAgeMonths: 0, admission: 'enrolled' })).toEqual([422, 'not_enrolled']);
    const strict = await world.centre({ lateChanges: 'staff_only' });
    const groupId = String(await world.group(strict));
    expect(told(await ask({ groupId, startsOn: '2027-02-08', endsOn: '2027-02-09' }))).toEqual([
      422,
      'locked',
    ]);
    const foreign = await stage.side('71');
    expect(told(await foreign.family.post('/booking-series', series))).toEqual([404, 'missing']);
    expect(told(await foreign.family.post('/booking-series', { ...series, pattern: {} }))).toEqual([
      422,
      'invalid',
      'pattern',
    ]);
    expect(told(await foreign.manager.post('/booking-series', {}))).toEqual([403, 'forbidden']);
  });
});
