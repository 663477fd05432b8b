import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listRosters } from '../../../src/data/rosters.ts';
import type { CheckedAnswer } from '../../support/openapi.ts';
import { ApiStage, told, TUESDAY, WEDNESDAY } from '../../support/api-stage.ts';
import { MONDAY } from '../../support/centre-stage.ts';
import { addStaff } from '../../support/roster-stage.ts';

let stage: ApiStage;
beforeAll(async () => {
  stage = await ApiStage.create();
});
afterAll(() => stage[Symbol.asyncDispose]());

interface Roster {
  readonly id: string;
  readonly version: number;
  readonly state: string;
  readonly shifts: { staff: { id: string; name: string }; date: string; from: string; groups: unknown[] }[];
  readonly uncovered: { skill: string | null; why: string[]; closes: string }[];
  readonly idle: { staffId: string; week: string; minutes: number; why: { reason: string }[] }[];
  readonly gap: number;
}
const rosterIn = ({ body }: CheckedAnswer) => body as unknown as Roster;
const BODY = { from: TUESDAY, to: WEDNESDAY, seconds: 5 };

async function centre(room = 8) {
  const side = await stage.side('75', room);
  const { centreId } = side;
  const admin = await stage.as(await stage.world.person('centre_admin', { centreId }));
  const staff = [
    await addStaff(stage.world, centreId),
    await addStaff(stage.world, centreId, { post: 'nurse' }),
  ];
  return { ...side, admin, team: staff };
}

const idOf = (number: number): string => String(number);

