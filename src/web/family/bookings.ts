import { addDays, addMonths, endOfMonth, startOfMonth, type PlainDate } from '../../domain/calendar.ts';
import { listBookings } from '../../data/bookings.ts';
import { listChildren } from '../../data/children.ts';
import type { Reading } from '../../data/database.ts';
import { findFirmness } from '../../use-cases/firm-days.ts';
import { guardian } from '../access.ts';
import type { Context } from '../context.ts';
import { dateOf, monthTitle } from '../dates.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { placesOf } from './places.ts';
import { stayLine } from './stay-line.ts';

const MONTHS_AHEAD = 13;

/** The month a page opens with where none is asked for: of the next booking, else this one. */
export async function nextMonth(
  tx: Reading,
  childIds: readonly number[],
  today: PlainDate,
): Promise<PlainDate> {
  const ahead = await listBookings(tx, { childIds, from: today, to: addMonths(today, MONTHS_AHEAD) });
  return startOfMonth(ahead[0]?.date ?? today);
}

/**
 * All bookings of one's children in a month, at first the month of the next one; in this month the days gone by are
 * folded away.
 */
async function showBookings(context: Context): Promise<void> {
  const { t, actor, today, now, language } = context;
  const asked = dateOf(context.query('month'));
  const seen = await context.database.read(async (tx) => {
    const children = await listChildren(tx, actor, today);
    const childIds = children.map((child) => child.id);
    const from = asked ? startOfMonth(asked) : await nextMonth(tx, childIds, today);
    const bookings = await listBookings(tx, { childIds, from, to: endOfMonth(from) });
    return {
      children,
      from,
      bookings,
      places: await placesOf(tx, bookings),
      firmness: await findFirmness(tx, bookings, now),
    };
  });
  const { from } = seen;
  const to = endOfMonth(from);
  const names = new Map(seen.children.map((child) => [child.id, child.name]));
  const lineOf = (booking: (typeof seen.bookings)[number]) => ({
    ...stayLine(booking, seen.places, today, now, t, seen.firmness),
    child: names.get(booking.childId) ?? '',
  });
  const thisMonth = from <= today && today <= to;
  const gone = thisMonth ? seen.bookings.filter((booking) => booking.date < today) : [];
  page(context.res, 'family/bookings', {
    title: monthTitle(from, language),
    previous: paths.bookings(addMonths(from, -1)),
    next: paths.bookings(addDays(to, 1)),
    // Of one child the place is said where it changes.
    lines: seen.bookings
      .filter((booking) => !gone.includes(booking))
      .map(lineOf)
      .map((line, at, all) => ({
        ...line,
        place: names.size === 1 && line.place === all[at - 1]?.place ? '' : line.place,
      })),
    past: gone.toReversed().map(lineOf),
    empty: t(asked || from > startOfMonth(today) ? 'bookings.none_in_month' : 'children.no_bookings'),
    many: seen.children.length > 1,
  });
}

export const bookings = routes('/bookings').get('', guardian, showBookings);
