import {
  isComplete,
  POST_RULES,
  type CandidacyState,
  type CandidatePaper,
  type Lacking,
} from '../domain/candidacy.ts';
import { dateAt, type PlainDate } from '../domain/calendar.ts';
import { formatDate } from '../domain/calendar-words.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { Post } from '../domain/staffing.ts';
import type { CandidacyStep, StoredPaper } from '../data/candidacies.ts';
import type { Vacancy } from '../data/vacancies.ts';
import { isKey, type T } from '../i18n/translate.ts';
import { doubtWords } from './doubt-words.ts';
import { clockTime, hoursOf } from './figures.ts';
import type { FieldError } from './form.ts';
import { capital } from './words.ts';

export const CANDIDACY_TONES: Readonly<Record<CandidacyState, string>> = {
  submitted: 'info',
  papers_asked: 'warn',
  papers_complete: 'info',
  invited: 'warn',
  passed: 'good',
  not_passed: 'off',
  hired: 'good',
  refused: 'off',
  withdrawn: 'off',
};

/** A paper's name as a line of its own. */
export const paperName = (kind: CandidatePaper, t: T): string =>
  capital(t(`candidate_paper.${kind}`), t.language);

const paperWords = (kinds: readonly CandidatePaper[], t: T) =>
  kinds.map((kind) => t(`candidate_paper.${kind}`));

const wayWords = (ways: readonly (readonly CandidatePaper[])[], t: T): string =>
  ways.map((way) => paperWords(way, t).join(` ${t('candidacy.and')} `)).join(`; ${t('candidacy.or')} `);

/** What papers lack, a line a kind; none where they are complete. */
export function lackingWords(lacking: Lacking, t: T): string[] {
  if (isComplete(lacking)) return [];
  const ways = lacking.ways.length === 0 ? [] : [wayWords(lacking.ways, t)];
  return [
    ...ways.map((text) => t('candidacy.lacks_education', { ways: text })),
    ...lacking.papers.map((kind) => paperName(kind, t)),
  ];
}

/** The rule of a post with where it was read and what it must be checked against. */
export function ruleWords(post: Post, t: T): string {
  const { ways, always, source, doubt } = POST_RULES[post];
  const rule = t('candidacy.rule', { ways: wayWords(ways, t), papers: paperWords(always, t).join(', ') });
  const said = `${rule} ${t(`candidacy.source_${source}`)}`;
  return doubt === null
    ? `${said}.`
    : `${said} (${t('norms.check_against', { what: doubtWords(doubt, t) })}).`;
}

/** What everybody reads of a vacancy. */
export function vacancyFacts(vacancy: Vacancy, hours: string, t: T) {
  return [
    {
      term: t('vacancy.weekly'),
      value: t('vacancy.hours_a_week', { hours: hoursOf(vacancy.weeklyMinutes, t.language) }),
    },
    { term: t('vacancy.hours'), value: hours },
    { term: t('vacancy.starts_on'), value: formatDate(vacancy.startsOn) },
    { term: t('vacancy.apply_until'), value: formatDate(vacancy.applyUntil) },
    ...(vacancy.details === '' ? [] : [{ term: t('vacancy.details'), value: vacancy.details }]),
  ];
}

/** 'When and where' of a step: 12.02.2027, 10:00. */
export function heldWords({ heldAt }: Pick<CandidacyStep, 'heldAt'>): string {
  return heldAt === null ? '' : `${formatDate(dateAt(heldAt))}, ${clockTime(heldAt)}`;
}

/** Every step, the newest first. */
export function historyRows(steps: readonly CandidacyStep[], t: T) {
  return steps
    .map((step) => ({
      when: `${formatDate(dateAt(step.at))} ${clockTime(step.at)}`,
      state: t(`candidacy_state.${step.state}`),
      tone: CANDIDACY_TONES[step.state],
      held: step.heldAt === null ? '' : t('candidacy.held', { when: heldWords(step) }),
      note: step.note,
    }))
    .toReversed();
}

/** Papers with whether they hold on the day on which they must. */
export function paperRows(papers: readonly StoredPaper[], on: PlainDate, t: T) {
  return papers.map((paper) => {
    const holds = paper.validUntil === null || paper.validUntil >= on;
    return {
      id: paper.id,
      kind: paperName(paper.kind, t),
      institution: paper.institution,
      issued: formatDate(paper.issuedOn),
      until: paper.validUntil === null ? t('candidacy.no_end') : formatDate(paper.validUntil),
      tone: holds ? 'good' : 'bad',
      state: holds ? t('candidacy.holds') : t('candidacy.holds_not', { date: formatDate(on) }),
    };
  });
}

/** What is refused of a vacancy or a candidacy, beside its field. */
export function candidacyErrors({ reason, details }: Refusal): FieldError[] {
  const errors = (details.errors ?? []).map(({ field, detail }): FieldError => {
    const key = `candidacy_problem.${detail}`;
    return { field, key: isKey(key) ? key : 'form.invalid' };
  });
  return errors.length > 0 ? errors : [{ field: '', key: `refusal.${reason}` }];
}
