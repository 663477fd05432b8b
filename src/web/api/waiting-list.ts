import { z } from 'zod';
import type { Pattern } from '../../domain/pattern.ts';
import { refuse } from '../../domain/refusal.ts';
import type { Reading } from '../../data/database.ts';
import { findOrderRuleById } from '../../data/order-rules.ts';
import { listRanks, listRanksOf, type StoredRank } from '../../data/ranks.ts';
import { findEntry, listChoices, listQueue } from '../../data/waiting-list.ts';
import { lockChildToBook } from '../../use-cases/bookings.ts';
import type { Work } from '../../use-cases/perform.ts';
import {
  joinWaitingList,
  pauseEntry,
  restoreEntry,
  resumeEntry,
  withdrawEntry,
} from '../../use-cases/waiting-list.ts';
import { families } from '../access.ts';
import { entryChanged, entrySeen, groupQueue } from '../access/queue.ts';
import { nothing, resource } from './resource.ts';
import type { PatternAsked } from './schemas/booking-series.ts';
import { pageFrom, paging, idAfter } from './schemas/pages.ts';
import {
  queuedPage,
  showEntry,
  showPosition,
  waitingAsked,
  waitingEntry,
  type Ranked,
} from './schemas/waiting-list.ts';

async function withRules(tx: Reading, ranks: readonly StoredRank[]): Promise<Ranked[]> {
  const ranked: Ranked[] = [];
  for (const rank of ranks) ranked.push({ ...rank, rule: await findOrderRuleById(tx, rank.ruleId) });
  return ranked;
}

async function shown(tx: Reading, entryId: number) {
  const entry = (await findEntry(tx, entryId)) ?? refuse('missing');
  const positions = (await withRules(tx, await listRanksOf(tx, entryId))).map(showPosition);
  return { ...showEntry(entry, await listChoices(tx, entryId)), positions };
}

/** Refuses a pattern off the grid or of wrong lengths, worst first, but only to those who may book for the child. */
async function requirePattern(work: Work, childId: number, asked: PatternAsked): Promise<Pattern> {
  if (asked.pattern) return asked.pattern;
  await lockChildToBook(work, childId);
  return refuse(asked.errors[0]?.reason ?? 'invalid', { errors: asked.errors });
}

const act =
  (useCase: (work: Work, input: { entryId: number }) => Promise<unknown>) =>
  async (work: Work, { context }: { context: { id(name: string): number } }) => {
    const entryId = context.id('entryId');
    await useCase(work, { entryId });
    return await shown(work.tx, entryId);
  };

export const waitingList = resource('/waiting-list')
  .write(
    '',
    families,
    {
      summary: 'Puts a child on the waiting list of up to ten groups, the dearest first',
      body: waitingAsked,
      answer: waitingEntry,
      reasons: [
        'missing',
        'off_grid',
        'too_short',
        'too_long',
        'wrong_category',
        'too_young',
        'too_old',
        'skill_missing',
        'past',
        'beyond_horizon',
        'closed',
        'outside_hours',
        'already_waiting',
      ],
    },
    async (work, { body: { pattern: asked, minimumMinutesPerWeek = null, ...wish } }) => {
      const pattern = await requirePattern(work, wish.childId, asked);
      const { id } = await joinWaitingList(work, {
        ...wish,
        pattern,
        minimumMinutesPerWeek,
        tolerance: null,
      });
      return await shown(work.tx, id);
    },
  )
  .read(
    '/:entryId',
    entrySeen,
    { summary: 'A wish with its ranks and all that gave them', answer: waitingEntry },
    ({ context }) => context.database.read((tx) => shown(tx, context.id('entryId'))),
  )
  .write(
    '/:entryId/pause',
    entryChanged,
    {
      summary: 'No offers for a while; the rank is kept',
      body: nothing,
      answer: waitingEntry,
      reasons: ['not_waiting'],
    },
    act(pauseEntry),
  )
  .write(
    '/:entryId/resumption',
    entryChanged,
    { summary: 'Offers may come again', body: nothing, answer: waitingEntry, reasons: ['not_waiting'] },
    act(resumeEntry),
  )
  .write(
    '/:entryId/withdrawal',
    entryChanged,
    { summary: 'Waits no more', body: nothing, answer: waitingEntry, reasons: ['not_waiting'] },
    act(withdrawEntry),
  )
  .write(
    '/:entryId/restoration',
    entryChanged,
    {
      summary: 'Takes back what lapsed: once, within 28 days',
      body: nothing,
      answer: waitingEntry,
      reasons: ['not_waiting', 'already_waiting'],
    },
    act(restoreEntry),
  );

export const groupWaitingList = resource('/groups/:groupId/waiting-list').read(
  '',
  groupQueue,
  {
    summary: "A group's queue, best rank first, to the staff of its centre",
    query: z.strictObject(paging),
    answer: queuedPage,
  },
  async ({ context, query }) =>
    context.database.read(async (tx) => {
      const groupId = context.id('groupId');
      const entries = new Map((await listQueue(tx, groupId)).map((entry) => [entry.id, entry]));
      const ranks = await withRules(tx, await listRanks(tx, groupId));
      const after = idAfter(query);
      const rows = [];
      for (const rank of ranks.filter((each) => each.position > after).slice(0, (query.limit ?? 100) + 1)) {
        const entry = entries.get(rank.entryId);
        if (entry)
          rows.push({
            rank,
            item: { ...showEntry(entry, await listChoices(tx, entry.id)), ...showPosition(rank) },
          });
      }
      return pageFrom(
        rows,
        query,
        ({ rank }) => [String(rank.position)],
        ({ item }) => item,
      );
    }),
);
