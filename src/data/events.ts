import { sql } from './sql.ts';
import type { Instant } from '../domain/calendar.ts';
import type { Writing } from './database.ts';
import { prepared } from './prepared.ts';

export type EventKind =
  | 'booking.made'
  | 'booking.series'
  | 'booking.changed'
  | 'booking.cancelled'
  | 'booking.absence'
  | 'booking.arrival'
  | 'booking.departure'
  | 'group.changed'
  | 'centre.changed'
  | 'closure.made'
  | 'closure.lifted'
  | 'calendar.changed'
  | 'account.created'
  | 'child.registered'
  | 'child.changed'
  | 'child.discharged'
  | 'application.received'
  | 'application.accepted'
  | 'application.declined'
  | 'slip.printed'
  | 'phone.changed'
  | 'home.changed'
  | 'guardianship.given'
  | 'guardianship.changed'
  | 'guardianship.withdrawn'
  | 'invitation.sent'
  | 'waiting.joined'
  | 'waiting.changed'
  | 'waiting.paused'
  | 'waiting.resumed'
  | 'waiting.withdrawn'
  | 'waiting.restored'
  | 'offer.made'
  | 'offer.accepted'
  | 'offer.refused'
  | 'offer.expired'
  | 'offer.withdrawn'
  | 'offer.allowed'
  | 'offer.postponed'
  | 'order.changed'
  | 'round.left_out'
  | 'standby.made'
  | 'standby.ended'
  | 'rescue.opened'
  | 'rescue.closed'
  | 'release.asked'
  | 'release.answered'
  | 'roster.drafted'
  | 'roster.edited'
  | 'roster.published'
  | 'open_shift.opened'
  | 'open_shift.asked'
  | 'open_shift.answered'
  | 'open_shift.closed'
  | 'stays.curtailed'
  | 'norm.added'
  | 'staff.changed'
  | 'leave.requested'
  | 'leave.decided'
  | 'swap.asked'
  | 'swap.agreed'
  | 'swap.ended'
  | 'wishes.changed'
  | 'clocking.recorded'
  | 'clocking.withdrawn'
  | 'timesheet.closed'
  | 'timesheet.reopened'
  | 'terms.added'
  | 'vacancy.opened'
  | 'vacancy.changed'
  | 'vacancy.closed'
  | 'candidacy.submitted'
  | 'candidacy.step'
  | 'import';

export interface NewEvent {
  readonly at: Instant;
  readonly by: number | null;
  readonly kind: EventKind;
  readonly centreId?: number;
  readonly groupId?: number;
  readonly childId?: number;
  readonly bookingId?: number;
  readonly data?: unknown;
}

const inserted = prepared<Record<string, unknown>, unknown>(({ db, t }) =>
  db.insert(t.event).values({
    at: sql.placeholder('at') as never,
    by: sql.placeholder('by'),
    kind: sql.placeholder('kind'),
    centreId: sql.placeholder('centreId'),
    groupId: sql.placeholder('groupId'),
    childId: sql.placeholder('childId'),
    bookingId: sql.placeholder('bookingId'),
    data: sql.placeholder('data'),
  }),
);

/** Writes down what happened, in the transaction in which it happens. */
export async function insertEvent(tx: Writing, event: NewEvent): Promise<void> {
  await inserted(tx, {
    centreId: null,
    groupId: null,
    childId: null,
    bookingId: null,
    data: null,
    ...event,
  });
}
