import { z } from 'zod';
import { LEAVE_KINDS } from '../../domain/lapses.ts';
import { requestLeave } from '../../use-cases/leave.ts';
import { withdrawOwnLeave } from '../../use-cases/own-leave.ts';
import { attempt } from '../attempt.ts';
import type { Context } from '../context.ts';
import { statusOf } from '../errors.ts';
import { parseForm, type FieldError } from '../form.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { dateField, idField } from '../shapes.ts';
import { centrePerson, showMyShifts } from './my-shifts.ts';

const request = z.strictObject({
  staffId: idField(),
  startsOn: dateField(),
  endsOn: dateField(),
  kind: z.enum(LEAVE_KINDS, { error: 'form.choose_one' }),
});

async function ask(context: Context): Promise<void> {
  const form = parseForm(request, context.req.body);
  if (form.errors) return await showMyShifts(context, form);
  const { refused } = await attempt(context.perform(requestLeave, form.values));
  if (refused) {
    const errors = (refused.details.errors ?? []).map(({ reason }): FieldError => {
      if (reason === 'taken') return { field: 'startsOn', key: 'leave.taken' };
      return { field: 'endsOn', key: reason === 'too_wide' ? 'leave.too_long' : 'staff.ends_first' };
    });
    return await showMyShifts(context, { errors, status: statusOf(refused.reason) });
  }
  context.done(paths.myShifts(), { key: 'roster.leave_asked' });
}

const withdrawal = z.strictObject({ leaveId: idField() });

async function withdraw(context: Context): Promise<void> {
  const form = parseForm(withdrawal, context.req.body);
  if (form.errors) return await showMyShifts(context, { errors: [{ field: '', key: 'form.invalid' }] });
  const { refused } = await attempt(context.perform(withdrawOwnLeave, form.values));
  if (refused) {
    const errors: FieldError[] = [{ field: '', key: `refusal.${refused.reason}` }];
    return await showMyShifts(context, { errors, status: statusOf(refused.reason) });
  }
  context.done(paths.myShifts(), { key: 'roster.leave_withdrawn' });
}

/** Leave that somebody asks for themselves; the centre decides. */
export const myLeave = routes('/shifts/leave')
  .post('', centrePerson, ask)
  .post('/withdrawal', centrePerson, withdraw);
