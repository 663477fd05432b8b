import { formatDate } from '../domain/calendar-words.ts';
import { formatSlot, formatTime } from '../domain/slots.ts';
import type { PlainDate } from '../domain/calendar.ts';
import type { Booking } from '../data/bookings.ts';
import type { Firmness } from '../use-cases/firm-days.ts';
import type { T } from '../i18n/translate.ts';
import { paths } from './paths.ts';

/** Whether staff are set for a stay, in words: undefined where nothing is said of it. */
export function firmWords(firmness: Firmness | undefined, today: PlainDate, t: T) {
  switch (firmness?.is) {
    case undefined:
      return undefined;
    case 'firm':
      return { tone: 'good', text: t('firm.firm') };
    case 'at_risk':
      return { tone: 'warn', text: t('firm.at_risk') };
    case 'awaited': {
      const { firmBy } = firmness;
      return {
        tone: '',
        text: firmBy < today ? t('firm.late') : t('firm.awaited', { date: formatDate(firmBy) }),
      };
    }
  }
}

/** What a family may do about a stay at risk: the nearest hours that staff carry, in one tap, or another day. */
export function riskNotice(
  booking: Pick<Booking, 'id' | 'date'>,
  firmness: Firmness | undefined,
  mayChange: boolean,
  t: T,
) {
  if (firmness?.is !== 'at_risk') return undefined;
  const { near } = firmness;
  const hours = near && `${formatSlot(near)}${near.own ? '' : `, ${near.groupName}`}`;
  return {
    near: hours ? t('firm.near', { hours }) : t('firm.near_none'),
    action: near && mayChange ? paths.bookingChange(booking.id) : '',
    fields: near
      ? [
          { name: 'groupId', value: String(near.groupId) },
          { name: 'date', value: booking.date },
          { name: 'from', value: formatTime(near.from) },
          { name: 'to', value: formatTime(near.to) },
        ]
      : [],
    button: hours ? t('firm.near_take', { hours }) : '',
    other: mayChange ? paths.bookingChange(booking.id) : '',
  };
}
