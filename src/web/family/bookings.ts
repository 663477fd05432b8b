import { addDays, addMonths, endOfMonth, startOfMonth } from '../../domain/calendar.ts';
import { listBookings } from '../../data/bookings.ts';
import { listChildren } from '../../data/children.ts';
import { findFirmness } from '../../use-cases/firm-days.ts';
import { guardian } from '../access.ts';
import type { Context } from '../context.ts';
import { dateOf, monthTitle } from '../dates.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { placesOf } from './places.ts';
import { stayLine } from './stay-line.ts';

/** All bookings of one's children in a month; in this month the days gone by are folded away. */
async function showBookings(context: Context): Promise<void> {
  const { t, actor, today, now, language } = context;
  const from = startOfMonth(dateOf(context.query('month')) ?? today);
  const to = endOfMonth(from);
  const seen = await context.database.read(async (tx) => {
    const children = await listChildren(tx, actor, today);
    const bookings = await listBookings(tx, { childIds: children.map((child) => child.id), from, to });
    return {
      children,
      bookings,
      places: await placesOf(tx, bookings),
      firmness: await findFirmness(tx, bookings, now),
    };
  });
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
    lines: seen.bookings.filter((booking) => !gone.includes(booking)).map(lineOf),
    past: gone.toReversed().map(lineOf),
    many: seen.children.length > 1,
  });
}

export const bookings = routes('/bookings').get('', guardian, showBookings);
