import { and, eq, isNull, sql } from './sql.ts';
import type { PlainDate } from '../domain/calendar.ts';
import type { PatternJson } from '../domain/pattern.ts';
import type { Tolerance } from '../domain/waiting-list.ts';
import type { Reading } from './database.ts';
import { prepared } from './prepared.ts';

export interface Waiting {
  readonly pattern: PatternJson;
  readonly startsOn: PlainDate;
  readonly tolerance: Tolerance | null;
}

const waiting = prepared<{ groupId: number }, Waiting[]>(({ db, t }) =>
  db
    .select({
      pattern: t.waitingListEntry.pattern,
      startsOn: t.waitingListEntry.startsOn,
      tolerance: t.waitingListEntry.tolerance,
    })
    .from(t.waitingListChoice)
    .innerJoin(t.waitingListEntry, eq(t.waitingListEntry.id, t.waitingListChoice.entryId))
    .leftJoin(
      t.waitingListPause,
      and(eq(t.waitingListPause.entryId, t.waitingListEntry.id), isNull(t.waitingListPause.endedAt)),
    )
    .leftJoin(
      t.waitingListEnd,
      and(eq(t.waitingListEnd.entryId, t.waitingListEntry.id), isNull(t.waitingListEnd.restoredAt)),
    )
    .where(
      and(
        eq(t.waitingListChoice.groupId, sql.placeholder('groupId')),
        isNull(t.waitingListChoice.refusedAt),
        isNull(t.waitingListPause.id),
        isNull(t.waitingListEnd.id),
      ),
    ),
);

/** What families who may be offered a place now wish for in a group. */
export function listWaiting(tx: Reading, groupId: number): Promise<Waiting[]> {
  return waiting(tx, { groupId });
}
