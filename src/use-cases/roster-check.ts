import { addDays, maxOf, plainDate, startOfWeek, type PlainDate } from '../domain/calendar.ts';
import type { Finding } from '../domain/day-check.ts';
import { WORKING_TIME_RULES } from '../domain/rosters.ts';
import { workTermsOn } from '../domain/work-terms.ts';
import { stretchesFit } from '../domain/working-time.ts';
import type { Reading } from '../data/database.ts';
import { listWorkTerms } from '../data/norms.ts';
import {
  listPublishedDays,
  listRosteredCentres,
  listShiftsOfPersons,
  type PersonShift,
} from '../data/roster-check.ts';
import { listRosterDays, listStandingShifts } from '../data/standing-shifts.ts';
import { listStaffById } from '../data/staff.ts';
import { restaffedDays } from './restaffing.ts';
import { workersOf } from './roster-findings.ts';

/** Nobody is in two places: shifts of one person, at any centres, do not overlap. */
function shiftsTwice(byPerson: ReadonlyMap<number, readonly PersonShift[]>): Finding[] {
  const findings: Finding[] = [];
  for (const [personId, shifts] of byPerson)
    shifts.forEach((shift, number) => {
      const other = shifts
        .slice(number + 1)
        .find((each) => each.date === shift.date && each.from < shift.to && shift.from < each.to);
      if (!other) return;
      findings.push({
        rule: 'shift_twice',
        where: `person ${personId}, ${shift.date}`,
        detail: `shifts ${shift.id} at centre ${shift.centreId} and ${other.id} at centre ${other.centreId}`,
      });
    });
  return findings;
}

/** Shifts published from a day on keep the rules of working time; leave that came later is no fault of theirs. */
async function checkShifts(tx: Reading, centreId: number, from: PlainDate): Promise<Finding[]> {
  const days = await listRosterDays(tx, { centreId, from, to: plainDate('2199-12-31') });
  const to = maxOf([from, ...days.keys()]);
  const first = plainDate(`${addDays(startOfWeek(from), -7).slice(0, 4)}-01-01`);
  const shifts = await listStandingShifts(tx, { centreId, from: first, to });
  const staff = await listStaffById(
    tx,
    shifts.map((shift) => shift.staffId),
  );
  const workers = await workersOf(tx, staff, { centreId, from, to });
  const terms = workTermsOn(await listWorkTerms(tx), from);
  const own = Map.groupBy(shifts, (shift) => shift.staffId);
  return workers.flatMap((worker) => {
    const all = own.get(worker.staffId) ?? [];
    const broken = [...WORKING_TIME_RULES.flatMap((rule) => rule(worker, all, terms)), ...stretchesFit(all)];
    return broken
      .filter(({ date }) => date >= from)
      .map(({ rule, date, is, most }): Finding => ({
        rule: 'roster',
        where: `staff ${worker.staffId}, ${date}`,
        detail: is === undefined ? rule : `${rule}: ${is}, at most or at least ${most}`,
      }));
  });
}

/** What is stored of a published day's staff is what its standing shifts give, and it names the roster that holds. */
async function checkStaffing(tx: Reading, centreId: number, from: PlainDate): Promise<Finding[]> {
  const days = await listPublishedDays(tx, centreId, from);
  const holding = await listRosterDays(tx, { centreId, from, to: plainDate('2199-12-31') });
  const findings: Finding[] = [];
  const found = (day: { groupId: number; date: PlainDate }, detail: string) =>
    findings.push({ rule: 'staffing', where: `group ${day.groupId}, ${day.date}`, detail });
  for (const { before, after } of await restaffedDays(tx, days)) {
    if (holding.get(before.date) !== before.rosterId)
      found(before, 'names another roster than the one that holds');
    if (JSON.stringify(before.capacity) !== JSON.stringify(after.capacity))
      found(before, 'its capacity is not what its shifts give');
    if (JSON.stringify(before.skillsOnDuty) !== JSON.stringify(after.skillsOnDuty))
      found(before, 'its skills on duty are not what its shifts give');
  }
  return findings;
}

/** Published rosters from today on: nobody twice, the rules of working time, and staffed figures equal to the shifts. */
export async function checkRosters(tx: Reading, today: PlainDate): Promise<Finding[]> {
  const findings = shiftsTwice(await listShiftsOfPersons(tx, today));
  for (const centreId of await listRosteredCentres(tx, today))
    findings.push(...(await checkShifts(tx, centreId, today)), ...(await checkStaffing(tx, centreId, today)));
  return findings;
}
