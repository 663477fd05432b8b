import { and, asc, desc, eq, exists, gt, isNotNull, isNull, lte, or, sql } from './sql.ts';
import type { Instant, PlainDate } from '../domain/calendar.ts';
import type { Language } from '../domain/language.ts';
import type { Actor, Role } from '../domain/people.ts';
import type { Reading, Writing } from './database.ts';
import { prepared } from './prepared.ts';
import { holdsOn } from './dated.ts';

export interface Account {
  readonly personId: number;
  readonly name: string;
  readonly language: Language;
  readonly passwordHash: string | null;
}

/**
 * By login or by phone; a phone that two people share signs nobody in. Whoever has a phone, no login and no role (an adult
 * who only collects a child) does not count: naming a number must not lock its owner out.
 */
export async function findAccount(tx: Reading, login: string): Promise<Account | undefined> {
  const { person: p, assignment: a } = tx.t;
  const acts = exists(
    tx.db
      .select({ one: sql`1` })
      .from(a)
      .where(eq(a.personId, p.id)),
  );
  const rows = await tx.db
    .select({
      personId: p.id,
      name: p.name,
      language: p.language,
      passwordHash: p.passwordHash,
      login: p.login,
    })
    .from(p)
    .where(or(eq(p.login, login), and(eq(p.phone, login), or(isNotNull(p.login), acts))))
    .limit(3);
  return rows.find((row) => row.login === login) ?? (rows.length === 1 ? rows[0] : undefined);
}

export async function findAccountById(tx: Reading, personId: number): Promise<Account | undefined> {
  const { person: p } = tx.t;
  const [row] = await tx.db
    .select({ personId: p.id, name: p.name, language: p.language, passwordHash: p.passwordHash })
    .from(p)
    .where(eq(p.id, personId));
  return row;
}

export interface Assignment {
  readonly id: number;
  readonly role: Role;
  readonly regionCode: string | null;
  readonly centreId: number | null;
}

/** What a person may act as on a day, widest first. */
export async function listAssignments(tx: Reading, personId: number, on: PlainDate): Promise<Assignment[]> {
  const { assignment: a } = tx.t;
  const widest = sql`case ${a.role} when 'system_admin' then 0 when 'regional_manager' then 1 when 'centre_admin' then 2 when 'centre_staff' then 3 else 4 end`;
  return await tx.db
    .select({ id: a.id, role: a.role, regionCode: a.regionCode, centreId: a.centreId })
    .from(a)
    .where(and(eq(a.personId, personId), holdsOn(a, on)))
    .orderBy(widest, asc(a.id));
}

/** Somebody signed in: who, as what, until when. */
export interface Session {
  readonly id: number;
  readonly actor: Actor;
  readonly language: Language;
  readonly expiresAt: Instant;
}

interface SessionRow {
  id: number;
  personId: number;
  name: string;
  language: Language;
  assignmentId: number;
  role: Role;
  regionCode: string | null;
  centreId: number | null;
  expiresAt: Instant;
}

interface TokenParams extends Record<string, unknown> {
  tokenHash: string;
  now: Instant;
  on: PlainDate;
}

const sessionOf = ({ id, language, expiresAt, ...actor }: SessionRow): Session => ({
  id,
  actor,
  language,
  expiresAt,
});

function actorColumns(t: Reading['t']) {
  return {
    personId: t.person.id,
    name: t.person.name,
    language: t.person.language,
    assignmentId: t.assignment.id,
    role: t.assignment.role,
    regionCode: t.assignment.regionCode,
    centreId: t.assignment.centreId,
  };
}

function inForce(t: Reading['t']) {
  return holdsOn(t.assignment, sql.placeholder('on'));
}

const sessionByToken = prepared<TokenParams, SessionRow[]>(({ db, t }) =>
  db
    .select({ id: t.session.id, expiresAt: t.session.expiresAt, ...actorColumns(t) })
    .from(t.session)
    .innerJoin(t.assignment, eq(t.assignment.id, t.session.assignmentId))
    .innerJoin(t.person, eq(t.person.id, t.assignment.personId))
    .where(
      and(
        eq(t.session.tokenHash, sql.placeholder('tokenHash')),
        gt(t.session.expiresAt, sql.placeholder('now')),
        inForce(t),
      ),
    ),
);

