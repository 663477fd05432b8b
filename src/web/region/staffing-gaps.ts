import { startOfWeek, type PlainDate } from '../../domain/calendar.ts';
import { longDate } from '../../domain/calendar-words.ts';
import { formatSlot, type HalfHour } from '../../domain/slots.ts';
import type { DayGap } from '../../domain/staffing-outlook.ts';
import type { T } from '../../i18n/translate.ts';
import { skillWords } from '../needs.ts';
import { paths } from '../paths.ts';
import { capital } from '../words.ts';
import type { Days, StaffedCentre } from './staffing-table.ts';

/** So many days of centres are named: those with the longest gaps. */
const MOST = 20;

/** Half-hours in a row as one stretch: '08:00–10:00, 16:30–18:30'. */
function timesOf(halfHours: readonly HalfHour[]): string {
  const slots: { from: HalfHour; to: HalfHour }[] = [];
  for (const at of halfHours) {
    const last = slots.at(-1);
    if (last?.to === at) last.to = at + 1;
    else slots.push({ from: at, to: at + 1 });
  }
  return slots.map(formatSlot).join(', ');
}

/** What a group's day lacks, in words: skills that nobody on site has, then too few staff. */
export function lacksOf({ skills, few }: Pick<DayGap, 'skills' | 'few'>, t: T): string[] {
  return [
    ...skills.map(({ skill, halfHours }) =>
      t('staffing.skill_at', { skill: skillWords(skill, t), times: timesOf(halfHours) }),
    ),
    ...(few.length > 0 ? [t('staffing.few_at', { times: timesOf(few) })] : []),
  ];
}

interface CentreDay {
  readonly centre: StaffedCentre;
  readonly date: PlainDate;
  readonly gaps: readonly DayGap[];
  /** A skill that is missing counts once for all groups. */
  readonly skills: ReadonlyMap<string, ReadonlySet<HalfHour>>;
  readonly halfHours: number;
}

function daysOf(centre: StaffedCentre): CentreDay[] {
  return [...Map.groupBy(centre.outlook.gaps, (gap) => gap.date)].map(([date, gaps]) => {
    const skills = new Map<string, Set<HalfHour>>();
    for (const { skill, halfHours } of gaps.flatMap((gap) => gap.skills))
      skills.set(skill, new Set([...(skills.get(skill) ?? []), ...halfHours]));
    const few = gaps.reduce((sum, gap) => sum + gap.few.length, 0);
    const halfHours = [...skills.values()].reduce((sum, own) => sum + own.size, few);
    return { centre, date, gaps, skills, halfHours };
  });
}

/**
 * Days of centres on which staff or a skill is missing: the longest gaps, told by date, each with the ways to the groups
 * that it touches.
 */
export function gapRows(
  centres: readonly StaffedCentre[],
  groupNames: ReadonlyMap<number, string>,
  code: string,
  days: Days,
  t: T,
) {
  const all = centres.flatMap(daysOf).toSorted((a, b) => b.halfHours - a.halfHours);
  const shown = all.slice(0, MOST).toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  return {
    more: all.length > MOST ? t('staffing.more', { n: all.length - MOST }) : '',
    rows: shown.map(({ centre, date, gaps, skills }) => {
      const groupOf = ({ groupId }: DayGap) => ({
        name: groupNames.get(groupId) ?? '',
        href: paths.regionGroupDay(code, centre.id, groupId, date, {
          ...days,
          by: 'day',
          week: startOfWeek(date),
        }),
      });
      return {
        day: capital(longDate(date, t.language), t.language),
        centre: centre.name,
        href: paths.regionCentre(code, centre.id, { ...days, by: 'day' }),
        lacks: [
          ...[...skills].map(([skill, own]) => ({
            text: t('staffing.skill_at', {
              skill: skillWords(skill, t),
              times: timesOf([...own].toSorted((a, b) => a - b)),
            }),
            groups: gaps.filter((gap) => gap.skills.some((each) => each.skill === skill)).map(groupOf),
          })),
          ...gaps
            .filter((gap) => gap.few.length > 0)
            .map((gap) => ({
              text: t('staffing.few_at', { times: timesOf(gap.few) }),
              groups: [groupOf(gap)],
            })),
        ],
      };
    }),
  };
}
