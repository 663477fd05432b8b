import { and, desc, eq, gt, inArray, isNull, lt, sql } from './sql.ts';
import type { Instant } from '../domain/calendar.ts';
import { forUpdate, type Reading, type Writing } from './database.ts';

export type OneTimeCode = Reading['t']['oneTimeCode']['$inferSelect'];
export type CodePurpose = OneTimeCode['purpose'];

/** After so many wrong tries a code is worth nothing. */
const MOST_WRONG_TRIES = 5;

export async function insertCode(
  tx: Writing,
  row: Writing['t']['oneTimeCode']['$inferInsert'],
): Promise<void> {
  await tx.db.insert(tx.t.oneTimeCode).values(row);
}

function live({ oneTimeCode: c }: Reading['t'], now: Instant) {
  return and(isNull(c.usedAt), gt(c.expiresAt, now), lt(c.wrongTries, MOST_WRONG_TRIES));
}

/** The newest code of a person that still works, locked: two tries at once are two tries. */
export async function lockLiveCode(
  tx: Writing,
  personId: number,
  purpose: CodePurpose,
  now: Instant,
): Promise<OneTimeCode | undefined> {
  const { oneTimeCode: c } = tx.t;
  const [row] = await forUpdate(
    tx,
    tx.db
      .select()
      .from(c)
      .where(and(eq(c.personId, personId), eq(c.purpose, purpose), live(tx.t, now)))
      .orderBy(desc(c.id))
      .limit(1),
  );
  return row;
}

/** A link or a slip that still works, by the hash of its secret. */
export async function findLiveCode(
  tx: Reading,
  purpose: CodePurpose,
  codeHash: string,
  now: Instant,
): Promise<OneTimeCode | undefined> {
  const { oneTimeCode: c } = tx.t;
  const [row] = await tx.db
    .select()
    .from(c)
    .where(and(eq(c.codeHash, codeHash), eq(c.purpose, purpose), live(tx.t, now)));
  return row;
}

/** Uses a code up; false when somebody was quicker. */
export async function useCode(tx: Writing, id: number, at: Instant): Promise<boolean> {
  const { oneTimeCode: c } = tx.t;
  const used = await tx.db
    .update(c)
    .set({ usedAt: at })
    .where(and(eq(c.id, id), isNull(c.usedAt)))
    .returning({ id: c.id });
  return used.length > 0;
}

export async function countWrongTry(tx: Writing, id: number): Promise<void> {
  const { oneTimeCode: c } = tx.t;
  await tx.db
    .update(c)
    .set({ wrongTries: sql`${c.wrongTries} + 1` })
    .where(eq(c.id, id));
}

/** Takes back what a person was given before: a new code replaces the old ones. */
export async function withdrawCodes(
  tx: Writing,
  personId: number,
  purposes: readonly CodePurpose[],
  at: Instant,
): Promise<void> {
  const { oneTimeCode: c } = tx.t;
  await tx.db
    .update(c)
    .set({ usedAt: at })
    .where(and(eq(c.personId, personId), inArray(c.purpose, [...purposes]), isNull(c.usedAt)));
}
