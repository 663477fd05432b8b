import { formatSlot } from '../../domain/slots.ts';
import { bookingOfFamily } from '../access.ts';
import { centreAddress, centreName } from '../names.ts';
import { STAY_TONES, stayState, stayWords } from '../stay.ts';
import type { Context } from '../context.ts';
import { dayTitle } from '../dates.ts';
import type { FieldError } from '../form.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { readBooking, standing, type FamilyBooking } from './family-booking.ts';
import { firmWords, riskNotice } from '../firm-words.ts';

/** Why nothing could be done to a booking, where there is no form left to say it in. */
export interface BookingProblem {
  readonly errors: readonly FieldError[];
  readonly status?: number;
}

/** A booking as its family sees it: where, when, how it stands, and what may still become of it. */
export function showBooking(context: Context, seen: FamilyBooking, problem?: BookingProblem): void {
  const { t, now, today, language } = context;
  const { booking, group, centre, child } = seen;
  const state = stayState(booking, now);
  const firm = firmWords(seen.firmness, today, t);
  page(
    context.res,
    'family/booking',
    {
      title: dayTitle(booking.date, language, today),
      time: formatSlot(booking),
      back: paths.child(booking.childId),
      child: child.name,
      state: { tone: STAY_TONES[state], text: stayWords(booking, now, t) },
      late: booking.late ? t('board.booked_late') : '',
      facts: [
        { term: t('find.where'), value: `${centreName(centre, language)} · ${group.name}` },
        {
          term: t('booking.address'),
          value: centreAddress(centre, language),
        },
        ...(firm ? [{ term: t('firm.term'), value: firm.text }] : []),
        { term: t('series.reference'), value: `B-${booking.id}` },
      ],
      risk: riskNotice(booking, seen.firmness, seen.mayChange, t),
      standing: standing(booking, context),
      absence: paths.absence(booking.id),
      change: paths.bookingChange(booking.id),
      cancellation: paths.cancellation(booking.id),
      series: booking.seriesId === null ? '' : paths.series(booking.childId, booking.seriesId),
      again: paths.childDays(booking.childId, booking.groupId, booking.date),
      errors: problem?.errors,
    },
    {
      width: 'narrow',
      address: paths.booking(booking.id),
      ...(problem?.status !== undefined && { status: problem.status }),
    },
  );
}

export const booking = routes('/bookings/:bookingId').get('', bookingOfFamily, async (context) =>
  showBooking(context, await readBooking(context)),
);
