import { and, asc, between, count, eq, isNotNull } from './sql.ts';
import type { PlainDate } from '../domain/calendar.ts';
import type { NormSet } from '../domain/norms.ts';
import type { Category } from '../domain/people.ts';
import { FIRST_WORK_TERMS, type DatedWorkTerms } from '../domain/work-terms.ts';
import type { Reading, Tables, Writing } from './database.ts';
import { prepared } from './prepared.ts';

export interface StoredNorm extends NormSet {
  readonly id: number;
}

const norms = prepared<Record<string, never>, StoredNorm[]>(({ db, t: { norm: n } }) =>
  db
    .select({
      id: n.id,
      category: n.category,
      startsOn: n.startsOn,
      groupSize: n.groupSize,
      ratios: n.ratios,
      skills: n.skills,
      onCallBreakMinutes: n.onCallBreakMinutes,
      edgeStaff: n.edgeStaff,
      doubt: n.doubt,
    })
    .from(n)
    .orderBy(asc(n.category), asc(n.startsOn)),
);

/** Every set there is, by category and day. */
export function listNorms(tx: Reading): Promise<StoredNorm[]> {
  return norms(tx, {});
}

export async function countNorms(tx: Reading): Promise<number> {
  const [row] = await tx.db.select({ rows: count() }).from(tx.t.norm);
  return row?.rows ?? 0;
}

export async function insertNorms(
  tx: Writing,
  rows: readonly Omit<Tables['norm']['$inferInsert'], 'id'>[],
): Promise<void> {
  if (rows.length > 0) await tx.db.insert(tx.t.norm).values([...rows]);
}

/** Like insertNorms, where another process may just have done the same. */
export async function insertFirstNorms(
  tx: Writing,
  rows: readonly Omit<Tables['norm']['$inferInsert'], 'id'>[],
): Promise<void> {
  await tx.db
    .insert(tx.t.norm)
    .values([...rows])
    .onConflictDoNothing();
}

const workTerms = prepared<Record<string, never>, DatedWorkTerms[]>(({ db, t: { workTerms: w } }) =>
  db.select({ startsOn: w.startsOn, terms: w.terms, doubt: w.doubt }).from(w).orderBy(asc(w.startsOn)),
);

/** The country's settings of working time, by day. */
export async function listWorkTerms(tx: Reading): Promise<DatedWorkTerms[]> {
  const rows = await workTerms(tx, {});
  // Rows written before a setting was added keep its first value.
  return rows.map((row) => ({ ...row, terms: { ...FIRST_WORK_TERMS, ...row.terms } }));
}

export async function insertWorkTerms(
  tx: Writing,
  row: Omit<Tables['workTerms']['$inferInsert'], 'id'>,
): Promise<void> {
  await tx.db.insert(tx.t.workTerms).values(row).onConflictDoNothing();
}

/** Groups of a category with a published day in these days, of all centres. */
export async function listPublishedGroups(
  tx: Reading,
  which: { category: Category; from: PlainDate; to: PlainDate },
): Promise<number[]> {
  const { groupDay: d, careGroup: g } = tx.t;
  const rows = await tx.db
    .selectDistinct({ id: d.groupId })
    .from(d)
    .innerJoin(g, eq(g.id, d.groupId))
    .where(and(eq(g.category, which.category), between(d.date, which.from, which.to), isNotNull(d.rosterId)))
    .orderBy(asc(d.groupId));
  return rows.map((row) => row.id);
}
