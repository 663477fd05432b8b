import { and, asc, desc, eq, lte } from './sql.ts';
import type { PlainDate } from '../domain/calendar.ts';
import type { PatternJson } from '../domain/pattern.ts';
import type { Reading, Writing } from './database.ts';
import { listGivenNames } from './guardianships.ts';
import { holdsOn } from './dated.ts';

export interface StoredWorkday {
  readonly personId: number;
  readonly name: string;
  readonly pattern: PatternJson;
  readonly commuteMinutes: number;
  readonly startsOn: PlainDate;
}

/** A person's workday that holds on a day: the newest one begun. */
export async function findWorkday(
  tx: Reading,
  personId: number,
  on: PlainDate,
): Promise<StoredWorkday | undefined> {
  const { workday: w, person: p } = tx.t;
  const [row] = await tx.db
    .select({
      personId: w.personId,
      name: p.name,
      pattern: w.pattern,
      commuteMinutes: w.commuteMinutes,
      startsOn: w.startsOn,
    })
    .from(w)
    .innerJoin(p, eq(p.id, w.personId))
    .where(and(eq(w.personId, personId), lte(w.startsOn, on)))
    .orderBy(desc(w.startsOn))
    .limit(1);
  return row;
}

/**
 * The workdays of all adults who may book for a child; those who entered none are left out. An adult whom a family
 * named by a telephone is called as the family called them, and counts from the workday that they enter since: nobody
 * learns a stranger's name or hours by trying numbers.
 */
export async function listWorkdaysOfChild(
  tx: Reading,
  childId: number,
  on: PlainDate,
  reader: number,
): Promise<StoredWorkday[]> {
  const { guardianship: g } = tx.t;
  const rows = await tx.db
    .select({ id: g.id, personId: g.personId })
    .from(g)
    .where(and(eq(g.childId, childId), eq(g.mayBook, true), holdsOn(g, on)))
    .orderBy(asc(g.personId), asc(g.id));
  const given = await listGivenNames(tx, childId);
  const workdays: StoredWorkday[] = [];
  for (const [personId, own] of Map.groupBy(rows, (row) => row.personId)) {
    const workday = await findWorkday(tx, personId, on);
    if (!workday) continue;
    const calledAs = own.map(({ id }) => given.get(id));
    const byFamily =
      personId !== reader && calledAs.every((name) => name !== undefined) ? calledAs[0] : undefined;
    if (!byFamily) workdays.push(workday);
    else if (byFamily.workdayBefore === null || workday.startsOn > byFamily.workdayBefore)
      workdays.push({ ...workday, name: byFamily.name });
  }
  return workdays;
}

/** Stores a workday from a day on; one of the same day is replaced. */
export async function storeWorkday(
  tx: Writing,
  row: { personId: number; startsOn: PlainDate; pattern: PatternJson; commuteMinutes: number },
): Promise<void> {
  const { workday: w } = tx.t;
  await tx.db
    .insert(w)
    .values(row)
    .onConflictDoUpdate({
      target: [w.personId, w.startsOn],
      set: { pattern: row.pattern, commuteMinutes: row.commuteMinutes },
    });
}

/** Where a family lives, as far as it says so. */
export async function findHome(
  tx: Reading,
  personId: number,
): Promise<{ region: string | null; district: string | null; lat: number | null; lon: number | null }> {
  const { person: p } = tx.t;
  const [row] = await tx.db
    .select({ region: p.homeRegion, district: p.homeDistrict, lat: p.homeLat, lon: p.homeLon })
    .from(p)
    .where(eq(p.id, personId));
  return row ?? { region: null, district: null, lat: null, lon: null };
}

export async function updateHome(
  tx: Writing,
  personId: number,
  home: {
    homeRegion: string | null;
    homeDistrict: string | null;
    homeLat: number | null;
    homeLon: number | null;
  },
): Promise<void> {
  await tx.db.update(tx.t.person).set(home).where(eq(tx.t.person.id, personId));
}
