import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { plainDate } from '../../src/domain/calendar.ts';
import { listOffers } from '../../src/data/offers.ts';
import { startThread } from '../../src/jobs/thread.ts';
import { joinWaitingList } from '../../src/use-cases/waiting-list.ts';
import { silentLog } from '../support/queue.ts';
import { ServerProcess } from '../support/server-process.ts';
import { NOW, World } from '../support/world.ts';

const DATE = plainDate('2027-03-02');

test('the server’s own thread makes the offer, and the server ends in order', async () => {
  await using world = await World.create();
  const groupId = await world.group(await world.centre(), { room: 1 });
  const guardian = await world.guardian();
  const childId = await world.child(guardian);
  await world.act(guardian, joinWaitingList, {
    childId,
    pattern: { kind: 'dates', dates: { [DATE]: [17, 35] } },
    startsOn: DATE,
    choices: [groupId],
    minimumMinutesPerWeek: null,
    tolerance: null,
  });
  await using server = await ServerProcess.start({
    DATABASE_URL: world.stage.urlText,
    KUNDIZ_NOW: world.now,
  });
  await vi.waitFor(
    async () =>
      expect(
        await world.database.read((tx) => listOffers(tx, { groupIds: [groupId], live: true })),
      ).toHaveLength(1),
    { timeout: 30_000, interval: 100 },
  );
  expect(await server.stop()).toBe(0);
});

test('a thread that dies is started again; when stopped it stays so', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kundiz-thread-'));
  const file = join(folder, 'starts');
  vi.stubEnv('STARTS_FILE', file);
  try {
    const clock = () => NOW;
    const dying = new URL('../support/dying-thread.ts', import.meta.url);
    const thread = startThread(dying, { clock, log: silentLog });
    const starts = () => readFileSync(file, 'utf8').split('\n').length - 1;
    await vi.waitFor(() => expect(starts()).toBe(2), { timeout: 30_000, interval: 50 });
    await thread.stop();
    expect(starts()).toBe(2);
  } finally {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  }
});
