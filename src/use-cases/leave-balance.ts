import type { PlainDate } from '../domain/calendar.ts';
import {
  countedLeaveDays,
  leaveBalanceOn,
  leftAfter,
  type LeaveBalance,
  type LeaveTerms,
} from '../domain/leave-balance.ts';
import { workTermsOn } from '../domain/work-terms.ts';
import type { Reading } from '../data/database.ts';
import { listWorkTerms } from '../data/norms.ts';
import { leaveHolds, listLeaveOf, type Staff } from '../data/staff.ts';

/** Somebody's annual leave: the balance today, and what each piece of annual leave means for it. */
export interface LeaveAccount {
  readonly balance: LeaveBalance;
  /** Counted days by the leave's id. */
  readonly days: ReadonlyMap<number, number>;
  /** What would be left, by the id of annual leave that nobody has decided; below 0 is leave in advance. */
  readonly leftAfter: ReadonlyMap<number, number>;
}

/** The contract's own entitlement, else what the settings of working time say on the day. */
async function leaveTermsOf(tx: Reading, staff: Staff, today: PlainDate): Promise<LeaveTerms> {
  const { startsOn, endsOn, annualLeaveDays, leaveCarriedDays } = staff;
  return {
    startsOn,
    endsOn,
    yearlyDays: annualLeaveDays ?? workTermsOn(await listWorkTerms(tx), today).leaveDays,
    carriedDays: leaveCarriedDays,
  };
}

/** Reads a contract's leave and counts it. Only annual leave is counted against the entitlement. */
export async function readLeaveAccount(tx: Reading, staff: Staff, today: PlainDate): Promise<LeaveAccount> {
  const terms = await leaveTermsOf(tx, staff, today);
  const annual = (await listLeaveOf(tx, [staff.id])).filter((leave) => leave.kind === 'annual');
  const held = annual.filter(leaveHolds);
  const open = annual.filter((leave) => leave.outcome === null && !leaveHolds(leave));
  return {
    balance: leaveBalanceOn(terms, held, { today, on: today }),
    days: new Map(annual.map((leave) => [leave.id, countedLeaveDays(leave)])),
    leftAfter: new Map(open.map((leave) => [leave.id, leftAfter(terms, held, leave, today)])),
  };
}
