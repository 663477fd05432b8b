import { expect, test } from 'vitest';
import { findBooking } from '../../../src/data/bookings.ts';
import { TestApp } from '../../support/app.ts';
import { expectAccess, fieldOf, MONDAY, PageStage, textOf } from '../../support/page-stage.ts';
import { World } from '../../support/world.ts';

const FORM = { groupId: '', startsOn: MONDAY as string, endsOn: '09.02.2027', reason: 'Жөндеу <1>' };

test('a closure is planned, listed with its reason, and lifted', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  const admin = await app.as(stage.admin);
  const path = `/centres/${stage.centreId}/closures`;
  const page = await admin.submit(path, FORM);
  expect(textOf(page)).toContain('The closure is planned.');
  expect(textOf(page)).toContain('08.02–09.02.2027 The whole centre · Жөндеу <1>');
  const [, lift] = /action="([^"]+\/lift)"/.exec(page.text) ?? [];
  expect(textOf(await admin.get(`/centres/${stage.centreId}/days/${MONDAY}`))).toContain(
    'Closed: Жөндеу <1>',
  );
  const lifted = await admin.submit(lift!);
  expect(textOf(lifted)).toContain('The closure from 08.02.2027 was lifted.');
  expect(textOf(lifted)).toContain('No closures.');
  expect(textOf(await admin.get(`/centres/${stage.centreId}/days/${MONDAY}`))).not.toContain('Closed:');
});

test('families in the way are listed first and go only after a second yes', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  const id = await stage.book(stage.childId, MONDAY, 18, 30);
  const admin = await app.as(stage.admin);
  const path = `/centres/${stage.centreId}/closures`;
  const listed = await admin.post(path, FORM);
  expect(listed.status).toBe(409);
  expect(textOf(listed)).toContain('Families have bookings on 08.02–09.02.2027');
  expect(textOf(listed)).toContain('Cancel this 1 booking and tell the family');
  expect(textOf(await admin.get(path))).toContain('No closures.');
  const confirmed = { ...FORM, listed: fieldOf(listed, 'listed')!, listedCount: '1', agreed: 'yes' };
  const done = await admin.submit(path, confirmed);
  expect(textOf(done)).toContain('Bookings cancelled: 1, adults told: 1.');
  expect(await world.database.read((tx) => findBooking(tx, id))).toMatchObject({
    state: 'cancelled',
    cancelledBy: 'centre',
  });
});

test('the same closure twice, days in the wrong order or gone, keep what was typed', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  const admin = await app.as(stage.admin);
  const path = `/centres/${stage.centreId}/closures`;
  await admin.post(path, FORM);
  const same = await admin.post(path, { ...FORM, reason: 'Су жоқ' });
  expect(same.status).toBe(409);
  expect(textOf(same)).toContain('Planned already: 08.02–09.02.2027, Жөндеу <1>');
  expect(fieldOf(same, 'reason')).toBe('Су жоқ');
  const backwards = await admin.post(path, { ...FORM, endsOn: '2027-02-07' });
  expect(backwards.status).toBe(422);
  expect(backwards.text).toContain('href="#f-endsOn"');
  expect((await admin.post(path, { ...FORM, startsOn: '2027-02-02' })).text).toContain('href="#f-startsOn"');
  expect((await admin.post(path, { ...FORM, reason: ' ' })).text).toContain('href="#f-reason"');
  expect((await admin.post(path, { ...FORM, endsOn: '9999-01-01' })).status).toBe(422);
  const never = await admin.post(path, { ...FORM, startsOn: '2199-12-31' });
  expect(never.status).toBe(422);
  expect(never.text).toContain('href="#f-startsOn"');
});

test('closures belong to their centre and its administrators', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  const path = `/centres/${stage.centreId}/closures`;
  await expectAccess(app, path, {
    allowed: [stage.admin, stage.system],
    forbidden: [stage.staff, stage.guardian, stage.manager],
    missing: [stage.otherAdmin],
  });
  const admin = await app.as(stage.admin);
  const [, lift = ''] = /action="([^"]+\/lift)"/.exec((await admin.submit(path, FORM)).text) ?? [];
  const elsewhere = lift.replace(`/centres/${stage.centreId}/`, `/centres/${stage.otherCentreId}/`);
  expect((await (await app.as(stage.otherAdmin)).post(elsewhere)).status).toBe(404);
  expect((await (await app.as(stage.system)).post(elsewhere)).status).toBe(404);
  expect((await (await app.as(stage.otherAdmin)).post(lift)).status).toBe(404);
  expect((await admin.post(lift.replace(/\d+\/lift/, '9999/lift'))).status).toBe(404);
  expect((await admin.post(path, { ...FORM, groupId: String(stage.otherGroupId) })).status).toBe(404);
});
