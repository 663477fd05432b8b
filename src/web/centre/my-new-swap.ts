import { z } from 'zod';
import { addDays } from '../../domain/calendar.ts';
import { refuse } from '../../domain/refusal.ts';
import { listLiveSwaps, listSwapShifts } from '../../data/shift-swaps.ts';
import { listStandingShifts } from '../../data/standing-shifts.ts';
import { listContractsOf } from '../../data/staff.ts';
import { askSwap } from '../../use-cases/shift-swaps.ts';
import { readSwapScene, startOf, swapChoices, type SwapChoice } from '../../use-cases/swap-scene.ts';
import { attempt } from '../attempt.ts';
import type { Context } from '../context.ts';
import { statusOf } from '../errors.ts';
import { parseForm, typed, type FieldError, type Typed } from '../form.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { idField, optional } from '../shapes.ts';
import { centrePerson } from './my-shifts.ts';
import { swapErrors } from './my-swaps.ts';
import { problemWords, shiftOnDay } from './swap-words.ts';

const DAYS_AHEAD = 90;
const NOTHING = 'nothing';

interface Asked {
  readonly shift: number | undefined;
  readonly with: number | undefined;
}

interface Problem {
  readonly errors: readonly FieldError[];
  readonly status?: number;
  readonly values: Typed;
  readonly asked: Asked;
}

const idOf = (text: string): number | undefined => (/^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined);

/** One's own shifts ahead that can still change hands. */
async function readOwn({ database, actor, today, now }: Context) {
  return await database.read(async (tx) => {
    const own = await listContractsOf(tx, [actor.personId]);
    const span = { from: today, to: addDays(today, DAYS_AHEAD) };
    const shifts = await listStandingShifts(tx, { staffIds: own.map((each) => each.id), ...span });
    const ahead = shifts.filter((shift) => startOf(shift) > now);
    const waiting = await listLiveSwaps(
      tx,
      ahead.map((shift) => shift.id),
    );
    const taken = new Set(waiting.flatMap((swap) => [swap.shiftId, swap.returnShiftId ?? 0]));
    return ahead.filter((shift) => !taken.has(shift.id));
  });
}

/** A shift of one's own with what each colleague could be asked. Another's is the same as none. */
async function readChoices({ database, actor, today, now }: Context, shiftId: number) {
  return await database.read(async (tx) => {
    const [found] = await listSwapShifts(tx, [shiftId]);
    if (!found || found.personId !== actor.personId) refuse('missing');
    const scene = await readSwapScene(tx, { centreId: found.centreId, today, until: found.date });
    const waiting = await listLiveSwaps(
      tx,
      scene.shifts.map((shift) => shift.id),
    );
    const taken = new Set(waiting.flatMap((swap) => [swap.shiftId, swap.returnShiftId ?? 0]));
    const shift = scene.shifts.find((each) => each.id === shiftId);
    const open = shift && startOf(shift) > now && !taken.has(shiftId) ? shift : undefined;
    return {
      found,
      names: new Map(scene.staff.map((each) => [each.id, each.name])),
      choices: open ? swapChoices(scene, open, { now, taken }) : [],
      open: open !== undefined,
      taken: taken.has(shiftId),
    };
  });
}

const possible = ({ linked, problem, returns }: SwapChoice): boolean =>
  linked && (problem === undefined || returns.length > 0);

