import { expect, test } from 'vitest';
import { addDays, datesBetween, plainDate } from '../../src/domain/calendar.ts';
import { listShifts } from '../../src/data/shifts.ts';
import { makeDraft, saveDraft } from '../../src/use-cases/drafting.ts';
import { checkData } from '../../src/use-cases/data-check.ts';
import { readScene } from '../../src/web/centre/roster-scene.ts';
import { MONDAY, slot, WEDNESDAY } from '../support/centre-stage.ts';
import { RosterStage } from '../support/roster-stage.ts';

const TODAY = plainDate('2027-02-03');

test('a draft covers what is booked, keeps the law, and publishes as it is', async () => {
  await using at = await RosterStage.create();
  const { world } = at;
  const second = await world.group(at.centreId, { room: 8 });
  const team = [
    ...(await Promise.all([0, 1, 2, 3, 4].map(() => at.staff()))),
    await at.staff({ post: 'nurse' }),
    await at.staff({ post: 'nurse' }),
  ];
  await world.insert(async (tx) => {
    await tx.db.insert(tx.t.staffLeave).values({ staffId: team[0]!, startsOn: MONDAY, endsOn: MONDAY });
  });
  const friday = addDays(MONDAY, 4);
  for (const date of datesBetween(MONDAY, friday))
    for (let child = 0; child < 5; child++) {
      await at.book(date, slot('08:30', '16:30'));
      await at.book(date, slot('09:00', '17:30'), { groupId: second });
    }
  const wish = { centreId: at.centreId, from: MONDAY, to: friday };
  const draft = await makeDraft(world.database, wish, { today: TODAY, seconds: 20 });
  expect(draft.outcome.uncovered.filter((gap) => gap.kind === 'legal')).toEqual([]);
  expect(draft.shifts.filter((shift) => shift.staffId === team[0] && shift.date === MONDAY)).toEqual([]);
  expect(draft.outcome.continuity).toBeGreaterThan(0.7);
  const { id } = await world.act(at.admin, saveDraft, draft);
  const done = await at.publish(id);
  expect(done.shortages).toEqual([]);
  expect(done.groupDays).toBe(10);
  expect(await checkData(world.database, world.now)).toEqual([]);
  // A day of that week planned again keeps the hours of the others: nobody is over the week's contract.
  const again = await makeDraft(
    world.database,
    { ...wish, from: WEDNESDAY, to: WEDNESDAY },
    { today: TODAY, seconds: 20 },
  );
  expect(new Set(again.shifts.map((shift) => shift.date))).toEqual(new Set([WEDNESDAY]));
  expect((await at.publish((await world.act(at.admin, saveDraft, again)).id)).shortages).toEqual([]);
  expect((await world.database.read((tx) => listShifts(tx, id))).length).toBe(draft.shifts.length);
});

test('what cannot be covered is told with its reasons', async () => {
  await using at = await RosterStage.create();
  await at.staff();
  const childId = await at.world.child(at.mother, { skillsNeeded: ['sign_language'] });
  await at.book(MONDAY, slot('09:00', '13:00'), { childId });
  const wish = { centreId: at.centreId, from: MONDAY, to: MONDAY };
  const { outcome } = await makeDraft(at.world.database, wish, { today: TODAY, seconds: 10 });
  const gap = outcome.uncovered.find((each) => each.skill === 'sign_language');
  expect(gap).toMatchObject({ date: MONDAY, from: 18, to: 26, missing: 1, kind: 'legal' });
  expect(gap!.why.length).toBeGreaterThan(0);
  expect(gap!.closes).not.toBe('');
});

test('a nurse who rests on call is on duty: in the draft, on the board and in the places alike', async () => {
  await using at = await RosterStage.create();
  await at.staff();
  await at.staff();
  const nurse = await at.staff({ post: 'nurse' });
  await at.book(MONDAY, slot('09:00', '16:00'));
  const wish = { centreId: at.centreId, from: MONDAY, to: MONDAY };
  const draft = await makeDraft(at.world.database, wish, { today: TODAY, seconds: 10 });
  const own = draft.shifts.find((shift) => shift.staffId === nurse)!;
  expect(own.breakFrom).toBeGreaterThanOrEqual(18);
  expect(own.breakFrom).toBeLessThan(32);
  expect(draft.outcome.cost['legal']).toBe(0);
  expect(draft.outcome.uncovered.filter(({ kind }) => kind === 'legal')).toEqual([]);
  const { id } = await at.world.act(at.admin, saveDraft, draft);
  const scene = await at.world.database.read((tx) =>
    readScene(tx, { centreId: at.centreId, rosterId: id, week: undefined, today: TODAY }),
  );
  expect(scene.coverage.get(MONDAY)!.skills.map(({ skill, short }) => ({ skill, short }))).toEqual([
    { skill: 'nurse', short: [] },
  ]);
  await at.publish(id);
  const { skillsOnDuty } = await at.storedDay(MONDAY);
  expect(skillsOnDuty!['nurse']!.slice(18, 32)).toEqual(Array.from({ length: 14 }, () => true));
});