export async function findSession(
  tx: Reading,
  tokenHash: string,
  now: Instant,
  on: PlainDate,
): Promise<Session | undefined> {
  const [row] = await sessionByToken(tx, { tokenHash, now, on });
  return row && sessionOf(row);
}

const apiTokenByHash = prepared<TokenParams, SessionRow[]>(({ db, t }) =>
  db
    .select({ id: t.apiToken.id, expiresAt: t.apiToken.expiresAt, ...actorColumns(t) })
    .from(t.apiToken)
    .innerJoin(t.assignment, eq(t.assignment.id, t.apiToken.assignmentId))
    .innerJoin(t.person, eq(t.person.id, t.assignment.personId))
    .where(
      and(
        eq(t.apiToken.tokenHash, sql.placeholder('tokenHash')),
        gt(t.apiToken.expiresAt, sql.placeholder('now')),
        isNull(t.apiToken.revokedAt),
        inForce(t),
      ),
    ),
);

export async function findApiToken(
  tx: Reading,
  tokenHash: string,
  now: Instant,
  on: PlainDate,
): Promise<Session | undefined> {
  const [row] = await apiTokenByHash(tx, { tokenHash, now, on });
  return row && sessionOf(row);
}

export async function insertSession(
  tx: Writing,
  row: Writing['t']['session']['$inferInsert'],
): Promise<void> {
  await tx.db.insert(tx.t.session).values(row);
}

export async function deleteSession(tx: Writing, tokenHash: string): Promise<void> {
  await tx.db.delete(tx.t.session).where(eq(tx.t.session.tokenHash, tokenHash));
}

export async function deleteExpiredSessions(tx: Writing, now: Instant): Promise<void> {
  await tx.db.delete(tx.t.session).where(lte(tx.t.session.expiresAt, now));
}

/** A person's sessions on all devices, newest first. */
export async function listSessions(tx: Reading, personId: number, now: Instant) {
  const { session: s, assignment: a } = tx.t;
  return await tx.db
    .select({
      id: s.id,
      device: s.device,
      createdAt: s.createdAt,
      expiresAt: s.expiresAt,
      tokenHash: s.tokenHash,
    })
    .from(s)
    .innerJoin(a, eq(a.id, s.assignmentId))
    .where(and(eq(a.personId, personId), gt(s.expiresAt, now)))
    .orderBy(desc(s.id));
}

export async function deleteSessionById(tx: Writing, id: number): Promise<void> {
  await tx.db.delete(tx.t.session).where(eq(tx.t.session.id, id));
}

export async function updateSessionAssignment(
  tx: Writing,
  tokenHash: string,
  assignmentId: number,
): Promise<void> {
  await tx.db.update(tx.t.session).set({ assignmentId }).where(eq(tx.t.session.tokenHash, tokenHash));
}

export async function insertApiToken(
  tx: Writing,
  row: Writing['t']['apiToken']['$inferInsert'],
): Promise<number> {
  const [inserted] = await tx.db.insert(tx.t.apiToken).values(row).returning({ id: tx.t.apiToken.id });
  return inserted!.id;
}

/** A person's API tokens that still work, newest first. */
export async function listApiTokens(tx: Reading, personId: number, now: Instant) {
  const { apiToken: k, assignment: a } = tx.t;
  return await tx.db
    .select({ id: k.id, label: k.label, createdAt: k.createdAt, expiresAt: k.expiresAt })
    .from(k)
    .innerJoin(a, eq(a.id, k.assignmentId))
    .where(and(eq(a.personId, personId), gt(k.expiresAt, now), isNull(k.revokedAt)))
    .orderBy(desc(k.id));
}

export async function revokeApiToken(tx: Writing, id: number, at: Instant): Promise<void> {
  await tx.db.update(tx.t.apiToken).set({ revokedAt: at }).where(eq(tx.t.apiToken.id, id));
}

export async function updateLanguage(tx: Writing, personId: number, language: Language): Promise<void> {
  await tx.db.update(tx.t.person).set({ language }).where(eq(tx.t.person.id, personId));
}

export async function updatePassword(tx: Writing, personId: number, passwordHash: string): Promise<void> {
  await tx.db.update(tx.t.person).set({ passwordHash }).where(eq(tx.t.person.id, personId));
}

/** How many people there are; 0 in a new database. */
export async function countPeople(tx: Reading): Promise<number> {
  const [row] = await tx.db.select({ count: sql<number>`count(*)`.mapWith(Number) }).from(tx.t.person);
  return row?.count ?? 0;
}
