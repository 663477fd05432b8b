import { expect, test } from 'vitest';
import { addDays, plainDate } from '../../src/domain/calendar.ts';
import { solveRoster } from '../../src/planning/roster/solve.ts';
import { findCentre } from '../../src/data/centres.ts';
import { listDayWishes } from '../../src/data/day-wishes.ts';
import { findStaff } from '../../src/data/staff.ts';
import { changeWeeklyWishes, dropDayWish, wishForDay } from '../../src/use-cases/day-wishes.ts';
import { planRoster } from '../../src/use-cases/roster-input.ts';
import { FULL_DAY, MONDAY, TUESDAY, WEDNESDAY } from '../support/centre-stage.ts';
import { refusalOf } from '../support/refusals.ts';
import { RosterStage, shift } from '../support/roster-stage.ts';

const TODAY = plainDate('2027-02-03');

async function stageWithPerson() {
  const at = await RosterStage.create();
  const person = await at.world.person('centre_staff', { centreId: at.centreId });
  const staffId = await at.staff({ personId: person.personId });
  return { at, person, staffId };
}

test('one’s own wishes are kept by day until the roster of that day is published', async () => {
  const { at, person, staffId } = await stageWithPerson();
  await using stage = at;
  const { world } = stage;
  const wish = (date: typeof MONDAY, hours: { from: number; to: number } | null, by = person) =>
    world.act(by, wishForDay, { staffId, date, hours });
  await wish(MONDAY, null);
  await wish(MONDAY, { from: 16, to: 24 });
  await wish(TUESDAY, null);
  const listed = () =>
    world.database.read((tx) => listDayWishes(tx, [staffId], { from: MONDAY, to: WEDNESDAY }));
  expect(await listed()).toEqual([
    { staffId, date: MONDAY, from: 16, to: 24 },
    { staffId, date: TUESDAY, from: null, to: null },
  ]);
  await world.act(person, dropDayWish, { staffId, date: TUESDAY });
  expect(await listed()).toHaveLength(1);
  const colleague = await world.person('centre_staff', { centreId: stage.centreId });
  expect(await refusalOf(wish(MONDAY, null, colleague))).toMatchObject({ reason: 'missing' });
  expect(await refusalOf(wish(MONDAY, null, stage.admin))).toMatchObject({ reason: 'missing' });
  expect(await refusalOf(wish(addDays(TODAY, -1), null))).toMatchObject({ reason: 'past' });
  expect(await refusalOf(wish(addDays(TODAY, 181), null))).toMatchObject({ reason: 'too_wide' });
  expect(await refusalOf(wish(MONDAY, { from: 24, to: 24 }))).toMatchObject({ reason: 'invalid' });
  await stage.published(MONDAY, MONDAY, [shift(staffId, MONDAY, stage.groupId)]);
  expect(await refusalOf(wish(MONDAY, null))).toMatchObject({ reason: 'locked' });
  expect(await refusalOf(world.act(person, dropDayWish, { staffId, date: MONDAY }))).toMatchObject({
    reason: 'locked',
  });
});

test('weekly wishes are saved over what was seen, and a second administrator sees the difference', async () => {
  const { at, person, staffId } = await stageWithPerson();
  await using stage = at;
  const { world } = stage;
  const save = (version: number, hours: object) =>
    world.act(person, changeWeeklyWishes, { staffId, version, hours });
  await save(1, { mon: [16, 24] });
  expect(await world.database.read((tx) => findStaff(tx, staffId))).toMatchObject({
    preferences: { mon: [16, 24] },
    version: 2,
  });
  expect(await refusalOf(save(1, {}))).toMatchObject({ reason: 'stale' });
  await save(2, {});
  expect((await world.database.read((tx) => findStaff(tx, staffId)))!.preferences).toBeNull();
});

test('the planner hears a wish for a day before the weekly one', async () => {
  const { at, person, staffId } = await stageWithPerson();
  await using stage = at;
  const { world, centreId } = stage;
  const second = await stage.staff();
  const preferences = { mon: [16, 37] as const, tue: [16, 37] as const };
  await world.act(person, changeWeeklyWishes, { staffId, version: 1, hours: preferences });
  await stage.book(MONDAY, FULL_DAY);
  const plan = () =>
    world.database.read(async (tx) =>
      planRoster(tx, (await findCentre(tx, centreId))!, { from: MONDAY, to: TUESDAY }),
    );
  const before = (await plan())!.input;
  expect(before.staff.map((each) => each.wishes)).toEqual([undefined, undefined]);
  await world.act(person, wishForDay, { staffId, date: MONDAY, hours: null });
  // Hours that no group is open at cannot be kept by anybody: the weekly wish counts.
  await world.act(person, wishForDay, { staffId, date: TUESDAY, hours: { from: 40, to: 46 } });
  const { input } = (await plan())!;
  const mine = input.staff.find((each) => each.id === String(staffId))!;
  expect(mine.wishes).toEqual([{ date: MONDAY, hours: null }]);
  expect(mine.prefers).toMatchObject({ mon: ['08:00', '18:30'] });
  const found = await solveRoster(input, { seconds: 2, measure: () => performance.now() / 1000 });
  const against = found.shifts.filter((each) => each.staff === String(staffId) && each.date === MONDAY);
  const others = found.shifts.filter((each) => each.staff === String(second) && each.date === MONDAY);
  expect(others.length).toBe(1);
  expect(found.cost.preference).toBe(
    against.reduce((sum, { from, to, breakFrom }) => {
      const half = (time: string) => Number(time.slice(0, 2)) * 2 + Number(time.slice(3)) / 30;
      return sum + half(to) - half(from) - (breakFrom === null ? 0 : 1);
    }, 0),
  );
});
