import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addMinutes, plainDate } from '../../../src/domain/calendar.ts';
import { runAll } from '../../../src/jobs/runner.ts';
import { withdrawOffer } from '../../../src/use-cases/offers.ts';
import { ApiStage, told } from '../../support/api-stage.ts';
import { silentLog } from '../../support/queue.ts';

const PATTERN = { mon: ['08:30', '13:00'], wed: ['08:30', '13:00'] };

let stage: ApiStage;
beforeAll(async () => {
  stage = await ApiStage.create();
});
afterAll(() => stage[Symbol.asyncDispose]());

const jobs = () => runAll({ database: stage.world.database, clock: () => stage.world.now, log: silentLog });

interface Side {
  readonly childId: number;
  readonly groupId: number;
}
const wish = ({ childId, groupId }: Side, more: object = {}) => ({
  childId: String(childId),
  pattern: PATTERN,
  startsOn: '2027-03-01',
  choices: [String(groupId)],
  ...more,
});

describe('waiting list and offers', () => {
  test('join, be offered, accept: the whole way', async () => {
    const side = await stage.side();
    const joined = await side.family.post('/waiting-list', wish(side));
    expect(joined.status).toBe(201);
    const { id } = joined.body as { id: string };
    expect(joined.body).toMatchObject({
      state: 'waiting',
      positions: [
        { groupId: String(side.groupId), position: 1, of: 1, why: { priority: 0, rule: { id: null } } },
      ],
    });
    await jobs();
    const offers = (await side.family.get('/offers')).body as unknown as {
      items: { id: string; state: string }[];
    };
    expect(offers.items).toMatchObject([{ state: 'live', entryId: id, startsOn: '2027-03-01' }]);
    const offerId = offers.items[0]!.id;
    const accepted = await side.family.post(`/offers/${offerId}/acceptance`, {});
    expect(accepted.status).toBe(201);
    expect((accepted.body as unknown as { booked: string[] }).booked.slice(0, 2)).toEqual([
      '2027-03-01',
      '2027-03-03',
    ]);
    expect(told(await side.family.post(`/offers/${offerId}/refusal`, {}))).toEqual([409, 'taken']);
    expect((await side.family.get(`/waiting-list/${id}`)).body).toMatchObject({
      state: 'placed',
      positions: [],
    });
    const bookings = (await side.family.get(`/bookings?from=2027-03-01&to=2027-03-07`)).body as unknown as {
      items: object[];
    };
    expect(bookings.items).toHaveLength(2);
  });

  test('the queue is the staff’s; another family and centre see nothing', async () => {
    const side = await stage.side();
    const other = await stage.side('71');
    const joined = await side.family.post('/waiting-list', wish(side));
    const { id } = joined.body as { id: string };
    const queue = (await side.staff.get(`/groups/${side.groupId}/waiting-list`)).body;
    expect(queue).toMatchObject({
      items: [{ id, position: 1, of: 1, childId: String(side.childId) }],
      next: null,
    });
    expect(told(await other.staff.get(`/groups/${side.groupId}/waiting-list`))).toEqual([404, 'missing']);
    expect(told(await side.family.get(`/groups/${side.groupId}/waiting-list`))).toEqual([403, 'forbidden']);
    expect(told(await other.family.get(`/waiting-list/${id}`))).toEqual([404, 'missing']);
    expect(told(await other.family.post(`/waiting-list/${id}/withdrawal`, {}))).toEqual([404, 'missing']);
    expect(told(await side.manager.get('/offers'))).toEqual([403, 'forbidden']);
    await jobs();
    const [offer] = (
      (await side.staff.get(`/offers?group=${side.groupId}`)).body as unknown as { items: { id: string }[] }
    ).items;
    expect(told(await other.family.post(`/offers/${offer!.id}/acceptance`, {}))).toEqual([404, 'missing']);
    expect(told(await other.staff.post(`/offers/${offer!.id}/acceptance`, {}))).toEqual([404, 'missing']);
  });

  test('what no group could fulfil is refused with its reason', async () => {
    const side = await stage.side();
    const elsewhere = await stage.world.group(side.centreId, { category: 'older_people' });
    const refused = async (more: object) => told(await side.family.post('/waiting-list', wish(side, more)));
    expect(await refused({ choices: [String(elsewhere)] })).toEqual([422, 'wrong_category', 'choices.0']);
    expect(await refused({ pattern: { mon: ['07:00', '12:00'] } })).toEqual([
      422,
      'outside_hours',
      'choices.0',
    ]);
    expect(await refused({ pattern: { mon: ['08:30', '10:00'] } })).toEqual([
      422,
      'too_short',
      'pattern.mon',
    ]);
    expect(await refused({ pattern: { mon: ['08:15', '13:00'] } })).toEqual([422, 'off_grid', 'pattern.mon']);
    expect(await refused({ choices: [] })).toEqual([422, 'invalid', 'choices']);
    expect(await refused({ choices: [String(side.groupId), String(side.groupId)] })).toEqual([
      422,
      'invalid',
      'choices',
    ]);
    expect(await refused({ startsOn: '2029-01-01' })).toEqual([422, 'beyond_horizon', 'startsOn']);
    expect(await refused({ minimumMinutesPerWeek: 9000 })).toEqual([422, 'invalid', 'minimumMinutesPerWeek']);
    expect(await refused({ choices: ['999999'] })).toEqual([404, 'missing']);
    const ending = await stage.world.group(side.centreId, { endsOn: plainDate('2027-02-26') });
    expect(await refused({ choices: [String(ending)] })).toEqual([422, 'closed', 'choices.0']);
    expect((await side.family.post('/waiting-list', wish(side))).status).toBe(201);
    expect(await refused({})).toEqual([409, 'already_waiting']);
  });

  test('an offer that the centre has taken back is answered no more', async () => {
    const side = await stage.side();
    await side.family.post('/waiting-list', wish(side));
    await jobs();
    const [offer] = (
      (await side.family.get('/offers?state=live')).body as unknown as { items: { id: string }[] }
    ).items;
    const admin = await stage.world.person('centre_admin', { centreId: side.centreId });
    await stage.world.act(admin, withdrawOffer, { offerId: Number(offer!.id), reason: 'Жөндеу' });
    for (const answer of ['acceptance', 'refusal'])
      expect(told(await side.family.post(`/offers/${offer!.id}/${answer}`, {}))).toEqual([409, 'withdrawn']);
    expect((await side.family.get(`/offers/${offer!.id}`)).body).toMatchObject({ state: 'withdrawn' });
    await jobs();
    expect((await side.family.get('/offers?state=live')).body).toEqual({ items: [], next: null });
  });

  test('pause, resumption, withdrawal, and an answer that comes too late', async () => {
    const side = await stage.side();
    const { id } = (await side.family.post('/waiting-list', wish(side))).body as { id: string };
    const act = async (what: string) =>
      (await side.family.post(`/waiting-list/${id}/${what}`, {})).body as object;
    expect(await act('pause')).toMatchObject({ state: 'paused' });
    await jobs();
    const live = async () =>
      (
        (await side.family.get('/offers?state=live')).body as unknown as {
          items: { id: string; expiresAt: string }[];
        }
      ).items;
    expect(await live()).toEqual([]);
    expect(await act('resumption')).toMatchObject({ state: 'waiting' });
    await jobs();
    const [offer] = await live();
    const before = stage.world.now;
    stage.world.now = addMinutes(before, 5 * 24 * 60);
    expect(told(await side.family.post(`/offers/${offer!.id}/acceptance`, {}))).toEqual([409, 'expired']);
    await jobs();
    expect((await side.family.get(`/waiting-list/${id}`)).body).toMatchObject({ state: 'lapsed' });
    expect(await act('restoration')).toMatchObject({ state: 'waiting', positions: [{ position: 1 }] });
    expect(await act('withdrawal')).toMatchObject({ state: 'withdrawn', positions: [] });
    expect(told(await side.family.post(`/waiting-list/${id}/restoration`, {}))).toEqual([409, 'not_waiting']);
    stage.world.now = before;
  });
});
