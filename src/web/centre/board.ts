import type { Instant } from '../../domain/calendar.ts';
import { freeAt, placesAt, type GroupDay } from '../../domain/places.ts';
import { formatSlot, formatTime, stretches, type HalfHour } from '../../domain/slots.ts';
import { leastCapacity, staffedAt } from '../../domain/staffing.ts';
import type { T } from '../../i18n/translate.ts';
import { stepOf, whole } from '../figures.ts';
import { STAY_LOOKS, stayState, stayWords, type Stay } from '../stay.ts';

const STEPS = 12;

/** The columns of a board: the opening hours, wider where a booking of older hours stands outside. */
export interface Columns {
  readonly from: HalfHour;
  readonly to: HalfHour;
}

/** Undefined where nothing opens and nobody is booked: there is no board then. */
export function columnsOf(
  day: Pick<GroupDay, 'opensAt' | 'closesAt'>,
  stays: readonly Stay[],
): Columns | undefined {
  const starts = [day.opensAt ?? [], ...stays.map((stay) => stay.from)].flat();
  const ends = [day.closesAt ?? [], ...stays.map((stay) => stay.to)].flat();
  if (starts.length === 0) return undefined;
  return { from: Math.min(...starts), to: Math.max(...ends) };
}

/** The hours above the columns, each over its half-hours. */
export function hoursRow({ from, to }: Columns, now: HalfHour | undefined) {
  const hours = [];
  for (let at = from; at < to; at += at % 2 === 0 ? 2 : 1) {
    const span = Math.min(at % 2 === 0 ? 2 : 1, to - at);
    hours.push({ text: formatTime(at), span, now: now !== undefined && now >= at && now < at + span });
  }
  return hours;
}

/** What a half-hour is: closed, without a free place, with less staff than is booked, or with nobody. */
export type HalfHourState = 'shut' | 'full' | 'lack' | '';

function halfHourState(day: GroupDay, at: HalfHour): HalfHourState {
  if (placesAt(day, at) === 0) return 'shut';
  const capacity = leastCapacity(day.capacity, at);
  if (capacity !== null && (day.load[at] ?? 0) > capacity) return 'lack';
  return freeAt(day, at) === 0 ? 'full' : '';
}

/** Room, booked, held and free of every half-hour: the pile that is seen, and the sentence that is heard. */
export function loadRow(day: GroupDay, { from, to }: Columns, t: T) {
  const cells = [];
  for (let at = from; at < to; at++) {
    const state = halfHourState(day, at);
    const booked = day.booked[at] ?? 0;
    const held = day.held[at] ?? 0;
    const staffed = staffedAt(day.capacity, at);
    const figures = {
      time: formatSlot({ from: at, to: at + 1 }),
      booked,
      held,
      room: placesAt(day, at),
      free: freeAt(day, at),
    };
    const word = state === 'full' ? t('day.full') : state === 'lack' ? t('board.lack') : '';
    cells.push({
      state,
      bookedStep: stepOf(booked, day.room, STEPS),
      heldStep: stepOf(held, day.room, STEPS),
      free: state === 'shut' ? '–' : whole(figures.free, t.language),
      booked: booked === 0 ? '·' : whole(booked, t.language),
      held: held === 0 ? '·' : whole(held, t.language),
      staffed: staffed === null ? '' : whole(staffed, t.language),
      says: state === 'shut' ? t('board.says_shut', { time: figures.time }) : t('board.says', figures),
      word,
    });
  }
  return cells;
}

/** Stretches of the day that ask for attention, in words: full, too few staff, nobody booked. */
export function stretchTags(day: GroupDay, t: T): { tone: string; text: string }[] {
  const tags: { tone: string; text: string }[] = [];
  const halves = Array.from(
    { length: (day.closesAt ?? 0) - (day.opensAt ?? 0) },
    (_, at) => (day.opensAt ?? 0) + at,
  );
  const add = (
    tone: string,
    key: 'board.full_at' | 'board.lack_at' | 'board.idle_at',
    is: (at: HalfHour) => boolean,
  ) => {
    for (const slot of stretches(halves.filter(is)))
      tags.push({ tone, text: t(key, { time: formatSlot(slot) }) });
  };
  add('bad', 'board.full_at', (at) => halfHourState(day, at) === 'full');
  add('warn', 'board.lack_at', (at) => halfHourState(day, at) === 'lack');
  add('', 'board.idle_at', (at) => (day.booked[at] ?? 0) + (day.held[at] ?? 0) === 0);
  return tags;
}

/** A child's stretch on the columns: gap, bar, gap. What was released of a stay that took place is no longer drawn. */
export function barOf(stay: Stay, columns: Columns, now: Instant, t: T) {
  const state = stayState(stay, now);
  const gone = state === 'absent' || state === 'cancelled';
  const end = gone ? stay.to : Math.max(stay.from + 1, stay.releasedFrom ?? stay.to);
  return {
    before: stay.from - columns.from,
    span: end - stay.from,
    after: columns.to - end,
    look: STAY_LOOKS[state],
    times: formatSlot(stay),
    words: stayWords(stay, now, t),
  };
}
