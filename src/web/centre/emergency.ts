import { z } from 'zod';
import { firstOpenHalfHour } from '../../domain/admittance.ts';
import { formatTime, HALF_HOURS } from '../../domain/slots.ts';
import { listBookings } from '../../data/bookings.ts';
import { findCentre } from '../../data/centres.ts';
import { listGroups } from '../../data/groups.ts';
import { closeNow } from '../../use-cases/closures.ts';
import { centreAdmin } from '../access.ts';
import { attempt } from '../attempt.ts';
import type { Context } from '../context.ts';
import { statusOf } from '../errors.ts';
import { parseForm, typed, type FieldError } from '../form.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { dateField, nameField, optionalId, timeField } from '../shapes.ts';
import { wholeCentre } from './closures.ts';
import { centreName } from '../names.ts';
import { settingsErrors } from './settings-errors.ts';
import { timeOptions } from '../times.ts';

interface Problem {
  readonly errors: readonly FieldError[];
  readonly status?: number;
}

/** Closing at once: from when, what, why, and one yes. */
async function showEmergency(context: Context, problem?: Problem): Promise<void> {
  const { t, today, now } = context;
  const centreId = context.id('centreId');
  const { centre, groups, bookings } = await context.database.read(async (tx) => ({
    centre: (await findCentre(tx, centreId))!,
    groups: await listGroups(tx, centreId),
    bookings: await listBookings(tx, { centreId, from: today, to: today, occupying: true }),
  }));
  const current = firstOpenHalfHour(today, now);
  const here = bookings.filter((booking) => booking.arrivedAt !== null && booking.departedAt === null).length;
  const coming = bookings.filter((booking) => booking.state === 'booked' && booking.to > current).length;
  page(
    context.res,
    'centre/emergency',
    {
      title: t('emergency.title'),
      centre: centreName(centre, t.language),
      back: paths.centreClosures(centreId),
      action: paths.centreEmergency(centreId),
      concerned: t('emergency.concerned', {
        here: t('count.children', { n: here }),
        coming: t('count.children', { n: coming }),
      }),
      groups: [
        wholeCentre(t),
        ...groups
          .filter((group) => group.startsOn <= today && (group.endsOn === null || group.endsOn >= today))
          .map((group) => ({ value: String(group.id), text: group.name })),
      ],
      times: timeOptions(Math.min(current, HALF_HOURS - 1), HALF_HOURS - 1),
      now: formatTime(Math.min(current, HALF_HOURS - 1)),
      today,
      values: problem ? typed(context.req.body) : {},
      errors: problem?.errors,
    },
    {
      width: 'narrow',
      address: paths.centreEmergency(centreId),
      ...(problem?.status !== undefined && { status: problem.status }),
    },
  );
}

const emergencyShape = z.strictObject({
  groupId: optionalId(),
  from: timeField(),
  endsOn: dateField(),
  reason: nameField(),
  sure: z.literal('yes', { error: 'emergency.sure_needed' }),
});

async function close(context: Context): Promise<void> {
  const centreId = context.id('centreId');
  const form = parseForm(emergencyShape, context.req.body);
  if (form.errors) return await showEmergency(context, form);
  const { groupId, from, endsOn, reason } = form.values;
  const wish = { centreId, groupId, fromHalfHour: from, endsOn, reason };
  const { refused, answer } = await attempt(context.perform(closeNow, wish));
  if (refused) {
    const errors = settingsErrors(refused).map((error) =>
      error.field === 'fromHalfHour' ? { ...error, field: 'from' } : error,
    );
    return await showEmergency(context, { errors, status: statusOf(refused.reason) });
  }
  const { cancelled, shortened, told } = answer;
  context.done(paths.centreDay(centreId, context.today), {
    tone: 'warn',
    key: 'emergency.done',
    params: { from: formatTime(answer.fromHalfHour), cancelled, shortened, told },
  });
}

export const emergency = routes('/centres/:centreId/closures/emergency')
  .get('', centreAdmin, (context) => showEmergency(context))
  .post('', centreAdmin, close);
