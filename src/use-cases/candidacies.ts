import {
  arePapersOpen,
  isCandidacyOver,
  isComplete,
  lackingFor,
  mayFollow,
  needsReason,
  paperErrors,
  papersHoldOn,
  stepBelongsTo,
  type CandidacyState,
  type NewPaper,
} from '../domain/candidacy.ts';
import { addMonths, dateAt, type Instant } from '../domain/calendar.ts';
import { refuse, type FieldRefusal } from '../domain/refusal.ts';
import { vacancyState } from '../domain/vacancy.ts';
import { listAssignments } from '../data/accounts.ts';
import { insertMany } from '../data/bulk.ts';
import {
  deletePaper,
  endCandidacy,
  findLiveCandidacy,
  insertCandidacy,
  insertPaper,
  insertStep,
  listPapers,
  listStates,
  lockCandidacy,
  type Candidacy,
  type CandidacyStep,
} from '../data/candidacies.ts';
import { findCentre } from '../data/centres.ts';
import { findChild } from '../data/children.ts';
import { insertEvent } from '../data/events.ts';
import { insertMessages, type MessageKind } from '../data/messages.ts';
import { updateStaff } from '../data/staff.ts';
import { findVacancy, lockVacancy } from '../data/vacancies.ts';
import { refuseErrors } from './administration.ts';
import { newReference } from './codes.ts';
import { authorOf, todayOf, type Work } from './perform.ts';
import { addStaff, type StaffEntry } from './staff-register.ts';

export const LONGEST_STATEMENT = 1000;
export const LONGEST_NOTE = 500;
const MOST_PAPERS = 20;
/** A competition is held so many months ahead at most. */
const MONTHS_AHEAD = 6;

function wrong(field: string, detail: string): never {
  const error: FieldRefusal = { field, reason: 'invalid', detail };
  return refuse('invalid', { errors: [error] });
}

interface Step {
  readonly state: CandidacyState;
  readonly note: string;
  readonly heldAt: Instant | null;
  readonly staffId: number | null;
}

async function writeStep(work: Work, candidacy: Candidacy, step: Step): Promise<void> {
  const { tx, now, actor } = work;
  const { id, centreId } = candidacy;
  await insertStep(tx, { candidacyId: id, at: now, by: authorOf(actor), ...step });
  if (isCandidacyOver(step.state)) await endCandidacy(tx, id, now);
  const kind = step.state === 'submitted' ? 'candidacy.submitted' : 'candidacy.step';
  const data = { candidacyId: id, state: step.state };
  await insertEvent(tx, { at: now, by: authorOf(actor), kind, centreId, data });
}

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

