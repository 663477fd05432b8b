import type pg from 'pg';
import { expect, test } from 'vitest';
import { plainDate } from '../../src/domain/calendar.ts';
import { listBookings } from '../../src/data/bookings.ts';
import { openPostgres } from '../../src/data/postgres.ts';
import { bookSlot } from '../../src/use-cases/bookings.ts';
import { perform } from '../../src/use-cases/perform.ts';
import { testDialect } from '../support/database.ts';
import { World } from '../support/world.ts';

/** Loses the answers of the first COMMITs: the server has committed, the client is told that the connection broke. */
function losingCommits(count: number) {
  let left = count;
  return (client: pg.PoolClient) => {
    const query = client.query.bind(client) as (...args: unknown[]) => Promise<unknown>;
    const losing = async (...args: unknown[]) => {
      const answer = await query(...args);
      if (args[0] === 'COMMIT' && left > 0) {
        left -= 1;
        throw Object.assign(new Error('connection lost'), { code: '08006' });
      }
      return answer;
    };
    client.query = losing as unknown as typeof client.query;
  };
}

test.runIf(testDialect === 'postgres')('a COMMIT whose answer is lost books once', async () => {
  await using world = await World.create();
  const groupId = await world.group(await world.centre());
  const mother = await world.guardian();
  const childId = await world.child(mother);
  const { url } = world.stage;
  if (url.dialect !== 'postgres') throw new Error('unreachable');
  const database = openPostgres(url.url, { onClient: losingCommits(2) });
  try {
    const date = plainDate('2027-02-09');
    const request = { now: world.now, actor: mother, operation: world.operation() };
    const answer = await perform(database, request, bookSlot, {
      childId,
      groupId,
      date,
      slot: { from: 17, to: 35 },
    });
    const bookings = await world.database.read((tx) =>
      listBookings(tx, { childIds: [childId], from: date, to: date }),
    );
    expect(bookings.map((booking) => booking.id)).toEqual([answer.id]);
  } finally {
    await database.close();
  }
});
