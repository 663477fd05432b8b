import { describe, expect, test } from 'vitest';
import { datesBetween, plainDate } from '../../../src/domain/calendar.ts';
import { ApiStage, told } from '../../support/api-stage.ts';
import type { CheckedClient } from '../../support/openapi.ts';

const WEEK = 'from=2027-02-08&to=2027-02-14';

interface Row {
  readonly key: string;
  readonly from: string;
  readonly to: string;
  readonly placeMinutes: number;
  readonly bookedMinutes: number;
  readonly peakBooked: number;
  readonly occupancy: number | null;
}

async function rows(client: CheckedClient, query: string): Promise<Row[]> {
  const { status, body } = await client.get(`/occupancy?${query}`);
  expect([status, body['asAt']]).toEqual([200, '2027-02-03T05:00:00.000Z']);
  return body['items'] as Row[];
}

test('sums are a count of the bookings that the API itself tells', async () => {
  await using stage = await ApiStage.create();
  const { family, staff, mother, wish, groupId } = await stage.side('75', 4);
  const children = [
    wish.childId,
    String(await stage.world.child(mother)),
    String(await stage.world.child(mother)),
  ];
  for (const [at, date] of datesBetween(plainDate('2027-02-08'), plainDate('2027-02-12')).entries()) {
    for (const childId of children.slice(at % 3)) {
      const { body } = await family.post('/bookings', {
        ...wish,
        childId,
        date,
        from: at % 2 === 0 ? '08:00' : '11:30',
        to: '16:30',
      });
      if (at === 3) await family.post(`/bookings/${body.id}/cancellation`);
    }
  }
  const { items } = (await staff.get('/bookings?limit=500')).body as unknown as {
    items: { date: string; from: string; to: string; releasedFrom?: string }[];
  };
  const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
  const lengths = items.map((each) => minutes(each.releasedFrom ?? each.to) - minutes(each.from));
  const { items: days } = (await staff.get(`/groups/${groupId}/days?${WEEK}`)).body as unknown as {
    items: { halfHours: { places: number; booked: number }[] }[];
  };
  const halfHours = days.flatMap((day) => day.halfHours);
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
  const expected = {
    placeMinutes: sum(halfHours.map((each) => each.places * 30)),
    bookedMinutes: sum(lengths),
    peakBooked: Math.max(...halfHours.map((each) => each.booked)),
  };
  expect(await rows(staff, `${WEEK}&by=week&each=group`)).toMatchObject([
    { key: String(groupId), ...expected },
  ]);
  const byDay = await rows(staff, `${WEEK}&by=day&each=centre`);
  expect(byDay).toHaveLength(7);
  expect(sum(byDay.map((row) => row.bookedMinutes))).toBe(expected.bookedMinutes);
  expect(byDay[6]).toMatchObject({ placeMinutes: 0, bookedMinutes: 0, occupancy: null });
  // Three children from 8:00 to 16:30 in four places open from 8:00 to 18:30.
  expect(byDay[0]).toMatchObject({ placeMinutes: 2520, bookedMinutes: 1530, occupancy: 0.6071 });
  const asked = 'from=2027-02-10&to=2027-03-02';
  expect((await rows(staff, `${asked}&by=week`)).map((row) => [row.from, row.to])).toEqual([
    ['2027-02-10', '2027-02-14'],
    ['2027-02-15', '2027-02-21'],
    ['2027-02-22', '2027-02-28'],
    ['2027-03-01', '2027-03-02'],
  ]);
  expect((await rows(staff, `${asked}&by=month`)).map((row) => [row.from, row.to])).toEqual([
    ['2027-02-10', '2027-02-28'],
    ['2027-03-01', '2027-03-02'],
  ]);
});

describe('scope', () => {
  test('one’s own unless told; of others nothing but missing; never guardians', async () => {
    await using stage = await ApiStage.create();
    const [own, foreign] = [await stage.side('75'), await stage.side('71')];
    const neighbour = await stage.side('75');
    const admin = await stage.as(await stage.world.person('system_admin'));
    const keys = async (client: CheckedClient, query: string) =>
      (await rows(client, `${WEEK}&by=week&${query}`)).map((row) => row.key);
    expect(await keys(own.staff, '')).toEqual([String(own.centreId)]);
    expect(await keys(own.staff, `group=${own.groupId}&each=group`)).toEqual([String(own.groupId)]);
    expect(await keys(own.manager, '')).toEqual([own.centreId, neighbour.centreId].map(String));
    expect(await keys(own.manager, 'each=region')).toEqual(['75']);
    expect(await keys(own.manager, `region=75&centre=${neighbour.centreId}`)).toEqual([
      String(neighbour.centreId),
    ]);
    expect(await keys(admin, 'each=region')).toEqual(['71', '75']);
    expect(await keys(admin, 'region=71&each=group')).toEqual([String(foreign.groupId)]);
    const refused = async (client: CheckedClient, query: string) =>
      told(await client.get(`/occupancy?${WEEK}&${query}`));
    for (const query of [
      `centre=${foreign.centreId}`,
      `group=${foreign.groupId}`,
      'region=71',
      'region=99',
      'centre=999999',
      'group=x',
    ]) {
      expect(await refused(own.staff, query), query).toEqual([404, 'missing']);
      expect(await refused(own.manager, query), query).toEqual([404, 'missing']);
    }
    expect(await refused(own.staff, `centre=${neighbour.centreId}`)).toEqual([404, 'missing']);
    expect(await refused(own.staff, 'region=75')).toEqual([404, 'missing']);
    expect(await refused(admin, 'region=99')).toEqual([404, 'missing']);
    expect(await refused(own.family, '')).toEqual([403, 'forbidden']);
    expect(told(await (await stage.as()).get('/occupancy'))).toEqual([401, 'unauthenticated']);
  });

  test.each([
    ['from=2027-02-01&to=2028-03-07&by=day', 'to too_wide'],
    ['from=2027-02-01&to=2030-02-05&by=week', 'to too_wide'],
    ['from=1900-01-01&to=2199-12-31&by=month', 'to too_wide'],
    ['from=2027-02-02&to=2027-02-01', 'to'],
    ['from=2027-02-30&to=2027-03-01', 'from'],
    ['to=2027-03-01', 'from'],
    ['from=2027-02-01&to=2027-02-02&by=hour&each=child', 'by', 'each'],
    ['from=2027-02-01&to=2027-02-02&child=1', 'child'],
  ])('%s is invalid', async (query, ...fields) => {
    await using stage = await ApiStage.create();
    const { staff } = await stage.side();
    expect(told(await staff.get(`/occupancy?${query}`))).toEqual([422, 'invalid', ...fields]);
  });

  test('400 days one by one, 1,100 by week or month', async () => {
    await using stage = await ApiStage.create();
    const { staff } = await stage.side();
    expect(await rows(staff, 'from=2027-02-01&to=2028-03-06&by=day')).toHaveLength(400);
    expect(await rows(staff, 'from=2027-02-01&to=2030-02-04&by=month')).toHaveLength(37);
  });
});
