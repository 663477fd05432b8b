import { and, asc, between, eq, sql } from './sql.ts';
import type { PlainDate } from '../domain/calendar.ts';
import type { SkilledStay } from '../domain/staffing-outlook.ts';
import { type Span, occupies } from './claims.ts';
import type { Reading, Tables } from './database.ts';
import { prepared, preparedAmong } from './prepared.ts';
import type { RegionDays } from './region-staffing.ts';

/** Nobody's name: who plans for a region may not know whose stay it is. */
const columns = ({ booking: b, child }: Tables) => ({
  groupId: b.groupId,
  date: b.date,
  from: b.fromHalfHour,
  to: sql<number>`coalesce(${b.releasedFrom}, ${b.toHalfHour})`,
  skills: child.skillsNeeded,
});

/** Few children need any skill; the others' rows are most of a week. */
const needed = ({ booking: b, child }: Tables) =>
  and(
    between(b.date, sql.placeholder('from'), sql.placeholder('to')),
    occupies(b),
    sql`cast(${child.skillsNeeded} as text) <> '[]'`,
  );

const ofGroups = preparedAmong<{ from: PlainDate; to: PlainDate }, SkilledStay[]>(({ db, t }, among) => {
  const { booking: b, child } = t;
  return db
    .select(columns(t))
    .from(b)
    .innerJoin(child, eq(child.id, b.childId))
    .where(and(among(b.groupId), needed(t)))
    .orderBy(asc(b.date), asc(b.childId));
});

/** Booked stays of children who need somebody with a skill on site, in these groups; by date and child. */
export async function listSkilledStays(tx: Reading, { groupIds, from, to }: Span): Promise<SkilledStay[]> {
  return groupIds.length === 0 ? [] : await ofGroups(tx, groupIds, { from, to });
}

const ofRegion = prepared<RegionDays & Record<string, unknown>, SkilledStay[]>(({ db, t }) => {
  const { booking: b, child, careGroup: g, centre: c } = t;
  return db
    .select(columns(t))
    .from(c)
    .innerJoin(g, eq(g.centreId, c.id))
    .innerJoin(b, eq(b.groupId, g.id))
    .innerJoin(child, eq(child.id, b.childId))
    .where(and(eq(c.regionCode, sql.placeholder('regionCode')), needed(t)));
});

/** The same in all groups of a region, in no order. */
export async function listSkilledStaysOfRegion(
  tx: Reading,
  { regionCode, from, to }: RegionDays,
): Promise<SkilledStay[]> {
  return await ofRegion(tx, { regionCode, from, to });
}
