import { z } from 'zod';
import { formatDate } from '../../domain/calendar-words.ts';
import {
  DOUBTFUL_TERMS,
  FIRST_WORK_TERMS,
  inHours,
  WORK_TERM_BOUNDS,
  WORK_TERMS,
  workTermsOn,
  type DatedWorkTerms,
  type WorkTerm,
  type WorkTerms,
} from '../../domain/work-terms.ts';
import { listWorkTerms } from '../../data/norms.ts';
import type { T } from '../../i18n/translate.ts';
import { addWorkTerms, workTermsProblems, type WorkTermsProblem } from '../../use-cases/work-terms.ts';
import { systemAdmin } from '../access.ts';
import { attempt } from '../attempt.ts';
import type { Context } from '../context.ts';
import { doubtWords } from '../doubt-words.ts';
import { statusOf } from '../errors.ts';
import { hoursOf, whole } from '../figures.ts';
import { parseForm, typed, type FieldError, type Typed } from '../form.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { dateField, numberField, optional, optionalName } from '../shapes.ts';

/** '12', '7.5' or '7,5' hours, in minutes. */
const hoursField = () =>
  optional((text) => {
    const hours = /^\d{1,3}([.,]\d{1,2})?$/.test(text) ? Number(text.replace(',', '.')) : undefined;
    return hours === undefined ? undefined : Math.round(hours * 60);
  }, 'form.invalid_number').refine((minutes) => minutes !== null, 'form.required');

const shape = z.strictObject({
  startsOn: dateField(),
  maxShiftMinutes: hoursField(),
  restMinutes: hoursField(),
  breakAfterMinutes: hoursField(),
  overtimeDayMinutes: hoursField(),
  overtimeMonthMinutes: hoursField(),
  overtimeYearMinutes: hoursField(),
  leaveDays: numberField(),
  noticeDays: numberField(),
  doubt: optionalName(),
});

function termsOf({ startsOn, doubt, ...rest }: z.output<typeof shape>): DatedWorkTerms {
  const terms = Object.fromEntries(
    WORK_TERMS.map((term) => [term, rest[term] ?? Number.NaN]),
  ) as unknown as WorkTerms;
  return { startsOn, terms, doubt };
}

const valueWords = (term: WorkTerm, value: number, t: T): string =>
  inHours(term) ? t('terms.hours', { hours: hoursOf(value, t.language) }) : t('terms.days', { n: value });

const boundWords = (term: WorkTerm, t: T): string => {
  const { least, most } = WORK_TERM_BOUNDS[term];
  return inHours(term)
    ? t('terms.bounds_hours', { least: hoursOf(least, t.language), most: hoursOf(most, t.language) })
    : t('terms.bounds_days', { least: whole(least, t.language), most: whole(most, t.language) });
};

function errorsOf(problems: readonly WorkTermsProblem[], t: T): FieldError[] {
  return problems.map((each) => {
    if (each.term === 'startsOn') return { field: 'startsOn', key: `terms.${each.problem}` };
    if (each.problem === 'order') return { field: each.term, key: 'terms.order' };
    return { field: each.term, key: 'terms.out_of_bounds', params: { bounds: boundWords(each.term, t) } };
  });
}

/** What stands in the law and in the program itself: told beside the settings, so that the page is whole. */
const FIXED = ['week', 'day', 'break'] as const;

interface Problem {
  readonly values: Typed;
  readonly errors: readonly FieldError[];
  readonly status?: number;
}

async function show(context: Context, problem?: Problem): Promise<void> {
  const { t, today } = context;
  const sets = await context.database.read((tx) => listWorkTerms(tx));
  const last = sets.at(-1)?.terms ?? FIRST_WORK_TERMS;
  const inForce = workTermsOn(sets, today);
  const filled = (term: WorkTerm) => String(inHours(term) ? last[term] / 60 : last[term]);
  page(
    context.res,
    'system/work-terms',
    {
      title: t('terms.title'),
      action: paths.workTerms(),
      today,
      versions: sets.map((set) => ({
        from: formatDate(set.startsOn),
        current: set.terms === inForce,
      })),
      rows: WORK_TERMS.map((term) => ({
        name: t(`terms.${term}`),
        source: t(DOUBTFUL_TERMS.includes(term) ? 'terms.source_check' : 'terms.source_law'),
        values: sets.map(({ terms, doubt }) => ({
          text: valueWords(term, terms[term], t),
          check:
            doubt !== null && DOUBTFUL_TERMS.includes(term)
              ? t('norms.check_against', { what: doubtWords(doubt, t) })
              : '',
        })),
      })),
      fixed: FIXED.map((each) => ({ term: t(`terms.fixed_${each}`), value: t(`terms.fixed_${each}_is`) })),
      fields: WORK_TERMS.map((term) => ({
        name: term,
        label: t(`terms.${term}`),
        hint: boundWords(term, t),
        size: 'xs',
        inputmode: inHours(term) ? 'decimal' : 'numeric',
        value: filled(term),
      })),
      values: problem?.values ?? {},
      errors: problem?.errors,
    },
    { address: paths.workTerms(), ...(problem?.status !== undefined && { status: problem.status }) },
  );
}

async function add(context: Context): Promise<void> {
  const { t } = context;
  const form = parseForm(shape, context.req.body);
  const values = typed(context.req.body);
  if (form.errors) return await show(context, { values, errors: form.errors });
  const added = termsOf(form.values);
  const { refused } = await attempt(context.perform(addWorkTerms, added));
  if (refused) {
    const problems = await context.database.read((tx) => workTermsProblems(tx, added, context.today));
    const errors =
      problems.length > 0
        ? errorsOf(problems, t)
        : [{ field: '', key: `refusal.${refused.reason}` } as const];
    return await show(context, { values, errors, status: statusOf(refused.reason) });
  }
  context.done(paths.workTerms(), { key: 'terms.added' });
}

/** The country's terms of working time: versions with their sources, and a new one from a day on. */
export const workTerms = routes('/work-terms')
  .get('', systemAdmin, (context) => show(context))
  .post('', systemAdmin, add);
