import { expect, test } from 'vitest';
import { TestApp } from '../../support/app.ts';
import { heatCell } from '../../support/heat-cell.ts';
import { expectAccess, MONDAY, PageStage, textOf } from '../../support/page-stage.ts';
import { World } from '../../support/world.ts';

test('a centre’s groups by day, in figures and no names', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  const child = await stage.named('Мадина');
  await stage.book(child, MONDAY, 16, 37 - 1);
  const manager = await app.as(stage.manager);
  const path = `/regions/75/centres/${stage.centreId}/occupancy`;
  const page = await manager.get(`${path}?from=2027-02-08&to=2027-02-14&by=day`);
  expect(heatCell(page, 'Топ', '08.02.2027')).toBe('48 48% booked');
  expect(heatCell(page, 'Топ', '13.02.2027')).toBe('closed');
  expect(textOf(page)).not.toContain('Мадина');
  expect(page.text).toContain('href="/regions/75/occupancy?from=2027-02-08&amp;to=2027-02-14&amp;by=week"');
  const weeks = await manager.get(`${path}?from=2027-02-08&to=2027-02-21&by=week`);
  expect(weeks.text).toContain(`href="${path}?from=2027-02-08&amp;to=2027-02-14&amp;by=day"`);
  expect((await manager.get(`${path}?from=1900`)).status).toBe(422);
});

test('a centre is seen under its own region only', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  const foreign = await world.centre({ regionCode: '71' });
  await expectAccess(app, `/regions/75/centres/${stage.centreId}/occupancy`, {
    allowed: [stage.manager, stage.system],
    forbidden: [stage.admin, stage.staff, stage.guardian],
    missing: [await world.person('regional_manager', { regionCode: '71' })],
  });
  const manager = await app.as(stage.manager);
  expect((await manager.get(`/regions/75/centres/${foreign}/occupancy`)).status).toBe(404);
  expect((await manager.get(`/regions/71/centres/${foreign}/occupancy`)).status).toBe(404);
  expect((await manager.get('/regions/75/centres/9999/occupancy')).status).toBe(404);
  expect((await (await app.as(stage.system)).get(`/regions/75/centres/${foreign}/occupancy`)).status).toBe(
    404,
  );
});
