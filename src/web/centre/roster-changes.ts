import { z } from 'zod';
import { copyLastWeek } from '../../use-cases/roster-copies.ts';
import { attempt } from '../attempt.ts';
import type { Context } from '../context.ts';
import { statusOf } from '../errors.ts';
import { parseForm } from '../form.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { dateField, numberField } from '../shapes.ts';
import { centreRosterAdmin } from './own-roster.ts';
import { showRoster } from './roster.ts';

const shape = z.strictObject({ version: numberField(), week: dateField() });

async function copyWeek(context: Context): Promise<void> {
  const [centreId, rosterId] = [context.id('centreId'), context.id('rosterId')];
  const form = parseForm(shape, context.req.body);
  if (form.errors) return await showRoster(context, { errors: [{ field: '', key: 'form.invalid' }] });
  const { week, version } = form.values;
  const { refused, answer } = await attempt(context.perform(copyLastWeek, { rosterId, version, week }));
  if (refused) {
    return await showRoster(context, {
      week,
      errors: [{ field: '', key: `refusal.${refused.reason}` }],
      status: statusOf(refused.reason),
    });
  }
  context.done(paths.roster(centreId, rosterId, { week }), {
    key: 'roster.week_copied',
    params: { copied: answer.copied, left: answer.left },
  });
}

/** What is done to a whole week of a draft. */
export const rosterChanges = routes('/centres/:centreId/rosters/:rosterId').post(
  '/week-copy',
  centreRosterAdmin,
  copyWeek,
);
