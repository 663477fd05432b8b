import { and, eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { addDays, datesBetween, instant, plainDate, type PlainDate } from '../../src/domain/calendar.ts';
import { periodsBetween, STEPS } from '../../src/domain/occupancy.ts';
import { listDaysOf } from '../../src/data/group-days.ts';
import { listOccupancy, type OccupancyFilter } from '../../src/data/occupancy.ts';
import { recordArrival, recordDeparture } from '../../src/use-cases/attendance.ts';
import { bookSlot } from '../../src/use-cases/bookings.ts';
import { cancelBooking } from '../../src/use-cases/cancellations.ts';
import { World } from '../support/world.ts';

const FROM = plainDate('2027-02-24');
const TO = plainDate('2027-03-16');

/** Two regions, three centres, five groups, a few weeks of stays, some cancelled, some attended, some days rostered. */
async function country(world: World) {
  const centres = [
    await world.centre({ regionCode: '75' }),
    await world.centre({ regionCode: '75' }),
    await world.centre({ regionCode: '11' }),
  ];
  const groups: { id: number; centre: number; region: string }[] = [];
  for (const [at, count] of [2, 1, 2].entries()) {
    for (let each = 0; each < count; each++) {
      const id = await world.group(centres[at]!, { room: 3 + at + each });
      groups.push({ id, centre: centres[at]!, region: at === 2 ? '11' : '75' });
    }
  }
  const mother = await world.guardian();
  const staff = await world.person('system_admin');
  const children = [];
  for (let each = 0; each < 6; each++) children.push(await world.child(mother));
  const dates = datesBetween(FROM, TO).filter((_, at) => at % 2 === 0);
  for (const [at, date] of dates.entries()) {
    for (const [number, childId] of children.entries()) {
      const groupId = groups[(at * 3 + number) % groups.length]!.id;
      const from = 16 + ((at + number) % 6);
      const slot = { from, to: from + 8 + ((at * number) % 7) };
      const booked = await world
        .act(mother, bookSlot, { childId, groupId, date, slot })
        .catch(() => undefined);
      if (!booked) continue;
      const bookingId = booked.id;
      if ((at + number) % 5 === 0) await world.act(mother, cancelBooking, { bookingId });
      else if ((at + number) % 3 === 0) {
        const before = world.now;
        world.now = instant(`${date}T05:07:00.000Z`);
        await world.act(staff, recordArrival, { bookingId });
        world.now = instant(`${date}T08:11:00.000Z`);
        await world.act(staff, recordDeparture, { bookingId, collectorId: null });
        world.now = before;
      }
    }
  }
  await world.insert(async (tx) => {
    const { groupDay: d } = tx.t;
    for (const date of datesBetween(plainDate('2027-03-03'), plainDate('2027-03-08'))) {
      const where = and(eq(d.groupId, groups[0]!.id), eq(d.date, date));
      await tx.db.update(d).set({ rosteredPlaceMinutes: d.placeMinutes, staffedMinutes: 60 }).where(where);
    }
  });
  return { centres, groups };
}

type Groups = Awaited<ReturnType<typeof country>>['groups'];

/** The same by brute force: heads of every half-hour from the rows of bookings. */
async function bruteForce(world: World, groups: Groups, filter: OccupancyFilter) {
  const { bookings, days, attended } = await world.database.read(async ({ db, t }) => ({
    bookings: await db.select().from(t.booking),
    days: await db.select().from(t.groupDay),
    attended: new Map((await db.select().from(t.attendance)).map((row) => [row.bookingId, row])),
  }));
  const dayOf = (groupId: number, date: PlainDate) => {
    const stays = bookings.filter((row) => row.groupId === groupId && row.date === date);
    const until = (row: (typeof stays)[number]) => row.releasedFrom ?? row.toHalfHour;
    const heads = Array.from(
      { length: 48 },
      (_, at) => stays.filter((row) => row.fromHalfHour <= at && at < until(row)).length,
    );
    const day = days.find((row) => row.groupId === groupId && row.date === date)!;
    const minutes = stays
      .map((row) => attended.get(row.id))
      .map((row) =>
        row?.departedAt ? (Date.parse(row.departedAt) - Date.parse(row.arrivedAt)) / 60_000 : 0,
      );
    return {
      place: ((day.closesAt ?? 0) - (day.opensAt ?? 0)) * 30 * day.room,
      rostered: day.rosteredPlaceMinutes,
      staffed: day.staffedMinutes,
      booked: sum(heads) * 30,
      attended: sum(minutes),
      peak: Math.max(...heads),
    };
  };
  const inScope = groups.filter(
    (group) =>
      (filter.regionCode ?? group.region) === group.region &&
      (filter.centreId ?? group.centre) === group.centre &&
      (filter.groupId ?? group.id) === group.id,
  );
  const keyOf = (group: Groups[number]) => String(filter.each === 'group' ? group.id : group[filter.each]);
  const keys = [...new Set(inScope.map(keyOf))].sort((a, b) => Number(a) - Number(b));
  return keys.flatMap((key) =>
    periodsBetween(filter.from, filter.to, filter.by).map(({ from, to }) => {
      const all = datesBetween(from, to).map((date) =>
        inScope.filter((group) => keyOf(group) === key).map((group) => dayOf(group.id, date)),
      );
      const flat = all.flat();
      return {
        key,
        from,
        to,
        placeMinutes: sum(flat.map((day) => day.place)),
        rosteredPlaceMinutes: sumOrNull(flat.map((day) => day.rostered)),
        staffedMinutes: sumOrNull(flat.map((day) => day.staffed)),
        bookedMinutes: sum(flat.map((day) => day.booked)),
        attendedMinutes: sum(flat.map((day) => day.attended)),
        peakBooked: Math.max(
          ...all.map((day) =>
            filter.each === 'group'
              ? Math.max(...day.map((each) => each.peak))
              : sum(day.map((each) => each.peak)),
          ),
        ),
      };
    }),
  );
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const sumOrNull = (values: readonly (number | null)[]) => {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : sum(known);
};

test('sums are what a count of every half-hour of the bookings gives, by any key and step, in any scope', async () => {
  await using world = await World.create();
  const { centres, groups } = await country(world);
  const range = { from: FROM, to: TO };
  const scopes = [
    {},
    { regionCode: '75' },
    { centreId: centres[2]! },
    { groupId: groups[1]!.id },
    { regionCode: '11', centreId: centres[0]! },
  ];
  for (const scope of scopes) {
    for (const each of ['group', 'centre', 'region'] as const) {
      for (const by of STEPS) {
        const filter = { ...range, ...scope, by, each };
        const rows = await world.database.read((tx) => listOccupancy(tx, filter));
        expect(rows, JSON.stringify(filter)).toEqual(await bruteForce(world, groups, filter));
      }
    }
  }
  const all = await world.database.read((tx) => listOccupancy(tx, { ...range, by: 'month', each: 'region' }));
  expect(all.map((row) => row.key)).toEqual(['11', '11', '75', '75']);
  expect(all.some((row) => row.attendedMinutes > 0)).toBe(true);
});

test('groups come in order of their numbers, from the first day on which they exist', async () => {
  await using world = await World.create();
  const centre = await world.centre();
  const ids: number[] = [];
  for (let each = 0; each < 11; each++)
    ids.push(await world.group(centre, { startsOn: plainDate(each === 10 ? '2027-03-10' : '2027-01-01') }));
  const keys = async (from: PlainDate, to: PlainDate) =>
    (await world.database.read((tx) => listOccupancy(tx, { from, to, by: 'month', each: 'group' }))).map(
      (row) => row.key,
    );
  expect(await keys(FROM, FROM)).toEqual(ids.slice(0, 10).map(String));
  expect(await keys(plainDate('2027-03-01'), TO)).toEqual(ids.map(String));
  expect(await keys(TO, FROM)).toEqual([]);
});

test('the days of several groups come by group and date', async () => {
  await using world = await World.create();
  const centre = await world.centre();
  const ids = [await world.group(centre), await world.group(centre), await world.group(centre)];
  const days = await world.database.read((tx) =>
    listDaysOf(tx, { groupIds: [ids[2]!, ids[0]!, ids[2]!], from: FROM, to: addDays(FROM, 2) }),
  );
  expect(days.map((day) => [day.groupId, day.date])).toEqual(
    [ids[0], ids[2]].flatMap((id) => datesBetween(FROM, addDays(FROM, 2)).map((date) => [id, date])),
  );
  expect(days[0]!.booked).toHaveLength(48);
  expect(await world.database.read((tx) => listDaysOf(tx, { groupIds: [], from: FROM, to: TO }))).toEqual([]);
});
