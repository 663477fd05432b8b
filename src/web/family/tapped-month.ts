import { addMonths, startOfMonth, type PlainDate } from '../../domain/calendar.ts';
import { horizonOf } from '../../domain/horizon.ts';
import type { Context } from '../context.ts';
import { dateOf, monthTitle } from '../dates.ts';
import { monthTaps } from './month-taps.ts';
import { datesAmong } from './workday-form.ts';

/** The month whose days can be tapped: asked for, else of the first date chosen, else this one. */
function tappedMonth(context: Context, chosen: readonly string[]): PlainDate {
  const { today } = context;
  const [first, last] = [startOfMonth(today), startOfMonth(horizonOf(today))];
  const asked = dateOf(context.query('month')) ?? datesAmong(chosen).find((date) => date >= today) ?? today;
  const month = startOfMonth(asked);
  return month < first || month > last ? first : month;
}

/** One month of days to tap, the ways to its neighbours, and what is chosen in other months. */
export function tapsOf(context: Context, chosen: readonly string[]) {
  const { t, today, language } = context;
  const month = tappedMonth(context, chosen);
  const elsewhere = datesAmong(chosen).filter((date) => date.slice(0, 7) !== month.slice(0, 7));
  const last = startOfMonth(horizonOf(today));
  const go = (n: number) => {
    const other = addMonths(month, n);
    const open = other >= startOfMonth(today) && other <= last;
    return open ? { value: other, text: monthTitle(other, language) } : undefined;
  };
  return {
    months: [monthTaps(month, chosen, language, today)],
    elsewhere,
    elsewhereWords: elsewhere.length > 0 ? t('steps.elsewhere', { n: elsewhere.length }) : '',
    earlier: go(-1),
    later: go(1),
  };
}
