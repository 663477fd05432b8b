import { describe, expect, test } from 'vitest';
import { addDays, plainDate } from '../../src/domain/calendar.ts';
import { horizonOf } from '../../src/domain/horizon.ts';
import { FIRST_NORMS } from '../../src/domain/norms.ts';
import { SYSTEM } from '../../src/domain/people.ts';
import { Refusal } from '../../src/domain/refusal.ts';
import { findDays } from '../../src/data/group-days.ts';
import { findEntry } from '../../src/data/waiting-list.ts';
import { planClosure } from '../../src/use-cases/closures.ts';
import { checkData } from '../../src/use-cases/data-check.ts';
import { extendDays } from '../../src/use-cases/group-days.ts';
import { decideLeave, requestLeave } from '../../src/use-cases/leave.ts';
import { addNormSet } from '../../src/use-cases/norms.ts';
import { withdrawOwnLeave } from '../../src/use-cases/own-leave.ts';
import type { Work } from '../../src/use-cases/perform.ts';
import { publishRoster } from '../../src/use-cases/publication.ts';
import { joinTogether, joinWaitingList } from '../../src/use-cases/waiting-list.ts';
import { MONDAY } from '../support/centre-stage.ts';
import { Crowd } from '../support/crowd.ts';
import { families } from '../support/families.ts';
import { hasPostgres } from '../support/postgres.ts';
import { addStaff, RosterStage, shift } from '../support/roster-stage.ts';

const reasonOf = (result: PromiseSettledResult<unknown>): string => {
  if (result.status === 'fulfilled') return 'done';
  return result.reason instanceof Refusal ? result.reason.reason : String(result.reason);
};

/** Somebody with an account at a centre whose rosters are written by hand. */
async function stage() {
  const at = await RosterStage.create(8, 'postgres');
  const worker = await at.world.person('centre_staff', { centreId: at.centreId });
  const staffId = await at.staff({ personId: worker.personId, post: 'tutor' });
  return { at, worker, staffId, crowd: new Crowd(at.world) };
}

const leave = (staffId: number) => ({ staffId, startsOn: MONDAY, endsOn: MONDAY, kind: 'annual' as const });

