import { describe, expect, test } from 'vitest';
import { instant } from '../../../src/domain/calendar.ts';
import { insertApiToken } from '../../../src/data/accounts.ts';
import { newToken } from '../../../src/use-cases/sign-in.ts';
import { ApiStage, told, TUESDAY, WEDNESDAY } from '../../support/api-stage.ts';

async function booked(room = 1) {
  const stage = await ApiStage.create();
  const side = await stage.side('75', room);
  const { body } = await side.family.post('/bookings', side.wish);
  return { ...side, stage, id: body.id, at: `/bookings/${body.id}` };
}

describe('change', () => {
  test('moves time, day and group under the same id; a full target leaves everything as it was', async () => {
    const { stage, family, at, id, wish, mother, centreId } = await booked();
    await using _ = stage;
    const moved = await family.post(`${at}/change`, { from: '09:00', to: '14:00' });
    expect([moved.status, moved.body]).toMatchObject([
      201,
      { id, date: TUESDAY, from: '09:00', to: '14:00', state: 'booked' },
    ]);
    const groupId = String(await stage.world.group(centreId, { room: 1 }));
    const away = await family.post(`${at}/change`, { groupId, date: WEDNESDAY, from: '09:00', to: '14:00' });
    expect(away.body).toMatchObject({ id, groupId, date: WEDNESDAY });
    const second = String(await stage.world.child(mother));
    await family.post('/bookings', { ...wish, childId: second });
    const full = await family.post(`${at}/change`, {
      groupId: wish.groupId,
      date: TUESDAY,
      from: '12:30',
      to: '17:00',
    });
    expect([full.status, full.body]).toMatchObject([
      409,
      { reason: 'full', fullAt: expect.arrayContaining(['12:30']) },
    ]);
    expect((await family.get(at)).body).toEqual(away.body);
  });

  test.each([
    [{}, 422, 'invalid', 'from', 'to'],
    [{ from: '9:00', to: '14:00' }, 422, 'invalid', 'from'],
    [{ from: '09:10', to: '14:00' }, 422, 'off_grid', 'from'],
    [{ from: '14:00', to: '09:00' }, 422, 'too_short'],
    [{ from: '08:00', to: '18:30' }, 422, 'too_long'],
    [{ from: '08:00', to: '14:00', childId: '1' }, 422, 'invalid', 'childId'],
    [{ from: '08:00', to: '14:00', date: '2027-02-02' }, 422, 'past'],
    [{ from: '08:00', to: '14:00', date: '2027-02-13' }, 422, 'closed'],
    [{ from: '08:10', to: '14:00', groupId: '999999' }, 404, 'missing'],
  ])('%j is %i %s', async (change, ...refusal) => {
    const { stage, family, at } = await booked();
    await using _ = stage;
    const before = await family.get(at);
    expect(told(await family.post(`${at}/change`, change))).toEqual(refusal);
    expect((await family.get(at)).body).toEqual(before.body);
  });

  test('not onto a day that has a booking, nor after a cancellation or an arrival', async () => {
    const { stage, family, staff, at, wish } = await booked();
    await using _ = stage;
    const other = await family.post('/bookings', { ...wish, date: WEDNESDAY });
    const change = { from: '09:00', to: '14:00' };
    expect(told(await family.post(`${at}/change`, { ...change, date: WEDNESDAY }))).toEqual([
      409,
      'already_booked',
    ]);
    await family.post(`/bookings/${other.body.id}/cancellation`);
    expect(told(await family.post(`/bookings/${other.body.id}/change`, change))).toEqual([409, 'stale']);
    stage.world.now = instant('2027-02-09T03:32:00.000Z');
    await staff.post(`${at}/arrival`);
    expect(told(await family.post(`${at}/change`, change))).toEqual([409, 'stale']);
  });
});

