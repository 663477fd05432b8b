import { and, asc, desc, eq, inArray, isNull } from './sql.ts';
import type { CandidacyState, CandidatePaper } from '../domain/candidacy.ts';
import type { Instant, PlainDate } from '../domain/calendar.ts';
import { forUpdate, type Reading, type Writing } from './database.ts';

type Row = Reading['t']['candidacy']['$inferSelect'];

export type Candidacy = Row & { readonly centreId: number };

/** A step that was taken; its state is one of ours. */
export interface CandidacyStep {
  readonly id: number;
  readonly candidacyId: number;
  readonly state: CandidacyState;
  readonly at: Instant;
  readonly note: string;
  readonly heldAt: Instant | null;
  readonly staffId: number | null;
}

export interface StoredPaper {
  readonly id: number;
  readonly candidacyId: number;
  readonly kind: CandidatePaper;
  readonly institution: string;
  readonly issuedOn: PlainDate;
  readonly validUntil: PlainDate | null;
}

function candidacyQuery({ db, t }: Reading) {
  const { candidacy: c, vacancy: v } = t;
  return db.select({ candidacy: c, centreId: v.centreId }).from(c).innerJoin(v, eq(v.id, c.vacancyId));
}

const joined = ({ candidacy, centreId }: { candidacy: Row; centreId: number }): Candidacy => ({
  ...candidacy,
  centreId,
});

export async function findCandidacy(tx: Reading, id: number): Promise<Candidacy | undefined> {
  const [row] = await candidacyQuery(tx).where(eq(tx.t.candidacy.id, id));
  return row && joined(row);
}

/** Locked: its steps and papers are written one after another. */
export async function lockCandidacy(tx: Writing, id: number): Promise<Candidacy | undefined> {
  const { candidacy: c } = tx.t;
  const [row] = await forUpdate(tx, tx.db.select().from(c).where(eq(c.id, id)));
  return row && (await findCandidacy(tx, id));
}

export async function findLiveCandidacy(
  tx: Reading,
  vacancyId: number,
  personId: number,
): Promise<{ id: number } | undefined> {
  const { candidacy: c } = tx.t;
  const [row] = await tx.db
    .select({ id: c.id })
    .from(c)
    .where(and(eq(c.vacancyId, vacancyId), eq(c.personId, personId), isNull(c.endedAt)));
  return row;
}

/** Somebody's own candidacies, the newest first. */
export async function listCandidaciesOf(tx: Reading, personId: number): Promise<Candidacy[]> {
  const { candidacy: c } = tx.t;
  const rows = await candidacyQuery(tx).where(eq(c.personId, personId)).orderBy(desc(c.id));
  return rows.map(joined);
}

/** Those who apply for a vacancy, by name, as only its centre's administrators see them. */
export async function listCandidates(
  tx: Reading,
  vacancyId: number,
): Promise<{ id: number; name: string; submittedAt: Instant; endedAt: Instant | null }[]> {
  const { candidacy: c, person: p } = tx.t;
  return await tx.db
    .select({ id: c.id, name: p.name, submittedAt: c.submittedAt, endedAt: c.endedAt })
    .from(c)
    .innerJoin(p, eq(p.id, c.personId))
    .where(eq(c.vacancyId, vacancyId))
    .orderBy(asc(c.submittedAt), asc(c.id));
}

export async function insertCandidacy(
  tx: Writing,
  row: Omit<Writing['t']['candidacy']['$inferInsert'], 'id'>,
): Promise<number> {
  const { candidacy: c } = tx.t;
  const [inserted] = await tx.db.insert(c).values(row).returning({ id: c.id });
  return inserted!.id;
}

export async function endCandidacy(tx: Writing, id: number, at: Instant): Promise<void> {
  await tx.db.update(tx.t.candidacy).set({ endedAt: at }).where(eq(tx.t.candidacy.id, id));
}

export async function insertStep(
  tx: Writing,
  row: Omit<Writing['t']['candidacyStep']['$inferInsert'], 'id' | 'state'> & { state: CandidacyState },
): Promise<void> {
  await tx.db.insert(tx.t.candidacyStep).values(row);
}

/** Every step of some candidacies in the order in which they were taken. */
export async function listSteps(tx: Reading, candidacyIds: readonly number[]): Promise<CandidacyStep[]> {
  const { candidacyStep: s } = tx.t;
  if (candidacyIds.length === 0) return [];
  const rows = await tx.db
    .select({
      id: s.id,
      candidacyId: s.candidacyId,
      state: s.state,
      at: s.at,
      note: s.note,
      heldAt: s.heldAt,
      staffId: s.staffId,
    })
    .from(s)
    .where(inArray(s.candidacyId, [...candidacyIds]))
    .orderBy(asc(s.candidacyId), asc(s.id));
  return rows as CandidacyStep[];
}

/** The last step of each: how it stands. */
export async function listStates(
  tx: Reading,
  candidacyIds: readonly number[],
): Promise<Map<number, CandidacyStep>> {
  return new Map((await listSteps(tx, candidacyIds)).map((step) => [step.candidacyId, step]));
}

export async function listPapers(tx: Reading, candidacyIds: readonly number[]): Promise<StoredPaper[]> {
  const { candidacyPaper: p } = tx.t;
  if (candidacyIds.length === 0) return [];
  const rows = await tx.db
    .select()
    .from(p)
    .where(inArray(p.candidacyId, [...candidacyIds]))
    .orderBy(asc(p.candidacyId), asc(p.id));
  return rows as StoredPaper[];
}

export async function insertPaper(tx: Writing, row: Omit<StoredPaper, 'id'>): Promise<void> {
  await tx.db.insert(tx.t.candidacyPaper).values(row);
}

/** Takes a paper of a candidacy away; another's stays. */
export async function deletePaper(tx: Writing, candidacyId: number, id: number): Promise<void> {
  const { candidacyPaper: p } = tx.t;
  await tx.db.delete(p).where(and(eq(p.id, id), eq(p.candidacyId, candidacyId)));
}
