import { and, asc, eq, gte, isNull, lte, sql } from './sql.ts';
import type { Instant, PlainDate } from '../domain/calendar.ts';
import type { Terms, WeeklyHours } from '../domain/opening.ts';
import type { CalendarOverride } from '../domain/working-days.ts';
import type { Reading, Writing } from './database.ts';
import { prepared } from './prepared.ts';

type Tables = Reading['t'];
export type NewCentre = Omit<Tables['centre']['$inferInsert'], 'id' | 'version'>;
export type NewGroup = Omit<Tables['careGroup']['$inferInsert'], 'id' | 'version'>;
export type NewClosure = Omit<Tables['closure']['$inferInsert'], 'id'>;
export type Closure = Tables['closure']['$inferSelect'];

export async function insertCentre(tx: Writing, row: NewCentre): Promise<number> {
  const { centre: c } = tx.t;
  const [inserted] = await tx.db
    .insert(c)
    .values({ ...row, version: 1 })
    .returning({ id: c.id });
  return inserted!.id;
}

/** Changes a centre whose row is locked, and counts the save. */
export async function updateCentre(tx: Writing, id: number, change: Partial<NewCentre>): Promise<void> {
  const { centre: c } = tx.t;
  await tx.db
    .update(c)
    .set({ ...change, version: sql`${c.version} + 1` })
    .where(eq(c.id, id));
}

export async function insertGroup(tx: Writing, row: NewGroup): Promise<number> {
  const { careGroup: g } = tx.t;
  const [inserted] = await tx.db
    .insert(g)
    .values({ ...row, version: 1 })
    .returning({ id: g.id });
  return inserted!.id;
}

/** Changes a group whose centre's row is locked, and counts the save. */
export async function updateGroup(tx: Writing, id: number, change: Partial<NewGroup>): Promise<void> {
  const { careGroup: g } = tx.t;
  await tx.db
    .update(g)
    .set({ ...change, version: sql`${g.version} + 1` })
    .where(eq(g.id, id));
}

/** A group's terms that hold on a day or later, in order. */
export async function listTermsFrom(tx: Reading, groupId: number, from: PlainDate): Promise<Terms[]> {
  const { groupTerms: t } = tx.t;
  const rows = await tx.db
    .select({ startsOn: t.startsOn, room: t.room, hours: t.hours })
    .from(t)
    .where(eq(t.groupId, groupId))
    .orderBy(asc(t.startsOn));
  return rows.filter((row, at) => row.startsOn >= from || (rows[at + 1]?.startsOn ?? '9999') > from);
}

/** Room and hours from a date on; what was said before for that very date is replaced. */
export async function putTerms(
  tx: Writing,
  row: { groupId: number; startsOn: PlainDate; room: number; hours: WeeklyHours },
): Promise<void> {
  const { groupTerms: t } = tx.t;
  await tx.db
    .insert(t)
    .values(row)
    .onConflictDoUpdate({ target: [t.groupId, t.startsOn], set: { room: row.room, hours: row.hours } });
}

export async function insertClosure(tx: Writing, row: NewClosure): Promise<number> {
  const { closure: c } = tx.t;
  const [inserted] = await tx.db.insert(c).values(row).returning({ id: c.id });
  return inserted!.id;
}

export async function findClosure(tx: Reading, id: number): Promise<Closure | undefined> {
  const { closure: c } = tx.t;
  const [row] = await tx.db.select().from(c).where(eq(c.id, id));
  return row;
}

export async function markLifted(tx: Writing, id: number, at: Instant): Promise<void> {
  const { closure: c } = tx.t;
  await tx.db.update(c).set({ liftedAt: at }).where(eq(c.id, id));
}

const closures = (open: boolean) =>
  prepared<{ centreId: number; from: PlainDate; to?: PlainDate }, Closure[]>(({ db, t: { closure: c } }) =>
    db
      .select()
      .from(c)
      .where(
        and(
          eq(c.centreId, sql.placeholder('centreId')),
          isNull(c.liftedAt),
          gte(c.endsOn, sql.placeholder('from')),
          open ? undefined : lte(c.startsOn, sql.placeholder('to')),
        ),
      )
      .orderBy(asc(c.startsOn), asc(c.id)),
  );
const closuresFrom = closures(true);
const closuresWithin = closures(false);

/** Closures of a centre and its groups that touch some days and have not been lifted, in order. */
export async function listClosures(
  tx: Reading,
  { centreId, from, to }: { centreId: number; from: PlainDate; to?: PlainDate },
): Promise<Closure[]> {
  if (to === undefined) return await closuresFrom(tx, { centreId, from });
  return await closuresWithin(tx, { centreId, from, to });
}

export async function putOverride(tx: Writing, row: CalendarOverride): Promise<void> {
  const { calendarOverride: o } = tx.t;
  const { date, ...set } = row;
  await tx.db
    .insert(o)
    .values({ date, ...set })
    .onConflictDoUpdate({ target: o.date, set });
}

export async function deleteOverride(tx: Writing, date: PlainDate): Promise<void> {
  const { calendarOverride: o } = tx.t;
  await tx.db.delete(o).where(eq(o.date, date));
}
