import { formatDate } from '../../domain/calendar-words.ts';
import { addDays, type PlainDate } from '../../domain/calendar.ts';
import { roomsAboveNorm, type RoomAboveNorm } from '../../domain/norms.ts';
import { termsOn, type Terms } from '../../domain/opening.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { findOpeningFacts, findGroup, type Group } from '../../data/groups.ts';
import { listNorms } from '../../data/norms.ts';
import type { GroupSettings } from '../../use-cases/group-settings.ts';
import type { T } from '../../i18n/translate.ts';
import { centreGroupAdmin } from '../access.ts';
import type { Context } from '../context.ts';
import { doubtWords } from '../doubt-words.ts';
import { statusOf } from '../errors.ts';
import { typed, type FieldError } from '../form.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { groupWordsForm } from './group-words.ts';
import { hoursForm, hoursWords } from './hours.ts';
import { skillWords } from '../needs.ts';
import { languageWords } from '../public/language-words.ts';
import { settingsErrors } from './settings-errors.ts';

/** The forms of a group's page; the one that was sent shows again what was typed. */
export type GroupForm = 'words' | 'terms' | 'end';

export interface Problem {
  readonly form: GroupForm;
  readonly errors: readonly FieldError[];
  readonly status?: number;
  /** What somebody else saved meanwhile. */
  readonly current?: GroupSettings;
}

export function problemOf(form: GroupForm, refusal: Refusal): Problem {
  const status = statusOf(refusal.reason);
  if (refusal.reason !== 'stale') return { form, errors: settingsErrors(refusal), status };
  return {
    form,
    errors: [{ field: '', key: 'refusal.stale' }],
    status,
    current: refusal.details['current'] as GroupSettings,
  };
}

function termsRows(terms: readonly Terms[], group: Group, today: PlainDate, t: T) {
  const held = termsOn(terms, today);
  return terms
    .map((each, at) => ({
      from: formatDate(each.startsOn),
      to: terms[at + 1]
        ? formatDate(addDays(terms[at + 1]!.startsOn, -1))
        : group.endsOn === null
          ? ''
          : formatDate(group.endsOn),
      room: t('count.places', { n: each.room }),
      hours: hoursWords(each.hours, t),
      state: each === held ? t('group.terms_now') : each.startsOn > today ? t('group.terms_ahead') : '',
      tone: each === held ? 'good' : 'info',
    }))
    .toReversed();
}

/** What the other administrator saved, for the eye beside what was typed. */
function staleRows(current: GroupSettings, today: PlainDate, t: T) {
  const held = termsOn(current.terms, today) ?? current.terms[0];
  return [
    { term: t('group.name'), value: current.name },
    { term: t('group.admission'), value: t(`admission.${current.admission}`) },
    {
      term: t('group.age'),
      value: t('group.age_range', { from: current.fromAgeMonths, to: current.toAgeMonths }),
    },
    {
      term: t('group.skills'),
      value: current.skills?.map((skill) => skillWords(skill, t)).join(', ') ?? t('group.skills_unknown'),
    },
    {
      term: t('public.languages'),
      value:
        current.languages?.map((spoken) => languageWords(spoken, t)).join(', ') ?? t('group.skills_unknown'),
    },
    ...(held
      ? [
          {
            term: t('group.terms_now'),
            value: `${t('count.places', { n: held.room })}, ${hoursWords(held.hours, t)}`,
          },
        ]
      : []),
    ...current.terms
      .filter((each) => each.startsOn > today)
      .map((each) => ({
        term: t('group.terms_from', { date: formatDate(each.startsOn) }),
        value: `${t('count.places', { n: each.room })}, ${hoursWords(each.hours, t)}`,
      })),
  ];
}

/** 'From 01.03.2027: 12 places, the norm’s largest group is 8 (check against Order 263).' */
function aboveWords({ from, room, groupSize, doubt }: RoomAboveNorm, t: T): string {
  const date = formatDate(from);
  return doubt === null
    ? t('norms.room_above', { date, room, size: groupSize })
    : t('norms.room_above_check', { date, room, size: groupSize, what: doubtWords(doubt, t) });
}

/** A group's page: what it is, its room and hours through time, and the forms that change them. */
export async function showGroup(context: Context, problem?: Problem): Promise<void> {
  const { t, today } = context;
  const centreId = context.id('centreId');
  const groupId = context.id('groupId');
  const { group, terms, above } = await context.database.read(async (tx) => {
    const found = (await findGroup(tx, groupId))!;
    const facts = await findOpeningFacts(tx, [found]);
    const own = facts.terms.get(groupId) ?? [];
    const ended = found.endsOn !== null && found.endsOn < today;
    return {
      group: found,
      terms: own,
      above: ended ? [] : roomsAboveNorm(await listNorms(tx), found.category, own, today),
    };
  });
  const newest = terms.at(-1);
  const values = problem ? typed(context.req.body) : {};
  page(
    context.res,
    'centre/group',
    {
      title: group.name,
      back: paths.centreGroups(centreId),
      category: t(`category.${group.category}`),
      tags: [
        ...(group.startsOn > today
          ? [{ tone: 'info', text: t('group.starts', { date: formatDate(group.startsOn) }) }]
          : []),
        ...(group.endsOn !== null
          ? [{ tone: 'warn', text: t('group.ends', { date: formatDate(group.endsOn) }) }]
          : []),
      ],
      above: above.map((each) => aboveWords(each, t)),
      version: group.version,
      terms: termsRows(terms, group, today, t),
      termsAction: paths.centreGroupTerms(centreId, groupId),
      room: newest?.room ?? '',
      startsOn: '',
      today,
      hours: hoursForm(newest?.hours ?? {}, problem?.form === 'terms' ? values : {}, t),
      wordsAction: paths.centreGroupWords(centreId, groupId),
      words: groupWordsForm(group, t),
      wordsOpen: problem?.form === 'words',
      endAction: paths.centreGroupEnd(centreId, groupId),
      endsOn: group.endsOn ?? '',
      hasEnd: group.endsOn !== null,
      endOpen: problem?.form === 'end',
      stale: problem?.current ? staleRows(problem.current, today, t) : [],
      values,
      errors: problem?.errors,
    },
    {
      address: paths.centreGroup(centreId, groupId),
      ...(problem?.status !== undefined && { status: problem.status }),
    },
  );
}

export const group = routes('/centres/:centreId/groups').get('/:groupId', centreGroupAdmin, (context) =>
  showGroup(context),
);
