import { z } from 'zod';
import type { PlainDate } from '../../domain/calendar.ts';
import { refuse, type Refusal } from '../../domain/refusal.ts';
import type { RosterFinding } from '../../domain/working-time.ts';
import { findRoster } from '../../data/rosters.ts';
import { findShift } from '../../data/shifts.ts';
import { listStaff } from '../../data/staff.ts';
import {
  changeShift,
  deleteShift,
  placeShift,
  swapShifts,
  type Edited,
} from '../../use-cases/roster-edits.ts';
import { moveShift } from '../../use-cases/shift-moves.ts';
import { attempt } from '../attempt.ts';
import type { Context } from '../context.ts';
import { dateOf } from '../dates.ts';
import { statusOf } from '../errors.ts';
import { parseForm, typed, type FieldError } from '../form.ts';
import { isKey, type Key } from '../../i18n/translate.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { dateField, idField, numberField, ticked, timeField } from '../shapes.ts';
import { centreRosterAdmin } from './own-roster.ts';
import { showRoster } from './roster.ts';
import { findingWords } from './roster-words.ts';
import { dateAsked, readParts, shiftEditor, shiftShape, staleRows, wishOf } from './shift-form.ts';

const whichOf = (context: Context) => ({
  centreId: context.id('centreId'),
  rosterId: context.id('rosterId'),
});

interface Problem {
  readonly errors: readonly FieldError[];
  readonly status?: number;
}

/** The shift of the address; one of another roster is the same as none. */
async function shiftAsked(context: Context) {
  const { rosterId } = whichOf(context);
  return await context.database.read((tx) => findShift(tx, rosterId, context.id('shiftId')));
}

/** The board with the form of a shift; after a problem with what was typed, and the shift as a colleague left it. */
async function showShift(context: Context, problem?: Problem): Promise<void> {
  const { t } = context;
  const shift = (await shiftAsked(context)) ?? refuse('missing');
  await showRoster(context, {
    week: shift.date,
    day: shift.date,
    editor: (scene) => {
      const editor = shiftEditor(scene, { shift }, t);
      const stale = problem?.status === 409 ? staleRows(editor, typed(context.req.body), t) : [];
      return { ...editor, stale };
    },
    values: problem ? typed(context.req.body) : {},
    ...problem,
  });
}

async function showNewShift(context: Context, problem?: Problem): Promise<void> {
  const { t } = context;
  const body = typed(context.req.body);
  const asked = dateOf(problem ? String(body['date'] ?? '') : context.query('date'));
  await showRoster(context, {
    ...(asked && { week: asked, day: asked }),
    editor: (scene) =>
      shiftEditor(
        scene,
        {
          staffId: Number(context.query('staff')) || undefined,
          date: asked && dateAsked(asked, scene.roster),
        },
        t,
      ),
    values: problem ? body : {},
    ...problem,
  });
}

/** Where on the form a broken rule is mended best. */
const FIELD_OF_RULE: Readonly<Record<string, string>> = {
  break: 'breakFrom',
  own_child: 'group',
  stretch: 'group',
  leave: 'date',
  employment: 'date',
  days_off: 'date',
  two_in_a_row: 'date',
  papers: 'staff',
};

/** Each rule that an edit would break, in words, beside the field that mends it. */
async function brokenRules(context: Context, refused: Refusal): Promise<FieldError[]> {
  const { centreId } = whichOf(context);
  const staff = await context.database.read((tx) => listStaff(tx, centreId));
  const names = new Map(staff.map((each) => [each.id, each.name]));
  const findings = refused.details['findings'] as RosterFinding[];
  return findings.map((finding) => {
    const { name, day, what } = findingWords(finding, names, context.t);
    return {
      field: FIELD_OF_RULE[finding.rule] ?? 'to',
      key: 'roster.would_break',
      params: { name, day, what },
    };
  });
}

async function problemOf(context: Context, refused: Refusal): Promise<Problem> {
  const status = statusOf(refused.reason);
  if (refused.reason === 'illegal_shifts') return { errors: await brokenRules(context, refused), status };
  const errors = refused.details.errors?.map(({ field, detail }): FieldError => {
    const key = `roster.problem.${detail}`;
    return { field, key: isKey(key) ? key : 'form.invalid' };
  });
  return { errors: errors ?? [{ field: '', key: `refusal.${refused.reason}` as Key }], status };
}

