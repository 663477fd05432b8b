import { and, asc, desc, eq, gt, gte, inArray, isNull, lte, or, sql } from './sql.ts';
import type { Instant, PlainDate } from '../domain/calendar.ts';
import { searchName } from '../domain/names.ts';
import type { Category } from '../domain/people.ts';
import type { Child } from './children.ts';
import type { Reading, Writing } from './database.ts';
import { knownAt } from './known-children.ts';
import { holdsOn } from './dated.ts';

/** A child as a centre's register lists it. */
export interface RegisteredChild {
  readonly id: number;
  readonly name: string;
  readonly birthDate: PlainDate;
  readonly category: Category;
}

/** Characters that LIKE reads as its own. */
const LIKE_SIGNS = /[\\%_]/g;

/**
 * The children a centre knows; every word of the search stands somewhere in the name. All of them, unsorted: a centre
 * knows some hundreds, and the alphabet is the reader's, which the databases do not know.
 */
export async function listRegister(
  tx: Reading,
  centreId: number,
  search: string,
): Promise<RegisteredChild[]> {
  const { child: c } = tx.t;
  const words = searchName(search).replaceAll(LIKE_SIGNS, '').split(' ').filter(Boolean);
  const named = words.map((word) => sql`${c.searchName} like ${`%${word}%`}`);
  return await tx.db
    .select({ id: c.id, name: c.name, birthDate: c.birthDate, category: c.category })
    .from(c)
    .where(and(inArray(c.id, knownAt(tx, centreId)), ...named));
}

/** What a centre keeps of a child besides its needs. */
export interface ChildFile {
  readonly iin: string | null;
  readonly iinMissingReason: string | null;
  readonly priority: number;
  /** When this centre took the child into its register; null where it came by a booking or enrolment. */
  readonly registeredAt: Instant | null;
}

export async function findChildFile(
  tx: Reading,
  childId: number,
  centreId: number,
): Promise<ChildFile | undefined> {
  const { child: c, registration: r } = tx.t;
  const [row] = await tx.db
    .select({
      iin: c.iin,
      iinMissingReason: c.iinMissingReason,
      priority: c.priority,
      registeredAt: r.registeredAt,
    })
    .from(c)
    .leftJoin(r, and(eq(r.childId, c.id), eq(r.centreId, centreId)))
    .where(eq(c.id, childId));
  return row;
}

/** The centre that took a child into its register last. */
export async function findLastRegistration(tx: Reading, childId: number): Promise<number | undefined> {
  const { registration: r } = tx.t;
  const [row] = await tx.db
    .select({ centreId: r.centreId })
    .from(r)
    .where(eq(r.childId, childId))
    .orderBy(desc(r.registeredAt), asc(r.centreId))
    .limit(1);
  return row?.centreId;
}

/** An adult with the rights over a child that hold today or will. */
export interface Guardian {
  readonly id: number;
  readonly personId: number;
  readonly name: string;
  readonly phone: string | null;
  readonly login: string | null;
  readonly hasPassword: boolean;
  readonly startsOn: PlainDate;
  readonly endsOn: PlainDate | null;
  readonly maySee: boolean;
  readonly mayBook: boolean;
  readonly mayCollect: boolean;
  readonly mayBeTold: boolean;
}

export async function listGuardians(tx: Reading, childId: number, on: PlainDate): Promise<Guardian[]> {
  const { guardianship: g, person: p } = tx.t;
  const rows = await tx.db
    .select({
      id: g.id,
      personId: p.id,
      name: p.name,
      phone: p.phone,
      login: p.login,
      passwordHash: p.passwordHash,
      startsOn: g.startsOn,
      endsOn: g.endsOn,
      maySee: g.maySee,
      mayBook: g.mayBook,
      mayCollect: g.mayCollect,
      mayBeTold: g.mayBeTold,
    })
    .from(g)
    .innerJoin(p, eq(p.id, g.personId))
    .where(
      and(eq(g.childId, childId), or(isNull(g.endsOn), and(gte(g.endsOn, on), gte(g.endsOn, g.startsOn)))),
    )
    .orderBy(asc(g.startsOn), asc(p.searchName), asc(g.id));
  return rows.map(({ passwordHash, ...row }) => ({ ...row, hasPassword: passwordHash !== null }));
}

