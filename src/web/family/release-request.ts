import { z } from 'zod';
import { weekdayName } from '../../domain/calendar-words.ts';
import { WEEKDAYS } from '../../domain/calendar.ts';
import { refuse } from '../../domain/refusal.ts';
import { formatSlot } from '../../domain/slots.ts';
import { findCentre } from '../../data/centres.ts';
import { listChildrenById } from '../../data/children.ts';
import { findGroup } from '../../data/groups.ts';
import { findReleaseRequest } from '../../data/unused-hours.ts';
import { answerRelease } from '../../use-cases/unused-hours.ts';
import { attempt } from '../attempt.ts';
import type { Context } from '../context.ts';
import { statusOf } from '../errors.ts';
import { parseForm, type FieldError } from '../form.ts';
import { centreName } from '../names.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { releaseAsked } from '../access/rescue.ts';
import { routes } from '../route.ts';

interface Problem {
  readonly errors: readonly FieldError[];
  readonly status?: number;
}

async function show(context: Context, problem?: Problem): Promise<void> {
  const { t, language } = context;
  const { request, child, group, centre } = await context.database.read(async (tx) => {
    const asked = (await findReleaseRequest(tx, context.id('requestId'))) ?? refuse('missing');
    const careGroup = (await findGroup(tx, asked.groupId)) ?? refuse('missing');
    return {
      request: asked,
      child: (await listChildrenById(tx, [asked.childId]))[0] ?? refuse('missing'),
      group: careGroup,
      centre: (await findCentre(tx, careGroup.centreId)) ?? refuse('missing'),
    };
  });
  const weekday = WEEKDAYS.find((each) => each === request.weekday);
  const slot = { from: request.fromHalfHour, to: request.toHalfHour };
  page(
    context.res,
    'family/release-request',
    {
      title: t('release.title'),
      child: child.name,
      back: paths.child(child.id),
      facts: [
        { term: t('release.day'), value: weekday ? weekdayName(weekday, language, 'long') : '' },
        { term: t('waiting.hours'), value: formatSlot(slot) },
        { term: t('find.where'), value: `${centreName(centre, language)} · ${group.name}` },
      ],
      answered: request.answer === null ? '' : t(`release.was_${request.answer}`),
      action: paths.releaseAnswer(request.id),
      errors: problem?.errors,
    },
    {
      width: 'narrow',
      address: paths.releaseRequest(request.id),
      ...(problem?.status !== undefined && { status: problem.status }),
    },
  );
}

const shape = z.strictObject({ answer: z.enum(['released', 'kept']) });

async function reply(context: Context): Promise<void> {
  const requestId = context.id('requestId');
  const form = parseForm(shape, context.req.body);
  if (form.errors)
    return await show(context, { errors: form.errors.map((error) => ({ ...error, field: '' })) });
  const { refused, answer: done } = await attempt(
    context.perform(answerRelease, { requestId, ...form.values }),
  );
  if (refused) {
    const key = refused.reason === 'taken' ? 'release.answered' : (`refusal.${refused.reason}` as const);
    return await show(context, { errors: [{ field: '', key }], status: statusOf(refused.reason) });
  }
  return context.done(
    paths.releaseRequest(requestId),
    form.values.answer === 'kept'
      ? { key: 'release.kept' }
      : { key: 'release.released', params: { n: done.cancelled } },
  );
}

export const releaseRequest = routes('/release-requests/:requestId')
  .get('', releaseAsked, (context) => show(context))
  .post('/answer', releaseAsked, reply);
