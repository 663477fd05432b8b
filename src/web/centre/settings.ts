import { z } from 'zod';
import { findCentre, type Centre } from '../../data/centres.ts';
import { changeCentre, type CentreSettings } from '../../use-cases/centre-settings.ts';
import { centreAdmin } from '../access.ts';
import { attempt } from '../attempt.ts';
import type { Context } from '../context.ts';
import { statusOf } from '../errors.ts';
import { parseForm, typed, type FieldError, type Typed } from '../form.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { numberField } from '../shapes.ts';
import { centreWordsForm, centreWordsRows, centreWordsShape } from './centre-words.ts';
import { hoursForm, hoursShape, hoursWords, readHours } from './hours.ts';
import { settingsErrors } from './settings-errors.ts';

interface Problem {
  readonly errors: readonly FieldError[];
  readonly status?: number;
  /** What somebody else saved meanwhile. */
  readonly current?: CentreSettings;
}

/** What the other administrator saved, and beside it what was typed where that is something else. */
function staleRows(saved: CentreSettings, input: Typed, { t }: Context) {
  const forms = centreWordsForm(undefined, t);
  const words: Readonly<Record<string, readonly { value: string; text: string }[]>> = {
    deadlineWeekday: forms.weekdays,
    lateChanges: forms.late,
  };
  const rows = centreWordsRows(saved, t).map(({ field, term, value }) => {
    const sent = String(input[field] ?? '');
    const mine = words[field]?.find((option) => option.value === sent)?.text ?? sent;
    return { term, value, typed: mine === value ? '' : mine };
  });
  const mine = hoursWords(readHours(input).hours, t);
  const hours = hoursWords(saved.hours, t);
  return [...rows, { term: t('hours.legend'), value: hours, typed: mine === hours ? '' : mine }];
}

async function showSettings(context: Context, problem?: Problem): Promise<void> {
  const { t } = context;
  const centreId = context.id('centreId');
  const centre: Centre = (await context.database.read((tx) => findCentre(tx, centreId)))!;
  const values = problem ? typed(context.req.body) : {};
  page(
    context.res,
    'centre/settings',
    {
      title: t('nav.settings'),
      action: paths.centreSettings(centreId),
      version: centre.version,
      words: centreWordsForm(centre, t),
      hours: hoursForm(centre.hours, values, t),
      stale: problem?.current ? staleRows(problem.current, values, context) : [],
      values,
      errors: problem?.errors,
    },
    {
      width: 'narrow',
      ...(problem?.status !== undefined && { status: problem.status }),
    },
  );
}

const shape = z.strictObject({ version: numberField(), ...centreWordsShape, ...hoursShape });

async function save(context: Context): Promise<void> {
  const centreId = context.id('centreId');
  const form = parseForm(shape, context.req.body);
  if (form.errors) return await showSettings(context, form);
  const { version, nameKk, nameRu, district, address, deadlineWeekday, deadlineTime, lateChanges } =
    form.values;
  const { hours, errors } = readHours(form.values);
  if (errors.length > 0) return await showSettings(context, { errors });
  const words = {
    nameKk,
    nameRu,
    district,
    address,
    deadlineWeekday,
    deadlineHalfHour: deadlineTime,
    lateChanges,
  };
  const { refused } = await attempt(context.perform(changeCentre, { centreId, version, hours, ...words }));
  if (refused?.reason === 'stale') {
    const current = refused.details['current'] as CentreSettings;
    return await showSettings(context, {
      errors: [{ field: '', key: 'refusal.stale' }],
      status: 409,
      current,
    });
  }
  if (refused)
    return await showSettings(context, { errors: settingsErrors(refused), status: statusOf(refused.reason) });
  context.done(paths.centreSettings(centreId), { key: 'form.saved' });
}

/** A centre's names, address, hours and deadline. */
export const settings = routes('/centres/:centreId/settings')
  .get('', centreAdmin, (context) => showSettings(context))
  .post('', centreAdmin, save);