async function shownFor(context: Context, asked: Asked) {
  const { t } = context;
  if (asked.shift === undefined)
    return { own: [], shift: undefined, choices: [], others: [], chosen: undefined };
  const { found, names, choices, open, taken } = await readChoices(context, asked.shift);
  const chosen = choices.find((choice) => choice.staffId === asked.with && possible(choice));
  return {
    shift: shiftOnDay(found, t.language),
    closed: open ? '' : t(taken ? 'swap.taken' : 'swap.past'),
    choices: choices.filter(possible).map((choice) => ({
      name: choice.name,
      href: paths.myNewSwap({ shift: asked.shift, with: choice.staffId }),
      take: choice.problem === undefined,
      swaps: choice.returns.length > 0 ? t('swap.can_swap', { n: choice.returns.length }) : '',
    })),
    others: choices
      .filter((choice) => !possible(choice))
      .map((choice) => ({
        name: choice.name,
        why: !choice.linked
          ? t('swap.no_account')
          : choice.problem
            ? problemWords(choice.problem, names, t)
            : t('swap.gone'),
      })),
    chosen: chosen && {
      staffId: String(chosen.staffId),
      options: {
        name: 'returnShift',
        legend: t('swap.what', { name: chosen.name }),
        options: [
          ...(chosen.problem === undefined ? [{ value: NOTHING, text: t('swap.take') }] : []),
          ...chosen.returns.map((other) => ({
            value: String(other.id),
            text: t('swap.for', { shift: shiftOnDay(other, t.language) }),
          })),
        ],
      },
    },
  };
}

async function showNewSwap(context: Context, problem?: Problem): Promise<void> {
  const { t } = context;
  const asked = problem?.asked ?? { shift: idOf(context.query('shift')), with: idOf(context.query('with')) };
  const shown = await shownFor(context, asked);
  page(
    context.res,
    'centre/my-new-swap',
    {
      title: t('swap.new'),
      back: paths.mySwaps(),
      closed: '',
      ...shown,
      shiftId: String(asked.shift ?? ''),
      again: paths.myNewSwap(asked.shift === undefined ? {} : { shift: asked.shift }),
      own:
        asked.shift === undefined
          ? (await readOwn(context)).map((shift) => ({
              text: shiftOnDay(shift, t.language),
              href: paths.myNewSwap({ shift: shift.id }),
            }))
          : [],
      action: paths.myNewSwap(),
      values: problem?.values ?? {},
      errors: problem?.errors,
    },
    {
      width: 'narrow',
      address: paths.myNewSwap({ shift: asked.shift, with: asked.with }),
      ...(problem?.status !== undefined && { status: problem.status }),
    },
  );
}

const MOST_NOTE = 300;

const shape = z.strictObject({
  shiftId: idField(),
  withStaffId: idField(),
  returnShift: z
    .string({ error: 'form.choose_one' })
    .regex(/^(nothing|[1-9]\d{0,8})$/, 'form.choose_one')
    .transform((text) => (text === NOTHING ? null : Number(text))),
  note: optional(
    (text) => (text.length <= MOST_NOTE ? text.replaceAll(/\s+/g, ' ') : undefined),
    'swap.note_long',
  ),
});

async function ask(context: Context): Promise<void> {
  const values = typed(context.req.body);
  const asked = {
    shift: idOf(String(values['shiftId'] ?? '')),
    with: idOf(String(values['withStaffId'] ?? '')),
  };
  const form = parseForm(shape, context.req.body);
  if (form.errors) return await showNewSwap(context, { errors: form.errors, values, asked });
  const { shiftId, withStaffId, returnShift: returnShiftId, note } = form.values;
  const { refused } = await attempt(context.perform(askSwap, { shiftId, withStaffId, returnShiftId, note }));
  if (refused) {
    const status = statusOf(refused.reason);
    const { personId } = context.actor;
    const own = await context.database.read((tx) => listContractsOf(tx, [personId]));
    const errors: FieldError[] =
      refused.reason === 'invalid'
        ? [{ field: 'returnShift', key: 'swap.wrong_colleague' }]
        : await swapErrors(
            context,
            refused,
            own.map((each) => each.centreId),
          );
    return await showNewSwap(context, { errors, status, values, asked });
  }
  context.done(paths.mySwaps(), { key: 'swap.asked_done' });
}

/** A question to a colleague, in three small steps: which shift, who, what in return. */
export const myNewSwap = routes('/shifts/swaps/new')
  .get('', centrePerson, (context) => showNewSwap(context))
  .post('', centrePerson, ask);
