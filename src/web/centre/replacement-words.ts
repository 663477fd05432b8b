import type { PlainDate } from '../../domain/calendar.ts';
import { defaultWithin, WITHIN, type AnswerWithin } from '../../domain/replacements.ts';
import { formatSlot, formatTime } from '../../domain/slots.ts';
import type { Opening } from '../../domain/openings.ts';
import { isLegal, type Replacement } from '../../use-cases/replacements.ts';
import type { Instant } from '../../domain/calendar.ts';
import type { Key, T } from '../../i18n/translate.ts';
import { hoursOf } from '../figures.ts';
import { findingWords, skillWord } from './roster-words.ts';

/** 'tutor, care worker or nurse; Nurse on site' */
export function openingWords({ level, skill }: Pick<Opening, 'level' | 'skill'>, t: T): string {
  const staff = t.say({ key: `roster.level.${level}` as Key });
  return skill === null ? staff : `${staff}; ${skillWord(skill, t)}`;
}

/** Everything that a rank follows from, in words, in the order in which it is compared. */
function reasonWords({ facts, shift, ownShiftId }: Replacement, t: T): string[] {
  const hours = (minutes: number) => hoursOf(minutes, t.language);
  const told = [
    facts.overtime === 0
      ? t('shortage.reason.contract')
      : t('shortage.reason.overtime', { hours: hours(facts.overtime) }),
    t(facts.surplus === 0 ? 'shortage.reason.enough' : 'shortage.reason.surplus'),
    facts.withGroup === 0
      ? t('shortage.reason.new_to_group')
      : t('shortage.reason.with_group', { hours: hours(facts.withGroup) }),
    ...(facts.againstWish > 0 ? [t('shortage.reason.against')] : []),
    facts.extra === 0
      ? t('shortage.reason.no_extra')
      : t('shortage.reason.extra', { hours: hours(facts.extra) }),
  ];
  if (shift && (ownShiftId !== null || shift.breakFrom !== null))
    told.push(
      `${t('shortage.reason.shift', { time: formatSlot(shift) })}${
        shift.breakFrom === null
          ? ''
          : `, ${t('shortage.reason.break', { time: formatTime(shift.breakFrom) })}`
      }`,
    );
  return told;
}

/** Every rule that forbids somebody a stretch. */
export function barrierWords({ findings, barriers, staff }: Replacement, t: T): string {
  const names = new Map([[staff.id, staff.name]]);
  return [
    ...findings.map((finding) => findingWords(finding, names, t).what),
    ...barriers.map((barrier) => t(`shortage.barrier.${barrier}`)),
  ].join('; ');
}

/** The choices of the form, as it sends them. */
export const WITHIN_VALUES = WITHIN.map(String);

export const withinOfForm = (value: string): AnswerWithin =>
  value === 'evening' ? 'evening' : Number(value);

/** The same choices in words. */
export const withinOptions = (t: T) =>
  WITHIN.map((within) => ({
    value: String(within),
    text: within === 'evening' ? t('shortage.within_evening') : t('shortage.within_minutes', { n: within }),
  }));

/** Whom to ask, how, and until when: what the partial of the same name draws. */
export function askForm(
  replacements: readonly Replacement[],
  asked: ReadonlySet<number>,
  {
    date,
    now,
    askMinutes,
    t,
  }: {
    readonly date: PlainDate;
    readonly now: Instant;
    readonly askMinutes: number | null;
    readonly t: T;
  },
) {
  const legal = replacements.filter(isLegal);
  const free = legal.filter((each) => !asked.has(each.staff.id));
  return {
    people: free.map((each, place) => ({
      value: String(each.staff.id),
      text: `${place + 1}. ${each.staff.name}`,
      hint: [
        ...(each.staff.personId === null ? [t('shortage.no_account')] : []),
        ...reasonWords(each, t),
      ].join('; '),
      disabled: each.staff.personId === null,
    })),
    barred: replacements
      .filter((each) => !isLegal(each))
      .map((each) => ({ name: each.staff.name, why: barrierWords(each, t) })),
    hows: [
      { value: 'all', text: t('shortage.how_all') },
      { value: 'turn', text: t('shortage.how_turn') },
    ],
    withins: withinOptions(t),
    within: String(defaultWithin(date, now, askMinutes)),
  };
}
