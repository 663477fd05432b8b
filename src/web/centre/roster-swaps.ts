import { z } from 'zod';
import { maxOf } from '../../domain/calendar.ts';
import { swapProblem } from '../../domain/shift-swap.ts';
import { listCentreSwaps, type ShiftSwap } from '../../data/shift-swaps.ts';
import type { SwapState } from '../../use-cases/shift-swaps.ts';
import { confirmSwap, refuseSwap } from '../../use-cases/swap-decisions.ts';
import { readSwapScene } from '../../use-cases/swap-scene.ts';
import { centreAdmin } from '../access.ts';
import { attempt } from '../attempt.ts';
import type { Context } from '../context.ts';
import { statusOf } from '../errors.ts';
import { parseForm, type FieldError } from '../form.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { idField, optionalName } from '../shapes.ts';
import { DONE, swapErrors } from './my-swaps.ts';
import { problemWords, readSwapFacts, swapWords } from './swap-words.ts';

const MOST = 100;
const MOST_OVER = 15;

interface Problem {
  readonly errors: readonly FieldError[];
  readonly status?: number;
}

/** Swaps of a centre: those that wait for its word, with what speaks against them now, and the last ones that ended. */
async function showSwaps(context: Context, problem?: Problem): Promise<void> {
  const { t, today, database } = context;
  const centreId = context.id('centreId');
  const { live, over, facts, scene } = await database.read(async (tx) => {
    const waiting = await listCentreSwaps(tx, centreId, { ended: false, limit: MOST });
    const ended = await listCentreSwaps(tx, centreId, { ended: true, limit: MOST_OVER });
    const read = await readSwapFacts(tx, [...waiting, ...ended], [centreId]);
    const until = maxOf(
      waiting
        .flatMap((swap) => [swap.shiftId, swap.returnShiftId ?? 0])
        .flatMap((id) => read.shifts.get(id)?.date ?? []),
    );
    const agreed = waiting.some((swap) => swap.agreedAt !== null);
    return {
      live: waiting,
      over: ended,
      facts: read,
      scene: agreed ? await readSwapScene(tx, { centreId, today, until: until ?? today }) : undefined,
    };
  });
  const names = new Map(facts.staff.map((each) => [each.id, each.name]));
  const whyNot = (swap: ShiftSwap) => {
    const why = scene && swapProblem(scene, swap);
    return why ? problemWords(why, names, t) : '';
  };
  const agreed = live.filter((swap) => swap.agreedAt !== null);
  page(
    context.res,
    'centre/roster-swaps',
    {
      title: t('swap.centre_title'),
      back: paths.centreRosters(centreId),
      toConfirm: agreed.map((swap) => ({ ...swapWords(swap, facts, t), whyNot: whyNot(swap) })),
      waiting: live.filter((swap) => swap.agreedAt === null).map((swap) => swapWords(swap, facts, t)),
      over: over.map((swap) => swapWords(swap, facts, t)),
      confirmation: paths.rosterSwapStep(centreId, 'confirmation'),
      refusal: paths.rosterSwapStep(centreId, 'refusal'),
      errors: problem?.errors,
    },
    {
      address: paths.rosterSwaps(centreId),
      ...(problem?.status !== undefined && { status: problem.status }),
    },
  );
}

const shape = z.strictObject({ swapId: idField(), note: optionalName() });
type Decided = z.output<typeof shape> & { readonly centreId: number };

function step(act: (context: Context, decision: Decided) => Promise<{ state: SwapState }>) {
  return async (context: Context): Promise<void> => {
    const centreId = context.id('centreId');
    const form = parseForm(shape, context.req.body);
    if (form.errors) return await showSwaps(context, { errors: [{ field: '', key: 'form.invalid' }] });
    const { refused, answer } = await attempt(act(context, { ...form.values, centreId }));
    if (refused) {
      const { current } = refused.details as { current?: { outcome: unknown } };
      const early = refused.reason === 'stale' && current?.outcome === null;
      const errors: FieldError[] = early
        ? [{ field: '', key: 'swap.not_agreed' }]
        : await swapErrors(context, refused, [centreId]);
      return await showSwaps(context, { errors, status: statusOf(refused.reason) });
    }
    const tone = answer.state === 'past' ? ({ tone: 'warn' } as const) : {};
    context.done(paths.rosterSwaps(centreId), {
      key: DONE[answer.state as Exclude<SwapState, 'asked'>],
      ...tone,
    });
  };
}

export const rosterSwaps = routes('/centres/:centreId/rosters/swaps')
  .get('', centreAdmin, (context) => showSwaps(context))
  .post(
    '/confirmation',
    centreAdmin,
    step((context, { centreId, swapId }) => context.perform(confirmSwap, { centreId, swapId })),
  )
  .post(
    '/refusal',
    centreAdmin,
    step((context, decision) => context.perform(refuseSwap, decision)),
  );
