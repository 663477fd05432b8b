import { startOfWeek, type PlainDate } from './calendar.ts';
import { isWarning, type RosterFinding, type RosterRule } from './working-time.ts';

/** Over which time a rule counts: what it finds there on another day than before is no news. */
function periodOf(rule: RosterRule, date: PlainDate): string {
  switch (rule) {
    case 'week_minutes':
    case 'days_off':
      return startOfWeek(date);
    case 'overtime_month':
      return date.slice(0, 7);
    case 'overtime_year':
      return date.slice(0, 4);
    default:
      return date;
  }
}

const keyOf = ({ rule, staffId, date }: RosterFinding) => `${rule} ${staffId} ${periodOf(rule, date)}`;

/** Of rest there is too little, of everything else too much: how bad a finding is. */
const badness = ({ rule, is = 0 }: RosterFinding) => (rule === 'rest' ? -is : is);

/**
 * What an edit breaks: hard rules that held before, or were broken less. What was broken already, and has become no worse,
 * stands in nobody's way: else a roster could not be mended step by step.
 */
export function newlyBroken(
  before: readonly RosterFinding[],
  after: readonly RosterFinding[],
): RosterFinding[] {
  const worst = new Map<string, number>();
  for (const finding of before) {
    const key = keyOf(finding);
    worst.set(key, Math.max(worst.get(key) ?? -Infinity, badness(finding)));
  }
  return after.filter(
    (finding) => !isWarning(finding) && badness(finding) > (worst.get(keyOf(finding)) ?? -Infinity),
  );
}
