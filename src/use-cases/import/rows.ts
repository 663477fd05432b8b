import { dateAt, type Instant } from '../../domain/calendar.ts';
import { checkOneADay, readBookings, type BookingRow } from './bookings.ts';
import { readCentres, type CentreRow } from './centres.ts';
import { readChildren, type ChildRow } from './children.ts';
import { checkRefs } from './fields.ts';
import type { GroupRow } from './groups.ts';
import { readGuardians, readUsers, type PersonRow } from './people.ts';
import type { Problems } from './problems.ts';
import type { ImportJson } from './shape.ts';
import { readStaff, type StaffRow } from './staff.ts';
import { readWaitingList, type WaitingRow } from './waiting-list.ts';

/** A file whose values have been read: what the domain's parsers made of it. */
export interface Rows {
  readonly problems: Problems;
  readonly centres: readonly CentreRow[];
  readonly groups: readonly GroupRow[];
  readonly people: readonly PersonRow[];
  readonly children: readonly ChildRow[];
  readonly staff: readonly StaffRow[];
  readonly bookings: readonly BookingRow[];
  readonly waitingList: readonly WaitingRow[];
}

/** Reads every value of a file and names everything that the file alone tells to be wrong. */
export function readRows(json: ImportJson, now: Instant, problems: Problems): Rows {
  const { centres, groups } = readCentres(json.centres, problems);
  const guardians = readGuardians(json.guardians, problems);
  const users = readUsers(json.users, problems);
  const children = readChildren(json.children, dateAt(now), problems);
  const staff = readStaff(json.staff, problems);
  for (const sheet of [centres, groups, guardians, users, children, staff]) checkRefs(sheet);
  const bookings = readBookings(json.bookings, problems);
  checkOneADay(bookings, problems);
  const waitingList = readWaitingList(json.waitingList, now, problems);
  return {
    problems,
    centres,
    groups,
    people: [...guardians, ...users],
    children,
    staff,
    bookings,
    waitingList,
  };
}
