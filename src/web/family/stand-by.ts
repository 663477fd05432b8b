import { z } from 'zod';
import { addDays, type PlainDate } from '../../domain/calendar.ts';
import { clockTime, formatMinute } from '../../domain/rescue.ts';
import { refuse, type Refusal } from '../../domain/refusal.ts';
import { formatSlot, formatTime, MINUTES_PER_HALF_HOUR, parseTime } from '../../domain/slots.ts';
import { listBookings } from '../../data/bookings.ts';
import { findCentre } from '../../data/centres.ts';
import { findChild } from '../../data/children.ts';
import type { Reading } from '../../data/database.ts';
import { findGroup } from '../../data/groups.ts';
import { listRescuesAsked } from '../../data/rescues.ts';
import { listStandBysOfChild } from '../../data/stand-bys.ts';
import { listChoices, listEntriesOf } from '../../data/waiting-list.ts';
import { endStandBy, standBy as standByDay } from '../../use-cases/stand-bys.ts';
import { guardianWhoBooks } from '../access.ts';
import { attempt } from '../attempt.ts';
import { refusedErrors } from '../booking-errors.ts';
import type { Context } from '../context.ts';
import { dateOf } from '../dates.ts';
import { statusOf } from '../errors.ts';
import { parseForm, type FieldError, type Typed } from '../form.ts';
import { centreName } from '../names.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { standByOfFamily } from '../access/rescue.ts';
import { routes } from '../route.ts';
import { dateField, idField, optional, timeField } from '../shapes.ts';
import { spanOf, timeOptions } from '../times.ts';
import { dayWords } from './stay-line.ts';

const NEAR_DAYS = 90;
/** Nobody decides about the same day before five in the morning. */
const FIRST_TAKE = 10;
const LAST_TAKE = 26;
const FIELDS = ['groupId', 'date', 'from', 'to', 'takeUntil'];

interface Problem {
  readonly errors: readonly FieldError[];
  readonly input?: Typed;
  readonly status?: number;
  /** A day on which there is room: booking it is better. */
  readonly free?: { readonly groupId: number; readonly date: PlainDate };
}

/** Groups that the child goes to or waits for, and the one that was asked about. */
async function listKnownGroups(tx: Reading, childId: number, asked: number | undefined, today: PlainDate) {
  const near = { from: addDays(today, -NEAR_DAYS), to: addDays(today, NEAR_DAYS) };
  const ids = new Set((await listBookings(tx, { childIds: [childId], ...near })).map((each) => each.groupId));
  for (const entry of await listEntriesOf(tx, [childId])) {
    if (entry.endedAt !== null) continue;
    for (const choice of await listChoices(tx, entry.id)) ids.add(choice.groupId);
  }
  if (asked !== undefined) ids.add(asked);
  const known = [];
  for (const id of ids) {
    const group = await findGroup(tx, id);
    const centre = group && (await findCentre(tx, group.centreId));
    if (group && centre && (group.endsOn === null || group.endsOn >= today)) known.push({ group, centre });
  }
  return known;
}

async function show(context: Context, problem?: Problem): Promise<void> {
  const { t, language, today, now, actor } = context;
  const childId = context.id('childId');
  const wanted = /^[1-9]\d{0,8}$/.test(context.query('group')) ? Number(context.query('group')) : undefined;
  const { child, known, waiting, asked } = await context.database.read(async (tx) => ({
    child: (await findChild(tx, actor, childId, today)) ?? refuse('missing'),
    known: await listKnownGroups(tx, childId, wanted, today),
    waiting: await listStandBysOfChild(tx, childId, today),
    asked: await listRescuesAsked(tx, [childId], now),
  }));
  const span = spanOf(known.map(({ centre }) => centre.hours));
  const nearest = dateOf(context.query('date')) ?? addDays(today, 1);
  page(
    context.res,
    'family/stand-by',
    {
      title: t('standby.title'),
      child: child.name,
      back: paths.child(childId),
      asked: asked.map((each) => ({
        day: dayWords(each.date, today, t),
        until: t('rescue.until', { time: clockTime(each.closesAt) }),
        href: paths.rescue(each.id),
      })),
      lines: waiting.map((each) => ({
        day: dayWords(each.date, today, t),
        time: formatSlot(each),
        place: `${centreName(each, language)} · ${each.group}`,
        take:
          each.takeUntilMinute === null
            ? t('standby.asked')
            : t('standby.taken_until', { time: formatMinute(each.takeUntilMinute) }),
        end: paths.standByEnd(childId, each.id),
      })),
      find: paths.childGroups(childId),
      action: paths.standBy(childId, { group: wanted }),
      groups: known.map(({ group, centre }) => ({
        value: String(group.id),
        text: `${centreName(centre, language)} · ${group.name}`,
      })),
      times: timeOptions(span.from, span.to),
      takeTimes: [
        { value: '', text: t('standby.ask_me') },
        ...timeOptions(FIRST_TAKE, LAST_TAKE).map(({ value }) => ({
          value,
          text: t('standby.take_by', { time: value }),
        })),
      ],
      today,
      free: problem?.free && paths.newBooking(childId, problem.free.groupId, problem.free.date, 'once'),
      values: {
        groupId: String(wanted ?? (known.length === 1 ? known[0]!.group.id : '')),
        date: nearest,
        from: formatTime(span.from),
        to: formatTime(Math.min(span.to, span.from + 18)),
        takeUntil: '',
        ...problem?.input,
      },
      errors: problem?.errors,
    },
    {
      width: 'narrow',
      address: paths.standBy(childId, { group: wanted }),
      ...(problem?.status !== undefined && { status: problem.status }),
    },
  );
}

const shape = z.strictObject({
  groupId: idField(),
  date: dateField(),
  from: timeField(),
  to: timeField(),
  takeUntil: optional(parseTime, 'form.invalid_time'),
});

function errorsOf(refusal: Refusal): FieldError[] {
  const [named] = refusal.details.errors ?? [];
  if (named?.detail === 'free') return [{ field: 'date', key: 'standby.free' }];
  if (named?.field === 'takeUntil') return [{ field: 'takeUntil', key: 'standby.take_late' }];
  if (refusal.reason === 'already_waiting') return [{ field: 'date', key: 'standby.twice' }];
  return refusedErrors(refusal, FIELDS);
}

async function add(context: Context): Promise<void> {
  const childId = context.id('childId');
  const form = parseForm(shape, context.req.body);
  if (form.errors) return await show(context, form);
  const { groupId, date, from, to, takeUntil } = form.values;
  const takeUntilMinute = takeUntil === null ? null : takeUntil * MINUTES_PER_HALF_HOUR;
  const wish = { childId, groupId, date, slot: { from, to }, takeUntilMinute };
  const { refused } = await attempt(context.perform(standByDay, wish));
  if (!refused) return context.done(paths.standBy(childId), { key: 'standby.done' });
  const errors = errorsOf(refused);
  const free = errors[0]?.key === 'standby.free' ? { free: { groupId, date } } : {};
  return await show(context, { errors, input: form.input, status: statusOf(refused.reason), ...free });
}

async function end(context: Context): Promise<void> {
  await context.perform(endStandBy, { standById: context.id('standById') });
  return context.done(paths.standBy(context.id('childId')), { key: 'standby.ended' });
}

export const standBy = routes('/children/:childId/stand-by')
  .get('', guardianWhoBooks, (context) => show(context))
  .post('', guardianWhoBooks, add)
  .post('/:standById/end', standByOfFamily, end);
