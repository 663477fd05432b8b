import { z } from 'zod';
import { formatDate } from '../../domain/calendar-words.ts';
import { CATEGORIES } from '../../domain/people.ts';
import type { NormSet } from '../../domain/norms.ts';
import { LEVELS, SKILLS } from '../../domain/staffing.ts';
import { listNorms, type StoredNorm } from '../../data/norms.ts';
import type { T } from '../../i18n/translate.ts';
import {
  addNormSet,
  effectOfNorm,
  normProblems,
  type NormEffect,
  type NormProblem,
} from '../../use-cases/norms.ts';
import { systemAdmin } from '../access.ts';
import { attempt } from '../attempt.ts';
import type { Context } from '../context.ts';
import { doubtWords } from '../doubt-words.ts';
import { statusOf } from '../errors.ts';
import { parseForm, typed, type FieldError, type Typed } from '../form.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { dateField, manyOf, numberField, optional, optionalName } from '../shapes.ts';

/** '4', '4.5' or '4,25': support weight that one person may look after, read in hundredths. */
const weight = () =>
  optional((text) => {
    const [, whole = '', , part = ''] = /^(\d{1,3})([.,](\d{1,2}))?$/.exec(text) ?? [];
    return whole === '' ? undefined : Number(whole) * 100 + Number(part.padEnd(2, '0'));
  }, 'form.invalid_number');

const shape = z.strictObject({
  category: z.enum(CATEGORIES),
  startsOn: dateField(),
  groupSize: numberField(),
  ratio0: weight(),
  ratio1: weight(),
  ratio2: weight(),
  skills: manyOf(SKILLS),
  onCallBreakMinutes: numberField(),
  edgeStaff: numberField(),
  doubt: optionalName(),
});

function setOf({ ratio0, ratio1, ratio2, ...rest }: z.output<typeof shape>): NormSet {
  return { ...rest, ratios: [ratio0, ratio1, ratio2] };
}

/** A weight without needless zeros: 400 → '4', 450 → '4.5'. */
const weightText = (hundredths: number): string => String(hundredths / 100);

function ratioWords({ ratios }: Pick<NormSet, 'ratios'>, t: T): string {
  const parts = LEVELS.flatMap((level) => {
    const ratio = ratios[level] ?? null;
    return ratio === null
      ? []
      : [t('norms.ratio_of', { level: t(`norms.level_${level}`), weight: weightText(ratio) })];
  });
  return parts.join('; ');
}

function rowOf(norm: StoredNorm, t: T) {
  return {
    category: t(`category.${norm.category}`),
    from: formatDate(norm.startsOn),
    groupSize: norm.groupSize,
    ratios: ratioWords(norm, t),
    skills: norm.skills.map((skill) => t.say({ key: `skill.${skill}` as 'skill.nurse' })).join(', ') || '–',
    onCall: norm.onCallBreakMinutes,
    edge: norm.edgeStaff,
    doubt: norm.doubt === null ? '' : t('norms.check_against', { what: doubtWords(norm.doubt, t) }),
  };
}

const fieldOf = ({ field, level }: NormProblem): string =>
  field === 'ratios' ? `ratio${level ?? 0}` : field;

const errorsOf = (problems: readonly NormProblem[]): FieldError[] =>
  problems.map((problem) => ({ field: fieldOf(problem), key: `norms.${problem.problem}` }));

const hoursText = (minutes: number): string => String(Math.round(minutes / 60));

function effectWords(set: NormSet, effect: NormEffect, input: Typed, t: T) {
  const { staffedMinutesBefore: before, staffedMinutesAfter: after, shortages } = effect;
  return {
    what: t('norms.effect_of', { category: t(`category.${set.category}`), date: formatDate(set.startsOn) }),
    nothing: effect.groupDays === 0,
    groupDays: effect.groupDays,
    before: hoursText(before),
    after: hoursText(after),
    fewer: after < before,
    shortBefore: effect.shortBefore,
    shortAfter: shortages.length,
    fields: Object.entries(input).flatMap(([name, value]) =>
      (typeof value === 'string' ? [value] : value).map((each) => ({ name, value: each })),
    ),
    action: paths.norms(),
  };
}

interface Shown {
  readonly values: Typed;
  readonly errors?: readonly FieldError[];
  readonly status?: number;
  readonly effect?: { readonly set: NormSet; readonly effect: NormEffect };
}

const USUAL: Typed = { onCallBreakMinutes: '30', edgeStaff: '1' };

async function show(context: Context, shown: Shown = { values: USUAL }): Promise<void> {
  const { t } = context;
  const norms = await context.database.read((tx) => listNorms(tx));
  const rows = norms.toSorted(
    (a, b) =>
      CATEGORIES.indexOf(a.category) - CATEGORIES.indexOf(b.category) || (a.startsOn < b.startsOn ? -1 : 1),
  );
  page(
    context.res,
    'system/norms',
    {
      title: t('norms.title'),
      action: paths.normEffect(),
      today: context.today,
      norms: rows.map((row) => rowOf(row, t)),
      categories: CATEGORIES.map((value) => ({ value, text: t(`category.${value}`) })),
      ratios: LEVELS.map((level) => ({
        name: `ratio${level}`,
        label: t(`norms.level_${level}`),
        size: 'xs',
        inputmode: 'decimal',
        optional: true,
      })),
      skills: SKILLS.map((value) => ({ value, text: t(`skill.${value}`) })),
      effect: shown.effect ? effectWords(shown.effect.set, shown.effect.effect, shown.values, t) : undefined,
      values: shown.values,
      errors: shown.errors,
    },
    { address: paths.norms(), ...(shown.status !== undefined && { status: shown.status }) },
  );
}

/** What a set would change, before it is saved. */
async function showEffect(context: Context): Promise<void> {
  const { database, today, now } = context;
  const form = parseForm(shape, context.req.query);
  const values = typed(context.req.query);
  if (form.errors) return await show(context, { values, errors: form.errors });
  const set = setOf(form.values);
  const problems = await database.read((tx) => normProblems(tx, set, today));
  if (problems.length > 0) return await show(context, { values, errors: errorsOf(problems) });
  const effect = await database.read((tx) => effectOfNorm(tx, set, { now }));
  await show(context, { values, effect: { set, effect } });
}

async function add(context: Context): Promise<void> {
  const form = parseForm(shape, context.req.body);
  const values = typed(context.req.body);
  if (form.errors) return await show(context, { values, errors: form.errors });
  const set = setOf(form.values);
  const { refused, answer } = await attempt(context.perform(addNormSet, set));
  if (refused) {
    const problems = await context.database.read((tx) => normProblems(tx, set, context.today));
    const errors =
      problems.length > 0 ? errorsOf(problems) : [{ field: '', key: `refusal.${refused.reason}` } as const];
    return await show(context, { values, errors, status: statusOf(refused.reason) });
  }
  context.done(paths.norms(), { key: 'norms.added', params: { days: answer.groupDays, told: answer.told } });
}

/** Dated norms of every category: ratios, skills on site, and what a new set would change. */
export const norms = routes('/norms')
  .get('', systemAdmin, (context) => show(context))
  .get('/effect', systemAdmin, showEffect)
  .post('', systemAdmin, add);
