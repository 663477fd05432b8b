import { describe, expect, test } from 'vitest';
import { plainDate } from '../../../src/domain/calendar.ts';
import { ApiStage, told, TUESDAY } from '../../support/api-stage.ts';
import type { CheckedClient } from '../../support/openapi.ts';

/** All items of a list, page by page to its end. */
async function everything(
  client: CheckedClient,
  path: string,
  limit: number,
): Promise<{ id?: string; code?: string; date?: string }[]> {
  const items: object[] = [];
  let next: string | null = null;
  do {
    const page = await client.get(
      `${path}${path.includes('?') ? '&' : '?'}limit=${limit}${next === null ? '' : `&cursor=${next}`}`,
    );
    expect((page.body['items'] as object[]).length).toBeLessThanOrEqual(limit);
    items.push(...(page.body['items'] as object[]));
    next = page.body['next'] as string | null;
  } while (next !== null);
  return items;
}

describe('paging', () => {
  test('every list is the same in pages as at once, even while new items come in', async () => {
    await using stage = await ApiStage.create();
    const { family, staff, mother, groupId, wish } = await stage.side('75', 9);
    for (let each = 0; each < 4; each++) {
      const childId = String(await stage.world.child(mother));
      for (const date of ['2027-02-09', '2027-02-10', '2027-02-11'])
        await family.post('/bookings', { ...wish, childId, date });
      await stage.world.centre({ regionCode: '11' });
    }
    for (const [client, path] of [
      [family, '/regions'],
      [family, '/centres'],
      [family, '/children'],
      [staff, '/children'],
      [family, '/bookings'],
      [staff, '/bookings'],
      [family, `/groups/${groupId}/days?from=2027-02-01&to=2027-02-20`],
    ] as const) {
      const whole = (await client.get(path)).body;
      expect(whole['next'], path).toBeNull();
      for (const limit of [1, 3, 20])
        expect(await everything(client, path, limit), `${path} by ${limit}`).toEqual(whole['items']);
    }
    expect((await family.get('/bookings?limit=12')).body['next']).toBeNull();
    const first = await family.get('/bookings?limit=11');
    expect(first.body['next']).not.toBeNull();
  });

  test.each([
    ['from=2199-12-31', 'from'],
    ['to=1900-01-01', 'to'],
  ])('bookings on from the end of days are refused: %s', async (query, field) => {
    await using stage = await ApiStage.create();
    const answer = await (await stage.side()).family.get(`/bookings?${query}`);
    expect(told(answer)).toEqual([422, 'invalid', field]);
  });

  test.each(['limit=0', 'limit=501', 'limit=ten', 'limit=', 'limit=1.5'])('%s is refused', async (query) => {
    await using stage = await ApiStage.create();
    expect(told(await (await stage.side()).family.get(`/children?${query}`))).toEqual([
      422,
      'invalid',
      'limit',
    ]);
  });

  test('cursors that are none are refused', async () => {
    await using stage = await ApiStage.create();
    const { family } = await stage.side();
    const made = (place: unknown) => Buffer.from(JSON.stringify(place)).toString('base64url');
    for (const cursor of ['x', made(5), made(['x']), made(['99999999999']), made(['-1'])]) {
      expect(told(await family.get(`/children?cursor=${cursor}`)), cursor).toEqual([
        422,
        'invalid',
        'cursor',
      ]);
    }
    for (const cursor of [made(['2027-02-30', '1']), made(['2027-02-28', 'x']), made([])]) {
      expect(told(await family.get(`/bookings?cursor=${cursor}`)), cursor).toEqual([
        422,
        'invalid',
        'cursor',
      ]);
    }
  });
});

