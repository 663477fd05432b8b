import { formatDate } from '../../domain/calendar-words.ts';
import { addMinutes, dateAt } from '../../domain/calendar.ts';
import { minutesPerWeek, parsePattern } from '../../domain/pattern.ts';
import { refuse } from '../../domain/refusal.ts';
import { RESTORE_DAYS, restorableUntil } from '../../domain/waiting-list.ts';
import { listChildrenById } from '../../data/children.ts';
import { findCentre } from '../../data/centres.ts';
import type { Reading } from '../../data/database.ts';
import { listGroups, type Group } from '../../data/groups.ts';
import { listLapsed } from '../../data/lapsed-entries.ts';
import { listMatchingHolds, listOffers } from '../../data/offers.ts';
import { findOrderRule, findOrderRuleById } from '../../data/order-rules.ts';
import { listRanks } from '../../data/ranks.ts';
import { countPassingsOver } from '../../data/passings-over.ts';
import { listTakenBack } from '../../data/taken-back.ts';
import { listEnds, listQueue } from '../../data/waiting-list.ts';
import { searchName } from '../../domain/names.ts';
import { matchGroup } from '../../use-cases/matching.ts';
import { restoreEntry } from '../../use-cases/waiting-list.ts';
import { centreStaff } from '../access.ts';
import { attempt } from '../attempt.ts';
import type { Context } from '../context.ts';
import { statusOf } from '../errors.ts';
import type { FieldError } from '../form.ts';
import { hoursOf } from '../figures.ts';
import { centreName } from '../names.ts';
import { page } from '../page.ts';
import { storedPatternWords } from '../pattern-words.ts';
import { paths } from '../paths.ts';
import { centreEntry, centreGroupStaff } from '../access/queue.ts';
import { ruleWords, scoreWords } from '../queue-words.ts';
import { routes } from '../route.ts';
import { freedWords, matchedWords } from './matched-words.ts';

const SHOWN = ['all', 'ready', 'paused', 'offered', 'passed'] as const;
type Shown = (typeof SHOWN)[number];

/** A group's queue, best rank first, with everything the list says of each entry. */
async function readQueue({ today }: Context, tx: Reading, group: Group) {
  const queue = new Map((await listQueue(tx, group.id)).map((entry) => [entry.id, entry]));
  const names = new Map(
    (
      await listChildrenById(
        tx,
        [...queue.values()].map((entry) => entry.childId),
      )
    ).map((child) => [child.id, child.name]),
  );
  const offers = new Map(
    (await listOffers(tx, { childIds: [...names.keys()], live: true })).map((offer) => [
      offer.childId,
      offer,
    ]),
  );
  const passed = await countPassingsOver(tx, group.id, [...queue.keys()]);
  const takenBack = new Map(
    (await listTakenBack(tx, group.id, today)).map((each) => [each.entryId, each.offerId]),
  );
  const rules = new Map<number | null, Awaited<ReturnType<typeof findOrderRuleById>>>();
  const rows = [];
  for (const rank of await listRanks(tx, group.id)) {
    const entry = queue.get(rank.entryId);
    if (!entry) continue;
    if (!rules.has(rank.ruleId)) rules.set(rank.ruleId, await findOrderRuleById(tx, rank.ruleId));
    const { terms } = rules.get(rank.ruleId)!;
    const offer = offers.get(entry.childId);
    const name = names.get(entry.childId) ?? '';
    const took = takenBack.get(entry.id);
    rows.push({ rank, entry, name, offer, took, passed: passed.get(entry.id) ?? 0, terms });
  }
  return rows;
}

type Row = Awaited<ReturnType<typeof readQueue>>[number];

/** Entries that lapsed and may still be restored, once. */
async function readLapsed({ now }: Context, tx: Reading, group: Group) {
  const lapsed = await listLapsed(tx, group.id, addMinutes(now, -(RESTORE_DAYS + 1) * 24 * 60));
  const restorable = [];
  for (const entry of lapsed) {
    if (restorableUntil(entry.lapsedAt) < dateAt(now)) continue;
    if ((await listEnds(tx, entry.id)).every((end) => end.restoredAt === null)) restorable.push(entry);
  }
  return restorable;
}

function isShown({ entry, offer, passed }: Row, shown: Shown): boolean {
  switch (shown) {
    case 'all':
      return true;
    case 'ready':
      return entry.pausedAt === null && !offer;
    case 'paused':
      return entry.pausedAt !== null;
    case 'offered':
      return offer !== undefined;
    case 'passed':
      return passed > 0;
  }
}

function lineOf({ rank, entry, name, offer, took, passed, terms }: Row, context: Context) {
  const { t, language } = context;
  const centreId = context.id('centreId');
  const parsed = parsePattern(entry.pattern);
  const minutes = 'pattern' in parsed ? minutesPerWeek(parsed.pattern) : 0;
  return {
    position: String(rank.position),
    name,
    child: paths.centreChild(centreId, entry.childId),
    why: scoreWords(rank, terms, t),
    hours: storedPatternWords(entry.pattern, t),
    week: t('waiting.hours_a_week', { hours: hoursOf(minutes, language) }),
    from: formatDate(entry.startsOn),
    wish: t('waiting.wish_number', { n: entry.preference }),
    tags: [
      ...(entry.pausedAt === null
        ? []
        : [{ tone: 'off', text: t('waiting.paused_since', { date: formatDate(dateAt(entry.pausedAt)) }) }]),
      ...(entry.togetherKey === null ? [] : [{ tone: 'info', text: t('waiting.joint') }]),
      ...(passed > 0 ? [{ tone: 'warn', text: t('waiting.passed_times', { n: passed }) }] : []),
      ...(offer && offer.centreId !== centreId ? [{ tone: '', text: t('waiting.offered_elsewhere') }] : []),
    ],
    offer: offer?.centreId === centreId ? paths.centreOffer(centreId, offer.id) : '',
    tookBack: took === undefined ? '' : paths.centreOffer(centreId, took),
  };
}

