import { formatDate } from '../../domain/calendar-words.ts';
import { ageInYears } from '../../domain/calendar.ts';
import { findCentre } from '../../data/centres.ts';
import { centreStaff } from '../access.ts';
import type { Context } from '../context.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { centreName } from '../names.ts';
import { findInRegister } from './register.ts';

const PAGE = 50;
const LAST_PAGE = 2000;

function pageNumber(text: string): number {
  return /^[1-9]\d{0,3}$/.test(text) ? Math.min(Number(text), LAST_PAGE) : 1;
}

/** The children a centre knows, by name, a page at a time; search and page stand in the address. */
async function showRegister(context: Context): Promise<void> {
  const { t, today } = context;
  const centreId = context.id('centreId');
  const search = context.query('search').slice(0, 100);
  const number = pageNumber(context.query('page'));
  const centre = (await context.database.read((tx) => findCentre(tx, centreId)))!;
  const found = await findInRegister(context, search);
  const pages = Math.max(1, Math.ceil(found.length / PAGE));
  const at = (to: number) =>
    to >= 1 && to <= pages ? paths.centreChildren(centreId, { search, page: to }) : '';
  page(
    context.res,
    'centre/children',
    {
      title: t('nav.register'),
      centre: centreName(centre, t.language),
      count: t('count.children', { n: found.length }),
      search,
      searchAction: paths.centreChildren(centreId),
      newChild: paths.centreNewChild(centreId),
      children: found.slice((number - 1) * PAGE, number * PAGE).map((child) => ({
        name: child.name,
        href: paths.centreChild(centreId, child.id),
        birthDate: formatDate(child.birthDate),
        age: t('child.years', { n: ageInYears(child.birthDate, today) }),
        category: t(`category.${child.category}`),
      })),
      pages: pages > 1 && {
        previous: at(number - 1),
        next: at(number + 1),
        text: t('nav.page_of', { page: number, pages }),
      },
    },
    { fragment: 'centre/_children' },
  );
}

export const children = routes('/centres/:centreId/children').get('', centreStaff, showRegister);
