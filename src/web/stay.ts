import { dateAt, minuteOfDay, type Instant, type PlainDate } from '../domain/calendar.ts';
import { MINUTES_PER_HALF_HOUR } from '../domain/slots.ts';
import type { Booking } from '../data/bookings.ts';
import type { T } from '../i18n/translate.ts';
import { clockTime } from './figures.ts';

/** Where a child's stay stands at an instant. */
export type StayState = 'coming' | 'awaited' | 'not_come' | 'here' | 'left' | 'absent' | 'cancelled';

/** A booking, with the name of whoever collected the child where the page knows it. */
export type Stay = Booking & { readonly collector?: string | null };

/** A child is awaited from the beginning of its stay, and has not come once the stay is over. */
export function stayState(stay: Stay, now: Instant): StayState {
  if (stay.state === 'attended') return stay.departedAt === null ? 'here' : 'left';
  if (stay.state !== 'booked') return stay.state;
  return untilArrival(stay, now);
}

function untilArrival(
  { date, from, to }: { date: PlainDate; from: number; to: number },
  now: Instant,
): StayState {
  const today = dateAt(now);
  if (date > today) return 'coming';
  if (date < today) return 'not_come';
  const minute = minuteOfDay(now);
  if (minute >= to * MINUTES_PER_HALF_HOUR) return 'not_come';
  return minute >= from * MINUTES_PER_HALF_HOUR ? 'awaited' : 'coming';
}

/** The state in words, with the time or the reason that belongs to it. */
export function stayWords(stay: Stay, now: Instant, t: T): string {
  switch (stayState(stay, now)) {
    case 'coming':
      return t('stay.coming');
    case 'awaited':
      return t('stay.awaited');
    case 'not_come':
      return t('stay.not_come');
    case 'here':
      return t('stay.arrived', { time: clockTime(stay.arrivedAt!) });
    case 'left': {
      const time = clockTime(stay.departedAt!);
      return stay.collector ? t('stay.left_with', { time, name: stay.collector }) : t('stay.left', { time });
    }
    case 'absent':
      return t(stay.date < dateAt(now) ? 'stay.was_absent' : 'stay.absent', {
        reason: t(`absence.${stay.absence ?? 'excused'}`).toLocaleLowerCase(t.language),
      });
    case 'cancelled':
      if (stay.closureId !== null) return t('stay.cancelled_closure');
      return stay.cancelledBy === 'centre' ? t('stay.cancelled_centre') : t('stay.cancelled_family');
  }
}

/** How the board draws each state. */
export const STAY_LOOKS: Readonly<Record<StayState, string>> = {
  coming: '',
  awaited: 'late',
  not_come: 'late',
  here: 'in',
  left: 'left',
  absent: 'out',
  cancelled: 'out',
};

/** Tags of the same states where there is no board. */
export const STAY_TONES: Readonly<Record<StayState, string>> = {
  coming: 'info',
  awaited: 'warn',
  not_come: 'warn',
  here: 'good',
  left: '',
  absent: 'off',
  cancelled: 'off',
};
