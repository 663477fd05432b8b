import { z } from 'zod';
import { refuse, type Refusal } from '../../domain/refusal.ts';
import { findApplication, listDocuments } from '../../data/applications.ts';
import { listGroups } from '../../data/groups.ts';
import { acceptApplication } from '../../use-cases/acceptance.ts';
import { declineApplication } from '../../use-cases/applications.ts';
import { isKey } from '../../i18n/translate.ts';
import { centreStaff } from '../access.ts';
import { attempt } from '../attempt.ts';
import type { Context } from '../context.ts';
import { statusOf } from '../errors.ts';
import { parseForm, typed, type FieldError } from '../form.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { dateField, optionalId } from '../shapes.ts';
import { applicationFacts, documentRows } from './application-facts.ts';
import { APPLICATION_TONES, applicationState } from './application-state.ts';
import { findLikely } from './likely.ts';

interface Problem {
  readonly errors: readonly FieldError[];
  readonly status?: number;
}

async function showApplication(context: Context, problem?: Problem): Promise<void> {
  const { t, today } = context;
  const [centreId, applicationId] = [context.id('centreId'), context.id('applicationId')];
  const seen = await context.database.read(async (tx) => {
    const found = (await findApplication(tx, applicationId, centreId)) ?? refuse('missing');
    return {
      ...found,
      documents: await listDocuments(tx, applicationId),
      groups: await listGroups(tx, centreId),
      likely: await findLikely(tx, context, found.application),
    };
  });
  const { application, decision, likely } = seen;
  const state = applicationState(decision);
  const groups = seen.groups.filter(
    (group) =>
      group.admission === 'enrolled' &&
      group.category === application.category &&
      (group.endsOn === null || group.endsOn >= today),
  );
  page(
    context.res,
    'centre/application',
    {
      title: application.childName,
      back: paths.centreApplications(centreId),
      tone: APPLICATION_TONES[state],
      state: t(`public.state.${state}`),
      decided: decision !== null,
      reason: decision?.reason ?? '',
      child: decision?.childId ? paths.centreChild(centreId, decision.childId) : '',
      facts: applicationFacts(application, decision, t),
      documents: documentRows(seen.documents, today, t),
      people: likely.people,
      children: likely.children,
      anyLikely: likely.people.length + likely.children.length > 2 || likely.sameIin,
      // Nobody alike: there is nothing to choose.
      newPerson: likely.people.length === 1,
      newChild: likely.children.length === 1 && !likely.sameIin,
      person: likely.person,
      likelyChild: likely.child,
      groups: [
        { value: '', text: t('public.no_group') },
        ...groups.map((group) => ({ value: group.id, text: group.name })),
      ],
      startsOn: application.startsOn < today ? today : application.startsOn,
      accept: paths.centreApplicationAcceptance(centreId, applicationId),
      decline: paths.centreApplicationRefusal(centreId, applicationId),
      values: problem ? typed(context.req.body) : {},
      errors: problem?.errors,
    },
    {
      address: paths.centreApplication(centreId, applicationId),
      ...(problem?.status !== undefined && { status: problem.status }),
    },
  );
}

/** What a decision is refused for, beside the field that is wrong. */
function problemOf({ reason, details }: Refusal): Problem {
  const errors = details.errors?.map(({ field, detail }): FieldError => {
    const key = `public.problem.${detail}`;
    return { field, key: isKey(key) ? key : 'form.invalid' };
  });
  const forGroup = !['stale', 'invalid'].includes(reason);
  return {
    errors: errors ?? [{ field: forGroup ? 'groupId' : '', key: `refusal.${reason}` }],
    status: statusOf(reason),
  };
}

/** 'new' or the id of one who is known. */
const known = () =>
  z.string({ error: 'form.choose_one' }).transform((text, issues) => {
    if (text === 'new') return null;
    if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
    issues.addIssue({ code: 'custom', message: 'form.choose_one' });
    return z.NEVER;
  });

const acceptance = z.strictObject({
  personId: known(),
  childId: known(),
  groupId: optionalId(),
  startsOn: dateField(),
});

const refusal = z.strictObject({ reason: z.string({ error: 'form.required' }).trim().min(1).max(500) });

const whichOf = (context: Context) => ({
  centreId: context.id('centreId'),
  applicationId: context.id('applicationId'),
});

async function accept(context: Context): Promise<void> {
  const form = parseForm(acceptance, context.req.body);
  if (form.errors) return await showApplication(context, form);
  const which = whichOf(context);
  const { refused, answer } = await attempt(context.perform(acceptApplication, { ...which, ...form.values }));
  if (refused) return await showApplication(context, problemOf(refused));
  return context.done(paths.centreChild(which.centreId, answer.childId), { key: 'public.accepted' });
}

async function decline(context: Context): Promise<void> {
  const form = parseForm(refusal, context.req.body);
  if (form.errors) return await showApplication(context, form);
  const which = whichOf(context);
  const { refused } = await attempt(context.perform(declineApplication, { ...which, ...form.values }));
  if (refused) return await showApplication(context, problemOf(refused));
  return context.done(paths.centreApplications(which.centreId), { key: 'public.declined' });
}

export const application = routes('/centres/:centreId/applications/:applicationId')
  .get('', centreStaff, (context) => showApplication(context))
  .post('/acceptance', centreStaff, accept)
  .post('/refusal', centreStaff, decline);
