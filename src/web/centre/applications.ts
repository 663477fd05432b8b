import { formatDate } from '../../domain/calendar-words.ts';
import { ageInYears, dateAt } from '../../domain/calendar.ts';
import { listApplications, type DecidedApplication } from '../../data/applications.ts';
import { findCentre } from '../../data/centres.ts';
import { centreStaff } from '../access.ts';
import type { Context } from '../context.ts';
import { clockTime } from '../figures.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { APPLICATION_TONES, applicationState } from './application-state.ts';
import { centreName } from '../names.ts';

const PAGE = 50;

function rowOf({ application, decision }: DecidedApplication, { t, today }: Context) {
  const state = applicationState(decision);
  return {
    name: application.childName,
    href: paths.centreApplication(application.centreId, application.id),
    submitted: `${formatDate(dateAt(application.submittedAt))} ${clockTime(application.submittedAt)}`,
    age: t('child.years', { n: ageInYears(application.birthDate, today) }),
    category: t(`category.${application.category}`),
    startsOn: formatDate(application.startsOn),
    tone: APPLICATION_TONES[state],
    state: t(`public.state.${state}`),
  };
}

/** A centre's applications, newest first. */
async function showApplications(context: Context): Promise<void> {
  const { t } = context;
  const centreId = context.id('centreId');
  const asked = context.query('page');
  const number = /^[1-9]\d{0,3}$/.test(asked) ? Number(asked) : 1;
  const { centre, found } = await context.database.read(async (tx) => ({
    centre: (await findCentre(tx, centreId))!,
    found: await listApplications(tx, centreId, { offset: (number - 1) * PAGE, limit: PAGE }),
  }));
  const pages = Math.max(1, Math.ceil(found.total / PAGE));
  const at = (to: number) => (to >= 1 && to <= pages ? paths.centreApplications(centreId, { page: to }) : '');
  page(context.res, 'centre/applications', {
    title: t('nav.applications'),
    centre: centreName(centre, t.language),
    place: paths.place(centre.regionCode, centreId),
    waiting: t('public.waiting', { n: found.waiting }),
    applications: found.applications.map((each) => rowOf(each, context)),
    pages: pages > 1 && {
      previous: at(number - 1),
      next: at(number + 1),
      text: t('nav.page_of', { page: number, pages }),
    },
  });
}

export const applications = routes('/centres/:centreId/applications').get('', centreStaff, showApplications);
