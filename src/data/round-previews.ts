import { desc, eq } from './sql.ts';
import type { Instant } from '../domain/calendar.ts';
import type { Reading, Writing } from './database.ts';

export interface Preview {
  readonly id: number;
  readonly roundId: number;
  readonly rule: 'stable' | 'common' | 'strict';
  readonly madeAt: Instant;
  readonly madeBy: number | null;
  readonly madeByName: string | null;
  readonly approvedAt: Instant | null;
  readonly approvedBy: number | null;
}

function previewColumns(t: Reading['t']) {
  const { allocationPreview: p, allocationApproval: a, person } = t;
  return {
    id: p.id,
    roundId: p.roundId,
    rule: p.rule,
    madeAt: p.madeAt,
    madeBy: p.madeBy,
    madeByName: person.name,
    approvedAt: a.at,
    approvedBy: a.by,
  };
}

/** The newest previews of a round, without what they computed. */
export async function listPreviews(tx: Reading, roundId: number, limit: number): Promise<Preview[]> {
  const { allocationPreview: p, allocationApproval: a, person } = tx.t;
  return await tx.db
    .select(previewColumns(tx.t))
    .from(p)
    .leftJoin(a, eq(a.previewId, p.id))
    .leftJoin(person, eq(person.id, p.madeBy))
    .where(eq(p.roundId, roundId))
    .orderBy(desc(p.id))
    .limit(limit);
}

/** A preview with its stored input and result, which are JSON of whoever wrote them. */
export async function findPreview(
  tx: Reading,
  id: number,
): Promise<(Preview & { readonly input: unknown; readonly result: unknown }) | undefined> {
  const { allocationPreview: p, allocationApproval: a, person } = tx.t;
  const [row] = await tx.db
    .select({ ...previewColumns(tx.t), input: p.input, result: p.result })
    .from(p)
    .leftJoin(a, eq(a.previewId, p.id))
    .leftJoin(person, eq(person.id, p.madeBy))
    .where(eq(p.id, id));
  return row;
}

export async function insertPreview(
  tx: Writing,
  row: Writing['t']['allocationPreview']['$inferInsert'],
): Promise<number> {
  const [inserted] = await tx.db
    .insert(tx.t.allocationPreview)
    .values(row)
    .returning({ id: tx.t.allocationPreview.id });
  return inserted!.id;
}

export async function insertApproval(
  tx: Writing,
  row: { previewId: number; at: Instant; by: number | null },
): Promise<void> {
  await tx.db.insert(tx.t.allocationApproval).values(row);
}
