import { formatDate } from '../../domain/calendar-words.ts';
import { dateAt } from '../../domain/calendar.ts';
import { refuse } from '../../domain/refusal.ts';
import { findChild, mayBookFor } from '../../data/children.ts';
import { listOffersOf } from '../../data/offers.ts';
import { findOrderRuleById } from '../../data/order-rules.ts';
import { listPassingsOver } from '../../data/passings-over.ts';
import { listMoves, listRanks, listRanksOf } from '../../data/ranks.ts';
import { listTakenBackFrom } from '../../data/taken-back.ts';
import { findEntry, listChoices, listEnds, listTogether } from '../../data/waiting-list.ts';
import type { Context } from '../context.ts';
import type { FieldError } from '../form.ts';
import { hoursOf } from '../figures.ts';
import { centreName } from '../names.ts';
import { page } from '../page.ts';
import { storedPatternWords } from '../pattern-words.ts';
import { paths } from '../paths.ts';
import { familyEntrySeen } from '../access/queue.ts';
import { beforeWords, instantWords, moveWords, rankFacts, ruleWords } from '../queue-words.ts';
import { routes } from '../route.ts';
import { siblingEntries } from '../wishes/check.ts';
import { groupsNamed, type NamedGroup } from '../wishes/groups.ts';
import { partWords, readParts } from './entry-parts.ts';
import { entryState, restorable } from './entry-state.ts';
import { roundNotices } from './round-notice.ts';

const MOVES_SHOWN = 20;
const PASSINGS_SHOWN = 20;

async function readEntry(context: Context) {
  const { actor, today } = context;
  const [childId, entryId] = [context.id('childId'), context.id('entryId')];
  return await context.database.read(async (tx) => {
    const entry = (await findEntry(tx, entryId)) ?? refuse('missing');
    const choices = await listChoices(tx, entryId);
    const open = choices.filter(({ refusedAt }) => refusedAt === null).map(({ groupId }) => groupId);
    const ranks = [];
    for (const rank of await listRanksOf(tx, entryId))
      ranks.push({
        rank,
        rule: await findOrderRuleById(tx, rank.ruleId),
        queue: await listRanks(tx, rank.groupId),
      });
    return {
      entry,
      choices,
      ranks,
      child: (await findChild(tx, actor, childId, today)) ?? refuse('missing'),
      mayBook: await mayBookFor(tx, actor, childId, today),
      groups: new Map(
        (
          await groupsNamed(
            tx,
            choices.map(({ groupId }) => groupId),
          )
        ).map((each) => [each.group.id, each]),
      ),
      moves: await listMoves(tx, entryId),
      passings: await listPassingsOver(tx, entryId, PASSINGS_SHOWN),
      offers: await listOffersOf(tx, entryId),
      ends: await listEnds(tx, entryId),
      takenBack: await listTakenBackFrom(tx, entryId, today),
      together: entry.togetherKey === null ? [] : await listTogether(tx, entry.togetherKey),
      siblings: await siblingEntries(context, tx, childId),
      parts: await readParts(context, tx, entry, open),
    };
  });
}

type Seen = Awaited<ReturnType<typeof readEntry>>;

const nameOf = (each: NamedGroup | undefined, { language }: Context) =>
  each ? `${centreName(each.centre, language)} · ${each.group.name}` : '';

/** Where the entry stands at each group, why, and how it came there. */
function groupCards(seen: Seen, context: Context) {
  const { t, today } = context;
  return seen.choices.map(({ groupId, refusedAt }) => {
    const each = seen.groups.get(groupId);
    const ranked = seen.ranks.find(({ rank }) => rank.groupId === groupId);
    const moves = seen.moves.filter((move) => move.groupId === groupId).toReversed();
    const last = each?.group.endsOn ?? null;
    const ends = last !== null && last < seen.entry.startsOn;
    return {
      name: nameOf(each, context),
      position: ranked
        ? t('waiting.position', { position: String(ranked.rank.position), of: String(ranked.rank.of) })
        : '',
      refused: refusedAt === null ? '' : t('waiting.choice_refused', { date: formatDate(dateAt(refusedAt)) }),
      ended:
        last !== null && last < today
          ? t('waiting.group_ended', { group: each!.group.name })
          : ends && seen.entry.endedAt === null
            ? t('waiting.group_ends', { group: each!.group.name, date: formatDate(last) })
            : '',
      withheld: seen.takenBack
        .filter((took) => took.groupId === groupId)
        .map(({ at, reason }) =>
          t('waiting.withheld', { date: formatDate(dateAt(at)), reason: reason ?? '' }),
        ),
      before: ranked ? beforeWords(ranked.queue, ranked.rank, t) : '',
      facts: ranked ? rankFacts(ranked.rank, ranked.rule.terms, t) : [],
      rule: ranked ? ruleWords(ranked.rule, t) : [],
      moves: moves.slice(0, MOVES_SHOWN).map((move) => ({
        when: formatDate(dateAt(move.at)),
        text: moveWords(move, t),
      })),
      passings: seen.passings
        .filter((passing) => passing.groupId === groupId)
        .map(({ at, full }) => {
          if (full.days === 0) return t('waiting.passed_withheld', { date: formatDate(dateAt(at)) });
          const dates = full.dates.map((date) => formatDate(date).slice(0, 5)).join(', ');
          return t('waiting.passed_over', {
            date: formatDate(dateAt(at)),
            n: full.days,
            dates: full.days > full.dates.length ? `${dates} …` : dates,
          });
        }),
    };
  });
}

