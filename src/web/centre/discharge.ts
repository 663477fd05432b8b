import { z } from 'zod';
import { formatDate } from '../../domain/calendar-words.ts';
import { findChild } from '../../data/children.ts';
import { dischargeChild, DISCHARGE_GROUNDS } from '../../use-cases/discharge.ts';
import { centreChild } from '../access.ts';
import { attempt } from '../attempt.ts';
import type { Context } from '../context.ts';
import { statusOf } from '../errors.ts';
import { parseForm, typed, type FieldError } from '../form.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { dateField, nameField } from '../shapes.ts';
import { asCentre } from './as-centre.ts';
import { confirmationOf, confirmShape, showInTheWay } from './in-the-way.ts';
import { settingsErrors } from './settings-errors.ts';

interface Problem {
  readonly errors: readonly FieldError[];
  readonly status?: number;
}

const childName = async (context: Context) =>
  (await context.database.read((tx) =>
    findChild(tx, asCentre(context), context.id('childId'), context.today),
  ))!.name;

/** The last day, the ground and the order: what the journal of discharge asks for. */
async function showDischarge(context: Context, problem?: Problem): Promise<void> {
  const { t, today } = context;
  const [centreId, childId] = [context.id('centreId'), context.id('childId')];
  page(
    context.res,
    'centre/discharge',
    {
      title: t('discharge.title'),
      child: await childName(context),
      back: paths.centreChild(centreId, childId),
      action: paths.centreDischarge(centreId, childId),
      grounds: DISCHARGE_GROUNDS.map((ground) => ({ value: ground, text: t(`discharge_ground.${ground}`) })),
      today,
      values: problem ? typed(context.req.body) : {},
      errors: problem?.errors,
    },
    { width: 'narrow', ...(problem?.status !== undefined && { status: problem.status }) },
  );
}

const shape = z.strictObject({
  lastDay: dateField(),
  ground: z.enum(DISCHARGE_GROUNDS),
  order: nameField(),
  ...confirmShape,
});

async function discharged(context: Context): Promise<void> {
  const { t } = context;
  const [centreId, childId] = [context.id('centreId'), context.id('childId')];
  const form = parseForm(shape, context.req.body);
  if (form.errors) return await showDischarge(context, form);
  const { lastDay, ground, order } = form.values;
  const wish = { centreId, childId, lastDay, ground, order, ...confirmationOf(form.values) };
  const { refused, answer } = await attempt(context.perform(dischargeChild, wish));
  const date = formatDate(lastDay);
  if (refused?.reason === 'in_the_way') {
    const title = t('discharge.confirm', { name: await childName(context), date });
    const action = paths.centreDischarge(centreId, childId);
    return showInTheWay(context, refused, { title, action, back: action });
  }
  if (refused)
    return await showDischarge(context, {
      errors: settingsErrors(refused),
      status: statusOf(refused.reason),
    });
  const { cancelled, told } = answer;
  context.done(paths.centreChild(centreId, childId), {
    key: 'discharge.done',
    params: { date, n: cancelled, told },
  });
}

export const discharge = routes('/centres/:centreId/children/:childId/discharge')
  .get('', centreChild, (context) => showDischarge(context))
  .post('', centreChild, discharged);
