import { and, eq, sql } from './sql.ts';
import type { Instant, PlainDate } from '../domain/calendar.ts';
import type { DraftOutcome, Shortage } from '../domain/draft.ts';
import { forUpdate, type Reading, type Writing } from './database.ts';
import { prepared } from './prepared.ts';

export interface StoredRoster {
  readonly id: number;
  readonly centreId: number;
  readonly startsOn: PlainDate;
  readonly endsOn: PlainDate;
  readonly madeAt: Instant;
  readonly version: number;
  /** Rosters that held on its days when it was made. */
  readonly basis: readonly number[];
  readonly outcome: DraftOutcome | null;
  /** Null while it is a draft. */
  readonly publishedAt: Instant | null;
  readonly shortages: readonly Shortage[] | null;
}

function rosterQuery({ db, t }: Pick<Reading, 'db' | 't'>) {
  const { roster: r, rosterPublication: p } = t;
  return db
    .select({
      id: r.id,
      centreId: r.centreId,
      startsOn: r.startsOn,
      endsOn: r.endsOn,
      madeAt: r.madeAt,
      version: r.version,
      basis: r.basis,
      outcome: r.outcome,
      publishedAt: p.publishedAt,
      shortages: p.shortages,
    })
    .from(r)
    .leftJoin(p, eq(p.rosterId, r.id));
}

const byId = prepared((parts) => rosterQuery(parts).where(eq(parts.t.roster.id, sql.placeholder('id'))));

export async function findRoster(tx: Reading, id: number): Promise<StoredRoster | undefined> {
  const [row] = await byId(tx, { id });
  return row && { ...row, basis: row.basis ?? [] };
}

/** Rosters of a centre that touch some days, drafts too, the newest first. */
export async function listRosters(
  tx: Reading,
  which: { centreId: number; from: PlainDate; to: PlainDate },
): Promise<StoredRoster[]> {
  const { roster: r } = tx.t;
  const rows = await rosterQuery(tx)
    .where(
      and(
        eq(r.centreId, which.centreId),
        sql`${r.startsOn} <= ${which.to}`,
        sql`${r.endsOn} >= ${which.from}`,
      ),
    )
    .orderBy(sql`${r.id} desc`);
  return rows.map((row) => ({ ...row, basis: row.basis ?? [] }));
}

/** Locks a roster's row: one edit or publication of it at a time. */
export async function lockRoster(tx: Writing, id: number): Promise<void> {
  const { roster: r } = tx.t;
  await forUpdate(tx, tx.db.select({ id: r.id }).from(r).where(eq(r.id, id)));
}

export async function insertRoster(
  tx: Writing,
  row: {
    centreId: number;
    startsOn: PlainDate;
    endsOn: PlainDate;
    madeAt: Instant;
    madeBy: number | null;
    basis: number[];
    outcome: DraftOutcome | null;
  },
): Promise<number> {
  const [inserted] = await tx.db.insert(tx.t.roster).values(row).returning({ id: tx.t.roster.id });
  return inserted!.id;
}

export async function countEdit(tx: Writing, rosterId: number): Promise<void> {
  const { roster: r } = tx.t;
  await tx.db
    .update(r)
    .set({ version: sql`${r.version} + 1` })
    .where(eq(r.id, rosterId));
}

export async function insertPublication(
  tx: Writing,
  row: { rosterId: number; publishedAt: Instant; publishedBy: number | null; shortages: Shortage[] },
): Promise<void> {
  await tx.db.insert(tx.t.rosterPublication).values(row);
}
