import { z } from 'zod';
import { firstOpenHalfHour } from '../../domain/admittance.ts';
import { formatDate } from '../../domain/calendar-words.ts';
import { dateAt, type PlainDate } from '../../domain/calendar.ts';
import { holdsOn } from '../../domain/people.ts';
import { refuse, type Refusal } from '../../domain/refusal.ts';
import { formatSlot, formatTime } from '../../domain/slots.ts';
import { findBooking, listBookings, type Booking } from '../../data/bookings.ts';
import { findCentre } from '../../data/centres.ts';
import { findChild } from '../../data/children.ts';
import { listBoardBookings } from '../../data/day-board.ts';
import { listGroups } from '../../data/groups.ts';
import { ABSENCES } from '../../use-cases/absences.ts';
import { changeBooking } from '../../use-cases/bookings.ts';
import { cancelBooking, cancelSeries } from '../../use-cases/cancellations.ts';
import { centreBooking } from '../access.ts';
import { attempt } from '../attempt.ts';
import type { Context } from '../context.ts';
import { dayTitle } from '../dates.ts';
import { statusOf } from '../errors.ts';
import { parseForm, typed, type FieldError } from '../form.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { dateField, idField, timeField, ticked } from '../shapes.ts';
import { findFirmness } from '../../use-cases/firm-days.ts';
import { firmWords } from '../firm-words.ts';
import { asCentre } from './as-centre.ts';
import { bookingErrors } from '../booking-errors.ts';
import { needWords } from '../needs.ts';
import { STAY_TONES, stayState, stayWords } from '../stay.ts';
import { spanOf, timeOptions } from '../times.ts';

interface Problem {
  readonly errors: readonly FieldError[];
  readonly status?: number;
}

async function bookingOf({ database, id }: { database: Context['database']; id: number }): Promise<Booking> {
  return (await database.read((tx) => findBooking(tx, id))) ?? refuse('missing');
}

function readPage(context: Context, booking: Booking) {
  const { centreId, childId, date } = booking;
  return context.database.read(async (tx) => {
    const later = await listBookings(tx, {
      childIds: [childId],
      centreId,
      from: date,
      to: '9999-12-31' as PlainDate,
    });
    return {
      centre: (await findCentre(tx, centreId))!,
      child: (await findChild(tx, asCentre(context), childId, context.today))!,
      groups: await listGroups(tx, centreId),
      firmness: (await findFirmness(tx, [booking], context.now)).get(booking.id),
      onBoard: (await listBoardBookings(tx, centreId, date)).find((each) => each.id === booking.id),
      ofSeries:
        booking.seriesId === null
          ? []
          : later.filter((each) => each.seriesId === booking.seriesId && each.state === 'booked'),
    };
  });
}

