import { expect, test } from 'vitest';
import { TestApp } from '../../support/app.ts';
import { PageStage, textOf, TODAY } from '../../support/page-stage.ts';
import { World } from '../../support/world.ts';

test('a child comes and leaves with a listed adult; the page comes back to its row', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  const id = await stage.book(stage.childId, TODAY, 18, 36);
  const path = `/centres/${stage.centreId}/bookings/${id}`;
  const staff = await app.as(stage.staff);
  const arrived = await staff.post(`${path}/arrival`);
  expect(arrived).toMatchObject({
    status: 303,
    location: `/centres/${stage.centreId}/days/${TODAY}?booking=${id}#booking-${id}`,
  });
  const board = await staff.get(arrived.location);
  expect(textOf(board)).toContain('09:00–18:00 arrived 10:00');
  expect(board.text).toContain(`With ${stage.guardian.name}`);
  expect(board.text).toMatch(/<a class="name" href="[^"]*" autofocus>/);

  stage.at('16:02');
  const left = await staff.submit(`${path}/departure`, { collectorId: String(stage.guardian.personId) });
  expect(textOf(left)).toContain(`left 16:02 with ${stage.guardian.name}`);
});

test('an absence is written in place, with its reason', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  const id = await stage.book(stage.childId, TODAY, 26, 36);
  const staff = await app.as(stage.staff);
  const answer = await staff.submit(`/centres/${stage.centreId}/bookings/${id}/absence`, { kind: 'illness' });
  expect(textOf(answer)).toContain('13:00–18:00 absent: illness');
  expect(
    (await staff.post(`/centres/${stage.centreId}/bookings/${id}/absence`, { kind: 'holiday' })).status,
  ).toBe(422);
});

test('with htmx only the group and the totals are swapped, and a refusal is said in the group', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  const second = await world.group(stage.centreId, { room: 4 });
  const id = await stage.book(stage.childId, TODAY, 18, 36);
  const staff = await app.as(stage.staff);
  const htmx = {
    'hx-request': 'true',
    'hx-request-type': 'partial',
    'hx-target': `section#group-${stage.groupId}`,
  };
  const answer = await staff.post(`/centres/${stage.centreId}/bookings/${id}/arrival`, {}, htmx);
  const fragment = await staff.get(answer.location, htmx);
  expect(fragment.text).not.toContain('<html');
  expect(fragment.text).toContain(`id="group-${stage.groupId}"`);
  expect(fragment.text).not.toContain(`id="group-${second}"`);
  expect(fragment.text).toContain('hx-swap-oob="true"');
  expect(textOf(fragment)).toContain('Here now 1 of 1 expected');

  const refused = await staff.post(
    `/centres/${stage.centreId}/bookings/${id}/absence`,
    { kind: 'illness' },
    htmx,
  );
  expect(refused.status).toBe(409);
  expect(refused.text).not.toContain('<html');
  expect(textOf(refused)).toContain('Somebody changed this before you');
  const whole = await staff.post(`/centres/${stage.centreId}/bookings/${id}/absence`, { kind: 'illness' });
  expect(whole.status).toBe(409);
  expect(whole.text).toContain('<html');
  expect(whole.text).toContain('<title>Error: Wednesday, 3 February');
  expect(textOf(whole)).toContain('Somebody changed this before you');
});

test('an adult who is not listed cannot be named; a child is not sent home before it has come', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  const stranger = await world.guardian();
  const id = await stage.book(stage.childId, TODAY, 18, 36);
  const path = `/centres/${stage.centreId}/bookings/${id}`;
  const staff = await app.as(stage.staff);
  const early = await staff.post(`${path}/departure`);
  expect(early.status).toBe(422);
  expect(textOf(early)).toContain('Mark the arrival first');
  await staff.post(`${path}/arrival`);
  expect((await staff.post(`${path}/departure`, { collectorId: String(stranger.personId) })).status).toBe(
    422,
  );
  expect(textOf(await staff.get(`/centres/${stage.centreId}/days/today`))).toContain('arrived 10:00');
});

test('a booking answers under its own centre’s address only', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  const id = await stage.book(stage.childId, TODAY, 18, 36);
  const arrive = async (actor: typeof stage.admin, centreId: number, bookingId = id) =>
    (await (await app.as(actor)).post(`/centres/${centreId}/bookings/${bookingId}/arrival`)).status;
  expect(await arrive(stage.otherAdmin, stage.otherCentreId)).toBe(404);
  expect(await arrive(stage.otherAdmin, stage.centreId)).toBe(404);
  expect(await arrive(stage.system, stage.otherCentreId)).toBe(404);
  expect(await arrive(stage.guardian, stage.centreId)).toBe(403);
  expect(await arrive(stage.manager, stage.centreId)).toBe(403);
  expect(await arrive(stage.staff, stage.centreId, 99_999)).toBe(404);
  expect(await arrive(stage.staff, stage.centreId)).toBe(303);
});
