import { and, asc, eq, gte, inArray, isNull, lte, or } from './sql.ts';
import type { PlainDate } from '../domain/calendar.ts';
import { among } from './among.ts';
import { chunksOf } from './claims.ts';
import { forUpdate, type Reading, type Tables, type Writing } from './database.ts';

export type Staff = Tables['staff']['$inferSelect'];
export type NewStaff = Omit<Tables['staff']['$inferInsert'], 'id'>;
export type Qualification = Tables['staffQualification']['$inferSelect'];

/** Staff of a centre by name; those only who work there on some day of a span, where one is given. */
export async function listStaff(
  tx: Reading,
  centreId: number,
  span?: { from: PlainDate; to: PlainDate },
): Promise<Staff[]> {
  const { staff: s } = tx.t;
  const employed = span && and(lte(s.startsOn, span.to), or(isNull(s.endsOn), gte(s.endsOn, span.from)));
  return await tx.db
    .select()
    .from(s)
    .where(and(eq(s.centreId, centreId), employed))
    .orderBy(asc(s.searchName), asc(s.id));
}

export async function listStaffById(tx: Reading, ids: readonly number[]): Promise<Staff[]> {
  const rows: Staff[] = [];
  for (const chunk of chunksOf([...new Set(ids)]))
    rows.push(
      ...(await tx.db.select().from(tx.t.staff).where(inArray(tx.t.staff.id, chunk)).orderBy(asc(tx.t.staff.id))),
    );
  return rows;
}

export async function findStaff(tx: Reading, id: number): Promise<Staff | undefined> {
  const [row] = await tx.db.select().from(tx.t.staff).where(eq(tx.t.staff.id, id));
  return row;
}

export async function lockStaff(tx: Writing, id: number): Promise<Staff | undefined> {
  const query = tx.db.select().from(tx.t.staff).where(eq(tx.t.staff.id, id));
  const [row] = await forUpdate(tx, query);
  return row;
}

export async function insertStaff(tx: Writing, row: NewStaff): Promise<number> {
  const [inserted] = await tx.db.insert(tx.t.staff).values(row).returning({ id: tx.t.staff.id });
  return inserted!.id;
}

export async function updateStaff(tx: Writing, id: number, change: Partial<NewStaff>): Promise<void> {
  await tx.db.update(tx.t.staff).set(change).where(eq(tx.t.staff.id, id));
}

/** Every contract of some persons, of any centre. */
export async function listContractsOf(
  tx: Reading,
  personIds: readonly number[],
): Promise<{ id: number; personId: number; centreId: number }[]> {
  const rows: { id: number; personId: number | null; centreId: number }[] = [];
  const { staff: s } = tx.t;
  for (const chunk of chunksOf([...new Set(personIds)]))
    rows.push(
      ...(await tx.db
        .select({ id: s.id, personId: s.personId, centreId: s.centreId })
        .from(s)
        .where(inArray(s.personId, chunk))
        .orderBy(asc(s.id))),
    );
  return rows.flatMap(({ personId, ...row }) => (personId === null ? [] : [{ ...row, personId }]));
}

export interface Leave {
  readonly id: number;
  readonly staffId: number;
  readonly startsOn: PlainDate;
  readonly endsOn: PlainDate;
  readonly kind: Tables['staffLeave']['$inferSelect']['kind'];
  readonly requestedAt: Tables['staffLeave']['$inferSelect']['requestedAt'];
  /** Null while nobody has decided. */
  readonly outcome: 'approved' | 'refused' | 'withdrawn' | null;
  readonly note: string | null;
}

/** Whether leave holds: approved, or come as settled from an import. */
export function leaveHolds({ requestedAt, outcome }: Pick<Leave, 'requestedAt' | 'outcome'>): boolean {
  return outcome === 'approved' || (requestedAt === null && outcome === null);
}

