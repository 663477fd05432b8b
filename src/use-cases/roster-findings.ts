import { createHash } from 'node:crypto';
import { addDays, maxOf, minOf, plainDate, startOfWeek, type PlainDate } from '../domain/calendar.ts';
import { lapseOf } from '../domain/lapses.ts';
import { checkRoster } from '../domain/rosters.ts';
import type { Shift, StretchedShift } from '../domain/shift.ts';
import { workTermsOn } from '../domain/work-terms.ts';
import type { RosterFinding, Worker } from '../domain/working-time.ts';
import { findCentre } from '../data/centres.ts';
import type { Reading } from '../data/database.ts';
import { listWorkTerms } from '../data/norms.ts';
import { listRosterDays, listStandingTimes } from '../data/standing-shifts.ts';
import {
  leaveHolds,
  listContractsOf,
  listLeaveOf,
  listOwnGroups,
  listQualifications,
  type Staff,
} from '../data/staff.ts';

export interface Days {
  readonly centreId: number;
  readonly from: PlainDate;
  readonly to: PlainDate;
}

/** Contracts as the rules of a roster need them, on the centre's terms. */
export async function workersOf(tx: Reading, staff: readonly Staff[], days: Days): Promise<Worker[]> {
  const ids = staff.map((each) => each.id);
  const leave = Map.groupBy((await listLeaveOf(tx, ids, days)).filter(leaveHolds), (each) => each.staffId);
  const qualifications = Map.groupBy(await listQualifications(tx, ids), (each) => each.staffId);
  const centre = await findCentre(tx, days.centreId);
  const persons = staff.flatMap((each) => each.personId ?? []);
  const own = centre?.parentInOwnGroup ? [] : await listOwnGroups(tx, persons, days);
  const ownOf = Map.groupBy(own, (each) => each.personId);
  return staff.map((each) => ({
    staffId: each.id,
    weeklyMinutes: each.weeklyMinutes,
    daysPerWeek: each.daysPerWeek,
    summedTime: each.summedTime,
    overtimeConsentOn: each.overtimeConsentOn,
    overtimeBarred: each.overtimeBarred,
    startsOn: each.startsOn,
    endsOn: each.endsOn,
    availability: each.availability,
    leave: leave.get(each.id) ?? [],
    lapsesOn: lapseOf(each, qualifications.get(each.id) ?? [], centre?.barringPapers ?? null),
    ownGroups: each.personId === null ? [] : (ownOf.get(each.personId) ?? []).map(({ groupId }) => groupId),
  }));
}

/**
 * Shifts that hold around a roster's days: at its centre, and of the same persons at other centres. The year is
 * read only of those who have agreed to overtime: of the others every minute of it is told as it stands.
 */
export async function shiftsAround(
  tx: Reading,
  staff: readonly Staff[],
  { centreId, from, to }: Days,
): Promise<{ around: Shift[]; elsewhere: Shift[] }> {
  const weekBefore = addDays(startOfWeek(from), -7);
  const year = minOf([plainDate(`${from.slice(0, 4)}-01-01`), weekBefore]);
  const last = maxOf([addDays(startOfWeek(to), 13), to]);
  const agreed = staff.filter((each) => each.overtimeConsentOn !== null).map((each) => each.id);
  const around = [
    ...(await listStandingTimes(tx, { staffIds: agreed, from: year, to: addDays(weekBefore, -1) })),
    ...(await listStandingTimes(tx, { centreId, from: weekBefore, to: addDays(from, -1) })),
    ...(await listStandingTimes(tx, { centreId, from: addDays(to, 1), to: last })),
  ];
  const persons = new Map(
    staff.flatMap((each) => (each.personId === null ? [] : [[each.personId, each.id]])),
  );
  const others = (await listContractsOf(tx, [...persons.keys()])).filter(
    (each) => each.centreId !== centreId,
  );
  const contractOf = new Map(others.map((each) => [each.id, persons.get(each.personId)!]));
  const foreign = await listStandingTimes(tx, { staffIds: [...contractOf.keys()], from, to });
  const elsewhere = foreign.map((shift) => ({ ...shift, staffId: contractOf.get(shift.staffId)! }));
  return { around, elsewhere };
}

/** What these shifts break, were they published today on the centre's days. */
export async function findingsOf(
  tx: Reading,
  roster: Days & {
    readonly shifts: readonly StretchedShift[];
    readonly staff: readonly Staff[];
    readonly today: PlainDate;
  },
): Promise<RosterFinding[]> {
  const { shifts, from, to, today } = roster;
  const used = new Set(shifts.map((shift) => shift.staffId));
  const staff = roster.staff.filter((each) => used.has(each.id));
  const terms = workTermsOn(await listWorkTerms(tx), from);
  const workers = await workersOf(tx, staff, roster);
  return checkRoster({ from, to, today, terms, workers, shifts, ...(await shiftsAround(tx, staff, roster)) });
}

/** Ids of the rosters that hold on some of a centre's days, in order. */
async function holdingOn(tx: Reading, days: Days): Promise<number[]> {
  const held = await listRosterDays(tx, days);
  return [...new Set(held.values())].toSorted((a, b) => a - b);
}

/**
 * What a draft of some days was made on: the rosters that hold there, and last a print of their shifts on these days
 * (below 0). A shift that was covered, lent or swapped since makes a draft stale; one on other days does not.
 */
export async function basisOf(tx: Reading, days: Days): Promise<number[]> {
  const holding = await holdingOn(tx, days);
  if (holding.length === 0) return [];
  const shifts = await listStandingTimes(tx, days);
  const text = shifts
    .map((each) => [each.staffId, each.date, each.from, each.to, each.breakFrom].join(' '))
    .toSorted();
  const print = createHash('sha256').update(text.join('\n')).digest().readUInt32BE();
  return [...holding, -1 - print];
}

/** The rosters of a basis. */
export const rostersOf = (basis: readonly number[]): number[] => basis.filter((id) => id > 0);
