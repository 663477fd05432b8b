import { addDays, daysBetween, type PlainDate } from '../../domain/calendar.ts';
import type { Actor } from '../../domain/people.ts';
import { refuse } from '../../domain/refusal.ts';
import { isCentrePerson, worksAt } from '../../domain/people.ts';
import { findBooking, listBookings, type BookingFilter } from '../../data/bookings.ts';
import { findChild, listChildren } from '../../data/children.ts';
import type { Reading } from '../../data/database.ts';
import { findGroup, listAllGroups } from '../../data/groups.ts';
import { bookSlot } from '../../use-cases/bookings.ts';
import { bookingSeen, families } from '../access.ts';
import { requireGrid } from './grid.ts';
import { FIRST_DAY, LAST_DAY } from '../dates.ts';
import { resource } from './resource.ts';
import { booking, bookingAsked, bookingPage, bookingsAsked, showBooking } from './schemas/booking.ts';
import { dateAfter, idAfter, pageFrom, SHORT_PAGE } from './schemas/pages.ts';
import { STAY_REFUSALS } from './stay-refusals.ts';

const MOST_DAYS = 400;
/** For a system administrator who names neither child nor group: the whole country. */
const MOST_DAYS_OF_ALL = 31;

interface Wish {
  readonly child?: number | undefined;
  readonly group?: number | undefined;
  readonly from?: PlainDate | undefined;
  readonly to?: PlainDate | undefined;
}

/** From today unless told, and as far as one list goes; with `to` alone as far back from there. */
function rangeOf(
  { child, group, from, to }: Wish,
  actor: Actor,
  today: PlainDate,
): { from: PlainDate; to: PlainDate } {
  const wholeCountry = actor.role === 'system_admin' && child === undefined && group === undefined;
  const most = wholeCountry ? MOST_DAYS_OF_ALL : MOST_DAYS;
  // One end alone is counted on from, and not beyond the days there are.
  if (to === undefined && from !== undefined && from > LAST_DAY)
    refuse('invalid', { errors: [{ field: 'from', reason: 'invalid' }] });
  if (from === undefined && to !== undefined && to < FIRST_DAY)
    refuse('invalid', { errors: [{ field: 'to', reason: 'invalid' }] });
  const first = from ?? (to === undefined ? today : addDays(to, 1 - most));
  const last = to ?? addDays(first, most - 1);
  if (last < first) refuse('invalid', { errors: [{ field: 'to', reason: 'invalid' }] });
  if (daysBetween(first, last) >= most) refuse('invalid', { errors: [{ field: 'to', reason: 'too_wide' }] });
  return { from: first, to: last };
}

type Scope = Pick<BookingFilter, 'childIds' | 'groupIds' | 'centreId'>;

/** Whose bookings: a guardian's children, a centre's groups. A child or group of others is `missing`. */
async function scopeOf(tx: Reading, actor: Actor, { child, group }: Wish, today: PlainDate): Promise<Scope> {
  if (child !== undefined && !(await findChild(tx, actor, child, today))) refuse('missing');
  const found = group === undefined ? undefined : ((await findGroup(tx, group)) ?? refuse('missing'));
  if (found && actor.role !== 'guardian' && !worksAt(actor, found.centreId)) refuse('missing');
  const named = { ...(child !== undefined && { childIds: [child] }), ...(found && { groupIds: [found.id] }) };
  if (actor.role === 'guardian') {
    const own = child === undefined ? (await listChildren(tx, actor, today)).map((each) => each.id) : [child];
    return { ...named, childIds: own };
  }
  if (isCentrePerson(actor)) return { ...named, centreId: actor.centreId ?? 0 };
  // By group, so that the index of groups and dates serves.
  if (child === undefined && group === undefined)
    return { groupIds: (await listAllGroups(tx)).map((each) => each.id) };
  return named;
}

export const bookings = resource('/bookings')
  .read(
    '',
    families,
    {
      summary: `Bookings by date, at most ${MOST_DAYS} days at once; from today unless told`,
      query: bookingsAsked,
      answer: bookingPage,
      reasons: ['missing'],
    },
    async ({ context: { database, actor, today }, query }) => {
      const range = rangeOf(query, actor, today);
      const after = dateAfter(query);
      const limit = (query.limit ?? SHORT_PAGE) + 1;
      const place = after === undefined ? {} : { after: { date: after, id: idAfter(query, 1) } };
      const rows = await database.read(async (tx) =>
        listBookings(tx, { ...(await scopeOf(tx, actor, query, today)), ...range, ...place, limit }),
      );
      return pageFrom(rows, query, (row) => [row.date, String(row.id)], showBooking);
    },
  )
  .read('/:bookingId', bookingSeen, { summary: 'A booking', answer: booking }, async ({ context }) => {
    const found = await context.database.read((tx) => findBooking(tx, context.id('bookingId')));
    return showBooking(found ?? refuse('missing'));
  })
  .write(
    '',
    families,
    {
      summary: 'Books one stay of 4 to 10 hours',
      body: bookingAsked,
      answer: booking,
      reasons: ['missing', 'closed', ...STAY_REFUSALS],
    },
    async (work, { body: { from, to, ...wish } }) => {
      const slot = await requireGrid(work, { from, to }, wish);
      const { id } = await bookSlot(work, { ...wish, slot });
      return showBooking((await findBooking(work.tx, id)) ?? refuse('missing'));
    },
  );
