import type { PlainDate } from '../domain/calendar.ts';
import { normOn, type NormSet } from '../domain/norms.ts';
import type { StretchedShift } from '../domain/shift.ts';
import { centreSkills, groupCapacity, type StaffedShift } from '../domain/staffed-day.ts';
import type { Reading } from '../data/database.ts';
import type { StoredDay } from '../data/group-days.ts';
import { listGroupsById, type Group } from '../data/groups.ts';
import { listNorms } from '../data/norms.ts';
import { listStandingShifts } from '../data/standing-shifts.ts';
import { leaveHolds, listLeaveOf, listStaffById } from '../data/staff.ts';

/** What the staff side of days follows from, besides shifts. */
export interface StaffingFacts {
  readonly norms: readonly NormSet[];
  readonly groups: ReadonlyMap<number, Pick<Group, 'category'>>;
}

export async function findStaffingFacts(
  tx: Reading,
  groups: readonly Pick<Group, 'id' | 'category'>[],
): Promise<StaffingFacts> {
  return { norms: await listNorms(tx), groups: new Map(groups.map((group) => [group.id, group])) };
}

/** Days on which somebody does not come: of leave that holds, or not employed. */
export interface Away {
  readonly staffId: number;
  readonly startsOn: PlainDate;
  readonly endsOn: PlainDate;
}

/**
 * Shifts by date with what their people bring. Whoever is on leave or has left by then is not there, whatever the roster
 * says: a published day then has fewer staff, and nobody is cancelled for it. `away` is leave still to be decided.
 */
export async function staffedShifts(
  tx: Reading,
  shifts: readonly StretchedShift[],
  away: readonly Away[] = [],
): Promise<Map<PlainDate, StaffedShift[]>> {
  const ids = [...new Set(shifts.map((shift) => shift.staffId))];
  const staff = new Map((await listStaffById(tx, ids)).map((each) => [each.id, each]));
  const dates = shifts.map((shift) => shift.date).toSorted();
  const span = dates.length > 0 ? { from: dates[0]!, to: dates.at(-1)! } : undefined;
  const leave: readonly Away[] = span
    ? [...(await listLeaveOf(tx, ids, span)).filter(leaveHolds), ...away]
    : [];
  const leaveOf = Map.groupBy(leave, (each) => each.staffId);
  const here = shifts.flatMap((shift): (StaffedShift & { date: PlainDate })[] => {
    const who = staff.get(shift.staffId);
    const { date } = shift;
    if (!who || date < who.startsOn || (who.endsOn !== null && date > who.endsOn)) return [];
    if (leaveOf.get(who.id)?.some((each) => each.startsOn <= date && date <= each.endsOn)) return [];
    return [{ ...shift, level: who.level, skills: who.skills }];
  });
  return Map.groupBy(here, (shift) => shift.date);
}

/** A day as a roster staffs it; its opening, bookings and holds stay. */
export function staffedDay(
  day: StoredDay,
  rosterId: number,
  shifts: readonly StaffedShift[],
  { norms, groups }: StaffingFacts,
): StoredDay {
  const norm = normOn(norms, groups.get(day.groupId)!.category, day.date);
  return {
    ...day,
    rosterId,
    capacity: groupCapacity(shifts, day.groupId, norm),
    skillsOnDuty: centreSkills(shifts, norm),
  };
}

/**
 * Published days of any centres as their standing shifts staff them now: after a change of norms, of staff, or of leave.
 * Days without a roster are left out.
 */
export async function restaffedDays(
  tx: Reading,
  days: readonly StoredDay[],
  given: { readonly norms?: readonly NormSet[]; readonly away?: readonly Away[] } = {},
): Promise<{ before: StoredDay; after: StoredDay }[]> {
  const published = days.filter((day) => day.rosterId !== null);
  const groups = await listGroupsById(tx, [...new Set(published.map((day) => day.groupId))]);
  const centreOf = new Map(groups.map((group) => [group.id, group.centreId]));
  const facts: StaffingFacts = {
    norms: given.norms ?? (await listNorms(tx)),
    groups: new Map(groups.map((group) => [group.id, group])),
  };
  const restaffed: { before: StoredDay; after: StoredDay }[] = [];
  for (const [centreId, own] of Map.groupBy(published, (day) => centreOf.get(day.groupId)!)) {
    const dates = own.map((day) => day.date).toSorted();
    const span = { centreId, from: dates[0]!, to: dates.at(-1)! };
    const byDate = await staffedShifts(tx, await listStandingShifts(tx, span), given.away);
    for (const before of own) {
      const after = staffedDay(before, before.rosterId!, byDate.get(before.date) ?? [], facts);
      restaffed.push({ before, after });
    }
  }
  return restaffed;
}
