import { setTimeout as wait } from 'node:timers/promises';
import { eq, inArray } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { addMinutes, instantFromMillis, millisOf } from '../../src/domain/calendar.ts';
import { listOverdueOffers } from '../../src/data/due-offers.ts';
import { checkData } from '../../src/use-cases/data-check.ts';
import type { TestDialect } from '../support/database.ts';
import { post } from '../support/families.ts';
import { offersByChild, offerTrials, type OfferTrial } from '../support/offer-stage.ts';
import { hasPostgres } from '../support/postgres.ts';
import { ServerProcess } from '../support/server-process.ts';
import { World } from '../support/world.ts';

/** In CI 6 of each kind; `KUNDIZ_RACE_TRIALS=1000 npm test -- races/offer-answers` for the long run. */
const TRIALS = Number(process.env['KUNDIZ_RACE_TRIALS'] ?? 6);
/** So many trials are under way at once. */
const AT_ONCE = 6;
/** Answers come from so long before the deadline of the first server's clock to so long after the last one's. */
const AROUND_MS = 300;
const DRAINED_MS = 30_000 + TRIALS * 100;

type Answer = Awaited<ReturnType<typeof post>>;
const isDone = (answer: Answer) => answer !== undefined && answer.status < 300;

/**
 * Real servers (two processes on PostgreSQL), each with its own runner. Two guardians answer one half of the offers
 * differently and twice, or withdraw the wish; the other half they accept at the deadline, which is set to be now, while
 * both runners let the offers lapse. Let go, the places are offered to the next in line.
 */
async function race(dialect: TestDialect, processes: number): Promise<void> {
  await using world = await World.create({ dialect });
  const { trials } = await offerTrials(world, 2 * TRIALS);
  const began = performance.now();
  const clock = () => instantFromMillis(millisOf(world.now) + Math.floor(performance.now() - began));
  const servers = await Promise.all(
    Array.from({ length: processes }, () =>
      ServerProcess.start({ DATABASE_URL: world.stage.urlText, KUNDIZ_NOW: clock() }),
    ),
  );
  // A server's clock begins somewhere between its spawning and its first answer, and is late by as much.
  const lagMs = Math.max(...servers.map((server) => server.readyMs));
  const ask = async (number: number, path: string, token: string): Promise<Answer> => {
    const answer = await post(servers[number % processes]!.url, path, token, {});
    expect([200, 201, 409, 422], `${path}: ${JSON.stringify(answer?.body)}`).toContain(answer?.status);
    return answer;
  };
  const told = new Map<number, Answer[]>();
  const early = async ({ offer, tokens: [mother, father] }: OfferTrial, number: number) => {
    const other =
      number % 2 === 0 ? `/offers/${offer.id}/refusal` : `/waiting-list/${offer.entryId}/withdrawal`;
    const answers = await Promise.all([
      ask(number, `/offers/${offer.id}/acceptance`, mother),
      ask(number + 1, other, father),
      ask(number + 1, `/offers/${offer.id}/acceptance`, father),
    ]);
    told.set(offer.id, answers);
  };
  const late = async ({ offer, tokens: [mother, father] }: OfferTrial, number: number) => {
    await wait((number / TRIALS) * (2 * AROUND_MS + lagMs));
    const path = `/offers/${offer.id}/acceptance`;
    told.set(offer.id, await Promise.all([ask(number, path, mother), ask(number + 1, path, father)]));
  };
  try {
    const [first, second] = [trials.slice(0, TRIALS), trials.slice(TRIALS)];
    for (let at = 0; at < TRIALS; at += AT_ONCE)
      await Promise.all(first.slice(at, at + AT_ONCE).map((trial, each) => early(trial, at + each)));
    const due = instantFromMillis(millisOf(clock()) + AROUND_MS);
    await world.insert(async (tx) => {
      const { offer, hold } = tx.t;
      const ids = second.map((trial) => trial.offer.id);
      await tx.db.update(offer).set({ expiresAt: due, remindAt: null }).where(inArray(offer.id, ids));
      await tx.db.update(hold).set({ expiresAt: due }).where(inArray(hold.sourceId, ids));
    });
    await Promise.all(second.map(late));
    const drained = performance.now() + DRAINED_MS;
    // A job that somebody has taken is there until it is done.
    const isBusy = () =>
      world.database.read(async (tx) => {
        const { job } = tx.t;
        const waiting = await tx.db.select({ id: job.id }).from(job).where(eq(job.kind, 'match')).limit(1);
        return waiting.length > 0 || (await listOverdueOffers(tx, clock(), 1)).length > 0;
      });
    while (performance.now() < drained && (await isBusy())) await wait(50);
  } finally {
    for (const server of servers) await server.stop();
  }

  const offers = await offersByChild(world);
  const outcomes = new Map<string, number>();
  for (const { childId, nextChildId, offer } of trials) {
    const [one, ...more] = offers.get(childId)!;
    const done = told.get(offer.id)!.filter(isDone);
    const what = `offer ${offer.id} is ${one!.outcome}: ${told
      .get(offer.id)!
      .map((each) => each?.status)
      .join(', ')}`;
    expect(more, what).toEqual([]);
    expect(['accepted', 'refused', 'withdrawn', 'expired'], what).toContain(one!.outcome);
    // Exactly one answer counts; an offer that nobody answered in time has lapsed.
    expect(done.length, what).toBe(one!.outcome === 'expired' ? 0 : 1);
    // Whoever is next has one offer when the place was let go, and none when it was taken.
    const next = offers.get(nextChildId) ?? [];
    expect(
      next.map((each) => each.outcome),
      what,
    ).toEqual(one!.outcome === 'accepted' ? [] : [null]);
    outcomes.set(one!.outcome!, (outcomes.get(one!.outcome!) ?? 0) + 1);
  }
  expect([...outcomes.keys()], JSON.stringify([...outcomes])).toContain('accepted');
  expect(outcomes.get('expired'), JSON.stringify([...outcomes])).toBeGreaterThan(0);
  expect(await checkData(world.database, addMinutes(clock(), 1))).toEqual([]);
}

describe('two guardians and the deadline', () => {
  test('SQLite, parallel clients: one outcome each', () => race('sqlite', 1));
  test.runIf(hasPostgres)('PostgreSQL, two app processes: one outcome each', () => race('postgres', 2));
});
