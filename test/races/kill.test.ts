import { describe, expect, test } from 'vitest';
import { setTimeout as wait } from 'node:timers/promises';
import { randomFrom } from '../../src/domain/random.ts';
import { findBooking } from '../../src/data/bookings.ts';
import { checkData } from '../../src/use-cases/data-check.ts';
import type { TestDialect } from '../support/database.ts';
import { families, openDates, post } from '../support/families.ts';
import { hasPostgres } from '../support/postgres.ts';
import { freePort, ServerProcess } from '../support/server-process.ts';
import { NOW, World } from '../support/world.ts';

const READY_MS = 3000;

/** Kills the server again and again while clients book; what was acknowledged must be there afterwards. */
async function killDuringWrites(dialect: TestDialect, kills: number): Promise<void> {
  await using world = await World.create({ dialect });
  const centre = await world.centre();
  const groups = [await world.group(centre), await world.group(centre), await world.group(centre)];
  const all = await families(world, 24);
  const dates = await openDates(world, groups[0]!);
  const env = { DATABASE_URL: world.stage.urlText, KUNDIZ_NOW: NOW, PORT: String(await freePort()) };
  const random = randomFrom('kill');
  const acknowledged = new Map<string, { childId: number; date: string }>();
  const readyMs: number[] = [];
  const unexpected: number[] = [];
  let next = 0;

  for (let round = 0; round < kills; round++) {
    const server = await ServerProcess.start(env);
    readyMs.push(server.readyMs);
    let alive = true;
    const clients = all.map(async ({ childId, token }, client) => {
      const groupId = groups[client % groups.length]!;
      while (alive) {
        const date = dates[next++ % dates.length]!;
        const body = { childId: String(childId), groupId: String(groupId), date, from: '08:00', to: '16:00' };
        const answer = await post(server.url, '/bookings', token, body);
        if (answer?.status === 201) acknowledged.set(String(answer.body['id']), { childId, date });
        if (answer === undefined) return;
        if (![201, 409].includes(answer.status)) unexpected.push(answer.status);
      }
    });
    // In the middle of writes: after some answers, not after some time, or a busy machine would be killed idle.
    const enough = acknowledged.size + random.int(1, 25);
    for (let waited = 0; acknowledged.size < enough && waited < 2000; waited += 5) await wait(5);
    await server.kill();
    alive = false;
    await Promise.all(clients);
  }

  // The killed processes' own connections are gone; this one sees what reached the disk.
  for (const [id, { childId, date }] of acknowledged) {
    const booking = await world.database.read((tx) => findBooking(tx, Number(id)));
    expect(booking, `acknowledged booking ${id}`).toMatchObject({ childId, date, state: 'booked' });
  }
  expect(unexpected).toEqual([]);
  expect(acknowledged.size).toBeGreaterThan(kills);
  expect(await checkData(world.database, world.now)).toEqual([]);
  // The median: one start in fifty may meet a busy machine.
  const median = readyMs.toSorted((a, b) => a - b)[Math.floor(readyMs.length / 2)]!;
  expect(median, `ready after ${readyMs.map(Math.round).join(', ')} ms`).toBeLessThan(READY_MS);
}

describe('kill -9 during writes', () => {
  test('SQLite: nothing acknowledged is lost, ready again at once', () => killDuringWrites('sqlite', 50));
  test.runIf(hasPostgres)('PostgreSQL: the same for the app process', () => killDuringWrites('postgres', 10));
});
