import { and, asc, eq, exists, inArray, or, sql, type Placeholder, type SQL } from './sql.ts';
import type { PlainDate } from '../domain/calendar.ts';
import type { Actor, Category } from '../domain/people.ts';
import type { Reading, Writing } from './database.ts';
import { knownAt } from './known-children.ts';
import { prepared, preparedAmong } from './prepared.ts';
import { holdsOn } from './dated.ts';

export interface Child {
  readonly id: number;
  readonly ref: string | null;
  readonly name: string;
  readonly birthDate: PlainDate;
  readonly category: Category;
  /** Hundredths. */
  readonly supportWeight: number;
  readonly skillsNeeded: string[];
}

function childColumns(t: Reading['t']) {
  const { child: c } = t;
  return {
    id: c.id,
    ref: c.ref,
    name: c.name,
    birthDate: c.birthDate,
    category: c.category,
    supportWeight: c.supportWeight,
    skillsNeeded: c.skillsNeeded,
  };
}

const locked = prepared<{ id: number }, Child[]>(({ db, t, lock }) =>
  lock(
    db
      .select(childColumns(t))
      .from(t.child)
      .where(eq(t.child.id, sql.placeholder('id'))),
  ),
);

/** Locks the child's row: the first lock of every operation on its bookings. */
export async function lockChild(tx: Writing, id: number): Promise<Child | undefined> {
  return (await locked(tx, { id }))[0];
}

/** A right over children, for finding whose it is. */
export type Right = 'maySee' | 'mayBook' | 'mayCollect' | 'mayBeTold';

/** A value, or the place of one in a prepared query. */
type Asked<T> = T | Placeholder;

/** Children of a guardian with a right that holds on a day. */
function ofGuardian(tx: Reading, personId: number, on: PlainDate, right: Right): SQL {
  return inArray(tx.t.child.id, childIdsOf(tx, personId, on, right));
}

/** From the person's own rows: asked of every child in the country it takes milliseconds. */
function childIdsOf(
  { db, t }: Pick<Reading, 'db' | 't'>,
  personId: Asked<number>,
  on: Asked<PlainDate>,
  right: Right,
) {
  const { guardianship: g } = t;
  return db
    .select({ id: g.childId })
    .from(g)
    .where(and(eq(g.personId, personId), eq(g[right], true), holdsOn(g, on)));
}

/** Whether a centre knows the child: the same children as known-children.ts gathers, asked of one at a time. */
function ofCentre(tx: Reading, centreId: number): SQL {
  const {
    child: c,
    registration,
    enrolment,
    booking,
    waitingListEntry: entry,
    waitingListChoice: choice,
  } = tx.t;
  const { careGroup: g } = tx.t;
  const one = { one: sql`1` };
  const groups = () => tx.db.select({ id: g.id }).from(g).where(eq(g.centreId, centreId));
  return or(
    exists(
      tx.db
        .select(one)
        .from(registration)
        .where(and(eq(registration.childId, c.id), eq(registration.centreId, centreId))),
    ),
    exists(
      tx.db
        .select(one)
        .from(enrolment)
        .where(and(eq(enrolment.childId, c.id), inArray(enrolment.groupId, groups()))),
    ),
    exists(
      tx.db
        .select(one)
        .from(booking)
        .where(and(eq(booking.childId, c.id), inArray(booking.groupId, groups()))),
    ),
    exists(
      tx.db
        .select(one)
        .from(entry)
        .innerJoin(choice, eq(choice.entryId, entry.id))
        .where(and(eq(entry.childId, c.id), inArray(choice.groupId, groups()))),
    ),
  )!;
}

/** The children an actor may see (or, for a guardian, has another right over). The one scope of every query on them. */
function childScope(tx: Reading, actor: Actor, on: PlainDate, right: Right = 'maySee'): SQL {
  switch (actor.role) {
    case 'guardian':
      return ofGuardian(tx, actor.personId, on, right);
    case 'centre_staff':
    case 'centre_admin':
      return ofCentre(tx, actor.centreId ?? 0);
    case 'system_admin':
      return sql`1 = 1`;
    case 'regional_manager':
      // A region sees figures, never families.
      return sql`1 = 0`;
  }
}

