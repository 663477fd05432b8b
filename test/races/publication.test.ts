import { describe, expect, test } from 'vitest';
import { Refusal } from '../../src/domain/refusal.ts';
import { bookSlot } from '../../src/use-cases/bookings.ts';
import { checkData } from '../../src/use-cases/data-check.ts';
import type { TestDialect } from '../support/database.ts';
import { hasPostgres } from '../support/postgres.ts';
import { MONDAY, slot } from '../support/centre-stage.ts';
import { RosterStage, shift } from '../support/roster-stage.ts';

const DIALECTS: readonly TestDialect[] = hasPostgres ? ['sqlite', 'postgres'] : ['sqlite'];

const reasonOf = (result: PromiseSettledResult<unknown>): string => {
  if (result.status === 'fulfilled') return 'done';
  return result.reason instanceof Refusal ? result.reason.reason : String(result.reason);
};

describe.each(DIALECTS)('%s', (dialect) => {
  test('of two rosters published at once for the same day one holds, the other is stale', async () => {
    await using at = await RosterStage.create(8, dialect);
    const [one, two] = [await at.staff(), await at.staff()];
    for (let round = 0; round < 5; round++) {
      const drafts = [
        await at.draft(MONDAY, MONDAY, [shift(one, MONDAY, at.groupId)]),
        await at.draft(MONDAY, MONDAY, [shift(two, MONDAY, at.groupId)]),
      ];
      const results = await Promise.allSettled(drafts.map((id) => at.publish(id)));
      expect(results.map(reasonOf).toSorted()).toEqual(['done', 'stale']);
      const winner = drafts[results.findIndex((result) => result.status === 'fulfilled')];
      expect((await at.storedDay(MONDAY)).rosterId).toBe(winner);
      expect(await checkData(at.world.database, at.world.now)).toEqual([]);
    }
  });

  test('bookings that come as a roster is published are bounded by it, or are in its shortage: never in between', async () => {
    for (let round = 0; round < 4; round++) {
      await using at = await RosterStage.create(8, dialect);
      const tutor = await at.staff({ post: 'tutor' });
      const draft = await at.draft(MONDAY, MONDAY, [shift(tutor, MONDAY, at.groupId, { breakFrom: 27 })]);
      const children: number[] = [];
      for (let child = 0; child < 8; child++) children.push(await at.world.child(at.mother));
      const book = (childId: number) =>
        at.world.act(at.mother, bookSlot, {
          childId,
          groupId: at.groupId,
          date: MONDAY,
          slot: slot('08:30', '12:30'),
        });
      const [published, ...booked] = await Promise.allSettled([at.publish(draft), ...children.map(book)]);
      expect(published.status).toBe('fulfilled');
      expect(booked.map(reasonOf).filter((reason) => reason !== 'done' && reason !== 'full')).toEqual([]);
      const taken = booked.filter((result) => result.status === 'fulfilled').length;
      const { shortages } = (
        published as unknown as PromiseFulfilledResult<{ shortages: { childIds: number[] }[] }>
      ).value;
      // Nobody comes in after the roster where its staff are used up: whoever is over was there before and is listed.
      expect(taken).toBe(Math.max(4, shortages[0]?.childIds.length ?? 0));
      expect(await checkData(at.world.database, at.world.now)).toEqual([]);
    }
  });
});
