import { z } from 'zod';
import { changeGroup, closeGroup } from '../../use-cases/group-settings.ts';
import { changeTerms } from '../../use-cases/group-terms.ts';
import { centreGroupAdmin } from '../access.ts';
import { attempt } from '../attempt.ts';
import type { Context } from '../context.ts';
import { parseForm } from '../form.ts';
import { confirmationOf, confirmShape, showInTheWay } from './in-the-way.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { dateField, numberField, optionalDate } from '../shapes.ts';
import { groupWordsShape, languagesOf, skillsOf } from './group-words.ts';
import { problemOf, showGroup } from './group.ts';
import { hoursShape, readHours } from './hours.ts';

const version = numberField();

const terms = z.strictObject({
  version,
  startsOn: dateField(),
  room: numberField(),
  ...hoursShape,
  ...confirmShape,
});

async function saveTerms(context: Context): Promise<void> {
  const { t } = context;
  const [centreId, groupId] = [context.id('centreId'), context.id('groupId')];
  const form = parseForm(terms, context.req.body);
  if (form.errors) return await showGroup(context, { form: 'terms', errors: form.errors });
  const { values } = form;
  const { hours, errors } = readHours(values);
  if (errors.length > 0) return await showGroup(context, { form: 'terms', errors });
  const { startsOn, room } = values;
  const wish = { groupId, version: values.version, startsOn, room, hours, ...confirmationOf(values) };
  const { refused, answer } = await attempt(context.perform(changeTerms, wish));
  const back = paths.centreGroup(centreId, groupId);
  if (refused?.reason === 'in_the_way') {
    const action = paths.centreGroupTerms(centreId, groupId);
    return showInTheWay(context, refused, { title: t('in_the_way.terms'), action, back });
  }
  if (refused) return await showGroup(context, problemOf('terms', refused));
  context.done(back, savedFlash(answer.cancelled, answer.told));
}

function savedFlash(cancelled: number, told: number) {
  return cancelled === 0
    ? ({ key: 'form.saved' } as const)
    : ({ key: 'group.saved_cancelled', params: { n: cancelled, told } } as const);
}

const words = z.strictObject({ version, ...groupWordsShape });

async function saveWords(context: Context): Promise<void> {
  const [centreId, groupId] = [context.id('centreId'), context.id('groupId')];
  const form = parseForm(words, context.req.body);
  if (form.errors) return await showGroup(context, { form: 'words', errors: form.errors });
  const { skillsKnown: _, ...values } = form.values;
  const wish = { groupId, ...values, skills: skillsOf(form.values), languages: languagesOf(form.values) };
  const { refused } = await attempt(context.perform(changeGroup, wish));
  if (refused) return await showGroup(context, problemOf('words', refused));
  context.done(paths.centreGroup(centreId, groupId), { key: 'form.saved' });
}

const end = z.strictObject({ endsOn: optionalDate(), ...confirmShape });

async function saveEnd(context: Context): Promise<void> {
  const { t } = context;
  const [centreId, groupId] = [context.id('centreId'), context.id('groupId')];
  const form = parseForm(end, context.req.body);
  if (form.errors) return await showGroup(context, { form: 'end', errors: form.errors });
  const wish = { groupId, endsOn: form.values.endsOn, ...confirmationOf(form.values) };
  const { refused, answer } = await attempt(context.perform(closeGroup, wish));
  const back = paths.centreGroup(centreId, groupId);
  if (refused?.reason === 'in_the_way') {
    const action = paths.centreGroupEnd(centreId, groupId);
    return showInTheWay(context, refused, { title: t('in_the_way.end'), action, back });
  }
  if (refused) return await showGroup(context, problemOf('end', refused));
  context.done(back, savedFlash(answer.cancelled, answer.told));
}

/** What a group's page changes: room and hours from a date, its words, its end. */
export const groupChanges = routes('/centres/:centreId/groups/:groupId')
  .post('/terms', centreGroupAdmin, saveTerms)
  .post('/words', centreGroupAdmin, saveWords)
  .post('/end', centreGroupAdmin, saveEnd);
