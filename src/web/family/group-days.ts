import { addDays, datesBetween, startOfWeek } from '../../domain/calendar.ts';
import { eligibilityReason } from '../../domain/eligibility.ts';
import { refuse } from '../../domain/refusal.ts';
import { listBookings } from '../../data/bookings.ts';
import { findCentre } from '../../data/centres.ts';
import { findChild } from '../../data/children.ts';
import { listEnrolments } from '../../data/enrolments.ts';
import { findDays } from '../../data/group-days.ts';
import { findGroup } from '../../data/groups.ts';
import { guardianWhoBooks } from '../access.ts';
import { centreName } from '../names.ts';
import type { Context } from '../context.ts';
import { dateOf, formatPeriod, LAST_DAY } from '../dates.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { freeDay } from './free-day.ts';

/** A group's week for one child: free places at each half-hour, and each day a way to book it. */
async function showGroupDays(context: Context): Promise<void> {
  const { t, actor, today, now, language } = context;
  const [childId, groupId] = [context.id('childId'), context.id('groupId')];
  const asked = dateOf(context.query('from'));
  const from = startOfWeek(asked !== undefined && asked > today ? asked : today);
  const to = addDays(from, 6);
  const { group, child, centre, enrolments, days, mine } = await context.database.read(async (tx) => {
    const found = (await findGroup(tx, groupId)) ?? refuse('missing');
    return {
      group: found,
      child: (await findChild(tx, actor, childId, today)) ?? refuse('missing'),
      centre: (await findCentre(tx, found.centreId))!,
      enrolments: await listEnrolments(tx, childId, groupId),
      days: new Map((await findDays(tx, { groupId, from, to })).map((day) => [day.date, day])),
      mine: await listBookings(tx, { childIds: [childId], from, to, occupying: true }),
    };
  });
  const asking = { childId, group, need: { weight: child.supportWeight, skills: child.skillsNeeded }, now };
  const dates = datesBetween(from, to).filter(
    (date) => date >= today && days.get(date)?.closedReason !== 'day_off',
  );
  const reasons = new Map(dates.map((date) => [date, eligibilityReason(child, group, enrolments, date)]));
  const unfit = [...new Set(reasons.values())].filter((reason) => reason !== undefined);
  const cards = dates.map((date) => {
    const own = mine.find((booking) => booking.date === date);
    const card = freeDay(date, days.get(date), own, asking, t);
    if (reasons.get(date) !== undefined) return { ...card, book: '', why: '', standBy: '' };
    const full = !own && card.halves.some((half) => half.look === 'full');
    return { ...card, standBy: full ? paths.standBy(childId, { group: groupId, date }) : '' };
  });
  const everyDayUnfit = dates.length > 0 && dates.every((date) => reasons.get(date) !== undefined);
  page(context.res, 'family/group-days', {
    title: centreName(centre, language),
    group: group.name,
    child: child.name,
    back: paths.childGroups(childId),
    period: formatPeriod(from, to),
    previous: from > today ? paths.childDays(childId, groupId, addDays(from, -7)) : '',
    next: addDays(from, 7) <= LAST_DAY ? paths.childDays(childId, groupId, addDays(from, 7)) : '',
    notices: [
      ...unfit.map((reason) => t(`refusal.${reason}`)),
      ...(cards.some((card) => card.locked && card.halves.length > 0) ? [t('days.locked_text')] : []),
    ],
    days: cards,
    series: everyDayUnfit ? '' : paths.newSeries(childId, { group: String(groupId) }),
    explained: t('days.explained'),
  });
}

export const groupDays = routes('/children/:childId/groups/:groupId/days').get(
  '',
  guardianWhoBooks,
  showGroupDays,
);
