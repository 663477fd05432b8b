import { sql } from 'drizzle-orm';
import type { Instant, PlainDate } from '../../../src/domain/calendar.ts';
import type { Kit } from '../postgres-kit.ts';
import type { CentreTables } from './centres.ts';
import type { PeopleTables } from './people.ts';

/** Hours that would be lost: families standing by, what was freed for today or tomorrow, and what families release. */
export function rescueTables(kit: Kit, { person, child }: PeopleTables, { careGroup }: CentreTables) {
  /** A family would come on a single day if hours became free. */
  const standBy = kit.table(
    'stand_by',
    {
      id: kit.id(),
      childId: kit
        .int('child_id')
        .notNull()
        .references(() => child.id, { onDelete: 'cascade' }),
      groupId: kit
        .int('group_id')
        .notNull()
        .references(() => careGroup.id, { onDelete: 'cascade' }),
      date: kit.text<PlainDate>('date').notNull(),
      fromHalfHour: kit.int('from_half_hour').notNull(),
      toHalfHour: kit.int('to_half_hour').notNull(),
      /** Accepted beforehand if it is known by this minute of the day; null = the family is asked. */
      takeUntilMinute: kit.int('take_until_minute'),
      createdAt: kit.text<Instant>('created_at').notNull(),
      createdBy: kit.int('created_by').references(() => person.id, { onDelete: 'set null' }),
      endedAt: kit.text<Instant>('ended_at'),
    },
    (t) => [
      kit
        .uniqueIndex('stand_by_live')
        .on(t.childId, t.groupId, t.date)
        .where(sql`ended_at is null`),
      kit.index('stand_by_group').on(t.groupId, t.date),
    ],
  );

  /** Hours freed for today or tomorrow, offered to all who stand by; among the answers in the window the best rank wins. */
  const rescue = kit.table(
    'rescue',
    {
      id: kit.id(),
      groupId: kit
        .int('group_id')
        .notNull()
        .references(() => careGroup.id, { onDelete: 'cascade' }),
      date: kit.text<PlainDate>('date').notNull(),
      fromHalfHour: kit.int('from_half_hour').notNull(),
      toHalfHour: kit.int('to_half_hour').notNull(),
      openedAt: kit.text<Instant>('opened_at').notNull(),
      closesAt: kit.text<Instant>('closes_at').notNull(),
      closedAt: kit.text<Instant>('closed_at'),
      bookingId: kit.int('booking_id'),
      /** Half-hours × heads that were freed, of those rescued. */
      freedMinutes: kit.int('freed_minutes').notNull(),
      rescuedMinutes: kit.int('rescued_minutes').notNull(),
    },
    (t) => [
      kit.index('rescue_group').on(t.groupId, t.date),
      kit
        .index('rescue_live')
        .on(t.closesAt)
        .where(sql`closed_at is null`),
    ],
  );

  const rescueAnswer = kit.table(
    'rescue_answer',
    {
      rescueId: kit
        .int('rescue_id')
        .notNull()
        .references(() => rescue.id, { onDelete: 'cascade' }),
      standById: kit
        .int('stand_by_id')
        .notNull()
        .references(() => standBy.id, { onDelete: 'cascade' }),
      askedAt: kit.text<Instant>('asked_at').notNull(),
      at: kit.text<Instant>('at'),
      by: kit.int('by').references(() => person.id, { onDelete: 'set null' }),
      answer: kit.text<'yes' | 'no' | 'beforehand'>('answer'),
      /** What the best rank decides among the answers, higher first. */
      score: kit.json<number[]>('score').notNull(),
    },
    (t) => [kit.primaryKey({ columns: [t.rescueId, t.standById] })],
  );

  /** A family whose hours are habitually unused is asked to release them; nothing happens without its consent. */
  const releaseRequest = kit.table(
    'release_request',
    {
      id: kit.id(),
      childId: kit
        .int('child_id')
        .notNull()
        .references(() => child.id, { onDelete: 'cascade' }),
      groupId: kit
        .int('group_id')
        .notNull()
        .references(() => careGroup.id, { onDelete: 'cascade' }),
      weekday: kit.text('weekday').notNull(),
      fromHalfHour: kit.int('from_half_hour').notNull(),
      toHalfHour: kit.int('to_half_hour').notNull(),
      askedAt: kit.text<Instant>('asked_at').notNull(),
      answeredAt: kit.text<Instant>('answered_at'),
      answeredBy: kit.int('answered_by').references(() => person.id, { onDelete: 'set null' }),
      answer: kit.text<'released' | 'kept'>('answer'),
    },
    (t) => [kit.index('release_request_child').on(t.childId)],
  );

  return { standBy, rescue, rescueAnswer, releaseRequest };
}
