import {
  addMinutes,
  addDays,
  dateAt,
  instantAt,
  millisOf,
  startOfWeek,
  weekdayOf,
  type Instant,
  type PlainDate,
} from './calendar.ts';
import { daysOfWork } from './overtime.ts';
import type { WeeklyHours } from './opening.ts';
import { BREAK_HALF_HOURS, spanMinutes, type Shift, type StretchedShift } from './shift.ts';
import { MINUTES_PER_HALF_HOUR, type HalfHour, type Slot } from './slots.ts';
import type { Level } from './staffing.ts';
import type { Worker } from './working-time.ts';

/** A stretch with a group for which somebody is looked for. */
export interface OpenStretch extends Slot {
  readonly groupId: number;
  readonly date: PlainDate;
  /** At least this level. */
  readonly level: Level;
  /** What the person must be able to do; null = nothing besides. */
  readonly skill: string | null;
}

/** How somebody would take a stretch: as a shift of its own, with the shift they have, or not at all. */
export type Taking =
  { readonly kind: 'new' | 'longer'; readonly shift: StretchedShift } | { readonly kind: 'busy' | 'apart' };

const overlaps = (a: Slot, b: Slot): boolean => a.from < b.to && b.from < a.to;

/** A half-hour within a shift, nearest to its middle, of those allowed; undefined where there is none. */
function breakNear(slot: Slot, allowed: (at: HalfHour) => boolean): HalfHour | undefined {
  const middle = (slot.from + slot.to - BREAK_HALF_HOURS) / 2;
  let best: HalfHour | undefined;
  for (let at = slot.from + 1; at + BREAK_HALF_HOURS < slot.to; at++)
    if (allowed(at) && (best === undefined || Math.abs(at - middle) < Math.abs(best - middle))) best = at;
  return best;
}

/**
 * The working day of somebody who takes a stretch over. A shift longer than `breakAfterMinutes` gets its break: when
 * nobody is missed, else within the stretch, so that no other group falls short. Whoever is with a group at that time is
 * `busy`; a shift that does not touch the stretch would make two shifts of one day: `apart`.
 */
export function takingOf(
  open: OpenStretch,
  own: StretchedShift | undefined,
  staffId: number,
  { missed, breakAfterMinutes }: { readonly missed: readonly HalfHour[]; readonly breakAfterMinutes: number },
): Taking {
  const { from, to, groupId, date } = open;
  if (own?.stretches.some((stretch) => overlaps(stretch, open))) return { kind: 'busy' };
  if (own && (own.from > to || own.to < from)) return { kind: 'apart' };
  const span = { from: Math.min(from, own?.from ?? from), to: Math.max(to, own?.to ?? to) };
  let breakFrom = own?.breakFrom ?? null;
  if (breakFrom === null && spanMinutes(span) > breakAfterMinutes) {
    const withOthers = (at: HalfHour) =>
      own?.stretches.some((each) => each.from <= at && at < each.to) ?? false;
    breakFrom =
      breakNear(span, (at) => !missed.includes(at) && !withOthers(at)) ??
      breakNear(span, (at) => !withOthers(at)) ??
      breakNear(span, () => true) ??
      null;
  }
  const stretches = [...(own?.stretches ?? []), { groupId, from, to }].toSorted((a, b) => a.from - b.from);
  return { kind: own ? 'longer' : 'new', shift: { staffId, date, ...span, breakFrom, stretches } };
}

/** Minutes of overtime in the week of a date with some shifts; the law's own way to count them. */
export function overtimeOfWeek(worker: Worker, shifts: readonly Shift[], date: PlainDate): number {
  const week = shifts.filter((shift) => startOfWeek(shift.date) === startOfWeek(date));
  return daysOfWork(worker, week).reduce((sum, day) => sum + day.overtime, 0);
}

/** Minutes of a stretch outside hours that somebody wishes; 0 where they wish nothing. */
export function againstWish(slot: Slot & { readonly date: PlainDate }, wish: WeeklyHours | null): number {
  if (wish === null) return 0;
  const window = wish[weekdayOf(slot.date)];
  const kept = window ? Math.max(0, Math.min(window[1], slot.to) - Math.max(window[0], slot.from)) : 0;
  return (slot.to - slot.from - kept) * MINUTES_PER_HALF_HOUR;
}

/** What a rank follows from. Minutes. */
export interface RankFacts {
  readonly staffId: number;
  /** Overtime that the stretch adds to the week. */
  readonly overtime: number;
  /** Levels above what is asked, and skills that it does not need: they may be wanted elsewhere. */
  readonly surplus: number;
  /** With the group in the last two weeks. */
  readonly withGroup: number;
  readonly againstWish: number;
  /** Taken over for others in the last four weeks. */
  readonly extra: number;
}

/**
 * What replacements are compared by, from left to right, smaller first: hours under the contract before overtime, just
 * enough level and skill, who knows the group, who wishes these hours, who has taken over least lately, and the number
 * in the register as the last word (issue 5, point 9).
 */
