import { and, asc, eq, or } from './sql.ts';
import type { PlainDate } from '../domain/calendar.ts';
import type { DatedRights, May } from '../domain/guardianship.ts';
import type { Reading, Writing } from './database.ts';

/** Rights of one adult over one child, for a time. An adult may have several rows. */
export interface Guardianship extends DatedRights {
  readonly id: number;
  readonly childId: number;
  readonly personId: number;
}

function columnsOf(may: May) {
  return { maySee: may.see, mayBook: may.book, mayCollect: may.collect, mayBeTold: may.told };
}

/** Every row of a child, past ones included, oldest first. */
export async function listGuardianships(tx: Reading, childId: number): Promise<Guardianship[]> {
  const { guardianship: g } = tx.t;
  const rows = await tx.db.select().from(g).where(eq(g.childId, childId)).orderBy(asc(g.id));
  return rows.map(({ maySee, mayBook, mayCollect, mayBeTold, ...row }) => ({
    ...row,
    may: { see: maySee, book: mayBook, collect: mayCollect, told: mayBeTold },
  }));
}

export async function addGuardianship(tx: Writing, row: Omit<Guardianship, 'id'>): Promise<number> {
  const { guardianship: g } = tx.t;
  const { may, ...rest } = row;
  const [inserted] = await tx.db
    .insert(g)
    .values({ ...rest, ...columnsOf(may) })
    .returning({ id: g.id });
  return inserted!.id;
}

export async function updateGuardianship(
  tx: Writing,
  id: number,
  { may, endsOn }: { may: May; endsOn: PlainDate | null },
): Promise<void> {
  const { guardianship: g } = tx.t;
  await tx.db
    .update(g)
    .set({ ...columnsOf(may), endsOn })
    .where(eq(g.id, id));
}

/** What a family called an adult to whom it gave rights. */
export interface GivenName {
  readonly name: string;
  /** Since when the workday holds that the adult had entered before; null where there was none. */
  readonly workdayBefore: PlainDate | null;
}

/**
 * Names by guardianship, as the family typed them. A telephone may be known under a name that the family does not know:
 * its pages go on saying what was typed, so that nobody learns a stranger's name by trying numbers. The event of the
 * gift is where it is kept.
 */
export async function listGivenNames(tx: Reading, childId: number): Promise<Map<number, GivenName>> {
  const { event: e } = tx.t;
  const rows = await tx.db
    .select({ data: e.data })
    .from(e)
    .where(and(eq(e.childId, childId), eq(e.kind, 'guardianship.given')))
    .orderBy(asc(e.id));
  const names = new Map<number, GivenName>();
  for (const { data } of rows) {
    const { guardianshipId, called } = data as { guardianshipId: number; called?: GivenName };
    if (called !== undefined) names.set(guardianshipId, called);
  }
  return names;
}

/** Gives a person who had no way to sign in one: their telephone. */
export async function updateLogin(tx: Writing, personId: number, login: string): Promise<void> {
  await tx.db.update(tx.t.person).set({ login }).where(eq(tx.t.person.id, personId));
}

export interface Reachable {
  readonly id: number;
  readonly searchName: string;
  readonly login: string | null;
  /** Signs in, or may: has a login or acts as somebody. The others are mere names with a number. */
  readonly hasAccount: boolean;
}

/** Everybody with this telephone, by id; one look, so that all of it is of one instant. */
export async function listAdultsOfPhone(tx: Reading, phone: string): Promise<Reachable[]> {
  const { person: p, assignment: a } = tx.t;
  const rows = await tx.db
    .select({ id: p.id, searchName: p.searchName, login: p.login, role: a.id })
    .from(p)
    .leftJoin(a, eq(a.personId, p.id))
    .where(or(eq(p.phone, phone), eq(p.login, phone)))
    .orderBy(asc(p.id));
  const found = rows.map(({ role, ...row }) => ({ ...row, hasAccount: row.login !== null || role !== null }));
  return [...new Map(found.map((row) => [row.id, row])).values()];
}