describe('centres', () => {
  test('by region, with their groups as of today', async () => {
    await using stage = await ApiStage.create();
    const { family, centreId, groupId } = await stage.side('75', 7);
    await stage.world.group(centreId, { endsOn: plainDate('2027-01-31') });
    const later = await stage.world.group(centreId, { startsOn: plainDate('2027-03-01') });
    await stage.side('71');
    const { items } = (await family.get('/centres?region=75')).body as unknown as { items: object[] };
    expect(items).toMatchObject([
      {
        id: String(centreId),
        name: { kk: 'Орталық', ru: 'Орталық' },
        region: '75',
        groups: [
          { id: String(groupId), category: 'child_psychoneurological', places: 7 },
          { id: String(later), places: 0 },
        ],
      },
    ]);
    expect((await family.get(`/centres/${centreId}`)).body).toEqual(items[0]);
    expect((await family.get('/centres?region=79')).body).toEqual({ items: [], next: null });
    expect(told(await family.get('/centres?region=99'))).toEqual([404, 'missing']);
    expect(told(await family.get('/centres?region=Almaty'))).toEqual([422, 'invalid', 'region']);
    expect(told(await family.get('/centres/999999'))).toEqual([404, 'missing']);
    expect((await family.get('/regions')).body['items']).toHaveLength(20);
  });
});

describe('the days of a group', () => {
  test('tell places, booked and free per half-hour to anyone signed in', async () => {
    await using stage = await ApiStage.create();
    const { family, groupId, wish } = await stage.side('75', 3);
    const foreign = await stage.side('71');
    await family.post('/bookings', wish);
    const { body } = await foreign.family.get(`/groups/${groupId}/days?from=2027-02-09&to=2027-02-13`);
    const days = body['items'] as { date: string; halfHours: object[] }[];
    expect(days.map((day) => day.date)).toEqual([
      '2027-02-09',
      '2027-02-10',
      '2027-02-11',
      '2027-02-12',
      '2027-02-13',
    ]);
    expect(days[0]).toMatchObject({ opensAt: '08:00', closesAt: '18:30', closedReason: null });
    expect(days[0]!.halfHours).toHaveLength(48);
    expect(days[0]!.halfHours[15]).toEqual({ at: '07:30', places: 0, staffed: null, booked: 0, free: 0 });
    expect(days[0]!.halfHours[16]).toEqual({ at: '08:00', places: 3, staffed: null, booked: 0, free: 3 });
    expect(days[0]!.halfHours[17]).toEqual({ at: '08:30', places: 3, staffed: null, booked: 1, free: 2 });
    expect(days[4]).toMatchObject({ opensAt: null, closesAt: null, closedReason: 'day_off' });
    expect(days[4]!.halfHours.every((each) => (each as { places: number }).places === 0)).toBe(true);
  });

  test.each([
    ['from=2027-02-09&to=2027-05-12', 422, 'invalid', 'to too_wide'],
    ['from=1900-01-01&to=2199-12-31', 422, 'invalid', 'to too_wide'],
    ['from=1900&to=9999', 422, 'invalid', 'from', 'to'],
    ['from=2027-02-09&to=2027-02-08', 422, 'invalid', 'to'],
    ['from=2027-02-29&to=2027-03-01', 422, 'invalid', 'from'],
    ['from=2027-02-09', 422, 'invalid', 'to'],
  ])('%s is %i %s', async (query, ...refusal) => {
    await using stage = await ApiStage.create();
    const { family, groupId } = await stage.side();
    expect(told(await family.get(`/groups/${groupId}/days?${query}`))).toEqual(refusal);
    expect(told(await family.get(`/groups/999999/days?${query}`))).toEqual([404, 'missing']);
  });

  test('92 days at once', async () => {
    await using stage = await ApiStage.create();
    const { family, groupId } = await stage.side();
    expect(
      (await family.get(`/groups/${groupId}/days?from=2027-02-09&to=2027-05-11`)).body['items'],
    ).toHaveLength(92);
  });
});

