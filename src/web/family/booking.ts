import { z } from 'zod';
import { firstOpenHalfHour } from '../../domain/admittance.ts';
import { formatDate } from '../../domain/calendar-words.ts';
import type { PlainDate } from '../../domain/calendar.ts';
import { refuse, type Refusal } from '../../domain/refusal.ts';
import { formatSlot, formatTime } from '../../domain/slots.ts';
import { findBooking, listBookings } from '../../data/bookings.ts';
import { findCentre } from '../../data/centres.ts';
import { findChild } from '../../data/children.ts';
import { findGroup, listGroups } from '../../data/groups.ts';
import { FAMILY_ABSENCES, reportAbsence } from '../../use-cases/absences.ts';
import { cancelBooking, cancelSeries, changeBooking } from '../../use-cases/bookings.ts';
import { bookingOfFamily, bookingOfFamilyChanged } from '../access.ts';
import { attempt } from '../attempt.ts';
import { bookingErrors } from '../centre/booking-errors.ts';
import { centreName } from '../centre/names.ts';
import { STAY_TONES, stayState, stayWords } from '../centre/stay.ts';
import { spanOf, timeOptions } from '../centre/times.ts';
import type { Context } from '../context.ts';
import { dayTitle } from '../dates.ts';
import { statusOf } from '../errors.ts';
import { parseForm, typed, type FieldError } from '../form.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { dateField, idField, ticked, timeField } from '../shapes.ts';

interface Problem {
  readonly errors: readonly FieldError[];
  readonly status?: number;
}

function readPage(context: Context) {
  return context.database.read(async (tx) => {
    const booking = (await findBooking(tx, context.id('bookingId'))) ?? refuse('missing');
    const later = await listBookings(tx, { childIds: [booking.childId], from: booking.date, to: '9999-12-31' as PlainDate });
    return {
      booking,
      group: (await findGroup(tx, booking.groupId))!,
      groups: await listGroups(tx, booking.centreId),
      centre: (await findCentre(tx, booking.centreId))!,
      child: (await findChild(tx, context.actor, booking.childId, context.today)) ?? refuse('missing'),
      ahead: later.filter((each) => each.seriesId !== null && each.seriesId === booking.seriesId && each.state === 'booked'),
    };
  });
}

/** A booking as its family sees it, with everything that may still become of it on one page. */
async function showBooking(context: Context, problem?: Problem): Promise<void> {
  const { t, now, today, language } = context;
  const { booking, group, groups, centre, child, ahead } = await readPage(context);
  const state = stayState(booking, now);
  const open = firstOpenHalfHour(booking.date, now);
  const standing = booking.state === 'booked' && open < booking.to;
  const span = spanOf([centre.hours]);
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
        { term: t('booking.address'), value: [centre.district, centre.address].filter((text) => text !== '').join(', ') },
        { term: t('series.reference'), value: `B-${booking.id}` },
      ],
      standing,
      begun: booking.from < open,
      absence: paths.absence(booking.id),
      absences: FAMILY_ABSENCES.map((kind) => ({ value: kind, text: t(`absence.${kind}`) })),
      change: paths.bookingChange(booking.id),
      groups: groups.filter((each) => each.category === group.category).map((each) => ({ value: String(each.id), text: each.name })),
      times: timeOptions(Math.min(span.from, booking.from), Math.max(span.to, booking.to)),
      days: paths.childDays(booking.childId, booking.groupId, booking.date),
      cancellation: paths.cancellation(booking.id),
      series: ahead.length > 1 ? t('booking.series_ahead', { n: ahead.length }) : '',
      values: {
        groupId: String(booking.groupId),
        date: booking.date,
        from: formatTime(booking.from),
        to: formatTime(booking.to),
        ...(problem && typed(context.req.body)),
      },
      errors: problem?.errors,
    },
    {
      width: 'narrow',
      address: paths.booking(booking.id),
      ...(problem?.status !== undefined && { status: problem.status }),
    },
  );
}

const problemOf = (refusal: Refusal): Problem => ({ errors: bookingErrors(refusal), status: statusOf(refusal.reason) });

const changed = z.strictObject({ groupId: idField(), date: dateField(), from: timeField(), to: timeField() });

async function change(context: Context): Promise<void> {
  const form = parseForm(changed, context.req.body);
  if (form.errors) return await showBooking(context, form);
  const { groupId, date, from, to } = form.values;
  const bookingId = context.id('bookingId');
  const { refused, answer } = await attempt(
    context.perform(changeBooking, { bookingId, groupId, date, slot: { from, to } }),
  );
  if (refused) return await showBooking(context, problemOf(refused));
  return context.done(paths.booking(bookingId), { key: answer.late ? 'booking.changed_late' : 'booking.changed' });
}

async function cancel(context: Context): Promise<void> {
  const form = parseForm(z.strictObject({ series: ticked() }), context.req.body);
  if (form.errors) return await showBooking(context, form);
  const bookingId = context.id('bookingId');
  const { booking } = await readPage(context);
  const write = form.values.series
    ? context.perform(cancelSeries, { bookingId }).then(({ ids }) => ids.length)
    : context.perform(cancelBooking, { bookingId }).then(() => 1);
  const { refused, answer } = await attempt(write);
  if (refused) return await showBooking(context, problemOf(refused));
  return context.done(paths.child(booking.childId), { key: 'booking.cancelled', params: { n: answer } });
}

/** The short way from the home page: one question, one tap. */
async function askAbsence(context: Context, problem?: Problem): Promise<void> {
  const { t, now } = context;
  const { booking, child } = await readPage(context);
  if (booking.state !== 'booked' || firstOpenHalfHour(booking.date, now) >= booking.to) {
    return context.done(paths.booking(booking.id));
  }
  return page(
    context.res,
    'family/absence',
    {
      title: t('absence.title'),
      what: `${child.name} · ${formatDate(booking.date)}, ${formatSlot(booking)}`,
      action: paths.absence(booking.id),
      back: paths.children(),
      kinds: FAMILY_ABSENCES.map((kind) => ({ value: kind, text: t(`absence.${kind}`) })),
      errors: problem?.errors,
    },
    { width: 'narrow', address: paths.absence(booking.id) },
  );
}

async function report(context: Context): Promise<void> {
  const form = parseForm(z.strictObject({ kind: z.enum(['illness', 'family', 'medical']) }), context.req.body);
  if (form.errors) return await askAbsence(context, form);
  const { refused } = await attempt(context.perform(reportAbsence, { bookingId: context.id('bookingId'), ...form.values }));
  if (refused) return await showBooking(context, problemOf(refused));
  return context.done(paths.children(), { key: 'absence.done' });
}

export const booking = routes('/bookings/:bookingId')
  .get('', bookingOfFamily, (context) => showBooking(context))
  .post('/change', bookingOfFamilyChanged, change)
  .post('/cancellation', bookingOfFamilyChanged, cancel)
  .get('/absence', bookingOfFamilyChanged, (context) => askAbsence(context))
  .post('/absence', bookingOfFamilyChanged, report);
