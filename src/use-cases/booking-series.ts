import { dayRefusal, type Refused } from '../domain/admittance.ts';
import { addMonths, minOf, type PlainDate } from '../domain/calendar.ts';
import { isLate } from '../domain/deadline.ts';
import { eligibilityReason } from '../domain/eligibility.ts';
import { holdsOn } from '../domain/people.ts';
import { formatPattern, slotsBetween, type Pattern } from '../domain/pattern.ts';
import { refuse } from '../domain/refusal.ts';
import { lengthReason } from '../domain/slots.ts';
import { findOccupiedDates } from '../data/bookings.ts';
import { insertBooking } from '../data/booking-edits.ts';
import { insertSeries } from '../data/series.ts';
import { listEnrolments } from '../data/enrolments.ts';
import { insertEvent } from '../data/events.ts';
import { recountDays } from '../data/day-counts.ts';
import { lockDays, type StoredDay } from '../data/group-days.ts';
import { groupToBook, lockChildToBook } from './bookings.ts';
import { authorOf, type Work } from './perform.ts';

export const LONGEST_SERIES_MONTHS = 12;

export interface SeriesWish {
  readonly childId: number;
  readonly groupId: number;
  readonly pattern: Pattern;
  readonly startsOn: PlainDate;
  readonly endsOn: PlainDate;
  readonly ifFull: 'refuse_all' | 'book_free';
}

export interface RefusedDay extends Refused {
  readonly date: PlainDate;
}

export interface SeriesAnswer {
  readonly id: number;
  readonly booked: PlainDate[];
  readonly refused: RefusedDay[];
}

/**
 * Books every day of a pattern between two dates, at most 12 months. Closed days are listed and fail nothing. Otherwise
 * `refuse_all` writes nothing unless every day is free (refused as `full` or `already_booked` where a day is, else with
 * the first reason, and the list of days); `book_free` books what is free.
 */
export async function bookSeries(work: Work, wish: SeriesWish): Promise<SeriesAnswer> {
  const { tx, now, actor } = work;
  const { childId, groupId, pattern, startsOn, endsOn } = wish;
  const child = await lockChildToBook(work, childId);
  const group = await groupToBook(work, groupId);
  if (endsOn < startsOn || endsOn > addMonths(startsOn, LONGEST_SERIES_MONTHS)) {
    refuse('invalid', { errors: [{ field: 'endsOn', reason: endsOn < startsOn ? 'invalid' : 'too_wide' }] });
  }
  const slots = slotsBetween(pattern, startsOn, endsOn);
  for (const slot of slots) {
    const length = lengthReason(slot);
    if (length) refuse(length);
  }
  if (child.category !== group.category) refuse('wrong_category');

  const enrolments = await listEnrolments(tx, childId, groupId);
  const days = new Map(
    (await lockDays(tx, { groupId, from: startsOn, to: endsOn })).map((day) => [day.date, day]),
  );
  const occupiedDates = await findOccupiedDates(tx, childId, startsOn, endsOn);
  const need = { weight: child.supportWeight, skills: child.skillsNeeded };
  const byStaff = actor.role !== 'guardian';

  const refused: RefusedDay[] = [];
  const free: typeof slots = [];
  for (const each of slots) {
    const { date } = each;
    const reason = eligibilityReason(child, group, enrolments, date);
    const booked = occupiedDates.has(date);
    const why: Refused | undefined = reason
      ? { reason }
      : dayRefusal(days.get(date), { date, slot: each, need, now, booked, deadline: group, byStaff });
    if (why) refused.push({ date, ...why });
    else free.push(each);
  }

  const failing = refused.filter((day) => day.reason !== 'closed');
  if (wish.ifFull === 'refuse_all' && failing.length > 0) {
    const taken = failing.find((day) => day.reason === 'full' || day.reason === 'already_booked');
    refuse((taken ?? failing[0]!).reason, { refused });
  }

  const seriesId = await insertSeries(tx, {
    childId,
    groupId,
    pattern: formatPattern(pattern),
    startsOn,
    endsOn,
    ifFull: wish.ifFull,
    bookedAt: now,
    bookedBy: authorOf(actor),
  });
  const touched: StoredDay[] = [];
  for (const { date, from, to } of free) {
    touched.push(days.get(date)!);
    await insertBooking(tx, {
      childId,
      groupId,
      date,
      from,
      to,
      weight: child.supportWeight,
      late: isLate(now, date, group),
      seriesId,
      enrolmentId: enrolments.find((enrolment) => holdsOn(enrolment, date))?.id ?? null,
      bookedAt: now,
      bookedBy: authorOf(actor),
    });
  }
  await recountDays(tx, touched);
  const booked = free.map((each) => each.date);
  await insertEvent(tx, {
    at: now,
    by: authorOf(actor),
    kind: 'booking.series',
    centreId: group.centreId,
    groupId,
    childId,
    data: {
      seriesId,
      first: booked.length > 0 ? minOf(booked) : null,
      booked: booked.length,
      refused: refused.length,
    },
  });
  return { id: seriesId, booked, refused };
}
