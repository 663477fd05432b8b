import { pino } from 'pino';
import { expect, test, vi } from 'vitest';
import { startChores } from '../../src/jobs/chores.ts';
import { World } from '../support/world.ts';

test('week profiles are written as soon as the chores begin; stopping waits for the round', async () => {
  await using world = await World.create();
  const centreId = await world.centre();
  await world.group(centreId, { room: 3 });
  const log = pino({ level: 'silent' });
  const profiles = () => world.database.read(({ db, t }) => db.select().from(t.weekProfile));
  const chores = startChores({ database: world.database, clock: () => world.now, log });
  await vi.waitFor(async () => expect(await profiles()).toHaveLength(17));
  await chores.stop();
  const asleep = startChores({ database: world.database, clock: () => world.now, log });
  await asleep.stop();
  expect((await profiles())[0]).toMatchObject({ centreId, asAt: world.now });
});
