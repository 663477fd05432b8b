import { and, eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import {
  addDays,
  addMinutes,
  datesBetween,
  plainDate,
  weekdayOf,
  WEEKDAYS,
} from '../../src/domain/calendar.ts';
import { profileOf } from '../../src/domain/week-profile.ts';
import { findProfiles } from '../../src/data/week-profiles.ts';
import { bookSlot } from '../../src/use-cases/bookings.ts';
import { cancelBooking } from '../../src/use-cases/cancellations.ts';
import { changeTerms } from '../../src/use-cases/group-terms.ts';
import { profiledWeeks, rewriteProfiles, rewriteWeekProfiles } from '../../src/use-cases/week-profiles.ts';
import { HOURS, World } from '../support/world.ts';

const MONDAY = plainDate('2027-02-08');
const SUNDAY = plainDate('2027-02-14');
const goOn = async () => true;

const stored = (world: World) =>
  world.database.read(({ db, t }) =>
    db.select().from(t.weekProfile).orderBy(t.weekProfile.centreId, t.weekProfile.week),
  );

/** Heads of a week by weekday and half-hour, counted one by one from the rows of bookings and of terms. */
async function bruteForce(world: World, centreId: number) {
  const { bookings, groups, terms, rostered } = await world.database.read(async ({ db, t }) => ({
    bookings: await db.select().from(t.booking),
    groups: (await db.select().from(t.careGroup)).filter((group) => group.centreId === centreId),
    terms: await db.select().from(t.groupTerms),
    rostered: (await db.select().from(t.groupDay)).filter((day) => day.capacity !== null),
  }));
  const places: number[] = [];
  const booked: number[] = [];
  const staffed: number[] = [];
  for (const date of datesBetween(MONDAY, SUNDAY)) {
    for (let at = 0; at < 48; at++) {
      const heads = { places: 0, booked: 0, staffed: 0 };
      for (const group of groups) {
        const own = terms.filter((each) => each.groupId === group.id && each.startsOn <= date);
        const { room, hours } = own.toSorted((a, b) => (a.startsOn < b.startsOn ? -1 : 1)).at(-1)!;
        const [from, to] = hours[weekdayOf(date)] ?? [0, 0];
        const open = at >= from && at < to ? room : 0;
        heads.places += open;
        heads.booked += bookings.filter(
          (row) =>
            row.groupId === group.id &&
            row.date === date &&
            row.fromHalfHour <= at &&
            at < (row.releasedFrom ?? row.toHalfHour),
        ).length;
        const day = rostered.find((each) => each.groupId === group.id && each.date === date);
        if (day)
          heads.staffed += Math.min(
            open,
            Math.floor(Math.min(...day.capacity!.map((level) => level[at] ?? 0)) / 100),
          );
      }
      places.push(heads.places);
      booked.push(heads.booked);
      staffed.push(heads.staffed);
    }
  }
  return {
    places,
    booked,
    staffed: rostered.some((day) => groups.some((group) => group.id === day.groupId)) ? staffed : null,
  };
}

/** Two centres, three groups, a week of stays of many lengths, one of them given back, one group with other terms on a day. */
async function country(world: World) {
  const [first, second] = [await world.centre(), await world.centre({ regionCode: '11' })];
  const groups = [
    await world.group(first, { room: 3 }),
    await world.group(first, { room: 5, hours: { ...HOURS, sat: [18, 30] } }),
    await world.group(second, { room: 4 }),
  ];
  const mother = await world.guardian();
  const ids: number[] = [];
  for (let child = 0; child < 6; child++) {
    const childId = await world.child(mother);
    for (const [at, date] of datesBetween(MONDAY, SUNDAY).entries()) {
      const from = 16 + ((at * 3 + child) % 6);
      const slot = { from, to: from + 8 + ((at + child * 2) % 7) };
      const groupId = groups[(at + child) % groups.length]!;
      const made = await world.act(mother, bookSlot, { childId, groupId, date, slot }).catch(() => undefined);
      if (made) ids.push(made.id);
    }
  }
  await world.act(mother, cancelBooking, { bookingId: ids[3]! });
  const admin = await world.person('centre_admin', { centreId: second });
  const terms = { groupId: groups[2]!, version: 1, startsOn: plainDate('2027-02-10'), room: 6, hours: HOURS };
  await world.act(admin, changeTerms, terms);
  return { first, second, groups };
}

/** As a published roster leaves a day: two levels with a norm, the second thinner in the afternoon. */
async function publish(world: World, groupId: number) {
  const capacity = [
    Array.from({ length: 48 }, (_, at) => (at >= 16 && at < 40 ? 650 : 0)),
    Array.from({ length: 48 }, (_, at) => (at >= 16 && at < 28 ? 900 : 150)),
  ];
  await world.insert(async (tx) => {
    const { groupDay: d } = tx.t;
    await tx.db
      .update(d)
      .set({ capacity })
      .where(and(eq(d.groupId, groupId), eq(d.date, plainDate('2027-02-09'))));
  });
}

test('a profile is what a count of every half-hour of the bookings gives, each centre its own', async () => {
  await using world = await World.create();
  const { first, second, groups } = await country(world);
  await publish(world, groups[0]!);
  expect(await rewriteWeekProfiles(world.database, world.now, goOn)).toBe(2);
  const rows = (await stored(world)).filter((row) => row.week === MONDAY);
  expect(rows).toEqual([
    { centreId: first, week: MONDAY, asAt: world.now, ...(await bruteForce(world, first)) },
    { centreId: second, week: MONDAY, asAt: world.now, ...(await bruteForce(world, second)) },
  ]);
  expect(rows[0]!.places).toHaveLength(336);
  // Saturday 09:00, only the second group is open; Tuesday 10:00, at most the room of three is staffed.
  expect(rows[0]!.places[5 * 48 + 18]).toBe(5);
  expect(rows[0]!.staffed![48 + 20]).toBe(3);
  expect(rows[0]!.staffed![48 + 30]).toBe(1);
  expect(Math.max(...rows[0]!.booked)).toBeGreaterThan(1);
  expect(rows[1]!.staffed).toBeNull();
});

test('weeks from eight back to eight ahead; the same round again finds nothing to do', async () => {
  await using world = await World.create();
  const { first } = await country(world);
  await rewriteWeekProfiles(world.database, world.now, goOn);
  const rows = await stored(world);
  const weeks = rows.map((row) => row.week);
  expect(weeks).toHaveLength(2 * 17);
  expect([weeks[0], weeks[16]]).toEqual(['2026-12-07', '2027-03-29']);
  expect(weeks.every((week) => weekdayOf(week) === WEEKDAYS[0])).toBe(true);
  // A week for which nobody is booked yet: five days of 21 half-hours for eight, and a Saturday of 12 for five.
  const ahead = rows.find((row) => row.centreId === first && row.week === plainDate('2027-02-15'))!;
  const sum = (numbers: readonly number[]) => numbers.reduce((all, each) => all + each, 0);
  expect([sum(ahead.places), sum(ahead.booked)]).toEqual([5 * 21 * 8 + 12 * 5, 0]);
  expect(await rewriteWeekProfiles(world.database, addMinutes(world.now, 8), goOn)).toBe(0);
});

test('rewritten whole: a later round has what changed, and what grew old is gone', async () => {
  await using world = await World.create();
  const { first, groups } = await country(world);
  await rewriteWeekProfiles(world.database, world.now, goOn);
  const mother = await world.guardian();
  const childId = await world.child(mother);
  const before = (await stored(world)).find((row) => row.centreId === first && row.week === MONDAY)!;
  const wish = { childId, groupId: groups[1]!, date: plainDate('2027-02-12'), slot: { from: 29, to: 37 } };
  await world.act(mother, bookSlot, wish);
  const later = addMinutes(world.now, 7 * 24 * 60);
  expect(await rewriteWeekProfiles(world.database, later, goOn)).toBe(2);
  const rows = await stored(world);
  expect(rows).toHaveLength(2 * 17);
  expect(rows[0]!.week).toBe('2026-12-14');
  expect(rows.every((row) => row.asAt === later)).toBe(true);
  const after = rows.find((row) => row.centreId === first && row.week === MONDAY)!;
  const sum = (numbers: readonly number[]) => numbers.reduce((all, each) => all + each, 0);
  expect(sum(after.booked) - sum(before.booked)).toBe(8);
  expect(after.booked).toEqual((await bruteForce(world, first)).booked);
});

test('a round that is told to end leaves the rest to the next one', async () => {
  await using world = await World.create();
  await country(world);
  let centres = 0;
  expect(await rewriteWeekProfiles(world.database, world.now, async () => ++centres < 2)).toBe(1);
  expect(await rewriteWeekProfiles(world.database, world.now, goOn)).toBe(1);
});

test('what is not written yet is counted as it is asked for', async () => {
  await using world = await World.create();
  const { first, second } = await country(world);
  await rewriteProfiles(world.database, world.now, first);
  const asked = addMinutes(world.now, 5);
  const find = (week: typeof MONDAY) =>
    world.database.read((tx) => findProfiles(tx, [second, first], week, asked));
  const [counted, written] = await find(MONDAY);
  expect(counted).toEqual({
    centreId: second,
    week: MONDAY,
    asAt: asked,
    ...(await bruteForce(world, second)),
  });
  expect(written).toMatchObject({ centreId: first, asAt: world.now });
  const far = addDays(profiledWeeks(plainDate('2027-02-03')).at(-1)!, 7);
  expect((await find(far)).map((profile) => profile.asAt)).toEqual([asked, asked]);
  expect(await world.database.read((tx) => findProfiles(tx, [], MONDAY, asked))).toEqual([]);
});

test('no days are nobody', () => {
  const { places, booked, staffed } = profileOf([]);
  expect([places.length, booked.length, staffed]).toEqual([336, 336, null]);
  expect([...places, ...booked].every((heads) => heads === 0)).toBe(true);
});