/** A booking as its centre sees it, with what may still become of it. */
async function showBooking(context: Context, problem?: Problem): Promise<void> {
  const { t, now } = context;
  const booking = await bookingOf({ database: context.database, id: context.id('bookingId') });
  const { centreId, childId, date } = booking;
  const seen = await readPage(context, booking);
  const group = seen.groups.find((each) => each.id === booking.groupId)!;
  const standing = booking.state === 'booked';
  const over = firstOpenHalfHour(date, now) >= booking.to;
  const state = stayState(booking, now);
  const span = spanOf([seen.centre.hours]);
  const firm = firmWords(seen.firmness, dateAt(now), t);
  const facts = [
    { term: t('booking.group'), value: group.name },
    {
      term: t('booking.date'),
      value: dayTitle(date, t.language, dateAt(now)),
      href: paths.centreDay(centreId, date, booking.id),
    },
    { term: t('booking.time'), value: formatSlot(booking) },
    ...(seen.child.skillsNeeded.length > 0
      ? [
          {
            term: t('booking.needs'),
            value: seen.child.skillsNeeded.map((skill) => needWords(skill, t)).join(', '),
          },
        ]
      : []),
    ...(firm ? [{ term: t('firm.term'), value: firm.text }] : []),
    ...(booking.late ? [{ term: t('booking.deadline'), value: t('board.booked_late') }] : []),
  ];
  page(
    context.res,
    'centre/booking',
    {
      title: t('booking.title', { name: seen.child.name }),
      back: paths.centreDay(centreId, date, booking.id),
      backText: formatDate(date),
      child: { name: seen.child.name, href: paths.centreChild(centreId, childId) },
      state: { tone: STAY_TONES[state], text: stayWords(seen.onBoard ?? booking, now, t) },
      facts,
      change: standing && !over ? paths.centreBookingChange(centreId, booking.id) : '',
      begun: booking.from < firstOpenHalfHour(date, now),
      groups: seen.groups
        .filter((each) => each.category === group.category && (holdsOn(each, date) || each.id === group.id))
        .map((each) => ({ value: each.id, text: each.name })),
      booking: { groupId: booking.groupId, date, from: formatTime(booking.from), to: formatTime(booking.to) },
      times: timeOptions(Math.min(span.from, booking.from), Math.max(span.to, booking.to)),
      absence: standing ? paths.centreAbsence(centreId, booking.id) : '',
      absences: ABSENCES.map((kind) => ({ value: kind, text: t(`absence.${kind}`) })),
      cancellation: standing && !over ? paths.centreCancellation(centreId, booking.id) : '',
      series: seen.ofSeries.length > 1 ? t('booking.series_ahead', { n: seen.ofSeries.length }) : '',
      values: problem ? typed(context.req.body) : {},
      errors: problem?.errors,
    },
    {
      address: paths.centreBooking(centreId, booking.id),
      ...(problem?.status !== undefined && { status: problem.status }),
    },
  );
}

const problemOf = (refusal: Refusal): Problem => ({
  errors: bookingErrors(refusal),
  status: statusOf(refusal.reason),
});

const changed = z.strictObject({ groupId: idField(), date: dateField(), from: timeField(), to: timeField() });

async function change(context: Context): Promise<void> {
  const form = parseForm(changed, context.req.body);
  if (form.errors) return await showBooking(context, form);
  const { groupId, date, from, to } = form.values;
  const centreId = context.id('centreId');
  const groups = await context.database.read((tx) => listGroups(tx, centreId));
  if (!groups.some((group) => group.id === groupId)) {
    return await showBooking(context, { errors: [{ field: 'groupId', key: 'form.choose_one' }] });
  }
  const bookingId = context.id('bookingId');
  const { refused, answer } = await attempt(
    context.perform(changeBooking, { bookingId, groupId, date, slot: { from, to } }),
  );
  if (refused) return await showBooking(context, problemOf(refused));
  context.done(paths.centreBooking(centreId, bookingId), {
    key: answer.late ? 'booking.changed_late' : 'booking.changed',
  });
}

const cancelled = z.strictObject({ series: ticked() });

async function cancel(context: Context): Promise<void> {
  const form = parseForm(cancelled, context.req.body);
  if (form.errors) return await showBooking(context, form);
  const bookingId = context.id('bookingId');
  const { date, centreId } = await bookingOf({ database: context.database, id: bookingId });
  const write = form.values.series
    ? context.perform(cancelSeries, { bookingId }).then(({ ids }) => ids.length)
    : context.perform(cancelBooking, { bookingId }).then(() => 1);
  const { refused, answer } = await attempt(write);
  if (refused) return await showBooking(context, problemOf(refused));
  const path = paths.centreDay(centreId, date, bookingId);
  context.done(`${path}#booking-${bookingId}`, { key: 'booking.cancelled', params: { n: answer } });
}

export const booking = routes('/centres/:centreId/bookings/:bookingId')
  .get('', centreBooking, (context) => showBooking(context))
  .post('/change', centreBooking, change)
  .post('/cancellation', centreBooking, cancel);
