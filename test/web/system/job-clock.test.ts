import { expect, test } from 'vitest';
import { addMinutes } from '../../../src/domain/calendar.ts';
import { runAll } from '../../../src/jobs/runner.ts';
import { silentLog } from '../../support/queue.ts';
import { TestApp } from '../../support/app.ts';
import { World } from '../../support/world.ts';

test('a clock that has jumped is told where the system administrator looks, and believed once said so', async () => {
  await using world = await World.create();
  const runner = { database: world.database, clock: () => world.now, log: silentLog };
  await runAll(runner);
  world.now = addMinutes(world.now, 20 * 24 * 60);
  await runAll(runner);
  await using app = await TestApp.start(world);
  const visitor = await app.as(await world.person('system_admin'));
  expect((await visitor.get('/centres')).text).toContain('href="/clock"');
  const before = await visitor.get('/clock');
  expect(before.text).toContain('role="alert"');
  expect((await visitor.post('/clock', {})).status).toBe(303);
  expect((await visitor.get('/clock')).text).not.toContain('action="/clock"');
  expect((await visitor.get('/centres')).text).not.toContain('href="/clock"');
});
