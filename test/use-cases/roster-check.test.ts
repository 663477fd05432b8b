import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { checkData } from '../../src/use-cases/data-check.ts';
import { MONDAY, TUESDAY } from '../support/centre-stage.ts';
import { addStaff, RosterStage, shift } from '../support/roster-stage.ts';

async function stage() {
  const at = await RosterStage.create();
  const tutor = await at.staff({ post: 'tutor' });
  await at.published(
    MONDAY,
    TUESDAY,
    [MONDAY, TUESDAY].map((date) => shift(tutor, date, at.groupId)),
  );
  const found = async () =>
    (await checkData(at.world.database, at.world.now)).map(
      ({ rule, where, detail }) => `${rule} ${where}: ${detail}`,
    );
  expect(await found()).toEqual([]);
  return { at, tutor, found };
}

test('a capacity or skills that the shifts do not give are found', async () => {
  const { at, found } = await stage();
  await using _ = at;
  await at.world.insert(async (tx) => {
    await tx.db.update(tx.t.shift).set({ breakFrom: 26 }).where(eq(tx.t.shift.date, TUESDAY));
    await tx.db.update(tx.t.groupDay).set({ skillsOnDuty: {} }).where(eq(tx.t.groupDay.date, MONDAY));
    await tx.db.update(tx.t.staff).set({ skills: ['nurse'] });
  });
  expect(await found()).toEqual([
    `staffing group ${at.groupId}, ${MONDAY}: its skills on duty are not what its shifts give`,
    `staffing group ${at.groupId}, ${TUESDAY}: its capacity is not what its shifts give`,
    `staffing group ${at.groupId}, ${TUESDAY}: its skills on duty are not what its shifts give`,
  ]);
});

test('published shifts that break the rules of working time are found', async () => {
  const { at, tutor, found } = await stage();
  await using _ = at;
  await at.world.insert(async (tx) => {
    await tx.db.update(tx.t.staff).set({ weeklyMinutes: 900 });
    await tx.db.update(tx.t.shiftStretch).set({ toHalfHour: 40 });
  });
  const lines = await found();
  expect(lines).toContain(`roster staff ${tutor}, ${TUESDAY}: week_minutes: 960, at most or at least 900`);
  expect(lines).toContain(`roster staff ${tutor}, ${MONDAY}: stretch`);
});

test('one person in two places at once is found, and a day that names another roster', async () => {
  const { at, tutor, found } = await stage();
  await using _ = at;
  const { world } = at;
  const person = await world.person('centre_staff', { centreId: at.centreId });
  const other = await world.centre();
  const group = await world.group(other);
  const admin = await world.person('centre_admin', { centreId: other });
  const there = await addStaff(world, other);
  const draft = await at.draft(MONDAY, MONDAY, [shift(there, MONDAY, group)], other);
  await at.publish(draft, admin);
  expect(await found()).toEqual([]);
  await world.insert(async (tx) => {
    for (const id of [tutor, there])
      await tx.db.update(tx.t.staff).set({ personId: person.personId }).where(eq(tx.t.staff.id, id));
    await tx.db.update(tx.t.groupDay).set({ rosterId: draft }).where(eq(tx.t.groupDay.date, TUESDAY));
  });
  const lines = await found();
  expect(lines.filter((line) => line.startsWith('shift_twice'))).toHaveLength(1);
  expect(lines).toContain(
    `staffing group ${at.groupId}, ${TUESDAY}: names another roster than the one that holds`,
  );
});
