import { addDays, dateAt, maxOf, minOf, startOfWeek, type PlainDate } from '../../domain/calendar.ts';
import type { DayWish } from '../../domain/day-wish.ts';
import { onCallMinutes, type GroupDemand } from '../../domain/demand.ts';
import { holdsOn } from '../../domain/people.ts';
import { refuse } from '../../domain/refusal.ts';
import {
  groupCoverage,
  skillCoverage,
  type CoveringShift,
  type GroupCoverage,
  type SkillCoverage,
} from '../../domain/roster-coverage.ts';
import { BREAK_MINUTES } from '../../domain/shift.ts';
import type { RosterFinding } from '../../domain/working-time.ts';
import { findCentre, type Centre } from '../../data/centres.ts';
import type { Reading } from '../../data/database.ts';
import { listDayWishes } from '../../data/day-wishes.ts';
import { listGroups, type Group } from '../../data/groups.ts';
import { findRoster, type StoredRoster } from '../../data/rosters.ts';
import { listShifts, type StoredShift } from '../../data/shifts.ts';
import { listRosterDays, listStandingShifts } from '../../data/standing-shifts.ts';
import { leaveHolds, listLeaveOf, listStaff, type Leave, type Staff } from '../../data/staff.ts';
import { basisOf, findingsOf } from '../../use-cases/roster-findings.ts';
import { groupDemands } from '../../use-cases/roster-input.ts';

/** A week of a roster, as its board is drawn. */
export interface RosterScene {
  readonly centre: Centre;
  readonly roster: StoredRoster;
  readonly groups: readonly Group[];
  readonly staff: readonly Staff[];
  /** All of the roster's. */
  readonly shifts: readonly StoredShift[];
  /** Published shifts of the same week on days beside the roster's. */
  readonly beside: readonly StoredShift[];
  readonly leave: readonly Leave[];
  /** Wishes for single days of the week shown. */
  readonly wishes: readonly DayWish[];
  readonly monday: PlainDate;
  readonly sunday: PlainDate;
  /** Which roster holds on its days. */
  readonly holding: ReadonlyMap<PlainDate, number>;
  /** What a draft of its days would be made on now; asked of drafts only. */
  readonly basis: readonly number[];
  readonly findings: readonly RosterFinding[];
  readonly coverage: ReadonlyMap<PlainDate, DateCoverage>;
}

export interface DateCoverage {
  readonly groups: readonly GroupCoverage[];
  readonly skills: readonly SkillCoverage[];
}

/** The week to show: the one asked for where the roster has days in it, else its first that is not over. */
function weekShown(
  { startsOn, endsOn }: Pick<StoredRoster, 'startsOn' | 'endsOn'>,
  asked: PlainDate | undefined,
  today: PlainDate,
): PlainDate {
  if (asked && startOfWeek(asked) <= endsOn && addDays(startOfWeek(asked), 6) >= startsOn)
    return startOfWeek(asked);
  return startOfWeek(today > endsOn ? startsOn : maxOf([today, startsOn]));
}

function away(leave: readonly Leave[], { staffId, date }: StoredShift): boolean {
  return leave.some((each) => each.staffId === staffId && each.startsOn <= date && date <= each.endsOn);
}

/** Who is there on a date with these shifts: whoever is on leave or has left is not, whatever the roster says. */
function covering(
  shifts: readonly StoredShift[],
  known: ReadonlyMap<number, Staff>,
  leave: readonly Leave[],
): CoveringShift[] {
  return shifts.flatMap((shift) => {
    const who = known.get(shift.staffId);
    if (!who || !holdsOn(who, shift.date) || away(leave, shift)) return [];
    return [{ ...shift, level: who.level, skills: who.skills }];
  });
}

function coverageOf(
  scene: Pick<RosterScene, 'shifts' | 'staff' | 'leave' | 'groups'>,
  demand: readonly GroupDemand[],
): Map<PlainDate, DateCoverage> {
  const byDate = Map.groupBy(demand, (day) => day.date);
  const shifts = Map.groupBy(scene.shifts, (shift) => shift.date);
  const known = new Map(scene.staff.map((each) => [each.id, each]));
  return new Map(
    [...byDate].map(([date, days]) => {
      const there = covering(shifts.get(date) ?? [], known, scene.leave);
      const onCall = onCallMinutes(days) >= BREAK_MINUTES;
      const groups = days.filter((day) => day.opensAt !== null).map((day) => groupCoverage(day, there));
      return [date, { groups, skills: skillCoverage(days, there, onCall) }];
    }),
  );
}

/** Reads a roster and one of its weeks in one state of the data. Another centre's roster is `missing`. */
export async function readScene(
  tx: Reading,
  which: { centreId: number; rosterId: number; week: PlainDate | undefined; today: PlainDate },
): Promise<RosterScene> {
  const { centreId, rosterId, today } = which;
  const centre = (await findCentre(tx, centreId)) ?? refuse('missing');
  const roster = (await findRoster(tx, rosterId)) ?? refuse('missing');
  if (roster.centreId !== centreId) refuse('missing');
  const monday = weekShown(roster, which.week, today);
  const sunday = addDays(monday, 6);
  const days = { centreId, from: roster.startsOn, to: roster.endsOn };
  const shifts = await listShifts(tx, rosterId);
  const staff = await listStaff(tx, centreId);
  // Notice was given when it was published, whenever somebody looks.
  const noticeFrom = roster.publishedAt === null ? today : dateAt(roster.publishedAt);
  const whole = roster.startsOn <= monday && sunday <= roster.endsOn;
  const standing = whole ? [] : await listStandingShifts(tx, { centreId, from: monday, to: sunday });
  const leave = await listLeaveOf(
    tx,
    staff.map((each) => each.id),
    { from: minOf([monday, roster.startsOn]), to: maxOf([sunday, roster.endsOn]) },
  );
  const scene = {
    centre,
    roster,
    groups: await listGroups(tx, centreId),
    staff,
    shifts,
    beside: standing.filter(({ date }) => date < roster.startsOn || date > roster.endsOn),
    leave: leave.filter(leaveHolds),
    wishes: await listDayWishes(
      tx,
      staff.map((each) => each.id),
      { from: monday, to: sunday },
    ),
    monday,
    sunday,
    holding: await listRosterDays(tx, days),
    basis: roster.publishedAt === null ? await basisOf(tx, days) : [],
    findings: await findingsOf(tx, { ...days, shifts, staff, today: noticeFrom }),
  };
  const demand = await groupDemands(tx, centre, {
    centreId,
    from: maxOf([monday, roster.startsOn]),
    to: minOf([sunday, roster.endsOn]),
  });
  return { ...scene, coverage: coverageOf(scene, demand) };
}
