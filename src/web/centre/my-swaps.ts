import { z } from 'zod';
import type { Refusal } from '../../domain/refusal.ts';
import { listSwapsOf } from '../../data/shift-swaps.ts';
import { listContractsOf } from '../../data/staff.ts';
import { answerSwap, withdrawSwap, type SwapState } from '../../use-cases/shift-swaps.ts';
import type { Key } from '../../i18n/translate.ts';
import { attempt } from '../attempt.ts';
import type { Context } from '../context.ts';
import { statusOf } from '../errors.ts';
import { parseForm, type FieldError } from '../form.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { idField } from '../shapes.ts';
import { centrePerson } from './my-shifts.ts';
import { problemOf, problemWords, readSwapFacts, swapWords } from './swap-words.ts';

/** Swaps on the page: those that wait are among the newest. */
const MOST = 60;
const MOST_OVER = 10;

interface Problem {
  readonly errors: readonly FieldError[];
  readonly status?: number;
}

/** One's own swaps: what is asked of one, what one has asked, and what has ended. */
async function showMySwaps(context: Context, problem?: Problem): Promise<void> {
  const { t, actor } = context;
  const { contracts, swaps, facts } = await context.database.read(async (tx) => {
    const own = await listContractsOf(tx, [actor.personId]);
    const staffIds = own.map((each) => each.id);
    const found = await listSwapsOf(tx, { personId: actor.personId, staffIds }, MOST);
    return {
      contracts: staffIds,
      swaps: found,
      facts: await readSwapFacts(
        tx,
        found,
        own.map((each) => each.centreId),
      ),
    };
  });
  const row = (swap: (typeof swaps)[number]) => ({
    ...swapWords(swap, facts, t),
    agreed: swap.agreedAt !== null,
  });
  const live = swaps.filter((swap) => swap.endedAt === null);
  const mine = (swap: (typeof swaps)[number]) => contracts.includes(swap.withStaffId);
  page(
    context.res,
    'centre/my-swaps',
    {
      title: t('swap.title'),
      back: paths.myShifts(),
      ask: paths.myNewSwap(),
      toMe: live.filter(mine).map(row),
      byMe: live.filter((swap) => !mine(swap)).map(row),
      over: swaps
        .filter((swap) => swap.endedAt !== null)
        .slice(0, MOST_OVER)
        .map(row),
      agreement: paths.mySwapStep('agreement'),
      refusal: paths.mySwapStep('refusal'),
      withdrawal: paths.mySwapStep('withdrawal'),
      errors: problem?.errors,
    },
    {
      width: 'narrow',
      address: paths.mySwaps(),
      ...(problem?.status !== undefined && { status: problem.status }),
    },
  );
}

/** A swap that cannot go on, in words; the names of the centre's staff are read for it. */
export async function swapErrors(
  context: Context,
  { reason, details }: Refusal,
  centreIds: readonly number[],
): Promise<FieldError[]> {
  if (reason === 'stale') return [{ field: '', key: 'swap.stale' }];
  if (reason === 'past') return [{ field: '', key: 'swap.past' }];
  if (reason === 'taken') return [{ field: '', key: 'swap.taken' }];
  if (reason !== 'illegal_shifts') return [{ field: '', key: `refusal.${reason}` }];
  const { staff } = await context.database.read((tx) => readSwapFacts(tx, [], centreIds));
  const names = new Map(staff.map((each) => [each.id, each.name]));
  const why = problemWords(problemOf(details), names, context.t);
  return [{ field: '', key: 'swap.illegal', params: { why } }];
}

export const DONE: Readonly<Record<Exclude<SwapState, 'asked'>, Key>> = {
  agreed: 'swap.done_agreed',
  declined: 'swap.done_declined',
  withdrawn: 'swap.done_withdrawn',
  confirmed: 'swap.done_confirmed',
  refused: 'swap.done_refused',
  past: 'swap.done_past',
};

const shape = z.strictObject({ swapId: idField() });

function step(act: (context: Context, swapId: number) => Promise<{ state: SwapState }>) {
  return async (context: Context): Promise<void> => {
    const form = parseForm(shape, context.req.body);
    if (form.errors) return await showMySwaps(context, { errors: [{ field: '', key: 'form.invalid' }] });
    const { refused, answer } = await attempt(act(context, form.values.swapId));
    if (refused) {
      const { personId } = context.actor;
      const own = await context.database.read((tx) => listContractsOf(tx, [personId]));
      const errors = await swapErrors(
        context,
        refused,
        own.map((each) => each.centreId),
      );
      return await showMySwaps(context, { errors, status: statusOf(refused.reason) });
    }
    const tone = answer.state === 'past' ? ({ tone: 'warn' } as const) : {};
    context.done(paths.mySwaps(), { key: DONE[answer.state as Exclude<SwapState, 'asked'>], ...tone });
  };
}

export const mySwaps = routes('/shifts/swaps')
  .get('', centrePerson, (context) => showMySwaps(context))
  .post(
    '/agreement',
    centrePerson,
    step((context, swapId) => context.perform(answerSwap, { swapId, agrees: true })),
  )
  .post(
    '/refusal',
    centrePerson,
    step((context, swapId) => context.perform(answerSwap, { swapId, agrees: false })),
  )
  .post(
    '/withdrawal',
    centrePerson,
    step((context, swapId) => context.perform(withdrawSwap, { swapId })),
  );
