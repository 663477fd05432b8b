import { addDays, addMonths, startOfWeek } from '../../domain/calendar.ts';
import { formatDate } from '../../domain/calendar-words.ts';
import { refuse } from '../../domain/refusal.ts';
import { listBookings } from '../../data/bookings.ts';
import { findChild, mayBookFor } from '../../data/children.ts';
import { findFirmness } from '../../use-cases/firm-days.ts';
import { guardianWhoSees } from '../access.ts';
import { needWords } from '../needs.ts';
import type { Context } from '../context.ts';
import { formatPeriod } from '../dates.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { placesOf } from './places.ts';
import { offerNotices, queueLines, readQueue } from './queue-card.ts';
import { stayLine } from './stay-line.ts';

const PAST_DAYS = 60;
const AHEAD_MONTHS = 14;
const WEEKS_SHOWN = 6;
/** Of the days of six weeks it is told whether staff are set. */
const NEAR_DAYS = 7 * WEEKS_SHOWN;

/** A child's bookings ahead by week, and those of the last two months. */
async function showChild(context: Context): Promise<void> {
  const { t, actor, today, now } = context;
  const childId = context.id('childId');
  const seen = await context.database.read(async (tx) => {
    const child = (await findChild(tx, actor, childId, today)) ?? refuse('missing');
    const bookings = await listBookings(tx, {
      childIds: [childId],
      from: addDays(today, -PAST_DAYS),
      to: addMonths(today, AHEAD_MONTHS),
    });
    const mayBook = await mayBookFor(tx, actor, childId, today);
    const queue = await readQueue(context, tx, [child]);
    const next = bookings.filter(
      (booking) => booking.date >= today && booking.date < addDays(today, NEAR_DAYS),
    );
    const firmness = await findFirmness(tx, next, now);
    return { child, bookings, mayBook, queue, firmness, places: await placesOf(tx, bookings) };
  });
  const line = (booking: (typeof seen.bookings)[number]) =>
    stayLine(booking, seen.places, today, now, t, seen.firmness);
  const ahead = seen.bookings.filter((booking) => booking.date >= today);
  const past = seen.bookings.filter((booking) => booking.date < today).toReversed();
  const weeks = [...Map.groupBy(ahead, (booking) => startOfWeek(booking.date))];
  const shown = context.query('all') === 'yes' ? weeks : weeks.slice(0, WEEKS_SHOWN);
  const more = weeks.length - shown.length;
  page(context.res, 'family/child', {
    title: seen.child.name,
    facts: [
      { term: t('child.birth_date'), value: formatDate(seen.child.birthDate) },
      { term: t('child.category'), value: t(`category.${seen.child.category}`) },
      ...(seen.child.skillsNeeded.length > 0
        ? [
            {
              term: t('own.needs'),
              value: seen.child.skillsNeeded.map((skill) => needWords(skill, t)).join(', '),
            },
          ]
        : []),
    ],
    mayBook: seen.mayBook,
    guardians: paths.guardians(childId),
    standBy: seen.mayBook ? paths.standBy(childId) : '',
    find: paths.hours(childId),
    groups: paths.childGroups(childId),
    month: paths.childMonth(childId),
    offers: offerNotices(seen.queue, context),
    queue: queueLines(seen.queue, childId, context),
    join: paths.newEntry(childId),
    weeks: shown.map(([monday, bookings]) => ({
      period: formatPeriod(monday, addDays(monday, 6)),
      // The place is said where it changes: week after week it is the same one.
      lines: bookings.map(line).map((each, at, all) => ({
        ...each,
        place: each.place === all[at - 1]?.place ? '' : each.place,
      })),
    })),
    more:
      more > 0
        ? { href: `${paths.child(childId)}?all=yes`, text: t('own.more_weeks', { n: more }) }
        : undefined,
    past: past.map(line),
  });
}

export const child = routes('/children/:childId').get('', guardianWhoSees, showChild);
