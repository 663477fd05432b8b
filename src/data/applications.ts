import { and, asc, count, desc, eq, isNull } from './sql.ts';
import type { Instant } from '../domain/calendar.ts';
import { forUpdate, type Reading, type Writing } from './database.ts';

export type Application = Reading['t']['application']['$inferSelect'];
export type ApplicationDocument = Omit<
  Reading['t']['applicationDocument']['$inferSelect'],
  'id' | 'applicationId'
>;
export type Decision = Reading['t']['applicationDecision']['$inferSelect'];

export interface DecidedApplication {
  readonly application: Application;
  /** Null until the centre has decided. */
  readonly decision: Decision | null;
}

export async function insertApplication(
  tx: Writing,
  row: Writing['t']['application']['$inferInsert'],
  documents: readonly ApplicationDocument[],
): Promise<number> {
  const { application, applicationDocument } = tx.t;
  const [inserted] = await tx.db.insert(application).values(row).returning({ id: application.id });
  const applicationId = inserted!.id;
  if (documents.length > 0) {
    await tx.db.insert(applicationDocument).values(documents.map((each) => ({ ...each, applicationId })));
  }
  return applicationId;
}

function decided({ db, t }: Reading) {
  const { application: a, applicationDecision: d } = t;
  return db.select({ application: a, decision: d }).from(a).leftJoin(d, eq(d.applicationId, a.id));
}

/** What its applicant asks for, by the reference. */
export async function findApplicationByReference(
  tx: Reading,
  reference: string,
): Promise<DecidedApplication | undefined> {
  const [row] = await decided(tx).where(eq(tx.t.application.reference, reference));
  return row;
}

/** An application to one centre; to another one it does not exist. */
export async function findApplication(
  tx: Reading,
  id: number,
  centreId: number,
): Promise<DecidedApplication | undefined> {
  const { application: a } = tx.t;
  const [row] = await decided(tx).where(and(eq(a.id, id), eq(a.centreId, centreId)));
  return row;
}

export async function listDocuments(tx: Reading, applicationId: number): Promise<ApplicationDocument[]> {
  const { applicationDocument: d } = tx.t;
  return await tx.db
    .select({ kind: d.kind, number: d.number, issuedOn: d.issuedOn, expiresOn: d.expiresOn })
    .from(d)
    .where(eq(d.applicationId, applicationId))
    .orderBy(asc(d.id));
}

/** How many applications of a centre wait for its decision. */
export async function countWaitingApplications(tx: Reading, centreId: number): Promise<number> {
  const { application: a, applicationDecision: d } = tx.t;
  const [open] = await tx.db
    .select({ count: count() })
    .from(a)
    .leftJoin(d, eq(d.applicationId, a.id))
    .where(and(eq(a.centreId, centreId), isNull(d.applicationId)));
  return open?.count ?? 0;
}

/** One page of a centre's applications, newest first. */
export async function listApplications(
  tx: Reading,
  centreId: number,
  page: { offset: number; limit: number },
): Promise<{ applications: DecidedApplication[]; total: number; waiting: number }> {
  const { application: a } = tx.t;
  const [all] = await tx.db.select({ count: count() }).from(a).where(eq(a.centreId, centreId));
  const waiting = await countWaitingApplications(tx, centreId);
  const applications = await decided(tx)
    .where(eq(a.centreId, centreId))
    .orderBy(desc(a.submittedAt), desc(a.id))
    .limit(page.limit)
    .offset(page.offset);
  return { applications, total: all?.count ?? 0, waiting };
}

/** Locks an application of a centre for its decision: the second of two administrators waits, then sees the first's. */
export async function lockApplication(
  tx: Writing,
  id: number,
  centreId: number,
): Promise<DecidedApplication | undefined> {
  const { application: a, applicationDecision: d } = tx.t;
  const [application] = await forUpdate(
    tx,
    tx.db
      .select()
      .from(a)
      .where(and(eq(a.id, id), eq(a.centreId, centreId))),
  );
  if (!application) return undefined;
  const [decision] = await tx.db.select().from(d).where(eq(d.applicationId, id));
  return { application, decision: decision ?? null };
}

export async function insertDecision(
  tx: Writing,
  row: Writing['t']['applicationDecision']['$inferInsert'] & { at: Instant },
): Promise<void> {
  await tx.db.insert(tx.t.applicationDecision).values(row);
}

export async function insertEnrolment(
  tx: Writing,
  row: Writing['t']['enrolment']['$inferInsert'],
): Promise<number> {
  const { enrolment } = tx.t;
  const [inserted] = await tx.db.insert(enrolment).values(row).returning({ id: enrolment.id });
  return inserted!.id;
}

/** The application by which a child came to a centre, the newest if there were several. */
export async function findAcceptedApplication(
  tx: Reading,
  childId: number,
  centreId: number,
): Promise<{ id: number; submittedAt: Instant } | undefined> {
  const { application: a, applicationDecision: d } = tx.t;
  const [row] = await tx.db
    .select({ id: a.id, submittedAt: a.submittedAt })
    .from(d)
    .innerJoin(a, eq(a.id, d.applicationId))
    .where(and(eq(d.childId, childId), eq(a.centreId, centreId), eq(d.outcome, 'accepted')))
    .orderBy(desc(a.submittedAt), desc(a.id))
    .limit(1);
  return row;
}
