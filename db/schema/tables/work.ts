import type { Instant } from '../../../src/domain/calendar.ts';
import type { Kit } from '../postgres-kit.ts';
import type { PeopleTables } from './people.ts';

/** What the system itself keeps: answers to repeated writes, what happened, what is still to be done, who must be told. */
export function workTables(kit: Kit, { person }: PeopleTables) {
  /** The answer of a committed write, so that a repeated one is answered and not done again. */
  const operation = kit.table(
    'operation',
    {
      /** 0 for the system itself. */
      personId: kit.int('person_id').notNull(),
      route: kit.text('route').notNull(),
      key: kit.text('key').notNull(),
      bodyHash: kit.text('body_hash').notNull(),
      answer: kit.json<unknown>('answer'),
      at: kit.text<Instant>('at').notNull(),
    },
    (t) => [kit.primaryKey({ columns: [t.personId, t.route, t.key] }), kit.index('operation_at').on(t.at)],
  );

  const event = kit.table(
    'event',
    {
      id: kit.id(),
      at: kit.text<Instant>('at').notNull(),
      by: kit.int('by'),
      kind: kit.text('kind').notNull(),
      centreId: kit.int('centre_id'),
      groupId: kit.int('group_id'),
      childId: kit.int('child_id'),
      bookingId: kit.int('booking_id'),
      data: kit.json<unknown>('data'),
    },
    (t) => [
      kit.index('event_centre').on(t.centreId, t.at),
      kit.index('event_child').on(t.childId, t.at),
      kit.index('event_booking').on(t.bookingId),
    ],
  );

  /** To do after commit, or at a time. Handlers are idempotent. */
  const job = kit.table(
    'job',
    {
      id: kit.id(),
      kind: kit.text('kind').notNull(),
      /** At most one waiting job of a kind has this key. */
      key: kit.text('key').notNull(),
      payload: kit.json<unknown>('payload'),
      runAt: kit.text<Instant>('run_at').notNull(),
      attempts: kit.int('attempts').notNull(),
      lastError: kit.text('last_error'),
    },
    (t) => [kit.uniqueIndex('job_key').on(t.kind, t.key), kit.index('job_run_at').on(t.runAt)],
  );

  /** The outbox: written in the same transaction as what it tells. */
  const message = kit.table(
    'message',
    {
      id: kit.id(),
      personId: kit
        .int('person_id')
        .notNull()
        .references(() => person.id, { onDelete: 'cascade' }),
      /** Names the words in i18n; the data fills them. */
      kind: kit.text('kind').notNull(),
      data: kit.json<Record<string, string | number>>('data').notNull(),
      createdAt: kit.text<Instant>('created_at').notNull(),
      /** Sent by mail or SMS; every message is on the person's page as well. */
      sentAt: kit.text<Instant>('sent_at'),
      /** When a sender may take it next; null once it is sent or given up. */
      dueAt: kit.text<Instant>('due_at'),
      attempts: kit.int('attempts').notNull().default(0),
      readAt: kit.text<Instant>('read_at'),
    },
    (t) => [kit.index('message_person').on(t.personId, t.id), kit.index('message_due').on(t.dueAt)],
  );

  return { operation, event, job, message };
}
