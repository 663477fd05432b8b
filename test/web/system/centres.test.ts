import { expect, test } from 'vitest';
import { TestApp } from '../../support/app.ts';
import { expectAccess, PageStage, textOf } from '../../support/page-stage.ts';
import { World } from '../../support/world.ts';

test('every centre of the country or of a region, with the ways into it', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  await world.centre({ regionCode: '71', name: 'Бақыт' });
  const system = await app.as(stage.system);
  const all = await system.get('/centres');
  expect(textOf(all)).toContain('3 centres');
  expect(all.text).toContain(`href="/centres/${stage.centreId}/days/today"`);
  expect(all.text).toContain(`href="/centres/${stage.centreId}/groups/new"`);
  const astana = await system.get('/centres?region=71');
  expect(textOf(astana)).toContain('1 centre');
  expect(textOf(astana)).not.toContain('Шуақ');
  expect(textOf(await system.get('/centres?region=99'))).toContain('3 centres');
  expect(textOf(await system.get('/centres?region=10'))).toContain('There are no centres here yet.');
});

test('the list is the system administrator’s', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  for (const path of ['/centres', '/centres/new']) {
    await expectAccess(app, path, {
      allowed: [stage.system],
      forbidden: [stage.manager, stage.admin, stage.staff, stage.guardian],
      missing: [],
    });
  }
});
