import { formatDate, weekdayName } from '../../domain/calendar-words.ts';
import { weekdayOf, type Instant, type PlainDate } from '../../domain/calendar.ts';
import { formatSlot } from '../../domain/slots.ts';
import type { Booking } from '../../data/bookings.ts';
import type { Centre } from '../../data/centres.ts';
import type { Group } from '../../data/groups.ts';
import type { T } from '../../i18n/translate.ts';
import { centreName } from '../names.ts';
import { STAY_TONES, stayState, stayWords } from '../stay.ts';
import type { Firmness } from '../../use-cases/firm-days.ts';
import { paths } from '../paths.ts';
import { firmWords } from '../firm-words.ts';

/** Groups and centres of some bookings, by id. */
export interface Places {
  readonly groups: ReadonlyMap<number, Group>;
  readonly centres: ReadonlyMap<number, Centre>;
}

export function dayWords(date: PlainDate, today: PlainDate, t: T): string {
  const words = `${weekdayName(weekdayOf(date), t.language, 'short')} ${formatDate(date).slice(0, 5)}`;
  return date === today ? `${t('nav.today')}, ${words}` : words;
}

/** A booking as one line of a family's list. */
export function stayLine(
  booking: Booking,
  places: Places,
  today: PlainDate,
  now: Instant,
  t: T,
  firmness?: ReadonlyMap<number, Firmness>,
) {
  const group = places.groups.get(booking.groupId);
  const centre = places.centres.get(booking.centreId);
  const state = stayState(booking, now);
  return {
    href: paths.booking(booking.id),
    absence: state === 'coming' || state === 'awaited' ? paths.absence(booking.id) : '',
    day: dayWords(booking.date, today, t),
    time: formatSlot(booking),
    place: centre ? `${centreName(centre, t.language)} · ${group?.name ?? ''}` : '',
    tone: STAY_TONES[state],
    state: stayWords(booking, now, t),
    off: state === 'absent' || state === 'cancelled',
    late: booking.late ? t('board.booked_late') : '',
    /** In a list only what is not firm is said: the others are as they should be. */
    firm:
      firmness?.get(booking.id)?.is === 'firm' ? undefined : firmWords(firmness?.get(booking.id), today, t),
  };
}
