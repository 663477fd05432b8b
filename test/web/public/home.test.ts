import { expect, test } from 'vitest';
import type { Role } from '../../../src/domain/people.ts';
import { TestApp } from '../../support/app.ts';
import { closing } from '../../support/closing.ts';
import { World } from '../../support/world.ts';

test('signed out: what this is, and the way in', async () => {
  const world = await World.create();
  const app = await TestApp.start(world);
  await using _ = closing(app, world);
  const home = await app.visitor().get('/');
  expect(home.status).toBe(200);
  for (const words of ['/sign-in', '/places', 'Day-care places']) expect(home.text).toContain(words);
});

test('signed in: each role comes to its first page, and that page opens', async () => {
  const world = await World.create();
  const app = await TestApp.start(world);
  await using _ = closing(app, world);
  const centreId = await world.centre();
  const first: [Role, { centreId?: number; regionCode?: string }, string][] = [
    ['guardian', {}, '/children'],
    ['centre_staff', { centreId }, `/centres/${centreId}/days/today`],
    ['centre_admin', { centreId }, `/centres/${centreId}/days/today`],
    ['regional_manager', { regionCode: '75' }, '/regions/75/occupancy'],
    ['system_admin', {}, '/regions'],
  ];
  for (const [role, scope, path] of first) {
    const visitor = await app.as(await world.person(role, scope));
    expect([role, (await visitor.get('/')).location]).toEqual([role, path]);
    expect([200, 303]).toContain((await visitor.get(path)).status);
  }
});
