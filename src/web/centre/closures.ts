import { z } from 'zod';
import { formatDate } from '../../domain/calendar-words.ts';
import type { PlainDate } from '../../domain/calendar.ts';
import { refuse, type Refusal } from '../../domain/refusal.ts';
import { formatTime } from '../../domain/slots.ts';
import { findCentre } from '../../data/centres.ts';
import { listGroups } from '../../data/groups.ts';
import { findClosure, listClosures, type Closure } from '../../data/settings.ts';
import type { T } from '../../i18n/translate.ts';
import { liftClosure, planClosure } from '../../use-cases/closures.ts';
import { centreAdmin } from '../access.ts';
import { attempt } from '../attempt.ts';
import type { Context } from '../context.ts';
import { formatPeriod } from '../dates.ts';
import { statusOf } from '../errors.ts';
import { parseForm, typed, type FieldError } from '../form.ts';
import { confirmationOf, confirmShape, showInTheWay } from './in-the-way.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { dateField, nameField, optionalId } from '../shapes.ts';
import { centreName } from '../names.ts';
import { settingsErrors } from './settings-errors.ts';

interface Problem {
  readonly errors: readonly FieldError[];
  readonly status?: number;
  readonly same?: string;
}

export const wholeCentre = (t: T) => ({ value: '', text: t('closure.whole_centre') });

function rowOf(
  closure: Closure,
  groups: ReadonlyMap<number, string>,
  centreId: number,
  today: PlainDate,
  t: T,
) {
  const what = closure.groupId === null ? t('closure.whole_centre') : (groups.get(closure.groupId) ?? '');
  return {
    period: formatPeriod(closure.startsOn, closure.endsOn),
    from:
      closure.fromHalfHour === null ? '' : t('closure.from_time', { time: formatTime(closure.fromHalfHour) }),
    what,
    reason: closure.reason,
    emergency: closure.kind === 'emergency',
    running: closure.startsOn <= today,
    lift: paths.centreClosureLift(centreId, closure.id),
  };
}

/** The closures that are not over, with the form of another. */
async function showClosures(context: Context, problem?: Problem): Promise<void> {
  const { t, today } = context;
  const centreId = context.id('centreId');
  const { centre, groups, closures } = await context.database.read(async (tx) => ({
    centre: (await findCentre(tx, centreId))!,
    groups: await listGroups(tx, centreId),
    closures: await listClosures(tx, { centreId, from: today }),
  }));
  const names = new Map(groups.map((group) => [group.id, group.name]));
  page(
    context.res,
    'centre/closures',
    {
      title: t('nav.closures'),
      centre: centreName(centre, t.language),
      emergencyHref: paths.centreEmergency(centreId),
      closures: closures.map((closure) => rowOf(closure, names, centreId, today, t)),
      action: paths.centreClosures(centreId),
      groups: [
        wholeCentre(t),
        ...groups
          .filter((group) => group.endsOn === null || group.endsOn >= today)
          .map((group) => ({ value: String(group.id), text: group.name })),
      ],
      today,
      same: problem?.same ?? '',
      values: problem ? typed(context.req.body) : {},
      errors: problem?.errors,
    },
    {
      address: paths.centreClosures(centreId),
      ...(problem?.status !== undefined && { status: problem.status }),
    },
  );
}

/** Somebody has just planned the same: said with what stands already. */
function problemOf(refusal: Refusal, t: T): Problem {
  const status = statusOf(refusal.reason);
  if (refusal.reason !== 'stale') return { errors: settingsErrors(refusal), status };
  const { startsOn, endsOn, reason } = refusal.details['current'] as Closure;
  const same = t('closure.same', { period: formatPeriod(startsOn, endsOn), reason });
  return { errors: [{ field: '', key: 'closure.same_error' }], status, same };
}

const plan = z.strictObject({
  groupId: optionalId(),
  startsOn: dateField(),
  endsOn: dateField(),
  reason: nameField(),
  ...confirmShape,
});

async function planned(context: Context): Promise<void> {
  const { t } = context;
  const centreId = context.id('centreId');
  const form = parseForm(plan, context.req.body);
  if (form.errors) return await showClosures(context, form);
  const { groupId, startsOn, endsOn, reason } = form.values;
  const wish = { centreId, groupId, startsOn, endsOn, reason, ...confirmationOf(form.values) };
  const { refused, answer } = await attempt(context.perform(planClosure, wish));
  const back = paths.centreClosures(centreId);
  if (refused?.reason === 'in_the_way') {
    const title = t('in_the_way.closure', { period: formatPeriod(startsOn, endsOn) });
    return showInTheWay(context, refused, { title, action: back, back });
  }
  if (refused) return await showClosures(context, problemOf(refused, t));
  context.done(
    back,
    answer.cancelled === 0
      ? { key: 'closure.done' }
      : { key: 'closure.done_cancelled', params: { n: answer.cancelled, told: answer.told } },
  );
}

async function lift(context: Context): Promise<void> {
  const centreId = context.id('centreId');
  const closureId = context.id('closureId');
  const closure = await context.database.read((tx) => findClosure(tx, closureId));
  if (closure?.centreId !== centreId) refuse('missing');
  const { refused, answer } = await attempt(context.perform(liftClosure, { closureId }));
  if (refused)
    return await showClosures(context, { errors: settingsErrors(refused), status: statusOf(refused.reason) });
  const from = formatDate(closure.startsOn);
  context.done(paths.centreClosures(centreId), {
    key: 'closure.lifted',
    params: { from, told: answer.told },
  });
}

export const closures = routes('/centres/:centreId/closures')
  .get('', centreAdmin, (context) => showClosures(context))
  .post('', centreAdmin, planned)
  .post('/:closureId/lift', centreAdmin, lift);
