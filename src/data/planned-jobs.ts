import { and, asc, eq, inArray, lte, sql } from './sql.ts';
import type { Instant } from '../domain/calendar.ts';
import type { JobKind, JobPlan, Reading, Writing } from './database.ts';

export type { JobKind } from './database.ts';

export interface Job {
  readonly id: number;
  readonly kind: JobKind;
  readonly key: string;
  readonly payload: unknown;
  readonly runAt: Instant;
  readonly attempts: number;
}

/** Plans a job in the transaction that makes it necessary; one that waits already runs at this time instead. */
export function planJob(tx: Writing, plan: JobPlan): void {
  tx.plans.push(plan);
}

const inOrder = (a: JobPlan, b: JobPlan) => (`${a.kind} ${a.key}` < `${b.kind} ${b.key}` ? -1 : 1);

/**
 * Writes what was planned, at the end of the transaction and in one order: all who free or ask for something of a group
 * plan the same few rows, and whoever held one while waiting for a queue's lock would stop those who have the queue.
 */
async function writePlans(tx: Writing): Promise<void> {
  const { job: j } = tx.t;
  const latest = new Map(tx.plans.map((plan) => [`${plan.kind} ${plan.key}`, plan]));
  for (const { kind, key, runAt, payload = null } of [...latest.values()].toSorted(inOrder)) {
    await tx.db
      .insert(j)
      .values({ kind, key, runAt, payload, attempts: 0 })
      .onConflictDoUpdate({ target: [j.kind, j.key], set: { runAt, attempts: 0 } });
  }
}

/** The work of a transaction that may write, and what it plans. */
export async function withPlans<T>(connection: Reading, work: (tx: Writing) => Promise<T>): Promise<T> {
  const tx = { ...connection, plans: [] as JobPlan[] } as unknown as Writing;
  const result = await work(tx);
  await writePlans(tx);
  return result;
}

export async function hasDueJob(tx: Reading, now: Instant): Promise<boolean> {
  const { job: j } = tx.t;
  const rows = await tx.db.select({ id: j.id }).from(j).where(lte(j.runAt, now)).limit(1);
  return rows.length > 0;
}

/** Takes due jobs for a while: whoever has them runs them; after a crash they are due again at `until`. */
export async function leaseJobs(tx: Writing, now: Instant, until: Instant, limit: number): Promise<Job[]> {
  const { job: j } = tx.t;
  const query = tx.db.select().from(j).where(lte(j.runAt, now)).orderBy(asc(j.runAt), asc(j.id)).limit(limit);
  const rows = await (tx.dialect === 'postgres' ? query.for('update', { skipLocked: true }) : query);
  if (rows.length === 0) return [];
  await tx.db
    .update(j)
    .set({ runAt: until, attempts: sql`${j.attempts} + 1` })
    .where(
      inArray(
        j.id,
        rows.map((row) => row.id),
      ),
    );
  return rows.map((row) => ({ ...row, kind: row.kind as JobKind, runAt: until, attempts: row.attempts + 1 }));
}

/** Done, unless it was planned again meanwhile: then it stays. */
export async function finishJob(tx: Writing, job: Job): Promise<void> {
  const { job: j } = tx.t;
  await tx.db.delete(j).where(and(eq(j.id, job.id), eq(j.runAt, job.runAt)));
}

export async function failJob(tx: Writing, job: Job, runAt: Instant, error: string): Promise<void> {
  const { job: j } = tx.t;
  await tx.db
    .update(j)
    .set({ runAt, lastError: error })
    .where(and(eq(j.id, job.id), eq(j.runAt, job.runAt)));
}

export async function findJob(tx: Reading, kind: JobKind, key: string): Promise<Job | undefined> {
  const { job: j } = tx.t;
  const [row] = await tx.db
    .select()
    .from(j)
    .where(and(eq(j.kind, kind), eq(j.key, key)));
  return row && { ...row, kind: row.kind as JobKind };
}

/** Never due: rows in which the runner keeps when it last looked at the clock, and chores what they have done. */
const NEVER = '9999-12-31T00:00:00.000Z' as Instant;

export async function putWatch(tx: Writing, payload: unknown, key = 'clock'): Promise<void> {
  const { job: j } = tx.t;
  await tx.db
    .insert(j)
    .values({ kind: 'watch', key, payload, runAt: NEVER, attempts: 0 })
    .onConflictDoUpdate({ target: [j.kind, j.key], set: { payload } });
}
