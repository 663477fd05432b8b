import { datesBetween, type PlainDate } from '../domain/calendar.ts';
import type { Period } from '../domain/occupancy.ts';
import type { Reading } from './database.ts';
import { rowsOf } from './prepared.ts';
import { sql, type AnyColumn, type SQL } from './sql.ts';

/**
 * Every date with the first of its period, as rows that both engines can join. Written into the statement: dates are
 * counted here, not typed by anybody, and hundreds of parameters would cost more than the sums.
 */
function dated(periods: readonly Period[]): SQL {
  const rows = periods.flatMap(({ from, to }) =>
    datesBetween(from, to).map((date) => `('${date}', '${from}')`),
  );
  return sql.raw(
    `(select column1 as date, column2 as first from (values ${rows.join(', ')}) as dates) as dated`,
  );
}

/**
 * Sums of the whole country by key and period, named by its first day, read from the covering index group_day_sums: too
 * many days to be added up outside the database.
 */
export async function sumCountry(
  tx: Reading,
  each: 'group' | 'centre' | 'region',
  key: AnyColumn,
  periods: readonly Period[],
) {
  const { groupDay: d, careGroup: g, centre: c } = tx.t;
  const sums = (peak: SQL, by: SQL) => sql`(
    select dated.first as first, ${key} as key,
      sum(${d.placeMinutes}) as places, sum(${d.rosteredPlaceMinutes}) as rostered,
      sum(${d.staffedMinutes}) as staffed, sum(${d.bookedMinutes}) as booked,
      sum(${d.attendedMinutes}) as attended, ${peak} as peak
    from ${dated(periods)} join ${d} on ${d.date} = dated.date join ${g} on ${g.id} = ${d.groupId}
      ${each === 'region' ? sql`join ${c} on ${c.id} = ${g.centreId}` : sql``}
    where ${d.placeMinutes} > 0 or ${d.bookedMinutes} > 0 or ${d.attendedMinutes} > 0
      or ${d.rosteredPlaceMinutes} is not null
    group by ${by}, ${key}) as sums`;
  // Peaks of different days must not be added up: first each day's sums, then each period's.
  const rows =
    each === 'group'
      ? sums(sql`max(${d.peakBooked})`, sql`dated.first`)
      : sql`(
    select first, key, sum(places) as places, sum(rostered) as rostered, sum(staffed) as staffed,
      sum(booked) as booked, sum(attended) as attended, max(peak) as peak
    from ${sums(sql`sum(${d.peakBooked})`, sql`dated.date, dated.first`)}
    group by first, key) as sums`;
  // One engine gives sums as numbers, the other as text.
  const number = (name: string): SQL<number> => sql<number>`sums.${sql.raw(name)}`.mapWith(Number);
  const orNull = (name: string): SQL<number | null> => number(name);
  return await rowsOf(
    tx,
    tx.db
      .select({
        key: sql<string>`sums.key`.mapWith(String),
        date: sql<PlainDate>`sums.first`,
        placeMinutes: number('places'),
        rosteredPlaceMinutes: orNull('rostered'),
        staffedMinutes: orNull('staffed'),
        bookedMinutes: number('booked'),
        attendedMinutes: number('attended'),
        peakBooked: number('peak'),
      })
      .from(rows),
  );
}
