import { findDays } from '../../data/group-days.ts';
import { groupExists } from '../access.ts';
import { resource } from './resource.ts';
import { daysAsked, groupDayPage, MOST_DAYS, showDay } from './schemas/group-day.ts';
import { pageWithin } from './schemas/pages.ts';

/** Free half-hours, for anyone signed in: they name nobody. */
export const groupDays = resource('/groups/:groupId/days').read(
  '',
  groupExists,
  {
    summary: `Places and free half-hours of a group, at most ${MOST_DAYS} days at once`,
    query: daysAsked,
    answer: groupDayPage,
  },
  async ({ context, query }) => {
    const range = { groupId: context.id('groupId'), from: query.from, to: query.to };
    const days = await context.database.read((tx) => findDays(tx, range));
    return pageWithin(days, query, (day) => day.date, showDay);
  },
);
