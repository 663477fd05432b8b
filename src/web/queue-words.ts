import { formatDate } from '../domain/calendar-words.ts';
import { addMinutes, dateAt, type Instant } from '../domain/calendar.ts';
import { decidedBy, type MoveCauses, type QueueTerms, type RankWord } from '../domain/waiting-list.ts';
import type { OrderRule } from '../data/order-rules.ts';
import type { Move, StoredRank } from '../data/ranks.ts';
import type { T } from '../i18n/translate.ts';
import { clockTime } from './figures.ts';

/** '05.02.2027 14:07'. */
export const instantWords = (at: Instant): string => `${formatDate(dateAt(at))} ${clockTime(at)}`;

/** The last day on which an offer may be answered; what ends at midnight ends with the day before. */
export const lastDayOf = (expiresAt: Instant) => dateAt(addMinutes(expiresAt, -1));

/** The deadline of an offer as a centre reads it: its last day, whole. */
export const dueWords = ({ expiresAt }: { readonly expiresAt: Instant }, t: T): string =>
  t('offer.due_day', { date: formatDate(lastDayOf(expiresAt)) });

const CAUSES = ['placed', 'withdrawn', 'refused', 'lapsed', 'ineligible', 'joined', 'reordered'] as const;

/** 'four were placed, one withdrew': counts only, never who. */
function causeWords(causes: MoveCauses, t: T): string {
  return CAUSES.flatMap((cause) => {
    const n = causes[cause] ?? 0;
    if (n === 0) return [];
    return [cause === 'reordered' ? t('waiting.cause.reordered') : t(`waiting.cause.${cause}`, { n })];
  }).join(', ');
}

/** A step of the story: '17 → 12 of 40: four were placed'. */
export function moveWords({ fromPosition, toPosition, of, causes }: Move, t: T): string {
  const to = String(toPosition);
  const because = causeWords(causes, t);
  if (fromPosition === null) return t('waiting.moved_in', { to, of: String(of) });
  return t('waiting.moved', { from: String(fromPosition), to, of: String(of), why: because });
}

/** What a rank follows from, as terms and values. */
export function rankFacts({ inputs, score }: StoredRank, terms: QueueTerms, t: T) {
  const points = score[1] ?? 0;
  const reasons = [
    ...(inputs.sibling ? [t('waiting.points_sibling', { n: terms.siblingPoints })] : []),
    ...(inputs.district ? [t('waiting.points_district', { n: terms.districtPoints })] : []),
  ];
  return [
    {
      term: t('waiting.class'),
      value: terms.outOfTurn && inputs.priority > 0 ? t('waiting.out_of_turn') : t('waiting.in_turn'),
    },
    {
      term: t('waiting.points'),
      value: reasons.length === 0 ? String(points) : `${points} (${reasons.join(', ')})`,
    },
    { term: t('waiting.registered'), value: instantWords(inputs.registeredAt) },
    { term: t('waiting.lot'), value: String(score[3] ?? 0) },
  ];
}

/** The same in one line, for a list. */
export function scoreWords(rank: StoredRank, terms: QueueTerms, t: T): string {
  const [first, points, registered] = rankFacts(rank, terms, t);
  return [
    ...(terms.outOfTurn && rank.inputs.priority > 0 ? [first!.value] : []),
    t('waiting.points_line', { points: points!.value }),
    registered!.value,
  ].join(' · ');
}

/** The order of the queue in plain words. */
export function ruleWords({ terms, startsOn }: OrderRule, t: T): string[] {
  return [
    ...(terms.outOfTurn ? [t('waiting.rule_class')] : []),
    t('waiting.rule_points', { sibling: terms.siblingPoints, district: terms.districtPoints }),
    t('waiting.rule_registered'),
    t('waiting.rule_lot'),
    startsOn === null ? t('waiting.rule_start') : t('waiting.rule_since', { date: formatDate(startsOn) }),
  ];
}

/** What put those before an entry there, counted: 'out of turn: 1; registered earlier: 4'. */
export function beforeWords(queue: readonly StoredRank[], own: StoredRank, t: T): string {
  const counts = new Map<RankWord, number>();
  for (const rank of queue) {
    if (rank.position >= own.position) continue;
    const word = decidedBy(rank.score, own.score) ?? 'lot';
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return (['class', 'points', 'registered', 'lot'] as const)
    .flatMap((word) => {
      const n = counts.get(word);
      return n ? [t(`waiting.before_${word}`, { n })] : [];
    })
    .join('; ');
}