describe('cancellation and absence', () => {
  test('free the place at once; repeats are answered with the state as it is', async () => {
    const { stage, family, at, wish, mother } = await booked();
    await using _ = stage;
    const cancelled = await family.post(`${at}/cancellation`);
    expect([cancelled.status, cancelled.body]).toMatchObject([
      201,
      { state: 'cancelled', releasedFrom: '08:30' },
    ]);
    expect((await family.post(`${at}/cancellation`, {})).body).toEqual(cancelled.body);
    const other = String(await stage.world.child(mother));
    const again = await family.post('/bookings', { ...wish, childId: other });
    const absent = await family.post(`/bookings/${again.body.id}/absence`, { kind: 'illness' });
    expect([absent.status, absent.body]).toMatchObject([201, { state: 'absent', absence: 'illness' }]);
    expect((await family.post('/bookings', wish)).status).toBe(201);
    expect(told(await family.post(`/bookings/${again.body.id}/cancellation`))).toEqual([409, 'stale']);
  });

  test('need no body at all', async () => {
    const { stage, at, mother } = await booked();
    await using _ = stage;
    const { token, tokenHash } = newToken();
    const { world, app } = stage;
    const row = {
      tokenHash,
      assignmentId: mother.assignmentId,
      label: '',
      createdAt: world.now,
      revokedAt: null,
    };
    await world.insert((tx) =>
      insertApiToken(tx, { ...row, expiresAt: instant('2027-03-01T00:00:00.000Z') }),
    );
    const headers = { authorization: `Bearer ${token}` };
    const answer = await fetch(`${app.url}/api/v1${at}/cancellation`, { method: 'POST', headers });
    expect([answer.status, await answer.json()]).toMatchObject([201, { state: 'cancelled' }]);
  });

  test('never locked; elapsed half-hours stay booked; what is over is past', async () => {
    const { stage, family, at } = await booked();
    await using _ = stage;
    await stage.world.insert(async (tx) => tx.db.update(tx.t.centre).set({ lateChanges: 'staff_only' }));
    stage.world.now = instant('2027-02-09T05:10:00.000Z');
    expect((await family.post(`${at}/cancellation`)).body).toMatchObject({ releasedFrom: '10:30' });
    const next = await booked();
    await using later = next.stage;
    later.world.now = instant('2027-02-09T13:00:00.000Z');
    expect(told(await next.family.post(`${next.at}/cancellation`))).toEqual([422, 'past']);
    expect(told(await next.family.post(`${next.at}/absence`, { kind: 'illness' }))).toEqual([422, 'past']);
  });

  test('kinds: excused and unexcused are for staff to say', async () => {
    const { stage, family, staff, at } = await booked();
    await using _ = stage;
    expect(told(await family.post(`${at}/absence`, { kind: 'excused' }))).toEqual([403, 'forbidden']);
    expect(told(await family.post(`${at}/absence`, { kind: 'lazy' }))).toEqual([422, 'invalid', 'kind']);
    expect(told(await family.post(`${at}/absence`, {}))).toEqual([422, 'invalid', 'kind']);
    expect(told(await family.post(`${at}/cancellation`, { why: 'rain' }))).toEqual([422, 'invalid', 'why']);
    expect((await staff.post(`${at}/absence`, { kind: 'unexcused' })).body).toMatchObject({
      absence: 'unexcused',
    });
  });
});

describe('If-Match', () => {
  test.each(['change', 'cancellation', 'absence'])(
    '%s of what has changed since is stale',
    async (action) => {
      const { stage, family, at } = await booked();
      await using _ = stage;
      const bodies: Record<string, object> = {
        change: { from: '09:00', to: '14:00' },
        cancellation: {},
        absence: { kind: 'family' },
      };
      const seen = (await family.get(at)).headers.get('etag')!;
      await family.post(`${at}/change`, { from: '08:00', to: '12:00' });
      const refused = await family.post(`${at}/${action}`, bodies[action], { 'if-match': seen });
      expect(told(refused)).toEqual([409, 'stale']);
      expect((await family.get(at)).body).toMatchObject({ from: '08:00', state: 'booked' });
      const fresh = (await family.get(at)).headers.get('etag')!;
      const weak = await family.post(`${at}/${action}`, bodies[action], { 'if-match': `W/${fresh}` });
      expect(told(weak)).toEqual([409, 'stale']);
      const key = { 'idempotency-key': 'once', 'if-match': `"other", ${fresh}` };
      const done = await family.post(`${at}/${action}`, bodies[action], key);
      expect(done.status).toBe(201);
      // The repeat is answered, although the booking is no longer as that header says.
      expect((await family.post(`${at}/${action}`, bodies[action], key)).body).toEqual(done.body);
    },
  );

  test('* matches whatever there is', async () => {
    const { stage, family, at } = await booked();
    await using _ = stage;
    expect((await family.post(`${at}/cancellation`, {}, { 'if-match': '*' })).status).toBe(201);
  });
});

