import { addMinutes, millisOf, type Instant } from './calendar.ts';

/** What the job runner knows of the clock: when it last looked, and since when it does not believe it. */
export interface ClockWatch {
  readonly seenAt: Instant;
  /** The last instant that was believed, while the clock is in doubt; null otherwise. */
  readonly doubtedFrom: Instant | null;
}

/** A night, a weekend or a week of downtime is ordinary; more than that looks like a clock that was set wrongly. */
const BELIEVED_DAYS = 10;
/** How often the look is written down. */
const WATCH_MINUTES = 5;

/**
 * Whether the clock is believed. A jump forward by more than ten days is doubted, and every later look with it, until a
 * person says that it is right or the clock comes back; a step back by any time changes nothing, as nothing ends early.
 */
export function watch(before: ClockWatch | undefined, now: Instant): ClockWatch {
  if (!before) return { seenAt: now, doubtedFrom: null };
  const believed = before.doubtedFrom ?? before.seenAt;
  const doubted = now > addMinutes(believed, BELIEVED_DAYS * 24 * 60);
  return { seenAt: now, doubtedFrom: doubted ? believed : null };
}

/** Whether a look is worth writing down: something changed, or the last one is some minutes old. */
export function worthWriting(before: ClockWatch | undefined, after: ClockWatch): boolean {
  if (!before || before.doubtedFrom !== after.doubtedFrom) return true;
  return Math.abs(millisOf(after.seenAt) - millisOf(before.seenAt)) >= WATCH_MINUTES * 60_000;
}
