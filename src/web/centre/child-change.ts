import { z } from 'zod';
import { refuse } from '../../domain/refusal.ts';
import { findChild } from '../../data/children.ts';
import { findChildFile } from '../../data/registration.ts';
import { changeChild, markOf } from '../../use-cases/child-changes.ts';
import { centreChild } from '../access.ts';
import { attempt } from '../attempt.ts';
import type { Context } from '../context.ts';
import { statusOf } from '../errors.ts';
import { parseForm, typed, type FieldError } from '../form.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { asCentre } from './as-centre.ts';
import { childChoices, childShape, registerErrors, weightField } from './child-fields.ts';

interface Problem {
  readonly errors: readonly FieldError[];
  readonly status?: number;
}

async function readFile(context: Context) {
  const [centreId, childId] = [context.id('centreId'), context.id('childId')];
  return await context.database.read(async (tx) => {
    const child = (await findChild(tx, asCentre(context), childId, context.today)) ?? refuse('missing');
    return { ...child, ...(await findChildFile(tx, childId, centreId))! };
  });
}

/** A class that an import has given stays as it is until somebody says otherwise. */
const classesOf = (own: number): string[] => [...new Set(['0', '1', String(own)])];

async function showForm(context: Context, problem?: Problem): Promise<void> {
  const { t, today } = context;
  const [centreId, childId] = [context.id('centreId'), context.id('childId')];
  const file = await readFile(context);
  const asked = typed(context.req.body);
  page(
    context.res,
    'centre/child-change',
    {
      title: t('child.change_title'),
      child: file.name,
      back: paths.centreChild(centreId, childId),
      action: paths.centreChildChange(centreId, childId),
      today,
      // What was looked at when the form was opened: after a colleague's change the second save is refused too.
      mark: problem ? String(asked['mark'] ?? '') : markOf(file),
      ...childChoices(t, [String(file.supportWeight)]),
      priorities: classesOf(file.priority).map((value) => ({
        value,
        text: value === '0' ? t('child.priority_none') : t('child.priority_first'),
      })),
      values: problem
        ? asked
        : {
            name: file.name,
            birthDate: file.birthDate,
            iin: file.iin ?? '',
            iinMissingReason: file.iinMissingReason ?? '',
            category: file.category,
            supportWeight: String(file.supportWeight),
            skills: file.skillsNeeded,
            priority: String(file.priority),
          },
      errors: problem?.errors,
    },
    {
      width: 'narrow',
      address: paths.centreChildChange(centreId, childId),
      ...(problem?.status !== undefined && { status: problem.status }),
    },
  );
}

async function save(context: Context): Promise<void> {
  const [centreId, childId] = [context.id('centreId'), context.id('childId')];
  const file = await readFile(context);
  const shape = z.strictObject({
    ...childShape,
    supportWeight: weightField([String(file.supportWeight)]),
    priority: z.enum(classesOf(file.priority) as [string, ...string[]]),
    mark: z.string(),
  });
  const form = parseForm(shape, context.req.body);
  if (form.errors) return await showForm(context, form);
  const { iin, skills, supportWeight, priority, ...facts } = form.values;
  const { refused } = await attempt(
    context.perform(changeChild, {
      ...facts,
      centreId,
      childId,
      iin: iin || null,
      supportWeight: Number(supportWeight),
      skillsNeeded: skills,
      priority: Number(priority),
    }),
  );
  if (refused)
    return await showForm(context, { errors: registerErrors(refused), status: statusOf(refused.reason) });
  context.done(paths.centreChild(centreId, childId), { key: 'child.changed' });
}

/** A child's file as the centre corrects it: name, number, needs, weight, class. */
export const childChange = routes('/centres/:centreId/children/:childId/change')
  .get('', centreChild, (context) => showForm(context))
  .post('', centreChild, save);