describe('rosters', () => {
  test('contract minutes that a draft leaves unused are told with the reason', async () => {
    const side = await centre();
    const narrow = await addStaff(stage.world, side.centreId, { availability: { tue: [18, 26] } });
    const { body, status } = await side.admin.post(`/centres/${side.centreId}/rosters`, BODY);
    expect(status).toBe(201);
    const { idle } = body as unknown as Roster;
    expect(idle).toMatchObject([{ staffId: idOf(narrow), week: MONDAY }]);
    expect(idle[0]!.minutes).toBeGreaterThanOrEqual(12 * 60);
    expect(idle[0]!.why).toEqual([{ reason: 'nobody_waits', halfHours: 0, date: null }]);
  });

  test('draft, look, publish: places follow from its staff', async () => {
    const side = await centre();
    await side.family.post('/bookings', side.wish);
    const made = await side.admin.post(`/centres/${side.centreId}/rosters`, BODY);
    expect(made.status).toBe(201);
    const draft = rosterIn(made);
    expect(draft).toMatchObject({ state: 'draft', from: TUESDAY, to: WEDNESDAY, version: 1 });
    expect(draft.gap).toBeGreaterThanOrEqual(0);
    const team = new Set(side.team.map(idOf));
    expect(draft.shifts.filter((shift) => !team.has(shift.staff.id))).toEqual([]);
    const seen = await side.staff.get(`/rosters/${draft.id}`);
    expect(seen.body).toEqual(made.body);
    const published = await side.admin.post(`/rosters/${draft.id}/publication`, { version: 1 });
    expect(published.status).toBe(201);
    expect(published.body).toMatchObject({ id: draft.id, days: 2, groupDays: 2, shortages: [], told: 1 });
    const days = (await side.family.get(`/groups/${side.groupId}/days?from=${TUESDAY}&to=${TUESDAY}`)).body;
    const [day] = (
      days as unknown as { items: { halfHours: { at: string; staffed: number | null; free: number }[] }[] }
    ).items;
    const noon = day!.halfHours.find((half) => half.at === '09:00')!;
    expect(noon.staffed).toBeGreaterThanOrEqual(4);
    expect(noon.free).toBe(Math.min(8, noon.staffed!) - 1);
    const occupancy = await side.admin.get(
      `/occupancy?centre=${side.centreId}&from=${TUESDAY}&to=${TUESDAY}&by=day&each=group`,
    );
    const [item] = (
      occupancy.body as unknown as { items: { staffedMinutes: number; rosteredPlaceMinutes: number }[] }
    ).items;
    expect(item!.rosteredPlaceMinutes).toBe(8 * 21 * 30);
    expect(item!.staffedMinutes).toBeGreaterThan(0);
    expect(told(await side.admin.post(`/rosters/${draft.id}/publication`, {}))).toEqual([409, 'stale']);
    expect(rosterIn(await side.admin.get(`/rosters/${draft.id}`)).state).toBe('published');
  });

  test('a repeated key gives the first draft, and is not solved again', async () => {
    const side = await centre();
    const path = `/centres/${side.centreId}/rosters`;
    const first = await side.admin.post(path, BODY, { 'idempotency-key': 'once' });
    const again = await side.admin.post(path, BODY, { 'idempotency-key': 'once' });
    expect(again.body).toEqual(first.body);
    const range = { centreId: side.centreId, from: TUESDAY, to: WEDNESDAY };
    expect(await stage.world.database.read((tx) => listRosters(tx, range))).toHaveLength(1);
    expect(
      told(await side.admin.post(path, { ...BODY, to: TUESDAY }, { 'idempotency-key': 'once' })),
    ).toEqual([422, 'key_reused']);
  });

  test('illegal shifts are listed, nothing is published; an ETag that is out of date is stale', async () => {
    const side = await centre();
    await side.family.post('/bookings', side.wish);
    const draft = rosterIn(await side.admin.post(`/centres/${side.centreId}/rosters`, BODY));
    const path = `/rosters/${draft.id}/publication`;
    expect(told(await side.admin.post(path, {}, { 'if-match': '"old"' }))).toEqual([409, 'stale']);
    await stage.world.insert(async (tx) => {
      for (const staffId of side.team)
        await tx.db.insert(tx.t.staffLeave).values({ staffId, startsOn: TUESDAY, endsOn: TUESDAY });
    });
    const refused = await side.admin.post(path, {});
    expect(told(refused)).toEqual([422, 'illegal_shifts']);
    const { findings } = refused.body as unknown as { findings: { rule: string; date: string }[] };
    expect(findings.map(({ rule, date }) => `${rule} ${date}`)).toContain(`leave ${TUESDAY}`);
  });

  test('who may, and what is refused', async () => {
    const [own, other] = [await centre(), await centre()];
    const path = `/centres/${own.centreId}/rosters`;
    for (const [who, expected] of [
      [own.family, [403, 'forbidden']],
      [own.staff, [403, 'forbidden']],
      [own.manager, [403, 'forbidden']],
      [other.admin, [404, 'missing']],
    ] as const)
      expect(told(await who.post(path, BODY))).toEqual(expected);
    expect(told(await own.admin.post(path, { from: WEDNESDAY, to: TUESDAY }))).toEqual([
      422,
      'invalid',
      'to',
    ]);
    expect(told(await own.admin.post(path, { from: TUESDAY, to: '2027-03-09' }))).toEqual([
      422,
      'invalid',
      'to too_wide',
    ]);
    expect(told(await own.admin.post(path, { from: '2027-02-01', to: TUESDAY }))).toEqual([
      422,
      'past',
      'from',
    ]);
    expect(told(await own.admin.post(path, { from: '2027-02-13', to: '2027-02-14' }))).toEqual([
      422,
      'closed',
      'from',
    ]);
    expect(told(await own.admin.post(path, { ...BODY, keep: 'x' }))).toEqual([
      422,
      'invalid',
      'keep missing',
    ]);
    expect(told(await own.admin.post(path, { ...BODY, seconds: 600 }))[0]).toBe(422);
    const draft = rosterIn(await own.admin.post(path, BODY));
    expect(told(await own.family.get(`/rosters/${draft.id}`))).toEqual([403, 'forbidden']);
    expect(told(await other.staff.get(`/rosters/${draft.id}`))).toEqual([404, 'missing']);
    expect(told(await other.admin.post(`/rosters/${draft.id}/publication`, {}))).toEqual([404, 'missing']);
    expect(told(await own.staff.post(`/rosters/${draft.id}/publication`, {}))).toEqual([403, 'forbidden']);
  });
});
