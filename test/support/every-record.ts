import { plainDate } from '../../src/domain/calendar.ts';
import { SYSTEM, type Actor, type Role } from '../../src/domain/people.ts';
import { listGuardianships } from '../../src/data/guardianships.ts';
import { insertOpenShift } from '../../src/data/open-shifts.ts';
import { insertRoster } from '../../src/data/rosters.ts';
import { insertShifts } from '../../src/data/shifts.ts';
import { insertLeave } from '../../src/data/staff.ts';
import { bookSeries } from '../../src/use-cases/booking-series.ts';
import { bookSlot } from '../../src/use-cases/bookings.ts';
import { matchGroup } from '../../src/use-cases/matching.ts';
import { joinWaitingList } from '../../src/use-cases/waiting-list.ts';
import { setWorkday } from '../../src/use-cases/workday.ts';
import { addStaff } from './roster-stage.ts';
import { addRescue } from './rescue-stage.ts';
import { VacancyStage } from './vacancy-stage.ts';
import type { World } from './world.ts';

export type Whose = 'own' | 'foreign' | 'absent';

/** Addresses of the records that a role owns, of the same records of others, and of none. */
export interface Records {
  readonly centreId: string;
  readonly groupId: string;
  readonly childId: string;
  readonly bookingId: string;
  readonly regionCode: string;
  readonly closureId: string;
  readonly applicationId: string;
  readonly seriesId: string;
  readonly guardianshipId: string;
  readonly roundId: string;
  readonly entryId: string;
  readonly offerId: string;
  readonly standById: string;
  readonly rescueId: string;
  readonly requestId: string;
  readonly token: string;
  readonly rosterId: string;
  readonly shiftId: string;
  readonly staffId: string;
  readonly leaveId: string;
  readonly openShiftId: string;
  readonly vacancyId: string;
  readonly candidacyId: string;
}

/** The day of the records. */
export const DATE = plainDate('2027-02-09');

const ABSENT: Records = {
  centreId: '999999',
  groupId: '999999',
  childId: '999999',
  bookingId: '999999',
  closureId: '999999',
  applicationId: '999999',
  seriesId: '999999',
  guardianshipId: '999999',
  roundId: '999999',
  entryId: '999999',
  offerId: '999999',
  standById: '999999',
  rescueId: '999999',
  requestId: '999999',
  token: 'absent',
  rosterId: '999999',
  shiftId: '999999',
  staffId: '999999',
  leaveId: '999999',
  openShiftId: '999999',
  vacancyId: '999999',
  candidacyId: '999999',
  regionCode: '99',
};

