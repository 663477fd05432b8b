import { eq, inArray } from './sql.ts';
import type { Reading } from './database.ts';

/**
 * Ids of the children registered, enrolled, booked or queued at a centre: the same children as children.ts lets its
 * people see, gathered from the centre's own rows, because asking it of every child in the country takes seconds.
 */
export function knownAt(tx: Reading, centreId: number) {
  const { registration: r, enrolment: e, booking: b, careGroup: g } = tx.t;
  const { waitingListEntry: w, waitingListChoice: choice } = tx.t;
  const groups = () => tx.db.select({ id: g.id }).from(g).where(eq(g.centreId, centreId));
  return tx.db
    .select({ id: r.childId })
    .from(r)
    .where(eq(r.centreId, centreId))
    .union(tx.db.select({ id: e.childId }).from(e).where(inArray(e.groupId, groups())))
    .union(tx.db.select({ id: b.childId }).from(b).where(inArray(b.groupId, groups())))
    .union(
      tx.db
        .select({ id: w.childId })
        .from(w)
        .innerJoin(choice, eq(choice.entryId, w.id))
        .where(inArray(choice.groupId, groups())),
    );
}
