import { z } from 'zod';
import { collator } from '../../domain/names.ts';
import { REGION_CODES, REGIONS } from '../../domain/regions.ts';
import { createCentre } from '../../use-cases/centre-settings.ts';
import { systemAdmin } from '../access.ts';
import { attempt } from '../attempt.ts';
import { centreWordsForm, centreWordsShape } from '../centre/centre-words.ts';
import { hoursForm, hoursShape, readHours } from '../centre/hours.ts';
import { settingsErrors } from '../centre/settings-errors.ts';
import type { Context } from '../context.ts';
import { statusOf } from '../errors.ts';
import { parseForm, typed, type FieldError } from '../form.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { capital } from '../words.ts';
import { optionalDegrees } from '../shapes.ts';

interface Problem {
  readonly errors: readonly FieldError[];
  readonly status?: number;
}

const USUAL = [16, 37] as const;
const WORKING_WEEK = { mon: USUAL, tue: USUAL, wed: USUAL, thu: USUAL, fri: USUAL };

function showForm(context: Context, problem?: Problem): void {
  const { t } = context;
  const values = problem ? typed(context.req.body) : {};
  const { compare } = collator(t.language);
  page(
    context.res,
    'system/new-centre',
    {
      title: t('centres.new'),
      back: paths.centres(),
      action: paths.centres(),
      regions: REGIONS.map((region) => ({
        value: region.code,
        text: capital(region.name[t.language], t.language),
      })).toSorted((a, b) => compare(a.text, b.text)),
      words: centreWordsForm(undefined, t),
      hours: hoursForm(WORKING_WEEK, values, t),
      values,
      errors: problem?.errors,
    },
    {
      width: 'narrow',
      address: paths.newCentre(),
      ...(problem?.status !== undefined && { status: problem.status }),
    },
  );
}

const shape = z.strictObject({
  regionCode: z.enum(REGION_CODES),
  lat: optionalDegrees(),
  lon: optionalDegrees(),
  ...centreWordsShape,
  ...hoursShape,
});

async function create(context: Context): Promise<void> {
  const form = parseForm(shape, context.req.body);
  if (form.errors) return showForm(context, form);
  const {
    regionCode,
    lat,
    lon,
    nameKk,
    nameRu,
    district,
    address,
    deadlineWeekday,
    deadlineTime,
    lateChanges,
  } = form.values;
  const { hours, errors } = readHours(form.values);
  if (errors.length > 0) return showForm(context, { errors });
  const words = {
    nameKk,
    nameRu,
    district,
    address,
    hours,
    deadlineWeekday,
    deadlineHalfHour: deadlineTime,
    lateChanges,
  };
  const { refused, answer } = await attempt(
    context.perform(createCentre, { regionCode, lat, lon, ...words }),
  );
  if (refused)
    return showForm(context, { errors: settingsErrors(refused), status: statusOf(refused.reason) });
  context.done(paths.centreGroups(answer.id), { key: 'centres.created' });
}

/** A new centre; its groups come next. */
export const newCentre = routes('/centres')
  .get('/new', systemAdmin, (context) => showForm(context))
  .post('', systemAdmin, create);
