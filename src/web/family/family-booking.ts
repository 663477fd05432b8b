import { firstOpenHalfHour } from '../../domain/admittance.ts';
import { formatDate } from '../../domain/calendar-words.ts';
import { holdsOn } from '../../domain/people.ts';
import { refuse } from '../../domain/refusal.ts';
import { formatSlot } from '../../domain/slots.ts';
import { findBooking, type Booking } from '../../data/bookings.ts';
import { findCentre } from '../../data/centres.ts';
import { findChild, mayBookFor } from '../../data/children.ts';
import { findGroup, listGroups } from '../../data/groups.ts';
import { findFirmness } from '../../use-cases/firm-days.ts';
import type { Context } from '../context.ts';

/** The booking of the address with its child, group and centre, as its family's pages need it. */
export function readBooking(context: Context) {
  return context.database.read(async (tx) => {
    const booking = (await findBooking(tx, context.id('bookingId'))) ?? refuse('missing');
    const group = (await findGroup(tx, booking.groupId)) ?? refuse('missing');
    const others = await listGroups(tx, booking.centreId);
    return {
      booking,
      group,
      groups: others.filter((each) => each.category === group.category && holdsOn(each, booking.date)),
      centre: (await findCentre(tx, booking.centreId)) ?? refuse('missing'),
      child: (await findChild(tx, context.actor, booking.childId, context.today)) ?? refuse('missing'),
      mayChange: await mayBookFor(tx, context.actor, booking.childId, context.today),
      firmness: (await findFirmness(tx, [booking], context.now)).get(booking.id),
    };
  });
}

export type FamilyBooking = Awaited<ReturnType<typeof readBooking>>;

/** Whether anything may still become of it: it stands and is not over. */
export function standing(booking: Booking, { now }: Context): boolean {
  return booking.state === 'booked' && firstOpenHalfHour(booking.date, now) < booking.to;
}

/** Whether its stay has begun: then only its end can move. */
export function begun(booking: Booking, { now }: Context): boolean {
  return booking.from < firstOpenHalfHour(booking.date, now);
}

/** Whose, when: the line under a heading. */
export function bookingWords({ booking, child }: FamilyBooking): string {
  return `${child.name} · ${formatDate(booking.date)}, ${formatSlot(booking)}`;
}