/** Back to the board, on the day that was changed. */
function saved(context: Context, { rosterId }: Edited, date: PlainDate, key: Key): void {
  const { centreId } = whichOf(context);
  context.done(paths.roster(centreId, rosterId, { week: date, day: date }), { key });
}

async function save(context: Context, place: boolean): Promise<void> {
  const show = (problem: Problem) => (place ? showNewShift(context, problem) : showShift(context, problem));
  if (!place && !(await shiftAsked(context))) await gone(context);
  const form = parseForm(shiftShape, context.req.body);
  if (form.errors) return await show(form);
  const { parts, errors } = readParts(form.values);
  if (errors.length > 0) return await show({ errors });
  const wish = { rosterId: context.id('rosterId'), ...wishOf(form.values, parts) };
  const { refused, answer } = await attempt(
    place
      ? context.perform(placeShift, wish)
      : context.perform(changeShift, { ...wish, shiftId: context.id('shiftId') }),
  );
  if (refused) return await show(await problemOf(context, refused));
  saved(context, answer, form.values.date, 'roster.saved');
}

/** A shift that a colleague has deleted meanwhile is stale; one that never was in this roster is missing. */
async function gone(context: Context): Promise<never> {
  const { rosterId } = whichOf(context);
  const roster = await context.database.read((tx) => findRoster(tx, rosterId));
  const seen = Number(typed(context.req.body)['version']);
  return refuse(roster && seen > 0 && seen !== roster.version ? 'stale' : 'missing');
}

const deletionShape = z.strictObject({ version: numberField() });
const swapShape = z.strictObject({ version: numberField(), with: idField() });

async function remove(context: Context): Promise<void> {
  const shift = (await shiftAsked(context)) ?? (await gone(context));
  const form = parseForm(deletionShape, context.req.body);
  if (form.errors) return await showShift(context, form);
  const wish = { rosterId: context.id('rosterId'), shiftId: shift.id, ...form.values };
  const { refused, answer } = await attempt(context.perform(deleteShift, wish));
  if (refused) return await showShift(context, await problemOf(context, refused));
  saved(context, answer, shift.date, 'roster.deleted');
}

const moveShape = z.strictObject({
  version: numberField(),
  staff: idField(),
  date: dateField(),
  from: timeField(),
  to: timeField(),
  copy: ticked(),
});

/** What the pointer and the keys do; a problem opens the form, with what was meant filled in. */
async function move(context: Context): Promise<void> {
  const shift = (await shiftAsked(context)) ?? (await gone(context));
  const form = parseForm(moveShape, context.req.body);
  if (form.errors) return await showShift(context, form);
  const { staff: staffId, ...rest } = form.values;
  const wish = { rosterId: context.id('rosterId'), shiftId: shift.id, staffId, ...rest };
  const { refused, answer } = await attempt(context.perform(moveShift, wish));
  const show = (problem: Problem) =>
    rest.copy ? showNewShift(context, problem) : showShift(context, problem);
  if (refused) return await show(await problemOf(context, refused));
  saved(context, answer, rest.date, 'roster.saved');
}

async function swap(context: Context): Promise<void> {
  const shift = (await shiftAsked(context)) ?? (await gone(context));
  const form = parseForm(swapShape, context.req.body);
  if (form.errors) return await showShift(context, form);
  const { version, with: withShiftId } = form.values;
  const wish = { rosterId: context.id('rosterId'), version, shiftId: shift.id, withShiftId };
  const { refused, answer } = await attempt(context.perform(swapShifts, wish));
  if (refused) return await showShift(context, await problemOf(context, refused));
  saved(context, answer, shift.date, 'roster.swapped');
}

/** Shifts of a draft: placed, lengthened, moved, swapped, deleted. */
export const shift = routes('/centres/:centreId/rosters/:rosterId/shifts')
  .get('/new', centreRosterAdmin, (context) => showNewShift(context))
  .post('', centreRosterAdmin, (context) => save(context, true))
  .get('/:shiftId', centreRosterAdmin, (context) => showShift(context))
  .post('/:shiftId', centreRosterAdmin, (context) => save(context, false))
  .post('/:shiftId/deletion', centreRosterAdmin, remove)
  .post('/:shiftId/move', centreRosterAdmin, move)
  .post('/:shiftId/swap', centreRosterAdmin, swap);
