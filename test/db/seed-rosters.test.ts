import { count, eq } from 'drizzle-orm';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadDemo } from '../../db/seed/demo.ts';
import {
  addDays,
  dateAt,
  datesBetween,
  instant,
  minuteOfDay,
  startOfWeek,
} from '../../src/domain/calendar.ts';
import { freeThrough } from '../../src/domain/places.ts';
import { shortageOf } from '../../src/domain/staffed-day.ts';
import { vacancyErrors } from '../../src/domain/vacancy.ts';
import { findAccount } from '../../src/data/accounts.ts';
import { listCentres, type Centre } from '../../src/data/centres.ts';
import { listExpected } from '../../src/data/expected.ts';
import { findDays, type StoredDay } from '../../src/data/group-days.ts';
import { listGroups } from '../../src/data/groups.ts';
import { listAsks, listOpenShifts } from '../../src/data/open-shifts.ts';
import { listOffers } from '../../src/data/offers.ts';
import { findBooking } from '../../src/data/bookings.ts';
import { listRosters } from '../../src/data/rosters.ts';
import { listShifts } from '../../src/data/shifts.ts';
import { listRosterDays, listStandingShifts } from '../../src/data/standing-shifts.ts';
import { listContractsOf, listStaff } from '../../src/data/staff.ts';
import { runAll } from '../../src/jobs/runner.ts';
import { checkData } from '../../src/use-cases/data-check.ts';
import { publishRoster } from '../../src/use-cases/publication.ts';
import { findingsOf } from '../../src/use-cases/roster-findings.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { World } from '../support/world.ts';

/** A Wednesday, 13:10. */
const NOW = instant('2027-02-03T08:10:00.000Z');
const TODAY = dateAt(NOW);
const MONDAY = startOfWeek(TODAY);
const LAST = addDays(MONDAY, 27);
const CENTRES = 4;

let stage: TestDatabase;
let centres: Centre[];
const first = () => centres.find((centre) => centre.ref === 'demo-1')!;

beforeAll(async () => {
  stage = await createTestDatabase();
  await loadDemo(stage.database, { now: NOW, centres: CENTRES });
  centres = await stage.database.read((tx) => listCentres(tx));
}, 120_000);
afterAll(() => stage[Symbol.asyncDispose]());

test('every centre has four weeks of lawful published rosters, known early enough', async () => {
  expect(centres).toHaveLength(CENTRES);
  for (const { id: centreId } of centres)
    await stage.database.read(async (tx) => {
      const span = { centreId, from: MONDAY, to: LAST };
      const [roster, ...others] = await listRosters(tx, span);
      expect(others).toEqual([]);
      expect(roster).toMatchObject({ startsOn: MONDAY, endsOn: LAST });
      expect([...(await listRosterDays(tx, { ...span, to: addDays(LAST, 60) })).keys()]).toEqual(
        datesBetween(MONDAY, LAST),
      );
      const shifts = await listShifts(tx, roster!.id);
      const staff = await listStaff(tx, centreId);
      const checked = { ...span, shifts, staff, today: dateAt(roster!.publishedAt!) };
      const findings = await findingsOf(tx, checked);
      // Sick notes came afterwards: that is no fault of the roster's.
      const sick = await tx.db.select().from(tx.t.staffLeave);
      expect(
        findings.filter(
          ({ rule, staffId }) =>
            rule !== 'leave' || !sick.some((each) => each.staffId === staffId && each.kind === 'sick'),
        ),
      ).toEqual([]);
      // Somebody with half a week, and every post.
      expect(new Set(staff.map((each) => each.weeklyMinutes))).toContain(2160);
      expect(new Set(staff.map((each) => each.post)).size).toBe(5);
    });
});

async function openDaysAhead(centreId: number): Promise<StoredDay[]> {
  return await stage.database.read(async (tx) => {
    const days: StoredDay[] = [];
    for (const { id } of await listGroups(tx, centreId))
      days.push(...(await findDays(tx, { groupId: id, from: addDays(TODAY, 1), to: LAST })));
    return days.filter((day) => day.opensAt !== null);
  });
}

