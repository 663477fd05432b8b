import { expect, test } from 'vitest';
import { loadDemo } from '../../db/seed/demo.ts';
import { addDays, dateAt, instant, startOfWeek, type PlainDate } from '../../src/domain/calendar.ts';
import { normOn } from '../../src/domain/norms.ts';
import { staffingOutlook } from '../../src/domain/staffing-outlook.ts';
import type { Database } from '../../src/data/database.ts';
import { restaffDays } from '../../src/data/day-counts.ts';
import { lockDaysOfGroups } from '../../src/data/group-days.ts';
import { listNorms } from '../../src/data/norms.ts';
import { listRegionDays } from '../../src/data/region-staffing.ts';
import { listSkilledStaysOfRegion } from '../../src/data/skilled-stays.ts';
import { bookSlot } from '../../src/use-cases/bookings.ts';
import { restaffedDays } from '../../src/use-cases/restaffing.ts';
import { World } from '../support/world.ts';

const NOW = instant('2027-02-03T08:10:00.000Z');
const TODAY = dateAt(NOW);

async function everything(database: Database) {
  return await database.read(async ({ db, t }) => ({
    centres: await db.select().from(t.centre),
    groups: await db.select().from(t.careGroup),
    days: await db.select().from(t.groupDay),
    rosterDays: await db.select().from(t.rosterDay),
    shifts: await db.select().from(t.shift),
    stretches: await db.select().from(t.shiftStretch),
    staff: await db.select().from(t.staff),
    leave: await db.select().from(t.staffLeave),
    bookings: await db.select().from(t.booking),
    children: await db.select().from(t.child),
  }));
}

interface Counted {
  placeHalfHours: number;
  rosteredHalfHours: number;
  staffedHalfHours: number;
  fewHalfHours: number;
  readonly missing: Map<string, Set<string>>;
  readonly without: Set<PlainDate>;
}

/** The same figures half-hour by half-hour from shifts, stretches, leave and bookings: no stored sum is read. */
function countByHand(
  all: Awaited<ReturnType<typeof everything>>,
  regionCode: string,
  from: PlainDate,
  to: PlainDate,
) {
  const staffOf = new Map(all.staff.map((each) => [each.id, each]));
  const skillsOf = new Map(all.children.map((child) => [child.id, child.skillsNeeded]));
  const standing = new Map(all.rosterDays.map((day) => [`${day.centreId} ${day.date}`, day.rosterId]));
  const stretchesOf = Map.groupBy(all.stretches, (stretch) => stretch.shiftId);
  const leaveOf = Map.groupBy(all.leave, (leave) => leave.staffId);
  const shiftsOf = Map.groupBy(all.shifts, (shift) => `${shift.rosterId} ${shift.date}`);
  const dayOf = new Map(all.days.map((day) => [`${day.groupId} ${day.date}`, day]));
  const bookingsOf = Map.groupBy(all.bookings, (booking) => `${booking.groupId} ${booking.date}`);
  const counts = new Map<number, Counted>();
  for (const { id: centreId } of all.centres.filter((centre) => centre.regionCode === regionCode)) {
    const count: Counted = {
      placeHalfHours: 0,
      rosteredHalfHours: 0,
      staffedHalfHours: 0,
      fewHalfHours: 0,
      missing: new Map(),
      without: new Set(),
    };
    counts.set(centreId, count);
    const groups = all.groups.filter((group) => group.centreId === centreId);
    for (let date = from; date <= to; date = addDays(date, 1)) {
      const rosterId = standing.get(`${centreId} ${date}`);
      const here = (shiftsOf.get(`${rosterId} ${date}`) ?? []).filter(
        ({ staffId }) => !leaveOf.get(staffId)?.some((each) => each.startsOn <= date && date <= each.endsOn),
      );
      for (const group of groups) {
        const { room, opensAt, closesAt } = dayOf.get(`${group.id} ${date}`)!;
        const norm = normOn([], group.category, date);
        const booked = bookingsOf.get(`${group.id} ${date}`) ?? [];
        for (let at = opensAt ?? 48; at < (closesAt ?? 0); at++) {
          count.placeHalfHours += room;
          if (rosterId === undefined) {
            count.without.add(date);
            continue;
          }
          count.rosteredHalfHours += room;
          const present = here.filter(
            (shift) =>
              shift.breakFrom !== at &&
              stretchesOf
                .get(shift.id)
                ?.some(
                  (each) => each.groupId === group.id && each.fromHalfHour <= at && at < each.toHalfHour,
                ),
          );
          // Everybody is qualified, so each level is as many people.
          const capacity = present.length * Math.min(norm.ratios[0]!, norm.ratios[1]!);
          const children = booked.filter(
            (each) => each.fromHalfHour <= at && at < (each.releasedFrom ?? each.toHalfHour),
          );
          const load = children.reduce((sum, each) => sum + each.weight, 0);
          count.staffedHalfHours += Math.min(room, Math.floor(capacity / 100));
          if (load > capacity) count.fewHalfHours++;
          const needed = new Set(children.flatMap((each) => skillsOf.get(each.childId)!));
          if (children.length > 0) for (const skill of norm.skills) needed.add(skill);
          for (const skill of needed) {
            const onDuty = here.some(
              (shift) =>
                staffOf.get(shift.staffId)!.skills.includes(skill) &&
                shift.fromHalfHour <= at &&
                at < shift.toHalfHour,
            );
            if (onDuty) continue;
            if (!count.missing.has(skill)) count.missing.set(skill, new Set());
            count.missing.get(skill)!.add(`${date} ${at}`);
          }
        }
      }
    }
  }
  return counts;
}

