import { and, asc, between, eq, gt, isNotNull, lte, or, sql, type AnyColumn, type SQL } from './sql.ts';
import { datesBetween, type PlainDate } from '../domain/calendar.ts';
import { periodsBetween, type Period, type Step } from '../domain/occupancy.ts';
import { sumCountry } from './country-sums.ts';
import type { Reading, Tables } from './database.ts';
import { prepared } from './prepared.ts';
import { lastsTo } from './dated.ts';

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

/** What a statement about occupancy is written for. */
interface Form {
  readonly each: OccupancyFilter['each'];
  readonly withRegion: boolean;
  readonly withCentre: boolean;
  readonly withGroup: boolean;
}

/** Each form of a filter has a statement of its own; dates and ids are its parameters. */
function byForm<R>(
  statementOf: (form: Form) => (tx: Reading, params: Record<string, unknown>) => Promise<R>,
) {
  const known = new Map<string, ReturnType<typeof statementOf>>();
  return (tx: Reading, { regionCode, centreId, groupId, from, to, each }: OccupancyFilter): Promise<R> => {
    const form: Form = {
      each,
      withRegion: regionCode !== undefined,
      withCentre: centreId !== undefined,
      withGroup: groupId !== undefined,
    };
    const name = Object.values(form).join(' ');
    const statement = known.get(name) ?? statementOf(form);
    known.set(name, statement);
    return statement(tx, { regionCode, centreId, groupId, from, to });
  };
}

function keyColumn(t: Tables, each: OccupancyFilter['each']) {
  if (each === 'group') return t.careGroup.id;
  return each === 'centre' ? t.careGroup.centreId : t.centre.regionCode;
}

function scope(t: Tables, { withRegion, withCentre, withGroup }: Form): SQL | undefined {
  return and(
    withRegion ? eq(t.centre.regionCode, sql.placeholder('regionCode')) : undefined,
    withCentre ? eq(t.careGroup.centreId, sql.placeholder('centreId')) : undefined,
    withGroup ? eq(t.careGroup.id, sql.placeholder('groupId')) : undefined,
  );
}

const keysOf = byForm((form) =>
  prepared<Record<string, unknown>, { key: string | number }[]>(({ db, t }) => {
    const { careGroup: g, centre: c } = t;
    const [from, to] = [sql.placeholder('from'), sql.placeholder('to')];
    const key = keyColumn(t, form.each);
    return db
      .selectDistinct({ key })
      .from(g)
      .innerJoin(c, eq(c.id, g.centreId))
      .where(and(scope(t, form), lte(g.startsOn, to), lastsTo(g, from)))
      .orderBy(asc(key));
  }),
);

/** What the rows of an occupancy are about: groups that exist at some time of it, their centres or regions, in order. */
export async function listOccupancyKeys(tx: Reading, filter: OccupancyFilter): Promise<string[]> {
  return (await keysOf(tx, filter)).map((row) => String(row.key));
}

interface Sums {
  placeMinutes: number;
  rosteredPlaceMinutes: number | null;
  staffedMinutes: number | null;
  bookedMinutes: number;
  attendedMinutes: number;
  peakBooked: number;
}

/** Sums of some of a key's groups on a day, or over a period that is named by its first. */
type KeyedSums = Sums & { readonly key: string; readonly date: PlainDate };

/**
 * The days of a region's, a centre's or a group's groups, never from bookings. They are added up here: the database would
 * sort them first, which takes longer than reading them. SQLite keeps the order of a CROSS JOIN, so that only these
 * groups' days are read. Days on which nothing is open, booked or rostered are left out, as they add nothing.
 */
const groupDays = byForm((form) =>
  prepared<Record<string, unknown>, KeyedSums[]>(({ db, t }) => {
    const { groupDay: d, careGroup: g, centre: c } = t;
    const fields = {
      key: sql<string>`${keyColumn(t, form.each)}`.mapWith(String),
      date: d.date,
      placeMinutes: d.placeMinutes,
      rosteredPlaceMinutes: d.rosteredPlaceMinutes,
      staffedMinutes: d.staffedMinutes,
      bookedMinutes: d.bookedMinutes,
      attendedMinutes: d.attendedMinutes,
      peakBooked: d.peakBooked,
    };
    const days = and(
      eq(g.id, d.groupId),
      between(d.date, sql.placeholder('from'), sql.placeholder('to')),
      or(
        gt(d.placeMinutes, 0),
        gt(d.bookedMinutes, 0),
        gt(d.attendedMinutes, 0),
        isNotNull(d.rosteredPlaceMinutes),
      ),
      scope(t, form),
    );
    return db.select(fields).from(g).innerJoin(c, eq(c.id, g.centreId)).crossJoin(d).where(days);
  }),
);

