import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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
import { pages, resources } from '../../src/web/rooms.ts';
import { TestApp, type ApiClient, type Visitor } from '../support/app.ts';
import { addStaff } from '../support/roster-stage.ts';
import { addRescue } from '../support/rescue-stage.ts';
import { VacancyStage } from '../support/vacancy-stage.ts';
import { World } from '../support/world.ts';

/** Who may use a route of each access, written down a second time: the matrix is checked against this, not against access.ts. */
const EVERYONE: readonly Role[] = [
  'guardian',
  'centre_staff',
  'centre_admin',
  'regional_manager',
  'system_admin',
];
const STAFF: readonly Role[] = ['centre_staff', 'centre_admin', 'system_admin'];
const ADMINS: readonly Role[] = ['centre_admin', 'system_admin'];
const ALLOWED: Readonly<Record<string, readonly Role[] | 'anyone'>> = {
  anyone: 'anyone',
  signedIn: EVERYONE,
  guardian: ['guardian'],
  guardianWhoSees: ['guardian'],
  guardianWhoBooks: ['guardian'],
  systemAdmin: ['system_admin'],
  families: ['guardian', ...STAFF],
  figures: ['centre_staff', 'centre_admin', 'regional_manager', 'system_admin'],
  bookingSeen: ['guardian', ...STAFF],
  bookingChanged: ['guardian', ...STAFF],
  bookingAtCentre: STAFF,
  bookingOfFamily: ['guardian'],
  bookingOfFamilyChanged: ['guardian'],
  centreStaff: STAFF,
  centreAdmin: ADMINS,
  centreGroupAdmin: ADMINS,
  centreBooking: STAFF,
  centreChild: STAFF,
  region: ['regional_manager', 'system_admin'],
  regionCentre: ['regional_manager', 'system_admin'],
  regionGroup: ['regional_manager', 'system_admin'],
  regionRound: ['regional_manager', 'system_admin'],
  centreRound: ADMINS,
  ownCentreRound: ADMINS,
  entrySeen: ['guardian', ...STAFF],
  entryChanged: ['guardian', ...STAFF],
  offerSeen: ['guardian', ...STAFF],
  offerAnswered: ['guardian', ...STAFF],
  standByOfFamily: ['guardian'],
  rescueAsked: ['guardian'],
  releaseAsked: ['guardian'],
  feedHolder: 'anyone',
  feedOwner: ['guardian', 'centre_staff', 'centre_admin'],
  groupQueue: STAFF,
  familyEntrySeen: ['guardian'],
  familyEntryChanged: ['guardian'],
  familyOfferAnswered: ['guardian'],
  centreEntry: STAFF,
  centreOffer: STAFF,
  centreGroupStaff: STAFF,
  rosterSeen: STAFF,
  rosterAdmin: ADMINS,
  centreRoster: STAFF,
  centreRosterAdmin: ADMINS,
  centrePerson: ['centre_staff', 'centre_admin'],
  centreOpenShift: ADMINS,
  openShiftOfStaff: ['centre_staff', 'centre_admin'],
  staffMemberSeen: STAFF,
  staffMemberAdmin: ADMINS,
  vacancyExists: ['guardian'],
  candidacyOfPerson: ['guardian'],
  centreVacancyAdmin: ADMINS,
  centreCandidacyAdmin: ['centre_admin'],
  groupExists: EVERYONE,
  centreExists: EVERYONE,
};

type Whose = 'own' | 'foreign' | 'absent';

