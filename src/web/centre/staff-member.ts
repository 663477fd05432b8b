import { z } from 'zod';
import { LEAVE_KINDS } from '../../domain/lapses.ts';
import { administers } from '../../domain/people.ts';
import type { RosterFinding } from '../../domain/working-time.ts';
import { findStaff, listLeaveOf, listQualifications, type Leave } from '../../data/staff.ts';
import { conflictsOf, decideLeave, requestLeave } from '../../use-cases/leave.ts';
import { readLeaveAccount, type LeaveAccount } from '../../use-cases/leave-balance.ts';
import { changeStaff } from '../../use-cases/staff-register.ts';
import { attempt } from '../attempt.ts';
import type { Context } from '../context.ts';
import { statusOf } from '../errors.ts';
import { parseForm, typed, type FieldError, type Typed } from '../form.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { staffMemberAdmin, staffMemberSeen } from '../access/roster.ts';
import { routes } from '../route.ts';
import { dateField, numberField, optionalName } from '../shapes.ts';
import { balanceWords, leaveDaysWords } from './balance-words.ts';
import { staffForm } from './staff-form.ts';
import { entryOf, staffErrors, staffShape } from './staff-entry.ts';
import { brokenWords, conflictWords, leaveState, leaveWords, warningTags } from './staff-words.ts';

interface Problem {
  readonly errors: readonly FieldError[];
  readonly status?: number;
  /** The register's form with what was typed; the leave form keeps its own. */
  readonly values?: Typed;
  readonly leave?: Typed;
  /** Published shifts ahead that would break the new contract. */
  readonly broken?: readonly RosterFinding[];
}

const member = (context: Context) => ({
  centreId: context.id('centreId'),
  staffId: context.id('staffId'),
});

/** Leave with what it would mean while it is undecided, and what can be done about it. */
async function leaveRows(
  context: Context,
  leave: readonly Leave[],
  account: LeaveAccount,
  mayDecide: boolean,
) {
  const { t, now } = context;
  const { centreId, staffId } = member(context);
  const rows = [];
  for (const each of leave) {
    const open = leaveState(each) === 'open';
    const conflicts = open ? await context.database.read((tx) => conflictsOf(tx, each, { now })) : [];
    const step = (name: 'approval' | 'refusal' | 'withdrawal', offered: boolean) =>
      mayDecide && offered ? paths.centreStaffLeaveStep(centreId, staffId, each.id, name) : '';
    rows.push({
      ...leaveWords(each, t),
      counted: leaveDaysWords(account, each.id, t),
      open,
      conflicts: conflicts.map((conflict) => conflictWords(conflict, t)),
      approval: step('approval', open),
      refusal: step('refusal', open),
      withdrawal: step('withdrawal', leaveState(each) === 'approved'),
    });
  }
  return rows;
}

async function showMember(context: Context, problem?: Problem): Promise<void> {
  const { t, today } = context;
  const { centreId, staffId } = member(context);
  const { staff, qualifications, leave, account } = await context.database.read(async (tx) => {
    const found = (await findStaff(tx, staffId))!;
    return {
      staff: found,
      qualifications: await listQualifications(tx, [staffId]),
      leave: await listLeaveOf(tx, [staffId]),
      account: await readLeaveAccount(tx, found, today),
    };
  });
  const mayChange = administers(context.actor, centreId);
  const values = problem?.values ?? {};
  page(
    context.res,
    'centre/staff-member',
    {
      title: staff.name,
      post: t(`post.${staff.post}`),
      back: paths.centreStaff(centreId),
      mayChange,
      warnings: warningTags(staff, qualifications, today, t),
      week: t('staff.week', {
        hours: Math.round((staff.weeklyMinutes / 60) * 10) / 10,
        days: staff.daysPerWeek,
      }),
      balances: [{ ...balanceWords(account.balance, t), centre: '' }],
      leave: await leaveRows(context, leave.toReversed(), account, mayChange),
      leaveAction: paths.centreStaffLeave(centreId, staffId),
      leaveTyped: problem?.leave ?? {},
      leaveKinds: LEAVE_KINDS.map((value) => ({ value, text: t(`leave.${value}`) })),
      action: paths.centreStaffMember(centreId, staffId),
      version: staff.version,
      broken: (problem?.broken ?? []).map((finding) => brokenWords(finding, t)),
      form: staffForm(staff, qualifications, values, t),
      values,
      errors: problem?.errors,
    },
    {
      address: paths.centreStaffMember(centreId, staffId),
      ...(problem?.status !== undefined && { status: problem.status }),
    },
  );
}

