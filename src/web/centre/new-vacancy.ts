import { z } from 'zod';
import { openVacancy } from '../../use-cases/vacancies.ts';
import { centreAdmin } from '../access.ts';
import { attempt } from '../attempt.ts';
import type { Context } from '../context.ts';
import { statusOf } from '../errors.ts';
import { parseForm, typed, type FieldError } from '../form.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { vacancyForm, vacancyFormErrors, vacancyShape, vacancyWish } from './vacancy-form.ts';

interface Problem {
  readonly errors: readonly FieldError[];
  readonly status?: number;
}

function showForm(context: Context, problem?: Problem): void {
  const { t, today } = context;
  const centreId = context.id('centreId');
  const values = problem ? typed(context.req.body) : {};
  page(
    context.res,
    'centre/new-vacancy',
    {
      title: t('vacancy.new'),
      back: paths.centreVacancies(centreId),
      action: paths.centreVacancies(centreId),
      form: vacancyForm(undefined, values, today, t),
      values,
      errors: problem?.errors,
    },
    {
      width: 'narrow',
      address: paths.centreNewVacancy(centreId),
      ...(problem?.status !== undefined && { status: problem.status }),
    },
  );
}

async function create(context: Context): Promise<void> {
  const centreId = context.id('centreId');
  const form = parseForm(z.strictObject(vacancyShape), context.req.body);
  if (form.errors) return showForm(context, form);
  const { wish, errors } = vacancyWish(form.values);
  if (errors.length > 0) return showForm(context, { errors });
  const { refused, answer } = await attempt(context.perform(openVacancy, { ...wish, centreId }));
  if (refused)
    return showForm(context, { errors: vacancyFormErrors(refused), status: statusOf(refused.reason) });
  context.done(paths.centreVacancy(centreId, answer.id), { key: 'vacancy.opened' });
}

/** A new vacancy of a centre. */
export const newVacancy = routes('/centres/:centreId/vacancies')
  .get('/new', centreAdmin, (context) => showForm(context))
  .post('', centreAdmin, create);