/** Addresses of the records that a role owns, of the same records of others, and of none. */
interface Records {
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

let world: World;
let app: TestApp;
let actors: Record<Role, Actor>;
let records: Record<Whose, Records>;
const visitors = new Map<Role, Visitor>();
const clients = new Map<Role, ApiClient>();
const DATE = plainDate('2027-02-09');

beforeAll(async () => {
  world = await World.create();
  app = await TestApp.start(world, { development: true });
  const side = async (regionCode: string) => {
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
      return await tx.db
        .insert(tx.t.allocationRound)
        .values(values)
        .returning({ id: tx.t.allocationRound.id });
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
  };
  const [own, foreign] = [await side('75'), await side('71')];
  records = {
    own: own.records,
    foreign: foreign.records,
    absent: {
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
    },
  };
  await world.insert(async (tx) => {
    // Stands for itself: there to be removed, and changes nothing.
    await tx.db
      .insert(tx.t.calendarOverride)
      .values({ date: DATE, working: true, standsFor: DATE, name: null });
  });
  actors = {
    guardian: own.guardian,
    centre_staff: await world.person('centre_staff', { centreId: own.centreId }),
    centre_admin: await world.person('centre_admin', { centreId: own.centreId }),
    regional_manager: await world.person('regional_manager', { regionCode: '75' }),
    system_admin: await world.person('system_admin'),
  };
  for (const role of EVERYONE) {
    visitors.set(role, await app.as(actors[role]));
    clients.set(role, await app.api(actors[role]));
  }
});

afterAll(async () => {
  await app[Symbol.asyncDispose]();
  await world[Symbol.asyncDispose]();
});

/** What may stand open to a role beyond its own scope: the system administrator's scope is everything. */
function foreignIsOpen(role: Role, access: string): boolean {
  return role === 'system_admin' || ['groupExists', 'centreExists', 'vacancyExists'].includes(access);
}

/** Pages whose question is in the address ask it of one's own group. */
const ASKS_A_GROUP = ['/bookings/new', '/bookings/series', '/children/:childId/bookings', '/hours/choice'];
const questionOf = (path: string) => (ASKS_A_GROUP.some((end) => path.endsWith(end)) ? '?group=:own' : '');

const filled = (path: string, whose: Whose): string =>
  `${path}${questionOf(path)}`
    .replace(':own', records.own.groupId)
    .replace(':date', DATE)
    .replace(':month', DATE.slice(0, 7))
    .replaceAll(
      /:(\w+)/g,
      (_, name: string) => (records[whose] as unknown as Record<string, string>)[name] ?? '1',
    );

async function ask(
  role: Role | undefined,
  method: string,
  path: string,
): Promise<{ status: number; location: string; text: string }> {
  if (path.startsWith('/api/')) {
    const client = role === undefined ? await app.api() : clients.get(role)!;
    const short = path.slice('/api/v1'.length);
    const answer = method === 'get' ? await client.get(short) : await client.post(short, {});
    return { status: answer.status, location: '', text: JSON.stringify(answer.body) };
  }
  const visitor = role === undefined ? app.visitor() : visitors.get(role)!;
  return method === 'get' ? await visitor.get(path) : await visitor.post(path, {});
}

const all = [...pages, ...resources].flatMap((room) => room.list);
// Signing out or ending sessions in the middle would change who asks.
const CHANGES_WHO_ASKS = [
  '/sign-out',
  '/account/password',
  '/account/sessions',
  '/account/role',
  '/account/tokens',
];
const asked = all.filter(
  (route) => !(route.method === 'post' && CHANGES_WHO_ASKS.some((path) => route.path.startsWith(path))),
);

describe.each(asked.map((route) => [`${route.method} ${route.path}`, route] as const))('%s', (_, route) => {
  const allowed = ALLOWED[route.access.name];
  const api = route.path.startsWith('/api/');
  const names = [...route.path.matchAll(/:(\w+)/g)]
    .map((match) => match[1])
    .filter((name) => name !== 'date' && name !== 'month');

  test('its access is in the table', () => expect(allowed, route.access.name).toBeDefined());

  test('signed out', async () => {
    const answer = await ask(undefined, route.method, filled(route.path, 'own'));
    if (allowed === 'anyone') expect([200, 201, 303, 401, 422]).toContain(answer.status);
    else if (api) expect(answer.status).toBe(401);
    else if (route.method === 'get')
      expect([answer.status, answer.location.split('?')[0]]).toEqual([303, '/sign-in']);
    // A form that came without a session waits on the sign-in page.
    else expect([answer.status, /action="\/sign-in"/.test(answer.text)]).toEqual([401, true]);
  });

  test.each(EVERYONE)('%s', async (role) => {
    if (allowed === 'anyone' || allowed === undefined) return;
    const own = await ask(role, route.method, filled(route.path, 'own'));
    if (!allowed.includes(role)) {
      expect(own.status).toBe(403);
      return;
    }
    expect([401, 403, 404, 500, 503]).not.toContain(own.status);
    if (names.length === 0) return;
    const absent = await ask(role, route.method, filled(route.path, 'absent'));
    expect(absent.status).toBe(404);
    if (foreignIsOpen(role, route.access.name)) return;
    const foreign = await ask(role, route.method, filled(route.path, 'foreign'));
    expect(foreign.status).toBe(404);
    // The two answers differ in nothing but the address that was asked.
    const bare = (text: string) => text.replaceAll(/[0-9a-f-]{36}/g, '').replaceAll(/\d+/g, '0');
    expect(bare(foreign.text)).toBe(bare(absent.text));
  });
});
