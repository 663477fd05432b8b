import { lendingsOf, lent, type Lending } from '../domain/borrowing.ts';
import { normOn } from '../domain/norms.ts';
import { refuse } from '../domain/refusal.ts';
import type { PlainDate } from '../domain/calendar.ts';
import { firstOpenHalfHour } from '../domain/admittance.ts';
import { formatTime } from '../domain/slots.ts';
import { findCentre } from '../data/centres.ts';
import type { Reading } from '../data/database.ts';
import { listDaysOf, type StoredDay } from '../data/group-days.ts';
import { listGroups, type Group } from '../data/groups.ts';
import { insertMessages } from '../data/messages.ts';
import { listNorms } from '../data/norms.ts';
import type { StoredShift } from '../data/shifts.ts';
import { listStandingShifts } from '../data/standing-shifts.ts';
import { rewriteShift } from '../data/shift-edits.ts';
import { leaveHolds, listLeaveOf, listStaffById, type Staff } from '../data/staff.ts';
import { groupToAdminister } from './administration.ts';
import { todayOf, type Work } from './perform.ts';
import { workersOf } from './roster-findings.ts';
import { readShortage } from './shortages.ts';
import { editStanding, lockCentreDay } from './standing-edits.ts';

/** A lending with the people and groups it concerns. */
export interface SeenLending extends Lending {
  readonly staff: Staff;
  readonly fromGroup: Group;
  readonly shift: StoredShift;
}

/** Who is with another group of the centre and could be lent to one that is short, the longest parts first. */
export async function listLendings(
  tx: Reading,
  {
    group,
    date,
    halfHours,
  }: { readonly group: Group; readonly date: PlainDate; readonly halfHours: readonly number[] },
): Promise<SeenLending[]> {
  const days = { centreId: group.centreId, from: date, to: date };
  const groups = await listGroups(tx, group.centreId);
  const norms = await listNorms(tx);
  const lendingDays = new Map<number, StoredDay & { ratios: readonly (number | null)[] }>();
  const groupIds = groups.map((each) => each.id);
  for (const day of await listDaysOf(tx, { groupIds, from: date, to: date })) {
    const { category } = groups.find((each) => each.id === day.groupId)!;
    lendingDays.set(day.groupId, { ...day, ratios: normOn(norms, category, date).ratios });
  }
  const short = lendingDays.get(group.id);
  if (!short) return [];
  const standing = await listStandingShifts(tx, days);
  const ids = standing.map((shift) => shift.staffId);
  const staff = await listStaffById(tx, ids);
  const leave = (await listLeaveOf(tx, ids, { from: date, to: date })).filter(leaveHolds);
  const workers = new Map((await workersOf(tx, staff, days)).map((worker) => [worker.staffId, worker]));
  const byId = new Map(staff.map((each) => [each.id, each]));
  const here = standing.flatMap((shift) => {
    const who = byId.get(shift.staffId)!;
    const away = leave.some((each) => each.staffId === who.id);
    if (away || who.startsOn > date || (who.endsOn !== null && who.endsOn < date)) return [];
    return [{ ...shift, level: who.level, ownGroups: workers.get(who.id)?.ownGroups ?? [] }];
  });
  const others = [...lendingDays.values()].filter((day) => day.groupId !== group.id);
  return lendingsOf({ ...short, halfHours }, others, here).map((lending) => ({
    ...lending,
    staff: byId.get(lending.staffId)!,
    fromGroup: groups.find((each) => each.id === lending.fromGroupId)!,
    shift: standing.find((shift) => shift.id === lending.shiftId)!,
  }));
}

/**
 * Moves a part of somebody's published shift to the group that is short, in one transaction: places of both groups follow,
 * families are told where the day is firm again, and the person is told. Refuses `stale` when it is no longer possible as
 * it was shown: the other group needs them by now, they are away, or a colleague was quicker.
 */
export async function lendShift(
  work: Work,
  wish: {
    readonly groupId: number;
    readonly date: PlainDate;
    readonly shiftId: number;
    readonly from: number;
    readonly to: number;
  },
): Promise<{ shiftId: number }> {
  const { tx, now } = work;
  const { groupId, date, shiftId, from, to } = wish;
  const group = await groupToAdminister(work, groupId);
  if (date < todayOf(work) || firstOpenHalfHour(date, now) >= to) refuse('past');
  const locked = await lockCentreDay(work, { centreId: group.centreId, date });
  const seen = await readShortage(tx, { group, date, now });
  const halfHours = seen?.shortage?.halfHours ?? [];
  const lending = (await listLendings(tx, { group, date, halfHours })).find(
    (each) => each.shiftId === shiftId && each.from === from && each.to === to,
  );
  if (!lending) refuse('stale');
  const { shift, staff } = lending;
  await editStanding(
    work,
    locked,
    {
      kind: 'lent',
      data: { shiftId, staffId: staff.id, fromGroupId: lending.fromGroupId, groupId, from, to },
    },
    () => rewriteShift(tx, shiftId, { ...lent(shift, groupId, { from, to }), fixed: true }),
  );
  const centre = await findCentre(tx, group.centreId);
  if (staff.personId !== null)
    await insertMessages(tx, [
      {
        personId: staff.personId,
        kind: 'shift_lent',
        createdAt: now,
        data: {
          path: '/shifts',
          centreRu: centre?.nameRu ?? '',
          centreKk: centre?.nameKk ?? '',
          group: group.name,
          firstDate: date,
          from: formatTime(from),
          to: formatTime(to),
          night: date === todayOf(work) ? 1 : 0,
        },
      },
    ]);
  return { shiftId };
}
