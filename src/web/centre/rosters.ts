import { z } from 'zod';
import { formatDate } from '../../domain/calendar-words.ts';
import { addDays, dateAt, maxOf, startOfWeek, type PlainDate } from '../../domain/calendar.ts';
import { administers } from '../../domain/people.ts';
import { refuse, type Refusal } from '../../domain/refusal.ts';
import { findCentre } from '../../data/centres.ts';
import { findRoster, listRosters, type StoredRoster } from '../../data/rosters.ts';
import { listRosterDays } from '../../data/standing-shifts.ts';
import { listCentreSwaps } from '../../data/shift-swaps.ts';
import { copyPublished } from '../../use-cases/roster-copies.ts';
import { findRunningDraft, startDraft } from '../../use-cases/running-drafts.ts';
import { redacted } from '../../data/errors.ts';
import { centreAdmin, centreStaff } from '../access.ts';
import { attempt } from '../attempt.ts';
import type { Context } from '../context.ts';
import { dateOf, FIRST_DAY, formatPeriod } from '../dates.ts';
import { statusOf } from '../errors.ts';
import { parseForm, typed, type FieldError } from '../form.ts';
import { clockTime } from '../figures.ts';
import { centreName } from '../names.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { dateField, optionalId } from '../shapes.ts';
import { rosterState } from './roster.ts';

/** Weeks of rosters on a page, and how far ahead a draft may begin. */
const WEEKS = 12;
const WEEKS_AHEAD = 26;
/** How long the solver may search. */
const SECONDS = [10, 30, 60] as const;
const USUAL_SECONDS = 30;

interface Problem {
  readonly errors: readonly FieldError[];
  readonly status?: number;
}

function rowOf(
  roster: StoredRoster,
  holding: ReadonlyMap<PlainDate, number>,
  running: PlainDate,
  { t }: Context,
) {
  const held = [...holding.values()].filter((id) => id === roster.id).length;
  const at = roster.publishedAt ?? roster.madeAt;
  return {
    href: paths.roster(roster.centreId, roster.id),
    period: formatPeriod(roster.startsOn, roster.endsOn),
    state: rosterState(roster, held, t),
    when: `${formatDate(dateAt(at))} ${clockTime(at)}`,
    solver: roster.outcome !== null,
    short: roster.shortages === null ? '' : t('roster.short_days', { n: roster.shortages.length }),
    over: roster.endsOn < running,
  };
}

async function showRosters(context: Context, problem?: Problem): Promise<void> {
  const { t, today, now, actor, database } = context;
  const centreId = context.id('centreId');
  const until = dateOf(context.query('before')) ?? addDays(today, 7 * (WEEKS_AHEAD + 8));
  const from = addDays(maxOf([addDays(FIRST_DAY, 7 * WEEKS), until]), -7 * (WEEKS + WEEKS_AHEAD + 8));
  const seen = await database.read(async (tx) => ({
    centre: (await findCentre(tx, centreId))!,
    rosters: await listRosters(tx, { centreId, from, to: until }),
    holding: await listRosterDays(tx, { centreId, from, to: until }),
    swaps: await listCentreSwaps(tx, centreId, { ended: false, limit: 100 }),
    draft: await findRunningDraft(tx, centreId, now),
  }));
  const editable = administers(actor, centreId);
  const agreed = seen.swaps.filter((swap) => swap.agreedAt !== null).length;
  const next = addDays(startOfWeek(today), 7);
  page(
    context.res,
    'centre/rosters',
    {
      title: t('nav.roster'),
      centre: centreName(seen.centre, t.language),
      rosters: seen.rosters
        .toSorted((a, b) => (a.startsOn === b.startsOn ? b.id - a.id : a.startsOn < b.startsOn ? 1 : -1))
        .map((roster) => rowOf(roster, seen.holding, today, context)),
      earlier: from > FIRST_DAY ? paths.centreRosters(centreId, { before: addDays(from, -1) }) : '',
      editable,
      swaps: paths.rosterSwaps(centreId),
      swapsAgreed: agreed === 0 ? '' : t('swap.count', { n: agreed }),
      running: seen.draft?.state.is === 'running' ? paths.rosterDraft(centreId) : '',
      action: paths.centreRosters(centreId),
      copy: paths.rosterCopies(centreId),
      weeks: Array.from({ length: WEEKS_AHEAD + 1 }, (_, number) => {
        const monday = addDays(startOfWeek(today), 7 * number);
        return { value: monday, text: formatPeriod(monday, addDays(monday, 6)) };
      }),
      week: next,
      counts: [1, 2, 3, 4].map((n) => ({ value: String(n), text: t('roster.weeks', { n }) })),
      seconds: SECONDS.map((n) => ({ value: String(n), text: t('roster.seconds', { n }) })),
      usual: String(USUAL_SECONDS),
      values: problem ? typed(context.req.body) : {},
      errors: problem?.errors,
    },
    {
      address: paths.centreRosters(centreId),
      ...(problem?.status !== undefined && { status: problem.status }),
    },
  );
}

