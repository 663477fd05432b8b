import { z } from 'zod';
import {
  arePapersOpen,
  CANDIDATE_PAPERS,
  isCandidacyOver,
  isComplete,
  lackingFor,
  papersHoldOn,
} from '../../domain/candidacy.ts';
import { formatDate } from '../../domain/calendar-words.ts';
import { dateAt } from '../../domain/calendar.ts';
import { refuse } from '../../domain/refusal.ts';
import { findCandidacy, listPapers, listSteps } from '../../data/candidacies.ts';
import { findCentre } from '../../data/centres.ts';
import { findChild } from '../../data/children.ts';
import { findVacancy } from '../../data/vacancies.ts';
import { addPaper, removePaper, withdrawCandidacy } from '../../use-cases/candidacies.ts';
import { findVacancyFits } from '../../use-cases/vacancy-fits.ts';
import { candidacyOfPerson } from '../access/vacancy.ts';
import { attempt } from '../attempt.ts';
import {
  CANDIDACY_TONES,
  candidacyErrors,
  heldWords,
  historyRows,
  lackingWords,
  paperName,
  paperRows,
  ruleWords,
  vacancyFacts,
} from '../candidacy-words.ts';
import { hoursWords } from '../centre/hours.ts';
import type { Context } from '../context.ts';
import { statusOf } from '../errors.ts';
import { parseForm, typed, type FieldError } from '../form.ts';
import { centreAddress, centreName } from '../names.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { dateField, idField, nameField, optionalDate } from '../shapes.ts';
import { fitLines, ownGroupWords } from './vacancy-fit.ts';

interface Problem {
  readonly errors: readonly FieldError[];
  readonly status?: number;
}

/** The candidate's page: how it stands, what comes next, the papers, every step, the way back. */
async function show(context: Context, problem?: Problem): Promise<void> {
  const { t, language, actor, today } = context;
  const candidacyId = context.id('candidacyId');
  const seen = await context.database.read(async (tx) => {
    const candidacy = (await findCandidacy(tx, candidacyId)) ?? refuse('missing');
    const vacancy = (await findVacancy(tx, candidacy.vacancyId))!;
    const { childId } = candidacy;
    const child = childId === null ? undefined : await findChild(tx, actor, childId, today);
    const children = child ? [child] : [];
    const asked = { personId: actor.personId, children, vacancies: [vacancy], today };
    return {
      candidacy,
      vacancy,
      children,
      centre: (await findCentre(tx, vacancy.centreId))!,
      steps: await listSteps(tx, [candidacyId]),
      papers: await listPapers(tx, [candidacyId]),
      fits: await findVacancyFits(tx, asked),
    };
  });
  const { candidacy, vacancy, centre, steps, papers } = seen;
  const last = steps.at(-1)!;
  const on = papersHoldOn(vacancy.startsOn, today);
  const lacking = lackingFor(vacancy.post, papers, on);
  const post = t(`post.${vacancy.post}`);
  page(
    context.res,
    'family/candidacy',
    {
      title: t('candidacy.title', { post }),
      back: paths.vacancies(),
      centre: centreName(centre, language),
      tone: CANDIDACY_TONES[last.state],
      state: t(`candidacy_state.${last.state}`),
      next: t(`candidacy.next_${last.state}`),
      held: last.state === 'invited' ? heldWords(last) : '',
      address: centreAddress(centre, language),
      note: last.note,
      shifts: last.state === 'hired' ? paths.account() : '',
      facts: [
        { term: t('candidacy.reference'), value: candidacy.reference },
        { term: t('candidacy.sent_at'), value: formatDate(dateAt(candidacy.submittedAt)) },
        ...vacancyFacts(vacancy, hoursWords(vacancy.hours, t), t),
        ...(candidacy.statement === ''
          ? []
          : [{ term: t('candidacy.statement'), value: candidacy.statement }]),
      ],
      // How the post goes with the child that was named; once it is over that is no question any more.
      fits: isCandidacyOver(last.state) ? [] : fitLines(vacancy, seen.fits, seen.children, t),
      ownGroup: isCandidacyOver(last.state) ? '' : ownGroupWords(vacancy, centre, seen.fits, t),
      papers: paperRows(papers, on, t),
      complete: isComplete(lacking),
      lacking: lackingWords(lacking, t),
      rule: ruleWords(vacancy.post, t),
      open: arePapersOpen(last.state),
      kinds: CANDIDATE_PAPERS.map((value) => ({ value, text: paperName(value, t) })),
      today,
      add: paths.candidacyPapers(candidacyId),
      remove: paths.candidacyPaperRemoval(candidacyId),
      history: historyRows(steps, t),
      withdraw: isCandidacyOver(last.state) ? '' : paths.candidacyWithdrawal(candidacyId),
      values: problem ? typed(context.req.body) : {},
      errors: problem?.errors,
    },
    {
      width: 'narrow',
      address: paths.candidacy(candidacyId),
      ...(problem?.status !== undefined && { status: problem.status }),
    },
  );
}

const paper = z.strictObject({
  kind: z.enum(CANDIDATE_PAPERS, { error: 'form.choose_one' }),
  institution: nameField(),
  issuedOn: dateField(),
  validUntil: optionalDate(),
});

async function add(context: Context): Promise<void> {
  const form = parseForm(paper, context.req.body);
  if (form.errors) return await show(context, form);
  const candidacyId = context.id('candidacyId');
  const { refused } = await attempt(context.perform(addPaper, { candidacyId, ...form.values }));
  if (refused)
    return await show(context, { errors: candidacyErrors(refused), status: statusOf(refused.reason) });
  context.done(`${paths.candidacy(candidacyId)}#papers`, { key: 'candidacy.paper_added' });
}

async function remove(context: Context): Promise<void> {
  const form = parseForm(z.strictObject({ paperId: idField() }), context.req.body);
  if (form.errors) return await show(context, { errors: [{ field: '', key: 'form.invalid' }] });
  const candidacyId = context.id('candidacyId');
  const { refused } = await attempt(context.perform(removePaper, { candidacyId, ...form.values }));
  if (refused)
    return await show(context, { errors: candidacyErrors(refused), status: statusOf(refused.reason) });
  context.done(`${paths.candidacy(candidacyId)}#papers`, { key: 'candidacy.paper_removed' });
}

async function withdraw(context: Context): Promise<void> {
  const candidacyId = context.id('candidacyId');
  const { refused } = await attempt(context.perform(withdrawCandidacy, { candidacyId }));
  if (refused)
    return await show(context, { errors: candidacyErrors(refused), status: statusOf(refused.reason) });
  context.done(paths.candidacy(candidacyId), { key: 'candidacy.withdrawn' });
}

export const candidacy = routes('/candidacies/:candidacyId')
  .get('', candidacyOfPerson, (context) => show(context))
  .post('/papers', candidacyOfPerson, add)
  .post('/papers/removal', candidacyOfPerson, remove)
  .post('/withdrawal', candidacyOfPerson, withdraw);
