import { weekdayName } from '../../domain/calendar-words.ts';
import { addMonths, WEEKDAYS } from '../../domain/calendar.ts';
import { CATEGORIES, SYSTEM } from '../../domain/people.ts';
import { formatTime } from '../../domain/slots.ts';
import type { Centre } from '../../data/centres.ts';
import { listGroups } from '../../data/groups.ts';
import { applicationErrors, submitApplication } from '../../use-cases/applications.ts';
import { perform } from '../../use-cases/perform.ts';
import { anyone } from '../access.ts';
import { centreName } from '../names.ts';
import { spanOf, timeOptions } from '../times.ts';
import type { Context } from '../context.ts';
import { parseForm, typed, type FieldError } from '../form.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { showAnswers } from './application-check.ts';
import { applicationProblems, applicationShape, submissionOf } from './application-form.ts';
import { placeOfAddress } from './place.ts';

const USUAL_DAYS = ['mon', 'tue', 'wed', 'thu', 'fri'];
const EARLIEST = 14;
const LATEST = 40;

/** The form, as it was typed or empty. */
async function showForm(context: Context, centre: Centre, errors?: readonly FieldError[]): Promise<void> {
  const { t, today } = context;
  const groups = await context.database.read((tx) => listGroups(tx, centre.id));
  const offered = CATEGORIES.filter((category) =>
    groups.some((group) => group.category === category && (group.endsOn === null || group.endsOn >= today)),
  );
  const span = spanOf([centre.hours]);
  page(
    context.res,
    'public/application',
    {
      title: t('public.apply'),
      centre: centreName(centre, t.language),
      back: paths.place(centre.regionCode, centre.id),
      action: paths.placeApplication(centre.regionCode, centre.id),
      categories: (offered.length > 0 ? offered : CATEGORIES).map((category) => ({
        value: category,
        text: t(`category.${category}`),
      })),
      onlyCategory: offered.length === 1 ? offered[0] : '',
      weekdays: WEEKDAYS.filter((day) => centre.hours[day]).map((day) => ({
        value: day,
        text: weekdayName(day, t.language, 'short'),
      })),
      usualDays: USUAL_DAYS,
      times: timeOptions(Math.min(span.from, EARLIEST), Math.max(span.to, LATEST)),
      from: formatTime(span.from),
      to: formatTime(Math.min(span.to, span.from + 18)),
      today,
      lastStart: addMonths(today, 12),
      opened: context.req.method === 'POST',
      values: context.req.method === 'POST' ? typed(context.req.body) : {},
      errors,
    },
    { width: 'narrow', address: paths.placeApplication(centre.regionCode, centre.id), personal: true },
  );
}

/** One form in two steps: check the answers, then send them. Everything is checked anew at each. */
async function answer(context: Context): Promise<void> {
  const centre = await placeOfAddress(context);
  const form = parseForm(applicationShape, context.req.body);
  if (form.errors) return await showForm(context, centre, form.errors);
  const submission = submissionOf(form.values, centre.id, context.language);
  const wrong = applicationErrors(submission, context.today);
  if (wrong.length > 0) return await showForm(context, centre, applicationProblems(wrong));
  const { step } = form.values;
  if (step === 'change') return await showForm(context, centre);
  if (step === 'check') return showAnswers(context, centre, submission);
  await context.services.limits.take('application', context.req.ip ?? '');
  const request = { now: context.now, actor: SYSTEM, operation: context.operation };
  const { reference } = await perform(context.database, request, submitApplication, submission);
  return context.done(paths.applicationSent(reference));
}

/** Asks a centre for a place, by anybody and from a phone. */
export const application = routes('/places/:regionCode/:placeId/application')
  .get('', anyone, async (context) => showForm(context, await placeOfAddress(context)))
  .post('', anyone, answer);