/** Whole weeks from a Monday on, or the days of a draft that is made anew. */
const draftShape = z
  .object({
    week: dateField(),
    weeks: z.enum(['1', '2', '3', '4'], { error: 'form.choose_one' }),
    seconds: z.enum(SECONDS.map(String) as [string, ...string[]], { error: 'form.choose_one' }),
  })
  .strict();
const againShape = z.strictObject({ from: dateField(), to: dateField(), keep: optionalId() });

function daysOf(week: PlainDate, weeks: number, today: PlainDate) {
  const monday = startOfWeek(week);
  return { from: maxOf([monday, today]), to: addDays(monday, 7 * weeks - 1) };
}

/** A draft whose hand-set shifts are kept is one of the same centre. */
async function keptDraft({ database }: Context, centreId: number, keep: number | null) {
  if (keep === null) return undefined;
  const roster = await database.read((tx) => findRoster(tx, keep));
  return roster?.centreId === centreId ? roster : refuse('missing');
}

function problemOf(refused: Refusal): Problem {
  return { errors: [{ field: 'week', key: `refusal.${refused.reason}` }], status: statusOf(refused.reason) };
}

async function start(context: Context): Promise<void> {
  const { database, services, actor, today } = context;
  const centreId = context.id('centreId');
  const again = 'keep' in typed(context.req.body);
  const form = again ? parseForm(againShape, context.req.body) : parseForm(draftShape, context.req.body);
  if (form.errors) return await showRosters(context, form);
  const { values } = form;
  const days =
    'week' in values
      ? daysOf(values.week, Number(values.weeks), today)
      : { from: maxOf([values.from, today]), to: values.to };
  if (days.to < today)
    return await showRosters(context, { errors: [{ field: 'week', key: 'refusal.past' }] });
  if (addDays(days.from, 27) < days.to || addDays(today, 7 * (WEEKS_AHEAD + 4)) < days.to)
    return await showRosters(context, { errors: [{ field: 'week', key: 'refusal.too_wide' }] });
  const keep = 'week' in values ? undefined : await keptDraft(context, centreId, values.keep);
  await startDraft(
    database,
    { centreId, ...days, ...(keep && { keep: keep.id }) },
    {
      actor,
      clock: services.clock,
      seconds: 'week' in values ? Number(values.seconds) : USUAL_SECONDS,
      onFailure: (error) => services.log.error({ error: redacted(error) }, 'roster draft failed'),
    },
  );
  context.done(paths.rosterDraft(centreId));
}

const copyShape = z.strictObject({ from: dateField(), to: dateField() });

/** A draft without the solver: what holds on these days, to be changed by hand. */
async function copy(context: Context): Promise<void> {
  const centreId = context.id('centreId');
  const { today } = context;
  const byWeek = 'week' in typed(context.req.body);
  const weeks = z.object({ week: draftShape.shape.week, weeks: draftShape.shape.weeks });
  const form = byWeek ? parseForm(weeks, context.req.body) : parseForm(copyShape, context.req.body);
  if (form.errors) return await showRosters(context, form);
  const { values } = form;
  const days = 'week' in values ? daysOf(values.week, Number(values.weeks), today) : values;
  const { refused, answer } = await attempt(context.perform(copyPublished, { centreId, ...days }));
  if (refused) return await showRosters(context, problemOf(refused));
  context.done(paths.roster(centreId, answer.id), { key: 'roster.copied', params: { n: answer.shifts } });
}

/** Drafts and publications of a centre; a new draft by the solver or by hand. */
export const rosters = routes('/centres/:centreId/rosters')
  .get('', centreStaff, (context) => showRosters(context))
  .post('', centreAdmin, start)
  .post('/copies', centreAdmin, copy);
