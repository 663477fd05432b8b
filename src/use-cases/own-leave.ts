import { refuse } from '../domain/refusal.ts';
import { insertEvent } from '../data/events.ts';
import { insertLeaveDecision } from '../data/leave-decisions.ts';
import { findLeave, lockStaff } from '../data/staff.ts';
import { authorOf, type Work } from './perform.ts';

/**
 * Takes one's own request for leave back while nobody has decided. Another's is the same `missing` as none; `stale` once
 * it is decided: then only the centre can change it, since its days may be published without this person.
 */
export async function withdrawOwnLeave(work: Work, input: { readonly leaveId: number }): Promise<void> {
  const { tx, now, actor } = work;
  const seen = (await findLeave(tx, input.leaveId)) ?? refuse('missing');
  const staff = (await lockStaff(tx, seen.staffId)) ?? refuse('missing');
  if (staff.personId === null || staff.personId !== actor.personId) refuse('missing');
  const leave = (await findLeave(tx, input.leaveId)) ?? refuse('missing');
  if (leave.requestedAt === null || leave.outcome !== null)
    refuse('stale', { current: { outcome: leave.outcome } });
  await insertLeaveDecision(tx, {
    leaveId: leave.id,
    at: now,
    by: authorOf(actor),
    outcome: 'withdrawn',
    note: null,
  });
  await insertEvent(tx, {
    at: now,
    by: authorOf(actor),
    kind: 'leave.decided',
    centreId: staff.centreId,
    data: { leaveId: leave.id, staffId: staff.id, outcome: 'withdrawn' },
  });
}
