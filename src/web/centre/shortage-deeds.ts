import { z } from 'zod';
import type { Refusal } from '../../domain/refusal.ts';
import { LEVELS, type Level } from '../../domain/staffing.ts';
import { curtailStays } from '../../use-cases/curtailments.ts';
import { lendShift } from '../../use-cases/lendings.ts';
import { openShift } from '../../use-cases/open-shifts.ts';
import { centreGroupAdmin } from '../access.ts';
import { attempt } from '../attempt.ts';
import type { Context } from '../context.ts';
import { dateOfAddress } from '../dates.ts';
import { parseForm } from '../form.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { idField, numberField, ticked } from '../shapes.ts';
import { askRefused, askShape, askWish, NOBODY_CHOSEN } from './replacement-form.ts';
import { showShortage } from './shortage.ts';

const place = (context: Context) => ({
  groupId: context.id('groupId'),
  date: dateOfAddress(context.text('date')),
});

const back = (context: Context) => {
  const { date, groupId } = place(context);
  return paths.shortage(context.id('centreId'), date, groupId);
};

const asks = z.strictObject({
  ...askShape,
  from: numberField(),
  to: numberField(),
  level: numberField().transform((level): Level => LEVELS.find((each) => each === level) ?? 0),
  skill: z
    .string()
    .max(100)
    .optional()
    .transform((skill) => skill || null),
});

async function askForIt(context: Context): Promise<void> {
  const form = parseForm(asks, context.req.body);
  if (form.errors) return await showShortage(context, form);
  const { from, to, level, skill, ...chosen } = form.values;
  const wish = askWish(chosen);
  if (wish.staffIds.length === 0 && !chosen.open)
    return await showShortage(context, { errors: NOBODY_CHOSEN });
  const { answer, refused } = await attempt(
    context.perform(openShift, { ...place(context), from, to, level, skill, ...wish }),
  );
  if (refused) return await showShortage(context, await askRefused(context, refused));
  const { asked, queued } = answer;
  context.done(
    paths.openShift(context.id('centreId'), answer.id),
    wish.staffIds.length === 0
      ? { key: 'shortage.opened' }
      : { key: 'shortage.asked', params: { asked, queued } },
  );
}

const lending = z.strictObject({ shiftId: idField(), from: numberField(), to: numberField() });

const failed = async (context: Context, refusal: Refusal) =>
  await showShortage(context, await askRefused(context, refusal));

async function lend(context: Context): Promise<void> {
  const form = parseForm(lending, context.req.body);
  if (form.errors) return await showShortage(context, { errors: [{ field: '', key: 'form.invalid' }] });
  const { refused } = await attempt(context.perform(lendShift, { ...place(context), ...form.values }));
  if (refused) return await failed(context, refused);
  context.done(back(context), { key: 'shortage.lent' });
}

const confirmation = z.strictObject({ token: z.string().max(64), agreed: ticked() });

async function curtail(context: Context): Promise<void> {
  const form = parseForm(confirmation, context.req.body);
  if (form.errors) return await showShortage(context, { errors: [{ field: '', key: 'form.invalid' }] });
  const { token, agreed } = form.values;
  if (!agreed)
    return await showShortage(context, { errors: [{ field: 'agreed', key: 'shortage.cut_tick' }] });
  const { answer, refused } = await attempt(context.perform(curtailStays, { ...place(context), token }));
  if (refused) return await failed(context, refused);
  context.done(back(context), { key: 'shortage.cut_done', params: { ...answer } });
}

/** What is done about a shortage: replacements asked, somebody lent, stays cut. */
export const shortageDeeds = routes('/centres/:centreId/shortages/:date/:groupId')
  .post('/asks', centreGroupAdmin, askForIt)
  .post('/lendings', centreGroupAdmin, lend)
  .post('/curtailment', centreGroupAdmin, curtail);
