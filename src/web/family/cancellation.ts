import { z } from 'zod';
import { listBookings } from '../../data/bookings.ts';
import { cancelBooking, cancelSeries } from '../../use-cases/cancellations.ts';
import { bookingOfFamilyChanged } from '../access.ts';
import { attempt } from '../attempt.ts';
import type { Context } from '../context.ts';
import { LAST_DAY } from '../dates.ts';
import { statusOf } from '../errors.ts';
import { parseForm, type FieldError } from '../form.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { showBooking } from './booking.ts';
import { bookingWords, readBooking, standing, type FamilyBooking } from './family-booking.ts';
import { refusedErrors } from '../booking-errors.ts';

interface Problem {
  readonly errors: readonly FieldError[];
  readonly status?: number;
}

/** How many bookings of the series stand from this one on. */
async function countAhead(context: Context, { booking }: FamilyBooking): Promise<number> {
  if (booking.seriesId === null) return 1;
  const later = await context.database.read((tx) =>
    listBookings(tx, { childIds: [booking.childId], from: booking.date, to: LAST_DAY, occupying: true }),
  );
  return later.filter((each) => each.seriesId === booking.seriesId && each.state === 'booked').length;
}

/** Asked before it is done: a place that is given up goes to another child at once. */
async function show(context: Context, problem?: Problem): Promise<void> {
  const { t } = context;
  const seen = await readBooking(context);
  const { booking } = seen;
  if (!standing(booking, context)) return showBooking(context, seen, problem);
  const ahead = await countAhead(context, seen);
  return page(
    context.res,
    'family/cancellation',
    {
      title: t('cancellation.title'),
      what: bookingWords(seen),
      back: paths.booking(booking.id),
      action: paths.cancellation(booking.id),
      absence: paths.absence(booking.id),
      which:
        ahead < 2
          ? []
          : [
              { value: 'one', text: t('cancellation.one') },
              { value: 'yes', text: t('cancellation.series', { n: ahead }) },
            ],
      values: { series: 'one' },
      errors: problem?.errors,
    },
    {
      width: 'narrow',
      address: paths.cancellation(booking.id),
      ...(problem?.status !== undefined && { status: problem.status }),
    },
  );
}

const shape = z.strictObject({ series: z.enum(['one', 'yes']).default('one') });

async function cancel(context: Context): Promise<void> {
  const form = parseForm(shape, context.req.body);
  if (form.errors) return await show(context, form);
  const bookingId = context.id('bookingId');
  const { booking } = await readBooking(context);
  const write =
    form.values.series === 'yes'
      ? context.perform(cancelSeries, { bookingId }).then(({ ids }) => ids.length)
      : context.perform(cancelBooking, { bookingId }).then(() => 1);
  const { refused, answer } = await attempt(write);
  if (refused)
    return await show(context, { errors: refusedErrors(refused, []), status: statusOf(refused.reason) });
  return context.done(paths.child(booking.childId), { key: 'booking.cancelled', params: { n: answer } });
}

export const cancellation = routes('/bookings/:bookingId/cancellation')
  .get('', bookingOfFamilyChanged, (context) => show(context))
  .post('', bookingOfFamilyChanged, cancel);
