import { and, asc, eq, gte, isNull, lte, or, sql, type SQL } from './sql.ts';
import { datesBetween, type PlainDate } from '../domain/calendar.ts';
import { periodsBetween, type Period, type Step } from '../domain/occupancy.ts';
import type { Reading } from './database.ts';
import { rowsOf } from './prepared.ts';

export interface OccupancyFilter {
  readonly regionCode?: string;
  readonly centreId?: number;
  readonly groupId?: number;
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly by: Step;
  readonly each: 'group' | 'centre' | 'region';
}

/** Sums of group days over a period. The key is a group's or centre's id, or a region's code. */
export interface OccupancyRow extends Period {
  readonly key: string;
  /** Room minutes while open. */
  readonly placeMinutes: number;
  /** The same and staffed minutes of days with a published roster; null where there is none. */
  readonly rosteredPlaceMinutes: number | null;
  readonly staffedMinutes: number | null;
  readonly bookedMinutes: number;
  readonly attendedMinutes: number;
  /** Most children booked at one time in a group; of a centre or region the highest sum of its groups' peaks of a day. */
  readonly peakBooked: number;
}

function keyColumn({ t }: Reading, each: OccupancyFilter['each']) {
  if (each === 'group') return t.careGroup.id;
  return each === 'centre' ? t.careGroup.centreId : t.centre.regionCode;
}

function scope({ t }: Reading, { regionCode, centreId, groupId }: OccupancyFilter): SQL | undefined {
  return and(
    regionCode === undefined ? undefined : eq(t.centre.regionCode, regionCode),
    centreId === undefined ? undefined : eq(t.careGroup.centreId, centreId),
    groupId === undefined ? undefined : eq(t.careGroup.id, groupId),
  );
}

/** What the rows of an occupancy are about: groups that exist at some time of it, their centres or regions, in order. */
export async function listOccupancyKeys(tx: Reading, filter: OccupancyFilter): Promise<string[]> {
  const { careGroup: g, centre: c } = tx.t;
  const key = keyColumn(tx, filter.each);
  const rows = await tx.db
    .selectDistinct({ key })
    .from(g)
    .innerJoin(c, eq(c.id, g.centreId))
    .where(and(scope(tx, filter), lte(g.startsOn, filter.to), or(isNull(g.endsOn), gte(g.endsOn, filter.from))))
    .orderBy(asc(key));
  return rows.map((row) => String(row.key));
}

/**
 * Every date with the number of its period, as rows that both engines can join. Written into the statement: dates are
 * counted here, not typed by anybody, and hundreds of parameters would cost more than the sums.
 */
function numberedDates(periods: readonly Period[]): SQL {
  const rows = periods.flatMap(({ from, to }, period) =>
    datesBetween(from, to).map((date) => `('${date}', ${period})`),
  );
  return sql.raw(`(select column1 as date, column2 as period from (values ${rows.join(', ')}) as dates) as dated`);
}

/**
 * Sums by key and period, never from bookings. The whole country is read from the covering index group_day_sums; a
 * region, centre or group from its own days only (SQLite keeps the order of a CROSS JOIN), a quarter of the time. Days
 * on which nothing is open, booked or rostered are left out, as they add nothing.
 */
function sumsOf(tx: Reading, filter: OccupancyFilter, periods: readonly Period[]): SQL {
  const { groupDay: d, careGroup: g, centre: c } = tx.t;
  const key = keyColumn(tx, filter.each);
  const withRegion =
    filter.each === 'region' || filter.regionCode !== undefined ? sql`join ${c} on ${c.id} = ${g.centreId}` : sql``;
  const dated = numberedDates(periods);
  const days =
    scope(tx, filter) === undefined
      ? sql`${dated} join ${d} on ${d.date} = dated.date join ${g} on ${g.id} = ${d.groupId} ${withRegion}`
      : sql`${g} ${withRegion} cross join ${dated} join ${d} on ${d.date} = dated.date and ${d.groupId} = ${g.id}`;
  const sums = (peak: SQL, by: SQL) => sql`(
    select dated.period as period, ${key} as key,
      sum(${d.placeMinutes}) as places, sum(${d.rosteredPlaceMinutes}) as rostered,
      sum(${d.staffedMinutes}) as staffed, sum(${d.bookedMinutes}) as booked,
      sum(${d.attendedMinutes}) as attended, ${peak} as peak
    from ${days}
    where (${d.placeMinutes} > 0 or ${d.bookedMinutes} > 0 or ${d.attendedMinutes} > 0
      or ${d.rosteredPlaceMinutes} is not null) and ${scope(tx, filter) ?? sql`1 = 1`}
    group by ${by}, ${key}) as sums`;
  if (filter.each === 'group') return sums(sql`max(${d.peakBooked})`, sql`dated.period`);
  // Peaks of different days must not be added up: first each day's sums, then each period's.
  return sql`(
    select period, key, sum(places) as places, sum(rostered) as rostered, sum(staffed) as staffed,
      sum(booked) as booked, sum(attended) as attended, max(peak) as peak
    from ${sums(sql`sum(${d.peakBooked})`, sql`dated.date, dated.period`)}
    group by period, key) as sums`;
}

/** Occupancy by key, then period; every key has a row for every period. */
export async function listOccupancy(tx: Reading, filter: OccupancyFilter): Promise<OccupancyRow[]> {
  const periods = periodsBetween(filter.from, filter.to, filter.by);
  const keys = await listOccupancyKeys(tx, filter);
  if (periods.length === 0 || keys.length === 0) return [];
  // One engine gives sums as numbers, the other as text.
  const number = (name: string): SQL<number> => sql<number>`sums.${sql.raw(name)}`.mapWith(Number);
  const orNull = (name: string): SQL<number | null> => number(name);
  const rows = await rowsOf(
    tx,
    tx.db
      .select({
        key: sql<string>`sums.key`.mapWith(String),
        period: number('period'),
        placeMinutes: number('places'),
        rosteredPlaceMinutes: orNull('rostered'),
        staffedMinutes: orNull('staffed'),
        bookedMinutes: number('booked'),
        attendedMinutes: number('attended'),
        peakBooked: number('peak'),
      })
      .from(sumsOf(tx, filter, periods)),
  );
  const places = new Map(keys.map((key, at) => [key, at * periods.length]));
  const found: (typeof rows)[number][] = [];
  for (const row of rows) {
    const at = places.get(row.key);
    if (at !== undefined) found[at + row.period] = row;
  }
  return keys.flatMap((key, at) =>
    periods.map(({ from, to }, period) => {
      const sums = found[at * periods.length + period] ?? NOTHING;
      return {
        key,
        from,
        to,
        placeMinutes: sums.placeMinutes,
        rosteredPlaceMinutes: sums.rosteredPlaceMinutes,
        staffedMinutes: sums.staffedMinutes,
        bookedMinutes: sums.bookedMinutes,
        attendedMinutes: sums.attendedMinutes,
        peakBooked: sums.peakBooked,
      };
    }),
  );
}

const NOTHING = {
  placeMinutes: 0,
  rosteredPlaceMinutes: null,
  staffedMinutes: null,
  bookedMinutes: 0,
  attendedMinutes: 0,
  peakBooked: 0,
};
