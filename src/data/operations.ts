import { and, eq, lt, sql } from './sql.ts';
import type { Instant } from '../domain/calendar.ts';
import type { Reading, Writing } from './database.ts';
import { prepared } from './prepared.ts';

export interface StoredOperation {
  readonly bodyHash: string;
  readonly answer: unknown;
  readonly at: Instant;
}

const byKey = prepared<{ personId: number; route: string; key: string }, StoredOperation[]>(({ db, t }) =>
  db
    .select({ bodyHash: t.operation.bodyHash, answer: t.operation.answer, at: t.operation.at })
    .from(t.operation)
    .where(
      and(
        eq(t.operation.personId, sql.placeholder('personId')),
        eq(t.operation.route, sql.placeholder('route')),
        eq(t.operation.key, sql.placeholder('key')),
      ),
    ),
);

export async function findOperation(
  tx: Reading,
  personId: number,
  route: string,
  key: string,
): Promise<StoredOperation | undefined> {
  return (await byKey(tx, { personId, route, key }))[0];
}

const inserted = prepared<Record<string, unknown>, unknown>(({ db, t }) =>
  db.insert(t.operation).values({
    personId: sql.placeholder('personId'),
    route: sql.placeholder('route'),
    key: sql.placeholder('key'),
    bodyHash: sql.placeholder('bodyHash'),
    answer: sql.placeholder('answer'),
    at: sql.placeholder('at') as never,
  }),
);

export async function insertOperation(
  tx: Writing,
  row: { personId: number; route: string; key: string; bodyHash: string; answer: unknown; at: Instant },
): Promise<void> {
  await inserted(tx, row);
}

export async function deleteOperation(
  tx: Writing,
  personId: number,
  route: string,
  key: string,
): Promise<void> {
  const { operation: o } = tx.t;
  await tx.db.delete(o).where(and(eq(o.personId, personId), eq(o.route, route), eq(o.key, key)));
}

export async function deleteOperationsBefore(tx: Writing, instant: Instant): Promise<void> {
  await tx.db.delete(tx.t.operation).where(lt(tx.t.operation.at, instant));
}
