import { and, asc, between, desc, eq, inArray, isNull, sql } from './sql.ts';
import type { Instant, PlainDate } from '../domain/calendar.ts';
import type { Post } from '../domain/staffing.ts';
import type { TimesheetDay } from '../domain/timesheet.ts';
import { chunksOf } from './claims.ts';
import type { Reading, Tables, Writing } from './database.ts';
import { prepared } from './prepared.ts';

/** A contract's month. Frozen as it stands here when the month is closed. */
export interface TimesheetLine {
  readonly staffId: number;
  readonly name: string;
  readonly post: Post;
  readonly weeklyMinutes: number;
  readonly days: readonly TimesheetDay[];
}

export interface Closing {
  readonly id: number;
  readonly month: PlainDate;
  readonly closedAt: Instant;
  readonly closedBy: number | null;
  readonly reopenedAt: Instant | null;
  readonly reopenedBy: number | null;
}

export interface ClosedMonth extends Closing {
  readonly lines: readonly TimesheetLine[];
}

const closings = prepared<{ centreId: number; month: PlainDate }, Closing[]>(({ db, t: { timesheet: s } }) =>
  db
    .select({
      id: s.id,
      month: s.month,
      closedAt: s.closedAt,
      closedBy: s.closedBy,
      reopenedAt: s.reopenedAt,
      reopenedBy: s.reopenedBy,
    })
    .from(s)
    .where(and(eq(s.centreId, sql.placeholder('centreId')), eq(s.month, sql.placeholder('month'))))
    .orderBy(desc(s.id)),
);

/** Every time that a month was closed, the newest first. */
export function listClosings(tx: Reading, centreId: number, month: PlainDate): Promise<Closing[]> {
  return closings(tx, { centreId, month });
}

const closedMonths = prepared<
  { centreId: number; from: PlainDate; to: PlainDate },
  Tables['timesheet']['$inferSelect'][]
>(({ db, t: { timesheet: s } }) =>
  db
    .select()
    .from(s)
    .where(
      and(
        eq(s.centreId, sql.placeholder('centreId')),
        between(s.month, sql.placeholder('from'), sql.placeholder('to')),
        isNull(s.reopenedAt),
      ),
    )
    .orderBy(asc(s.month)),
);

/** The closed months of a span, with their lines as they stood. */
export async function listClosedMonths(
  tx: Reading,
  centreId: number,
  span: { readonly from: PlainDate; readonly to: PlainDate },
): Promise<ClosedMonth[]> {
  const rows = await closedMonths(tx, { centreId, from: span.from, to: span.to });
  return rows.map((row) => ({ ...row, lines: row.lines as readonly TimesheetLine[] }));
}

export async function findClosing(
  tx: Reading,
  centreId: number,
  month: PlainDate,
): Promise<ClosedMonth | undefined> {
  return (await listClosedMonths(tx, centreId, { from: month, to: month }))[0];
}

export async function insertTimesheet(
  tx: Writing,
  row: {
    centreId: number;
    month: PlainDate;
    closedAt: Instant;
    closedBy: number | null;
    lines: readonly TimesheetLine[];
  },
): Promise<number> {
  const [inserted] = await tx.db.insert(tx.t.timesheet).values(row).returning({ id: tx.t.timesheet.id });
  return inserted!.id;
}

export async function reopenTimesheet(
  tx: Writing,
  id: number,
  by: { readonly reopenedAt: Instant; readonly reopenedBy: number | null },
): Promise<void> {
  await tx.db.update(tx.t.timesheet).set(by).where(eq(tx.t.timesheet.id, id));
}

/** What people are called, for saying who did something. */
export async function listPersonNames(
  tx: Reading,
  ids: readonly (number | null)[],
): Promise<Map<number, string>> {
  const { person: p } = tx.t;
  const known = [...new Set(ids)].filter((id) => id !== null);
  const names = new Map<number, string>();
  for (const chunk of chunksOf(known))
    for (const row of await tx.db.select({ id: p.id, name: p.name }).from(p).where(inArray(p.id, chunk)))
      names.set(row.id, row.name);
  return names;
}