export interface KnownChild extends Pick<Child, 'id' | 'name' | 'birthDate'> {
  readonly searchName: string;
}

/** The child of a number, anywhere in the country. */
export async function findChildByIin(tx: Reading, iin: string): Promise<KnownChild | undefined> {
  const { child: c } = tx.t;
  const [row] = await tx.db
    .select({ id: c.id, name: c.name, birthDate: c.birthDate, searchName: c.searchName })
    .from(c)
    .where(eq(c.iin, iin));
  return row;
}

export interface KnownAdult {
  readonly id: number;
  readonly searchName: string;
  readonly phone: string | null;
  readonly login: string | null;
}

/** Adults who have this telephone or e-mail. A family may share a phone. */
export async function listAdultsBy(
  tx: Reading,
  contact: { phone: string | null; email: string | null },
): Promise<KnownAdult[]> {
  const { person: p } = tx.t;
  const { phone, email } = contact;
  const known = [
    ...(phone === null ? [] : [eq(p.phone, phone), eq(p.login, phone)]),
    ...(email === null ? [] : [eq(p.login, email)]),
  ];
  if (known.length === 0) return [];
  return await tx.db
    .select({ id: p.id, searchName: p.searchName, phone: p.phone, login: p.login })
    .from(p)
    .where(or(...known))
    .orderBy(asc(p.id));
}

/** Whether an adult has rights over a child on a day. */
export async function isGuardianOf(
  tx: Reading,
  personId: number,
  childId: number,
  on: PlainDate,
): Promise<boolean> {
  const { guardianship: g } = tx.t;
  const rows = await tx.db
    .select({ id: g.id })
    .from(g)
    .where(and(eq(g.personId, personId), eq(g.childId, childId), holdsOn(g, on)))
    .limit(1);
  return rows.length > 0;
}

export async function insertChild(tx: Writing, row: Writing['t']['child']['$inferInsert']): Promise<number> {
  const [inserted] = await tx.db.insert(tx.t.child).values(row).returning({ id: tx.t.child.id });
  return inserted!.id;
}

export async function insertAdult(tx: Writing, row: Writing['t']['person']['$inferInsert']): Promise<number> {
  const [inserted] = await tx.db.insert(tx.t.person).values(row).returning({ id: tx.t.person.id });
  return inserted!.id;
}

/** Lets an adult act as a guardian from a day on, unless that is so already. */
export async function assignGuardian(tx: Writing, personId: number, startsOn: PlainDate): Promise<void> {
  const { assignment: a } = tx.t;
  const held = await tx.db
    .select({ id: a.id })
    .from(a)
    .where(
      and(
        eq(a.personId, personId),
        eq(a.role, 'guardian'),
        lte(a.startsOn, startsOn),
        or(isNull(a.endsOn), gt(a.endsOn, startsOn)),
      ),
    )
    .limit(1);
  if (held.length === 0) await tx.db.insert(a).values({ personId, role: 'guardian', startsOn });
}

export async function insertGuardianship(
  tx: Writing,
  row: Writing['t']['guardianship']['$inferInsert'],
): Promise<void> {
  await tx.db.insert(tx.t.guardianship).values(row);
}

/** Takes a child into a centre's register; once is enough. */
export async function putRegistration(
  tx: Writing,
  row: { childId: number; centreId: number; registeredAt: Instant; registeredBy: number | null },
): Promise<void> {
  await tx.db.insert(tx.t.registration).values(row).onConflictDoNothing();
}
