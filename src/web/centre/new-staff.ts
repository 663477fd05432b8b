import { z } from 'zod';
import { addStaff } from '../../use-cases/staff-register.ts';
import { centreAdmin } from '../access.ts';
import { attempt } from '../attempt.ts';
import type { Context } from '../context.ts';
import { statusOf } from '../errors.ts';
import { parseForm, typed, type FieldError } from '../form.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { staffForm } from './staff-form.ts';
import { entryOf, staffErrors, staffShape } from './staff-entry.ts';

interface Problem {
  readonly errors: readonly FieldError[];
  readonly status?: number;
}

function showForm(context: Context, problem?: Problem): void {
  const { t } = context;
  const centreId = context.id('centreId');
  const values = problem ? typed(context.req.body) : {};
  page(
    context.res,
    'centre/new-staff',
    {
      title: t('staff.new'),
      back: paths.centreStaff(centreId),
      action: paths.centreStaff(centreId),
      form: staffForm(undefined, [], values, t),
      values,
      errors: problem?.errors,
    },
    {
      width: 'narrow',
      address: paths.centreNewStaff(centreId),
      ...(problem?.status !== undefined && { status: problem.status }),
    },
  );
}

const shape = z.strictObject(staffShape);

async function create(context: Context): Promise<void> {
  const centreId = context.id('centreId');
  const form = parseForm(shape, context.req.body);
  if (form.errors) return showForm(context, form);
  const { entry, errors } = entryOf(form.values);
  if (errors.length > 0) return showForm(context, { errors });
  const { refused, answer } = await attempt(context.perform(addStaff, { ...entry, centreId }));
  if (refused) return showForm(context, { errors: staffErrors(refused), status: statusOf(refused.reason) });
  context.done(paths.centreStaffMember(centreId, answer.id), { key: 'staff.created' });
}

/** A new member of staff. */
export const newStaff = routes('/centres/:centreId/staff')
  .get('/new', centreAdmin, (context) => showForm(context))
  .post('', centreAdmin, create);
