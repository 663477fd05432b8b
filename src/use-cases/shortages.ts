import { firstOpenHalfHour } from '../domain/admittance.ts';
import { addDays, dateAt, type Instant, type PlainDate } from '../domain/calendar.ts';
import type { Shortage } from '../domain/draft.ts';
import { normOn } from '../domain/norms.ts';
import { openingsOf, type Opening } from '../domain/openings.ts';
import type { Reading } from '../data/database.ts';
import { listExpected, type ExpectedStay } from '../data/expected.ts';
import { findDays, listDaysOf, type StoredDay } from '../data/group-days.ts';
import { listGroups, type Group } from '../data/groups.ts';
import { listNorms } from '../data/norms.ts';
import { listLiveOpenShifts, listOpenShifts, type OpenShift } from '../data/open-shifts.ts';
import type { StoredShift } from '../data/shifts.ts';
import { listStandingShifts } from '../data/standing-shifts.ts';
import { leaveHolds, listLeaveOf, listStaffById, type Leave, type Staff } from '../data/staff.ts';
import { shortagesOf } from './publication.ts';

/** The board looks so many days ahead, today included. */
const BOARD_DAYS = 14;

export interface BoardRow extends Shortage {
  /** Open shifts for this group and day that somebody is still looked for. */
  readonly live: number;
}

export interface ShortageBoard {
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly groups: readonly Group[];
  readonly rows: readonly BoardRow[];
  /** Live open shifts of days on which nothing is short any more. */
  readonly spare: readonly OpenShift[];
  /** Whether any roster is published for these days. */
  readonly published: boolean;
}

/** Half-hours of the next 14 published days at which more is booked than the staff may look after, by date and group. */
export async function readShortages(
  tx: Reading,
  { centreId, now }: { readonly centreId: number; readonly now: Instant },
): Promise<ShortageBoard> {
  const from = dateAt(now);
  const to = addDays(from, BOARD_DAYS - 1);
  const groups = await listGroups(tx, centreId);
  const span = { groupIds: groups.map((group) => group.id), from, to };
  const days = await listDaysOf(tx, span);
  const expected = await listExpected(tx, span);
  const live = (await listLiveOpenShifts(tx, [centreId], from)).filter((each) => each.date <= to);
  const of = (shortage: Shortage) =>
    live.filter((each) => each.groupId === shortage.groupId && each.date === shortage.date);
  const rows = shortagesOf({ now }, days, expected)
    .map((shortage) => ({ ...shortage, live: of(shortage).length }))
    .toSorted((a, b) => (a.date === b.date ? a.groupId - b.groupId : a.date < b.date ? -1 : 1));
  const short = new Set(rows.map((row) => `${row.groupId} ${row.date}`));
  return {
    from,
    to,
    groups,
    rows,
    spare: live.filter((each) => !short.has(`${each.groupId} ${each.date}`)),
    published: days.some((day) => day.rosterId !== null),
  };
}

/** Somebody whose shift with the group falls away. */
export interface Lost {
  readonly shift: StoredShift;
  readonly staff: Staff;
  /** Null where the person no longer works here. */
  readonly leave: Leave | null;
}

/** An opening, and the shift in whose place it would be. */
export interface Proposal extends Opening {
  readonly lostShiftId: number | null;
}

export interface SeenShortage {
  readonly group: Group;
  readonly day: StoredDay;
  /** Undefined where staff suffice by now. */
  readonly shortage: Shortage | undefined;
  /** Stays of the day that are not over, and of them those that are touched. */
  readonly expected: readonly ExpectedStay[];
  readonly touched: readonly ExpectedStay[];
  readonly lost: readonly Lost[];
  readonly openShifts: readonly OpenShift[];
  /** Stretches for which nobody is looked for yet. */
  readonly proposals: readonly Proposal[];
}

async function listLost(tx: Reading, centreId: number, groupId: number, date: PlainDate): Promise<Lost[]> {
  const shifts = (await listStandingShifts(tx, { centreId, from: date, to: date })).filter((shift) =>
    shift.stretches.some((stretch) => stretch.groupId === groupId),
  );
  const ids = shifts.map((shift) => shift.staffId);
  const staff = new Map((await listStaffById(tx, ids)).map((each) => [each.id, each]));
  const leave = (await listLeaveOf(tx, ids, { from: date, to: date })).filter(leaveHolds);
  return shifts.flatMap((shift): Lost[] => {
    const who = staff.get(shift.staffId)!;
    const own = leave.find((each) => each.staffId === who.id) ?? null;
    const gone = who.startsOn > date || (who.endsOn !== null && who.endsOn < date);
    return own || gone ? [{ shift, staff: who, leave: own }] : [];
  });
}

/** A group's day on the shortage board; undefined where it has no such day. */
export async function readShortage(
  tx: Reading,
  { group, date, now }: { readonly group: Group; readonly date: PlainDate; readonly now: Instant },
): Promise<SeenShortage | undefined> {
  const { id: groupId, centreId } = group;
  const [day] = await findDays(tx, { groupId, from: date, to: date });
  if (!day) return undefined;
  const from = firstOpenHalfHour(date, now);
  const expected = (await listExpected(tx, { groupIds: [groupId], from: date, to: date })).filter(
    (stay) => stay.to > from,
  );
  const [shortage] = shortagesOf({ now }, [day], expected);
  const lost = await listLost(tx, centreId, groupId, date);
  const openShifts = await listOpenShifts(tx, { centreId, groupId, from: date, to: date });
  const live = openShifts.filter((each) => each.closedAt === null);
  const { ratios } = normOn(await listNorms(tx), group.category, date);
  const used = new Set(live.map((each) => each.lostShiftId));
  const proposals = openingsOf(day, expected, { ratios, live, from }).map((opening): Proposal => {
    const place = lost.find(
      ({ shift }) =>
        !used.has(shift.id) &&
        shift.stretches.some(
          (part) => part.groupId === groupId && part.from < opening.to && opening.from < part.to,
        ),
    );
    if (place) used.add(place.shift.id);
    return { ...opening, lostShiftId: place?.shift.id ?? null };
  });
  const children = new Set(shortage?.childIds);
  const touched = expected.filter((stay) => children.has(stay.childId));
  return { group, day, shortage, expected, touched, lost, openShifts, proposals };
}