export function rankScore(facts: RankFacts): number[] {
  const { staffId, overtime, surplus, withGroup, againstWish: against, extra } = facts;
  return [overtime, surplus, -withGroup, against, extra, staffId];
}

export function compareRanks(a: readonly number[], b: readonly number[]): number {
  for (const [at, value] of a.entries()) if (value !== b[at]) return value - (b[at] ?? 0);
  return 0;
}

/** Somebody who was asked, is to be asked next, or came forward. */
export interface Ask {
  readonly staffId: number;
  readonly score: readonly number[];
  /** Null where nobody has asked yet: with an answer they came forward, without one their turn is to come. */
  readonly askedAt: Instant | null;
  readonly answerUntil: Instant | null;
  readonly answer: 'yes' | 'no' | null;
}

export type Turn =
  | { readonly kind: 'wins'; readonly staffId: number }
  /** Somebody of a better rank, or anybody, is still to answer. */
  | { readonly kind: 'waits'; readonly until: Instant }
  | { readonly kind: 'asks'; readonly staffId: number }
  | { readonly kind: 'nobody' };

/** Whether somebody was asked and may still answer. */
export function isPending({ askedAt, answerUntil, answer }: Ask, now: Instant): boolean {
  return answer === null && askedAt !== null && answerUntil !== null && now < answerUntil;
}

/**
 * What happens next to an open shift: the best rank who said yes takes it once nobody of a better rank can still answer;
 * whoever waits in turn is asked when nobody else is.
 */
export function nextTurn(asks: readonly Ask[], now: Instant): Turn {
  const ranked = asks.toSorted((a, b) => compareRanks(a.score, b.score));
  const pending = ranked.filter((ask) => isPending(ask, now));
  const until = pending.map((ask) => ask.answerUntil!).toSorted();
  const yes = ranked.find((ask) => ask.answer === 'yes');
  const better = yes && pending.filter((ask) => compareRanks(ask.score, yes.score) < 0);
  if (yes && better!.length === 0) return { kind: 'wins', staffId: yes.staffId };
  if (yes)
    return {
      kind: 'waits',
      until: better!
        .map((ask) => ask.answerUntil!)
        .toSorted()
        .at(-1)!,
    };
  if (pending.length > 0) return { kind: 'waits', until: until[0]! };
  const next = ranked.find((ask) => ask.askedAt === null && ask.answer === null);
  return next ? { kind: 'asks', staffId: next.staffId } : { kind: 'nobody' };
}

/** Until when people answer: so many minutes, or the evening of the day. */
export type AnswerWithin = number | 'evening';

const EVENING = 20 * 60;
/** Whoever is asked has at least so long, and whoever asked has so long left before the stretch. */
const LEAST_MINUTES = 30;

/** How long people may be given to answer, in minutes or until the evening. */
export const WITHIN: readonly AnswerWithin[] = [15, 30, 60, 120, 240, 'evening'];

/**
 * What the form of a question begins with, unless whoever asks says another time: what the centre has set (minutes, 0 for
 * the evening), else half an hour on the same day and until the evening otherwise.
 */
export function defaultWithin(date: PlainDate, now: Instant, askMinutes: number | null): AnswerWithin {
  if (askMinutes !== null) return askMinutes === 0 ? 'evening' : askMinutes;
  return date === dateAt(now) ? LEAST_MINUTES : 'evening';
}

/**
 * The last moment of an answer. The evening is the next 20:00; it is never later than half an hour before the stretch
 * begins, and never sooner than half an hour from now, or the minutes asked for where these are fewer.
 */
export function answerBy(
  open: Pick<OpenStretch, 'date' | 'from'>,
  now: Instant,
  within: AnswerWithin,
): Instant {
  const tonight = instantAt(dateAt(now), EVENING);
  const evening =
    tonight > addMinutes(now, LEAST_MINUTES) ? tonight : instantAt(addDays(dateAt(now), 1), EVENING);
  const asked = within === 'evening' ? evening : addMinutes(now, within);
  const last = addMinutes(instantAt(open.date, open.from * MINUTES_PER_HALF_HOUR), -LEAST_MINUTES);
  const least = addMinutes(now, within === 'evening' ? LEAST_MINUTES : Math.min(within, LEAST_MINUTES));
  const until = asked < last ? asked : last;
  return until < least ? least : until;
}

/** As long as the one before had: the next in turn is asked on the same terms. */
export function withinOf(ask: Pick<Ask, 'askedAt' | 'answerUntil'>): AnswerWithin {
  if (ask.askedAt === null || ask.answerUntil === null) return LEAST_MINUTES;
  if (ask.answerUntil === instantAt(dateAt(ask.answerUntil), EVENING)) return 'evening';
  return Math.max(1, Math.round((millisOf(ask.answerUntil) - millisOf(ask.askedAt)) / 60_000));
}
