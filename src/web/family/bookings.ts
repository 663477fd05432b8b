import { addDays, addMonths, endOfMonth, startOfMonth, yearOf, type PlainDate } from '../../domain/calendar.ts';
import { monthName } from '../../domain/calendar-words.ts';
import { listBookings } from '../../data/bookings.ts';
import { listChildren } from '../../data/children.ts';
import { guardian } from '../access.ts';
import type { Context } from '../context.ts';
import { dateOf } from '../dates.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { placesOf } from './places.ts';
import { stayLine } from './stay-line.ts';

const monthTitle = (date: PlainDate, context: Context) => {
  const name = monthName(Number(date.slice(5, 7)), context.language);
  return `${name.charAt(0).toLocaleUpperCase(context.language)}${name.slice(1)} ${yearOf(date)}`;
};

/** All bookings of one's children in a month. */
async function showBookings(context: Context): Promise<void> {
  const { t, actor, today, now } = context;
  const from = startOfMonth(dateOf(context.query('month')) ?? today);
  const to = endOfMonth(from);
  const seen = await context.database.read(async (tx) => {
    const children = await listChildren(tx, actor, today);
    const bookings = await listBookings(tx, { childIds: children.map((child) => child.id), from, to });
    return { children, bookings, places: await placesOf(tx, bookings) };
  });
  const names = new Map(seen.children.map((child) => [child.id, child.name]));
  page(context.res, 'family/bookings', {
    title: monthTitle(from, context),
    previous: paths.bookings(addMonths(from, -1)),
    next: paths.bookings(addDays(to, 1)),
    lines: seen.bookings.map((booking) => ({
      ...stayLine(booking, seen.places, today, now, t),
      child: names.get(booking.childId) ?? '',
    })),
    many: seen.children.length > 1,
  });
}

export const bookings = routes('/bookings').get('', guardian, showBookings);
