import { z } from 'zod';
import type { Refusal } from '../../domain/refusal.ts';
import { openRound } from '../../use-cases/rounds.ts';
import { attempt } from '../attempt.ts';
import type { Context } from '../context.ts';
import { statusOf } from '../errors.ts';
import { parseForm, typed, type FieldError } from '../form.ts';
import { page } from '../page.ts';
import { problemErrors } from './problems.ts';
import { sideOf } from './side.ts';
import { dateField, nameField } from '../shapes.ts';

interface Problem {
  readonly errors: readonly FieldError[];
  readonly status?: number;
}

/** The form of a new round. */
export async function showOpening(context: Context, problem?: Problem): Promise<void> {
  const { t, today } = context;
  const side = await sideOf(context);
  page(
    context.res,
    `${side.folder}/new-round`,
    {
      title: t('round.new'),
      back: side.rounds,
      action: side.newRound,
      scope: side.centreId === null ? t('round.whole_region') : t('round.own_centre'),
      today,
      values: problem ? typed(context.req.body) : {},
      errors: problem?.errors,
    },
    {
      width: 'narrow',
      address: side.newRound,
      ...(problem?.status !== undefined && { status: problem.status }),
    },
  );
}

function errorsOf(refusal: Refusal): FieldError[] {
  const named = refusal.details.errors?.map(({ field, reason }): FieldError => ({
    field,
    key:
      reason === 'invalid'
        ? field === 'startsOn'
          ? 'round.start_after_wishes'
          : 'form.invalid'
        : `refusal.${reason}`,
  }));
  return named && named.length > 0 ? named : problemErrors(refusal);
}

const shape = z.strictObject({ name: nameField(), wishesUntil: dateField(), startsOn: dateField() });

export async function open(context: Context): Promise<void> {
  const form = parseForm(shape, context.req.body);
  if (form.errors) return await showOpening(context, form);
  const side = await sideOf(context);
  const { regionCode, centreId } = side;
  const { refused, answer } = await attempt(
    context.perform(openRound, { regionCode, centreId, ...form.values }),
  );
  if (refused)
    return await showOpening(context, { errors: errorsOf(refused), status: statusOf(refused.reason) });
  context.done(side.round(answer.id), { key: 'round.opened' });
}
