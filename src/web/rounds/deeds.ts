import { z } from 'zod';
import { findRound } from '../../data/rounds.ts';
import { previewRound } from '../../use-cases/round-preview.ts';
import { approvePreview, endRound, publishRound } from '../../use-cases/rounds.ts';
import { attempt, type Attempt } from '../attempt.ts';
import type { Context } from '../context.ts';
import { statusOf } from '../errors.ts';
import { parseForm } from '../form.ts';
import type { Flash } from '../page.ts';
import { showRound } from './page.ts';
import { problemErrors } from './problems.ts';
import { sideOf } from './side.ts';
import { idField } from '../shapes.ts';

/** Shows the round again with what a rule says, or goes on to it. */
async function answerWith<Answer>(
  context: Context,
  { refused, answer }: Attempt<Answer>,
  flash: (answer: Answer) => Flash,
  previewId?: (answer: Answer) => number,
): Promise<void> {
  const roundId = context.id('roundId');
  if (refused) {
    const round = await context.database.read((tx) => findRound(tx, roundId));
    const errors = problemErrors(refused, round?.wishesUntil);
    return await showRound(context, { errors, status: statusOf(refused.reason) });
  }
  const side = await sideOf(context);
  const preview = previewId?.(answer);
  context.done(side.round(roundId, { preview }), flash(answer));
}

const rule = z.strictObject({ rule: z.enum(['stable', 'common', 'strict'], { error: 'form.choose_one' }) });

export async function makePreview(context: Context): Promise<void> {
  const form = parseForm(rule, context.req.body);
  if (form.errors) return await showRound(context, form);
  const { now, actor, operation, database } = context;
  const wish = { roundId: context.id('roundId'), rule: form.values.rule };
  const made = await attempt(previewRound(database, { now, actor, operation }, wish));
  await answerWith(
    context,
    made,
    () => ({ key: 'round.made_flash' }),
    ({ id }) => id,
  );
}

const chosen = z.strictObject({ previewId: idField() });

export async function approve(context: Context): Promise<void> {
  const form = parseForm(chosen, context.req.body);
  if (form.errors) return await showRound(context, form);
  const wish = { roundId: context.id('roundId'), ...form.values };
  const done = await attempt(context.perform(approvePreview, wish));
  await answerWith(
    context,
    done,
    () => ({ key: 'round.approved_flash' }),
    ({ id }) => id,
  );
}

export async function publish(context: Context): Promise<void> {
  const form = parseForm(chosen, context.req.body);
  if (form.errors) return await showRound(context, form);
  const wish = { roundId: context.id('roundId'), ...form.values };
  const done = await attempt(context.perform(publishRound, wish));
  await answerWith(context, done, ({ offers }) => ({ key: 'round.published_flash', params: { n: offers } }));
}

export async function end(context: Context): Promise<void> {
  const form = parseForm(z.strictObject({}), context.req.body);
  if (form.errors) return await showRound(context, form);
  const done = await attempt(context.perform(endRound, { roundId: context.id('roundId') }));
  await answerWith(context, done, () => ({ key: 'round.ended_flash' }));
}
