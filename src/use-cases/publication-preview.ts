import { firstOpenHalfHour } from '../domain/admittance.ts';
import { maxOf, type Instant, type PlainDate } from '../domain/calendar.ts';
import type { Shortage } from '../domain/draft.ts';
import { placesAt } from '../domain/places.ts';
import { staffedAt } from '../domain/staffing.ts';
import type { RosterFinding } from '../domain/working-time.ts';
import type { Reading } from '../data/database.ts';
import { listExpected } from '../data/expected.ts';
import { listDaysOf, type StoredDay } from '../data/group-days.ts';
import type { Group } from '../data/groups.ts';
import type { StoredRoster } from '../data/rosters.ts';
import { listShifts } from '../data/shifts.ts';
import { listStaff } from '../data/staff.ts';
import { shortagesOf } from './publication.ts';
import { findStaffingFacts, staffedDay, staffedShifts } from './restaffing.ts';
import { findingsOf } from './roster-findings.ts';

/** Places of a group's day over its open half-hours; staff and room both bound them. */
export interface PlacesOfDay {
  readonly least: number;
  readonly most: number;
  readonly placeMinutes: number;
}

export interface PlaceChange {
  readonly groupId: number;
  readonly date: PlainDate;
  /** By room alone where no roster is published yet: `published` says which. */
  readonly before: PlacesOfDay & { readonly published: boolean };
  readonly after: PlacesOfDay;
}

export interface Preview {
  /** Days that would follow from this roster: from today on. */
  readonly from: PlainDate;
  readonly changes: readonly PlaceChange[];
  readonly shortages: readonly Shortage[];
  /** Children booked on these days; of them with a day that becomes, or is no more, short of staff. */
  readonly booked: number;
  readonly atRisk: number;
  readonly relieved: number;
  readonly findings: readonly RosterFinding[];
}

const MINUTES = 30;

function placesOf(day: StoredDay): PlacesOfDay | undefined {
  if (day.opensAt === null || day.closesAt === null) return undefined;
  let [least, most, sum] = [Infinity, 0, 0];
  for (let at = day.opensAt; at < day.closesAt; at++) {
    const staffed = staffedAt(day.capacity, at);
    const places = staffed === null ? placesAt(day, at) : Math.min(staffed, placesAt(day, at));
    least = Math.min(least, places);
    most = Math.max(most, places);
    sum += places;
  }
  return { least, most, placeMinutes: sum * MINUTES };
}

function childDays(shortages: readonly Shortage[]): Set<string> {
  return new Set(
    shortages.flatMap((each) => each.childIds.map((id) => `${id} ${each.date} ${each.groupId}`)),
  );
}

const childrenOf = (keys: Iterable<string>) => new Set([...keys].map((key) => key.split(' ')[0])).size;

/** What publishing a draft would change, read without locks: the publication itself decides. */
export async function previewPublication(
  tx: Reading,
  {
    roster,
    groups,
    today,
    now,
  }: {
    readonly roster: StoredRoster;
    readonly groups: readonly Group[];
    readonly today: PlainDate;
    readonly now: Instant;
  },
): Promise<Preview> {
  const { id, centreId, endsOn } = roster;
  const from = maxOf([roster.startsOn, today]);
  const span = { groupIds: groups.map((group) => group.id), from, to: endsOn };
  const before = await listDaysOf(tx, span);
  const shifts = (await listShifts(tx, id)).filter((shift) => shift.date >= from);
  const byDate = await staffedShifts(tx, shifts);
  const facts = await findStaffingFacts(tx, groups);
  const after = before.map((day) => staffedDay(day, id, byDate.get(day.date) ?? [], facts));
  const expected = (await listExpected(tx, span)).filter(
    (stay) => stay.to > firstOpenHalfHour(stay.date, now),
  );
  const shortages = shortagesOf({ now }, after, expected);
  const [were, are] = [childDays(shortagesOf({ now }, before, expected)), childDays(shortages)];
  const staff = await listStaff(tx, centreId);
  return {
    from,
    changes: after.flatMap((day, at): PlaceChange[] => {
      const [was, is] = [placesOf(before[at]!), placesOf(day)];
      if (!was || !is) return [];
      const { groupId, date } = day;
      return [{ groupId, date, before: { ...was, published: before[at]!.capacity !== null }, after: is }];
    }),
    shortages,
    booked: new Set(expected.map((stay) => stay.childId)).size,
    atRisk: childrenOf([...are].filter((key) => !were.has(key))),
    relieved: childrenOf([...were].filter((key) => !are.has(key))),
    findings: await findingsOf(tx, { centreId, from, to: endsOn, shifts, staff, today }),
  };
}
