import { formatTime, HALF_HOURS } from '../../domain/slots.ts';
import { windowOn } from './build.ts';
import { countedIn, WORD } from './catalogue.ts';
import type { DemandKind } from './input.ts';
import type { Plan } from './plan.ts';
import { OFF, type Ask } from './problem.ts';
import type { Closes, Fact } from './result.ts';

/** A stretch of a line on a day that lacks people, in half-hours. */
export interface Gap {
  readonly line: number;
  readonly kind: DemandKind;
  readonly day: number;
  readonly from: number;
  readonly to: number;
  readonly missing: number;
}

type Reason = Omit<Fact, 'from' | 'to'>;

function askName(ask: Ask): string {
  if ('skill' in ask) return `person with the skill ${ask.skill}`;
  return ['person of any level', 'qualified person (level 1)', 'specialist (level 2)'][ask.level]!;
}

/** Why a person does not close a gap of the kind at a half-hour of a day. */
function reasonAt(plan: Plan, staff: number, at: number, { day, kind, line }: Gap): Reason {
  const { problem, choice } = plan;
  const { input, dates, days, weeks, weekOf, catalogue } = problem;
  const who = problem.staff[staff]!;
  const duty = staff * days + day;
  const shifts = catalogue[duty]!;
  const now = choice[duty]!;
  const tell = (fact: Fact['fact'], text: string, more: object = {}): Reason => ({
    fact,
    staff: who.id,
    ...more,
    text: `${who.id} ${text}`,
  });
  const { low, high } = countedIn(shifts, problem.lines[line]!.onCall);
  const covers = (shift: number): boolean =>
    (at < WORD ? (low[shift]! >> at) & 1 : (high[shift]! >> (at - WORD)) & 1) === 1;
  const times = (shift: number) => `${formatTime(shifts.from[shift]!)}–${formatTime(shifts.to[shift]!)}`;

  if (now !== OFF && covers(now)) return tell('on_duty', `is at work ${times(now)} and counts already`);
  if (who.absent.includes(dates[day]!)) return tell('absent', `is absent on ${dates[day]}`);
  const window = windowOn(input, who, dates[day]!);
  if (window === undefined) return tell('window', 'does not work on this weekday');
  if (at < window.from || at >= window.to)
    return tell('window', `is available ${formatTime(window.from)}–${formatTime(window.to)} only`);
  if (now !== OFF && at >= shifts.from[now]! && at < shifts.to[now]!)
    return tell('on_break', `has the break of the shift ${times(now)}`);
  if (problem.must[duty] === 1) return tell('fixed', `has the fixed shift ${times(0)}`);
  const covering = Array.from({ length: shifts.count }, (_, shift) => shift).filter(covers);
  if (covering.length === 0)
    return tell('no_shift', 'has no legal shift that reaches this time: its length or break does not fit');
  if (covering.some((shift) => plan.allows(duty, shift))) {
    if (kind === 'quality')
      return tell('costs_more', 'could come, but overtime or an hour elsewhere weighs more');
    return tell(
      'needed_elsewhere',
      now === OFF
        ? 'has hours left, but they do not close more than they open'
        : `is at work ${times(now)}, where as much would stay open`,
    );
  }
  const week = staff * weeks + weekOf[day]!;
  if (now === OFF && plan.worked[week]! >= who.daysPerWeek)
    return tell('days', `works ${plan.worked[week]} of ${who.daysPerWeek} days this week already`, {
      used: plan.worked[week],
      most: who.daysPerWeek,
    });
  const here = now === OFF ? 0 : shifts.net[now]!;
  const least = Math.min(...covering.map((shift) => shifts.net[shift]!));
  const most = who.weeklyMinutes + who.overtimeMinutesPerWeek;
  if (plan.net[week]! - here + least > problem.most[staff]!)
    return tell('weekly_minutes', `works ${plan.net[week]! * 30} of at most ${most} minutes this week`, {
      used: plan.net[week]! * 30,
      most,
    });
  return tell(
    'rest',
    `would have less than ${input.rules.restMinutes} minutes of rest beside the day before or after`,
  );
}

/** One fact for each person who could serve, and for each part of the gap where it differs. */
export function whyOf(plan: Plan, gap: Gap): Fact[] {
  const { problem } = plan;
  const ask = problem.lines[gap.line]!.ask;
  const able = [...problem.staff.keys()].filter((staff) =>
    problem.serves[problem.classOf[staff]!]!.includes(gap.line),
  );
  if (able.length === 0)
    return [{ fact: 'nobody_qualified', text: `nobody on the staff is a ${askName(ask)}` }];
  return able
    .toSorted((a, b) => (problem.staff[a]!.id < problem.staff[b]!.id ? -1 : 1))
    .flatMap((staff) => {
      const parts: { reason: Reason; from: number; to: number }[] = [];
      for (let at = gap.from; at < gap.to; at++) {
        const reason = reasonAt(plan, staff, at, gap);
        const last = parts.at(-1);
        if (last?.reason.text === reason.text) last.to = at + 1;
        else parts.push({ reason, from: at, to: at + 1 });
      }
      return parts.map(({ reason, from, to }): Fact =>
        parts.length === 1 ? reason : { ...reason, from: formatTime(from), to: formatTime(to) },
      );
    });
}

/** The people who, coming for the whole gap, would close it. */
export function closesOf(plan: Plan, { line, day, from, to, missing }: Gap): Closes {
  const ask = plan.problem.lines[line]!.ask;
  const date = plan.problem.dates[day]!;
  const times = { from: formatTime(from), to: formatTime(to) };
  const hours = (missing * (to - from)) / 2;
  const more = missing === 1 ? 'one more' : `${missing} more: each a`;
  return {
    ...ask,
    people: missing,
    date,
    ...times,
    hours,
    text: `${more} ${askName(ask)} on ${date} ${times.from}–${times.to} (${hours} h)`,
  };
}

/** All stretches that lack people, by day, time, kind and line. */
export function gapsOf({ problem, present }: Plan): Gap[] {
  const cells = problem.days * HALF_HOURS;
  const gaps: Gap[] = [];
  for (const kind of ['legal', 'quality'] as const)
    problem.lines.forEach((needs, line) => {
      for (let day = 0; day < problem.days; day++)
        for (let at = problem.opens; at < problem.closes; at++) {
          const cell = day * HALF_HOURS + at;
          const missing = needs[kind][cell]! - present[line * cells + cell]!;
          if (missing <= 0) continue;
          const last = gaps.at(-1);
          const joins = last?.kind === kind && last.line === line && last.day === day && last.to === at;
          if (joins && last.missing === missing) gaps[gaps.length - 1] = { ...last, to: at + 1 };
          else gaps.push({ line, kind, day, from: at, to: at + 1, missing });
        }
    });
  return gaps.toSorted((a, b) => a.day - b.day || a.from - b.from);
}
