import { expect, test } from 'vitest';
import { TestApp } from '../../support/app.ts';
import { PageStage } from '../../support/page-stage.ts';
import { World } from '../../support/world.ts';

test('a centre’s bare address opens today’s board for its people, and is nobody else’s', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  const path = `/centres/${stage.centreId}`;
  for (const actor of [stage.staff, stage.admin, stage.system]) {
    const answer = await (await app.as(actor)).get(path);
    expect(answer).toMatchObject({ status: 303, location: `${path}/days/today` });
  }
  const status = async (actor: typeof stage.staff, at = path) => (await (await app.as(actor)).get(at)).status;
  expect(await status(stage.otherAdmin)).toBe(404);
  expect(await status(stage.system, '/centres/9999')).toBe(404);
  expect(await status(stage.system, '/centres/x')).toBe(404);
  expect([await status(stage.guardian), await status(stage.manager)]).toEqual([403, 403]);
  // The page for a new centre still stands at its own address.
  expect(await status(stage.system, '/centres/new')).toBe(200);
  expect(await app.visitor().get(path)).toMatchObject({
    status: 303,
    location: `/sign-in?next=%2Fcentres%2F${stage.centreId}`,
  });
});
