import {
  addDays,
  addMonths,
  datesBetween,
  endOfMonth,
  startOfMonth,
  WEEKDAYS,
  type PlainDate,
} from '../../domain/calendar.ts';
import { weekdayName } from '../../domain/calendar-words.ts';
import { eligibilityReason } from '../../domain/eligibility.ts';
import { horizonOf } from '../../domain/horizon.ts';
import { refuse } from '../../domain/refusal.ts';
import { formatSlot, formatTime } from '../../domain/slots.ts';
import { listBookings, type Booking } from '../../data/bookings.ts';
import { findCentre } from '../../data/centres.ts';
import { findChild, mayBookFor } from '../../data/children.ts';
import { listEnrolments } from '../../data/enrolments.ts';
import { findDays } from '../../data/group-days.ts';
import { findGroup, type Group } from '../../data/groups.ts';
import { guardianWhoSees } from '../access.ts';
import type { Context } from '../context.ts';
import { dateOf, monthTitle } from '../dates.ts';
import { centreName } from '../names.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { stayState, stayWords } from '../stay.ts';
import { nextMonth } from './bookings.ts';
import { freeDay } from './free-day.ts';
import { weeksOf } from './month-taps.ts';

const MONTHS_BACK = 12;
const NEAR_DAYS = 120;

/** The child's groups, the one it was booked in last before the others. */
function groupIdsOf(bookings: readonly Booking[]): number[] {
  return [...new Set(bookings.toReversed().map((booking) => booking.groupId))];
}

async function readMonth(context: Context, from: PlainDate) {
  const { actor, today } = context;
  const childId = context.id('childId');
  return await context.database.read(async (tx) => {
    const child = (await findChild(tx, actor, childId, today)) ?? refuse('missing');
    const near = { from: addDays(today, -NEAR_DAYS), to: addDays(today, NEAR_DAYS) };
    const groups: Group[] = [];
    for (const id of groupIdsOf(await listBookings(tx, { childIds: [childId], ...near }))) {
      const group = await findGroup(tx, id);
      if (group) groups.push(group);
    }
    const group = groups.find((each) => String(each.id) === context.query('group')) ?? groups[0];
    const days = group ? await findDays(tx, { groupId: group.id, from, to: endOfMonth(from) }) : [];
    return {
      child,
      groups,
      group,
      centre: group && (await findCentre(tx, group.centreId)),
      enrolments: group ? await listEnrolments(tx, childId, group.id) : [],
      mayBook: await mayBookFor(tx, actor, childId, today),
      bookings: await listBookings(tx, { childIds: [childId], from, to: endOfMonth(from) }),
      days: new Map(days.map((day) => [day.date, day])),
    };
  });
}

type Seen = Awaited<ReturnType<typeof readMonth>>;

/** What a day of the calendar says: its look, its words, a sign of one or few letters for phones, where a tap leads. */
interface Said {
  readonly look: string;
  readonly words: string;
  readonly sign: string;
  readonly href: string;
}

function bookedDay(booking: Booking, { now, t }: Context): Said {
  const href = paths.booking(booking.id);
  if (stayState(booking, now) === 'absent')
    return { look: 'absent', words: stayWords(booking, now, t), sign: '–', href };
  return { look: 'mine', words: formatSlot(booking), sign: formatTime(booking.from), href };
}

function otherDay(date: PlainDate, seen: Seen, { now, today, t }: Context): Said {
  const { child, group, mayBook } = seen;
  if (date < today) return { look: 'past', words: '', sign: '', href: '' };
  if (!group) return { look: '', words: '', sign: '', href: mayBook ? paths.childGroups(child.id) : '' };
  const need = { weight: child.supportWeight, skills: child.skillsNeeded };
  const card = freeDay(date, seen.days.get(date), undefined, { childId: child.id, group, need, now }, t);
  if (card.closed !== '') return { look: 'closed', words: card.closed, sign: '', href: '' };
  const reason = eligibilityReason(child, group, seen.enrolments, date);
  if (reason) return { look: 'closed', words: t('month.not_possible'), sign: '', href: '' };
  const week = mayBook ? paths.childDays(child.id, group.id, date) : '';
  if (card.book === '') return { look: 'full', words: card.why, sign: '×', href: week };
  return { look: '', words: t('month.free'), sign: '+', href: mayBook ? card.book : '' };
}

/** A month of one child: what is booked, where it is absent, and which days are free in its group. */
async function showMonth(context: Context): Promise<void> {
  const { t, today, language } = context;
  const [first, last] = [startOfMonth(addMonths(today, -MONTHS_BACK)), startOfMonth(horizonOf(today))];
  const asked = startOfMonth(
    dateOf(context.query('month')) ??
      (await context.database.read((tx) => nextMonth(tx, [context.id('childId')], today))),
  );
  const from = asked < first || asked > last ? startOfMonth(today) : asked;
  const seen = await readMonth(context, from);
  const { child, group, centre } = seen;
  const here = (month: PlainDate, groupId = group?.id) =>
    paths.childMonth(child.id, { month, group: groupId });
  const cells = datesBetween(from, endOfMonth(from)).map((date) => {
    const own = seen.bookings.filter((each) => each.date === date && each.state !== 'cancelled').at(-1);
    return {
      day: String(Number(date.slice(8))),
      today: date === today,
      ...(own ? bookedDay(own, context) : otherDay(date, seen, context)),
    };
  });
  const months: { value: string; text: string }[] = [];
  for (let month = first; month <= last; month = addMonths(month, 1))
    months.push({ value: month, text: monthTitle(month, language) });
  page(
    context.res,
    'family/month',
    {
      title: monthTitle(from, language),
      child: child.name,
      back: paths.child(child.id),
      place: group && centre ? `${centreName(centre, language)} · ${group.name}` : '',
      explained: t(group ? 'month.explained' : 'month.no_group'),
      choose: group === undefined && seen.mayBook ? paths.childGroups(child.id) : '',
      previous: from > first ? here(addMonths(from, -1)) : '',
      next: from < last ? here(addMonths(from, 1)) : '',
      action: paths.childMonth(child.id),
      group: group?.id ?? '',
      groups:
        seen.groups.length < 2
          ? []
          : seen.groups.map((each) => ({
              href: here(from, each.id),
              text: each.name,
              current: each.id === group?.id,
            })),
      months,
      values: { month: from },
      heads: WEEKDAYS.map((day) => ({
        short: weekdayName(day, language, 'short'),
        long: weekdayName(day, language, 'long'),
      })),
      weeks: weeksOf(cells, from),
    },
    { address: here(from) },
  );
}

export const month = routes('/children/:childId/month').get('', guardianWhoSees, showMonth);