test('a region’s staffing from two queries is what a count of shifts and bookings by hand gives', async () => {
  await using world = await World.create({ now: NOW });
  const { database } = world;
  await loadDemo(database, { now: NOW, centres: 1 });
  const [rostered] = (await everything(database)).centres.map((centre) => centre.id);
  // Beside it a centre without a roster, with a child who needs somebody, and one of another region.
  const quiet = await world.centre({ regionCode: '75' });
  const guardian = await world.guardian();
  const child = await world.child(guardian, { skillsNeeded: ['sign_language'] });
  const groupId = await world.group(quiet, { room: 3 });
  const wish = { childId: child, groupId, date: addDays(TODAY, 1), slot: { from: 18, to: 30 } };
  await world.act(guardian, bookSlot, wish);
  await world.group(await world.centre({ regionCode: '71' }), { room: 5 });

  // A nurse, and everybody who works one to one, do not come for a week.
  const weekFrom = addDays(startOfWeek(TODAY), 7);
  const all = await everything(database);
  const ill = [
    all.staff.find((each) => each.post === 'nurse')!,
    ...all.staff.filter((each) => each.skills.includes('one_to_one')),
  ];
  const range = { regionCode: '75', from: TODAY, to: addDays(startOfWeek(TODAY), 37) };
  await database.write(async (tx) => {
    const week = { startsOn: weekFrom, endsOn: addDays(weekFrom, 4), kind: 'sick' as const };
    await tx.db.insert(tx.t.staffLeave).values(ill.map(({ id }) => ({ staffId: id, ...week })));
    const groupIds = all.groups.filter((group) => group.centreId === rostered).map((group) => group.id);
    const days = await restaffedDays(tx, await lockDaysOfGroups(tx, groupIds, range));
    await restaffDays(
      tx,
      days.map(({ after }) => after),
    );
  });

  const { days, stays, norms } = await database.read(async (tx) => ({
    days: await listRegionDays(tx, range),
    stays: await listSkilledStaysOfRegion(tx, range),
    norms: await listNorms(tx),
  }));
  const centreOf = new Map(all.groups.map((group) => [group.id, group.centreId]));
  const categoryOf = new Map(all.groups.map((group) => [group.id, group.category]));
  const byHand = countByHand(await everything(database), '75', range.from, range.to);
  expect(new Set(days.map((day) => day.centreId))).toEqual(new Set(byHand.keys()));
  expect([...byHand.keys()]).toEqual([rostered, quiet]);
  for (const [centreId, count] of byHand) {
    const outlook = staffingOutlook(
      days.filter((day) => day.centreId === centreId),
      stays.filter((stay) => centreOf.get(stay.groupId) === centreId),
      (day) => normOn(norms, categoryOf.get(day.groupId)!, day.date),
    );
    const { gaps: _, skillHalfHours, ...sums } = outlook;
    expect({ ...sums, skillHalfHours: Object.fromEntries(skillHalfHours) }).toEqual({
      placeMinutes: count.placeHalfHours * 30,
      rosteredPlaceMinutes: count.rosteredHalfHours * 30,
      staffedMinutes: count.staffedHalfHours * 30,
      fewHalfHours: count.fewHalfHours,
      skillHalfHours: Object.fromEntries([...count.missing].map(([skill, own]) => [skill, own.size])),
      daysWithoutRoster: count.without.size,
    });
  }
  // The days of March, without the holiday; of the other centre all of them.
  expect([...byHand.values()].map((count) => count.without.size)).toEqual([7, 25]);
  const { missing, fewHalfHours } = byHand.get(rostered!)!;
  expect(missing.get('nurse')!.size).toBeGreaterThan(20);
  expect(missing.get('one_to_one')!.size).toBeGreaterThan(20);
  expect(fewHalfHours).toBeGreaterThan(0);
});
