import { recordArrival, recordDeparture, type Presence } from '../../use-cases/attendance.ts';
import { bookingAtCentre } from '../access.ts';
import { resource } from './resource.ts';
import { departureAsked, presence } from './schemas/booking.ts';
import { lockSeen } from './seen.ts';

const showPresence = ({ id, arrivedAt, departedAt }: Presence) => ({ id: String(id), arrivedAt, departedAt });

export const attendance = resource('/bookings/:bookingId')
  .write(
    '/arrival',
    bookingAtCentre,
    {
      summary: 'The child has come; a repeat gives the first answer',
      answer: presence,
      ifMatch: true,
      reasons: ['stale', 'past', 'not_arrived'],
    },
    async (work, { context }) => {
      const bookingId = await lockSeen(work, context);
      return showPresence(await recordArrival(work, { bookingId }));
    },
  )
  .write(
    '/departure',
    bookingAtCentre,
    {
      summary:
        'The child has left, with an adult who may collect it if one is named; a repeat gives the first answer',
      body: departureAsked,
      answer: presence,
      ifMatch: true,
      reasons: ['not_arrived'],
    },
    async (work, { context, body: { collectorId = null } }) => {
      const bookingId = await lockSeen(work, context);
      return showPresence(await recordDeparture(work, { bookingId, collectorId }));
    },
  );
