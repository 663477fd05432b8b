import { describe, expect, test } from 'vitest';
import { plainDate } from '../../src/domain/calendar.ts';
import { capacityOf, skillsOnDuty } from '../../src/domain/staffing.ts';
import { recountDays } from '../../src/data/day-counts.ts';
import { lockDays, findDays } from '../../src/data/group-days.ts';
import { bookSlot } from '../../src/use-cases/bookings.ts';
import { World } from '../support/world.ts';

/**
 * The two hardest moments of waiting lists and rosters, played against the schema and the kernel before either is
 * built: an offer that holds a place, and a published roster that falls below what is booked.
 */
const DATE = plainDate('2027-02-09');
const SLOT = { from: 17, to: 33 };

async function stage(room: number) {
  const world = await World.create();
  const groupId = await world.group(await world.centre(), { room });
  const mother = await world.guardian();
  const children = [
    await world.child(mother),
    await world.child(mother),
    await world.child(mother, { skillsNeeded: ['nurse'] }),
  ];
  const day = async () =>
    (await world.database.read((tx) => findDays(tx, { groupId, from: DATE, to: DATE })))[0]!;
  return { world, groupId, mother, children, day };
}

describe('an offer that holds', () => {
  test('a hold takes the last place from everybody else, and its end frees it in the same transaction', async () => {
    const { world, groupId, mother, children, day } = await stage(1);
    await using _ = world;
    const [one, two] = children;
    const range = { groupId, from: DATE, to: DATE };
    await world.insert(async (tx) => {
      const days = await lockDays(tx, range);
      await tx.db.insert(tx.t.hold).values({
        groupId,
        date: DATE,
        fromHalfHour: SLOT.from,
        toHalfHour: SLOT.to,
        childId: one!,
        weight: 100,
        source: 'offer',
        expiresAt: world.now,
      });
      await recountDays(tx, days);
    });
    expect((await day()).held[20]).toBe(1);
    const wish = { childId: two!, groupId, date: DATE, slot: SLOT };
    await expect(world.act(mother, bookSlot, wish)).rejects.toMatchObject({ reason: 'full' });
    await world.insert(async (tx) => {
      const days = await lockDays(tx, range);
      await tx.db.delete(tx.t.hold);
      await recountDays(tx, days);
    });
    await world.act(mother, bookSlot, wish);
  });
});

describe('a published roster that falls below what is booked', () => {
  test('nothing is cancelled, nobody more comes in, a child who needs a nurse only while one is on duty', async () => {
    const { world, groupId, mother, children, day } = await stage(8);
    await using _ = world;
    const [one, two, three] = children;
    await world.act(mother, bookSlot, { childId: one!, groupId, date: DATE, slot: SLOT });
    await world.insert(async (tx) => {
      const [before] = await lockDays(tx, { groupId, from: DATE, to: DATE });
      const capacity = capacityOf([{ from: 16, to: 25, level: 1 }], [100, 100]);
      const duty = skillsOnDuty([{ skill: 'nurse', from: 16, to: 25 }]);
      await tx.db.update(tx.t.groupDay).set({ capacity, skillsOnDuty: duty });
      await recountDays(tx, [{ ...before!, capacity, skillsOnDuty: duty }]);
    });
    const published = await day();
    expect([published.booked[20], published.load[30], published.capacity?.[0]?.[30]]).toEqual([1, 100, 0]);
    const rows = await world.database.read(async (tx) => await tx.db.select().from(tx.t.groupDay));
    expect(rows.find((row) => row.date === DATE)).toMatchObject({
      staffedMinutes: 9 * 30,
      rosteredPlaceMinutes: 8 * 21 * 30,
    });
    const full = world.act(mother, bookSlot, {
      childId: two!,
      groupId,
      date: DATE,
      slot: { from: 16, to: 24 },
    });
    await expect(full).rejects.toMatchObject({
      reason: 'full',
      details: { fullAt: ['08:30', '09:00', '09:30', '10:00', '10:30', '11:00', '11:30'] },
    });
    const nurse = world.act(mother, bookSlot, {
      childId: three!,
      groupId,
      date: DATE,
      slot: { from: 25, to: 33 },
    });
    await expect(nurse).rejects.toMatchObject({ reason: 'skill_missing' });
  });
});
