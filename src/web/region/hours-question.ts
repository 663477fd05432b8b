import { addDays, startOfWeek, type PlainDate } from '../../domain/calendar.ts';
import type { Context } from '../context.ts';
import { dateOf } from '../dates.ts';
import type { FieldError } from '../form.ts';
import { readFilter, type Filter } from './filter.ts';

/** Which week is looked at by half-hour, and the filters of the other pages, which the address carries along. */
export interface HoursQuestion {
  /** Its Monday; undefined where what was asked is no day, and `errors` says so. */
  readonly week: PlainDate | undefined;
  readonly kept: Partial<Filter>;
  readonly typed: string;
  readonly errors: readonly FieldError[];
}

/** The filters that the address names, where they can be shown; nothing otherwise. */
export function keptFilter(context: Context): Partial<Filter> {
  return context.query('from') === '' ? {} : (readFilter(context).filter ?? {});
}

/** Any day of the address stands for its week; this week without one. */
export function readWeek(context: Context): HoursQuestion {
  const asked = context.query('week');
  const date = asked === '' ? context.today : dateOf(asked);
  const kept = keptFilter(context);
  if (date === undefined)
    return { week: undefined, kept, typed: asked, errors: [{ field: 'week', key: 'form.invalid_date' }] };
  const week = startOfWeek(date);
  return { week, kept, typed: week, errors: [] };
}

/** The week with which the half-hours begin beside a page of days: the running one where it is among them, else the last. */
export function weekBeside({ from, to }: Pick<Filter, 'from' | 'to'>, today: PlainDate): PlainDate {
  return startOfWeek(from <= today && today <= to ? today : to);
}

/** A week away; undefined beyond the pages. */
export function weekAway(week: PlainDate, weeks: -1 | 1): PlainDate | undefined {
  return dateOf(addDays(week, 7 * weeks));
}
