import { expect, test } from 'vitest';
import { findBooking } from '../../../src/data/bookings.ts';
import { recordArrival } from '../../../src/use-cases/attendance.ts';
import { TestApp } from '../../support/app.ts';
import { expectAccess, fieldOf, PageStage, textOf, TODAY } from '../../support/page-stage.ts';
import { World } from '../../support/world.ts';

const FORM = { groupId: '', from: '12:00', endsOn: TODAY as string, reason: 'Жарық жоқ', sure: 'yes' };

test('one yes closes at once: bookings are cut there, as the centre’s', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  const here = await stage.book(stage.childId, TODAY, 18, 36);
  const coming = await stage.book(await world.child(null), TODAY, 26, 36);
  await world.act(stage.staff, recordArrival, { bookingId: here });
  const admin = await app.as(stage.admin);
  const path = `/centres/${stage.centreId}/closures/emergency`;
  expect(textOf(await admin.get(path))).toContain('now 1 child, still to come 1 child');
  const done = await admin.submit(path, FORM);
  expect(textOf(done)).toContain('Closed from 12:00. Bookings cancelled: 1, stays cut: 1, adults told: 1.');
  expect(textOf(done)).toContain('Closes early, at 12:00: emergency, Жарық жоқ');
  expect(textOf(done)).toContain('13:00–18:00 cancelled: the centre is closed');
  expect(await world.database.read((tx) => findBooking(tx, here))).toMatchObject({
    state: 'attended',
    releasedFrom: 24,
  });
  expect(await world.database.read((tx) => findBooking(tx, coming))).toMatchObject({
    state: 'cancelled',
    cancelledBy: 'centre',
  });
});

test('without the yes, in the past or unreadable nothing closes, and what was typed stays', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  const admin = await app.as(stage.admin);
  const path = `/centres/${stage.centreId}/closures/emergency`;
  const { sure: _, ...unsure } = FORM;
  const page = await admin.post(path, unsure);
  expect(page.status).toBe(422);
  expect(page.text).toContain('<a href="#f-sure">Tick the box to close</a>');
  expect(fieldOf(page, 'reason')).toBe('Жарық жоқ');
  const past = await admin.post(path, { ...FORM, from: '09:00' });
  expect(past.status).toBe(422);
  expect(past.text).toContain('href="#f-from"');
  expect((await admin.post(path, { ...FORM, from: '12:10' })).status).toBe(422);
  expect(textOf(await admin.get(`/centres/${stage.centreId}/closures`))).toContain('No closures.');
});

test('only the centre’s administrators close it', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  const path = `/centres/${stage.centreId}/closures/emergency`;
  await expectAccess(app, path, {
    allowed: [stage.admin, stage.system],
    forbidden: [stage.staff, stage.guardian, stage.manager],
    missing: [stage.otherAdmin],
  });
  expect((await (await app.as(stage.otherAdmin)).post(path, FORM)).status).toBe(404);
  expect((await (await app.as(stage.staff)).post(path, FORM)).status).toBe(403);
});
