import { z } from 'zod';
import { isPending } from '../../domain/replacements.ts';
import { refuse } from '../../domain/refusal.ts';
import { formatSlot } from '../../domain/slots.ts';
import { findCentre } from '../../data/centres.ts';
import { findGroup } from '../../data/groups.ts';
import { findOpenShift, listAsks, type OpenShift, type OpenShiftAsk } from '../../data/open-shifts.ts';
import { listStaff } from '../../data/staff.ts';
import { answerOpenShift, askForShift, withdrawOpenShift } from '../../use-cases/open-shifts.ts';
import { isLegal, listReplacements } from '../../use-cases/replacements.ts';
import { readShortage } from '../../use-cases/shortages.ts';
import type { T } from '../../i18n/translate.ts';
import { centreOpenShift } from '../access/shortage.ts';
import { attempt } from '../attempt.ts';
import type { Context } from '../context.ts';
import { dayTitle } from '../dates.ts';
import { parseForm, typed } from '../form.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { idField } from '../shapes.ts';
import { momentWords } from './moment-words.ts';
import { askRefused, askShape, askWish, NOBODY_CHOSEN } from './replacement-form.ts';
import { askForm, openingWords } from './replacement-words.ts';
import type { Problem } from './shortage.ts';

async function read(context: Context) {
  const { now, today } = context;
  return await context.database.read(async (tx) => {
    const open = (await findOpenShift(tx, context.id('openShiftId'))) ?? refuse('missing');
    const { centreId, date } = open;
    const staff = await listStaff(tx, centreId);
    const asks = await listAsks(tx, [open.id]);
    const group = (await findGroup(tx, open.groupId))!;
    const shortage = (await readShortage(tx, { group, date, now }))?.shortage;
    const missed = shortage?.halfHours ?? [];
    const replacements =
      open.closedAt === null && date >= today
        ? await listReplacements(tx, { centreId, open, missed, today })
        : [];
    const { askMinutes } = (await findCentre(tx, centreId))!;
    return {
      open,
      asks,
      replacements,
      askMinutes,
      names: new Map(staff.map((each) => [each.id, each.name])),
    };
  });
}

function answerWords(ask: OpenShiftAsk, { now, t }: Context) {
  if (ask.answer !== null)
    return { text: t(`open_shift.said.${ask.answer}`), tone: ask.answer === 'yes' ? 'good' : 'off' };
  if (ask.askedAt === null) return { text: t('open_shift.in_turn'), tone: 'off' };
  return isPending(ask, now)
    ? { text: t('open_shift.said.none'), tone: 'info' }
    : { text: t('open_shift.said.late'), tone: 'warn' };
}

function stateWords(open: OpenShift, names: ReadonlyMap<number, string>, t: T) {
  if (open.outcome === null) return { text: t('open_shift.state.live'), tone: 'info' };
  if (open.outcome === 'covered')
    return {
      text: t('open_shift.state.covered', { name: names.get(open.staffId ?? 0) ?? '–' }),
      tone: 'good',
    };
  return { text: t(`open_shift.state.${open.outcome}`), tone: 'off' };
}

/** An open shift: who was asked and said what, and asking further. */
async function show(context: Context, problem?: Problem): Promise<void> {
  const { t, now, language, today } = context;
  const { open, asks, replacements, names, askMinutes } = await read(context);
  const { id, centreId, date, groupId } = open;
  const live = open.closedAt === null;
  const known = new Set(
    asks.filter((ask) => ask.askedAt !== null || ask.answer !== null).map((ask) => ask.staffId),
  );
  page(
    context.res,
    'centre/open-shift',
    {
      title: t('open_shift.title', { time: formatSlot(open) }),
      lead: `${dayTitle(date, language, today)} · ${open.groupName} · ${openingWords(open, t)}`,
      back: paths.shortage(centreId, date, groupId),
      state: stateWords(open, names, t),
      live,
      people: asks
        .toSorted((a, b) => (a.score[0] ?? 0) - (b.score[0] ?? 0) || a.staffId - b.staffId)
        .map((ask) => ({
          name: names.get(ask.staffId) ?? '–',
          asked:
            ask.askedAt !== null
              ? momentWords(ask.askedAt, now)
              : ask.answer === null
                ? '–'
                : t('open_shift.came_forward'),
          until: ask.answerUntil === null ? '–' : momentWords(ask.answerUntil, now),
          answer: answerWords(ask, context),
        })),
      phone: replacements.filter(isLegal).map(({ staff }) => ({ value: String(staff.id), text: staff.name })),
      answers: paths.openShiftAnswers(centreId, id),
      ask: live
        ? {
            action: paths.openShiftAsks(centreId, id),
            fields: [],
            openToAll: false,
            ...askForm(replacements, known, { date, now, askMinutes, t }),
          }
        : undefined,
      withdraw: paths.openShiftWithdrawal(centreId, id),
      values: problem ? typed(context.req.body) : {},
      errors: problem?.errors,
    },
    {
      address: paths.openShift(centreId, id),
      ...(problem?.status !== undefined && { status: problem.status }),
    },
  );
}

const here = (context: Context) => paths.openShift(context.id('centreId'), context.id('openShiftId'));
const asksShape = z.strictObject(askShape);

async function askMore(context: Context): Promise<void> {
  const form = parseForm(asksShape, context.req.body);
  if (form.errors) return await show(context, form);
  const wish = askWish(form.values);
  if (wish.staffIds.length === 0) return await show(context, { errors: NOBODY_CHOSEN });
  const { answer, refused } = await attempt(
    context.perform(askForShift, { openShiftId: context.id('openShiftId'), ...wish }),
  );
  if (refused) return await show(context, await askRefused(context, refused));
  const { asked, queued } = answer;
  context.done(here(context), { key: 'shortage.asked', params: { asked, queued } });
}

const phoned = z.strictObject({
  staffId: idField(),
  answer: z.enum(['yes', 'no'], { error: 'form.choose_one' }),
});

async function writeAnswer(context: Context): Promise<void> {
  const form = parseForm(phoned, context.req.body);
  if (form.errors) return await show(context, form);
  const openShiftId = context.id('openShiftId');
  const { answer, refused } = await attempt(
    context.perform(answerOpenShift, { openShiftId, ...form.values }),
  );
  if (refused) return await show(context, await askRefused(context, refused, [form.values.staffId]));
  context.done(here(context), { key: `open_shift.noted.${answer.outcome}` });
}

async function withdraw(context: Context): Promise<void> {
  const { answer, refused } = await attempt(
    context.perform(withdrawOpenShift, { openShiftId: context.id('openShiftId') }),
  );
  if (refused) return await show(context, await askRefused(context, refused));
  context.done(here(context), { key: 'open_shift.withdrawn', params: { told: answer.told } });
}

export const openShift = routes('/centres/:centreId/open-shifts/:openShiftId')
  .get('', centreOpenShift, (context) => show(context))
  .post('/asks', centreOpenShift, askMore)
  .post('/answers', centreOpenShift, writeAnswer)
  .post('/withdrawal', centreOpenShift, withdraw);
