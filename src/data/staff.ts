import { and, asc, eq, gte, inArray, lte, sql } from './sql.ts';
import type { PlainDate } from '../domain/calendar.ts';
import { chunksOf } from './claims.ts';
import { forUpdate, type Reading, type Tables, type Writing } from './database.ts';
import { prepared, preparedAmong } from './prepared.ts';
import { lastsTo } from './dated.ts';

export type Staff = Tables['staff']['$inferSelect'];
export type NewStaff = Omit<Tables['staff']['$inferInsert'], 'id'>;
export type Qualification = Tables['staffQualification']['$inferSelect'];

type Span = { readonly from: PlainDate; readonly to: PlainDate };

const from = sql.placeholder('from');
const to = sql.placeholder('to');

const ofCentre = prepared<{ centreId: number }, Staff[]>(({ db, t: { staff: s } }) =>
  db
    .select()
    .from(s)
    .where(eq(s.centreId, sql.placeholder('centreId')))
    .orderBy(asc(s.searchName), asc(s.id)),
);

const employed = prepared<{ centreId: number } & Span, Staff[]>(({ db, t: { staff: s } }) =>
  db
    .select()
    .from(s)
    .where(and(eq(s.centreId, sql.placeholder('centreId')), lte(s.startsOn, to), lastsTo(s, from)))
    .orderBy(asc(s.searchName), asc(s.id)),
);

/** Staff of a centre by name; those only who work there on some day of a span, where one is given. */
export async function listStaff(tx: Reading, centreId: number, span?: Span): Promise<Staff[]> {
  if (!span) return await ofCentre(tx, { centreId });
  return await employed(tx, { centreId, from: span.from, to: span.to });
}

export async function listStaffById(tx: Reading, ids: readonly number[]): Promise<Staff[]> {
  const rows: Staff[] = [];
  for (const chunk of chunksOf([...new Set(ids)]))
    rows.push(
      ...(await tx.db
        .select()
        .from(tx.t.staff)
        .where(inArray(tx.t.staff.id, chunk))
        .orderBy(asc(tx.t.staff.id))),
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

/**
 * Locks the persons of some contracts by id, after centres and rosters: whoever works at two centres is counted on by one
 * of them at a time.
 */
export async function lockPersonsOf(tx: Writing, staffIds: readonly number[]): Promise<void> {
  const { person: p } = tx.t;
  const ids = [...new Set((await listStaffById(tx, staffIds)).flatMap(({ personId }) => personId ?? []))];
  if (ids.length === 0) return;
  await forUpdate(tx, tx.db.select({ id: p.id }).from(p).where(inArray(p.id, ids)).orderBy(asc(p.id)));
}

export async function insertStaff(tx: Writing, row: NewStaff): Promise<number> {
  const [inserted] = await tx.db.insert(tx.t.staff).values(row).returning({ id: tx.t.staff.id });
  return inserted!.id;
}

export async function updateStaff(tx: Writing, id: number, change: Partial<NewStaff>): Promise<void> {
  await tx.db.update(tx.t.staff).set(change).where(eq(tx.t.staff.id, id));
}

const contractsOf = preparedAmong<
  Record<string, never>,
  { id: number; personId: number | null; centreId: number }[]
>(({ db, t: { staff: s } }, among) =>
  db
    .select({ id: s.id, personId: s.personId, centreId: s.centreId })
    .from(s)
    .where(among(s.personId))
    .orderBy(asc(s.id)),
);

/** Every contract of some persons, of any centre. */
export async function listContractsOf(
  tx: Reading,
  personIds: readonly number[],
): Promise<{ id: number; personId: number; centreId: number }[]> {
  const rows = personIds.length === 0 ? [] : await contractsOf(tx, personIds, {});
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

const leaveOf = preparedAmong<Record<string, never>, Leave[]>((parts, among) =>
  leaveQuery(parts)
    .where(among(parts.t.staffLeave.staffId))
    .orderBy(asc(parts.t.staffLeave.startsOn), asc(parts.t.staffLeave.id)),
);

const leaveWithin = preparedAmong<Span, Leave[]>((parts, among) => {
  const { staffLeave: l } = parts.t;
  return leaveQuery(parts)
    .where(and(among(l.staffId), lte(l.startsOn, to), gte(l.endsOn, from)))
    .orderBy(asc(l.startsOn), asc(l.id));
});

/** Leave of some staff, decided or not, that touches some days; all of it without them. */
export async function listLeaveOf(tx: Reading, staffIds: readonly number[], span?: Span): Promise<Leave[]> {
  if (staffIds.length === 0) return [];
  if (!span) return await leaveOf(tx, staffIds, {});
  return await leaveWithin(tx, staffIds, { from: span.from, to: span.to });
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

const qualificationsOf = preparedAmong<Record<string, never>, Qualification[]>(
  ({ db, t: { staffQualification: q } }, among) =>
    db.select().from(q).where(among(q.staffId)).orderBy(asc(q.issuedOn), asc(q.id)),
);

export async function listQualifications(tx: Reading, staffIds: readonly number[]): Promise<Qualification[]> {
  return staffIds.length === 0 ? [] : await qualificationsOf(tx, staffIds, {});
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

type OwnGroup = { personId: number; groupId: number };

const ownBooked = preparedAmong<Span, OwnGroup[]>(({ db, t: { guardianship: g, booking: b } }, among) =>
  db
    .selectDistinct({ personId: g.personId, groupId: b.groupId })
    .from(g)
    .innerJoin(b, eq(b.childId, g.childId))
    .where(and(among(g.personId), lte(g.startsOn, to), lastsTo(g, from), gte(b.date, from), lte(b.date, to))),
);

const ownEnrolled = preparedAmong<Span, OwnGroup[]>(({ db, t: { guardianship: g, enrolment: e } }, among) =>
  db
    .selectDistinct({ personId: g.personId, groupId: e.groupId })
    .from(g)
    .innerJoin(e, eq(e.childId, g.childId))
    .where(
      and(among(g.personId), lte(g.startsOn, to), lastsTo(g, from), lte(e.startsOn, to), lastsTo(e, from)),
    ),
);

/** Groups in which the own child of some staff is enrolled or booked in these days. */
export async function listOwnGroups(
  tx: Reading,
  personIds: readonly number[],
  span: Span,
): Promise<OwnGroup[]> {
  if (personIds.length === 0) return [];
  const days = { from: span.from, to: span.to };
  return [...(await ownBooked(tx, personIds, days)), ...(await ownEnrolled(tx, personIds, days))];
}
