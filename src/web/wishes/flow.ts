import { z } from 'zod';
import { refuse } from '../../domain/refusal.ts';
import { joinWithSiblings } from '../../use-cases/joint-entries.ts';
import { changeEntry } from '../../use-cases/waiting-list.ts';
import { attempt } from '../attempt.ts';
import type { Context } from '../context.ts';
import { statusOf } from '../errors.ts';
import { groupsNamed, askGroups } from './groups.ts';
import { isStep, readWish, wishIn, type Step, type Wished } from './answers.ts';
import { problemsOf, showWishCheck, siblingEntries, wishErrors } from './check.ts';
import { askDays, askKind, askStart } from './questions.ts';
import type { WishSide } from './side.ts';

/** The next question, or the one that was asked for; with all answers given, their check. */
export async function askWish(context: Context, side: WishSide, first: unknown = {}): Promise<void> {
  const asked = wishIn(context.req.query);
  // An entry that is changed begins with its own wish.
  const given = Object.keys(asked).length === 0 ? wishIn(first) : asked;
  const answers = readWish(given, context.today, side.earliest);
  const wanted = context.query('ask');
  const moving = context.req.query['month'] !== undefined && answers.kind === 'dates';
  const before = (step: Step) =>
    step === 'kind' ||
    (step === 'days' && answers.kind !== undefined) ||
    ((step === 'start' || step === 'groups') && answers.pattern !== undefined);
  const step = moving ? 'days' : isStep(wanted) && before(wanted) ? wanted : answers.step;
  const errors = answers.wish === undefined && answers.step === step && !moving ? answers.errors : [];
  if (step === 'days' && answers.kind !== undefined)
    return askDays(context, side, given, answers.kind, answers, errors);
  if (step === 'kind' || answers.pattern === undefined) return askKind(context, side, given, errors);
  if (step === 'start') return askStart(context, side, given, answers, errors);
  if (step === 'groups' || answers.wish === undefined) return await askGroups(context, side, given, answers);
  return await showWishCheck(context, side, given, answers.wish);
}

const together = z
  .union([z.string(), z.array(z.string())])
  .optional()
  .transform((chosen) => (chosen === undefined ? [] : [chosen].flat()));

/** The family's own entries among those that were ticked. */
async function tickedSiblings(context: Context, side: WishSide): Promise<number[]> {
  const body = (context.req.body ?? {}) as Record<string, unknown>;
  const ticked = together.safeParse(body['together']).data ?? [];
  if (ticked.length === 0 || side.entry) return [];
  const own = await context.database.read((tx) => siblingEntries(context, tx, side.child.id));
  const ids = own.map(({ entry }) => entry.id);
  return ticked.map((text) => ids.find((id) => String(id) === text) ?? refuse('missing'));
}

function write(context: Context, side: WishSide, wish: Wished, withIds: readonly number[]) {
  return side.entry
    ? context.perform(changeEntry, { ...wish, entryId: side.entry.id })
    : context.perform(joinWithSiblings, { ...wish, childId: side.child.id, withIds });
}

/** Sends the whole wish; undefined when it was not accepted and the page has said why. */
export async function sendWish(context: Context, side: WishSide): Promise<{ id: number } | undefined> {
  const given = wishIn(context.req.body);
  const answers = readWish(given, context.today, side.earliest);
  // What is not a whole set of right answers is asked for again, with what there is.
  if (answers.wish === undefined) {
    context.done(side.address(given));
    return undefined;
  }
  const { wish } = answers;
  const withIds = await tickedSiblings(context, side);
  const gone = await context.database.read(async (tx) =>
    (await problemsOf(context, tx, side, wish)).filter(({ key }) => key.startsWith('waiting.group_')),
  );
  if (gone.length > 0) {
    await showWishCheck(context, side, given, wish, { errors: gone, status: 422 });
    return undefined;
  }
  const { refused, answer } = await attempt(write(context, side, wish, withIds));
  if (!refused) return answer;
  const named = await context.database.read((tx) => groupsNamed(tx, wish.choices));
  const problem = { errors: wishErrors(refused, named, context), status: statusOf(refused.reason) };
  await showWishCheck(context, side, given, wish, problem);
  return undefined;
}
