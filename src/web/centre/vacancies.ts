import { formatDate } from '../../domain/calendar-words.ts';
import { vacancyState } from '../../domain/vacancy.ts';
import { findCentre } from '../../data/centres.ts';
import { countCandidacies, listVacanciesOf } from '../../data/vacancies.ts';
import { centreAdmin } from '../access.ts';
import type { Context } from '../context.ts';
import { hoursOf } from '../figures.ts';
import { centreName } from '../names.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { hoursWords } from './hours.ts';

export const VACANCY_TONES = { open: 'good', over: 'warn', closed: 'off' } as const;

/** A centre's vacancies with how many apply: figures only, the names are on each one's page. */
async function showVacancies(context: Context): Promise<void> {
  const { t, today, language } = context;
  const centreId = context.id('centreId');
  const { centre, found, counts } = await context.database.read(async (tx) => {
    const vacancies = await listVacanciesOf(tx, centreId);
    return {
      centre: (await findCentre(tx, centreId))!,
      found: vacancies,
      counts: await countCandidacies(
        tx,
        vacancies.map(({ id }) => id),
      ),
    };
  });
  page(context.res, 'centre/vacancies', {
    title: t('vacancy.title'),
    centre: centreName(centre, language),
    back: paths.centreStaff(centreId),
    newHref: paths.centreNewVacancy(centreId),
    vacancies: found.map((vacancy) => {
      const state = vacancyState(vacancy, today);
      const { all = 0, running = 0 } = counts.get(vacancy.id) ?? {};
      return {
        href: paths.centreVacancy(centreId, vacancy.id),
        post: t(`post.${vacancy.post}`),
        week: t('vacancy.hours_a_week', { hours: hoursOf(vacancy.weeklyMinutes, language) }),
        hours: hoursWords(vacancy.hours, t),
        startsOn: formatDate(vacancy.startsOn),
        applyUntil: formatDate(vacancy.applyUntil),
        candidates: t('vacancy.candidates_of', { all, running }),
        tone: VACANCY_TONES[state],
        state: t(`vacancy.state_${state}`),
      };
    }),
  });
}

export const vacancies = routes('/centres/:centreId/vacancies').get('', centreAdmin, showVacancies);
