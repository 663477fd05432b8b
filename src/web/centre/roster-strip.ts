import { longDate } from '../../domain/calendar-words.ts';
import type { PlainDate } from '../../domain/calendar.ts';
import { qualityPeople } from '../../domain/demand.ts';
import { collator } from '../../domain/names.ts';
import type { GroupCoverage } from '../../domain/roster-coverage.ts';
import { formatSlot, stretches, type HalfHour } from '../../domain/slots.ts';
import { LEVELS } from '../../domain/staffing.ts';
import type { Key, T } from '../../i18n/translate.ts';
import { stepOf, whole } from '../figures.ts';
import { paths } from '../paths.ts';
import { hoursRow } from './board.ts';
import type { RosterScene } from './roster-scene.ts';
import { skillWord } from './roster-words.ts';

const STEPS = 12;

/** The date whose half-hours are shown: the one asked for, else the first with too few staff, else the first open one. */
export function dayShown(scene: RosterScene, asked: PlainDate | undefined): PlainDate | undefined {
  const open = [...scene.coverage].filter(([, { groups }]) => groups.length > 0);
  if (asked && open.some(([date]) => date === asked)) return asked;
  const short = open.find(([, day]) => [...day.groups, ...day.skills].some((each) => each.short.length > 0));
  return (short ?? open[0])?.[0];
}

function groupShown(groups: readonly GroupCoverage[], asked: number | undefined): GroupCoverage | undefined {
  return (
    groups.find(({ day }) => day.groupId === asked) ??
    groups.find(({ short }) => short.length > 0) ??
    groups[0]
  );
}

/** One row of numbers over the half-hours; · for none. */
function countRow(term: string, counts: readonly number[], from: HalfHour, to: HalfHour, t: T) {
  return {
    term,
    cells: counts.slice(from, to).map((count) => (count === 0 ? '·' : whole(count, t.language))),
  };
}

/** Staff needed and rostered beside what is booked, half-hour by half-hour, for one group of one date. */
function curveOf(coverage: GroupCoverage, t: T) {
  const { day, needed, present, short } = coverage;
  const hoped = qualityPeople(day);
  const [from, to] = [day.opensAt!, day.closesAt!];
  const levels = LEVELS.filter((level) => level === 0 || needed[level]!.some((count) => count > 0));
  const most = Math.max(1, ...needed[0]!, ...present[0]!);
  return {
    columns: to - from,
    hours: hoursRow({ from, to }, undefined),
    load: Array.from({ length: to - from }, (_, index) => {
      const at = from + index;
      const lack = short.includes(at);
      const there = present[0]![at] ?? 0;
      const figures = { needed: needed[0]![at] ?? 0, present: there, booked: day.taken[at] ?? 0 };
      return {
        state: lack ? 'lack' : '',
        step: stepOf(there, most, STEPS),
        count: whole(there, t.language),
        says: t('roster.strip_says', { time: formatSlot({ from: at, to: at + 1 }), ...figures }),
        word: lack ? t('board.lack') : '',
      };
    }),
    rows: [
      ...levels.flatMap((level) => [
        countRow(t.say({ key: `roster.needed.${level}` as Key }), needed[level]!, from, to, t),
        ...(level === 0
          ? []
          : [countRow(t.say({ key: `roster.present.${level}` as Key }), present[level]!, from, to, t)]),
      ]),
      ...(hoped[0]!.some((count, at) => count > needed[0]![at]!)
        ? [countRow(t('roster.hoped'), hoped[0]!, from, to, t)]
        : []),
      countRow(t('board.booked'), day.taken, from, to, t),
    ],
    short: stretches(short).map((slot) => t('board.lack_at', { time: formatSlot(slot) })),
  };
}

/** Under the table: the demand of one date and group, with the others to choose from. */
export function rosterStrip(
  scene: RosterScene,
  date: PlainDate | undefined,
  asked: number | undefined,
  t: T,
) {
  const day = date === undefined ? undefined : scene.coverage.get(date);
  const shown = day && groupShown(day.groups, asked);
  if (!day || !shown || date === undefined) return undefined;
  const { centre, roster, monday, groups } = scene;
  const nameOf = (id: number) => groups.find((group) => group.id === id)?.name ?? '–';
  return {
    title: t('roster.strip_title', { day: longDate(date, t.language), group: nameOf(shown.day.groupId) }),
    groups: day.groups
      .map((each) => ({
        name: nameOf(each.day.groupId),
        short: each.short.length > 0,
        current: each === shown,
        href: paths.roster(centre.id, roster.id, { week: monday, day: date, group: each.day.groupId }),
      }))
      .toSorted((a, b) => collator(t.language).compare(a.name, b.name)),
    ...curveOf(shown, t),
    skills: day.skills
      .filter(({ short }) => short.length > 0)
      .map(({ skill, short }) =>
        t('roster.skill_short', {
          skill: skillWord(skill, t),
          times: stretches(short).map(formatSlot).join(', '),
        }),
      ),
  };
}
