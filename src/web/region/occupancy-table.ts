import type { PlainDate } from '../../domain/calendar.ts';
import { occupancyOf, periodsBetween, type Period } from '../../domain/occupancy.ts';
import type { OccupancyRow } from '../../data/occupancy.ts';
import type { T } from '../../i18n/translate.ts';
import type { Figure } from '../centre/day-totals.ts';
import { heatOf } from '../centre/week.ts';
import { hoursOf, percent, whole } from '../figures.ts';
import { periodWords, type Filter } from './filter.ts';

/** What a row of the table is about. */
export interface Subject {
  readonly key: string;
  readonly name: string;
  readonly note: string;
  readonly href: string;
}

export interface Sums {
  readonly placeMinutes: number;
  readonly bookedMinutes: number;
  readonly attendedMinutes: number;
  /** Booked minutes of periods that are over: what could be attended so far. */
  readonly bookedBefore: number;
  readonly attendedBefore: number;
  readonly peakBooked: number;
}

/** What is added up of a period. */
type Counted = Pick<OccupancyRow, 'to' | 'placeMinutes' | 'bookedMinutes' | 'attendedMinutes' | 'peakBooked'>;

/** Rows added up. The highest peak of any is given, as peaks of different places and days do not add up. */
export function addUp(rows: readonly Counted[], today: PlainDate): Sums {
  const sums = {
    placeMinutes: 0,
    bookedMinutes: 0,
    attendedMinutes: 0,
    bookedBefore: 0,
    attendedBefore: 0,
    peakBooked: 0,
  };
  for (const row of rows) {
    sums.placeMinutes += row.placeMinutes;
    sums.bookedMinutes += row.bookedMinutes;
    sums.attendedMinutes += row.attendedMinutes;
    sums.peakBooked = Math.max(sums.peakBooked, row.peakBooked);
    if (row.to >= today) continue;
    sums.bookedBefore += row.bookedMinutes;
    sums.attendedBefore += row.attendedMinutes;
  }
  return sums;
}

/** Sums in words. Idle is what was open and not booked; attended is told of periods that are over. */
export function sumWords(sums: Sums, t: T) {
  const { language } = t;
  return {
    places: hoursOf(sums.placeMinutes, language),
    booked: percent(occupancyOf(sums.bookedMinutes, sums.placeMinutes), language),
    attended: percent(occupancyOf(sums.attendedBefore, sums.bookedBefore), language),
    idle: hoursOf(sums.placeMinutes - sums.bookedMinutes, language),
    peak: whole(sums.peakBooked, language),
  };
}

export function sumFigures(sums: Sums, t: T): Figure[] {
  const words = sumWords(sums, t);
  const figure = (term: string, value: string, note = ''): Figure => ({ term, value, note, tone: '' });
  return [
    figure(t('week.places'), words.places),
    figure(t('week.booked'), words.booked),
    figure(t('week.attended'), words.attended, sums.bookedBefore > 0 ? t('week.of_past') : ''),
    figure(t('week.idle'), words.idle),
  ];
}

/** Subjects × periods with the booked share in each cell, and the sums of each row, column and of all. A head opens its days. */
export function occupancyTable(
  rows: readonly OccupancyRow[],
  subjects: readonly Subject[],
  filter: Filter,
  today: PlainDate,
  t: T,
  link: (subject: Subject, period: Period) => string,
  days: (period: Period) => string,
) {
  const periods = periodsBetween(filter.from, filter.to, filter.by);
  const byKey = Map.groupBy(rows, (row) => row.key);
  const byStart = Map.groupBy(rows, (row) => row.from);
  const columns = periods.map((period) => ({
    ...periodWords(period, filter.by, t),
    current: period.from <= today && today <= period.to,
    href: filter.by === 'day' ? '' : days(period),
  }));
  return {
    columns,
    rows: subjects.map((subject) => {
      const own = byKey.get(subject.key) ?? [];
      return {
        ...subject,
        cells: periods.map((period, at) => {
          // Of whom anything is known there is a row for every period, in order.
          const row = own[at];
          const heat = heatOf(row ?? { bookedMinutes: 0, placeMinutes: 0 }, t);
          const closed = heat.look === 'none';
          return {
            look: heat.look,
            text: heat.text,
            href: closed ? '' : link(subject, period),
            // Whose it is and when is said by the heads of its row and column.
            says: closed ? t('occupancy.cell_closed') : t('occupancy.cell', { percent: heat.percent }),
          };
        }),
        sums: sumWords(addUp(own, today), t),
      };
    }),
    sums: periods.map((period) => {
      const all = addUp(byStart.get(period.from) ?? [], today);
      return percent(occupancyOf(all.bookedMinutes, all.placeMinutes), t.language);
    }),
    all: sumWords(addUp(rows, today), t),
  };
}
