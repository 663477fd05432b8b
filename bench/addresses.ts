import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Database as SqliteClient } from 'better-sqlite3';
import type { PlainDate } from '../src/domain/calendar.ts';

/** Who asks for a page, by the demo's accounts; staff see less than administrators and the same rows. */
export type Asker = 'visitor' | 'guardian' | 'admin' | 'staff' | 'region' | 'system';

export interface Address {
  readonly asker: Asker;
  /** As test/routes.txt has it. */
  readonly route: string;
  readonly path: string;
}

const ROUTES = resolve(import.meta.dirname, '../test/routes.txt');

/** Whose page it is. A new word of access has to be told here. */
const ASKERS: Readonly<Record<string, readonly Asker[]>> = {
  anyone: ['visitor'],
  signedIn: ['guardian', 'admin', 'region', 'system'],
  guardian: ['guardian'],
  guardianWhoSees: ['guardian'],
  guardianWhoBooks: ['guardian'],
  bookingOfFamily: ['guardian'],
  bookingOfFamilyChanged: ['guardian'],
  bookingSeen: ['guardian', 'staff'],
  entrySeen: ['guardian', 'staff'],
  offerSeen: ['guardian'],
  families: ['guardian', 'staff'],
  figures: ['region'],
  centreAdmin: ['admin'],
  centreGroupAdmin: ['admin'],
  groupQueue: ['staff'],
  groupExists: ['guardian', 'staff'],
  centreExists: ['guardian'],
  region: ['region'],
  regionCentre: ['region'],
  regionGroup: ['region'],
  systemAdmin: ['system'],
  staffMemberSeen: ['admin'],
  staffMemberAdmin: ['admin'],
  rosterSeen: ['admin'],
  centrePerson: ['staff'],
  vacancyExists: ['guardian'],
  feedHolder: ['visitor'],
};

/** What the demo country has none of: their pages are left out, and counted. */
const NOT_IN_DEMO = new Set(['roundId', 'rescueId', 'requestId', 'candidacyId', 'openShiftId']);

const askersOf = (access: string): readonly Asker[] =>
  ASKERS[access] ?? (access.startsWith('centre') ? ['admin', 'staff'] : ['guardian', 'admin']);

/** What a page needs to be asked for as people ask for it. */
const QUESTIONS: Readonly<Record<string, (at: Records) => string>> = {
  '/application': (at) => `?reference=${at.reference}&phone=${encodeURIComponent(at.phone)}`,
  '/application/sent': (at) => `?reference=${at.reference}`,
  '/children/:childId/bookings/new': (at) => `?group=${at.groupId}`,
  '/children/:childId/bookings/series': (at) => `?group=${at.groupId}`,
  '/children/:childId/hours/choice': (at) => `?group=${at.groupId}&from=${at.monday}`,
  '/centres/:centreId/bookings/new': (at) => `?child=${at.registeredId}`,
  '/api/v1/groups/:groupId/days': (at) => `?from=${at.today}&to=${at.later}`,
  '/api/v1/occupancy': (at) => `?region=${at.regionCode}&from=${at.today}&to=${at.later}&by=week&each=centre`,
  '/api/v1/search': (at) =>
    `?child=${at.childId}&from=${at.monday}&to=${at.later}&region=${at.regionCode}&work=${encodeURIComponent('{"mon":["09:00","18:00"],"wed":["09:00","18:00"]}')}`,
  '/api/v1/bookings': (at) => `?from=${at.today}&to=${at.later}`,
};

/** Real ids of the demo: one of everything that an address may name. */
export interface Records {
  readonly today: PlainDate;
  readonly monday: PlainDate;
  readonly later: PlainDate;
  readonly regionCode: string;
  readonly centreId: number;
  readonly groupId: number;
  readonly childId: number;
  readonly registeredId: number;
  readonly reference: string;
  readonly phone: string;
  /** Values of address parameters, the family's and the centre's. */
  readonly family: Readonly<Record<string, string | number>>;
  readonly centre: Readonly<Record<string, string | number>>;
  /** The family's, of the child that waits. */
  readonly queued: Readonly<Record<string, string | number>>;
}

interface Days {
  readonly today: PlainDate;
  readonly monday: PlainDate;
  readonly later: PlainDate;
}

