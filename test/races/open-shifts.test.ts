import { describe, expect, test } from 'vitest';
import { Refusal } from '../../src/domain/refusal.ts';
import { findOpenShift } from '../../src/data/open-shifts.ts';
import { listStandingShifts } from '../../src/data/standing-shifts.ts';
import { checkData } from '../../src/use-cases/data-check.ts';
import { answerOpenShift } from '../../src/use-cases/open-shifts.ts';
import { MONDAY } from '../support/centre-stage.ts';
import type { TestDialect } from '../support/database.ts';
import { hasPostgres } from '../support/postgres.ts';
import { ShortageStage } from '../support/shortage-stage.ts';

const DIALECTS: readonly TestDialect[] = hasPostgres ? ['sqlite', 'postgres'] : ['sqlite'];

const resultOf = (result: PromiseSettledResult<{ outcome: string }>): string => {
  if (result.status === 'fulfilled') return result.value.outcome;
  return result.reason instanceof Refusal ? result.reason.reason : String(result.reason);
};

describe.each(DIALECTS)('%s', (dialect) => {
  test('of those who say yes at once exactly one has the shift, the others are told that it is taken', async () => {
    for (let round = 0; round < 4; round++) {
      await using stage = await ShortageStage.create(dialect);
      const { at } = stage;
      const people = [await stage.person(), await stage.person(), await stage.person()];
      // Nobody was asked, so that nobody of a better rank is waited for.
      const { id } = await stage.open([]);
      const results = await Promise.allSettled(
        people.map(({ actor, staffId }) =>
          at.world.act(actor, answerOpenShift, { openShiftId: id, staffId, answer: 'yes' }),
        ),
      );
      expect(results.map(resultOf).toSorted()).toEqual(['taken', 'taken', 'yours']);
      const winner = people[results.findIndex((result) => result.status === 'fulfilled')]!;
      const open = await at.world.database.read((tx) => findOpenShift(tx, id));
      expect(open).toMatchObject({ outcome: 'covered', staffId: winner.staffId });
      const standing = await at.world.database.read((tx) =>
        listStandingShifts(tx, { centreId: at.centreId, from: MONDAY, to: MONDAY }),
      );
      const taken = standing.filter((each) => people.some(({ staffId }) => staffId === each.staffId));
      expect(taken.map((each) => [each.id, each.staffId])).toEqual([[open!.shiftId, winner.staffId]]);
      expect(await checkData(at.world.database, at.world.now)).toEqual([]);
    }
  });
});
