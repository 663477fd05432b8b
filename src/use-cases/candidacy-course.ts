import { isCandidacyOver, type CandidacyState } from '../domain/candidacy.ts';
import type { Instant } from '../domain/calendar.ts';
import { refuse, type FieldRefusal } from '../domain/refusal.ts';
import {
  endCandidacy,
  insertStep,
  listStates,
  lockCandidacy,
  type Candidacy,
  type CandidacyStep,
} from '../data/candidacies.ts';
import { insertEvent } from '../data/events.ts';
import { authorOf, type Work } from './perform.ts';

/** Refuses one field of what was sent in. */
export function wrong(field: string, detail: string): never {
  const error: FieldRefusal = { field, reason: 'invalid', detail };
  return refuse('invalid', { errors: [error] });
}

/** Where a candidacy goes next. */
export interface Step {
  readonly state: CandidacyState;
  readonly note: string;
  readonly heldAt: Instant | null;
  readonly staffId: number | null;
}

/** Writes a step with its event; the last one ends the candidacy. */
export async function writeStep(work: Work, candidacy: Candidacy, step: Step): Promise<void> {
  const { tx, now, actor } = work;
  const { id, centreId } = candidacy;
  await insertStep(tx, { candidacyId: id, at: now, by: authorOf(actor), ...step });
  if (isCandidacyOver(step.state)) await endCandidacy(tx, id, now);
  const kind = step.state === 'submitted' ? 'candidacy.submitted' : 'candidacy.step';
  const data = { candidacyId: id, state: step.state };
  await insertEvent(tx, { at: now, by: authorOf(actor), kind, centreId, data });
}

/** A candidacy locked with its last step; over ones are `stale`. */
export async function running(
  work: Work,
  candidacyId: number,
  isTheirs: (candidacy: Candidacy) => boolean,
): Promise<{ candidacy: Candidacy; last: CandidacyStep }> {
  const candidacy = await lockCandidacy(work.tx, candidacyId);
  if (!candidacy || !isTheirs(candidacy)) refuse('missing');
  const last = (await listStates(work.tx, [candidacyId])).get(candidacyId) ?? refuse('missing');
  return isCandidacyOver(last.state) ? refuse('stale') : { candidacy, last };
}