describe('whose', () => {
  test("children: a guardian's own, those whom the centre knows, none to a region", async () => {
    await using stage = await ApiStage.create();
    const [own, foreign] = [await stage.side('75'), await stage.side('71')];
    const second = await stage.world.child(own.mother, { supportWeight: 150, skillsNeeded: ['nurse'] });
    const ids = async (client: CheckedClient) =>
      ((await client.get('/children')).body['items'] as { id: string }[]).map((child) => child.id);
    expect(await ids(own.family)).toEqual([String(own.childId), String(second)]);
    expect((await own.family.get('/children')).body['items']).toMatchObject([
      { supportWeight: 1 },
      { supportWeight: 1.5, skillsNeeded: ['nurse'] },
    ]);
    expect(await ids(own.staff)).toEqual([]);
    await own.family.post('/bookings', own.wish);
    expect(await ids(own.staff)).toEqual([String(own.childId)]);
    expect(await ids(foreign.staff)).toEqual([]);
    expect(told(await own.manager.get('/children'))).toEqual([403, 'forbidden']);
  });

  test("bookings: a guardian's own children, a centre's own groups; of others nothing but missing", async () => {
    await using stage = await ApiStage.create();
    const [own, foreign] = [await stage.side('75'), await stage.side('71')];
    const admin = await stage.as(await stage.world.person('system_admin'));
    const mine = (await own.family.post('/bookings', own.wish)).body;
    const away = (
      await own.family.post('/bookings', { ...own.wish, date: '2027-02-10', groupId: foreign.wish.groupId })
    ).body;
    const theirs = (await foreign.family.post('/bookings', foreign.wish)).body;
    const list = async (client: CheckedClient, query = '') =>
      (await client.get(`/bookings${query}`)).body['items'];
    expect(await list(own.family)).toEqual([mine, away]);
    expect(await list(own.staff)).toEqual([mine]);
    expect(await list(foreign.staff)).toEqual([theirs, away]);
    expect(await list(admin)).toEqual([mine, theirs, away]);
    expect(await list(own.family, `?group=${own.groupId}`)).toEqual([mine]);
    expect(await list(own.family, `?group=${foreign.groupId}&child=${own.childId}`)).toEqual([away]);
    expect(await list(own.family, `?from=2027-02-10`)).toEqual([away]);
    expect(await list(own.family, `?to=${TUESDAY}`)).toEqual([mine]);
    expect(await list(foreign.staff, `?child=${own.childId}`)).toEqual([away]);
    expect(await list(admin, `?group=${foreign.groupId}`)).toEqual([theirs, away]);
    const missing = [404, 'missing'];
    expect(told(await own.family.get(`/bookings?child=${foreign.childId}`))).toEqual(missing);
    expect(told(await own.family.get('/bookings?child=999999'))).toEqual(missing);
    expect(told(await own.family.get('/bookings?group=999999'))).toEqual(missing);
    expect(told(await own.staff.get(`/bookings?group=${foreign.groupId}`))).toEqual(missing);
    expect(told(await own.staff.get(`/bookings?child=${foreign.childId}`))).toEqual(missing);
    expect(told(await own.manager.get('/bookings'))).toEqual([403, 'forbidden']);
    expect(told(await own.family.get('/bookings?from=2027-02-01&to=2028-03-07'))).toEqual([
      422,
      'invalid',
      'to too_wide',
    ]);
    expect((await own.family.get('/bookings?from=2027-02-01&to=2028-03-06')).status).toBe(200);
    expect(told(await admin.get('/bookings?from=2027-02-01&to=2027-03-04'))).toEqual([
      422,
      'invalid',
      'to too_wide',
    ]);
    expect(told(await own.family.get('/bookings?from=2027-02-02&to=2027-02-01'))).toEqual([
      422,
      'invalid',
      'to',
    ]);
    expect(told(await own.family.get('/bookings?from=0001-01-01&to=9999-12-31'))).toEqual([
      422,
      'invalid',
      'from',
      'to',
    ]);
  });
});
