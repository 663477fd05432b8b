import { formatDate, weekdayName } from '../../domain/calendar-words.ts';
import { addDays, WEEKDAYS, type PlainDate } from '../../domain/calendar.ts';
import { occupancyOf } from '../../domain/occupancy.ts';
import { formatTime, HALF_HOURS, MINUTES_PER_HALF_HOUR, type HalfHour } from '../../domain/slots.ts';
import { HALF_HOURS_A_WEEK, indexOf, sumsOfProfile, type WeekProfile } from '../../domain/week-profile.ts';
import type { T } from '../../i18n/translate.ts';
import { heatOf } from '../centre/week.ts';
import { hoursOf, percent, whole } from '../figures.ts';

/** Whose half-hours stand in a row or a file: a centre, or a group. */
export interface Part {
  readonly name: string;
  readonly note: string;
  readonly href: string;
  readonly profile: WeekProfile;
}

const WORKING_WEEKDAYS = 5;

const used = ({ places, booked }: WeekProfile, index: number) =>
  (places[index] ?? 0) + (booked[index] ?? 0) > 0;

/** The weekdays and half-hours that are worth a cell: the working week always, weekends and early hours where something opens. */
export function frameOf(profile: WeekProfile): { weekdays: number[]; times: HalfHour[] } {
  const times = Array.from({ length: HALF_HOURS }, (_, at) => at);
  const weekdays = WEEKDAYS.map((_, weekday) => weekday);
  const open = times.filter((at) => weekdays.some((weekday) => used(profile, indexOf(weekday, at))));
  return {
    weekdays: weekdays.filter(
      (weekday) => weekday < WORKING_WEEKDAYS || times.some((at) => used(profile, indexOf(weekday, at))),
    ),
    times: open.length === 0 ? [] : times.slice(open[0], open.at(-1)! + 1),
  };
}

/** Half-hours × weekdays with the booked share in each cell, and the heads it is made of; undefined where nothing opens. */
export function hoursTable(
  profile: WeekProfile,
  week: PlainDate,
  today: PlainDate,
  t: T,
  link: (date: PlainDate) => string,
) {
  const { weekdays, times } = frameOf(profile);
  if (times.length === 0) return undefined;
  const columns = weekdays.map((weekday) => {
    const date = addDays(week, weekday);
    const name = (length: 'long' | 'short') => weekdayName(WEEKDAYS[weekday]!, t.language, length);
    return {
      weekday,
      short: name('short'),
      note: formatDate(date).slice(0, 5),
      long: `${name('long')}, ${formatDate(date)}`,
      href: link(date),
      current: date === today,
    };
  });
  const rows = times.map((at) => ({
    time: formatTime(at),
    cells: columns.map(({ weekday, long }) => {
      const index = indexOf(weekday, at);
      const [places, booked] = [profile.places[index] ?? 0, profile.booked[index] ?? 0];
      const heat = heatOf(
        { placeMinutes: places * MINUTES_PER_HALF_HOUR, bookedMinutes: booked * MINUTES_PER_HALF_HOUR },
        t,
      );
      const what = { day: long, time: formatTime(at) };
      const heads = { booked: whole(booked, t.language), places: whole(places, t.language) };
      return {
        look: heat.look,
        text: heat.text,
        says:
          heat.look === 'none'
            ? t('profile.cell_closed', what)
            : t('profile.cell', { ...what, ...heads, percent: heat.percent }),
        figures: places + booked === 0 ? '' : t('profile.of', heads),
      };
    }),
  }));
  return { columns, rows };
}

/** When a week is fullest or emptiest: the first such half-hour, in words; '' where nothing opens. */
function extreme({ places, booked }: WeekProfile, better: (a: number, b: number) => boolean, t: T): string {
  let found: { index: number; share: number } | undefined;
  for (let index = 0; index < HALF_HOURS_A_WEEK; index++) {
    const room = places[index] ?? 0;
    if (room === 0) continue;
    const share = (booked[index] ?? 0) / room;
    if (!found || better(share, found.share)) found = { index, share };
  }
  if (!found) return '–';
  return t('profile.at', {
    day: weekdayName(WEEKDAYS[Math.floor(found.index / HALF_HOURS)]!, t.language, 'short'),
    time: formatTime(found.index % HALF_HOURS),
    percent: percent(found.share, t.language),
  });
}

/** A week's sums in words, and its two ends. */
export function profileWords(profile: WeekProfile, t: T) {
  const { language } = t;
  const { placeMinutes, bookedMinutes, most } = sumsOfProfile(profile);
  return {
    places: hoursOf(placeMinutes, language),
    booked: percent(occupancyOf(bookedMinutes, placeMinutes), language),
    idle: hoursOf(placeMinutes - bookedMinutes, language),
    most: whole(most, language),
    fullest: extreme(profile, (a, b) => a > b, t),
    emptiest: extreme(profile, (a, b) => a < b, t),
  };
}