const shape = z.strictObject({ version: numberField(), ...staffShape });

async function save(context: Context): Promise<void> {
  const { centreId, staffId } = member(context);
  const values = typed(context.req.body);
  const form = parseForm(shape, context.req.body);
  if (form.errors) return await showMember(context, { errors: form.errors, values });
  const { entry, errors } = entryOf(form.values);
  if (errors.length > 0) return await showMember(context, { errors, values });
  const { version } = form.values;
  const { refused } = await attempt(context.perform(changeStaff, { ...entry, staffId, version }));
  if (refused?.reason === 'illegal_shifts') {
    return await showMember(context, {
      errors: [{ field: '', key: 'staff.illegal' }],
      status: statusOf(refused.reason),
      values,
      broken: refused.details['findings'] as RosterFinding[],
    });
  }
  if (refused) {
    const status = statusOf(refused.reason);
    return await showMember(context, { errors: staffErrors(refused), status, values });
  }
  context.done(paths.centreStaffMember(centreId, staffId), { key: 'form.saved' });
}

const leaveShape = z.strictObject({
  leaveFrom: dateField(),
  leaveTo: dateField(),
  leaveKind: z.enum(LEAVE_KINDS),
});

async function enterLeave(context: Context): Promise<void> {
  const { centreId, staffId } = member(context);
  const leave = typed(context.req.body);
  const form = parseForm(leaveShape, context.req.body);
  if (form.errors) return await showMember(context, { errors: form.errors, leave });
  const { leaveFrom: startsOn, leaveTo: endsOn, leaveKind: kind } = form.values;
  const { refused } = await attempt(context.perform(requestLeave, { staffId, startsOn, endsOn, kind }));
  if (refused) {
    const errors = (refused.details.errors ?? []).map(({ reason }): FieldError => {
      if (reason === 'taken') return { field: 'leaveFrom', key: 'leave.taken' };
      return { field: 'leaveTo', key: reason === 'too_wide' ? 'leave.too_long' : 'staff.ends_first' };
    });
    return await showMember(context, { errors, status: statusOf(refused.reason), leave });
  }
  context.done(paths.centreStaffMember(centreId, staffId), { key: 'leave.entered', tone: 'info' });
}

const decision = z.strictObject({ note: optionalName() });

function decide(outcome: 'approved' | 'refused' | 'withdrawn') {
  return async (context: Context): Promise<void> => {
    const { centreId, staffId } = member(context);
    const leaveId = context.id('leaveId');
    const form = parseForm(decision, context.req.body);
    if (form.errors) return await showMember(context, { errors: form.errors });
    const { note } = form.values;
    const { refused, answer } = await attempt(
      context.perform(decideLeave, { staffId, leaveId, outcome, note }),
    );
    if (refused) {
      const errors: FieldError[] = [{ field: '', key: `refusal.${refused.reason}` }];
      return await showMember(context, { errors, status: statusOf(refused.reason) });
    }
    // What falls short now is looked after at once.
    const short = outcome === 'approved' && answer.shortages.length > 0;
    context.done(short ? paths.shortages(centreId) : paths.centreStaffMember(centreId, staffId), {
      key: 'leave.decided',
      params: { days: answer.days, told: answer.told },
    });
  };
}

/** A member of staff: contract, papers, hours, and leave with what it would mean. */
export const staffMember = routes('/centres/:centreId/staff/:staffId')
  .get('', staffMemberSeen, (context) => showMember(context))
  .post('', staffMemberAdmin, save)
  .post('/leave', staffMemberAdmin, enterLeave)
  .post('/leave/:leaveId/approval', staffMemberAdmin, decide('approved'))
  .post('/leave/:leaveId/refusal', staffMemberAdmin, decide('refused'))
  .post('/leave/:leaveId/withdrawal', staffMemberAdmin, decide('withdrawn'));
