import { addDays, instantAt, addMinutes, type Instant, type PlainDate } from '../../domain/calendar.ts';
import { formatIcs, type IcsEvent } from '../../domain/ics.ts';
import { initials } from '../../domain/names.ts';
import type { Actor } from '../../domain/people.ts';
import { refuse } from '../../domain/refusal.ts';
import { MINUTES_PER_HALF_HOUR } from '../../domain/slots.ts';
import { listBookings, type Booking } from '../../data/bookings.ts';
import { countChanges, findFeedOwner } from '../../data/calendar-feeds.ts';
import { listChildren } from '../../data/children.ts';
import { listOffers } from '../../data/offers.ts';
import { hashToken } from '../../use-cases/sign-in.ts';
import { translator } from '../../i18n/translate.ts';
import type { Context } from '../context.ts';
import { centreAddress, centreName } from '../names.ts';
import { paths } from '../paths.ts';
import { feedHolder } from '../access/rescue.ts';
import { routes } from '../route.ts';
import { stayWords } from '../stay.ts';
import { placesOf } from './places.ts';
import { readFeedShifts, shiftEvents } from './shift-events.ts';

const PAST_DAYS = 30;
const AHEAD_DAYS = 400;

const at = (date: PlainDate, halfHour: number): Instant => instantAt(date, halfHour * MINUTES_PER_HALF_HOUR);

async function read(context: Context) {
  const { today } = context;
  return await context.database.read(async (tx) => {
    const owner = (await findFeedOwner(tx, hashToken(context.text('token')))) ?? refuse('missing');
    const { personId, name } = owner;
    const scope = { assignmentId: 0, centreId: null, regionCode: null };
    const actor: Actor = { personId, name, role: 'guardian', ...scope };
    const children = await listChildren(tx, actor, today);
    const childIds = children.map((child) => child.id);
    const range = { from: addDays(today, -PAST_DAYS), to: addDays(today, AHEAD_DAYS) };
    const bookings = await listBookings(tx, { childIds, ...range });
    return {
      language: owner.language,
      names: new Map(children.map((child) => [child.id, initials(child.name)])),
      bookings,
      places: await placesOf(tx, bookings),
      changes: await countChanges(
        tx,
        bookings.filter((booking) => booking.date >= today).map((booking) => booking.id),
      ),
      offers: await listOffers(tx, { childIds, live: true }),
      shifts: await readFeedShifts(tx, personId, range),
    };
  });
}

/** Children by their initials only: calendars lie open on screens and with other companies. */
async function show(context: Context): Promise<void> {
  const { now, services, res } = context;
  const seen = await read(context);
  const t = translator(seen.language);
  const off = (booking: Booking) => booking.state === 'cancelled' || booking.state === 'absent';
  const stays = seen.bookings.map((booking): IcsEvent => {
    const centre = seen.places.centres.get(booking.centreId);
    const group = seen.places.groups.get(booking.groupId);
    const name = seen.names.get(booking.childId) ?? '';
    const words = stayWords(booking, now, t);
    return {
      uid: `booking-${booking.id}@kundiz`,
      sequence: seen.changes.get(booking.id) ?? 0,
      start: at(booking.date, booking.from),
      end: at(booking.date, booking.to),
      summary: off(booking)
        ? `${name}: ${words}`
        : `${name}: ${centre ? centreName(centre, t.language) : ''}`,
      description: `${group?.name ?? ''}\n${words}`,
      location: centre ? centreAddress(centre, t.language) : '',
      url: `${services.baseUrl}${paths.booking(booking.id)}`,
      cancelled: off(booking),
    };
  });
  const deadlines = seen.offers
    .filter((offer) => now < offer.expiresAt)
    .map((offer): IcsEvent => ({
      uid: `offer-${offer.id}@kundiz`,
      sequence: 0,
      start: addMinutes(offer.expiresAt, -60),
      end: offer.expiresAt,
      summary: t('feed.offer', { child: seen.names.get(offer.childId) ?? '' }),
      url: `${services.baseUrl}${paths.offer(offer.id)}`,
    }));
  const shifts = shiftEvents(seen.shifts, services.baseUrl, t);
  res.set('Cache-Control', 'private, no-store');
  res.set('Content-Disposition', 'inline; filename="kundiz.ics"');
  res.type('text/calendar; charset=utf-8');
  res.send(formatIcs({ name: t('feed.name'), at: now, events: [...stays, ...deadlines, ...shifts] }));
}

export const calendarFeed = routes('/calendar/feeds/:token.ics').get('', feedHolder, show);
