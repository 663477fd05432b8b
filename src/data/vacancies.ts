import { and, asc, count, desc, eq, gte, inArray, isNull } from './sql.ts';
import type { Instant, PlainDate } from '../domain/calendar.ts';
import { forUpdate, type Reading, type Writing } from './database.ts';

export type Vacancy = Reading['t']['vacancy']['$inferSelect'];
export type NewVacancy = Omit<Writing['t']['vacancy']['$inferInsert'], 'id'>;

export async function findVacancy(tx: Reading, id: number): Promise<Vacancy | undefined> {
  const { vacancy: v } = tx.t;
  const [row] = await tx.db.select().from(v).where(eq(v.id, id));
  return row;
}

/** Locked, so that nobody applies while it is closed or changed. */
export async function lockVacancy(tx: Writing, id: number): Promise<Vacancy | undefined> {
  const { vacancy: v } = tx.t;
  const [row] = await forUpdate(tx, tx.db.select().from(v).where(eq(v.id, id)));
  return row;
}

export async function insertVacancy(tx: Writing, row: NewVacancy): Promise<number> {
  const { vacancy: v } = tx.t;
  const [inserted] = await tx.db.insert(v).values(row).returning({ id: v.id });
  return inserted!.id;
}

export async function updateVacancy(tx: Writing, id: number, change: Partial<NewVacancy>): Promise<void> {
  await tx.db.update(tx.t.vacancy).set(change).where(eq(tx.t.vacancy.id, id));
}

/** A centre's vacancies, the newest first. */
export async function listVacanciesOf(tx: Reading, centreId: number): Promise<Vacancy[]> {
  const { vacancy: v } = tx.t;
  return await tx.db.select().from(v).where(eq(v.centreId, centreId)).orderBy(desc(v.applyUntil), desc(v.id));
}

export async function listVacanciesById(tx: Reading, ids: readonly number[]): Promise<Vacancy[]> {
  const { vacancy: v } = tx.t;
  if (ids.length === 0) return [];
  return await tx.db
    .select()
    .from(v)
    .where(inArray(v.id, [...ids]))
    .orderBy(asc(v.id));
}

/** Vacancies of a region for which one may still apply on a day, those that end first at the top. */
export async function listOpenVacancies(
  tx: Reading,
  regionCode: string,
  on: PlainDate,
  page: { readonly offset: number; readonly limit: number },
): Promise<{ vacancies: Vacancy[]; total: number }> {
  const { vacancy: v, centre } = tx.t;
  const open = and(eq(centre.regionCode, regionCode), isNull(v.closedAt), gte(v.applyUntil, on));
  const from = () => tx.db.select({ vacancy: v }).from(v).innerJoin(centre, eq(centre.id, v.centreId));
  const rows = await from()
    .where(open)
    .orderBy(asc(v.applyUntil), asc(v.id))
    .limit(page.limit)
    .offset(page.offset);
  const [all] = await tx.db
    .select({ total: count() })
    .from(v)
    .innerJoin(centre, eq(centre.id, v.centreId))
    .where(open);
  return { vacancies: rows.map((row) => row.vacancy), total: all!.total };
}

/** How many apply for each of some vacancies, and how many of these candidacies still run. */
export async function countCandidacies(
  tx: Reading,
  vacancyIds: readonly number[],
): Promise<Map<number, { all: number; running: number }>> {
  const { candidacy: c } = tx.t;
  const counts = new Map<number, { all: number; running: number }>();
  if (vacancyIds.length === 0) return counts;
  const rows = await tx.db
    .select({ vacancyId: c.vacancyId, endedAt: c.endedAt })
    .from(c)
    .where(inArray(c.vacancyId, [...vacancyIds]));
  for (const { vacancyId, endedAt } of rows as { vacancyId: number; endedAt: Instant | null }[]) {
    const { all, running } = counts.get(vacancyId) ?? { all: 0, running: 0 };
    counts.set(vacancyId, { all: all + 1, running: running + (endedAt === null ? 1 : 0) });
  }
  return counts;
}
