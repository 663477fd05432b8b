import { recordArrival, recordDeparture, type Presence } from '../../use-cases/attendance.ts';
import { bookingAtCentre } from '../access.ts';
import { resource } from './resource.ts';
import { departureAsked, presence } from './schemas/booking.ts';

const showPresence = ({ id, arrivedAt, departedAt }: Presence) => ({ id: String(id), arrivedAt, departedAt });

export const attendance = resource('/bookings/:bookingId')
  .write(
    '/arrival',
    bookingAtCentre,
    {
      summary: 'The child has come; a repeat gives the first answer',
      answer: presence,
      reasons: ['stale', 'past', 'not_arrived'],
    },
    async (work, { context }) =>
      showPresence(await recordArrival(work, { bookingId: context.id('bookingId') })),
  )
  .write(
    '/departure',
    bookingAtCentre,
    {
      summary:
        'The child has left, with an adult who may collect it where one is named; a repeat gives the first answer',
      body: departureAsked,
      answer: presence,
      reasons: ['not_arrived'],
    },
    async (work, { context, body: { collectorId } }) =>
      showPresence(
        await recordDeparture(work, { bookingId: context.id('bookingId'), collectorId: collectorId ?? null }),
      ),
  );
