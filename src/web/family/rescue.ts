import { z } from 'zod';
import { longDate } from '../../domain/calendar-words.ts';
import { clockTime } from '../../domain/rescue.ts';
import { refuse } from '../../domain/refusal.ts';
import { formatSlot } from '../../domain/slots.ts';
import { findBooking } from '../../data/bookings.ts';
import { findCentre } from '../../data/centres.ts';
import { mayBookFor } from '../../data/children.ts';
import { findRescue, listRescueAnswers } from '../../data/rescues.ts';
import { listStandingById } from '../../data/stand-bys.ts';
import { stayOf } from '../../use-cases/rescue-eligibility.ts';
import { answerRescue } from '../../use-cases/rescues.ts';
import { attempt } from '../attempt.ts';
import type { Context } from '../context.ts';
import { statusOf } from '../errors.ts';
import { parseForm, type FieldError } from '../form.ts';
import { centreAddress, centreName } from '../names.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { rescueAsked } from '../access/rescue.ts';
import { routes } from '../route.ts';
import { idField } from '../shapes.ts';

interface Problem {
  readonly errors: readonly FieldError[];
  readonly status?: number;
}

/** One's own children among those who are asked, with what they said and what they could get. */
async function read(context: Context) {
  const { actor, today } = context;
  return await context.database.read(async (tx) => {
    const rescue = (await findRescue(tx, context.id('rescueId'))) ?? refuse('missing');
    const centre = (await findCentre(tx, rescue.centreId)) ?? refuse('missing');
    const answers = await listRescueAnswers(tx, [rescue.id]);
    const stands = await listStandingById(
      tx,
      answers.map((each) => each.standById),
    );
    const winner = rescue.bookingId === null ? undefined : await findBooking(tx, rescue.bookingId);
    const own = [];
    for (const stand of stands) {
      if (!(await mayBookFor(tx, actor, stand.childId, today))) continue;
      const { answer: said } = answers.find((each) => each.standById === stand.id)!;
      const won = winner?.childId === stand.childId ? winner : undefined;
      own.push({ stand, said, won, slot: won ?? (await stayOf(tx, stand, rescue.closesAt)) ?? stand });
    }
    return { rescue, centre, own };
  });
}

async function show(context: Context, problem?: Problem): Promise<void> {
  const { t, language, now } = context;
  const { rescue, centre, own } = await read(context);
  const open = rescue.closedAt === null && now < rescue.closesAt;
  page(
    context.res,
    'family/rescue',
    {
      title: t(open ? 'rescue.title' : 'rescue.title_over'),
      day: longDate(rescue.date, language),
      facts: [
        { term: t('find.where'), value: `${centreName(centre, language)} · ${rescue.groupName}` },
        { term: t('booking.address'), value: centreAddress(centre, language) },
      ],
      open,
      deciding: !open && rescue.closedAt === null,
      until: t('rescue.until', { time: clockTime(rescue.closesAt) }),
      action: paths.rescueAnswer(rescue.id),
      children: own.map(({ stand, said, won, slot }) => ({
        name: stand.child.name,
        hours: formatSlot(slot),
        standById: stand.id,
        said: said === null ? '' : t(`rescue.said.${said}`),
        ended: stand.endedAt !== null && !won,
        booking: won ? paths.booking(won.id) : '',
        standBy: paths.standBy(stand.childId),
      })),
      errors: problem?.errors,
    },
    {
      width: 'narrow',
      address: paths.rescue(rescue.id),
      ...(problem?.status !== undefined && { status: problem.status }),
    },
  );
}

const shape = z.strictObject({ standById: idField(), answer: z.enum(['yes', 'no']) });

async function reply(context: Context): Promise<void> {
  const rescueId = context.id('rescueId');
  const form = parseForm(shape, context.req.body);
  if (form.errors)
    return await show(context, { errors: form.errors.map((error) => ({ ...error, field: '' })) });
  const { refused } = await attempt(context.perform(answerRescue, { rescueId, ...form.values }));
  if (!refused) return context.done(paths.rescue(rescueId), { key: `rescue.noted.${form.values.answer}` });
  const key = refused.reason === 'not_waiting' ? 'rescue.not_standing' : 'rescue.too_late';
  return await show(context, { errors: [{ field: '', key }], status: statusOf(refused.reason) });
}

/** The page that the question leads to: one tap opens it, one answers. */
export const rescue = routes('/rescues/:rescueId')
  .get('', rescueAsked, (context) => show(context))
  .post('/answer', rescueAsked, reply);
