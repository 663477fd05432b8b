import { addDays, dateAt, minuteOfDay, type PlainDate } from '../../domain/calendar.ts';
import { alphabetical, collator } from '../../domain/names.ts';
import { administers, holdsOn } from '../../domain/people.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { formatSlot, MINUTES_PER_HALF_HOUR } from '../../domain/slots.ts';
import { countWaitingApplications } from '../../data/applications.ts';
import { findCentre } from '../../data/centres.ts';
import { listCollectors } from '../../data/adults.ts';
import { listBoardBookings, listCentreDays } from '../../data/day-board.ts';
import { findOverrides, listGroups } from '../../data/groups.ts';
import { listClosures } from '../../data/settings.ts';
import { centreStaff } from '../access.ts';
import type { Context } from '../context.ts';
import { dateOfAddress, dayTitle, FIRST_DAY, LAST_DAY } from '../dates.ts';
import { statusOf } from '../errors.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { dayGroup, type DayScene } from './day-group.ts';
import { dayTotals } from './day-totals.ts';
import { centreName } from '../names.ts';
import { weekOf, weekStrip } from './week-strip.ts';

/** Everything a day is drawn from, in one look at the data. */
function readDay({ database, today }: Context, centreId: number, date: PlainDate) {
  return database.read(async (tx) => {
    const centre = (await findCentre(tx, centreId))!;
    const bookings = await listBoardBookings(tx, centreId, date);
    const here = bookings.filter((booking) => booking.arrivedAt !== null && booking.departedAt === null);
    const week = weekOf(date);
    return {
      centre,
      groups: await listGroups(tx, centreId),
      days: await listCentreDays(tx, centreId, week),
      bookings,
      collectors: await listCollectors(
        tx,
        here.map((booking) => booking.childId),
        date,
      ),
      waiting: date === today ? await countWaitingApplications(tx, centreId) : 0,
      facts: { closures: await listClosures(tx, { centreId, ...week }), overrides: await findOverrides(tx) },
    };
  });
}

/** A write at the door that a rule refused: said in the section of its group. */
export interface Refused {
  readonly bookingId: number;
  readonly refusal: Refusal;
}

/** The one group that an htmx request swaps; undefined when the whole page is asked for. */
function swappedGroup({ req }: Context): string | undefined {
  if (req.get('hx-request-type') !== 'partial') return undefined;
  return /#(group-\d+)$/.exec(req.get('hx-target') ?? '')?.[1];
}

const startOfDay = (date: PlainDate, days: number): PlainDate | undefined => {
  const moved = addDays(date, days);
  return moved < FIRST_DAY || moved > LAST_DAY ? undefined : moved;
};

/** A centre's day. The totals and each group's section are also what htmx swaps after an arrival, departure or absence. */
export async function showDay(context: Context, date: PlainDate, refused?: Refused): Promise<void> {
  const { t, now, actor } = context;
  const { language } = t;
  const centreId = context.id('centreId');
  const seen = await readDay(context, centreId, date);
  const today = dateAt(now);
  const scene: DayScene = {
    centreId,
    now,
    t,
    facts: seen.facts,
    collectors: Map.groupBy(seen.collectors, (collector) => collector.childId),
    running: date === today ? Math.floor(minuteOfDay(now) / MINUTES_PER_HALF_HOUR) : undefined,
    administers: administers(actor, centreId),
    shown: refused?.bookingId ?? (Number(context.query('booking')) || undefined),
  };
  const days = seen.days.filter((day) => day.date === date);
  const { compare } = collator(language);
  const bookings = seen.bookings.toSorted(
    (a, b) => a.from - b.from || compare(a.childName, b.childName) || a.id - b.id,
  );
  const bookingsOf = Map.groupBy(bookings, (booking) => booking.groupId);
  const groups = seen.groups
    .filter((group) => holdsOn(group, date) || bookingsOf.has(group.id))
    .toSorted(alphabetical(language))
    .map((group) => {
      const own = bookingsOf.get(group.id) ?? [];
      const section = dayGroup(
        group,
        days.find((day) => day.groupId === group.id),
        own,
        scene,
      );
      const concerned = own.some((booking) => booking.id === refused?.bookingId);
      return refused && concerned ? { ...section, problem: t(`refusal.${refused.refusal.reason}`) } : section;
    });
  const swapped = swappedGroup(context);
  const open = days.filter((day) => day.opensAt !== null && day.closesAt !== null);
  const hours = {
    from: Math.min(...open.map((day) => day.opensAt!)),
    to: Math.max(...open.map((day) => day.closesAt!)),
  };
  const before = startOfDay(date, -1);
  const after = startOfDay(date, 1);
  page(
    context.res,
    'centre/day',
    {
      title: dayTitle(date, language, today),
      centre: centreName(seen.centre, language),
      hours: open.length > 0 ? formatSlot(hours) : t('day.closed'),
      rescues: paths.centreRescues(centreId, date),
      shortages: paths.shortages(centreId),
      previous: before === undefined ? '' : paths.centreDay(centreId, before),
      next: after === undefined ? '' : paths.centreDay(centreId, after),
      today: date === today ? '' : paths.centreDay(centreId, 'today'),
      book: date < today ? '' : paths.centreNewBooking(centreId, { date }),
      // Told on today's board only: it is the page that a morning begins with.
      waiting: seen.waiting > 0 ? t('public.waiting', { n: seen.waiting }) : '',
      applications: paths.centreApplications(centreId),
      strip: weekStrip(centreId, date, seen.days, seen.facts, t),
      weekHref: paths.centreWeek(centreId, date),
      totals: dayTotals({ date, days, bookings: seen.bookings }, now, t),
      groups: groups.filter((group) => swapped === undefined || group.id === swapped),
      groupsHref: scene.administers ? paths.centreGroups(centreId) : '',
      closuresHref: scene.administers ? paths.centreClosures(centreId) : '',
      errors: refused && [{ field: '', key: `refusal.${refused.refusal.reason}` as const }],
    },
    {
      width: 'wide',
      fragment: Object.fromEntries(groups.map((group) => [group.id, 'centre/_day'])),
      address: paths.centreDay(centreId, date),
      ...(refused && { status: statusOf(refused.refusal.reason) }),
    },
  );
}

export const day = routes('/centres/:centreId/days')
  .get('/today', centreStaff, (context) => showDay(context, context.today))
  .get('/:date', centreStaff, (context) => showDay(context, dateOfAddress(context.text('date'))));
