import { and, desc, eq, gte, isNull } from './sql.ts';
import type { Instant } from '../domain/calendar.ts';
import type { Reading } from './database.ts';

/** Entries of a group that lapsed since an instant and were not restored, the newest first. */
export async function listLapsed(tx: Reading, groupId: number, since: Instant) {
  const { waitingListEntry: e, waitingListChoice: choice, waitingListEnd: end, child } = tx.t;
  return await tx.db
    .select({ id: e.id, childId: e.childId, childName: child.name, pattern: e.pattern, lapsedAt: end.at })
    .from(end)
    .innerJoin(e, eq(e.id, end.entryId))
    .innerJoin(choice, eq(choice.entryId, e.id))
    .innerJoin(child, eq(child.id, e.childId))
    .where(
      and(eq(choice.groupId, groupId), eq(end.reason, 'lapsed'), isNull(end.restoredAt), gte(end.at, since)),
    )
    .orderBy(desc(end.id));
}