/** Sums by key and some day of a period; a day may come several times, once for each group. */
async function sumsOf(
  tx: Reading,
  filter: OccupancyFilter,
  periods: readonly Period[],
): Promise<KeyedSums[]> {
  const { regionCode, centreId, groupId, each } = filter;
  const scoped = regionCode !== undefined || centreId !== undefined || groupId !== undefined;
  return await (scoped ? groupDays(tx, filter) : sumCountry(tx, each, keyColumn(tx.t, each), periods));
}

const plus = (a: number | null, b: number | null): number | null => (a === null ? b : b === null ? a : a + b);

/** Occupancy by key, then period; every key has a row for every period. */
export async function listOccupancy(tx: Reading, filter: OccupancyFilter): Promise<OccupancyRow[]> {
  const periods = periodsBetween(filter.from, filter.to, filter.by);
  const keys = await listOccupancyKeys(tx, filter);
  if (periods.length === 0 || keys.length === 0) return [];
  const all = new Map(
    keys.map((key) => [
      key,
      { rows: periods.map((period) => rowOf(key, period)), peaks: new Map<PlainDate, number>() },
    ]),
  );
  const periodOf = new Map<PlainDate, number>();
  for (const [at, { from, to }] of periods.entries())
    for (const date of datesBetween(from, to)) periodOf.set(date, at);
  for (const day of await sumsOf(tx, filter, periods)) {
    const own = all.get(day.key);
    const row = own?.rows[periodOf.get(day.date)!];
    if (own === undefined || row === undefined) continue;
    row.placeMinutes += day.placeMinutes;
    row.rosteredPlaceMinutes = plus(row.rosteredPlaceMinutes, day.rosteredPlaceMinutes);
    row.staffedMinutes = plus(row.staffedMinutes, day.staffedMinutes);
    row.bookedMinutes += day.bookedMinutes;
    row.attendedMinutes += day.attendedMinutes;
    // Peaks of one day's groups are added up, those of different days are not.
    const peak = (own.peaks.get(day.date) ?? 0) + day.peakBooked;
    own.peaks.set(day.date, peak);
    row.peakBooked = Math.max(row.peakBooked, peak);
  }
  return [...all.values()].flatMap(({ rows }) => rows);
}

const rowOf = (key: string, { from, to }: Period): Sums & Pick<OccupancyRow, 'key' | 'from' | 'to'> => ({
  key,
  from,
  to,
  placeMinutes: 0,
  rosteredPlaceMinutes: null,
  staffedMinutes: null,
  bookedMinutes: 0,
  attendedMinutes: 0,
  peakBooked: 0,
});

/** A region's sums over a period. */
type RegionSums = { readonly regionCode: string } & Pick<
  OccupancyRow,
  'placeMinutes' | 'bookedMinutes' | 'attendedMinutes'
>;

interface Days extends Record<string, unknown>, Period {}

/** Each group's sums come first: a join costs as much for a group as for each of its days. */
const sumsByRegion = prepared<Days, RegionSums[]>(({ db, t: { groupDay: d, careGroup: g, centre: c } }) => {
  const sum = (column: AnyColumn | SQL.Aliased): SQL<number> => sql<number>`sum(${column})`.mapWith(Number);
  const ofGroup = db
    .select({
      groupId: d.groupId,
      places: sum(d.placeMinutes).as('places'),
      booked: sum(d.bookedMinutes).as('booked'),
      attended: sum(d.attendedMinutes).as('attended'),
    })
    .from(d)
    .where(
      and(
        between(d.date, sql.placeholder('from'), sql.placeholder('to')),
        or(gt(d.placeMinutes, 0), gt(d.bookedMinutes, 0), gt(d.attendedMinutes, 0)),
      ),
    )
    .groupBy(d.groupId)
    .as('of_group');
  return db
    .select({
      regionCode: c.regionCode,
      placeMinutes: sum(ofGroup.places),
      bookedMinutes: sum(ofGroup.booked),
      attendedMinutes: sum(ofGroup.attended),
    })
    .from(ofGroup)
    .innerJoin(g, eq(g.id, ofGroup.groupId))
    .innerJoin(c, eq(c.id, g.centreId))
    .groupBy(c.regionCode);
});

/** Sums of the regions in which something was open or booked, of the whole country; no peaks. */
export function sumRegions(tx: Reading, { from, to }: Period): Promise<RegionSums[]> {
  return sumsByRegion(tx, { from, to });
}
