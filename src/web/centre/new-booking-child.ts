import { formatDate } from '../../domain/calendar-words.ts';
import type { Context } from '../context.ts';
import { dateOf } from '../dates.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { findInRegister } from './register.ts';

const LISTED = 20;

/** First the child is looked for; what was typed stays in the address. */
export async function chooseChild(context: Context): Promise<void> {
  const { t } = context;
  const centreId = context.id('centreId');
  const search = context.query('search').slice(0, 100);
  const date = dateOf(context.query('date'));
  const group = context.query('group') || undefined;
  const found = await findInRegister(context, search);
  page(context.res, 'centre/new-booking-child', {
    title: t('booking.whose'),
    back: paths.centreDay(centreId, date ?? 'today'),
    action: paths.centreNewBooking(centreId),
    search,
    date: date ?? '',
    group: group ?? '',
    children: found.slice(0, LISTED).map((child) => ({
      name: child.name,
      href: paths.centreNewBooking(centreId, { child: child.id, date, group }),
      note: `${formatDate(child.birthDate)} · ${t(`category.${child.category}`)}`,
    })),
    more: found.length > LISTED ? t('booking.more_children', { n: found.length - LISTED }) : '',
    newChild: paths.centreNewChild(centreId),
  });
}
