import { formatTime } from '../../domain/slots.ts';
import { NO_BREAK } from './catalogue.ts';
import type { Plan } from './plan.ts';
import { OFF, WEIGHTS } from './problem.ts';
import { closesOf, gapsOf, whyOf, type Gap } from './reasons.ts';
import type { Cost, Fact, Roster, Shift, Uncovered } from './result.ts';

/** What is known of how good a plan is. */
export interface Standing {
  readonly bound: number;
  readonly proved: boolean;
  /** Whether no legal roster leaves less legal demand open. */
  readonly leastShort: boolean;
  readonly seconds: number;
}

/** Sums of tenths of units must read as such. */
const round = (value: number): number => Math.round(value * 1e6) / 1e6;

function shiftsOf({ problem, choice }: Plan): Shift[] {
  const shifts: Shift[] = [];
  choice.forEach((shift, duty) => {
    if (shift === OFF) return;
    const { from, to, breakFrom } = problem.catalogue[duty]!;
    shifts.push({
      staff: problem.staff[Math.floor(duty / problem.days)]!.id,
      date: problem.dates[duty % problem.days]!,
      from: formatTime(from[shift]!),
      to: formatTime(to[shift]!),
      breakFrom: breakFrom[shift] === NO_BREAK ? null : formatTime(breakFrom[shift]!),
    });
  });
  const key = ({ date, from, staff }: Shift): string => `${date} ${from} ${staff}`;
  return shifts.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}

function costOf(plan: Plan, gaps: readonly Gap[]): Cost {
  const { problem } = plan;
  const lacking = (kind: Gap['kind']): number =>
    gaps.reduce((sum, gap) => sum + (gap.kind === kind ? gap.missing * (gap.to - gap.from) : 0), 0);
  let [overtime, under, disliked, surplus] = [0, 0, 0, 0];
  plan.net.forEach((net, at) => {
    overtime += Math.max(0, net - problem.target[at]!);
    under += Math.max(0, problem.target[at]! - net);
  });
  plan.choice.forEach((shift, duty) => (disliked += shift === OFF ? 0 : problem.disliked[duty]![shift]!));
  problem.needed.forEach((need, cell) => (surplus += Math.max(0, plan.present[cell]! - need)));
  const burden = (shifts: Int32Array): number =>
    shifts.reduce((most, count, staff) => Math.max(most, count / problem.fullTime[staff]!), 0);
  const terms = {
    legal: WEIGHTS.legal * lacking('legal'),
    quality: WEIGHTS.quality * lacking('quality'),
    overtime: round(WEIGHTS.overtime * overtime),
    underContract: round(WEIGHTS.underContract * under),
    preference: WEIGHTS.preference * disliked,
    surplus: round(WEIGHTS.surplus * surplus),
    fairness: round(WEIGHTS.fairness * (burden(plan.early) + burden(plan.late))),
  };
  return { total: round(Object.values(terms).reduce((sum, term) => sum + term, 0)), ...terms };
}

/** A plan in the outside form, each gap with its reasons. */
export function rosterOf(plan: Plan, { bound, proved, leastShort, seconds }: Standing): Roster {
  const gaps = gapsOf(plan);
  const cost = costOf(plan, gaps);
  const least: Fact[] = leastShort
    ? [
        {
          fact: 'minimum_proved',
          text: `no legal roster leaves fewer than ${cost.legal / WEIGHTS.legal} half-hours of legal demand open`,
        },
      ]
    : [];
  const uncovered = gaps.map((gap): Uncovered => ({
    date: plan.problem.dates[gap.day]!,
    from: formatTime(gap.from),
    to: formatTime(gap.to),
    ...plan.problem.lines[gap.line]!.ask,
    kind: gap.kind,
    missing: gap.missing,
    why: [...whyOf(plan, gap), ...(gap.kind === 'legal' ? least : [])],
    closes: closesOf(plan, gap),
  }));
  const below = proved ? cost.total : Math.min(round(bound), cost.total);
  const payroll = Math.max(plan.problem.payroll, WEIGHTS.overtime);
  return {
    shifts: shiftsOf(plan),
    uncovered,
    cost,
    bound: below,
    gap: (cost.total - below) / payroll,
    proved,
    seconds,
  };
}