async function shortDays(centreId: number) {
  const days = await openDaysAhead(centreId);
  const groupIds = [...new Set(days.map((day) => day.groupId))];
  const expected = await stage.database.read((tx) =>
    listExpected(tx, { groupIds, from: addDays(TODAY, 1), to: LAST }),
  );
  const keyOf = (each: { groupId: number; date: string }) => `${each.groupId} ${each.date}`;
  const stays = Map.groupBy(expected, keyOf);
  return days.flatMap((day) => {
    const short = shortageOf(day, stays.get(keyOf(day)) ?? []);
    return short ? [{ ...short, date: day.date }] : [];
  });
}

test('nearly everything that is booked is covered: a few holes, and places that are still free', async () => {
  let short = 0;
  let open = 0;
  for (const { id, ref } of centres) {
    const days = await openDaysAhead(id);
    expect(days.every((day) => day.capacity !== null)).toBe(true);
    short += (await shortDays(id)).length;
    open += days.length;
    const free = days.filter((day) => freeThrough(day, { from: day.opensAt!, to: day.opensAt! + 8 }) > 0);
    if (ref !== 'demo-4') expect(free.length).toBeGreaterThan(0);
  }
  expect(open).toBeGreaterThan(400);
  expect(short).toBeGreaterThan(0);
  expect(short).toBeLessThan(open * 0.05);
});

test('at the first centre a nurse is ill from tomorrow, and a post of a group stands empty', async () => {
  const { id } = first();
  const short = await shortDays(id);
  expect(short.length).toBeGreaterThan(0);
  const tomorrow = addDays(TODAY, 1);
  const days = (await openDaysAhead(id)).filter((day) => day.date === tomorrow);
  const nurse = days[0]!.skillsOnDuty!['nurse']!;
  expect(nurse.slice(days[0]!.opensAt!, 37).some((there) => !there)).toBe(true);
  const staff = await stage.database.read((tx) => listStaff(tx, id));
  // Two tutors and two care workers a group, less the one that is missing, and helpers and substitutes beside.
  expect(staff.filter((each) => each.post === 'tutor')).toHaveLength(10);
  const vacancies = await stage.database.read((tx) => tx.db.select().from(tx.t.vacancy));
  const own = vacancies.filter((vacancy) => vacancy.centreId === id);
  expect(own).toMatchObject([{ post: 'care_worker', weeklyMinutes: 2400 }]);
  expect(vacancyErrors(own[0]!, TODAY)).toEqual([]);
  // On a Friday no substitute fills in: one group has three whole days of work, every other has four.
  const friday = addDays(MONDAY, 11);
  const shifts = await stage.database.read((tx) =>
    listStandingShifts(tx, { centreId: id, from: friday, to: friday }),
  );
  const nobody = new Set(staff.filter((each) => each.weeklyMinutes !== 2400).map((each) => each.id));
  const turns = shifts.filter(
    ({ from, to, stretches, staffId }) =>
      !nobody.has(staffId) && stretches.length === 1 && [16, 19, 20].includes(from) && to - from === 17,
  );
  const people = Map.groupBy(turns, (shift) => shift.stretches[0]!.groupId);
  const sizes = [...people.values()].map((each) => each.length);
  expect(sizes.toSorted((a, b) => a - b)).toEqual([3, 4, 4, 4, 4]);
});

