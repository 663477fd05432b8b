import { expect, test } from 'vitest';
import { findBooking } from '../../../src/data/bookings.ts';
import { TestApp } from '../../support/app.ts';
import { expectAccess, fieldOf, MONDAY, PageStage, textOf } from '../../support/page-stage.ts';
import { World } from '../../support/world.ts';

const FORM = { date: MONDAY as string, working: 'no', standsFor: '', name: 'Ауыстырылған күн / Перенос' };

test('the year by law, with what moved where and what is only expected', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  const system = await app.as(stage.system);
  const page = await system.get('/calendar');
  expect(textOf(page)).toContain('National calendar, 2027');
  expect(textOf(page)).toContain('21.03.2027, Sun Nauryz day off day off by law');
  expect(textOf(page)).toContain('24.03.2027, Wed Nauryz (for 21.03.2027)');
  expect(textOf(page)).toContain(
    '16.05.2027, Sun first day of Kurban Ait day off day off by law expected, to be confirmed',
  );
  expect(textOf(await system.get('/calendar?year=2026'))).toContain('25.10.2026, Sun Republic Day');
  expect(textOf(await system.get('/calendar?year=9999'))).toContain('National calendar, 2027');
});

test('a decision is entered and taken back; the days follow', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  const system = await app.as(stage.system);
  const page = await system.submit('/calendar/overrides', FORM);
  expect(textOf(page)).toContain('Saved.');
  expect(textOf(page)).toContain('08.02.2027, Mon Ауыстырылған күн / Перенос day off day off decision');
  const day = `/centres/${stage.centreId}/days/${MONDAY}`;
  expect(textOf(await system.get(day))).toContain('Closed: Ауыстырылған күн / Перенос');
  const back = await system.submit(`/calendar/overrides/${MONDAY}/removal`);
  expect(textOf(back)).not.toContain('Ауыстырылған');
  expect(textOf(await system.get(day))).not.toContain('Closed:');
  expect((await system.post(`/calendar/overrides/${MONDAY}/removal`)).status).toBe(404);
});

test('bookings in the way are told centre by centre, without names, and go on a second yes', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  const child = await stage.named('Мадина', stage.guardian);
  const id = await stage.book(child, MONDAY, 18, 30);
  const system = await app.as(stage.system);
  const listed = await system.post('/calendar/overrides', FORM);
  expect(listed.status).toBe(409);
  expect(textOf(listed)).toContain('Шуақ 1 booking');
  expect(textOf(listed)).not.toContain('Мадина');
  const confirmed = { ...FORM, listed: fieldOf(listed, 'listed')!, listedCount: '1', agreed: 'yes' };
  expect(textOf(await system.submit('/calendar/overrides', confirmed))).toContain(
    'Bookings cancelled: 1, adults told: 1.',
  );
  expect(await world.database.read((tx) => findBooking(tx, id))).toMatchObject({ cancelledBy: 'centre' });
});

test('a past or unreadable date is refused and kept', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  const system = await app.as(stage.system);
  const past = await system.post('/calendar/overrides', { ...FORM, date: '2027-02-02' });
  expect(past.status).toBe(422);
  expect(past.text).toContain('href="#f-date"');
  expect(fieldOf(past, 'name')).toBe(FORM.name);
  expect((await system.post('/calendar/overrides', { ...FORM, date: '2027-02-30' })).status).toBe(422);
  expect((await system.post('/calendar/overrides', { ...FORM, standsFor: MONDAY })).text).toContain(
    'href="#f-standsFor"',
  );
  expect((await system.post('/calendar/overrides/2027-02-30/removal')).status).toBe(404);
});

test('the calendar is the system administrator’s', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  await expectAccess(app, '/calendar', {
    allowed: [stage.system],
    forbidden: [stage.manager, stage.admin, stage.staff, stage.guardian],
    missing: [],
  });
  expect((await (await app.as(stage.admin)).post('/calendar/overrides', FORM)).status).toBe(403);
});
