import { expect, test } from 'vitest';
import { findCentre } from '../../../src/data/centres.ts';
import { TestApp } from '../../support/app.ts';
import { expectAccess, fieldOf, PageStage, textOf } from '../../support/page-stage.ts';
import { World } from '../../support/world.ts';

const FORM = {
  version: '1',
  nameKk: 'Шуақ',
  nameRu: 'Шуак',
  district: 'Алатау',
  address: 'Абай даңғылы, 1',
  deadlineWeekday: '5',
  deadlineTime: '17:00',
  lateChanges: 'staff_only',
  'hours.mon': '08:00',
  'hours.mon.to': '18:30',
};

test('an administrator saves the settings', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  const admin = await app.as(stage.admin);
  const page = await admin.submit(`/centres/${stage.centreId}/settings`, FORM);
  expect(textOf(page)).toContain('Saved.');
  expect(fieldOf(page, 'nameRu')).toBe('Шуак');
  expect(fieldOf(page, 'version')).toBe('2');
  expect(await world.database.read((tx) => findCentre(tx, stage.centreId))).toMatchObject({
    deadlineWeekday: 5,
    deadlineHalfHour: 34,
    lateChanges: 'staff_only',
    hours: { mon: [16, 37] },
  });
});

test('the second of two administrators sees the difference and loses nothing typed', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  const path = `/centres/${stage.centreId}/settings`;
  const first = await app.as(stage.admin);
  const second = await app.as(await world.person('centre_admin', { centreId: stage.centreId }));
  await first.post(path, FORM);
  const stale = await second.post(path, {
    ...FORM,
    address: 'Сейфуллин, 2',
    deadlineWeekday: '1',
    'hours.mon.to': '17:00',
  });
  expect(stale.status).toBe(409);
  const text = textOf(stale);
  expect(text).toContain('Address Абай даңғылы, 1 yours Сейфуллин, 2');
  expect(text).toContain('Weekday Friday yours Monday');
  expect(text).toContain('Opening hours Mon 08:00–18:30 yours Mon 08:00–17:00');
  expect(text).not.toContain('Name in Russian Шуак yours');
  expect(fieldOf(stale, 'address')).toBe('Сейфуллин, 2');
  expect(fieldOf(stale, 'version')).toBe('2');
  expect(await world.database.read((tx) => findCentre(tx, stage.centreId))).toMatchObject({
    address: 'Абай даңғылы, 1',
  });
  await second.post(path, { ...FORM, address: 'Сейфуллин, 2', version: '2' });
  expect(await world.database.read((tx) => findCentre(tx, stage.centreId))).toMatchObject({
    address: 'Сейфуллин, 2',
    version: 3,
  });
});

test('wrong answers are said at their fields', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  const admin = await app.as(stage.admin);
  const page = await admin.post(`/centres/${stage.centreId}/settings`, {
    ...FORM,
    nameKk: ' ',
    deadlineTime: '17:10',
    deadlineWeekday: '8',
  });
  expect(page.status).toBe(422);
  for (const field of ['nameKk', 'deadlineTime', 'deadlineWeekday'])
    expect(page.text).toContain(`href="#f-${field}"`);
  const long = await admin.post(`/centres/${stage.centreId}/settings`, { ...FORM, address: 'ұ'.repeat(121) });
  expect(long.status).toBe(422);
  expect(await world.database.read((tx) => findCentre(tx, stage.centreId))).toMatchObject({ version: 1 });
});

test('settings are for the centre’s administrators', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  const path = `/centres/${stage.centreId}/settings`;
  await expectAccess(app, path, {
    allowed: [stage.admin, stage.system],
    forbidden: [stage.staff, stage.guardian, stage.manager],
    missing: [stage.otherAdmin],
  });
  expect((await (await app.as(stage.otherAdmin)).post(path, FORM)).status).toBe(404);
});
