import { arePapersOpen, paperErrors, type NewPaper } from '../domain/candidacy.ts';
import { vacancyState } from '../domain/vacancy.ts';
import { refuse } from '../domain/refusal.ts';
import {
  deletePaper,
  findLiveCandidacy,
  insertCandidacy,
  insertPaper,
  listPapers,
} from '../data/candidacies.ts';
import { findChild } from '../data/children.ts';
import { lockVacancy } from '../data/vacancies.ts';
import { refuseErrors } from './administration.ts';
import { running, writeStep, wrong } from './candidacy-course.ts';
import { newReference } from './codes.ts';
import { todayOf, type Work } from './perform.ts';

export const LONGEST_STATEMENT = 1000;
const MOST_PAPERS = 20;

const PLAIN = { note: '', heldAt: null, staffId: null } as const;

/**
 * Applies for a post, as a guardian from the own pages. Refuses what is not open any more (`vacancy_over`) and a second
 * application that still runs (`already_applied`); a child is named only by who sees it.
 */
export async function submitCandidacy(
  work: Work,
  input: { readonly vacancyId: number; readonly childId: number | null; readonly statement: string },
): Promise<{ id: number }> {
  const { tx, now, actor } = work;
  const { vacancyId, childId, statement } = input;
  if (actor.role !== 'guardian') refuse('forbidden');
  // Under the vacancy's lock: nobody applies for what is being closed, nor twice at once.
  const vacancy = (await lockVacancy(tx, vacancyId)) ?? refuse('missing');
  if (vacancyState(vacancy, todayOf(work)) !== 'open') wrong('', 'vacancy_over');
  if (await findLiveCandidacy(tx, vacancyId, actor.personId)) wrong('', 'already_applied');
  if (childId !== null && !(await findChild(tx, actor, childId, todayOf(work))))
    wrong('childId', 'not_yours');
  if (statement.length > LONGEST_STATEMENT) wrong('statement', 'statement_long');
  const row = { reference: newReference(), vacancyId, personId: actor.personId, childId, statement };
  const id = await insertCandidacy(tx, { ...row, submittedAt: now, endedAt: null });
  await writeStep(
    work,
    { ...row, id, submittedAt: now, endedAt: null, centreId: vacancy.centreId },
    {
      ...PLAIN,
      state: 'submitted',
    },
  );
  return { id };
}

/** The candidate's own; anybody else's is `missing`. */
const own = (work: Work, candidacyId: number) =>
  running(
    work,
    candidacyId,
    ({ personId }) => work.actor.role === 'guardian' && work.actor.personId === personId,
  );

/** Hands a paper in, until the centre has found them complete. */
export async function addPaper(
  work: Work,
  input: NewPaper & { readonly candidacyId: number },
): Promise<void> {
  const { candidacyId, ...paper } = input;
  const { last } = await own(work, candidacyId);
  if (!arePapersOpen(last.state)) refuse('stale');
  refuseErrors(paperErrors(paper, todayOf(work)));
  if ((await listPapers(work.tx, [candidacyId])).length >= MOST_PAPERS) wrong('kind', 'too_many_papers');
  await insertPaper(work.tx, { candidacyId, ...paper });
}

export async function removePaper(
  work: Work,
  input: { readonly candidacyId: number; readonly paperId: number },
): Promise<void> {
  const { last } = await own(work, input.candidacyId);
  if (!arePapersOpen(last.state)) refuse('stale');
  await deletePaper(work.tx, input.candidacyId, input.paperId);
}

/** The candidate takes the application back. */
export async function withdrawCandidacy(
  work: Work,
  { candidacyId }: { readonly candidacyId: number },
): Promise<void> {
  const { candidacy } = await own(work, candidacyId);
  await writeStep(work, candidacy, { ...PLAIN, state: 'withdrawn' });
}