function leaveQuery({ db, t }: Pick<Reading, 'db' | 't'>) {
  const { staffLeave: l, staffLeaveDecision: d } = t;
  return db
    .select({
      id: l.id,
      staffId: l.staffId,
      startsOn: l.startsOn,
      endsOn: l.endsOn,
      kind: l.kind,
      requestedAt: l.requestedAt,
      outcome: d.outcome,
      note: d.note,
    })
    .from(l)
    .leftJoin(d, eq(d.leaveId, l.id));
}

/** Leave of some staff, decided or not, that touches some days; all of it without them. */
export async function listLeaveOf(
  tx: Reading,
  staffIds: readonly number[],
  span?: { from: PlainDate; to: PlainDate },
): Promise<Leave[]> {
  const { staffLeave: l } = tx.t;
  return await leaveQuery(tx)
    .where(
      and(among(tx, l.staffId, staffIds), span && and(lte(l.startsOn, span.to), gte(l.endsOn, span.from))),
    )
    .orderBy(asc(l.startsOn), asc(l.id));
}

export async function findLeave(tx: Reading, id: number): Promise<Leave | undefined> {
  const [row] = await leaveQuery(tx).where(eq(tx.t.staffLeave.id, id));
  return row;
}

export async function insertLeave(
  tx: Writing,
  row: Omit<Tables['staffLeave']['$inferInsert'], 'id'>,
): Promise<number> {
  const [inserted] = await tx.db.insert(tx.t.staffLeave).values(row).returning({ id: tx.t.staffLeave.id });
  return inserted!.id;
}

/** One decision holds; a withdrawal takes the place of an approval. */
export async function putLeaveDecision(
  tx: Writing,
  row: Tables['staffLeaveDecision']['$inferInsert'],
): Promise<void> {
  const { leaveId: _, ...set } = row;
  await tx.db
    .insert(tx.t.staffLeaveDecision)
    .values(row)
    .onConflictDoUpdate({ target: tx.t.staffLeaveDecision.leaveId, set });
}

export async function listQualifications(tx: Reading, staffIds: readonly number[]): Promise<Qualification[]> {
  const { staffQualification: q } = tx.t;
  return await tx.db.select().from(q).where(among(tx, q.staffId, staffIds)).orderBy(asc(q.issuedOn), asc(q.id));
}

/** Writes a person's qualifications anew, as the form shows them. */
export async function replaceQualifications(
  tx: Writing,
  staffId: number,
  rows: readonly Omit<Tables['staffQualification']['$inferInsert'], 'id' | 'staffId'>[],
): Promise<void> {
  const { staffQualification: q } = tx.t;
  await tx.db.delete(q).where(eq(q.staffId, staffId));
  if (rows.length > 0) await tx.db.insert(q).values(rows.map((row) => ({ ...row, staffId })));
}

/** Groups in which the own child of some staff is enrolled or booked in these days. */
export async function listOwnGroups(
  tx: Reading,
  personIds: readonly number[],
  span: { from: PlainDate; to: PlainDate },
): Promise<{ personId: number; groupId: number }[]> {
  const { guardianship: g, booking: b, enrolment: e } = tx.t;
  const found: { personId: number; groupId: number }[] = [];
  for (const chunk of chunksOf([...new Set(personIds)])) {
    const holds = and(
      inArray(g.personId, chunk),
      lte(g.startsOn, span.to),
      or(isNull(g.endsOn), gte(g.endsOn, span.from)),
    );
    found.push(
      ...(await tx.db
        .selectDistinct({ personId: g.personId, groupId: b.groupId })
        .from(g)
        .innerJoin(b, eq(b.childId, g.childId))
        .where(and(holds, gte(b.date, span.from), lte(b.date, span.to)))),
      ...(await tx.db
        .selectDistinct({ personId: g.personId, groupId: e.groupId })
        .from(g)
        .innerJoin(e, eq(e.childId, g.childId))
        .where(and(holds, lte(e.startsOn, span.to), or(isNull(e.endsOn), gte(e.endsOn, span.from))))),
    );
  }
  return found;
}