/** SQLite has one writer: there nothing begins before the other has ended. */
describe.runIf(hasPostgres)('what begins before another ends', () => {
  test('leave approved while a roster of the day is being published counts on it', async () => {
    const { at, worker, staffId, crowd } = await stage();
    await using _ = crowd;
    const { id: leaveId } = await crowd.act(worker, requestLeave, leave(staffId));
    const rosterId = await at.draft(MONDAY, MONDAY, [shift(staffId, MONDAY, at.groupId)]);
    const approval = crowd.deed(at.admin, decideLeave, { staffId, leaveId, outcome: 'approved' as const });
    expect(reasonOf(await crowd.inside([at.admin, publishRoster, { rosterId }], approval))).toBe('done');
    expect((await at.storedDay(MONDAY)).rosterId).toBe(rosterId);
    expect(Math.max(...(await at.storedDay(MONDAY)).capacity!.flat())).toBe(0);
    expect(await checkData(at.world.database, at.world.now)).toEqual([]);
  });

  test('two centres that publish at once do not both count on somebody who works at both', async () => {
    const { at, worker, staffId, crowd } = await stage();
    await using _ = crowd;
    const { world } = at;
    const centreId = await world.centre();
    const groupId = await world.group(centreId);
    const admin = await world.person('centre_admin', { centreId });
    const other = await addStaff(world, centreId, { personId: worker.personId, post: 'tutor' });
    const rosterId = await at.draft(MONDAY, MONDAY, [shift(staffId, MONDAY, at.groupId)]);
    const theirs = await at.draft(MONDAY, MONDAY, [shift(other, MONDAY, groupId)], centreId);
    const second = crowd.deed(admin, publishRoster, { rosterId: theirs });
    const result = await crowd.inside([at.admin, publishRoster, { rosterId }], second);
    expect(reasonOf(result)).toBe('illegal_shifts');
    expect(await checkData(world.database, world.now)).toEqual([]);
  });

  test('norms that are added while a roster is being published count on it', async () => {
    const { at, staffId, crowd } = await stage();
    await using _ = crowd;
    const system = await at.world.person('system_admin');
    const rosterId = await at.draft(MONDAY, MONDAY, [shift(staffId, MONDAY, at.groupId)]);
    const category = 'child_psychoneurological';
    const first = FIRST_NORMS.find((each) => each.category === category)!;
    const adding = crowd.deed(system, addNormSet, { ...first, startsOn: MONDAY, ratios: [400, 800, 800] });
    expect(reasonOf(await crowd.inside([at.admin, publishRoster, { rosterId }], adding))).toBe('done');
    expect(await checkData(at.world.database, at.world.now)).toEqual([]);
  });

  test('leave that its person takes back is not approved any more', async () => {
    const { at, worker, staffId, crowd } = await stage();
    await using _ = crowd;
    const { id: leaveId } = await crowd.act(worker, requestLeave, leave(staffId));
    const approval = crowd.deed(at.admin, decideLeave, { staffId, leaveId, outcome: 'approved' as const });
    expect(reasonOf(await crowd.inside([worker, withdrawOwnLeave, { leaveId }], approval))).toBe('stale');
  });

  test('leave for the same days is asked for once', async () => {
    const { at, worker, staffId, crowd } = await stage();
    await using _ = crowd;
    const again = crowd.deed(at.admin, requestLeave, leave(staffId));
    expect(reasonOf(await crowd.inside([worker, requestLeave, leave(staffId)], again))).toBe('invalid');
  });

  test('days that are written at night know of a closure that is being planned', async () => {
    await using crowd = await Crowd.create();
    const { world } = crowd;
    const centreId = await world.centre();
    const groupId = await world.group(centreId);
    const admin = await world.person('centre_admin', { centreId });
    const last = horizonOf(plainDate('2027-02-03'));
    const closure = { centreId, groupId, startsOn: last, endsOn: addDays(last, 60), reason: 'Repairs' };
    world.now = '2027-03-03T05:00:00.000Z' as typeof world.now;
    const nightly = crowd.deed(SYSTEM, ({ tx, now }: Work) => extendDays(tx, now), {});
    await crowd.inside([admin, planClosure, closure], nightly);
    const days = await world.database.read((tx) =>
      findDays(tx, { groupId, from: addDays(last, 1), to: addDays(last, 25) }),
    );
    expect(days).toHaveLength(25);
    expect(days.filter((day) => day.opensAt !== null)).toEqual([]);
  });

  test('an entry that is tied to another sibling leaves the first one alone', async () => {
    await using crowd = await Crowd.create();
    const { world } = crowd;
    const groupId = await world.group(await world.centre());
    const [family] = await families(world, 1);
    const { guardian } = family!;
    const entryIds: number[] = [];
    for (let each = 0; each < 3; each++) {
      const wish = {
        childId: await world.child(guardian),
        pattern: { kind: 'weekly' as const, days: { mon: [18, 30] as [number, number] } },
        startsOn: MONDAY,
        choices: [groupId],
        minimumMinutesPerWeek: null,
        tolerance: null,
      };
      entryIds.push((await crowd.act(guardian, joinWaitingList, wish)).id);
    }
    const [entryId, second, third] = entryIds as [number, number, number];
    const other = crowd.deed(guardian, joinTogether, { entryId, withIds: [third] });
    await crowd.inside([guardian, joinTogether, { entryId, withIds: [second] }], other);
    const keys = await world.database.read(async (tx) => [
      (await findEntry(tx, entryId))!.togetherKey,
      (await findEntry(tx, second))!.togetherKey,
      (await findEntry(tx, third))!.togetherKey,
    ]);
    expect(keys[0]).not.toBeNull();
    expect(keys).toEqual([keys[0], null, keys[0]]);
  });
});
