import { and, asc, eq, gt, inArray, isNull, or, sql } from './sql.ts';
import type { PlainDate } from '../domain/calendar.ts';
import type { Reading, Writing } from './database.ts';
import { prepared } from './prepared.ts';

/** Enrolments of a child in some groups that would last beyond a day. */
export async function listEnrolmentsAt(
  tx: Reading,
  childId: number,
  groupIds: readonly number[],
  lastDay: PlainDate,
): Promise<{ id: number; groupId: number; startsOn: PlainDate; endsOn: PlainDate | null }[]> {
  const { enrolment: e } = tx.t;
  if (groupIds.length === 0) return [];
  return await tx.db
    .select({ id: e.id, groupId: e.groupId, startsOn: e.startsOn, endsOn: e.endsOn })
    .from(e)
    .where(
      and(
        eq(e.childId, childId),
        inArray(e.groupId, [...groupIds]),
        or(isNull(e.endsOn), gt(e.endsOn, lastDay)),
      ),
    )
    .orderBy(asc(e.id));
}

/** A child's enrolments in a centre's groups that hold on a day or will. */
export async function listEnrolmentsOfChild(
  tx: Reading,
  { childId, centreId, on }: { readonly childId: number; readonly centreId: number; readonly on: PlainDate },
): Promise<{ group: string; startsOn: PlainDate; endsOn: PlainDate | null }[]> {
  const { enrolment: e, careGroup: g } = tx.t;
  return await tx.db
    .select({ group: g.name, startsOn: e.startsOn, endsOn: e.endsOn })
    .from(e)
    .innerJoin(g, eq(g.id, e.groupId))
    .where(and(eq(e.childId, childId), eq(g.centreId, centreId), or(isNull(e.endsOn), gt(e.endsOn, on))))
    .orderBy(asc(e.startsOn), asc(e.id));
}

export async function endEnrolments(tx: Writing, ids: readonly number[], endsOn: PlainDate): Promise<void> {
  const { enrolment: e } = tx.t;
  if (ids.length > 0)
    await tx.db
      .update(e)
      .set({ endsOn })
      .where(inArray(e.id, [...ids]));
}

const enrolmentsOf = prepared<
  { childId: number; groupId: number },
  { id: number; startsOn: PlainDate; endsOn: PlainDate | null }[]
>(({ db, t }) =>
  db
    .select({ id: t.enrolment.id, startsOn: t.enrolment.startsOn, endsOn: t.enrolment.endsOn })
    .from(t.enrolment)
    .where(
      and(
        eq(t.enrolment.childId, sql.placeholder('childId')),
        eq(t.enrolment.groupId, sql.placeholder('groupId')),
      ),
    ),
);

/** A child's enrolments in a group, past ones included. */
export function listEnrolments(tx: Reading, childId: number, groupId: number) {
  return enrolmentsOf(tx, { childId, groupId });
}
