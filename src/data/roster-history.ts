import { and, desc, eq, gte, inArray } from './sql.ts';
import type { Instant, PlainDate } from '../domain/calendar.ts';
import type { Reading } from './database.ts';
import type { EventKind } from './events.ts';

/** What an event of a roster may have written down; older ones have less. */
export interface RosterEventData {
  readonly rosterId: number;
  readonly edit?: string;
  readonly date?: PlainDate;
  readonly week?: PlainDate;
  /** The half-hours of a shift placed, changed or deleted. */
  readonly slot?: readonly [from: number, to: number];
  readonly staffId?: number;
  readonly staffIds?: readonly number[];
  readonly shifts?: number;
  readonly from?: PlainDate | number;
  readonly to?: PlainDate | number;
  readonly superseded?: readonly number[];
  readonly short?: number;
  readonly told?: number;
}

export interface RosterEvent {
  readonly id: number;
  readonly at: Instant;
  readonly kind: EventKind;
  /** Null where the house itself did it, or nobody knows any more. */
  readonly byName: string | null;
  readonly data: RosterEventData;
}

const KINDS: readonly EventKind[] = ['roster.drafted', 'roster.edited', 'roster.published'];

/**
 * What happened to a roster since it was made, the latest first: drafted, edited, published, and published anew by
 * another roster that took days of it over.
 */
export async function listRosterEvents(
  tx: Reading,
  which: { readonly centreId: number; readonly rosterId: number; readonly since: Instant },
): Promise<RosterEvent[]> {
  const { event: e, person: p } = tx.t;
  const rows = await tx.db
    .select({ id: e.id, at: e.at, kind: e.kind, byName: p.name, data: e.data })
    .from(e)
    .leftJoin(p, eq(p.id, e.by))
    .where(and(eq(e.centreId, which.centreId), gte(e.at, which.since), inArray(e.kind, [...KINDS])))
    .orderBy(desc(e.at), desc(e.id));
  return rows.flatMap(({ kind, data, ...row }) => {
    const told = data as RosterEventData | null;
    const own = told?.rosterId === which.rosterId || told?.superseded?.includes(which.rosterId);
    return told && own ? [{ ...row, kind: kind as EventKind, data: told }] : [];
  });
}