async function showList(
  context: Context,
  problem?: { readonly errors: readonly FieldError[]; readonly status: number; readonly groupId?: number },
): Promise<void> {
  const { t, language, today, now } = context;
  const centreId = context.id('centreId');
  const asked = problem?.groupId ?? Number(context.query('group'));
  const shown = SHOWN.find((each) => each === context.query('show')) ?? 'all';
  const search = searchName(context.query('search'));
  const seen = await context.database.read(async (tx) => {
    const groups = (await listGroups(tx, centreId)).filter(
      (group) => group.endsOn === null || group.endsOn >= today,
    );
    const lengths = new Map<number, number>();
    for (const group of groups) lengths.set(group.id, (await listRanks(tx, group.id)).length);
    const group =
      groups.find((each) => each.id === asked) ??
      groups.find((each) => (lengths.get(each.id) ?? 0) > 0) ??
      groups[0];
    const rows = group ? await readQueue(context, tx, group) : [];
    return {
      centre: (await findCentre(tx, centreId)) ?? refuse('missing'),
      groups,
      lengths,
      group,
      rows,
      rule: group && (await findOrderRule(tx, group.regionCode, today)),
      lapsed: group ? await readLapsed(context, tx, group) : [],
      freed: group ? await listMatchingHolds(tx, group.id) : [],
      matched: group
        ? await matchedWords(context, tx, group, new Map(rows.map((row) => [row.entry.id, row.name])))
        : undefined,
    };
  });
  const { group, rows } = seen;
  const names = (row: Row) => search === '' || searchName(row.name).includes(search);
  const lines = rows.filter((row) => isShown(row, shown) && names(row));
  page(
    context.res,
    'centre/waiting-list',
    {
      title: t('nav.waiting_list'),
      centre: centreName(seen.centre, language),
      tabs: seen.groups.map((each) => ({
        href: paths.centreWaitingList(centreId, { group: each.id }),
        text: `${each.name} (${seen.lengths.get(each.id) ?? 0})`,
        current: each.id === group?.id,
      })),
      group: group && {
        id: group.id,
        name: group.name,
        offer: paths.centreGroupOffers(centreId, group.id),
        days: paths.centreWeek(centreId),
      },
      total: t('waiting.length', { n: rows.length }),
      shownCount: lines.length === rows.length ? '' : t('waiting.shown', { n: lines.length }),
      lines: lines.map((row) => lineOf(row, context)),
      filtered: shown !== 'all' || search !== '',
      clear: paths.centreWaitingList(centreId, { group: group?.id }),
      action: paths.centreWaitingList(centreId),
      options: SHOWN.map((value) => ({ value, text: t(`waiting.show.${value}`) })),
      values: { show: shown, search: context.query('search') },
      rule: seen.rule ? ruleWords(seen.rule, t) : [],
      freed: freedWords(seen.freed, now, t),
      matched: seen.matched,
      lapsed: seen.lapsed.map((entry) => ({
        name: entry.childName,
        child: paths.centreChild(centreId, entry.childId),
        hours: storedPatternWords(entry.pattern, t),
        until: t('waiting.restore_until', { date: formatDate(restorableUntil(entry.lapsedAt)) }),
        restore: paths.centreEntryRestoration(centreId, entry.id),
      })),
      offers: paths.centreOffers(centreId),
      groups: paths.centreGroups(centreId),
      errors: problem?.errors,
    },
    {
      width: 'wide',
      address: paths.centreWaitingList(centreId, {
        group: group?.id,
        ...(shown !== 'all' && { show: shown }),
        ...(search !== '' && { search: context.query('search') }),
      }),
      ...(problem && { status: problem.status }),
    },
  );
}

/** Runs the matching of a group at once, as the job would: what it found is told on the list. */
async function offerNow(context: Context): Promise<void> {
  const [centreId, groupId] = [context.id('centreId'), context.id('groupId')];
  const { refused, answer } = await attempt(context.perform(matchGroup, { groupId }));
  if (refused)
    return await showList(context, {
      errors: [{ field: '', key: `refusal.${refused.reason}` }],
      status: statusOf(refused.reason),
      groupId,
    });
  const offered = answer.offerIds.length > 0 ? answer.offerIds.join('-') : 'none';
  return context.done(paths.centreWaitingList(centreId, { group: groupId, offered }));
}

async function restore(context: Context): Promise<void> {
  const centreId = context.id('centreId');
  const { refused } = await attempt(context.perform(restoreEntry, { entryId: context.id('entryId') }));
  if (refused)
    return await showList(context, {
      errors: [{ field: '', key: `refusal.${refused.reason}` }],
      status: statusOf(refused.reason),
    });
  return context.done(paths.centreWaitingList(centreId), { key: 'waiting.restored' });
}

export const waitingList = routes('/centres/:centreId')
  .get('/waiting-list', centreStaff, (context) => showList(context))
  .post('/groups/:groupId/offers', centreGroupStaff, offerNow)
  .post('/waiting-list/:entryId/restoration', centreEntry, restore);
