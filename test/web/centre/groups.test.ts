import { expect, test } from 'vitest';
import { plainDate } from '../../../src/domain/calendar.ts';
import { TestApp } from '../../support/app.ts';
import { expectAccess, PageStage, textOf } from '../../support/page-stage.ts';
import { World } from '../../support/world.ts';

test('the groups of a centre with their places and hours; staff look, administrators change', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  await world.group(stage.centreId, { room: 5, endsOn: plainDate('2027-06-01'), hours: { sat: [18, 28] } });
  const path = `/centres/${stage.centreId}/groups`;
  const admin = await (await app.as(stage.admin)).get(path);
  expect(textOf(admin)).toContain('2 places Mon–Fri 08:00–18:30');
  expect(textOf(admin)).toContain('5 places Sat 09:00–14:00');
  expect(textOf(admin)).toContain('until 01.06.2027');
  expect(admin.text).toContain(`href="${path}/${stage.groupId}"`);
  const staff = await (await app.as(stage.staff)).get(path);
  expect(staff.text).not.toContain(`href="${path}/${stage.groupId}"`);
  expect(staff.text).not.toContain(`href="${path}/new"`);
});

test('only the centre’s own people see its groups', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  await expectAccess(app, `/centres/${stage.centreId}/groups`, {
    allowed: [stage.staff, stage.admin, stage.system],
    forbidden: [stage.guardian, stage.manager],
    missing: [stage.otherAdmin],
  });
});
