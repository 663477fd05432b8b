import { firstOpenHalfHour, dayRefusal } from '../domain/admittance.ts';
import { maxOf, minOf, type PlainDate } from '../domain/calendar.ts';
import { eligibilityReason } from '../domain/eligibility.ts';
import { parsePattern, slotsBetween } from '../domain/pattern.ts';
import { beside, occupied, releaseAt, type Claim } from '../domain/places.ts';
import { refuse } from '../domain/refusal.ts';
import { insertEnrolment } from '../data/applications.ts';
import { listBookings, type Booking } from '../data/bookings.ts';
import { insertBooking } from '../data/booking-edits.ts';
import { insertSeries } from '../data/series.ts';
import { listChildrenById, type Child } from '../data/children.ts';
import { deleteHolds, insertCancellations, releaseBookings } from '../data/claims.ts';
import { insertEvent } from '../data/events.ts';
import { recountDays } from '../data/day-counts.ts';
import { lockDaysOfGroups, type StoredDay } from '../data/group-days.ts';
import { findGroup, type Group } from '../data/groups.ts';
import { listOfferHolds, type Offer } from '../data/offers.ts';
import { keepForMatching, type Freed } from './matching.ts';
import { authorOf, todayOf, type Work } from './perform.ts';

export interface Placement {
  readonly enrolmentId: number;
  readonly booked: PlainDate[];
  readonly left: PlainDate[];
}

/** A day without one claim. */
function without(day: StoredDay, claim: Claim, kind: 'booked' | 'held'): StoredDay {
  const less = (values: readonly number[], by: number) =>
    values.map((value, at) => (at >= claim.from && at < claim.to ? value - by : value));
  return { ...day, [kind]: less(day[kind], 1), load: less(day.load, claim.weight) };
}

/** What a child has on the days of its new place, elsewhere or in the same group, and has not come to yet. */
async function bookingsInTheWay(work: Work, offer: Offer, dates: ReadonlySet<PlainDate>): Promise<Booking[]> {
  const bookings = await listBookings(work.tx, {
    childIds: [offer.childId],
    from: offer.startsOn,
    to: offer.endsOn,
    occupying: true,
  });
  return bookings.filter(
    (each) =>
      dates.has(each.date) && each.state === 'booked' && firstOpenHalfHour(each.date, work.now) <= each.from,
  );
}

/**
 * Turns offers of one group into enrolments and bookings for every day of their period; what the children had elsewhere
 * on those days is cancelled and goes to whoever waits for it. The children are locked, the days are locked here. Days
 * that are closed by now, or full because the hold was taken away, are left out and told.
 */
export async function takePlace(work: Work, offers: readonly Offer[]): Promise<Placement[]> {
  const { tx } = work;
  const group = (await findGroup(tx, offers[0]!.groupId)) ?? refuse('missing');
  const children = new Map(
    (
      await listChildrenById(
        tx,
        offers.map((offer) => offer.childId),
      )
    ).map((child) => [child.id, child]),
  );
  const plans = [];
  for (const offer of offers) {
    const child = children.get(offer.childId) ?? refuse('missing');
    const parsed = parsePattern(offer.pattern);
    const pattern = 'pattern' in parsed ? parsed.pattern : refuse('invalid');
    const slots = slotsBetween(pattern, offer.startsOn, offer.endsOn);
    const reason = eligibilityReason(child, { ...group, admission: 'open' }, [], offer.startsOn);
    if (reason) refuse(reason);
    plans.push({
      offer,
      child,
      slots,
      inTheWay: await bookingsInTheWay(work, offer, new Set(slots.map(({ date }) => date))),
    });
  }
  const groupIds = [
    ...new Set([group.id, ...plans.flatMap(({ inTheWay }) => inTheWay.map((each) => each.groupId))]),
  ];
  // Siblings may start on different days.
  const range = {
    from: minOf(offers.map((offer) => offer.startsOn))!,
    to: maxOf(offers.map((offer) => offer.endsOn))!,
  };
  const locked = await lockDaysOfGroups(tx, groupIds, range);

  const touched = new Set<string>();
  const touch = (each: { groupId: number; date: PlainDate }) => touched.add(`${each.groupId} ${each.date}`);
  const days = new Map(locked.filter((day) => day.groupId === group.id).map((day) => [day.date, day]));
  const placements: Placement[] = [];
  for (const { offer, child, slots, inTheWay } of plans) {
    const freed = await replaceBookings(work, inTheWay);
    for (const each of freed) {
      touch(each);
      const day = days.get(each.date);
      if (day && each.groupId === group.id) days.set(each.date, without(day, each, 'booked'));
    }
    await keepForMatching(
      work,
      freed.filter((each) => each.groupId !== group.id),
    );
    const holds = await listOfferHolds(tx, offer.id);
    await deleteHolds(
      tx,
      holds.map((hold) => hold.id),
    );
    for (const hold of holds) {
      touch(hold);
      // Beside a booking of the child itself it held nothing more: see countDay.
      const own = freed.filter((each) => each.groupId === group.id && each.date === hold.date);
      for (const slot of beside(hold, own)) {
        const day = days.get(hold.date);
        if (day) days.set(hold.date, without(day, { ...slot, weight: hold.weight }, 'held'));
      }
    }
    const placement = await book(work, offer, child, group, slots, days);
    for (const date of placement.booked) touch({ groupId: group.id, date });
    placements.push(placement);
  }
  await recountDays(
    tx,
    locked.filter((day) => touched.has(`${day.groupId} ${day.date}`)),
  );
  return placements;
}

