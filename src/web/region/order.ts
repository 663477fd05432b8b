import { z } from 'zod';
import { dateAt, type PlainDate } from '../../domain/calendar.ts';
import { formatDate } from '../../domain/calendar-words.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { regionName, type RegionCode } from '../../domain/regions.ts';
import type { QueueTerms } from '../../domain/waiting-list.ts';
import { findOrderRule, listOrderRules } from '../../data/order-rules.ts';
import type { T } from '../../i18n/translate.ts';
import { changeOrder, orderErrors, previewOrder, type OrderEffect } from '../../use-cases/order-rules.ts';
import { region as regionAccess } from '../access.ts';
import { attempt } from '../attempt.ts';
import type { Context } from '../context.ts';
import { statusOf } from '../errors.ts';
import { parseForm, typed, type FieldError } from '../form.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { dateField, numberField, ticked } from '../shapes.ts';
import { capital } from '../words.ts';

/** A rule in sentences, in the order in which it decides; the last three are deadlines. */
function orderWords(terms: QueueTerms, t: T): string[] {
  const { siblingPoints: sibling, districtPoints: district } = terms;
  return [
    terms.outOfTurn ? t('order.class_on') : t('order.class_off'),
    t('order.points', { sibling: String(sibling), district: String(district) }),
    t('order.registered'),
    t('order.lot', { seed: terms.lotSeed }),
    t('order.answer', { n: terms.answerWorkingDays }),
    t('order.rescue', { n: terms.rescueMinutes }),
    t('order.reserve', { n: terms.reserveAfter }),
  ];
}

function effectWords(effect: OrderEffect, startsOn: PlainDate, today: PlainDate, t: T) {
  const { waiting, moved, up, down } = effect;
  return [
    moved === 0
      ? t('order.effect_none', { n: waiting })
      : t('order.effect_moved', { n: moved, waiting: String(waiting), up: String(up), down: String(down) }),
    startsOn > today ? t('order.effect_later', { date: formatDate(startsOn) }) : t('order.effect_today'),
  ];
}

interface Shown {
  readonly errors?: readonly FieldError[];
  readonly status?: number;
  readonly effect?: readonly string[];
}

const fieldValues = (terms: QueueTerms) => ({
  siblingPoints: String(terms.siblingPoints),
  districtPoints: String(terms.districtPoints),
  lotSeed: terms.lotSeed,
  answerWorkingDays: String(terms.answerWorkingDays),
  rescueMinutes: String(terms.rescueMinutes),
  reserveAfter: String(terms.reserveAfter),
});

async function showOrder(context: Context, shown: Shown = {}): Promise<void> {
  const { t, today } = context;
  const code = context.text('regionCode') as RegionCode;
  const { rule, versions } = await context.database.read(async (tx) => ({
    rule: await findOrderRule(tx, code, today),
    versions: await listOrderRules(tx, code),
  }));
  const name = capital(regionName(code, t.language), t.language);
  page(
    context.res,
    'region/order',
    {
      title: t('order.title', { region: name }),
      isStart: rule.id === null,
      since:
        rule.startsOn === null
          ? t('order.start_rule')
          : t('order.since', { date: formatDate(rule.startsOn) }),
      words: orderWords(rule.terms, t),
      versions: versions.map((version) => ({
        since: t('order.since', { date: formatDate(version.startsOn) }),
        by: t('order.by', {
          at: formatDate(dateAt(version.createdAt)),
          name: version.createdBy ?? t('order.somebody'),
        }),
        holds: version.id === rule.id,
        later: version.startsOn > today,
        words: orderWords(version.terms, t),
      })),
      action: paths.regionOrder(code),
      today,
      start: { ...fieldValues(rule.terms), outOfTurn: rule.terms.outOfTurn },
      effect: shown.effect ?? [],
      values: context.req.method === 'POST' ? typed(context.req.body) : {},
      errors: shown.errors,
    },
    {
      width: 'narrow',
      address: paths.regionOrder(code),
      ...(shown.status !== undefined && { status: shown.status }),
    },
  );
}

const shape = z.strictObject({
  startsOn: dateField(),
  outOfTurn: ticked(),
  siblingPoints: numberField(),
  districtPoints: numberField(),
  lotSeed: z.string({ error: 'form.required' }).trim().min(1).max(64),
  answerWorkingDays: numberField(),
  rescueMinutes: numberField(),
  reserveAfter: numberField(),
  /** The first button shows what would change, the second saves. */
  step: z.enum(['show', 'save']).optional(),
});

const errorsOf = (errors: Refusal['details']['errors'] = []): FieldError[] =>
  errors.map(({ field, reason }) => ({
    field,
    key: reason === 'invalid' ? 'order.bounds' : `refusal.${reason}`,
  }));

async function change(context: Context): Promise<void> {
  const { t, today } = context;
  const regionCode = context.text('regionCode');
  const form = parseForm(shape, context.req.body);
  if (form.errors) return await showOrder(context, form);
  const { startsOn, step, ...terms } = form.values;
  if (step !== 'save') {
    const wrong = errorsOf(orderErrors({ startsOn, terms }, today));
    if (wrong.length > 0) return await showOrder(context, { errors: wrong });
    const effect = await context.database.read((tx) => previewOrder(tx, { regionCode, terms }));
    return await showOrder(context, { effect: effectWords(effect, startsOn, today, t), status: 200 });
  }
  const { refused, answer } = await attempt(context.perform(changeOrder, { regionCode, startsOn, terms }));
  if (refused) {
    const errors = errorsOf(refused.details.errors);
    return await showOrder(context, {
      errors: errors.length > 0 ? errors : [{ field: '', key: `refusal.${refused.reason}` }],
      status: statusOf(refused.reason),
    });
  }
  context.done(
    paths.regionOrder(regionCode),
    answer.ranked > 0 ? { key: 'order.saved_ranked', params: { n: answer.ranked } } : { key: 'order.saved' },
  );
}

/** A region's order of the queue: what holds, what held, and what would change. */
export const order = routes('/regions/:regionCode/order')
  .get('', regionAccess, (context) => showOrder(context))
  .post('', regionAccess, change);
