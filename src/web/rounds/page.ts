import { formatDate } from '../../domain/calendar-words.ts';
import { roundState } from '../../domain/rounds.ts';
import type { Reading } from '../../data/database.ts';
import { listPreviews, type Preview } from '../../data/round-previews.ts';
import { findRound, listRoundGroups, type Round } from '../../data/rounds.ts';
import { findRoundResult, type RoundResult } from '../../use-cases/round-preview.ts';
import { authorOf } from '../../use-cases/perform.ts';
import type { Context } from '../context.ts';
import { typed, type FieldError } from '../form.ts';
import { page } from '../page.ts';
import { stateTag } from './list.ts';
import { publicationWords, readPublication } from './publication.ts';
import { instantWords } from '../queue-words.ts';
import { readId } from '../shapes.ts';
import { sideOf, type RoundSide } from './side.ts';
import { differences, entryName, groupNames, groupRows, refusedRows, type GroupNames } from './words.ts';

const RULES = ['stable', 'common', 'strict'] as const;
const PREVIEWS = 20;
const ROWS = 50;

export interface RoundTrouble {
  readonly errors: readonly FieldError[];
  readonly status?: number;
}

type Seen = NonNullable<Awaited<ReturnType<typeof findRoundResult>>>;

/** A preview of this round that the address names; undefined for another's. */
async function ofRound(tx: Reading, round: Round, text: string): Promise<Seen | undefined> {
  const id = readId(text);
  const seen = id === undefined ? undefined : await findRoundResult(tx, id);
  return seen?.roundId === round.id ? seen : undefined;
}

async function readRound(context: Context) {
  return await context.database.read(async (tx) => {
    const round = (await findRound(tx, context.id('roundId')))!;
    const groups = await listRoundGroups(tx, round);
    const previews = await listPreviews(tx, round.id, PREVIEWS);
    const newest = round.publishedPreviewId ?? previews[0]?.id;
    const asked = await ofRound(tx, round, context.query('preview'));
    const shown = asked ?? (newest === undefined ? undefined : await ofRound(tx, round, String(newest)));
    const beside = await ofRound(tx, round, context.query('beside'));
    return { round, groups, previews, shown, beside, publication: await readPublication(tx, round, groups) };
  });
}

const countsOf = (result: RoundResult, { t }: Context) => {
  const stays = result.placed.filter((place) => place.stays).length;
  return [
    { term: t('round.wanting'), value: result.wanting },
    { term: t('round.placed'), value: result.placed.length },
    { term: t('round.first_wish'), value: result.placed.filter((place) => place.wish === 1).length },
    ...(stays > 0 ? [{ term: t('round.stays'), value: stays }] : []),
    { term: t('round.without'), value: result.wanting - result.placed.length },
    { term: t('round.residue'), value: result.residue.length },
  ].map(({ term, value }) => ({ term, value: String(value) }));
};

/** A preview as the page shows it. */
function previewWords(seen: Seen, names: GroupNames, side: RoundSide, roundId: number, context: Context) {
  const { t } = context;
  const { result } = seen;
  const refused = refusedRows(result, names, t);
  const pages = Math.max(1, Math.ceil(refused.length / ROWS));
  const asked = Number(context.query('page'));
  const at = Number.isInteger(asked) && asked >= 1 && asked <= pages ? asked : 1;
  const to = (number: number) => side.round(roundId, { preview: seen.id, page: number });
  return {
    name: t('round.preview', { id: String(seen.id) }),
    rule: t(`round.rule_${seen.rule}`),
    counts: countsOf(result, context),
    residue:
      result.residue.length === 0
        ? ''
        : t('round.residue_hint', {
            entries: result.residue.map(({ entryId }) => entryName(entryId, t)).join(', '),
          }),
    rules: RULES.map((rule) => ({
      name: t(`round.rule_${rule}`),
      chosen: rule === seen.rule,
      ...result.rules[rule],
    })),
    groups: groupRows(result, names),
    apart: [...Map.groupBy(result.apart, (each) => each.why)].map(([why, those]) => ({
      why: t(`round.apart_${why}`),
      entries: those.map(({ entryId }) => entryName(entryId, t)).join(', '),
    })),
    refused: refused.slice((at - 1) * ROWS, at * ROWS),
    pages: {
      previous: at > 1 ? to(at - 1) : '',
      next: at < pages ? to(at + 1) : '',
      text: pages > 1 ? t('nav.page_of', { page: String(at), pages: String(pages) }) : '',
    },
  };
}

