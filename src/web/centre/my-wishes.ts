import { z } from 'zod';
import { addDays } from '../../domain/calendar.ts';
import { wishOn } from '../../domain/day-wish.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { formatSlot, parseTime } from '../../domain/slots.ts';
import { findCentre } from '../../data/centres.ts';
import { listDayWishes } from '../../data/day-wishes.ts';
import { listRosterDays } from '../../data/standing-shifts.ts';
import { listContractsOf, listStaffById } from '../../data/staff.ts';
import { changeWeeklyWishes, dropDayWish, MOST_WISH_DAYS, wishForDay } from '../../use-cases/day-wishes.ts';
import { attempt } from '../attempt.ts';
import type { Context } from '../context.ts';
import { statusOf } from '../errors.ts';
import { parseForm, typed, type FieldError, type Typed } from '../form.ts';
import { centreName } from '../names.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { dateField, idField, numberField, optional } from '../shapes.ts';
import { timeOptions } from '../times.ts';
import { centrePerson } from './my-shifts.ts';
import { dayWords } from './roster-words.ts';
import { readWeekly, weeklyForm, weeklyShape } from './weekly-hours.ts';

interface Problem {
  readonly errors: readonly FieldError[];
  readonly status?: number;
  /** What was typed, for the form that it was typed in. */
  readonly weekly?: Typed;
  readonly day?: Typed;
}

const EARLIEST = 12;
const LATEST = 44;

/** A person's contracts with their wishes, and which days ahead are published there already. */
async function readWishes({ database, actor, today }: Context) {
  const span = { from: today, to: addDays(today, MOST_WISH_DAYS) };
  return await database.read(async (tx) => {
    const ids = (await listContractsOf(tx, [actor.personId])).map((each) => each.id);
    const staff = await listStaffById(tx, ids);
    const contracts = [];
    for (const each of staff)
      contracts.push({
        staff: each,
        centre: await findCentre(tx, each.centreId),
        wishes: await listDayWishes(tx, [each.id], span),
        published: await listRosterDays(tx, { centreId: each.centreId, ...span }),
      });
    return contracts;
  });
}

async function showMyWishes(context: Context, problem?: Problem): Promise<void> {
  const { t, today } = context;
  const contracts = await readWishes(context);
  const sent = problem?.weekly ?? problem?.day;
  const asked = String(sent?.['staffId'] ?? context.query('contract'));
  const shown = contracts.find(({ staff }) => String(staff.id) === asked) ?? contracts[0];
  page(
    context.res,
    'centre/my-wishes',
    {
      title: t('wish.title'),
      back: paths.myShifts(),
      tabs:
        contracts.length < 2
          ? []
          : contracts.map(({ staff, centre }) => ({
              href: paths.myWishes({ contract: staff.id }),
              text: centre ? centreName(centre, t.language) : '–',
              current: staff === shown?.staff,
            })),
      linked: shown !== undefined,
      staffId: String(shown?.staff.id ?? ''),
      version: String(shown?.staff.version ?? ''),
      week: weeklyForm(
        'preferences',
        t('wish.weekly'),
        t('wish.weekly_hint'),
        shown?.staff.preferences ?? {},
        problem?.weekly ?? {},
        t,
      ),
      wishes: (shown?.wishes ?? []).map((wish) => {
        const { hours } = wishOn(wish.date, wish, null)!;
        return {
          date: wish.date,
          day: dayWords(wish.date, t.language),
          text: hours === null ? t('wish.free') : formatSlot(hours),
          published: shown!.published.has(wish.date),
        };
      }),
      least: today,
      times: [{ value: '', text: '–' }, ...timeOptions(EARLIEST, LATEST)],
      weekly: paths.myWishes(),
      days: paths.myDayWishes(),
      removal: paths.myDayWishRemoval(),
      values: problem?.day ?? {},
      errors: problem?.errors,
    },
    {
      width: 'narrow',
      address: paths.myWishes(shown && contracts.length > 1 ? { contract: shown.staff.id } : {}),
      ...(problem?.status !== undefined && { status: problem.status }),
    },
  );
}

const weeklyFields = z.strictObject({
  staffId: idField(),
  version: numberField(),
  ...weeklyShape('preferences'),
});

async function saveWeekly(context: Context): Promise<void> {
  const weekly = typed(context.req.body);
  const form = parseForm(weeklyFields, context.req.body);
  if (form.errors) return await showMyWishes(context, { errors: form.errors, weekly });
  const { staffId, version, ...rest } = form.values;
  const fields = rest as Readonly<Partial<Record<string, string>>>;
  const { hours, errors } = readWeekly('preferences', fields);
  if (errors.length > 0) return await showMyWishes(context, { errors, weekly });
  const { refused } = await attempt(context.perform(changeWeeklyWishes, { staffId, version, hours }));
  if (refused) {
    const error: FieldError = { field: '', key: `refusal.${refused.reason}` };
    return await showMyWishes(context, { errors: [error], status: statusOf(refused.reason), weekly });
  }
  context.done(paths.myWishes(), { key: 'wish.saved' });
}

const time = () => optional(parseTime, 'form.invalid_time');
const dayShape = z.strictObject({
  staffId: idField(),
  date: dateField(),
  what: z.enum(['free', 'hours'], { error: 'form.choose_one' }),
  from: time(),
  to: time(),
});

function dayErrors({ reason }: Refusal): FieldError[] {
  if (reason === 'invalid') return [{ field: 'to', key: 'hours.order' }];
  if (reason === 'past') return [{ field: 'date', key: 'wish.past' }];
  if (reason === 'too_wide') return [{ field: 'date', key: 'wish.too_far' }];
  if (reason === 'locked') return [{ field: 'date', key: 'wish.is_published' }];
  return [{ field: '', key: `refusal.${reason}` }];
}

async function saveDay(context: Context): Promise<void> {
  const day = typed(context.req.body);
  const form = parseForm(dayShape, context.req.body);
  if (form.errors) return await showMyWishes(context, { errors: form.errors, day });
  const { staffId, date, what, from, to } = form.values;
  if (what === 'hours' && (from === null || to === null)) {
    const field = from === null ? 'from' : 'to';
    return await showMyWishes(context, { errors: [{ field, key: 'hours.both' }], day });
  }
  const hours = what === 'hours' && from !== null && to !== null ? { from, to } : null;
  const { refused } = await attempt(context.perform(wishForDay, { staffId, date, hours }));
  if (refused)
    return await showMyWishes(context, { errors: dayErrors(refused), status: statusOf(refused.reason), day });
  context.done(paths.myWishes(), { key: 'wish.saved' });
}

const removalShape = z.strictObject({ staffId: idField(), date: dateField() });

async function removeDay(context: Context): Promise<void> {
  const form = parseForm(removalShape, context.req.body);
  if (form.errors) return await showMyWishes(context, { errors: [{ field: '', key: 'form.invalid' }] });
  const { refused } = await attempt(context.perform(dropDayWish, form.values));
  if (refused) {
    const errors = dayErrors(refused).map((error) => ({ ...error, field: '' }));
    return await showMyWishes(context, { errors, status: statusOf(refused.reason) });
  }
  context.done(paths.myWishes(), { key: 'wish.removed' });
}

/** What somebody wishes of their own rosters: every week, and of single days. */
export const myWishes = routes('/shifts/wishes')
  .get('', centrePerson, (context) => showMyWishes(context))
  .post('', centrePerson, saveWeekly)
  .post('/days', centrePerson, saveDay)
  .post('/days/removal', centrePerson, removeDay);
