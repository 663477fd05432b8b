import { z } from 'zod';
import { firstOpenHalfHour } from '../../domain/admittance.ts';
import { formatTime } from '../../domain/slots.ts';
import { changeBooking } from '../../use-cases/bookings.ts';
import { bookingOfFamilyChanged } from '../access.ts';
import { attempt } from '../attempt.ts';
import { spanOf, timeOptions } from '../centre/times.ts';
import type { Context } from '../context.ts';
import { statusOf } from '../errors.ts';
import { parseForm, type FieldError, type Typed } from '../form.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { dateField, idField, timeField } from '../shapes.ts';
import { showBooking } from './booking.ts';
import { begun, bookingWords, readBooking, standing } from './family-booking.ts';
import { refusedErrors } from './refused.ts';

interface Problem {
  readonly errors: readonly FieldError[];
  readonly input: Typed;
  readonly status?: number;
}

const FIELDS = ['groupId', 'date', 'from', 'to'];

async function show(context: Context, problem?: Problem): Promise<void> {
  const { t, now, today } = context;
  const seen = await readBooking(context);
  const { booking, groups, centre } = seen;
  if (!standing(booking, context)) return showBooking(context, seen, problem);
  const started = begun(booking, context);
  const span = spanOf([centre.hours]);
  const first = started ? Math.max(booking.from + 1, firstOpenHalfHour(booking.date, now)) : booking.from;
  return page(
    context.res,
    'family/booking-change',
    {
      title: t('booking.pattern_change'),
      what: bookingWords(seen),
      back: paths.booking(booking.id),
      action: paths.bookingChange(booking.id),
      started,
      hint: t(started ? 'booking.begun_hint' : 'booking.move_hint'),
      days: paths.childDays(booking.childId, booking.groupId, booking.date),
      today,
      groups: groups.map((each) => ({ value: String(each.id), text: each.name })),
      times: timeOptions(Math.min(span.from, booking.from), Math.max(span.to, booking.to)),
      ends: timeOptions(first, Math.max(span.to, booking.to)),
      values: {
        groupId: String(booking.groupId),
        date: booking.date,
        from: formatTime(booking.from),
        to: formatTime(booking.to),
        ...problem?.input,
      },
      errors: problem?.errors,
    },
    {
      width: 'narrow',
      address: paths.bookingChange(booking.id),
      ...(problem?.status !== undefined && { status: problem.status }),
    },
  );
}

const shape = z.strictObject({ groupId: idField(), date: dateField(), from: timeField(), to: timeField() });

async function change(context: Context): Promise<void> {
  const form = parseForm(shape, context.req.body);
  if (form.errors) return await show(context, form);
  const { groupId, date, from, to } = form.values;
  const bookingId = context.id('bookingId');
  const { refused, answer } = await attempt(
    context.perform(changeBooking, { bookingId, groupId, date, slot: { from, to } }),
  );
  if (refused) {
    const errors = refusedErrors(refused, FIELDS);
    return await show(context, { errors, input: form.input, status: statusOf(refused.reason) });
  }
  return context.done(paths.booking(bookingId), {
    key: answer.late ? 'booking.changed_late' : 'booking.changed',
  });
}

/** Another time, day or group in one step; a full target leaves the booking as it was. */
export const bookingChange = routes('/bookings/:bookingId/change')
  .get('', bookingOfFamilyChanged, (context) => show(context))
  .post('', bookingOfFamilyChanged, change);
