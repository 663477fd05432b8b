import { refuse } from '../../domain/refusal.ts';
import { findBooking } from '../../data/bookings.ts';
import { reportAbsence } from '../../use-cases/absences.ts';
import { changeBooking } from '../../use-cases/bookings.ts';
import { cancelBooking } from '../../use-cases/cancellations.ts';
import type { Work } from '../../use-cases/perform.ts';
import { bookingChanged } from '../access.ts';
import { requireGrid } from './grid.ts';
import { nothing, resource } from './resource.ts';
import { absenceAsked, booking, changeAsked, showBooking } from './schemas/booking.ts';
import { lockSeen } from './seen.ts';
import { STAY_REFUSALS } from './stay-refusals.ts';

async function shown(work: Work, bookingId: number) {
  return showBooking((await findBooking(work.tx, bookingId)) ?? refuse('missing'));
}

export const bookingChanges = resource('/bookings/:bookingId')
  .write(
    '/change',
    bookingChanged,
    {
      summary: 'Another time, day or group under the same id, all or nothing, before arrival',
      body: changeAsked,
      answer: booking,
      ifMatch: true,
      reasons: ['closed', 'stale', ...STAY_REFUSALS],
    },
    async (work, { context, body: { from, to, groupId, date } }) => {
      const bookingId = await lockSeen(work, context);
      const slot = await requireGrid(work, { from, to }, { groupId });
      const target = { ...(groupId !== undefined && { groupId }), ...(date !== undefined && { date }) };
      await changeBooking(work, { bookingId, ...target, slot });
      return await shown(work, bookingId);
    },
  )
  .write(
    '/cancellation',
    bookingChanged,
    {
      summary: 'Cancels what is left of a booking; never locked',
      body: nothing,
      answer: booking,
      ifMatch: true,
      reasons: ['past', 'stale'],
    },
    async (work, { context }) => {
      const bookingId = await lockSeen(work, context);
      await cancelBooking(work, { bookingId });
      return await shown(work, bookingId);
    },
  )
  .write(
    '/absence',
    bookingChanged,
    {
      summary: 'Says that the child does not come; never locked. Excused and unexcused are for staff to say',
      body: absenceAsked,
      answer: booking,
      ifMatch: true,
      reasons: ['forbidden', 'past', 'stale'],
    },
    async (work, { context, body: { kind } }) => {
      const bookingId = await lockSeen(work, context);
      await reportAbsence(work, { bookingId, kind });
      return await shown(work, bookingId);
    },
  );
