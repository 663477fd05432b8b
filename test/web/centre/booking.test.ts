import { expect, test } from 'vitest';
import { plainDate } from '../../../src/domain/calendar.ts';
import { findBooking } from '../../../src/data/bookings.ts';
import { bookSeries } from '../../../src/use-cases/booking-series.ts';
import { TestApp } from '../../support/app.ts';
import { expectAccess, MONDAY, PageStage, textOf } from '../../support/page-stage.ts';
import { World } from '../../support/world.ts';

const read = (world: World, id: number) => world.database.read((tx) => findBooking(tx, id));

test('a booking is changed; a change without room leaves it and keeps what was chosen', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  const id = await stage.book(stage.childId, MONDAY, 18, 30);
  const path = `/centres/${stage.centreId}/bookings/${id}`;
  const staff = await app.as(stage.staff);
  const form = { groupId: String(stage.groupId), date: '2027-02-09', from: '10:00', to: '16:00' };
  const done = await staff.submit(`${path}/change`, form);
  expect(textOf(done)).toContain('The booking was changed');
  expect(await read(world, id)).toMatchObject({ date: '2027-02-09', from: 20, to: 32 });

  for (let at = 0; at < 2; at++) await stage.book(await world.child(null), MONDAY, 16, 36);
  const refused = await staff.post(`${path}/change`, { ...form, date: MONDAY, from: '11:00' });
  expect(refused.status).toBe(409);
  expect(textOf(refused)).toContain('No room at: 11:00');
  expect(refused.text).toContain('<option value="11:00" selected>');
  expect(refused.text).toContain(`value="${MONDAY}"`);
  expect(await read(world, id)).toMatchObject({ date: '2027-02-09', from: 20 });
  expect((await staff.post(`${path}/change`, { ...form, groupId: String(stage.otherGroupId) })).status).toBe(
    422,
  );
});

test('it is cancelled as the centre’s, one day or with the rest of its series', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  const id = await stage.book(stage.childId, plainDate('2027-02-12'), 18, 30);
  const staff = await app.as(stage.staff);
  const one = await staff.submit(`/centres/${stage.centreId}/bookings/${id}/cancellation`);
  expect(textOf(one)).toContain('1 booking was cancelled');
  expect(await read(world, id)).toMatchObject({ state: 'cancelled', cancelledBy: 'centre' });

  const { id: seriesId } = await world.act(stage.guardian, bookSeries, {
    childId: stage.childId,
    groupId: stage.groupId,
    pattern: { kind: 'weekly', days: { mon: [18, 30] } },
    startsOn: MONDAY,
    endsOn: plainDate('2027-03-01'),
    ifFull: 'refuse_all',
  });
  const rows = await world.database.read(async (tx) => await tx.db.select().from(tx.t.booking));
  const series = rows
    .filter((row) => row.seriesId === seriesId)
    .toSorted((a, b) => (a.date < b.date ? -1 : 1));
  const path = `/centres/${stage.centreId}/bookings/${series[1]!.id}`;
  expect(textOf(await staff.get(path))).toContain('and every later one of this series: 3 bookings in all');
  const all = await staff.submit(`${path}/cancellation`, { series: 'yes' });
  expect(textOf(all)).toContain('3 bookings were cancelled');
  expect(await read(world, series[0]!.id)).toMatchObject({ state: 'booked' });
  expect(await read(world, series[3]!.id)).toMatchObject({ state: 'cancelled' });
});

test('a past day without a word is judged by the centre: excused or not', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  const yesterday = plainDate('2027-02-02');
  const id = await stage.book(stage.childId, yesterday, 18, 30);
  const staff = await app.as(stage.staff);
  const page = await staff.get(`/centres/${stage.centreId}/bookings/${id}`);
  expect(textOf(page)).toContain('did not come');
  expect(textOf(page)).toContain('Without a valid reason');
  // What is over is neither changed nor cancelled.
  expect(page.text).not.toContain('/change"');
  expect(page.text).not.toContain('/cancellation"');
  const judged = await staff.submit(`/centres/${stage.centreId}/bookings/${id}/absence`, {
    kind: 'unexcused',
  });
  expect(textOf(judged)).toContain('absent: without a valid reason');
  const cancelled = await staff.post(`/centres/${stage.centreId}/bookings/${id}/cancellation`);
  expect(cancelled.status).toBe(409);
});

test('a booking is seen by its centre only', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  const id = await stage.book(stage.childId, MONDAY, 18, 30);
  await expectAccess(app, `/centres/${stage.centreId}/bookings/${id}`, {
    allowed: [stage.staff, stage.admin, stage.system],
    forbidden: [stage.guardian, stage.manager],
    missing: [stage.otherAdmin],
  });
  const admin = await app.as(stage.admin);
  expect((await admin.get(`/centres/${stage.centreId}/bookings/99999`)).status).toBe(404);
  expect(
    (await (await app.as(stage.system)).get(`/centres/${stage.otherCentreId}/bookings/${id}`)).status,
  ).toBe(404);
});
