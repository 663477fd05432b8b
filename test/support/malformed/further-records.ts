import { plainDate } from '../../../src/domain/calendar.ts';
import type { Actor, Role } from '../../../src/domain/people.ts';
import { insertRound } from '../../../src/data/rounds.ts';
import { updateStaff } from '../../../src/data/staff.ts';
import type { Records } from '../every-record.ts';
import { addStaff } from '../roster-stage.ts';
import type { World } from '../world.ts';

/** Staff who may sign in, and a round about which something may still be decided: more pages have forms then. */
export async function addFurtherRecords(
  world: World,
  actors: Readonly<Record<Role, Actor>>,
  own: Records,
): Promise<Records> {
  const centreId = Number(own.centreId);
  await addStaff(world, centreId, { personId: actors.centre_admin.personId });
  const roundId = await world.insert(async (tx) => {
    await updateStaff(tx, Number(own.staffId), { personId: actors.centre_staff.personId });
    return await insertRound(tx, {
      regionCode: own.regionCode,
      centreId,
      name: 'Synthetic round',
      startsOn: plainDate('2027-03-01'),
      wishesUntil: plainDate('2027-02-20'),
      createdAt: world.now,
      createdBy: actors.centre_admin.personId,
    });
  });
  return { ...own, roundId: String(roundId) };
}
