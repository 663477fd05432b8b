import { and, asc, eq, gte, inArray, isNotNull } from './sql.ts';
import type { PlainDate } from '../domain/calendar.ts';
import type { Shift } from '../domain/shift.ts';
import { chunksOf } from './claims.ts';
import type { Reading } from './database.ts';
import { dayColumns, type StoredDay } from './group-days.ts';

/** Centres with a published roster on a day from a date on. */
export async function listRosteredCentres(tx: Reading, from: PlainDate): Promise<number[]> {
  const { rosterDay: d } = tx.t;
  const rows = await tx.db
    .selectDistinct({ id: d.centreId })
    .from(d)
    .where(gte(d.date, from))
    .orderBy(asc(d.centreId));
  return rows.map((row) => row.id);
}

/** Published group-days of a centre from a date on, with everything that is stored of their staff. */
export async function listPublishedDays(
  tx: Reading,
  centreId: number,
  from: PlainDate,
): Promise<StoredDay[]> {
  const { groupDay: d, careGroup: g } = tx.t;
  return await tx.db
    .select(dayColumns(tx.t))
    .from(d)
    .innerJoin(g, eq(g.id, d.groupId))
    .where(and(eq(g.centreId, centreId), gte(d.date, from), isNotNull(d.rosterId)))
    .orderBy(asc(d.groupId), asc(d.date));
}

export interface PersonShift extends Shift {
  readonly id: number;
  readonly centreId: number;
}

/** Standing shifts of everybody with more than one contract, from a date on, by person. */
export async function listShiftsOfPersons(tx: Reading, from: PlainDate): Promise<Map<number, PersonShift[]>> {
  const { shift: s, rosterDay: d, staff } = tx.t;
  const rows: (PersonShift & { personId: number | null })[] = [];
  const persons = await tx.db
    .select({ id: staff.id, personId: staff.personId })
    .from(staff)
    .where(isNotNull(staff.personId));
  const several = [...Map.groupBy(persons, (each) => each.personId).values()]
    .filter((own) => own.length > 1)
    .flatMap((own) => own.map((each) => each.id));
  for (const chunk of chunksOf(several))
    rows.push(
      ...(await tx.db
        .select({
          id: s.id,
          staffId: s.staffId,
          personId: staff.personId,
          centreId: d.centreId,
          date: s.date,
          from: s.fromHalfHour,
          to: s.toHalfHour,
          breakFrom: s.breakFrom,
        })
        .from(s)
        .innerJoin(d, and(eq(d.rosterId, s.rosterId), eq(d.date, s.date)))
        .innerJoin(staff, eq(staff.id, s.staffId))
        .where(and(inArray(s.staffId, chunk), gte(s.date, from)))
        .orderBy(asc(s.date), asc(s.fromHalfHour), asc(s.id))),
    );
  return Map.groupBy(rows, (row) => row.personId!);
}