const seenById = prepared<{ id: number; personId: number; on: PlainDate }, Child[]>(({ db, t }) =>
  db
    .select(childColumns(t))
    .from(t.child)
    .where(
      and(
        eq(t.child.id, sql.placeholder('id')),
        inArray(
          t.child.id,
          childIdsOf({ db, t }, sql.placeholder('personId'), sql.placeholder('on'), 'maySee'),
        ),
      ),
    ),
);

export async function findChild(
  tx: Reading,
  actor: Actor,
  id: number,
  on: PlainDate,
  right: Right = 'maySee',
): Promise<Child | undefined> {
  if (actor.role === 'guardian' && right === 'maySee')
    return (await seenById(tx, { id, personId: actor.personId, on }))[0];
  const { child: c } = tx.t;
  const [row] = await tx.db
    .select(childColumns(tx.t))
    .from(c)
    .where(and(eq(c.id, id), childScope(tx, actor, on, right)));
  return row;
}

const ownChild = prepared<{ id: number; personId: number; on: PlainDate }, { id: number }[]>(({ db, t }) =>
  db
    .select({ id: t.guardianship.id })
    .from(t.guardianship)
    .where(
      and(
        eq(t.guardianship.childId, sql.placeholder('id')),
        eq(t.guardianship.personId, sql.placeholder('personId')),
        eq(t.guardianship.mayBook, true),
        holdsOn(t.guardianship, sql.placeholder('on')),
      ),
    )
    .limit(1),
);

/** Whether the actor may book, change and cancel for this child. */
export async function mayBookFor(
  tx: Reading,
  actor: Actor,
  childId: number,
  on: PlainDate,
): Promise<boolean> {
  if (actor.role === 'guardian') {
    return (await ownChild(tx, { id: childId, personId: actor.personId, on })).length > 0;
  }
  return (await findChild(tx, actor, childId, on)) !== undefined;
}

const bookedByGuardian = prepared<{ personId: number; on: PlainDate }, { id: number }[]>((parts) =>
  childIdsOf(parts, sql.placeholder('personId'), sql.placeholder('on'), 'mayBook'),
);

/** The children for whom a guardian may book, change and cancel. */
export async function listBookable(tx: Reading, personId: number, on: PlainDate): Promise<Set<number>> {
  return new Set((await bookedByGuardian(tx, { personId, on })).map(({ id }) => id));
}

const seenByGuardian = prepared<{ personId: number; on: PlainDate }, Child[]>(({ db, t }) =>
  db
    .select(childColumns(t))
    .from(t.child)
    .where(
      inArray(
        t.child.id,
        childIdsOf({ db, t }, sql.placeholder('personId'), sql.placeholder('on'), 'maySee'),
      ),
    )
    .orderBy(asc(t.child.searchName), asc(t.child.id)),
);

/** Children an actor may see, by name. */
export async function listChildren(
  tx: Reading,
  actor: Actor,
  on: PlainDate,
  page: { search?: string; after?: number; limit?: number } = {},
): Promise<Child[]> {
  const { child: c } = tx.t;
  if (actor.role === 'guardian' && Object.values(page).every((each) => each === undefined))
    return await seenByGuardian(tx, { personId: actor.personId, on });
  const ofStaff = actor.role === 'centre_staff' || actor.role === 'centre_admin';
  const conditions: (SQL | undefined)[] = [
    ofStaff ? inArray(c.id, knownAt(tx, actor.centreId ?? 0)) : childScope(tx, actor, on),
  ];
  if (page.search) conditions.push(sql`${c.searchName} like ${`%${page.search.replaceAll(/[\\%_]/g, '')}%`}`);
  if (page.after !== undefined) conditions.push(sql`${c.id} > ${page.after}`);
  const query = tx.db
    .select(childColumns(tx.t))
    .from(c)
    .where(and(...conditions))
    .orderBy(...(page.after === undefined ? [asc(c.searchName), asc(c.id)] : [asc(c.id)]));
  return await (page.limit === undefined ? query : query.limit(page.limit));
}

const amongChildren = preparedAmong<Record<string, never>, Child[]>(({ db, t }, among) =>
  db.select(childColumns(t)).from(t.child).where(among(t.child.id)).orderBy(asc(t.child.id)),
);

/** Children by id, whoever asks: for work on a queue, where nobody sees the rows. */
export async function listChildrenById(tx: Reading, ids: readonly number[]): Promise<Child[]> {
  return ids.length === 0 ? [] : await amongChildren(tx, ids, {});
}
