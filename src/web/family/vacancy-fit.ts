import { CANDIDATE_PAPERS, type CandidatePaper, type HeldPaper } from '../../domain/candidacy.ts';
import { fitState } from '../../domain/vacancy.ts';
import { listCandidaciesOf, listPapers } from '../../data/candidacies.ts';
import type { Centre } from '../../data/centres.ts';
import type { Child } from '../../data/children.ts';
import type { Reading } from '../../data/database.ts';
import type { Vacancy } from '../../data/vacancies.ts';
import type { T } from '../../i18n/translate.ts';
import type { VacancyFits } from '../../use-cases/vacancy-fits.ts';
import type { Context } from '../context.ts';
import { percent } from '../figures.ts';

/** Papers that somebody says to have, in the address: nothing of it is stored. */
export function saidPapers(context: Context): CandidatePaper[] {
  const said = [context.req.query['have'] ?? []].flat();
  return CANDIDATE_PAPERS.filter((kind) => said.includes(kind));
}

/** What somebody has: as said, and as handed in with an application before. */
export async function heldPapers(tx: Reading, context: Context): Promise<HeldPaper[]> {
  const own = await listCandidaciesOf(tx, context.actor.personId);
  const handed = await listPapers(
    tx,
    own.map(({ id }) => id),
  );
  return [...saidPapers(context).map((kind) => ({ kind, validUntil: null })), ...handed];
}

/** 'Synthetic child: 80 % booked, 100 % could be booked', and whether that is enough for the contract. */
export function fitLines(
  vacancy: Vacancy,
  { fits }: Pick<VacancyFits, 'fits'>,
  children: readonly Child[],
  t: T,
) {
  return (fits.get(vacancy.id) ?? []).map((fit) => {
    const state = fitState(fit, vacancy);
    const share = (minutes: number) =>
      percent(fit.workMinutes === 0 ? null : minutes / fit.workMinutes, t.language);
    return {
      child: children.find(({ id }) => id === fit.childId)?.name ?? '',
      text: t('vacancy.fit', { booked: share(fit.bookedMinutes), possible: share(fit.possibleMinutes) }),
      tone: { booked: 'good', possible: 'info', short: 'warn' }[state],
      state: t(`vacancy.fit_${state}`),
    };
  });
}

/** The rule of own children at a vacancy's centre, with the groups it is about. */
export function ownGroupWords(
  vacancy: Vacancy,
  centre: Pick<Centre, 'parentInOwnGroup'>,
  { ownGroups }: Pick<VacancyFits, 'ownGroups'>,
  t: T,
): string {
  const groups = (ownGroups.get(vacancy.id) ?? []).map((group) => group.name).join(', ');
  if (groups === '') return '';
  return t(centre.parentInOwnGroup ? 'vacancy.own_group_allowed' : 'vacancy.own_group_barred', { groups });
}