/** What became of the wish: offers and how they ended, and when it lapsed or was restored. */
function historyOf(seen: Seen, { t }: Context) {
  const lines = [
    { at: seen.entry.registeredAt, text: t('waiting.story.registered'), href: '' },
    ...seen.offers.map((offer) => ({
      at: offer.offeredAt,
      text: t(`waiting.story.${offer.outcome ?? 'live'}`, { group: offer.groupName }),
      href: paths.offer(offer.id),
    })),
    ...seen.ends.flatMap(({ at, reason, restoredAt }) => [
      { at, text: t(`waiting.ended.${reason}`), href: '' },
      ...(restoredAt === null ? [] : [{ at: restoredAt, text: t('waiting.story.restored'), href: '' }]),
    ]),
  ];
  return lines
    .toSorted((a, b) => (a.at < b.at ? 1 : -1))
    .map(({ at, ...line }) => ({ ...line, when: instantWords(at) }));
}

function siblingsOf({ entry, together, siblings }: Seen, { t }: Context) {
  const joint = together.map(({ id }) => id);
  return siblings.map((each) => ({
    value: String(each.entry.id),
    text: each.child.name,
    hint: storedPatternWords(each.entry.pattern, t),
    checked: entry.togetherKey !== null && joint.includes(each.entry.id),
  }));
}

/** A wish on the waiting list as its family sees it: place, reasons, story, and what may be done. Names nobody else. */
export async function showEntry(
  context: Context,
  problem?: { readonly errors: readonly FieldError[]; readonly status?: number },
): Promise<void> {
  const { t, language, today } = context;
  const seen = await readEntry(context);
  const { entry, child } = seen;
  const [childId, entryId] = [child.id, entry.id];
  const live = seen.offers.filter((offer) => offer.outcome === null);
  const until = restorable(seen.ends, today);
  const waits = entry.endedAt === null;
  const siblings = siblingsOf(seen, context);
  page(
    context.res,
    'family/entry',
    {
      title: t('waiting.title'),
      child: child.name,
      back: paths.child(childId),
      state: entryState(entry, live.length > 0, t),
      offers: live.map((offer) => ({ href: paths.offer(offer.id), group: offer.groupName })),
      facts: [
        { term: t('waiting.hours'), value: storedPatternWords(entry.pattern, t) },
        { term: t('waiting.starts_on'), value: formatDate(entry.startsOn) },
        ...(entry.minimumMinutesPerWeek === null
          ? []
          : [
              {
                term: t('waiting.minimum'),
                value: t('waiting.hours_a_week', { hours: hoursOf(entry.minimumMinutesPerWeek, language) }),
              },
            ]),
        { term: t('waiting.registered'), value: instantWords(entry.registeredAt) },
        { term: t('series.reference'), value: `W-${entryId}` },
      ],
      rounds: waits ? await roundNotices(context, [...seen.groups.keys()]) : [],
      groups: groupCards(seen, context),
      parts: seen.mayBook
        ? seen.parts.map((part) => partWords(part, nameOf(seen.groups.get(part.groupId), context), context))
        : [],
      part: paths.entryPart(childId, entryId),
      siblings: waits && seen.mayBook ? siblings : [],
      joint: siblings.some(({ checked }) => checked),
      withSiblings: paths.entrySiblings(childId, entryId),
      history: historyOf(seen, context),
      mayBook: seen.mayBook,
      waits,
      paused: entry.pausedAt !== null,
      change: live.length > 0 ? '' : paths.entryChange(childId, entryId),
      pause: paths.entryPause(childId, entryId),
      resume: paths.entryResumption(childId, entryId),
      withdraw: paths.entryWithdrawal(childId, entryId),
      restore: until === undefined ? '' : paths.entryRestoration(childId, entryId),
      restoreUntil: until === undefined ? '' : t('waiting.restore_until', { date: formatDate(until) }),
      again: paths.newEntry(childId),
      values: { together: siblings.filter(({ checked }) => checked).map(({ value }) => value) },
      errors: problem?.errors,
    },
    {
      address: paths.entry(childId, entryId),
      ...(problem?.status !== undefined && { status: problem.status }),
    },
  );
}

export const entry = routes('/children/:childId/waiting-list/:entryId').get('', familyEntrySeen, (context) =>
  showEntry(context),
);
