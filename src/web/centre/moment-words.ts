import { dateAt, type Instant } from '../../domain/calendar.ts';
import { clockTime } from '../../domain/rescue.ts';

/** '09:30', with the day where it is not today: '12.02 20:00'. */
export function momentWords(at: Instant, now: Instant): string {
  const date = dateAt(at);
  const time = clockTime(at);
  return date === dateAt(now) ? time : `${date.slice(8)}.${date.slice(5, 7)} ${time}`;
}
