import { and, asc, eq, inArray, sql } from './sql.ts';
import type { PlainDate } from '../domain/calendar.ts';
import type { Closure, Terms } from '../domain/opening.ts';
import type { Admission, Category } from '../domain/people.ts';
import type { HalfHour } from '../domain/slots.ts';
import type { CalendarOverride } from '../domain/working-days.ts';
import { forUpdate, type Reading, type Writing } from './database.ts';
import { prepared } from './prepared.ts';

/** A group with what its centre says about bookings. */
export interface Group {
  readonly id: number;
  readonly ref: string | null;
  readonly centreId: number;
  readonly name: string;
  readonly category: Category;
  readonly admission: Admission;
  readonly skills: string[] | null;
  /** Working languages kk, ru, sign; null where the group states none. */
  readonly languages: string[] | null;
  readonly fromAgeMonths: number;
  readonly toAgeMonths: number;
  readonly startsOn: PlainDate;
  readonly endsOn: PlainDate | null;
  readonly version: number;
  readonly deadlineWeekday: number;
  readonly deadlineHalfHour: HalfHour;
  readonly lateChanges: 'accepted' | 'staff_only';
  readonly regionCode: string;
}

function groupQuery({ db, t }: Pick<Reading, 'db' | 't'>) {
  const { careGroup: g, centre: c } = t;
  return db
    .select({
      id: g.id,
      ref: g.ref,
      centreId: g.centreId,
      name: g.name,
      category: g.category,
      admission: g.admission,
      skills: g.skills,
      languages: g.languages,
      fromAgeMonths: g.fromAgeMonths,
      toAgeMonths: g.toAgeMonths,
      startsOn: g.startsOn,
      endsOn: g.endsOn,
      version: g.version,
      deadlineWeekday: c.deadlineWeekday,
      deadlineHalfHour: c.deadlineHalfHour,
      lateChanges: c.lateChanges,
      regionCode: c.regionCode,
    })
    .from(g)
    .innerJoin(c, eq(c.id, g.centreId));
}

const byId = prepared<{ id: number }, Group[]>((parts) =>
  groupQuery(parts).where(eq(parts.t.careGroup.id, sql.placeholder('id'))),
);

export async function findGroup(tx: Reading, id: number): Promise<Group | undefined> {
  return (await byId(tx, { id }))[0];
}

const byCentre = prepared<{ centreId: number }, Group[]>((parts) =>
  groupQuery(parts)
    .where(eq(parts.t.careGroup.centreId, sql.placeholder('centreId')))
    .orderBy(asc(parts.t.careGroup.id)),
);

export function listGroups(tx: Reading, centreId: number): Promise<Group[]> {
  return byCentre(tx, { centreId });
}

export interface GroupFilter {
  readonly categories?: readonly Category[];
  readonly regionCode?: string | undefined;
  readonly id?: number | undefined;
}

const everywhere = prepared<Record<string, never>, Group[]>((parts) =>
  groupQuery(parts).orderBy(asc(parts.t.careGroup.id)),
);

const byRegion = prepared<{ regionCode: string }, Group[]>((parts) =>
  groupQuery(parts)
    .where(eq(parts.t.centre.regionCode, sql.placeholder('regionCode')))
    .orderBy(asc(parts.t.careGroup.id)),
);

/** Groups of the whole country, by id. */
export async function listAllGroups(tx: Reading, filter: GroupFilter = {}): Promise<Group[]> {
  const { categories, regionCode, id } = filter;
  const near =
    regionCode !== undefined
      ? byRegion(tx, { regionCode })
      : id !== undefined
        ? byId(tx, { id })
        : everywhere(tx, {});
  return (await near).filter(
    (group) => (categories?.includes(group.category) ?? true) && (id === undefined || group.id === id),
  );
}

/** Groups by their ids, of any centre. */
export async function listGroupsById(tx: Reading, ids: readonly number[]): Promise<Group[]> {
  if (ids.length === 0) return [];
  return await groupQuery(tx)
    .where(inArray(tx.t.careGroup.id, [...ids]))
    .orderBy(asc(tx.t.careGroup.id));
}

/** Locks every group: for writing the days of all of them, once. */
export async function lockAllGroups(tx: Writing): Promise<void> {
  const { careGroup: g } = tx.t;
  await forUpdate(tx, tx.db.select({ id: g.id }).from(g).orderBy(asc(g.id)));
}

/** Everything from which the opening of some groups' days follows. */
export interface OpeningFacts {
  readonly terms: ReadonlyMap<number, readonly Terms[]>;
  /** By group; a centre's closure stands under each of its groups. */
  readonly closures: ReadonlyMap<number, readonly Closure[]>;
  readonly overrides: ReadonlyMap<PlainDate, CalendarOverride>;
}

const overrides = prepared<Record<string, never>, CalendarOverride[]>(({ db, t: { calendarOverride: o } }) =>
  db.select().from(o).orderBy(asc(o.date)),
);

export async function findOverrides(tx: Reading): Promise<Map<PlainDate, CalendarOverride>> {
  const rows = await overrides(tx, {});
  return new Map(rows.map((row) => [row.date, row]));
}

export async function findOpeningFacts(
  tx: Reading,
  groups: readonly { id: number; centreId: number }[],
): Promise<OpeningFacts> {
  const { groupTerms, closure } = tx.t;
  const ids = groups.map((group) => group.id);
  const centreIds = [...new Set(groups.map((group) => group.centreId))];
  if (ids.length === 0) return { terms: new Map(), closures: new Map(), overrides: new Map() };
  const terms = await tx.db
    .select()
    .from(groupTerms)
    .where(inArray(groupTerms.groupId, ids))
    .orderBy(asc(groupTerms.groupId), asc(groupTerms.startsOn));
  const rows = await tx.db
    .select()
    .from(closure)
    .where(and(inArray(closure.centreId, centreIds), sql`${closure.liftedAt} is null`))
    .orderBy(asc(closure.id));
  const closures = new Map(
    groups.map((group) => [
      group.id,
      rows.filter(
        (row) => row.centreId === group.centreId && (row.groupId === null || row.groupId === group.id),
      ),
    ]),
  );
  return { terms: Map.groupBy(terms, (row) => row.groupId), closures, overrides: await findOverrides(tx) };
}
