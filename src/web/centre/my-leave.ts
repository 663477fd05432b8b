import { z } from 'zod';
import { LEAVE_KINDS } from '../../domain/lapses.ts';
import { findCentre } from '../../data/centres.ts';
import { listContractsOf, listLeaveOf, listStaffById } from '../../data/staff.ts';
import { requestLeave } from '../../use-cases/leave.ts';
import { readLeaveAccount } from '../../use-cases/leave-balance.ts';
import { withdrawOwnLeave } from '../../use-cases/own-leave.ts';
import { attempt } from '../attempt.ts';
import type { Context } from '../context.ts';
import { statusOf } from '../errors.ts';
import { parseForm, typed, type FieldError } from '../form.ts';
import { centreName } from '../names.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { dateField, idField } from '../shapes.ts';
import { balanceWords, leaveDaysWords } from './balance-words.ts';
import { centrePerson } from './my-shifts.ts';
import { leaveState, leaveWords } from './staff-words.ts';

/** Leave on the page, the newest first. */
const MOST = 30;

interface Problem {
  readonly errors: readonly FieldError[];
  readonly status?: number;
}

/** A person's contracts, each with its leave and what that comes to. */
async function readOwnLeave({ database, actor, today }: Context) {
  return await database.read(async (tx) => {
    const ids = (await listContractsOf(tx, [actor.personId])).map((each) => each.id);
    const contracts = [];
    for (const staff of await listStaffById(tx, ids))
      contracts.push({
        staff,
        centre: await findCentre(tx, staff.centreId),
        leave: await listLeaveOf(tx, [staff.id]),
        account: await readLeaveAccount(tx, staff, today),
      });
    return contracts;
  });
}

async function showMyLeave(context: Context, problem?: Problem): Promise<void> {
  const { t } = context;
  const contracts = await readOwnLeave(context);
  const nameOf = ({ centre }: (typeof contracts)[number]) => (centre ? centreName(centre, t.language) : '–');
  page(
    context.res,
    'centre/my-leave',
    {
      title: t('roster.leave_mine'),
      back: paths.myShifts(),
      linked: contracts.length > 0,
      balances: contracts.map((contract) => ({
        ...balanceWords(contract.account.balance, t),
        centre: contracts.length > 1 ? nameOf(contract) : '',
      })),
      leave: contracts
        .flatMap(({ leave, account }) => leave.map((each) => ({ each, account })))
        .toSorted((a, b) => (a.each.startsOn < b.each.startsOn ? 1 : -1))
        .slice(0, MOST)
        .map(({ each, account }) => ({
          id: String(each.id),
          ...leaveWords(each, t),
          counted: leaveDaysWords(account, each.id, t),
          open: leaveState(each) === 'open',
        })),
      kinds: LEAVE_KINDS.map((kind) => ({ value: kind, text: t(`leave.${kind}`) })),
      contracts: contracts.map((contract) => ({ value: String(contract.staff.id), text: nameOf(contract) })),
      ask: paths.myLeave(),
      withdraw: paths.myLeaveWithdrawal(),
      values: problem ? typed(context.req.body) : {},
      errors: problem?.errors,
    },
    {
      width: 'narrow',
      address: paths.myLeave(),
      ...(problem?.status !== undefined && { status: problem.status }),
    },
  );
}

const request = z.strictObject({
  staffId: idField(),
  startsOn: dateField(),
  endsOn: dateField(),
  kind: z.enum(LEAVE_KINDS, { error: 'form.choose_one' }),
});

async function ask(context: Context): Promise<void> {
  const form = parseForm(request, context.req.body);
  if (form.errors) return await showMyLeave(context, form);
  const { refused } = await attempt(context.perform(requestLeave, form.values));
  if (refused) {
    const errors = (refused.details.errors ?? []).map(({ reason }): FieldError => {
      if (reason === 'taken') return { field: 'startsOn', key: 'leave.taken' };
      return { field: 'endsOn', key: reason === 'too_wide' ? 'leave.too_long' : 'staff.ends_first' };
    });
    return await showMyLeave(context, { errors, status: statusOf(refused.reason) });
  }
  context.done(paths.myLeave(), { key: 'roster.leave_asked' });
}

const withdrawal = z.strictObject({ leaveId: idField() });

async function withdraw(context: Context): Promise<void> {
  const form = parseForm(withdrawal, context.req.body);
  if (form.errors) return await showMyLeave(context, { errors: [{ field: '', key: 'form.invalid' }] });
  const { refused } = await attempt(context.perform(withdrawOwnLeave, form.values));
  if (refused) {
    const errors: FieldError[] = [{ field: '', key: `refusal.${refused.reason}` }];
    return await showMyLeave(context, { errors, status: statusOf(refused.reason) });
  }
  context.done(paths.myLeave(), { key: 'roster.leave_withdrawn' });
}

/** Leave of one's own: what is left of it, what was asked for, and a new request; the centre decides. */
export const myLeave = routes('/shifts/leave')
  .get('', centrePerson, (context) => showMyLeave(context))
  .post('', centrePerson, ask)
  .post('/withdrawal', centrePerson, withdraw);
