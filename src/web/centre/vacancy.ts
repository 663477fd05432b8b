import { z } from 'zod';
import { formatDate } from '../../domain/calendar-words.ts';
import { dateAt } from '../../domain/calendar.ts';
import { refuse } from '../../domain/refusal.ts';
import { vacancyState } from '../../domain/vacancy.ts';
import { listCandidates, listStates } from '../../data/candidacies.ts';
import { findVacancy } from '../../data/vacancies.ts';
import { changeVacancy, closeVacancy, markOf } from '../../use-cases/vacancies.ts';
import { centreVacancyAdmin } from '../access/vacancy.ts';
import { attempt } from '../attempt.ts';
import { CANDIDACY_TONES, ruleWords, vacancyFacts } from '../candidacy-words.ts';
import type { Context } from '../context.ts';
import { statusOf } from '../errors.ts';
import { parseForm, typed, type FieldError } from '../form.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { hoursWords } from './hours.ts';
import { VACANCY_TONES } from './vacancies.ts';
import { vacancyForm, vacancyFormErrors, vacancyShape, vacancyWish } from './vacancy-form.ts';

interface Problem {
  readonly errors: readonly FieldError[];
  readonly status?: number;
}

/** A vacancy with who applies for it, and the forms that change and close it. */
async function showVacancy(context: Context, problem?: Problem): Promise<void> {
  const { t, today, actor } = context;
  const [centreId, vacancyId] = [context.id('centreId'), context.id('vacancyId')];
  // A candidate's name is for the centre's own administrators.
  const mayKnow = actor.role === 'centre_admin';
  const seen = await context.database.read(async (tx) => {
    const candidates = await listCandidates(tx, vacancyId);
    return {
      vacancy: (await findVacancy(tx, vacancyId)) ?? refuse('missing'),
      candidates,
      states: await listStates(
        tx,
        candidates.map(({ id }) => id),
      ),
    };
  });
  const { vacancy } = seen;
  const state = vacancyState(vacancy, today);
  const values = problem ? typed(context.req.body) : {};
  page(
    context.res,
    'centre/vacancy',
    {
      title: t(`post.${vacancy.post}`),
      back: paths.centreVacancies(centreId),
      tone: VACANCY_TONES[state],
      state: t(`vacancy.state_${state}`),
      facts: vacancyFacts(vacancy, hoursWords(vacancy.hours, t), t),
      rule: ruleWords(vacancy.post, t),
      hidden: mayKnow ? '' : t('vacancy.candidates_hidden', { n: seen.candidates.length }),
      candidates: mayKnow
        ? seen.candidates.map((each) => {
            const stands = seen.states.get(each.id)?.state ?? 'submitted';
            return {
              href: paths.centreCandidacy(centreId, vacancyId, each.id),
              name: each.name,
              sent: formatDate(dateAt(each.submittedAt)),
              tone: CANDIDACY_TONES[stands],
              state: t(`candidacy_state.${stands}`),
            };
          })
        : [],
      editable: vacancy.closedAt === null,
      open: problem !== undefined,
      action: paths.centreVacancy(centreId, vacancyId),
      // After a colleague's save the page shows what holds: the next save is made from that.
      seen: problem && problem.status !== 409 ? String(values['seen'] ?? '') : markOf(vacancy),
      form: vacancyForm(vacancy, values, today, t),
      closure: paths.centreVacancyClosure(centreId, vacancyId),
      values,
      errors: problem?.errors,
    },
    {
      address: paths.centreVacancy(centreId, vacancyId),
      ...(problem?.status !== undefined && { status: problem.status }),
    },
  );
}

const shape = z.strictObject({ seen: z.string().max(40).optional(), ...vacancyShape });

async function change(context: Context): Promise<void> {
  const [centreId, vacancyId] = [context.id('centreId'), context.id('vacancyId')];
  const form = parseForm(shape, context.req.body);
  if (form.errors) return await showVacancy(context, form);
  const { wish, errors } = vacancyWish(form.values);
  if (errors.length > 0) return await showVacancy(context, { errors });
  const seen = form.values.seen ?? '';
  const { refused } = await attempt(context.perform(changeVacancy, { ...wish, centreId, vacancyId, seen }));
  if (refused)
    return await showVacancy(context, {
      errors: vacancyFormErrors(refused),
      status: statusOf(refused.reason),
    });
  context.done(paths.centreVacancy(centreId, vacancyId), { key: 'form.saved' });
}

async function close(context: Context): Promise<void> {
  const [centreId, vacancyId] = [context.id('centreId'), context.id('vacancyId')];
  const { refused } = await attempt(context.perform(closeVacancy, { centreId, vacancyId }));
  // A colleague has closed it already: the page shows that.
  if (refused)
    return context.done(paths.centreVacancy(centreId, vacancyId), {
      tone: 'warn',
      key: `refusal.${refused.reason}`,
    });
  context.done(paths.centreVacancy(centreId, vacancyId), { key: 'vacancy.closed' });
}

export const vacancy = routes('/centres/:centreId/vacancies/:vacancyId')
  .get('', centreVacancyAdmin, (context) => showVacancy(context))
  .post('', centreVacancyAdmin, change)
  .post('/closure', centreVacancyAdmin, close);
