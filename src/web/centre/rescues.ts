import { addDays, startOfWeek } from '../../domain/calendar.ts';
import { clockTime } from '../../domain/rescue.ts';
import { formatSlot } from '../../domain/slots.ts';
import { findBooking } from '../../data/bookings.ts';
import { findCentre } from '../../data/centres.ts';
import { countRescues, listRescueAnswers, listRescuesOfCentre, type Rescue } from '../../data/rescues.ts';
import type { Context } from '../context.ts';
import { centreStaff } from '../access.ts';
import { dateOf, dayTitle, formatPeriod } from '../dates.ts';
import { centreName } from '../names.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';

const hours = (minutes: number, { t }: Context) => t('rescue.hours', { hours: minutes / 60 });

async function read(context: Context) {
  const centreId = context.id('centreId');
  const date = dateOf(context.query('date')) ?? context.today;
  const monday = startOfWeek(date);
  const week = { from: monday, to: addDays(monday, 6) };
  return await context.database.read(async (tx) => {
    const rescues = await listRescuesOfCentre(tx, centreId, date);
    const answers = await listRescueAnswers(
      tx,
      rescues.map((rescue) => rescue.id),
    );
    const bookings = new Map<number, NonNullable<Awaited<ReturnType<typeof findBooking>>>>();
    for (const { bookingId } of rescues) {
      const booking = bookingId === null ? undefined : await findBooking(tx, bookingId);
      if (booking) bookings.set(booking.id, booking);
    }
    const centre = (await findCentre(tx, centreId))!;
    const figures = await countRescues(tx, { centreId }, week);
    return { centre, date, week, rescues, answers, bookings, figures };
  });
}

type Seen = Awaited<ReturnType<typeof read>>;

/** Families are counted, never named: who is asked is nobody's business, who comes stands on the day's board. */
function rowOf(rescue: Rescue, { answers, bookings }: Seen, context: Context) {
  const { t } = context;
  const own = answers.filter((answer) => answer.rescueId === rescue.id);
  const count = (...wanted: (string | null)[]) => own.filter(({ answer }) => wanted.includes(answer)).length;
  const booking = rescue.bookingId === null ? undefined : bookings.get(rescue.bookingId);
  const taken = booking && t('rescue.taken', { hours: formatSlot(booking) });
  const open = rescue.closedAt === null;
  return {
    group: rescue.groupName,
    hours: formatSlot(rescue),
    at: clockTime(rescue.openedAt),
    asked: String(own.length),
    yes: String(count('yes', 'beforehand')),
    no: String(count('no')),
    silent: String(count(null)),
    href: booking ? paths.centreBooking(rescue.centreId, booking.id) : '',
    tone: open ? 'info' : taken ? 'good' : 'warn',
    outcome: open
      ? t('rescue.open_until', { time: clockTime(rescue.closesAt) })
      : (taken ?? t('rescue.nobody')),
  };
}

async function show(context: Context): Promise<void> {
  const { t, language, today } = context;
  const centreId = context.id('centreId');
  const seen = await read(context);
  const { centre, date, figures } = seen;
  page(context.res, 'centre/rescues', {
    title: t('rescue.board'),
    centre: centreName(centre, language),
    day: dayTitle(date, language, today),
    board: paths.centreDay(centreId, date),
    previous: paths.centreRescues(centreId, addDays(date, -1)),
    next: paths.centreRescues(centreId, addDays(date, 1)),
    rows: seen.rescues.map((rescue) => rowOf(rescue, seen, context)),
    week: t('rescue.week', { period: formatPeriod(seen.week.from, seen.week.to) }),
    facts: [
      { term: t('rescue.freed'), value: String(figures.freed), more: hours(figures.freedMinutes, context) },
      {
        term: t('rescue.rescued'),
        value: String(figures.taken),
        more: hours(figures.rescuedMinutes, context),
      },
      {
        term: t('rescue.unused'),
        value: String(figures.freed - figures.taken),
        more: hours(figures.lostMinutes, context),
      },
    ],
  });
}

export const rescues = routes('/centres/:centreId/rescues').get('', centreStaff, show);
