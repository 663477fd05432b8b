import { createHash, randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { addMinutes, dateAt, type Instant } from '../domain/calendar.ts';
import type { Actor } from '../domain/people.ts';
import { parseLogin } from '../domain/login.ts';
import { refuse } from '../domain/refusal.ts';
import {
  deleteSession,
  deleteSessionById,
  findAccount,
  findAccountById,
  insertApiToken,
  insertSession,
  listApiTokens,
  listAssignments,
  listSessions,
  revokeApiToken,
  updateLanguage,
  updatePassword,
  updateSessionAssignment,
  type Account,
  type Assignment,
} from '../data/accounts.ts';
import type { Database, Writing } from '../data/database.ts';
import type { Language } from '../domain/language.ts';
import { todayOf, type Work } from './perform.ts';

const HOUR = 60;
/** A shared computer's session ends with the working day; one's own phone stays signed in. */
const SHORT_MINUTES = 12 * HOUR;
const LONG_MINUTES = 90 * 24 * HOUR;
const TOKEN_MINUTES = 90 * 24 * HOUR;

/** Of a password that nobody has: an unknown account takes as long to refuse as a known one. */
const NOBODY =
  '$argon2id$v=19$m=19456,t=2,p=1$oWdGmwDbpI4IipFhi3la8Q$oDk0htlEykPl2WWTUEqiFNWoLpdDVjTU0qHeX2GXANI';

export function hashPassword(password: string): Promise<string> {
  return hash(password);
}

/** Tokens are 256 random bits; only their hash is stored. */
export function newToken(): { token: string; tokenHash: string } {
  const token = randomBytes(32).toString('base64url');
  return { token, tokenHash: hashToken(token) };
}

export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

interface Credentials {
  readonly login: string;
  readonly password: string;
}

/** The account and what it may act as; refuses `unauthenticated` alike for unknown accounts and wrong passwords. */
async function authenticate(
  database: Database,
  { login, password }: Credentials,
  now: Instant,
): Promise<{ account: Account; assignment: Assignment }> {
  const parsed = parseLogin(login);
  const found = parsed && (await database.read((tx) => findAccount(tx, parsed.value)));
  const right = await verify(found?.passwordHash ?? NOBODY, password).catch(() => false);
  if (!found?.passwordHash || !right) return refuse('unauthenticated');
  const [assignment] = await database.read((tx) => listAssignments(tx, found.personId, dateAt(now)));
  if (!assignment) return refuse('unauthenticated');
  return { account: found, assignment };
}

/** Opens a session for a browser and gives its token, of which only the hash is stored. */
export async function openSession(
  tx: Writing,
  input: {
    readonly assignmentId: number;
    readonly remember: boolean;
    readonly device: string;
    readonly now: Instant;
  },
): Promise<{ token: string; expiresAt: Instant }> {
  const { assignmentId, now } = input;
  const { token, tokenHash } = newToken();
  const expiresAt = addMinutes(now, input.remember ? LONG_MINUTES : SHORT_MINUTES);
  const device = input.device.slice(0, 200);
  await insertSession(tx, { tokenHash, assignmentId, createdAt: now, expiresAt, device });
  return { token, expiresAt };
}

/** Signs in for a browser. A new token at every sign-in; `remember` keeps one's own phone for 90 days. */
export async function signIn(
  database: Database,
  input: Credentials & { readonly remember: boolean; readonly device: string; readonly now: Instant },
): Promise<{ token: string; expiresAt: Instant; role: Assignment['role']; language: Language }> {
  const { now } = input;
  const { account, assignment } = await authenticate(database, input, now);
  const { token, expiresAt } = await database.write((tx) =>
    openSession(tx, { ...input, assignmentId: assignment.id }),
  );
  return { token, expiresAt, role: assignment.role, language: account.language };
}

export async function signOut(database: Database, token: string): Promise<void> {
  await database.write((tx) => deleteSession(tx, hashToken(token)));
}

export interface IssuedToken {
  readonly token: string;
  readonly expiresAt: Instant;
  readonly user: { id: number; name: string; role: Assignment['role'] };
}

/** A token for the JSON API from a login and password; it carries the role and scope of its owner. */
export async function issueToken(
  database: Database,
  input: Credentials & { readonly now: Instant; readonly label: string },
): Promise<IssuedToken> {
  const { account, assignment } = await authenticate(database, input, input.now);
  const { token, tokenHash } = newToken();
  const expiresAt = addMinutes(input.now, TOKEN_MINUTES);
  await database.write((tx) =>
    insertApiToken(tx, {
      tokenHash,
      assignmentId: assignment.id,
      label: input.label.slice(0, 100),
      createdAt: input.now,
      expiresAt,
      revokedAt: null,
    }),
  );
  return { token, expiresAt, user: { id: account.personId, name: account.name, role: assignment.role } };
}

/**
 * Another token for oneself, under the role one acts as. `token` is handed over outside of the answer, which is
 * remembered: tokens are stored nowhere. The id tells which of two tries, one of them taken back, was kept.
 */
export async function createToken(
  { tx, now, actor }: Work,
  { label, keep }: { label: string; keep: (made: { id: number; token: string }) => void },
): Promise<{ id: number }> {
  const { token, tokenHash } = newToken();
  const id = await insertApiToken(tx, {
    tokenHash,
    assignmentId: actor.assignmentId,
    label,
    createdAt: now,
    expiresAt: addMinutes(now, TOKEN_MINUTES),
    revokedAt: null,
  });
  keep({ id, token });
  return { id };
}

/** Changes one's password and ends all other sessions; a wrong current one is `invalid`. */
export async function changePassword(
  database: Database,
  input: {
    readonly personId: number;
    readonly current: string;
    readonly next: string;
    readonly keepTokenHash: string;
    readonly now: Instant;
  },
): Promise<void> {
  const found = await database.read((tx) => findAccountById(tx, input.personId));
  const right = await verify(found?.passwordHash ?? NOBODY, input.current).catch(() => false);
  if (!right) refuse('invalid');
  const passwordHash = await hashPassword(input.next);
  await database.write(async (tx) => {
    await updatePassword(tx, input.personId, passwordHash);
    for (const session of await listSessions(tx, input.personId, input.now)) {
      if (session.tokenHash !== input.keepTokenHash) await deleteSessionById(tx, session.id);
    }
  });
}

/** Ends one of one's own sessions, on any device. */
export async function endSession(
  { tx, now, actor }: Work,
  { sessionId }: { sessionId: number },
): Promise<void> {
  const own = await listSessions(tx, actor.personId, now);
  if (!own.some((session) => session.id === sessionId)) refuse('missing');
  await deleteSessionById(tx, sessionId);
}

/** Revokes one of one's own API tokens. */
export async function revokeToken({ tx, now, actor }: Work, { tokenId }: { tokenId: number }): Promise<void> {
  const own = await listApiTokens(tx, actor.personId, now);
  if (!own.some((token) => token.id === tokenId)) refuse('missing');
  await revokeApiToken(tx, tokenId, now);
}

/** Goes on under another of one's own roles in the same session. */
export async function switchRole(
  work: Work,
  { assignmentId, tokenHash }: { assignmentId: number; tokenHash: string },
): Promise<void> {
  const own = await listAssignments(work.tx, work.actor.personId, todayOf(work));
  if (!own.some((assignment) => assignment.id === assignmentId)) refuse('missing');
  await updateSessionAssignment(work.tx, tokenHash, assignmentId);
}

export async function setLanguage(database: Database, actor: Actor, language: Language): Promise<void> {
  await database.write((tx) => updateLanguage(tx, actor.personId, language));
}
