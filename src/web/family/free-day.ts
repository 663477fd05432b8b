import { firstOpenHalfHour } from '../../domain/admittance.ts';
import { longDate } from '../../domain/calendar-words.ts';
import type { Instant, PlainDate } from '../../domain/calendar.ts';
import { isLate } from '../../domain/deadline.ts';
import { freeAt, refusalAt, type Need } from '../../domain/places.ts';
import {
  formatSlot,
  formatTime,
  LONGEST_STAY,
  SHORTEST_STAY,
  stretches,
  type HalfHour,
  type Slot,
} from '../../domain/slots.ts';
import type { Booking } from '../../data/bookings.ts';
import type { StoredDay } from '../../data/group-days.ts';
import type { Group } from '../../data/groups.ts';
import type { T } from '../../i18n/translate.ts';
import { paths } from '../paths.ts';
import { capital } from '../words.ts';

/** For whom a group's days are shown, and when. */
export interface Asking {
  readonly childId: number;
  readonly group: Group;
  readonly need: Need;
  readonly now: Instant;
}

interface Half {
  readonly at: HalfHour;
  readonly free: number;
  readonly missing: boolean;
}

/** What is still ahead of an open day: free places for this child; 0 where it does not fit. */
function halvesOf(day: StoredDay, from: HalfHour, need: Need): Half[] {
  const halves: Half[] = [];
  for (let at = Math.max(from, day.opensAt ?? 0); at < (day.closesAt ?? 0); at++) {
    const reason = refusalAt(day, at, need);
    const free = reason === undefined ? Math.max(1, freeAt(day, at)) : 0;
    halves.push({ at, free, missing: reason === 'skill_missing' });
  }
  return halves;
}

function lookOf({ at, free, missing }: Half, mine: Booking | undefined): string {
  const room = missing ? 'closed' : free === 0 ? 'full' : free === 1 ? 'low' : '';
  return `${room}${mine !== undefined && at >= mine.from && at < mine.to ? ' chosen' : ''}`;
}

const timesWhere = (halves: readonly Half[], is: (half: Half) => boolean) =>
  stretches(halves.filter(is).map((half) => half.at));

/** The longest stretch of a day that is free for this child, the earliest of equals, no longer than a stay may be. */
export function longestFree(day: StoredDay, { need, now }: Pick<Asking, 'need' | 'now'>): Slot | undefined {
  const halves = halvesOf(day, firstOpenHalfHour(day.date, now), need);
  const length = ({ from, to }: Slot) => Math.min(to - from, LONGEST_STAY);
  const [best] = timesWhere(halves, (half) => half.free > 0)
    .filter((stretch) => stretch.to - stretch.from >= SHORTEST_STAY)
    .toSorted((a, b) => length(b) - length(a) || a.from - b.from);
  return best && { from: best.from, to: best.from + length(best) };
}

/** A group's day as a family reads it: free places by half-hour, and the way to book where a stay still fits. */
export function freeDay(
  date: PlainDate,
  day: StoredDay | undefined,
  mine: Booking | undefined,
  asking: Asking,
  t: T,
) {
  const { childId, group, need, now } = asking;
  const from = firstOpenHalfHour(date, now);
  const shut =
    !day || day.opensAt === null || day.closesAt === null
      ? t(day ? `days.closed_${day.closedReason ?? 'closure'}` : 'days.no_row')
      : from >= day.closesAt
        ? t('day.past')
        : '';
  const halves = day && shut === '' ? halvesOf(day, from, need) : [];
  const full = timesWhere(halves, (half) => half.free === 0 && !half.missing).map(formatSlot);
  const missing = timesWhere(halves, (half) => half.missing).map(formatSlot);
  const fits = timesWhere(halves, (half) => half.free > 0).some(
    ({ from: start, to }) => to - start >= SHORTEST_STAY,
  );
  const locked = group.lateChanges === 'staff_only' && isLate(now, date, group);
  const why = locked ? t('days.locked') : fits ? '' : t('days.no_stay');
  return {
    date,
    title: capital(longDate(date, t.language), t.language),
    mine: mine ? t('days.booked', { time: formatSlot(mine) }) : '',
    mineHref: mine ? paths.booking(mine.id) : '',
    closed: shut,
    locked,
    why: mine || shut !== '' ? '' : why,
    book: mine || shut !== '' || why !== '' ? '' : paths.newBooking(childId, group.id, date),
    halves: halves.map((half) => ({
      time: formatTime(half.at),
      free: half.missing ? '–' : String(half.free),
      look: lookOf(half, mine),
    })),
    notes: [
      ...(full.length > 0 ? [t('days.full_at', { times: full.join(', ') })] : []),
      ...(missing.length > 0 ? [t('days.missing_at', { times: missing.join(', ') })] : []),
    ],
  };
}
