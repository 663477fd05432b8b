import { expect, test } from 'vitest';
import { TestApp } from '../../support/app.ts';
import { expectAccess, MONDAY, PageStage, textOf } from '../../support/page-stage.ts';
import { World } from '../../support/world.ts';

test('a week of groups and days: share, peak of the room, sums, and the way into each day', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  // 12 of the day's 42 half-hours by two children, 10 of them at the same time.
  await stage.book(stage.childId, MONDAY, 16, 28);
  await stage.book(await world.child(null), MONDAY, 18, 28);
  const staff = await app.as(stage.staff);
  const page = await staff.get(`/centres/${stage.centreId}/week?date=2027-02-10`);
  expect(textOf(page)).toContain('Week 08.02–14.02.2027');
  expect(textOf(page)).toContain('Monday, 8 February, Топ: 52% booked, at most 2 of 2 at one time');
  expect(page.text).toContain(`href="/centres/${stage.centreId}/days/${MONDAY}#group-${stage.groupId}"`);
  // 22 of 210 half-hours; nothing opens on the weekend, which is left out.
  expect(textOf(page)).toContain('Booked 10%');
  expect(textOf(page)).toContain('Idle place-hours 94');
  expect(textOf(page)).not.toContain('Saturday');
  expect(page.text).toContain(`href="/centres/${stage.centreId}/week?date=2027-02-01"`);
  expect(page.text).toContain(`href="/centres/${stage.centreId}/week?date=2027-02-15"`);
});

test('an unreadable date is this week; a holiday is hatched and worded', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  const staff = await app.as(stage.staff);
  expect(textOf(await staff.get(`/centres/${stage.centreId}/week?date=2027-02-30`))).toContain(
    'Week 01.02–07.02.2027',
  );
  const nauryz = await staff.get(`/centres/${stage.centreId}/week?date=2027-03-22`);
  expect(nauryz.text).toMatch(/<td class="none"><span class="visually-hidden">Monday, 22 March, Топ: closed/);
});

test('only the centre’s own people see its week', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  await expectAccess(app, `/centres/${stage.centreId}/week`, {
    allowed: [stage.staff, stage.admin, stage.system],
    forbidden: [stage.guardian, stage.manager],
    missing: [stage.otherAdmin],
  });
});
