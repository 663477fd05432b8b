import { and, eq, inArray, isNull, ne } from './sql.ts';
import type { Instant } from '../domain/calendar.ts';
import type { Writing } from './database.ts';

function assignmentsOf(tx: Writing, personId: number) {
  const { assignment: a } = tx.t;
  return tx.db.select({ id: a.id }).from(a).where(eq(a.personId, personId));
}

/** Ends a person's sessions on all devices, but for the one they act from, if told. */
export async function endSessionsOf(tx: Writing, personId: number, keepTokenHash?: string): Promise<void> {
  const { session: s } = tx.t;
  const all = inArray(s.assignmentId, assignmentsOf(tx, personId));
  await tx.db.delete(s).where(keepTokenHash === undefined ? all : and(all, ne(s.tokenHash, keepTokenHash)));
}

/** Revokes a person's API tokens. */
export async function revokeTokensOf(tx: Writing, personId: number, at: Instant): Promise<void> {
  const { apiToken: k } = tx.t;
  await tx.db
    .update(k)
    .set({ revokedAt: at })
    .where(and(inArray(k.assignmentId, assignmentsOf(tx, personId)), isNull(k.revokedAt)));
}
