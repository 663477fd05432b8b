import { attendance } from './attendance.ts';
import { bookingChanges } from './booking-changes.ts';
import { bookingSeries } from './booking-series.ts';
import { bookings } from './bookings.ts';
import { centres } from './centres.ts';
import { children } from './children.ts';
import { groupDays } from './group-days.ts';
import { me } from './me.ts';
import { occupancy } from './occupancy.ts';
import { offers } from './offers.ts';
import { openApiOf } from './openapi.ts';
import { regions } from './regions.ts';
import type { Resource } from './resource.ts';
import { centreRosters, rosters } from './rosters.ts';
import { search } from './search.ts';
import { tokens } from './tokens.ts';
import { groupWaitingList, waitingList } from './waiting-list.ts';

const described: readonly Resource[] = [
  tokens,
  me,
  regions,
  centres,
  groupDays,
  children,
  bookings,
  bookingChanges,
  attendance,
  bookingSeries,
  occupancy,
  search,
  waitingList,
  groupWaitingList,
  offers,
  centreRosters,
  rosters,
];

/** Every resource of the JSON API, and the document that describes them. */
export const apiResources: readonly Resource[] = [...described, openApiOf(described)];
