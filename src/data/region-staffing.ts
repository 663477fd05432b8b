import { and, between, eq, gt, sql } from './sql.ts';
import type { PlainDate } from '../domain/calendar.ts';
import type { Category } from '../domain/people.ts';
import type { OutlookDay } from '../domain/staffing-outlook.ts';
import type { Reading } from './database.ts';
import { prepared } from './prepared.ts';

export interface RegionDays {
  readonly regionCode: string;
  readonly from: PlainDate;
  readonly to: PlainDate;
}

/** A stored day with whose it is. */
export interface RegionDay extends OutlookDay {
  readonly centreId: number;
  readonly groupName: string;
  readonly category: Category;
}

interface Asked extends Record<string, unknown>, RegionDays {}

const openDays = prepared<Asked, RegionDay[]>(({ db, t: { groupDay: d, careGroup: g, centre: c } }) =>
  db
    .select({
      centreId: g.centreId,
      groupId: d.groupId,
      groupName: g.name,
      category: g.category,
      date: d.date,
      room: d.room,
      opensAt: d.opensAt,
      closesAt: d.closesAt,
      load: d.load,
      capacity: d.capacity,
      skillsOnDuty: d.skillsOnDuty,
      placeMinutes: d.placeMinutes,
      rosteredPlaceMinutes: d.rosteredPlaceMinutes,
      staffedMinutes: d.staffedMinutes,
    })
    .from(c)
    .innerJoin(g, eq(g.centreId, c.id))
    .innerJoin(d, eq(d.groupId, g.id))
    .where(
      and(
        eq(c.regionCode, sql.placeholder('regionCode')),
        between(d.date, sql.placeholder('from'), sql.placeholder('to')),
        gt(d.placeMinutes, 0),
      ),
    ),
);

/** By group and date. The database would sort whole days, with all that is in them, and take as long again. */
function inOrder(a: RegionDay, b: RegionDay): number {
  return a.groupId - b.groupId || (a.date < b.date ? -1 : 1);
}

/** Open days of all groups of a region, as group_day has them; by group and date. */
export async function listRegionDays(
  tx: Reading,
  { regionCode, from, to }: RegionDays,
): Promise<RegionDay[]> {
  return (await openDays(tx, { regionCode, from, to })).toSorted(inOrder);
}
