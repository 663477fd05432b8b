import { createHash } from 'node:crypto';
import { WEEKDAYS } from '../domain/calendar.ts';
import { refuse } from '../domain/refusal.ts';
import { vacancyErrors, type VacancyWish } from '../domain/vacancy.ts';
import { insertEvent, type EventKind } from '../data/events.ts';
import { insertVacancy, lockVacancy, updateVacancy, type Vacancy } from '../data/vacancies.ts';
import { centreToAdminister, refuseErrors } from './administration.ts';
import { authorOf, todayOf, type Work } from './perform.ts';

async function remember(
  { tx, now, actor }: Work,
  kind: EventKind,
  centreId: number,
  vacancyId: number,
): Promise<void> {
  await insertEvent(tx, { at: now, by: authorOf(actor), kind, centreId, data: { vacancyId } });
}

/** What was seen of a vacancy: a save made from other words than those that hold is `stale`. */
export function markOf({ post, weeklyMinutes, hours, startsOn, applyUntil, details }: VacancyWish): string {
  const week = WEEKDAYS.map((day) => hours[day] ?? null);
  const seen = JSON.stringify([post, weeklyMinutes, week, startsOn, applyUntil, details]);
  return createHash('sha256').update(seen).digest('base64url').slice(0, 16);
}

/** Opens a vacancy. Whoever administers the centre may; refuses what domain/vacancy.ts finds wrong. */
export async function openVacancy(
  work: Work,
  input: VacancyWish & { readonly centreId: number },
): Promise<{ id: number }> {
  const { centreId, ...wish } = input;
  await centreToAdminister(work, centreId);
  refuseErrors(vacancyErrors(wish, todayOf(work)));
  const row = { ...wish, centreId, createdAt: work.now, createdBy: authorOf(work.actor), closedAt: null };
  const id = await insertVacancy(work.tx, row);
  await remember(work, 'vacancy.opened', centreId, id);
  return { id };
}

/** A vacancy of a centre that the actor administers, locked; closed ones are `stale`. */
async function openOne(work: Work, which: { centreId: number; vacancyId: number }): Promise<Vacancy> {
  await centreToAdminister(work, which.centreId);
  const vacancy = await lockVacancy(work.tx, which.vacancyId);
  if (!vacancy || vacancy.centreId !== which.centreId) refuse('missing');
  return vacancy.closedAt === null ? vacancy : refuse('stale');
}

/** Changes a vacancy; candidacies go on. Refuses `stale` where a colleague has changed or closed it meanwhile. */
export async function changeVacancy(
  work: Work,
  input: VacancyWish & { readonly centreId: number; readonly vacancyId: number; readonly seen: string },
): Promise<void> {
  const { centreId, vacancyId, seen, ...wish } = input;
  const vacancy = await openOne(work, { centreId, vacancyId });
  if (markOf(vacancy) !== seen) refuse('stale');
  // A last day to apply that is gone already may stay as it is: it need not be moved to correct a word.
  const today = todayOf(work);
  const kept = (field: string) =>
    (field === 'applyUntil' && wish.applyUntil === vacancy.applyUntil && wish.applyUntil <= wish.startsOn) ||
    (field === 'startsOn' && wish.startsOn === vacancy.startsOn);
  refuseErrors(vacancyErrors(wish, today).filter(({ field }) => !kept(field)));
  await updateVacancy(work.tx, vacancyId, wish);
  await remember(work, 'vacancy.changed', centreId, vacancyId);
}

/** Closes a vacancy: nobody applies any more, the candidacies that run go on. */
export async function closeVacancy(
  work: Work,
  input: { readonly centreId: number; readonly vacancyId: number },
): Promise<void> {
  const { centreId, vacancyId } = input;
  await openOne(work, input);
  await updateVacancy(work.tx, vacancyId, { closedAt: work.now });
  await remember(work, 'vacancy.closed', centreId, vacancyId);
}
