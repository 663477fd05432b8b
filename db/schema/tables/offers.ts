import { sql } from 'drizzle-orm';
import type { Instant, PlainDate } from '../../../src/domain/calendar.ts';
import type { OfferKind, OfferOutcome, OfferChannel } from '../../../src/domain/offer.ts';
import type { PatternJson } from '../../../src/domain/pattern.ts';
import type { Kit } from '../postgres-kit.ts';
import type { CentreTables } from './centres.ts';
import type { DayTables } from './days.ts';
import type { PeopleTables } from './people.ts';
import type { RoundTables } from './rounds.ts';
import type { WaitingListTables } from './waiting-list.ts';

/** Places offered to families: what is offered, what became of it, and who was passed over. */
export function offerTables(
  kit: Kit,
  { person, child }: PeopleTables,
  { careGroup }: CentreTables,
  { enrolment }: DayTables,
  { waitingListEntry, orderRule }: WaitingListTables,
  { allocationRound }: RoundTables,
) {
  const offer = kit.table(
    'offer',
    {
      id: kit.id(),
      entryId: kit
        .int('entry_id')
        .notNull()
        .references(() => waitingListEntry.id, { onDelete: 'cascade' }),
      childId: kit
        .int('child_id')
        .notNull()
        .references(() => child.id, { onDelete: 'cascade' }),
      groupId: kit
        .int('group_id')
        .notNull()
        .references(() => careGroup.id, { onDelete: 'cascade' }),
      kind: kit.text<OfferKind>('kind').notNull(),
      pattern: kit.json<PatternJson>('pattern').notNull(),
      /** The period of the place, both days included; its half-hours are held. */
      startsOn: kit.text<PlainDate>('starts_on').notNull(),
      endsOn: kit.text<PlainDate>('ends_on').notNull(),
      /** The rank that won it. */
      position: kit.int('position').notNull(),
      of: kit.int('of').notNull(),
      score: kit.json<number[]>('score').notNull(),
      ruleId: kit.int('rule_id').references(() => orderRule.id),
      offeredAt: kit.text<Instant>('offered_at').notNull(),
      offeredBy: kit.int('offered_by').references(() => person.id, { onDelete: 'set null' }),
      /** Answered before this instant, or not at all. */
      expiresAt: kit.text<Instant>('expires_at').notNull(),
      /** When the family is reminded; null once it has been, or has answered. */
      remindAt: kit.text<Instant>('remind_at'),
      seenAt: kit.text<Instant>('seen_at'),
      /** Null while the offer is live; its outcome says how it ended. */
      endedAt: kit.text<Instant>('ended_at'),
      /** What an SMS answers with. */
      replyCode: kit.text('reply_code').notNull(),
      /** Offers of siblings who come together or not at all are answered together. */
      bundle: kit.text('bundle'),
      roundId: kit.int('round_id').references(() => allocationRound.id),
    },
    (t) => [
      kit
        .uniqueIndex('offer_live_child')
        .on(t.childId)
        .where(sql`ended_at is null`),
      kit.index('offer_child').on(t.childId),
      kit.index('offer_entry').on(t.entryId),
      kit.index('offer_group').on(t.groupId, t.offeredAt),
      kit
        .index('offer_live_expiry')
        .on(t.expiresAt)
        .where(sql`ended_at is null`),
      kit
        .index('offer_remind')
        .on(t.remindAt)
        .where(sql`ended_at is null`),
      kit
        .index('offer_reply_code')
        .on(t.replyCode)
        .where(sql`ended_at is null`),
    ],
  );

  /** How an offer ended: exactly one row an offer. */
  const offerEnd = kit.table('offer_end', {
    offerId: kit
      .int('offer_id')
      .primaryKey()
      .references(() => offer.id, { onDelete: 'cascade' }),
    at: kit.text<Instant>('at').notNull(),
    by: kit.int('by').references(() => person.id, { onDelete: 'set null' }),
    outcome: kit.text<OfferOutcome>('outcome').notNull(),
    channel: kit.text<OfferChannel>('channel').notNull(),
    reason: kit.text('reason'),
    enrolmentId: kit.int('enrolment_id').references(() => enrolment.id),
  });

  /** Arrival put off once, for illness or hospital. */
  const arrivalPostponement = kit.table('arrival_postponement', {
    offerId: kit
      .int('offer_id')
      .primaryKey()
      .references(() => offer.id, { onDelete: 'cascade' }),
    at: kit.text<Instant>('at').notNull(),
    by: kit.int('by').references(() => person.id, { onDelete: 'set null' }),
    fromDate: kit.text<PlainDate>('from_date').notNull(),
    toDate: kit.text<PlainDate>('to_date').notNull(),
  });

  /** A call to a family that has not seen its offer. */
  const offerCall = kit.table(
    'offer_call',
    {
      id: kit.id(),
      offerId: kit
        .int('offer_id')
        .notNull()
        .references(() => offer.id, { onDelete: 'cascade' }),
      at: kit.text<Instant>('at').notNull(),
      by: kit.int('by').references(() => person.id, { onDelete: 'set null' }),
      outcome: kit.text<'reached' | 'no_answer' | 'wrong_number'>('outcome').notNull(),
      note: kit.text('note').notNull(),
    },
    (t) => [kit.index('offer_call_offer').on(t.offerId)],
  );

  /** Somebody ranked above an offer whose pattern did not fit: told, and counted where freed hours went below it. */
  const passingOver = kit.table(
    'passing_over',
    {
      id: kit.id(),
      entryId: kit
        .int('entry_id')
        .notNull()
        .references(() => waitingListEntry.id, { onDelete: 'cascade' }),
      groupId: kit
        .int('group_id')
        .notNull()
        .references(() => careGroup.id, { onDelete: 'cascade' }),
      offerId: kit
        .int('offer_id')
        .notNull()
        .references(() => offer.id, { onDelete: 'cascade' }),
      at: kit.text<Instant>('at').notNull(),
      /** Dates of the pattern without room, at most the first ten, and how many in all. */
      full: kit.json<{ dates: PlainDate[]; days: number }>('full').notNull(),
    },
    (t) => [kit.index('passing_over_entry').on(t.entryId, t.groupId)],
  );

  return { offer, offerEnd, arrivalPostponement, offerCall, passingOver };
}