test('at the first centre people have come and gone, a replacement is being asked for, a morning was rescued, parents apply', async () => {
  const { id: centreId } = first();
  const { database } = stage;
  const seen = await database.read(async (tx) => {
    const { clocking, rescue, careGroup } = tx.t;
    return {
      staff: await listStaff(tx, centreId),
      shifts: await listStandingShifts(tx, { centreId, from: addDays(MONDAY, -21), to: TODAY }),
      clockings: await tx.db.select().from(clocking),
      open: await listOpenShifts(tx, { centreId, from: TODAY, to: LAST }),
      rescues: await tx.db.select().from(rescue).innerJoin(careGroup, eq(careGroup.id, rescue.groupId)),
      candidacies: (await tx.db.select({ n: count() }).from(tx.t.candidacy))[0]!.n,
    };
  });
  // Of the three weeks gone by and of today; nobody on leave, everybody else with both ends but one who forgot.
  const came = seen.clockings.filter(({ direction }) => direction === 'in');
  const ofToday = came.filter(({ at }) => dateAt(at) === TODAY).length;
  const left = seen.clockings.filter(({ direction, at }) => direction === 'out' && dateAt(at) < TODAY);
  expect(came.length - ofToday - left.length).toBe(1);
  expect(came.length).toBeGreaterThan(300);
  expect(seen.clockings.every(({ at }) => at <= NOW)).toBe(true);
  const startOf = new Map(seen.shifts.map((each) => [`${each.staffId} ${each.date}`, each.from * 30]));
  const lateness = came.map((each) => {
    const from = startOf.get(`${each.staffId} ${dateAt(each.at)}`);
    return minuteOfDay(each.at) - from!;
  });
  expect(lateness.every((minutes) => minutes >= -12 && minutes <= 35)).toBe(true);
  const late = lateness.filter((minutes) => minutes > 0).length;
  expect(late).toBeGreaterThan(0);
  expect(late).toBeLessThan(came.length * 0.1);

  const asks = await database.read((tx) =>
    listAsks(
      tx,
      seen.open.map((each) => each.id),
    ),
  );
  expect(seen.open).toMatchObject([{ closedAt: null }]);
  expect(asks.length).toBeGreaterThan(0);
  for (const ask of asks) expect([ask.askedAt, ask.answer]).toEqual([NOW, null]);
  expect(seen.rescues).toHaveLength(1);
  const { rescue } = seen.rescues[0]!;
  expect(rescue.rescuedMinutes).toBeGreaterThanOrEqual(240);
  const taken = (await database.read((tx) => findBooking(tx, rescue.bookingId!)))!;
  expect(taken).toMatchObject({ state: 'attended', date: rescue.date, groupId: rescue.groupId });
  expect(seen.candidacies).toBe(2);
});

test(
  'the account of the staff sees its own shifts, the administrator publishes the draft, the guardian has an offer',
  { timeout: 60_000 },
  async () => {
    const { id: centreId } = first();
    const { database } = stage;
    const accounts = await database.read(async (tx) => ({
      staff: (await findAccount(tx, 'staff@demo.kz'))!,
      admin: (await findAccount(tx, 'admin@demo.kz'))!,
      guardian: (await findAccount(tx, 'guardian@demo.kz'))!,
    }));
    const shifts = await database.read(async (tx) => {
      const [contract] = await listContractsOf(tx, [accounts.staff.personId]);
      expect(contract).toMatchObject({ centreId });
      return await listStandingShifts(tx, { staffIds: [contract!.id], from: MONDAY, to: LAST });
    });
    expect(shifts).toHaveLength(20);
    // A week early, a week late.
    expect(new Set(shifts.map((shift) => shift.from)).size).toBe(2);

    const world = new World(stage, NOW);
    const [draft] = await database.read((tx) =>
      listRosters(tx, { centreId, from: addDays(LAST, 1), to: addDays(LAST, 60) }),
    );
    expect(draft).toMatchObject({ publishedAt: null, startsOn: addDays(LAST, 1) });
    const actor = { name: '', assignmentId: 0, regionCode: null } as const;
    const admin = { ...actor, personId: accounts.admin.personId, role: 'centre_admin', centreId } as const;
    const published = await world.act(admin, publishRoster, { rosterId: draft!.id });
    expect(published).toMatchObject({ days: 14, warnings: [] });

    const failed: string[] = [];
    const log = pino({ level: 'warn' }, { write: (line: string) => void failed.push(line) });
    await runAll({ database, clock: () => NOW, log });
    expect(failed).toEqual([]);
    const offers = await database.read((tx) => listOffers(tx, { centreId, live: true }));
    const own = await database.read((tx) => tx.db.select().from(tx.t.guardianship));
    const children = own.flatMap((each) =>
      each.personId === accounts.guardian.personId ? [each.childId] : [],
    );
    expect(offers.some((offer) => children.includes(offer.childId))).toBe(true);
    expect(await checkData(database, NOW)).toEqual([]);
  },
);
