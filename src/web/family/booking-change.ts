import { z } from 'zod';
import { firstOpenHalfHour } from '../../domain/admittance.ts';
import type { PlainDate } from '../../domain/calendar.ts';
import { isLate } from '../../domain/deadline.ts';
import { Refusal } from '../../domain/refusal.ts';
import { formatSlot, formatTime, parseTime, type Slot } from '../../domain/slots.ts';
import { changeBooking } from '../../use-cases/bookings.ts';
import { bookingOfFamilyChanged } from '../access.ts';
import { attempt } from '../attempt.ts';
import { spanOf, timeOptions } from '../times.ts';
import type { Context } from '../context.ts';
import { dateOf, dayTitle } from '../dates.ts';
import { statusOf } from '../errors.ts';
import { parseForm, type FieldError, type Typed } from '../form.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { dateField, idField, timeField } from '../shapes.ts';
import { showBooking } from './booking.ts';
import { begun, bookingWords, readBooking, standing, type FamilyBooking } from './family-booking.ts';
import { moveChoices, moveRefusal, readMoves, type MoveWish } from './move-choices.ts';
import { refusedErrors } from '../booking-errors.ts';

interface Problem {
  readonly errors: readonly FieldError[];
  readonly input: Typed;
  readonly status?: number;
}

const FIELDS = ['groupId', 'date', 'from', 'to'];

/** The day and time that were asked for, where they can be read and the group stays the same; else the booking's. */
function wishOf({ booking }: FamilyBooking, { today }: Context, input: Typed = {}): MoveWish {
  const [date, from] = [dateOf(String(input['date'])), parseTime(String(input['from']))];
  const same = input['groupId'] === String(booking.groupId);
  return same && date !== undefined && date >= today && from !== undefined ? { date, from } : booking;
}

/** What is near the wish, or, where nothing is, near the booking. */
async function nearChoices(context: Context, seen: FamilyBooking, wish: MoveWish) {
  const near = moveChoices(seen, await readMoves(context, seen, wish.date), wish, context);
  if (near.length > 0 || wish === seen.booking) return near;
  return await nearChoices(context, seen, seen.booking);
}

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
      choices: started ? [] : await nearChoices(context, seen, wishOf(seen, context, problem?.input)),
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

/** One slot that was tapped: what was, what will be, one button. Taken meanwhile → the form, which says so. */
async function check(context: Context): Promise<void> {
  const { t, now } = context;
  const seen = await readBooking(context);
  const { booking } = seen;
  const [date, from] = [dateOf(context.query('date')), parseTime(context.query('from'))];
  if (date === undefined || from === undefined || !standing(booking, context) || begun(booking, context))
    return await show(context);
  const slot = { from, to: from + booking.to - booking.from };
  const input = {
    groupId: String(booking.groupId),
    date,
    from: formatTime(slot.from),
    to: formatTime(slot.to),
  };
  const refused = moveRefusal(seen, await readMoves(context, seen, date), date, slot, now);
  if (refused) {
    const { reason, fullAt } = refused;
    const errors = refusedErrors(new Refusal(reason, fullAt ? { fullAt } : {}), FIELDS);
    return await show(context, { errors, input, status: statusOf(reason) });
  }
  const words = (day: PlainDate, stay: Slot) =>
    `${dayTitle(day, t.language, context.today)}, ${formatSlot(stay)}`;
  return page(
    context.res,
    'errors/confirm',
    {
      title: t('booking.move_title'),
      text: t('booking.move_hint'),
      facts: [
        { term: t('find.child'), value: seen.child.name },
        { term: t('booking.move_was'), value: words(booking.date, booking) },
        { term: t('booking.move_will'), value: words(date, slot) },
        ...(isLate(now, date, seen.group) ? [{ term: t('board.booked_late'), value: t('new.late') }] : []),
      ],
      action: paths.bookingChange(booking.id),
      fields: Object.entries(input).map(([name, value]) => ({ name, value })),
      button: t('button.change_booking'),
      cancel: { href: paths.bookingChange(booking.id) },
    },
    { width: 'narrow' },
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
  .get('', bookingOfFamilyChanged, check)
  .post('', bookingOfFamilyChanged, change);
