import { z } from 'zod';
import { millisOf } from '../../domain/calendar.ts';
import { endDraft, findRunningDraft, type RunningDraft } from '../../use-cases/running-drafts.ts';
import { centreAdmin } from '../access.ts';
import type { Context } from '../context.ts';
import { formatPeriod } from '../dates.ts';
import { percent, tenths, whole } from '../figures.ts';
import { parseForm } from '../form.ts';
import type { T } from '../../i18n/translate.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';

const SHARE_STEPS = 12;

function figuresOf({ best }: RunningDraft, t: T) {
  if (!best) return [];
  const { language } = t;
  return [
    { term: t('roster.cost.total'), value: tenths(best.cost, language) },
    { term: t('roster.cost.bound'), value: tenths(best.bound, language) },
    { term: t('roster.gap_share'), value: percent(best.gap, language) },
    {
      term: t('roster.open_legal'),
      value: whole(best.openLegal, language),
      tone: best.openLegal > 0 ? 'bad' : '',
    },
    { term: t('roster.open_quality'), value: whole(best.openQuality, language) },
  ];
}

function stateText(draft: RunningDraft | undefined, t: T): string {
  if (!draft) return t('roster.draft_none');
  switch (draft.state.is) {
    case 'running':
      return draft.best ? t('roster.draft_found') : t('roster.draft_searching');
    case 'done':
      return t('roster.draft_done');
    case 'cancelled':
      return t('roster.draft_cancelled');
    case 'failed':
      return draft.state.reason === null ? t('roster.draft_failed') : t(`refusal.${draft.state.reason}`);
  }
}

/** The draft that came of a search, if it is still there. */
const made = (draft: RunningDraft | undefined): number | null =>
  draft?.state.is === 'done' ? draft.state.rosterId : null;

/** How the search goes. Its part asks for itself every two seconds; without scripts a link does. */
async function showDraft(context: Context): Promise<void> {
  const { t, now } = context;
  const centreId = context.id('centreId');
  const draft = await context.database.read((tx) => findRunningDraft(tx, centreId, now));
  const running = draft?.state.is === 'running';
  const gone = draft ? Math.max(0, Math.round((millisOf(now) - millisOf(draft.startedAt)) / 1000)) : 0;
  page(
    context.res,
    'centre/roster-draft',
    {
      title: t('roster.draft_title'),
      back: paths.centreRosters(centreId),
      period: draft ? formatPeriod(draft.from, draft.to) : '',
      running,
      address: paths.rosterDraft(centreId),
      text: stateText(draft, t),
      tone: draft?.state.is === 'failed' ? 'bad' : draft?.state.is === 'done' ? 'good' : '',
      gone: draft && running ? t('roster.draft_time', { gone, of: draft.seconds }) : '',
      step: draft ? Math.max(1, Math.min(SHARE_STEPS, Math.round((gone / draft.seconds) * SHARE_STEPS))) : 0,
      figures: draft ? figuresOf(draft, t) : [],
      found: draft?.best !== undefined,
      open: made(draft) ? paths.roster(centreId, made(draft)!) : '',
      end: paths.rosterDraftEnd(centreId),
    },
    { width: 'narrow', fragment: { draft: 'centre/_roster-draft' } },
  );
}

const endShape = z.strictObject({ keep: z.enum(['yes', 'no']).optional() });

async function end(context: Context): Promise<void> {
  const centreId = context.id('centreId');
  const form = parseForm(endShape, context.req.body);
  const { database, now } = context;
  await endDraft(database, centreId, { keep: form.values?.keep === 'yes', now });
  const rosterId = made(await database.read((tx) => findRunningDraft(tx, centreId, now)));
  if (rosterId) return context.done(paths.roster(centreId, rosterId), { key: 'roster.draft_done' });
  context.done(paths.rosterDraft(centreId));
}

/** The draft that the solver is making for a centre. */
export const rosterDraft = routes('/centres/:centreId/rosters/draft')
  .get('', centreAdmin, showDraft)
  .post('/end', centreAdmin, end);