/** Cancels bookings in favour of a new place; gives what they leave free. */
async function replaceBookings(work: Work, bookings: readonly Booking[]): Promise<Freed[]> {
  const { tx, now, actor } = work;
  const at = (booking: Booking) => releaseAt(booking, firstOpenHalfHour(booking.date, now));
  await releaseBookings(
    tx,
    bookings.map((booking) => ({ id: booking.id, releasedFrom: at(booking) })),
  );
  await insertCancellations(
    tx,
    bookings.map((booking) => booking.id),
    { at: now, by: authorOf(actor), source: 'family', closureId: null },
  );
  return bookings.flatMap((booking) => {
    const taken = occupied(booking);
    return taken ? [{ groupId: booking.groupId, date: booking.date, ...taken, weight: booking.weight }] : [];
  });
}

async function book(
  work: Work,
  offer: Offer,
  child: Child,
  group: Group,
  slots: ReturnType<typeof slotsBetween>,
  days: Map<PlainDate, StoredDay>,
): Promise<Placement> {
  const { tx, now, actor } = work;
  const story = { bookedAt: now, bookedBy: authorOf(actor) };
  const enrolmentId = await insertEnrolment(tx, {
    childId: child.id,
    groupId: group.id,
    startsOn: offer.startsOn,
    endsOn: null,
    ground: 'offer',
    createdAt: now,
    createdBy: authorOf(actor),
  });
  const seriesId = await insertSeries(tx, {
    childId: child.id,
    groupId: group.id,
    pattern: offer.pattern,
    startsOn: offer.startsOn,
    endsOn: offer.endsOn,
    ifFull: 'book_free',
    ...story,
  });
  const need = { weight: child.supportWeight, skills: child.skillsNeeded };
  const booked: PlainDate[] = [];
  const left: PlainDate[] = [];
  for (const { date, from, to } of slots) {
    const day = days.get(date);
    // Deadlines are for families who book by themselves; this place was offered.
    const asked = { date, slot: { from, to }, need, now, booked: false, deadline: group, byStaff: true };
    if (day === undefined || day.opensAt === null) continue;
    if (date < todayOf(work) || dayRefusal(day, asked)) {
      left.push(date);
      continue;
    }
    booked.push(date);
    await insertBooking(tx, {
      childId: child.id,
      groupId: group.id,
      date,
      from,
      to,
      weight: child.supportWeight,
      late: false,
      seriesId,
      enrolmentId,
      ...story,
    });
    const more = (values: readonly number[], by: number) =>
      values.map((value, at) => (at >= from && at < to ? value + by : value));
    days.set(date, { ...day, booked: more(day.booked, 1), load: more(day.load, child.supportWeight) });
  }
  await insertEvent(tx, {
    at: now,
    by: authorOf(actor),
    kind: 'booking.series',
    centreId: group.centreId,
    groupId: group.id,
    childId: child.id,
    data: {
      seriesId,
      offerId: offer.id,
      first: booked[0] ?? null,
      booked: booked.length,
      refused: left.length,
    },
  });
  return { enrolmentId, booked, left };
}
