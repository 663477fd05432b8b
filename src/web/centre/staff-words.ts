import { formatDate } from '../../domain/calendar-words.ts';
import type { PlainDate } from '../../domain/calendar.ts';
import { paperWarnings, type PaperWarning } from '../../domain/lapses.ts';
import type { RosterFinding } from '../../domain/working-time.ts';
import { leaveHolds, type Leave, type Qualification, type Staff } from '../../data/staff.ts';
import type { T } from '../../i18n/translate.ts';
import type { LeaveConflict } from '../../use-cases/leave.ts';
import { formatPeriod } from '../dates.ts';
import { ruleText } from './roster-words.ts';

function warningWords({ paper, until, daysLeft, within }: PaperWarning, t: T) {
  const name = t(`paper.${paper}`);
  if (until === null || daysLeft === null)
    return { tone: 'off', text: t('staff.not_recorded', { paper: name }) };
  const date = formatDate(until);
  if (within === 0) return { tone: 'bad', text: t('staff.lapsed', { paper: name, date }) };
  const text = t('staff.lapses_in', { paper: name, date, n: daysLeft });
  return { tone: within === 14 ? 'bad' : 'warn', text };
}

/** Papers that have run out or soon will, the most urgent first, as tags. */
export function warningTags(staff: Staff, qualifications: readonly Qualification[], today: PlainDate, t: T) {
  return paperWarnings(staff, qualifications, today).map((warning) => warningWords(warning, t));
}

const STATE_TONES = { approved: 'good', refused: 'off', withdrawn: 'off', open: 'warn' } as const;

/** How leave stands, in a word. */
export function leaveState(leave: Leave): keyof typeof STATE_TONES {
  return leaveHolds(leave) ? 'approved' : (leave.outcome ?? 'open');
}

export function leaveWords(leave: Leave, t: T) {
  const state = leaveState(leave);
  return {
    period: formatPeriod(leave.startsOn, leave.endsOn),
    kind: t(`leave.${leave.kind}`),
    state: t(`leave.state_${state}`),
    tone: STATE_TONES[state],
    note: leave.note ?? '',
  };
}

/** 'Leaves 10.02.2027 without: Nurse on site. Children: 6.' */
export function conflictWords({ date, skill, children, halfHours }: LeaveConflict, t: T): string {
  const day = formatDate(date);
  if (skill !== null) {
    const what = t.say({ key: `skill.${skill}` as 'skill.nurse' });
    return t('leave.without_skill', { date: day, skill: what, n: children });
  }
  return t('leave.too_few', { date: day, hours: halfHours / 2, n: children });
}

/** A rule that a shift breaks, with its day; the person stands beside it. */
export function brokenWords(finding: RosterFinding, t: T): string {
  return `${formatDate(finding.date)}: ${ruleText(finding, t)}`;
}
