import { describe, expect, test } from 'vitest';
import { instant } from '../../../src/domain/calendar.ts';
import { ApiStage, DAY, told, TUESDAY, WEDNESDAY } from '../../support/api-stage.ts';

describe('POST /bookings', () => {
  test('books, and tells the half-hours without room', async () => {
    await using stage = await ApiStage.create();
    const { family, wish, mother, groupId } = await stage.side('75', 1);
    const booked = await family.post('/bookings', wish);
    expect([booked.status, booked.body]).toMatchObject([
      201,
      {
        childId: wish.childId,
        groupId: String(groupId),
        date: TUESDAY,
        ...DAY,
        state: 'booked',
        late: true,
        arrivedAt: null,
      },
    ]);
    expect(typeof booked.body.id).toBe('string');
    expect((await family.get(`/bookings/${booked.body.id}`)).body).toEqual(booked.body);
    const second = String(await stage.world.child(mother));
    const refused = await family.post('/bookings', { ...wish, childId: second, from: '13:30', to: '18:30' });
    expect([refused.status, refused.body]).toMatchObject([
      409,
      { reason: 'full', fullAt: ['13:30', '14:00', '14:30', '15:00', '15:30', '16:00', '16:30', '17:00'] },
    ]);
  });

  test.each([
    [{ from: '12:00', to: '09:00' }, 422, 'too_short'],
    [{ from: '08:30', to: '08:30' }, 422, 'too_short'],
    [{ from: '08:30', to: '12:00' }, 422, 'too_short'],
    [{ from: '08:00', to: '18:30' }, 422, 'too_long'],
    [{ from: '08:15', to: '17:30' }, 422, 'off_grid', 'from'],
    [{ from: '08:15', to: '17:59' }, 422, 'off_grid', 'from', 'to'],
    [{ from: '07:30' }, 422, 'outside_hours'],
    [{ to: '24:00', from: '16:00' }, 422, 'outside_hours'],
    [{ date: '2027-02-02' }, 422, 'past'],
    [{ date: '2027-02-03' }, 422, 'past'],
    [{ date: '2027-02-13' }, 422, 'closed'],
    [{ date: '2027-03-08' }, 422, 'closed'],
    [{ date: '2028-04-03' }, 422, 'beyond_horizon'],
    [{ from: '8:30' }, 422, 'invalid', 'from'],
    [{ from: '25:00' }, 422, 'invalid', 'from'],
    [{ from: 17 }, 422, 'invalid', 'from'],
    [{ date: '2027-02-30' }, 422, 'invalid', 'date'],
    [{ date: '09.02.2027' }, 422, 'invalid', 'date'],
    [{ childId: 5 }, 422, 'invalid', 'childId'],
    [{ extra: 1, operation: 'x' }, 422, 'invalid', 'extra', 'operation'],
    [{ childId: undefined, to: undefined }, 422, 'invalid', 'childId', 'to'],
    [{ childId: '999999' }, 404, 'missing'],
    [{ childId: 'no such thing' }, 404, 'missing'],
    [{ groupId: '999999' }, 404, 'missing'],
    [{ groupId: '99999999999999999999' }, 404, 'missing'],
  ])('%j is %i %s', async (change, ...refusal) => {
    await using stage = await ApiStage.create();
    const { family, wish } = await stage.side();
    expect(told(await family.post('/bookings', { ...wish, ...change }))).toEqual(refusal);
    expect((await family.get(`/bookings?from=2027-01-01&to=2028-01-01`)).body).toEqual({
      items: [],
      next: null,
    });
  });

  test('the child: category, age, skill, enrolment; the centre: locked', async () => {
    await using stage = await ApiStage.create();
    const { world } = stage;
    const { family, mother, wish, centreId } = await stage.side();
    const child = String(await world.child(mother, { skillsNeeded: ['nurse'] }));
    const reason = async (groupId: Promise<number>, childId = child) => {
      const answer = await family.post('/bookings', { ...wish, childId, groupId: String(await groupId) });
      return answer.status === 422 ? answer.body.reason : answer.status;
    };
    expect(await reason(world.group(centreId, { category: 'older_people' }))).toBe('wrong_category');
    expect(await reason(world.group(centreId, { fromAgeMonths: 200 }))).toBe('too_young');
    expect(await reason(world.group(centreId, { toAgeMonths: 60 }))).toBe('too_old');
    expect(await reason(world.group(centreId, { skills: [] }))).toBe('skill_missing');
    expect(await reason(world.group(centreId, { admission: 'enrolled' }))).toBe('not_enrolled');
    const strict = await world.centre({ lateChanges: 'staff_only' });
    expect(await reason(world.group(strict))).toBe('locked');
    expect(await reason(world.group(strict, { skills: ['nurse'] }), wish.childId)).toBe('locked');
  });

  test('the first match wins: shape, access, grid, length, eligibility, day, already booked, full', async () => {
    await using stage = await ApiStage.create();
    const { world } = stage;
    const { family, wish, mother, centreId } = await stage.side('75', 1);
    const other = String(await world.group(centreId, { category: 'older_people' }));
    const foreign = String(await world.child(await world.guardian()));
    await family.post('/bookings', wish);
    const ask = async (change: object) => told(await family.post('/bookings', { ...wish, ...change }))[1];
    const wrong = { from: '08:15', to: '09:00', groupId: other, date: '2027-02-02' };
    expect(await ask({ ...wrong, childId: foreign, extra: 1 })).toBe('invalid');
    expect(await ask({ ...wrong, childId: foreign })).toBe('missing');
    expect(await ask(wrong)).toBe('off_grid');
    expect(await ask({ ...wrong, from: '08:00' })).toBe('too_short');
    expect(await ask({ ...wrong, from: '08:00', to: '17:00' })).toBe('wrong_category');
    expect(await ask({ ...wrong, from: '07:00', to: '17:00', groupId: wish.groupId })).toBe('past');
    expect(await ask({ from: '07:00', to: '17:00' })).toBe('outside_hours');
    expect(await ask({})).toBe('already_booked');
    expect(await ask({ childId: String(await world.child(mother)) })).toBe('full');
  });

  test('who: a family for its own, staff into their own centre for children it knows, never a region', async () => {
    await using stage = await ApiStage.create();
    const [own, foreign] = [await stage.side('75'), await stage.side('71')];
    expect(told(await (await stage.as()).post('/bookings', { nonsense: 1 }))).toEqual([
      401,
      'unauthenticated',
    ]);
    expect(told(await own.manager.post('/bookings', { nonsense: 1 }))).toEqual([403, 'forbidden']);
    expect(told(await foreign.family.post('/bookings', own.wish))).toEqual([404, 'missing']);
    expect(told(await foreign.staff.post('/bookings', own.wish))).toEqual([404, 'missing']);
    // The centre does not know the child before its family has booked there.
    expect(told(await own.staff.post('/bookings', own.wish))).toEqual([404, 'missing']);
    await own.family.post('/bookings', own.wish);
    expect((await own.staff.post('/bookings', { ...own.wish, date: WEDNESDAY })).status).toBe(201);
    expect(
      told(
        await own.staff.post('/bookings', { ...own.wish, groupId: foreign.wish.groupId, date: '2027-02-11' }),
      ),
    ).toEqual([404, 'missing']);
    const admin = await stage.as(await stage.world.person('system_admin'));
    expect((await admin.post('/bookings', { ...foreign.wish })).status).toBe(201);
  });

  test('late is told; a guardian without the right to book is refused as for a foreign child', async () => {
    await using stage = await ApiStage.create();
    const { family, wish, childId } = await stage.side();
    expect((await family.post('/bookings', { ...wish, date: '2027-02-16' })).body).toMatchObject({
      late: false,
    });
    await stage.world.insert(async (tx) => tx.db.update(tx.t.guardianship).set({ mayBook: false }));
    expect(told(await family.post('/bookings', wish))).toEqual([404, 'missing']);
    expect((await family.get(`/bookings?child=${childId}`)).body['items']).toHaveLength(1);
  });
});

