import { z } from 'zod';
import { CATEGORIES } from '../../domain/people.ts';
import { findCentre } from '../../data/centres.ts';
import { createGroup } from '../../use-cases/group-settings.ts';
import { centreAdmin } from '../access.ts';
import { attempt } from '../attempt.ts';
import type { Context } from '../context.ts';
import { statusOf } from '../errors.ts';
import { parseForm, typed, type FieldError } from '../form.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { dateField, numberField } from '../shapes.ts';
import { groupWordsForm, groupWordsShape, languagesOf, skillsOf } from './group-words.ts';
import { hoursForm, hoursShape, readHours } from './hours.ts';
import { centreName } from '../names.ts';
import { settingsErrors } from './settings-errors.ts';

interface Problem {
  readonly errors: readonly FieldError[];
  readonly status?: number;
}

async function showForm(context: Context, problem?: Problem): Promise<void> {
  const { t, today } = context;
  const centreId = context.id('centreId');
  const centre = (await context.database.read((tx) => findCentre(tx, centreId)))!;
  const values = problem ? typed(context.req.body) : {};
  page(
    context.res,
    'centre/new-group',
    {
      title: t('group.new'),
      centre: centreName(centre, t.language),
      back: paths.centreGroups(centreId),
      action: paths.centreGroups(centreId),
      categories: CATEGORIES.map((category) => ({ value: category, text: t(`category.${category}`) })),
      words: groupWordsForm(undefined, t),
      today,
      hours: hoursForm(centre.hours, values, t),
      values,
      errors: problem?.errors,
    },
    {
      width: 'narrow',
      address: paths.centreNewGroup(centreId),
      ...(problem?.status !== undefined && { status: problem.status }),
    },
  );
}

const shape = z.strictObject({
  ...groupWordsShape,
  category: z.enum(CATEGORIES),
  startsOn: dateField(),
  room: numberField(),
  ...hoursShape,
});

async function create(context: Context): Promise<void> {
  const centreId = context.id('centreId');
  const form = parseForm(shape, context.req.body);
  if (form.errors) return await showForm(context, form);
  const { name, admission, fromAgeMonths, toAgeMonths, category, startsOn, room } = form.values;
  const { hours, errors } = readHours(form.values);
  if (errors.length > 0) return await showForm(context, { errors });
  const says = { skills: skillsOf(form.values), languages: languagesOf(form.values) };
  const words = { name, admission, fromAgeMonths, toAgeMonths, category, ...says };
  const { refused, answer } = await attempt(
    context.perform(createGroup, { centreId, ...words, startsOn, room, hours }),
  );
  if (refused)
    return await showForm(context, { errors: settingsErrors(refused), status: statusOf(refused.reason) });
  context.done(paths.centreGroup(centreId, answer.id), { key: 'group.created' });
}

/** A new group with its first room and hours. */
export const newGroup = routes('/centres/:centreId/groups')
  .get('/new', centreAdmin, (context) => showForm(context))
  .post('', centreAdmin, create);
