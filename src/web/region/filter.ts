import {
  addDays,
  addMonths,
  daysBetween,
  isoWeekOf,
  startOfWeek,
  type PlainDate,
} from '../../domain/calendar.ts';
import { formatDate, monthName } from '../../domain/calendar-words.ts';
import { STEPS, type Period, type Step } from '../../domain/occupancy.ts';
import type { T } from '../../i18n/translate.ts';
import type { Context } from '../context.ts';
import { dateOf, formatPeriod } from '../dates.ts';
import type { FieldError } from '../form.ts';

/** Which days are looked at, and in what steps; the address keeps them. */
export interface Filter {
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly by: Step;
}

/** As far as a table stays readable. */
const WIDEST: Readonly<Record<Step, number>> = { day: 62, week: 54 * 7, month: 37 * 31 };
const WEEKS = 12;

/** Without filters: these twelve weeks, the running one last. */
function usual(today: PlainDate): Filter {
  const monday = startOfWeek(today);
  return { from: addDays(monday, -7 * (WEEKS - 1)), to: addDays(monday, 6), by: 'week' };
}

function isStep(text: string): text is Step {
  return (STEPS as readonly string[]).includes(text);
}

export interface Asked {
  /** Undefined where what was asked cannot be shown; `errors` says why. */
  readonly filter: Filter | undefined;
  readonly errors: readonly FieldError[];
  /** What stands in the form. */
  readonly typed: { readonly from: string; readonly to: string; readonly by: string };
}

/** The filters of the address. What cannot be read, or is too wide, is said and kept as it was typed. */
export function readFilter(context: Context): Asked {
  const fallback = usual(context.today);
  const by = context.query('by') || fallback.by;
  const [fromText, toText] = [context.query('from') || fallback.from, context.query('to') || fallback.to];
  const typed = { from: fromText, to: toText, by };
  const [from, to] = [dateOf(fromText), dateOf(toText)];
  const errors: FieldError[] = [];
  if (from === undefined) errors.push({ field: 'from', key: 'form.invalid_date' });
  if (to === undefined) errors.push({ field: 'to', key: 'form.invalid_date' });
  if (!isStep(by)) errors.push({ field: 'by', key: 'form.choose_one' });
  if (from === undefined || to === undefined || !isStep(by)) return { filter: undefined, errors, typed };
  if (to < from) errors.push({ field: 'to', key: 'occupancy.to_before_from' });
  else if (daysBetween(from, to) > WIDEST[by]) errors.push({ field: 'to', key: 'refusal.too_wide' });
  return { filter: errors.length === 0 ? { from, to, by } : undefined, errors, typed };
}

/** The same length just before, or just after. */
export function moved({ from, to, by }: Filter, direction: -1 | 1): Filter {
  if (by === 'month') {
    const months = Math.max(1, Math.round(daysBetween(from, to) / 30.4));
    return { from: addMonths(from, direction * months), to: addMonths(to, direction * months), by };
  }
  const days = daysBetween(from, to) + 1;
  return { from: addDays(from, direction * days), to: addDays(to, direction * days), by };
}

/** A column of a table: what stands above it, and what is read out. */
export function periodWords(
  { from, to }: Period,
  by: Step,
  t: T,
): { short: string; note: string; long: string } {
  const long = formatPeriod(from, to);
  if (by === 'day') return { short: formatDate(from).slice(0, 5), note: '', long };
  if (by === 'month') {
    return {
      short: monthName(Number(from.slice(5, 7)), t.language).slice(0, 3),
      note: from.slice(0, 4),
      long,
    };
  }
  const { week } = isoWeekOf(from);
  return {
    short: String(week),
    note: formatDate(from).slice(0, 5),
    long: t('occupancy.week', { week: String(week), period: long }),
  };
}