describe('Idempotency-Key', () => {
  test('the same key and body gives exactly the first answer, even when the booking has changed since', async () => {
    await using stage = await ApiStage.create();
    const { family, wish } = await stage.side();
    const key = { 'idempotency-key': 'tap-1' };
    const first = await family.post('/bookings', wish, key);
    await family.post(`/bookings/${first.body.id}/cancellation`);
    const again = await family.post('/bookings', wish, key);
    expect([again.status, again.body]).toEqual([201, first.body]);
    expect((await family.get('/bookings')).body['items']).toHaveLength(1);
    expect(told(await family.post('/bookings', { ...wish, date: WEDNESDAY }, key))).toEqual([
      422,
      'key_reused',
    ]);
    // After 24 hours the key is new again.
    stage.world.now = instant('2027-02-04T05:00:01.000Z');
    const later = await family.post('/bookings', { ...wish, date: WEDNESDAY }, key);
    expect([later.status, later.body]).toMatchObject([201, { date: WEDNESDAY }]);
  });

  test('refusals are not remembered, keys are of one account and one address, and none is cut short', async () => {
    await using stage = await ApiStage.create();
    const { family, wish, mother, groupId } = await stage.side('75', 1);
    const key = { 'idempotency-key': 'k' };
    const other = String(await stage.world.child(mother));
    const { body } = await family.post('/bookings', wish);
    expect(told(await family.post('/bookings', { ...wish, childId: other }, key))).toEqual([409, 'full']);
    expect((await family.post(`/bookings/${body.id}/cancellation`, {}, key)).status).toBe(201);
    expect((await family.post('/bookings', { ...wish, childId: other }, key)).status).toBe(201);
    const neighbour = await stage.world.guardian();
    const child = String(await stage.world.child(neighbour));
    const wanted = { childId: child, groupId: String(groupId), date: WEDNESDAY, ...DAY };
    expect((await (await stage.as(neighbour)).post('/bookings', wanted, key)).status).toBe(201);
    expect(told(await family.post('/bookings', wish, { 'idempotency-key': 'x'.repeat(201) }))).toEqual([
      422,
      'invalid',
      'Idempotency-Key',
    ]);
  });

  test('repeats at once are one, whatever is done', async () => {
    await using stage = await ApiStage.create();
    const { family, wish } = await stage.side();
    const once = async (path: string, body: object) => {
      const key = { 'idempotency-key': `double ${path}` };
      const answers = await Promise.all([1, 2, 3, 4].map(() => family.post(path, body, key)));
      expect(answers.map((answer) => answer.status)).toEqual([201, 201, 201, 201]);
      for (const answer of answers) expect(answer.body).toEqual(answers[0]!.body);
      return answers[0]!.body;
    };
    const { id } = await once('/bookings', wish);
    await once(`/bookings/${id}/change`, { from: '09:00', to: '14:00' });
    await once(`/bookings/${id}/cancellation`, {});
    const { childId, groupId, from, to } = wish;
    const range = {
      startsOn: '2027-03-01',
      endsOn: '2027-03-05',
      pattern: { mon: [from, to], thu: [from, to] },
    };
    expect(
      (await once('/booking-series', { childId, groupId, ...range, ifFull: 'book_free' }))['booked'],
    ).toHaveLength(2);
    expect((await family.get('/bookings')).body['items']).toHaveLength(3);
  });
});