describe('arrival and departure', () => {
  test('by staff, repeated → the first answer; leaving early frees the rest', async () => {
    const { stage, family, staff, at, wish, mother } = await booked();
    await using _ = stage;
    expect(told(await staff.post(`${at}/departure`))).toEqual([422, 'not_arrived']);
    expect(told(await staff.post(`${at}/arrival`))).toEqual([422, 'not_arrived']);
    stage.world.now = instant('2027-02-09T03:32:20.000Z');
    expect(told(await family.post(`${at}/arrival`))).toEqual([403, 'forbidden']);
    const arrived = await staff.post(`${at}/arrival`);
    expect(arrived.body).toMatchObject({ arrivedAt: '2027-02-09T03:32:20.000Z', departedAt: null });
    stage.world.now = instant('2027-02-09T08:05:00.000Z');
    expect((await staff.post(`${at}/arrival`)).body).toEqual(arrived.body);
    const stranger = await stage.world.guardian();
    const bad = await staff.post(`${at}/departure`, { collectorId: String(stranger.personId) });
    expect(told(bad)).toEqual([422, 'invalid', 'collectorId']);
    const left = await staff.post(`${at}/departure`, { collectorId: String(mother.personId) });
    expect(left.body).toMatchObject({
      arrivedAt: arrived.body['arrivedAt'],
      departedAt: '2027-02-09T08:05:00.000Z',
    });
    expect((await staff.post(`${at}/departure`)).body).toEqual(left.body);
    expect((await family.get(at)).body).toMatchObject({ state: 'attended', releasedFrom: '13:30' });
    const other = String(await stage.world.child(mother));
    expect(
      (await family.post('/bookings', { ...wish, childId: other, from: '13:30', to: '17:30' })).status,
    ).toBe(201);
  });

  test('If-Match: not when somebody else was quicker', async () => {
    const { stage, family, staff, at } = await booked();
    await using _ = stage;
    stage.world.now = instant('2027-02-09T03:32:20.000Z');
    const seen = { 'if-match': (await staff.get(at)).headers.get('etag')! };
    expect((await staff.post(`${at}/arrival`, {}, seen)).status).toBe(201);
    expect(told(await staff.post(`${at}/departure`, {}, seen))).toEqual([409, 'stale']);
    expect((await family.get(at)).body).toMatchObject({ departedAt: null });
  });

  test('not on another day, not after a cancellation', async () => {
    const { stage, family, staff, at, wish } = await booked();
    await using _ = stage;
    const { body } = await family.post('/bookings', { ...wish, date: WEDNESDAY });
    await family.post(`/bookings/${body.id}/cancellation`);
    stage.world.now = instant('2027-02-10T05:00:00.000Z');
    expect(told(await staff.post(`${at}/arrival`))).toEqual([422, 'past']);
    expect(told(await staff.post(`/bookings/${body.id}/arrival`))).toEqual([409, 'stale']);
  });
});

test('a booking of others is as missing as none, before anything is said of the body', async () => {
  const { stage, at } = await booked();
  await using _ = stage;
  const foreign = await stage.side('71');
  for (const client of [foreign.family, foreign.staff]) {
    expect(told(await client.get(at))).toEqual([404, 'missing']);
    for (const action of ['change', 'cancellation', 'absence']) {
      expect(told(await client.post(`${at}/${action}`, { nonsense: 1 }))).toEqual([404, 'missing']);
      expect(told(await client.post(`/bookings/999999/${action}`, { nonsense: 1 }))).toEqual([
        404,
        'missing',
      ]);
      expect(told(await foreign.manager.post(`${at}/${action}`, { nonsense: 1 }))).toEqual([
        403,
        'forbidden',
      ]);
    }
  }
  for (const action of ['arrival', 'departure']) {
    expect(told(await foreign.staff.post(`${at}/${action}`, { nonsense: 1 }))).toEqual([404, 'missing']);
    expect(told(await foreign.family.post(`${at}/${action}`, { nonsense: 1 }))).toEqual([403, 'forbidden']);
  }
});