/** One of everything that an address may name, in a region. */
async function addSide(world: World, regionCode: string) {
  const centreId = await world.centre({ regionCode });
  const groupId = await world.group(centreId);
  const guardian = await world.guardian();
  const childId = await world.child(guardian);
  const { id } = await world.act(guardian, bookSlot, {
    childId,
    groupId,
    date: DATE,
    slot: { from: 17, to: 33 },
  });
  const pattern = { kind: 'dates', dates: { '2027-02-16': [17, 33] } } as const;
  const startsOn = plainDate('2027-02-16');
  const wish = { childId, groupId, pattern, startsOn, endsOn: startsOn, ifFull: 'book_free' as const };
  const series = await world.act(guardian, bookSeries, wish);
  await world.act(guardian, setWorkday, {
    pattern: { kind: 'weekly', days: { mon: [18, 36] } },
    commuteMinutes: 0,
  });
  const closure = await world.insert(async (tx) => {
    const values = {
      centreId,
      startsOn: DATE,
      endsOn: DATE,
      kind: 'planned' as const,
      reason: 'x',
      createdAt: world.now,
    };
    return await tx.db.insert(tx.t.closure).values(values).returning({ id: tx.t.closure.id });
  });
  const application = await world.insert(async (tx) => {
    const values = {
      reference: `TEST${centreId}`,
      centreId,
      submittedAt: world.now,
      childName: 'Synthetic',
      birthDate: plainDate('2018-05-15'),
      category: 'child_psychoneurological' as const,
      need: 'x',
      startsOn: DATE,
      guardianName: 'Synthetic',
      phone: '+77010000001',
      language: 'kk' as const,
    };
    return await tx.db.insert(tx.t.application).values(values).returning({ id: tx.t.application.id });
  });
  const applicationId = application[0]!.id;
  const round = await world.insert(async (tx) => {
    const values = {
      regionCode,
      centreId,
      name: 'x',
      startsOn: DATE,
      wishesUntil: DATE,
      createdAt: world.now,
      // Ended: an open one would keep the wishes of this stage from being matched.
      closedAt: world.now,
    };
    return await tx.db.insert(tx.t.allocationRound).values(values).returning({ id: tx.t.allocationRound.id });
  });
  const [held] = await world.database.read((tx) => listGuardianships(tx, childId));
  const entry = await world.act(guardian, joinWaitingList, {
    childId,
    pattern: { kind: 'weekly', days: { thu: [17, 33] } },
    startsOn: plainDate('2027-03-01'),
    choices: [groupId],
    minimumMinutesPerWeek: null,
    tolerance: null,
  });
  const { offerIds } = await world.act(SYSTEM, matchGroup, { groupId });
  const staffId = await addStaff(world, centreId);
  const leaveId = await world.insert((tx) =>
    insertLeave(tx, { staffId, startsOn: DATE, endsOn: DATE, requestedAt: world.now }),
  );
  const rosterId = await world.insert((tx) =>
    insertRoster(tx, {
      centreId,
      startsOn: DATE,
      endsOn: DATE,
      madeAt: world.now,
      madeBy: null,
      basis: [],
      outcome: null,
    }),
  );
  const [shiftId] = await world.insert((tx) =>
    insertShifts(tx, rosterId, [{ staffId, date: DATE, from: 16, to: 24, breakFrom: null, stretches: [] }]),
  );
  const openShiftId = await world.insert((tx) =>
    insertOpenShift(tx, {
      groupId,
      date: DATE,
      from: 16,
      to: 24,
      level: 0,
      skill: null,
      lostShiftId: null,
      openedAt: world.now,
      openedBy: null,
    }),
  );
  const vacancy = await VacancyStage.create(world, { centreId });
  const candidacyId = await vacancy.apply(guardian, childId);
  const { standById, rescueId, requestId, token } = await addRescue(world, guardian, { childId, groupId });
  const ids = {
    openShiftId,
    vacancyId: vacancy.vacancyId,
    candidacyId,
    standById,
    rescueId,
    requestId,
    token,
    rosterId,
    shiftId,
    staffId,
    leaveId,
    entryId: entry.id,
    offerId: offerIds[0]!,
    guardianshipId: held!.id,
    roundId: round[0]!.id,
    applicationId,
    centreId,
    groupId,
    childId,
    bookingId: id,
    closureId: closure[0]!.id,
    seriesId: series.id,
  };
  return {
    guardian,
    centreId,
    records: {
      regionCode,
      ...Object.fromEntries(Object.entries(ids).map(([key, value]) => [key, String(value)])),
    } as Records,
  };
}

/** Two families with their centres that have nothing to do with each other, and somebody of each role for the first. */
export async function addEveryRecord(
  world: World,
): Promise<{ actors: Record<Role, Actor>; records: Record<Whose, Records> }> {
  const [own, foreign] = [await addSide(world, '75'), await addSide(world, '71')];
  await world.insert(async (tx) => {
    // Stands for itself: there to be removed, and changes nothing.
    await tx.db
      .insert(tx.t.calendarOverride)
      .values({ date: DATE, working: true, standsFor: DATE, name: null });
  });
  const actors = {
    guardian: own.guardian,
    centre_staff: await world.person('centre_staff', { centreId: own.centreId }),
    centre_admin: await world.person('centre_admin', { centreId: own.centreId }),
    regional_manager: await world.person('regional_manager', { regionCode: '75' }),
    system_admin: await world.person('system_admin'),
  };
  return { actors, records: { own: own.records, foreign: foreign.records, absent: ABSENT } };
}
