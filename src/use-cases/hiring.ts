import {
  isComplete,
  lackingFor,
  mayFollow,
  needsReason,
  papersHoldOn,
  stepBelongsTo,
  type CandidacyState,
} from '../domain/candidacy.ts';
import { addMonths, dateAt, type Instant } from '../domain/calendar.ts';
import { refuse } from '../domain/refusal.ts';
import { listAssignments } from '../data/accounts.ts';
import { insertMany } from '../data/bulk.ts';
import { listPapers, type Candidacy } from '../data/candidacies.ts';
import { findCentre } from '../data/centres.ts';
import { insertMessages, type MessageKind } from '../data/messages.ts';
import { updateStaff } from '../data/staff.ts';
import { findVacancy } from '../data/vacancies.ts';
import { running, writeStep, wrong, type Step } from './candidacy-course.ts';
import { todayOf, type Work } from './perform.ts';
import { addStaff, type StaffEntry } from './staff-register.ts';

export const LONGEST_NOTE = 500;
/** A competition is held so many months ahead at most. */
const MONTHS_AHEAD = 6;

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
