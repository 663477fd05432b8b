import type { Centre } from '../../data/centres.ts';
import type { Child } from '../../data/children.ts';
import type { Group } from '../../data/groups.ts';
import type { T } from '../../i18n/translate.ts';
import { centreAddress, centreName } from '../names.ts';
import { skillWords } from '../needs.ts';
import { hoursOf, tenths } from '../figures.ts';
import { paths } from '../paths.ts';
import { languageWords } from '../public/language-words.ts';
import { answersOfText } from './series-answers.ts';

/** A group that a child may choose, and how near it is. */
export interface Candidate {
  readonly group: Group;
  readonly centre: Centre;
  /** The child already has bookings at this centre. */
  readonly known: boolean;
  readonly km: number | undefined;
}

interface Facts {
  readonly child: Child;
  readonly enrolled: boolean;
  readonly freeMinutes: number;
  /** The answers to go on with, once the group is chosen; '' leads to its free hours. */
  readonly answers: string;
  readonly t: T;
}

/** A group as its card says it: where, how much is free, what help there is, and what is still missing. */
export function groupCard(
  { group, centre, km }: Candidate,
  { child, enrolled, freeMinutes, answers, t }: Facts,
) {
  const { language } = t;
  const lacks = group.skills !== null && child.skillsNeeded.some((skill) => !group.skills?.includes(skill));
  const admission =
    group.admission === 'open'
      ? []
      : enrolled
        ? [{ tone: 'good', text: t('groups.enrolled') }]
        : [{ tone: 'info', text: t('find.not_enrolled') }];
  return {
    href:
      answers === ''
        ? paths.childDays(child.id, group.id)
        : paths.newSeries(child.id, { ...answersOfText(answers), group: String(group.id) }),
    centre: centreName(centre, language),
    group: group.name,
    place: centreAddress(centre, language),
    facts: [
      ...(km === undefined ? [] : [t('find.distance', { km: tenths(km, language) })]),
      ...(group.languages ?? []).map((spoken) => languageWords(spoken, t)),
      ...(group.skills ?? []).map((skill) => skillWords(skill, t)),
    ].join(' · '),
    tags: [
      {
        tone: freeMinutes === 0 ? 'bad' : 'good',
        text:
          freeMinutes === 0
            ? t('groups.none_week')
            : t('groups.free_week', { hours: hoursOf(freeMinutes, language) }),
      },
      ...admission,
      ...(lacks ? [{ tone: 'warn', text: t('find.skill_missing') }] : []),
    ],
  };
}
