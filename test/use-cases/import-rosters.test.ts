import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { listLeaveOf } from '../../src/data/staff.ts';
import { checkData } from '../../src/use-cases/data-check.ts';
import { decideLeave, requestLeave } from '../../src/use-cases/leave.ts';
import { MONDAY } from '../support/centre-stage.ts';
import { run } from '../support/importing.ts';
import { RosterStage, shift } from '../support/roster-stage.ts';

test('an import of leave takes effect on published days, and leaves what was asked for on a page alone', async () => {
  await using at = await RosterStage.create();
  const { world, admin } = at;
  const nurse = await at.staff({ post: 'nurse', name: 'Synthetic Nurse', ref: 's1', weeklyMinutes: 2400 });
  await world.insert(async (tx) => {
    await tx.db.update(tx.t.centre).set({ ref: 'c1' }).where(eq(tx.t.centre.id, at.centreId));
  });
  await at.published(MONDAY, MONDAY, [shift(nurse, MONDAY, at.groupId)]);
  const wish = { staffId: nurse, startsOn: MONDAY, endsOn: MONDAY, kind: 'sick' as const };
  const { id } = await world.act(admin, requestLeave, wish);
  await world.act(admin, decideLeave, { staffId: nurse, leaveId: id, outcome: 'refused' });
  const file = (leave: [string, string][]) => ({
    staff: [{ ref: 's1', centre: 'c1', name: 'Synthetic Nurse', post: 'nurse', weeklyMinutes: 2400, leave }],
  });
  const staffed = async () => (await at.storedDay(MONDAY)).staffedMinutes;
  const before = await staffed();
  expect(before).toBeGreaterThan(0);
  await run(world, file([[MONDAY, MONDAY]]));
  expect(await staffed()).toBe(0);
  expect(await checkData(world.database, world.now)).toEqual([]);
  await run(world, file([]));
  expect(await staffed()).toBe(before);
  const left = await world.database.read((tx) => listLeaveOf(tx, [nurse]));
  expect(left.map((leave) => leave.outcome)).toEqual(['refused']);
});
