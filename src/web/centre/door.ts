import { z } from 'zod';
import { addDays, instantAt } from '../../domain/calendar.ts';
import { doorState, mayUndo, UNDO_MINUTES, type DoorState } from '../../domain/clocking.ts';
import { alphabetical } from '../../domain/names.ts';
import { administers } from '../../domain/people.ts';
import { Refusal } from '../../domain/refusal.ts';
import { formatSlot } from '../../domain/slots.ts';
import { findCentre } from '../../data/centres.ts';
import { listClockings, type StoredClocking } from '../../data/clockings.ts';
import { listStandingTimes } from '../../data/standing-shifts.ts';
import { leaveHolds, listLeaveOf, listStaff, type Staff } from '../../data/staff.ts';
import type { Key, T } from '../../i18n/translate.ts';
import { recordClocking, undoClocking } from '../../use-cases/clockings.ts';
import { centreStaff } from '../access.ts';
import { attempt } from '../attempt.ts';
import type { Context } from '../context.ts';
import { dayTitle } from '../dates.ts';
import { statusOf } from '../errors.ts';
import { clockTime } from '../figures.ts';
import { parseForm } from '../form.ts';
import { centreName } from '../names.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { idField } from '../shapes.ts';
import { clockingError } from './clocking-words.ts';

const TONES: Readonly<Record<DoorState, string>> = {
  present: 'good',
  left: 'off',
  expected: 'info',
  late: 'warn',
  missing: 'warn',
  away: 'off',
  off: 'off',
};

/** Everybody who works at the centre today, with what the door knows of them. */
function readDoor({ database, now, today, language }: Context, centreId: number) {
  return database.read(async (tx) => {
    const day = { from: today, to: today };
    const staff = await listStaff(tx, centreId, day);
    const ids = staff.map((each) => each.id);
    // Somebody may have come yesterday evening and still be here.
    const span = { from: instantAt(addDays(today, -1), 0), to: instantAt(addDays(today, 1), 0) };
    const clockings = Map.groupBy(await listClockings(tx, ids, span), (each) => each.staffId);
    const shifts = Map.groupBy(await listStandingTimes(tx, { centreId, ...day }), (each) => each.staffId);
    const away = new Set((await listLeaveOf(tx, ids, day)).filter(leaveHolds).map((each) => each.staffId));
    const people = staff.toSorted(alphabetical(language)).map((row) => {
      const own = clockings.get(row.id) ?? [];
      const planned = shifts.get(row.id) ?? [];
      const state = doorState({ shifts: planned, clockings: own, away: away.has(row.id) }, now);
      return { row, shifts: planned, state, clockings: own };
    });
    return { centre: (await findCentre(tx, centreId))!, people };
  });
}

type Person = Awaited<ReturnType<typeof readDoor>>['people'][number];

const timesOf = (clockings: readonly StoredClocking[], t: T): string =>
  clockings.map(({ direction, at }) => t(`door.${direction}_at`, { time: clockTime(at) })).join(' · ');

function personWords({ row, shifts, state, clockings }: Person, { t, now, today }: Context) {
  const last = clockings.at(-1);
  const direction = state === 'present' ? 'out' : 'in';
  return {
    id: String(row.id),
    name: row.name,
    post: t(`post.${row.post}`),
    plan: shifts.map((shift) => formatSlot(shift)).join(', '),
    state: t(`door.state_${state}`),
    tone: TONES[state],
    times: timesOf(
      clockings.filter(({ at }) => state === 'present' || at >= instantAt(today, 0)),
      t,
    ),
    direction,
    button: t(`door.${direction}`),
    /** Marked as the thing to do only for whoever is still to come. */
    go: direction === 'in' && state !== 'left' && shifts.length > 0,
    undo:
      last && last.note === null && mayUndo(last.recordedAt, now)
        ? { id: String(last.id), text: t(`door.undo_${last.direction}`, { time: clockTime(last.at) }) }
        : undefined,
  };
}

async function showDoor(context: Context, refused?: Refusal): Promise<void> {
  const { t, today, actor } = context;
  const centreId = context.id('centreId');
  const { centre, people } = await readDoor(context, centreId);
  const starts = ({ shifts }: Person) => shifts[0]?.from ?? 48;
  const expected = people.filter(({ state }) => state !== 'off' && state !== 'away');
  const count = (...states: DoorState[]) => expected.filter(({ state }) => states.includes(state)).length;
  page(
    context.res,
    'centre/door',
    {
      title: t('door.title'),
      date: dayTitle(today, t.language, today),
      centre: centreName(centre, t.language),
      timesheet: administers(actor, centreId) ? paths.timesheet(centreId, today) : '',
      record: paths.doorClockings(centreId),
      withdraw: paths.doorUndo(centreId),
      undoHint: t('door.undo_hint', { n: UNDO_MINUTES }),
      facts: [
        { term: t('door.here'), value: count('present') },
        { term: t('door.still_to_come'), value: count('expected', 'late', 'missing') },
        { term: t('door.gone'), value: count('left') },
      ],
      people: expected
        .toSorted((a, b) => starts(a) - starts(b))
        .map((person) => personWords(person, context)),
      others: people
        .filter((person) => !expected.includes(person))
        .map((person) => personWords(person, context)),
      errors: refused ? [clockingError(refused, '')] : undefined,
    },
    { address: paths.door(centreId), ...(refused && { status: statusOf(refused.reason) }) },
  );
}

/** A form that no button of this page sends. */
const NOTHING_CHOSEN = new Refusal('invalid');

const clocking = z.strictObject({
  staffId: idField(),
  direction: z.enum(['in', 'out'], { error: 'form.choose_one' }),
});
const withdrawal = z.strictObject({ staffId: idField(), clockingId: idField() });

/** Back to the row that was tapped, or the board with what stands in the way. */
async function answer(
  context: Context,
  staffId: Staff['id'],
  write: Promise<unknown>,
  said: Key,
): Promise<void> {
  const { refused } = await attempt(write);
  if (refused) return await showDoor(context, refused);
  const path = paths.door(context.id('centreId'));
  context.done(`${path}#staff-${staffId}`, { key: said, params: { time: clockTime(context.now) } });
}

async function record(context: Context): Promise<void> {
  const { values } = parseForm(clocking, context.req.body);
  if (!values) return await showDoor(context, NOTHING_CHOSEN);
  const said = values.direction === 'in' ? 'door.came' : 'door.went';
  await answer(context, values.staffId, context.perform(recordClocking, values), said);
}

async function undo(context: Context): Promise<void> {
  const { values } = parseForm(withdrawal, context.req.body);
  if (!values) return await showDoor(context, NOTHING_CHOSEN);
  await answer(context, values.staffId, context.perform(undoClocking, values), 'door.undone');
}

/** Who comes and goes, on a tablet at the reception. */
export const door = routes('/centres/:centreId/door')
  .get('', centreStaff, (context) => showDoor(context))
  .post('/clockings', centreStaff, record)
  .post('/clockings/withdrawal', centreStaff, undo);