function previewRow(
  preview: Preview,
  shown: Seen | undefined,
  side: RoundSide,
  roundId: number,
  context: Context,
) {
  const { t } = context;
  const name = t('round.preview', { id: String(preview.id) });
  return {
    name,
    href: side.round(roundId, { preview: preview.id }),
    current: preview.id === shown?.id,
    rule: t(`round.rule_${preview.rule}`),
    made: t('round.made', {
      at: instantWords(preview.madeAt),
      name: preview.madeByName ?? t('order.somebody'),
    }),
    approved: preview.approvedAt !== null,
    compare: shown ? t('round.compare', { preview: name }) : '',
    beside: shown ? side.round(roundId, { preview: shown.id, beside: preview.id }) : '',
  };
}

/** Why nobody here may agree with a preview yet: families still choose, or it takes a second person; '' where one may. */
function whyNotYet(
  round: Round,
  shown: Seen,
  previews: readonly Preview[],
  { t, today, actor }: Context,
): string {
  if (roundState(round, false, today) === 'collecting')
    return t('round.no_wishes_open', { date: formatDate(round.wishesUntil) });
  const maker = previews.find((preview) => preview.id === shown.id)?.madeBy;
  return maker === authorOf(actor) ? t('round.no_same_person') : '';
}

/** A round: its dates, previews and what they would give, agreement, publication. Numbers and requests, never names. */
export async function showRound(context: Context, trouble?: RoundTrouble): Promise<void> {
  const { t, today } = context;
  const side = await sideOf(context);
  const { round, groups, previews, shown, beside, publication } = await readRound(context);
  const names = groupNames(groups, t);
  const state = roundState(round, round.publishedAt !== null, today);
  const decides = side.decides(round);
  const open = decides && (state === 'collecting' || state === 'deciding');
  const offers = shown?.result.placed.filter((place) => !place.stays).length ?? 0;
  const undecided = open && shown !== undefined && shown.approvedAt === null;
  const notYet = undecided ? whyNotYet(round, shown, previews, context) : '';
  const different = shown && beside ? differences(shown.result, beside.result, names, t) : undefined;
  page(
    context.res,
    `${side.folder}/round`,
    {
      title: round.name,
      back: side.rounds,
      state: stateTag(state, context),
      facts: [
        { term: t('round.wishes_until'), value: formatDate(round.wishesUntil) },
        { term: t('round.starts_on'), value: formatDate(round.startsOn) },
        {
          term: t('round.scope'),
          value: round.centreId === null ? t('round.whole_region') : t('round.own_centre'),
        },
        { term: t('round.groups'), value: String(groups.length) },
      ],
      readOnly: !decides,
      open,
      previews: previews.map((preview) => previewRow(preview, shown, side, round.id, context)),
      shown: shown && previewWords(shown, names, side, round.id, context),
      shownId: shown?.id ?? '',
      approval:
        shown && shown.approvedAt !== null
          ? t('round.approved_at', { at: instantWords(shown.approvedAt) })
          : '',
      notYet,
      mayApprove: undecided && notYet === '',
      mayPublish: open && shown !== undefined && shown.approvedAt !== null,
      publishHint: t('round.publish_hint', { n: offers }),
      differencesTitle: beside
        ? t('round.differences', { preview: t('round.preview', { id: String(beside.id) }) })
        : '',
      differencesCount: different ? t('round.differences_count', { n: different.length }) : '',
      differences: different,
      publication: publication && publicationWords(publication, names, t),
      rules: RULES.map((rule) => ({
        value: rule,
        text: t(`round.rule_${rule}`),
        hint: t(`round.rule_${rule}_hint`),
      })),
      actions: {
        previews: side.deed(round.id, 'previews'),
        approval: side.deed(round.id, 'approval'),
        publication: side.deed(round.id, 'publication'),
        end: side.deed(round.id, 'end'),
      },
      values: trouble ? typed(context.req.body) : {},
      errors: trouble?.errors,
    },
    {
      address: side.round(round.id),
      ...(trouble?.status !== undefined && { status: trouble.status }),
    },
  );
}
