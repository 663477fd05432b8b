import { addDays, datesBetween, startOfWeek, type PlainDate } from '../../domain/calendar.ts';
import { longDate } from '../../domain/calendar-words.ts';
import { firstOpenHalfHour } from '../../domain/admittance.ts';
import { freeAt } from '../../domain/places.ts';
import { refuse } from '../../domain/refusal.ts';
import { formatSlot, formatTime, stretches } from '../../domain/slots.ts';
import { listBookings, type Booking } from '../../data/bookings.ts';
import { findCentre } from '../../data/centres.ts';
import { findChild } from '../../data/children.ts';
import { findDays, type StoredDay } from '../../data/group-days.ts';
import { findGroup } from '../../data/groups.ts';
import { guardianWhoBooks } from '../access.ts';
import { centreName } from '../centre/names.ts';
import type { Context } from '../context.ts';
import { dateOf, formatPeriod, LAST_DAY } from '../dates.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';

function halvesOf(day: StoredDay, mine: Booking | undefined, from: number) {
  return Array.from({ length: day.closesAt! - day.opensAt! }, (_, n) => {
    const at = day.opensAt! + n;
    const free = at < from ? 0 : freeAt(day, at);
    const chosen = mine !== undefined && at >= mine.from && at < mine.to;
    return { time: formatTime(at), free: String(free), look: `${free === 0 ? 'full' : free === 1 ? 'low' : ''}${chosen ? ' chosen' : ''}` };
  });
}

function dayOf(date: PlainDate, day: StoredDay | undefined, mine: Booking | undefined, childId: number, context: Context) {
  const { t, now } = context;
  const words = longDate(date, t.language);
  const base = { date, title: words.charAt(0).toLocaleUpperCase(t.language) + words.slice(1), mine: mine ? t('days.booked', { time: formatSlot(mine) }) : '', mineHref: mine ? paths.booking(mine.id) : '' };
  const from = firstOpenHalfHour(date, now);
  if (!day || day.opensAt === null || day.closesAt === null) {
    return { ...base, closed: day ? t(`days.closed_${day.closedReason ?? 'closure'}`) : t('days.no_row'), halves: [], note: '', book: '' };
  }
  if (from >= day.closesAt) return { ...base, closed: t('day.past'), halves: [], note: '', book: '' };
  const halves = halvesOf(day, mine, from);
  const full = stretches(halves.flatMap((half, n) => (half.free === '0' ? [day.opensAt! + n] : [])));
  const note = full.length === 0 ? '' : t('days.full_at', { times: full.map(formatSlot).join(', ') });
  return { ...base, closed: '', halves, note, book: mine ? '' : paths.newBooking(childId, day.groupId, date) };
}

/** A group's week for one child: free places at each half-hour, and each day a way to book it. */
async function showGroupDays(context: Context): Promise<void> {
  const { t, actor, today, language } = context;
  const [childId, groupId] = [context.id('childId'), context.id('groupId')];
  const asked = dateOf(context.query('from'));
  const from = startOfWeek(asked !== undefined && asked > today ? asked : today);
  const to = addDays(from, 6);
  const seen = await context.database.read(async (tx) => {
    const group = (await findGroup(tx, groupId)) ?? refuse('missing');
    return {
      group,
      child: (await findChild(tx, actor, childId, today)) ?? refuse('missing'),
      centre: (await findCentre(tx, group.centreId))!,
      days: new Map((await findDays(tx, { groupId, from, to })).map((day) => [day.date, day])),
      mine: await listBookings(tx, { childIds: [childId], from, to, occupying: true }),
    };
  });
  const dates = datesBetween(from, to).filter((date) => date >= today && (seen.days.get(date)?.closedReason !== 'day_off'));
  page(context.res, 'family/group-days', {
    title: centreName(seen.centre, language),
    group: seen.group.name,
    child: seen.child.name,
    back: paths.childGroups(childId),
    period: formatPeriod(from, to),
    previous: from > today ? paths.childDays(childId, groupId, addDays(from, -7)) : '',
    next: addDays(from, 7) <= LAST_DAY ? paths.childDays(childId, groupId, addDays(from, 7)) : '',
    days: dates.map((date) => dayOf(date, seen.days.get(date), seen.mine.find((booking) => booking.date === date), childId, context)),
    series: paths.newBooking(childId, groupId),
    explained: t('days.explained'),
  });
}

export const groupDays = routes('/children/:childId/groups/:groupId/days').get('', guardianWhoBooks, showGroupDays);
