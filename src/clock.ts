import { instantFromMillis, millisOf, type Instant } from './domain/calendar.ts';

/** What time it is. This is the only file that reads the real clock; everybody else is given an Instant. */
export type Clock = () => Instant;

export function systemClock(): Clock {
  return () => instantFromMillis(Date.now());
}

/** Starts at that instant when it is made and runs on at the pace of real time (KUNDIZ_NOW, for tests only). */
export function shiftedClock(start: Instant): Clock {
  const startMillis = millisOf(start);
  const madeAt = performance.now();
  return () => instantFromMillis(startMillis + Math.floor(performance.now() - madeAt));
}
