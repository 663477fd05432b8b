import { expect, test } from 'vitest';
import { TestApp } from '../../support/app.ts';
import { expectAccess, PageStage, textOf } from '../../support/page-stage.ts';
import { World } from '../../support/world.ts';

test('the country: twenty regions with the sums of the four weeks that are over', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  await stage.book(stage.childId, '2027-01-20' as Parameters<typeof stage.book>[1], 16, 36);
  const page = await (await app.as(stage.system)).get('/regions');
  const ways = page.text.match(
    /href="\/regions\/\d\d\/occupancy\?from=2027-01-04&amp;to=2027-01-31&amp;by=week"/g,
  );
  expect(ways).toHaveLength(20);
  expect(textOf(page)).toContain('04.01–31.01.2027');
  // 18 working days (4 January stands for the 2nd, the 7th is off) × 10.5 hours × 4 places; 10 hours booked, none attended.
  expect(textOf(page)).toMatch(/Almaty 2 756 1% 0% 746/);
  expect(textOf(page)).toMatch(/The country 2 756 1% 0% 746/);
  expect(textOf(page)).toContain('Astana 0 0 – – 0');
  // The way down leads to the same weeks, so that the region shows the same hours.
  const region = await (
    await app.as(stage.system)
  ).get('/regions/75/occupancy?from=2027-01-04&to=2027-01-31&by=week');
  expect(textOf(region)).toContain(
    'Place-hours 756 Booked 1% Attended 0% of what was booked, days past Idle',
  );
});

test('the country is the system administrator’s', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  await expectAccess(app, '/regions', {
    allowed: [stage.system],
    forbidden: [stage.manager, stage.admin, stage.staff, stage.guardian],
    missing: [],
  });
});
