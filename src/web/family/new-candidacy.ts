import { z } from 'zod';
import { lackingFor, papersHoldOn } from '../../domain/candidacy.ts';
import { refuse } from '../../domain/refusal.ts';
import { vacancyState } from '../../domain/vacancy.ts';
import { findLiveCandidacy } from '../../data/candidacies.ts';
import { findCentre } from '../../data/centres.ts';
import { listChildren } from '../../data/children.ts';
import { findVacancy } from '../../data/vacancies.ts';
import { LONGEST_STATEMENT, submitCandidacy } from '../../use-cases/candidacies.ts';
import { findVacancyFits } from '../../use-cases/vacancy-fits.ts';
import { vacancyExists } from '../access/vacancy.ts';
import { attempt } from '../attempt.ts';
import { candidacyErrors, lackingWords, ruleWords, vacancyFacts } from '../candidacy-words.ts';
import { hoursWords } from '../centre/hours.ts';
import type { Context } from '../context.ts';
import { formatPeriod } from '../dates.ts';
import { statusOf } from '../errors.ts';
import { parseForm, type FieldError, type Typed } from '../form.ts';
import { centreAddress, centreName } from '../names.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { optionalId } from '../shapes.ts';
import { fitLines, heldPapers, ownGroupWords, saidPapers } from './vacancy-fit.ts';

interface Shown {
  readonly errors?: readonly FieldError[];
  readonly input?: Typed;
  readonly status?: number;
  /** What was typed, to be checked before it is sent. */
  readonly check?: { readonly childId: number | null; readonly statement: string; readonly papers: string };
}

async function show(context: Context, { errors, input, status, check }: Shown = {}): Promise<void> {
  const { t, language, actor, today } = context;
  const vacancyId = context.id('vacancyId');
  const seen = await context.database.read(async (tx) => {
    const vacancy = (await findVacancy(tx, vacancyId)) ?? refuse('missing');
    const children = await listChildren(tx, actor, today);
    const asked = { personId: actor.personId, children, vacancies: [vacancy], today };
    return {
      vacancy,
      children,
      centre: (await findCentre(tx, vacancy.centreId))!,
      fits: await findVacancyFits(tx, asked),
      held: await heldPapers(tx, context),
      running: await findLiveCandidacy(tx, vacancyId, actor.personId),
    };
  });
  const { vacancy, children, centre, fits } = seen;
  const on = papersHoldOn(vacancy.startsOn, today);
  const nameOf = (childId: number | null) =>
    children.find(({ id }) => id === childId)?.name ?? t('candidacy.no_child');
  page(
    context.res,
    'family/new-candidacy',
    {
      title: check ? t('candidacy.check') : t('candidacy.apply_for', { post: t(`post.${vacancy.post}`) }),
      back: paths.vacancies({ region: centre.regionCode, have: saidPapers(context) }),
      centre: centreName(centre, language),
      address: centreAddress(centre, language),
      facts: vacancyFacts(vacancy, hoursWords(vacancy.hours, t), t),
      fits: fitLines(vacancy, fits, children, t),
      counted: t('vacancy.counted', { period: formatPeriod(fits.from, fits.to) }),
      lacking: lackingWords(lackingFor(vacancy.post, seen.held, on), t),
      rule: ruleWords(vacancy.post, t),
      ownGroup: ownGroupWords(vacancy, centre, fits, t),
      isOpen: vacancyState(vacancy, today) === 'open',
      running: seen.running ? paths.candidacy(seen.running.id) : '',
      action: paths.candidacies(vacancyId),
      children: [
        { value: '', text: t('candidacy.no_child') },
        ...children.map(({ id, name }) => ({ value: String(id), text: name })),
      ],
      when: (['later', 'now'] as const).map((value) => ({ value, text: t(`candidacy.papers_${value}`) })),
      longest: LONGEST_STATEMENT,
      answers: check && [
        { term: t('candidacy.child'), value: nameOf(check.childId) },
        { term: t('candidacy.statement'), value: check.statement || t('candidacy.nothing') },
        {
          term: t('candidacy.papers'),
          value: t(check.papers === 'now' ? 'candidacy.papers_now' : 'candidacy.papers_later'),
        },
      ],
      kept: Object.entries(input ?? {})
        .filter(([name]) => name !== 'step')
        .flatMap(([name, value]) => [value].flat().map((each) => ({ name, value: each }))),
      values: { childId: children.length === 1 ? String(children[0]!.id) : '', papers: 'later', ...input },
      errors,
    },
    {
      width: 'narrow',
      address: paths.newCandidacy(vacancyId),
      ...(status !== undefined && { status }),
    },
  );
}

const shape = z.strictObject({
  step: z.enum(['check', 'change', 'send']).optional(),
  childId: optionalId(),
  // Browsers send line ends as two letters: only one of them counts.
  statement: z
    .string()
    .optional()
    .transform((text) => (text ?? '').replaceAll('\r\n', '\n').trim())
    .pipe(z.string().max(LONGEST_STATEMENT)),
  papers: z.enum(['now', 'later'], { error: 'form.choose_one' }).optional(),
});

/** Checked first, then sent; what was typed travels in the page, nowhere else. */
async function apply(context: Context): Promise<void> {
  const form = parseForm(shape, context.req.body);
  if (form.errors) return await show(context, form);
  const { step = 'check', childId, statement, papers = 'later' } = form.values;
  const { input } = form;
  if (step === 'change') return await show(context, { input });
  if (step === 'check') return await show(context, { input, check: { childId, statement, papers } });
  const vacancyId = context.id('vacancyId');
  const { refused, answer } = await attempt(
    context.perform(submitCandidacy, { vacancyId, childId, statement }),
  );
  if (refused)
    return await show(context, { errors: candidacyErrors(refused), input, status: statusOf(refused.reason) });
  const next = papers === 'now' ? '#papers' : '';
  context.done(`${paths.candidacy(answer.id)}${next}`, { key: 'candidacy.sent' });
}

export const newCandidacy = routes('/vacancies/:vacancyId/candidacies')
  .get('/new', vacancyExists, (context) => show(context))
  .post('', vacancyExists, apply);
