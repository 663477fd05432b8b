import type { Kit } from './postgres-kit.ts';
import { applicationTables } from './tables/applications.ts';
import { centreTables } from './tables/centres.ts';
import { dayTables } from './tables/days.ts';
import { draftSearchTables } from './tables/draft-searches.ts';
import { offerTables } from './tables/offers.ts';
import { openShiftTables } from './tables/open-shifts.ts';
import { peopleTables } from './tables/people.ts';
import { rescueTables } from './tables/rescues.ts';
import { rosterTables } from './tables/rosters.ts';
import { roundTables } from './tables/rounds.ts';
import { staffWishTables } from './tables/staff-wishes.ts';
import { timesheetTables } from './tables/timesheets.ts';
import { vacancyTables } from './tables/vacancies.ts';
import { waitingListTables } from './tables/waiting-list.ts';
import { workTables } from './tables/work.ts';

/** The one definition of the schema, built for a dialect by its column kit. */
export function tables(kit: Kit) {
  const people = peopleTables(kit);
  const centres = centreTables(kit, people);
  const rosters = rosterTables(kit, people, centres);
  const days = dayTables(kit, people, centres, rosters);
  const waitingList = waitingListTables(kit, people, centres);
  const rounds = roundTables(kit, people, centres);
  return {
    ...people,
    ...centres,
    ...rosters,
    ...days,
    ...applicationTables(kit, people, centres),
    ...waitingList,
    ...rounds,
    ...offerTables(kit, people, centres, days, waitingList, rounds),
    ...rescueTables(kit, people, centres),
    ...draftSearchTables(kit, people, centres, rosters),
    ...openShiftTables(kit, people, centres, days, rosters),
    ...staffWishTables(kit, people, rosters),
    ...timesheetTables(kit, people, centres, rosters),
    ...vacancyTables(kit, people, centres, rosters),
    ...workTables(kit, people),
  };
}

export type Tables = ReturnType<typeof tables>;
