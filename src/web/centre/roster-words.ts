import { weekdayName } from '../../domain/calendar-words.ts';
import { weekdayOf, type PlainDate } from '../../domain/calendar.ts';
import type { IdleContract, OpenDemand } from '../../domain/draft.ts';
import { formatSlot, formatTime } from '../../domain/slots.ts';
import { isWarning, type RosterFinding } from '../../domain/working-time.ts';
import { isKey, type Key, type Language, type T } from '../../i18n/translate.ts';
import { hoursOf, tenths, whole } from '../figures.ts';

/** Names of staff by id. */
export type Names = ReadonlyMap<number, string>;

/** 'Дс 08.02' */
export function dayWords(date: PlainDate, language: Language): string {
  return `${weekdayName(weekdayOf(date), language, 'short')} ${date.slice(8)}.${date.slice(5, 7)}`;
}

const IN_DAYS = ['days_off', 'notice'];

/** What a rule says of a finding, with its numbers: hours to a tenth, or days. */
export function ruleText({ rule, is, most }: RosterFinding, t: T): string {
  const number = (value: number | undefined) => {
    if (value === undefined) return '–';
    return IN_DAYS.includes(rule) ? whole(value, t.language) : hoursOf(value, t.language);
  };
  return t.say({ key: `roster.rule.${rule}`, params: { is: number(is), most: number(most) } });
}

/** Who, when and which rule: what a finding is called wherever it is told. */
export function findingWords(finding: RosterFinding, names: Names, t: T) {
  return {
    name: finding.staffId === null ? t('roster.whole') : (names.get(finding.staffId) ?? '–'),
    day: dayWords(finding.date, t.language),
    what: ruleText(finding, t),
    warning: isWarning(finding),
  };
}

/** A skill's name; one that the country has added meanwhile is told as it is written. */
export function skillWord(skill: string, t: T): string {
  const key = `skill.${skill}`;
  return isKey(key) ? t.say({ key }) : skill;
}

/** What a row of demand asks for: staff of a level, or a skill. */
function askWord({ level, skill }: Pick<OpenDemand, 'level' | 'skill'>, t: T): string {
  if (skill !== null) return skillWord(skill, t);
  return t.say({ key: `roster.level.${level ?? 0}` as Key });
}

/** The solver's reasons in the reader's language; an old draft has only its English sentences. */
function reasonsOf(gap: OpenDemand, names: Names, t: T): { text: string; english: boolean }[] {
  if (!gap.facts) return gap.why.map((text) => ({ text, english: true }));
  return gap.facts.map(({ fact, staffId, slot, used, most }, at) => {
    const key = `roster.why.${fact}`;
    if (!isKey(key)) return { text: gap.why[at] ?? '', english: true };
    const numbers = fact === 'weekly_minutes' ? hoursOf : whole;
    const said = t.say({
      key,
      params: { used: numbers(used ?? 0, t.language), most: numbers(most ?? 0, t.language) },
    });
    const who = staffId === null ? '' : `${names.get(staffId) ?? '–'}: `;
    return { text: `${who}${said}${slot ? ` (${formatSlot(slot)})` : ''}`, english: false };
  });
}

/** A stretch that a draft leaves open: what is missing, why, and what would close it. */
export function gapWords(gap: OpenDemand, names: Names, t: T) {
  const { closedBy } = gap;
  return {
    day: dayWords(gap.date, t.language),
    time: formatSlot(gap),
    must: gap.kind === 'legal',
    missing: t('roster.gap', { n: gap.missing, what: askWord(gap, t) }),
    why: reasonsOf(gap, names, t),
    closes: closedBy
      ? t('roster.closes', {
          n: closedBy.people,
          hours: tenths(closedBy.hours, t.language),
          what: askWord(gap, t),
        })
      : gap.closes,
  };
}

/** Contract hours that a draft leaves idle, and why nobody's hour is opened with them. */
export function idleWords({ staffId, week, minutes, why }: IdleContract, names: Names, t: T) {
  return {
    name: names.get(staffId) ?? '–',
    hours: t('roster.idle_hours', { hours: hoursOf(minutes, t.language), week: dayWords(week, t.language) }),
    why: why.map(({ reason, halfHours, date }) => {
      const [own, shared] = [`roster.idle.${reason}`, `roster.why.${reason}`];
      const key = isKey(own) ? own : shared;
      const said = isKey(key) ? t.say({ key }) : reason;
      if (date === null) return said;
      return t('roster.idle_when', { why: said, n: halfHours, day: dayWords(date, t.language) });
    }),
  };
}

/** 'үзіліс 12:00' */
export function breakWords(breakFrom: number | null, t: T): string {
  return breakFrom === null ? '' : t('roster.break_at', { time: formatTime(breakFrom) });
}
