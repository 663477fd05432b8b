import type { PlainDate } from '../domain/calendar.ts';
import { refuse } from '../domain/refusal.ts';
import { wrongWorkTerms, type DatedWorkTerms, type WrongTerm } from '../domain/work-terms.ts';
import type { Reading } from '../data/database.ts';
import { insertEvent } from '../data/events.ts';
import { insertWorkTerms, listWorkTerms } from '../data/norms.ts';
import { mustAdministerSystem } from './administration.ts';
import { authorOf, todayOf, type Work } from './perform.ts';

export type WorkTermsProblem = WrongTerm | { readonly term: 'startsOn'; readonly problem: 'past' | 'exists' };

/** Why terms cannot be added: their own numbers, a day gone, or a day on which a version begins already. */
export async function workTermsProblems(
  tx: Reading,
  added: DatedWorkTerms,
  today: PlainDate,
): Promise<WorkTermsProblem[]> {
  const problems: WorkTermsProblem[] = wrongWorkTerms(added.terms);
  if (added.startsOn < today) return [{ term: 'startsOn', problem: 'past' }, ...problems];
  const same = (await listWorkTerms(tx)).some(({ startsOn }) => startsOn === added.startsOn);
  return same ? [{ term: 'startsOn', problem: 'exists' }, ...problems] : problems;
}

/** Adds a version of the country's terms of working time: rosters of its days follow it; what is published stays. */
export async function addWorkTerms(work: Work, added: DatedWorkTerms): Promise<void> {
  mustAdministerSystem(work);
  const { tx, now, actor } = work;
  const problems = await workTermsProblems(tx, added, todayOf(work));
  if (problems.length > 0) refuse('invalid', { problems });
  await insertWorkTerms(tx, { ...added, createdAt: now, createdBy: authorOf(actor) });
  await insertEvent(tx, {
    at: now,
    by: authorOf(actor),
    kind: 'terms.added',
    data: { startsOn: added.startsOn, ...added.terms },
  });
}
