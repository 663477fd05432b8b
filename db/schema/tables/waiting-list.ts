import { sql } from 'drizzle-orm';
import type { Instant, PlainDate } from '../../../src/domain/calendar.ts';
import type { PatternJson } from '../../../src/domain/pattern.ts';
import type {
  EndReason,
  MoveCauses,
  QueueTerms,
  RankInputs,
  Tolerance,
} from '../../../src/domain/waiting-list.ts';
import type { Kit } from '../postgres-kit.ts';
import type { CentreTables } from './centres.ts';
import type { PeopleTables } from './people.ts';

/** Families that wait for a place: a wish, the groups it names, and every rank with what gave it. */
export function waitingListTables(kit: Kit, { child, person }: PeopleTables, { careGroup }: CentreTables) {
  const waitingListEntry = kit.table(
    'waiting_list_entry',
    {
      id: kit.id(),
      childId: kit
        .int('child_id')
        .notNull()
        .references(() => child.id, { onDelete: 'cascade' }),
      pattern: kit.json<PatternJson>('pattern').notNull(),
      minimumMinutesPerWeek: kit.int('minimum_minutes_per_week'),
      startsOn: kit.text<PlainDate>('starts_on').notNull(),
      registeredAt: kit.text<Instant>('registered_at').notNull(),
      /** What else the family would take; null = exactly the pattern. */
      tolerance: kit.json<Tolerance>('tolerance'),
      /** Entries with the same key are siblings who come together or not at all. */
      togetherKey: kit.text('together_key'),
      registeredBy: kit.int('registered_by').references(() => person.id, { onDelete: 'set null' }),
      changedAt: kit.text<Instant>('changed_at'),
    },
    (t) => [
      kit.index('waiting_list_entry_child').on(t.childId),
      kit.index('waiting_list_entry_together').on(t.togetherKey),
    ],
  );

  const waitingListChoice = kit.table(
    'waiting_list_choice',
    {
      entryId: kit
        .int('entry_id')
        .notNull()
        .references(() => waitingListEntry.id, { onDelete: 'cascade' }),
      groupId: kit
        .int('group_id')
        .notNull()
        .references(() => careGroup.id, { onDelete: 'cascade' }),
      /** 1 is the dearest wish. */
      preference: kit.int('preference').notNull(),
      /** When an offer of this group was refused: the entry waits on for the others. */
      refusedAt: kit.text<Instant>('refused_at'),
    },
    (t) => [
      kit.primaryKey({ columns: [t.entryId, t.groupId] }),
      kit.index('waiting_list_choice_group').on(t.groupId),
    ],
  );

  /** A family asks not to be offered anything for a while; its rank is kept. */
  const waitingListPause = kit.table(
    'waiting_list_pause',
    {
      id: kit.id(),
      entryId: kit
        .int('entry_id')
        .notNull()
        .references(() => waitingListEntry.id, { onDelete: 'cascade' }),
      startedAt: kit.text<Instant>('started_at').notNull(),
      startedBy: kit.int('started_by').references(() => person.id, { onDelete: 'set null' }),
      endedAt: kit.text<Instant>('ended_at'),
    },
    (t) => [
      kit
        .uniqueIndex('waiting_list_pause_live')
        .on(t.entryId)
        .where(sql`ended_at is null`),
    ],
  );

  /** Why an entry waits no more. What lapsed may be restored once; see domain/waiting-list.ts. */
  const waitingListEnd = kit.table(
    'waiting_list_end',
    {
      id: kit.id(),
      entryId: kit
        .int('entry_id')
        .notNull()
        .references(() => waitingListEntry.id, { onDelete: 'cascade' }),
      at: kit.text<Instant>('at').notNull(),
      by: kit.int('by').references(() => person.id, { onDelete: 'set null' }),
      reason: kit.text<EndReason>('reason').notNull(),
      restoredAt: kit.text<Instant>('restored_at'),
      restoredBy: kit.int('restored_by').references(() => person.id, { onDelete: 'set null' }),
    },
    (t) => [
      kit.index('waiting_list_end_entry').on(t.entryId),
      kit
        .uniqueIndex('waiting_list_end_live')
        .on(t.entryId)
        .where(sql`restored_at is null`),
    ],
  );

  /** A region's order of the queue and its deadlines, valid from a day. The newest row of the newest day holds. */
  const orderRule = kit.table(
    'order_rule',
    {
      id: kit.id(),
      regionCode: kit.text('region_code').notNull(),
      startsOn: kit.text<PlainDate>('starts_on').notNull(),
      terms: kit.json<QueueTerms>('terms').notNull(),
      createdAt: kit.text<Instant>('created_at').notNull(),
      createdBy: kit.int('created_by').references(() => person.id, { onDelete: 'set null' }),
    },
    (t) => [kit.index('order_rule_region').on(t.regionCode, t.startsOn)],
  );

  /** Where an entry stands at a group, with everything from which that follows. */
  const waitingListRank = kit.table(
    'waiting_list_rank',
    {
      groupId: kit
        .int('group_id')
        .notNull()
        .references(() => careGroup.id, { onDelete: 'cascade' }),
      entryId: kit
        .int('entry_id')
        .notNull()
        .references(() => waitingListEntry.id, { onDelete: 'cascade' }),
      position: kit.int('position').notNull(),
      of: kit.int('of').notNull(),
      score: kit.json<number[]>('score').notNull(),
      inputs: kit.json<RankInputs>('inputs').notNull(),
      /** Null: the terms that hold where a region has stated none. */
      ruleId: kit.int('rule_id').references(() => orderRule.id),
      rankedAt: kit.text<Instant>('ranked_at').notNull(),
    },
    (t) => [
      kit.primaryKey({ columns: [t.groupId, t.entryId] }),
      kit.index('waiting_list_rank_entry').on(t.entryId),
    ],
  );

  /** The story of a rank: from which place to which, and because of what. */
  const waitingListMove = kit.table(
    'waiting_list_move',
    {
      id: kit.id(),
      entryId: kit
        .int('entry_id')
        .notNull()
        .references(() => waitingListEntry.id, { onDelete: 'cascade' }),
      groupId: kit.int('group_id').notNull(),
      at: kit.text<Instant>('at').notNull(),
      fromPosition: kit.int('from_position'),
      toPosition: kit.int('to_position').notNull(),
      of: kit.int('of').notNull(),
      causes: kit.json<MoveCauses>('causes').notNull(),
    },
    (t) => [kit.index('waiting_list_move_entry').on(t.entryId, t.id)],
  );

  return {
    waitingListEntry,
    waitingListChoice,
    waitingListPause,
    waitingListEnd,
    orderRule,
    waitingListRank,
    waitingListMove,
  };
}

export type WaitingListTables = ReturnType<typeof waitingListTables>;
