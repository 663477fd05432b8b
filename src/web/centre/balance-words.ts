import type { LeaveBalance } from '../../domain/leave-balance.ts';
import type { LeaveAccount } from '../../use-cases/leave-balance.ts';
import type { T } from '../../i18n/translate.ts';
import { formatPeriod } from '../dates.ts';
import { whole } from '../figures.ts';

/** The balance of annual leave as figures, with what it says in a word. */
export function balanceWords(balance: LeaveBalance, t: T) {
  const { yearlyDays, earned, carried, taken, approved, left, year } = balance;
  const days = (term: string, n: number, tone = '') => ({ term, value: whole(n, t.language), tone });
  return {
    year: t('balance.year', { period: formatPeriod(year.startsOn, year.endsOn) }),
    figures: [
      days(t('balance.yearly'), yearlyDays),
      days(t('balance.earned'), earned),
      ...(carried === 0 ? [] : [days(t('balance.carried'), carried)]),
      days(t('balance.taken'), taken),
      days(t('balance.approved'), approved),
      days(t('balance.days_left'), left, left < 0 ? 'bad' : ''),
    ],
    tone: left < 0 ? 'warn' : 'good',
    text: left < 0 ? t('balance.minus', { n: -left }) : t('balance.left', { n: left }),
  };
}

/** What a piece of leave is in counted days, and what it leaves while nobody has decided; '' where it counts nothing. */
export function leaveDaysWords({ days, leftAfter }: LeaveAccount, leaveId: number, t: T) {
  const counted = days.get(leaveId);
  const left = leftAfter.get(leaveId);
  return {
    days: counted === undefined ? '' : t('balance.days', { n: counted }),
    after:
      left === undefined
        ? ''
        : left < 0
          ? t('balance.after_minus', { n: -left })
          : t('balance.after', { n: left }),
    short: left !== undefined && left < 0,
  };
}
