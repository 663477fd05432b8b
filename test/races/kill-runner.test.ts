import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { addMinutes, type Instant } from '../../src/domain/calendar.ts';
import { randomFrom } from '../../src/domain/random.ts';
import { listOffers } from '../../src/data/offers.ts';
import { checkData } from '../../src/use-cases/data-check.ts';
import type { TestDialect } from '../support/database.ts';
import { offersByChild, offerTrials } from '../support/offer-stage.ts';
import { OWN_NODE } from '../support/own-node.ts';
import { hasPostgres } from '../support/postgres.ts';
import { World } from '../support/world.ts';

/** In CI 2 on each engine; `KUNDIZ_RACE_TRIALS=50 npm test -- races/kill-runner` for the long run. */
const KILLS = Number(process.env['KUNDIZ_RACE_TRIALS'] ?? 2);
/** Offers that run out, for each kill: it comes somewhere among them. */
const OFFERS = 6;
const SCRIPT = resolve(import.meta.dirname, '../support/jobs-process.ts');

const compare = (a: number, b: number) => a - b;

function startJobs(urlText: string, now: Instant) {
  const env = { ...OWN_NODE, NODE_ENV: 'test', DATABASE_URL: urlText, KUNDIZ_NOW: now };
  const child = spawn(process.execPath, [SCRIPT], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  const output: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => output.push(chunk.toString()));
  return { child, output, ended: once(child, 'exit') as Promise<[number | null, string | null]> };
}

/**
 * Offers run out, and their places are offered to the next in line, by a process that is killed again and again in the
 * middle; the last one is left to finish.
 */
async function killDuringRounds(dialect: TestDialect): Promise<void> {
  await using world = await World.create({ dialect });
  const { trials, due } = await offerTrials(world, KILLS * OFFERS);
  const random = randomFrom('kill runner');
  /** Offers that have ended and offers that were made instead. */
  const progress = async () => {
    const all = await world.database.read((tx) => listOffers(tx, {}));
    return all.filter(({ outcome }) => outcome !== null).length + all.length - trials.length;
  };
  // What a killed process had taken to do is due again after its lease: each starts two minutes after the one before.
  let now = due;
  let amid = 0;
  for (let kill = 0; kill < KILLS; kill++, now = addMinutes(now, 2)) {
    const enough = (await progress()) + random.int(1, 2 * OFFERS - 2);
    const { child, ended } = startJobs(world.stage.urlText, now);
    while (child.exitCode === null && (await progress()) < enough) await wait(1);
    child.kill('SIGKILL');
    const [, signal] = await ended;
    if (signal === 'SIGKILL') amid += 1;
  }
  expect(amid, 'kills in the middle').toBeGreaterThan(0);
  expect(await progress(), 'something is left to do').toBeLessThan(2 * trials.length);
  const last = startJobs(world.stage.urlText, now);
  expect(await last.ended, last.output.join('')).toEqual([0, null]);

  const offers = await offersByChild(world);
  for (const { childId, nextChildId, offer } of trials) {
    expect(offers.get(childId)!.map((each) => [each.id, each.outcome])).toEqual([[offer.id, 'expired']]);
    expect(
      offers.get(nextChildId)?.map((each) => each.outcome),
      `next in line of offer ${offer.id}`,
    ).toEqual([null]);
  }
  const messages = await world.database.read(
    async (tx) => await tx.db.select({ kind: tx.t.message.kind, data: tx.t.message.data }).from(tx.t.message),
  );
  const lapsed = messages.filter(({ kind }) => kind === 'offer_expired').map(({ data }) => data['offerId']);
  // Both guardians are told, once.
  const twice = trials.flatMap(({ offer }) => [offer.id, offer.id]);
  expect(lapsed.map(Number).toSorted(compare)).toEqual(twice.toSorted(compare));
  expect(await checkData(world.database, addMinutes(now, 1))).toEqual([]);
}

describe('kill -9 of the job runner during expiry and matching', () => {
  test('SQLite: each offer ends once, each place is offered once', () => killDuringRounds('sqlite'));
  test.runIf(hasPostgres)('PostgreSQL: the same', () => killDuringRounds('postgres'));
});
