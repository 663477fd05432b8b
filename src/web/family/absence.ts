import { z } from 'zod';
import { FAMILY_ABSENCES, reportAbsence } from '../../use-cases/absences.ts';
import { bookingOfFamilyChanged } from '../access.ts';
import { attempt } from '../attempt.ts';
import type { Context } from '../context.ts';
import { statusOf } from '../errors.ts';
import { parseForm, type FieldError } from '../form.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { showBooking } from './booking.ts';
import { bookingWords, readBooking, standing } from './family-booking.ts';
import { refusedErrors } from '../booking-errors.ts';

interface Problem {
  readonly errors: readonly FieldError[];
  readonly status?: number;
}

/** One question, one tap: the reason is the button. */
async function show(context: Context, problem?: Problem): Promise<void> {
  const { t } = context;
  const seen = await readBooking(context);
  const { booking } = seen;
  if (!standing(booking, context)) return showBooking(context, seen, problem);
  return page(
    context.res,
    'family/absence',
    {
      title: t('absence.title'),
      what: bookingWords(seen),
      back: paths.booking(booking.id),
      action: paths.absence(booking.id),
      kinds: FAMILY_ABSENCES.map((kind) => ({ value: kind, text: t(`absence.${kind}`) })),
      errors: problem?.errors,
    },
    {
      width: 'narrow',
      address: paths.absence(booking.id),
      ...(problem?.status !== undefined && { status: problem.status }),
    },
  );
}

const shape = z.strictObject({ kind: z.enum(['illness', 'family', 'medical']) });

async function report(context: Context): Promise<void> {
  const form = parseForm(shape, context.req.body);
  if (form.errors)
    return await show(context, { errors: form.errors.map((error) => ({ ...error, field: '' })) });
  const { refused } = await attempt(
    context.perform(reportAbsence, { bookingId: context.id('bookingId'), ...form.values }),
  );
  if (refused)
    return await show(context, { errors: refusedErrors(refused, []), status: statusOf(refused.reason) });
  return context.done(paths.children(), { key: 'absence.done' });
}

export const absence = routes('/bookings/:bookingId/absence')
  .get('', bookingOfFamilyChanged, (context) => show(context))
  .post('', bookingOfFamilyChanged, report);
