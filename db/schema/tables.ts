import type { Kit } from './postgres-kit.ts';
import { applicationTables } from './tables/applications.ts';
import { centreTables } from './tables/centres.ts';
import { dayTables } from './tables/days.ts';
import { offerTables } from './tables/offers.ts';
import { peopleTables } from './tables/people.ts';
import { rosterTables } from './tables/rosters.ts';
import { waitingListTables } from './tables/waiting-list.ts';
import { workTables } from './tables/work.ts';

/** The one definition of the schema, built for a dialect by its column kit. */
export function tables(kit: Kit) {
  const people = peopleTables(kit);
  const centres = centreTables(kit, people);
  const rosters = rosterTables(kit, people, centres);
  const days = dayTables(kit, people, centres, rosters);
  const waitingList = waitingListTables(kit, people, centres);
  return {
    ...people,
    ...centres,
    ...rosters,
    ...days,
    ...applicationTables(kit, people, centres),
    ...waitingList,
    ...offerTables(kit, people, centres, days, waitingList),
    ...workTables(kit, people),
  };
}

export type Tables = ReturnType<typeof tables>;
