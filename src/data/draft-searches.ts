import { and, eq, isNull } from './sql.ts';
import type { Instant, PlainDate } from '../domain/calendar.ts';
import type { Incumbent } from '../domain/draft.ts';
import type { Reason } from '../domain/refusal.ts';
import { forUpdate, type Reading, type Writing } from './database.ts';

/** The search for a centre's draft, or the last one: see the table. */
export interface DraftSearch {
  readonly centreId: number;
  readonly key: string;
  readonly startsOn: PlainDate;
  readonly endsOn: PlainDate;
  readonly startedAt: Instant;
  readonly startedBy: number | null;
  readonly seconds: number;
  readonly heardAt: Instant;
  readonly best: Incumbent | null;
  readonly asked: 'keep' | 'discard' | null;
  readonly outcome: 'done' | 'cancelled' | 'failed' | null;
  readonly rosterId: number | null;
  readonly reason: Reason | null;
}

export async function findDraftSearch(tx: Reading, centreId: number): Promise<DraftSearch | undefined> {
  const { draftSearch: s } = tx.t;
  const [row] = await tx.db.select().from(s).where(eq(s.centreId, centreId));
  return row;
}

/** The same under a lock. */
export async function lockDraftSearch(tx: Writing, centreId: number): Promise<DraftSearch | undefined> {
  const { draftSearch: s } = tx.t;
  const [row] = await forUpdate(tx, tx.db.select().from(s).where(eq(s.centreId, centreId)));
  return row;
}

/** In place of the centre's last one. */
export async function putDraftSearch(tx: Writing, row: DraftSearch): Promise<void> {
  const { draftSearch: s } = tx.t;
  await tx.db.insert(s).values(row).onConflictDoUpdate({ target: s.centreId, set: row });
}

/** Changes a search that still runs; another one that took its place stays as it is. */
export async function updateDraftSearch(
  tx: Writing,
  { centreId, key }: Pick<DraftSearch, 'centreId' | 'key'>,
  set: Partial<Pick<DraftSearch, 'heardAt' | 'best' | 'asked' | 'outcome' | 'rosterId' | 'reason'>>,
): Promise<void> {
  const { draftSearch: s } = tx.t;
  await tx.db
    .update(s)
    .set(set)
    .where(and(eq(s.centreId, centreId), eq(s.key, key), isNull(s.outcome)));
}
