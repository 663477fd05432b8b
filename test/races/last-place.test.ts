import { describe, expect, test } from 'vitest';
import { checkData } from '../../src/use-cases/data-check.ts';
import { families, openDates, post } from '../support/families.ts';
import { hasPostgres } from '../support/postgres.ts';
import { ServerProcess } from '../support/server-process.ts';
import { NOW, World } from '../support/world.ts';
import type { TestDialect } from '../support/database.ts';

/** In CI 1,000; `KUNDIZ_RACE_TRIALS=10000 npm test -- last-place` for the long run. */
const TRIALS = Number(process.env['KUNDIZ_RACE_TRIALS'] ?? 1000);
const CLIENTS = 20;

/** One warm server of two processes (two such machines on PostgreSQL); each trial is a group's day with one place and 20 clients. */
async function race(dialect: TestDialect, machines: number): Promise<void> {
  await using world = await World.create({ dialect });
  const centre = await world.centre();
  const all = await families(world, CLIENTS);
  const groups: number[] = [];
  const trials: { groupId: number; date: string }[] = [];
  while (trials.length < TRIALS) {
    const groupId = await world.group(centre, { room: 1 });
    groups.push(groupId);
    for (const date of await openDates(world, groupId))
      if (trials.length < TRIALS) trials.push({ groupId, date });
  }
  const env = { DATABASE_URL: world.stage.urlText, KUNDIZ_NOW: NOW, KUNDIZ_PROCESSES: '2' };
  const servers: ServerProcess[] = [];
  for (let each = 0; each < machines; each++) servers.push(await ServerProcess.start(env));
  try {
    const statuses = new Map<number, number>();
    for (const { groupId, date } of trials) {
      const answers = await Promise.all(
        all.map(({ childId, token }, client) =>
          post(servers[client % machines]!.url, '/bookings', token, {
            childId: String(childId),
            groupId: String(groupId),
            date,
            from: '08:30',
            to: '17:30',
          }),
        ),
      );
      for (const answer of answers)
        statuses.set(answer?.status ?? 0, (statuses.get(answer?.status ?? 0) ?? 0) + 1);
      expect(
        answers.filter((answer) => answer?.status === 201),
        `winners on ${date}`,
      ).toHaveLength(1);
    }
    expect(Object.fromEntries(statuses)).toEqual({ 201: TRIALS, 409: TRIALS * (CLIENTS - 1) });
    expect(await checkData(world.database, world.now)).toEqual([]);
  } finally {
    for (const server of servers) await server.stop();
  }
}

describe('twenty clients for the last place', () => {
  test('SQLite, two processes: one winner each', () => race('sqlite', 1));
  test.runIf(hasPostgres)('PostgreSQL, two servers of two processes: one winner each', () =>
    race('postgres', 2),
  );
});