/** Looks the ids up; of an application there must be one. */
export function findRecords(client: SqliteClient, days: Days): Records {
  const one = <Row extends object>(sql: string, ...values: unknown[]): Row => {
    const row = client.prepare<unknown[], Row>(sql).get(...values);
    if (row === undefined) throw new Error(`The demo has nothing for: ${sql}`);
    return row;
  };
  const { today, monday } = days;
  const mother = one<{ id: number }>("select id from person where login = 'guardian@demo.kz'");
  const { centreId } = one<{ centreId: number }>(
    `select centre_id as centreId from assignment where role = 'centre_admin' and person_id =
      (select id from person where login = 'admin@demo.kz')`,
  );
  const { regionCode } = one<{ regionCode: string }>(
    'select region_code as regionCode from centre where id = ?',
    centreId,
  );
  const own = one<{
    childId: number;
    bookingId: number;
    groupId: number;
    seriesId: number;
    guardianshipId: number;
  }>(
    `select b.child_id as childId, b.id as bookingId, b.group_id as groupId, b.series_id as seriesId, g.id as guardianshipId
      from booking b join guardianship g on g.child_id = b.child_id
      where g.person_id = ? and g.may_book = 1 and b.date > ? and b.released_from is null and b.series_id is not null
      order by b.date, b.id limit 1`,
    mother.id,
    today,
  );
  const todays = one<{
    childId: number;
    bookingId: number;
    groupId: number;
    guardianshipId: number;
    personId: number;
  }>(
    `select b.child_id as childId, b.id as bookingId, b.group_id as groupId, g.id as guardianshipId, g.person_id as personId
      from booking b join guardianship g on g.child_id = b.child_id join care_group c on c.id = b.group_id
      where c.centre_id = ? and b.date = ? and b.released_from is null order by b.id limit 1`,
    centreId,
    today,
  );
  const entry = one<{ entryId: number; childId: number }>(
    `select e.id as entryId, e.child_id as childId from waiting_list_entry e join guardianship g on g.child_id = e.child_id
      where g.person_id = ? order by e.id limit 1`,
    mother.id,
  );
  const offer = one<{ offerId: number }>(
    `select o.id as offerId from offer o join care_group g on g.id = o.group_id where g.centre_id = ? order by o.id limit 1`,
    centreId,
  );
  const application = one<{ id: number; reference: string; phone: string }>(
    'select id, reference, phone from application where centre_id = ? order by id limit 1',
    centreId,
  );
  const member = one<{ staffId: number }>(
    'select id as staffId from staff where centre_id = ? order by id limit 1',
    centreId,
  );
  const queued = one<{ entryId: number }>(
    `select c.entry_id as entryId from waiting_list_choice c join care_group g on g.id = c.group_id
      where g.centre_id = ? order by c.entry_id limit 1`,
    centreId,
  );
  const rostered = one<{ rosterId: number; shiftId: number }>(
    `select s.roster_id as rosterId, s.id as shiftId from shift s join roster_day d on d.roster_id = s.roster_id
      and d.date = s.date where d.centre_id = ? and d.date > ? order by s.id limit 1`,
    centreId,
    today,
  );
  const vacancy = one<{ vacancyId: number }>(
    'select id as vacancyId from vacancy where centre_id = ? order by id limit 1',
    centreId,
  );
  const shared = {
    date: today,
    regionCode,
    centreId,
    placeId: centreId,
    offerId: offer.offerId,
    token: 'x',
    ...vacancy,
  };
  return {
    ...days,
    regionCode,
    centreId,
    groupId: own.groupId,
    childId: own.childId,
    registeredId: todays.childId,
    reference: application.reference,
    phone: application.phone,
    family: { ...shared, ...own },
    queued: { ...shared, ...own, ...entry },
    centre: {
      ...shared,
      ...todays,
      ...member,
      ...rostered,
      month: today.slice(0, 7),
      entryId: queued.entryId,
      applicationId: application.id,
      monday,
    },
  };
}

/** Every page and every read of the API, as each of those asks for it who may; and the routes left out. */
export function addressesOf(records: Records): { addresses: Address[]; leftOut: string[] } {
  const routes = readFileSync(ROUTES, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('GET'))
    .map((line) => line.trim().split(/ +/));
  const isLeftOut = ([, route = '']: string[]) =>
    [...route.matchAll(/:(\w+)/g)].some(([, name = '']) => NOT_IN_DEMO.has(name));
  const addresses = routes
    .filter((row) => !isLeftOut(row))
    .flatMap(([, route = '', access = '']) =>
      askersOf(access).map((asker) => {
        const family = route.includes(':entryId') ? records.queued : records.family;
        const values = asker === 'guardian' ? family : records.centre;
        const path = route.replaceAll(/:(\w+)/g, (_, name: string) => {
          const value = values[name];
          if (value === undefined) throw new Error(`bench/addresses.ts has no ${name} for ${route}`);
          return String(value);
        });
        return { asker, route, path: path + (QUESTIONS[route]?.(records) ?? '') };
      }),
    );
  return { addresses, leftOut: routes.filter(isLeftOut).map(([, route = '']) => route) };
}
