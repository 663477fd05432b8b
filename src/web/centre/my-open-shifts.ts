import { z } from 'zod';
import { isPending } from '../../domain/replacements.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { formatSlot } from '../../domain/slots.ts';
import type { RosterFinding } from '../../domain/working-time.ts';
import { findCentre } from '../../data/centres.ts';
import { findGroup } from '../../data/groups.ts';
import { listAsks, listLiveOpenShifts, type OpenShift, type OpenShiftAsk } from '../../data/open-shifts.ts';
import { listContractsOf } from '../../data/staff.ts';
import { answerOpenShift } from '../../use-cases/open-shifts.ts';
import { isLegal, listReplacements, type Replacement } from '../../use-cases/replacements.ts';
import { readShortage } from '../../use-cases/shortages.ts';
import { openShiftOfStaff } from '../access/shortage.ts';
import { attempt } from '../attempt.ts';
import type { Context } from '../context.ts';
import { dayTitle } from '../dates.ts';
import { statusOf } from '../errors.ts';
import { parseForm, type FieldError } from '../form.ts';
import { centreName } from '../names.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { idField } from '../shapes.ts';
import { momentWords } from './moment-words.ts';
import { centrePerson } from './my-shifts.ts';
import { barrierWords } from './replacement-words.ts';
import { findingWords } from './roster-words.ts';
import type { Problem } from './shortage.ts';

interface Seen {
  readonly open: OpenShift;
  readonly mine: Replacement;
  readonly ask: OpenShiftAsk | undefined;
  readonly centre: string;
}

/** Live open shifts of every centre where the person works: those they are asked for, and those they could take. */
async function readOwn({ database, actor, now, today, language }: Context): Promise<Seen[]> {
  return await database.read(async (tx) => {
    const contracts = await listContractsOf(tx, [actor.personId]);
    const centreIds = [...new Set(contracts.map((each) => each.centreId))];
    const live = await listLiveOpenShifts(tx, centreIds, today);
    const asks = await listAsks(
      tx,
      live.map((open) => open.id),
    );
    const seen: Seen[] = [];
    for (const open of live) {
      const own = contracts.filter((each) => each.centreId === open.centreId).map((each) => each.id);
      const { centreId, date } = open;
      const group = (await findGroup(tx, open.groupId))!;
      const missed = (await readShortage(tx, { group, date, now }))?.shortage?.halfHours ?? [];
      const centre = (await findCentre(tx, centreId))!;
      for (const mine of await listReplacements(tx, { centreId, open, missed, today }, own)) {
        const ask = asks.find((each) => each.openShiftId === open.id && each.staffId === mine.staff.id);
        const asked = ask !== undefined && (ask.askedAt !== null || ask.answer !== null);
        if (asked || isLegal(mine))
          seen.push({ open, mine, ask: asked ? ask : undefined, centre: centreName(centre, language) });
      }
    }
    return seen;
  });
}

function askWords(ask: OpenShiftAsk | undefined, { now, t }: Context): string {
  if (ask === undefined) return '';
  if (ask.answer !== null) return t(`my_open.said_${ask.answer}`);
  return isPending(ask, now)
    ? t('my_open.until', { time: momentWords(ask.answerUntil!, now) })
    : t('my_open.late');
}

function rowOf({ open, mine, ask, centre }: Seen, context: Context) {
  const { t, language, today } = context;
  const shift = mine.shift;
  const more = shift && (shift.from !== open.from || shift.to !== open.to || shift.breakFrom !== null);
  return {
    id: String(open.id),
    staffId: String(mine.staff.id),
    day: dayTitle(open.date, language, today),
    time: formatSlot(open),
    group: open.groupName,
    centre,
    shift: more ? t('my_open.shift', { time: formatSlot(shift) }) : '',
    state: askWords(ask, context),
    barred: isLegal(mine) ? '' : t('my_open.illegal', { why: barrierWords(mine, t) }),
    asked: ask !== undefined && ask.askedAt !== null,
    mayYes: isLegal(mine) && ask?.answer !== 'yes',
    mayNo: ask !== undefined && ask.answer !== 'no',
    action: paths.myOpenShiftAnswer(open.id),
  };
}

/** Open shifts for whoever is signed in, on a phone: yes or no in one tap. */
async function show(context: Context, problem?: Problem): Promise<void> {
  const { t } = context;
  const rows = (await readOwn(context)).map((seen) => rowOf(seen, context));
  page(
    context.res,
    'centre/my-open-shifts',
    {
      title: t('my_open.title'),
      back: paths.myShifts(),
      asked: rows.filter((row) => row.state !== ''),
      others: rows.filter((row) => row.state === ''),
      errors: problem?.errors,
    },
    {
      width: 'narrow',
      address: paths.myOpenShifts(),
      ...(problem?.status !== undefined && { status: problem.status }),
    },
  );
}

const answerShape = z.strictObject({
  staffId: idField(),
  answer: z.enum(['yes', 'no'], { error: 'form.choose_one' }),
});

function whyNot({ reason, details }: Refusal, { t }: Context): FieldError {
  if (reason === 'taken' || reason === 'withdrawn' || reason === 'past')
    return { field: '', key: `my_open.${reason}` };
  if (reason !== 'illegal_shifts') return { field: '', key: `refusal.${reason}` };
  const findings = (details['findings'] ?? []) as RosterFinding[];
  const barriers = (details['barriers'] ?? []) as readonly ('level' | 'skill' | 'busy' | 'apart')[];
  const why = [
    ...findings.map((finding) => findingWords(finding, new Map(), t).what),
    ...barriers.map((barrier) => t(`shortage.barrier.${barrier}`)),
  ].join('; ');
  return { field: '', key: 'my_open.illegal', params: { why: why || t('my_open.illegal_plain') } };
}

async function sayAnswer(context: Context): Promise<void> {
  const form = parseForm(answerShape, context.req.body);
  if (form.errors) return await show(context, { errors: [{ field: '', key: 'form.invalid' }] });
  const openShiftId = context.id('openShiftId');
  const { answer: done, refused } = await attempt(
    context.perform(answerOpenShift, { openShiftId, ...form.values }),
  );
  if (refused)
    return await show(context, { errors: [whyNot(refused, context)], status: statusOf(refused.reason) });
  context.done(paths.myOpenShifts(), { key: `my_open.noted.${done.outcome}` });
}

export const myOpenShifts = routes('/shifts/open')
  .get('', centrePerson, (context) => show(context))
  .post('/:openShiftId/answer', openShiftOfStaff, sayAnswer);