/** A candidacy locked with its last step; over ones are `stale`. */
async function running(
  work: Work,
  candidacyId: number,
  isTheirs: (candidacy: Candidacy) => boolean,
): Promise<{ candidacy: Candidacy; last: CandidacyStep }> {
  const candidacy = await lockCandidacy(work.tx, candidacyId);
  if (!candidacy || !isTheirs(candidacy)) refuse('missing');
  const last = (await listStates(work.tx, [candidacyId])).get(candidacyId) ?? refuse('missing');
  return isCandidacyOver(last.state) ? refuse('stale') : { candidacy, last };
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

/** Only who administers that very centre sees a candidate's file. */
const atCentre = (work: Work, { centreId, candidacyId }: { centreId: number; candidacyId: number }) =>
  running(work, candidacyId, (candidacy) => {
    const { actor } = work;
    return (
      candidacy.centreId === centreId &&
      actor.role === 'centre_admin' &&
      actor.centreId === candidacy.centreId
    );
  });

const MESSAGES: Readonly<Partial<Record<CandidacyState, MessageKind>>> = {
  papers_asked: 'candidacy_papers_asked',
  papers_complete: 'candidacy_papers_complete',
  invited: 'candidacy_invited',
  passed: 'candidacy_passed',
  not_passed: 'candidacy_not_passed',
  hired: 'candidacy_hired',
  refused: 'candidacy_refused',
};

/** Tells the candidate what the centre has done; why stands on the page, not in the message. */
async function tellCandidate(
  { tx, now }: Work,
  candidacy: Candidacy,
  { state, heldAt }: Step,
  startsOn: string,
): Promise<void> {
  const kind = MESSAGES[state];
  const [centre, vacancy] = [
    await findCentre(tx, candidacy.centreId),
    await findVacancy(tx, candidacy.vacancyId),
  ];
  if (!kind || !centre || !vacancy) return;
  const data = {
    path: `/candidacies/${candidacy.id}`,
    centreRu: centre.nameRu,
    centreKk: centre.nameKk,
    post: vacancy.post,
    startsOn,
    ...(heldAt !== null && { heldAt }),
  };
  await insertMessages(tx, [{ personId: candidacy.personId, kind, data, createdAt: now }]);
}

export interface CentreStep {
  readonly centreId: number;
  readonly candidacyId: number;
  /** How it stood when the administrator looked: another state meanwhile is `stale`. */
  readonly from: CandidacyState;
  readonly to: CandidacyState;
  readonly note: string;
  /** When the competition is held; with an invitation only. */
  readonly heldAt: Instant | null;
}

/**
 * Takes the centre's next step and tells the candidate. Refuses `stale` where it stands otherwise by now, a step that may
 * not follow or is not the centre's, complete papers that lack something, an invitation without a time ahead, an end
 * without a reason. Hiring is `hireCandidate`.
 */
export async function takeStep(work: Work, input: CentreStep): Promise<void> {
  const { to, heldAt } = input;
  const note = input.note.trim();
  const { candidacy, last } = await atCentre(work, input);
  if (last.state !== input.from) refuse('stale');
  if (to === 'hired' || stepBelongsTo(to) !== 'centre' || !mayFollow(last.state, to))
    wrong('step', 'no_such_step');
  if (note.length > LONGEST_NOTE) wrong('note', 'note_long');
  if (needsReason(to) && note === '') wrong('note', 'reason_needed');
  if (to === 'papers_complete') await mustBeComplete(work, candidacy);
  if (to === 'invited') {
    if (heldAt === null) wrong('heldOn', 'time_needed');
    if (heldAt <= work.now || dateAt(heldAt) > addMonths(todayOf(work), MONTHS_AHEAD))
      wrong('heldOn', 'time_bounds');
  }
  // Who has passed has been there: a result is written once the competition has begun.
  if ((to === 'passed' || to === 'not_passed') && last.heldAt !== null && work.now < last.heldAt)
    wrong('step', 'not_held_yet');
  const step: Step = { state: to, note, heldAt: to === 'invited' ? heldAt : null, staffId: null };
  await writeStep(work, candidacy, step);
  await tellCandidate(work, candidacy, step, '');
}

async function mustBeComplete(work: Work, candidacy: Candidacy): Promise<void> {
  const { tx } = work;
  const vacancy = (await findVacancy(tx, candidacy.vacancyId)) ?? refuse('missing');
  const on = papersHoldOn(vacancy.startsOn, todayOf(work));
  if (!isComplete(lackingFor(vacancy.post, await listPapers(tx, [candidacy.id]), on)))
    wrong('step', 'papers_lack');
}

/**
 * Hires who has passed: the staff record by the register's own rules, linked to the person, the role by which the own
 * shifts are seen for as long as the contract lasts, the last step and the message, in one transaction.
 */
export async function hireCandidate(
  work: Work,
  input: StaffEntry & { readonly centreId: number; readonly candidacyId: number },
): Promise<{ staffId: number }> {
  const { candidacyId: _, ...entry } = input;
  const { tx } = work;
  const { candidacy, last } = await atCentre(work, input);
  if (!mayFollow(last.state, 'hired')) refuse('stale');
  const { id: staffId } = await addStaff(work, entry);
  const { personId, centreId } = candidacy;
  await updateStaff(tx, staffId, { personId });
  const { startsOn, endsOn } = entry;
  const held = await listAssignments(tx, personId, startsOn);
  const worksHere = held.some(
    ({ role, centreId: at }) => (role === 'centre_staff' || role === 'centre_admin') && at === centreId,
  );
  if (!worksHere)
    await insertMany(tx, tx.t.assignment, [
      { personId, role: 'centre_staff' as const, regionCode: null, centreId, startsOn, endsOn },
    ]);
  const step: Step = { state: 'hired', note: '', heldAt: null, staffId };
  await writeStep(work, candidacy, step);
  await tellCandidate(work, candidacy, step, startsOn);
  return { staffId };
}
