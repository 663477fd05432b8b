import { plainDate } from '../../src/domain/calendar.ts';
import { searchName } from '../../src/domain/names.ts';
import type { Role } from '../../src/domain/people.ts';
import { insertAll } from '../../src/data/import.ts';
import type { Stage } from './stage.ts';

export interface DemoPerson {
  readonly name: string;
  readonly role: Role;
  /** Without one the person is given a login and a telephone of their number. */
  readonly login?: string;
  readonly phone?: string;
  readonly centreId?: number;
  readonly regionCode?: string;
  readonly home?: Home;
}

/** Where a family lives, as far as it says so. */
export interface Home {
  readonly region: string;
  readonly district: string;
  readonly lat: number;
  readonly lon: number;
}

const LONG_AGO = plainDate('2020-01-01');

/** Writes people with their roles, all with the one demo password; gives their ids in order. */
export async function writePeople(stage: Stage, people: readonly DemoPerson[]): Promise<number[]> {
  const { tx, now, passwordHash } = stage;
  const ids = await insertAll(
    tx,
    tx.t.person,
    people.map((person) => {
      const number = stage.nextPerson();
      return {
        name: person.name,
        searchName: searchName(person.name),
        login: person.login ?? `person-${String(number).padStart(5, '0')}@demo.kz`,
        phone: person.phone ?? `+7700${String(number).padStart(7, '0')}`,
        passwordHash,
        language: number % 3 === 0 ? ('kk' as const) : ('ru' as const),
        homeRegion: person.home?.region ?? null,
        homeDistrict: person.home?.district ?? null,
        homeLat: person.home?.lat ?? null,
        homeLon: person.home?.lon ?? null,
        createdAt: now,
      };
    }),
  );
  await insertAll(
    tx,
    tx.t.assignment,
    people.map(({ role, centreId, regionCode }, at) => ({
      personId: ids[at]!,
      role,
      regionCode: regionCode ?? null,
      centreId: centreId ?? null,
      startsOn: LONG_AGO,
    })),
  );
  return ids;
}
