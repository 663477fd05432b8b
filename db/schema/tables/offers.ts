import { sql } from 'drizzle-orm';
import type { Instant, PlainDate } from '../../../src/domain/calendar.ts';
import type { OfferKind, OfferOutcome, OfferChannel } from '../../../src/domain/offer.ts';
import type { PatternJson } from '../../../src/domain/pattern.ts';
import type { Kit } from '../postgres-kit.ts';
import type { CentreTables } from './centres.ts';
import type { DayTables } from './days.ts';
import type { PeopleTables } from './people.ts';
import type { WaitingListTables } from './waiting-list.ts';

/** Places offered to families: what is offered, what became of it, and who was passed over. */
export function offerTables(
  kit: Kit,
  { person, child }: PeopleTables,
  { careGroup, centre }: CentreTables,
  { enrolment }: DayTables,
  { waitingListEntry, orderRule }: WaitingListTables,
) {
  /** A round: families rank until a day, the engine allocates, a second person approves, offers go out together. */
  const allocationRound = kit.table(
    'allocation_round',
    {
      id: kit.id(),
      regionCode: kit.text('region_code').notNull(),
      /** Null: all centres of the region. */
      centreId: kit.int('centre_id').references(() => centre.id, { onDelete: 'cascade' }),
      name: kit.text('name').notNull(),
      startsOn: kit.text<PlainDate>('starts_on').notNull(),
      wishesUntil: kit.text<PlainDate>('wishes_until').notNull(),
      createdAt: kit.text<Instant>('created_at').notNull(),
      createdBy: kit.int('created_by').references(() => person.id, { onDelete: 'set null' }),
      closedAt: kit.text<Instant>('closed_at'),
    },
    (t) => [kit.index('allocation_round_region').on(t.regionCode, t.startsOn)],
  );

  const allocationPreview = kit.table(
    'allocation_preview',
    {
      id: kit.id(),
      roundId: kit
        .int('round_id')
        .notNull()
        .references(() => allocationRound.id, { onDelete: 'cascade' }),
      rule: kit.text<'stable' | 'common' | 'strict'>('rule').notNull(),
      madeAt: kit.text<Instant>('made_at').notNull(),
      madeBy: kit.int('made_by').references(() => person.id, { onDelete: 'set null' }),
      input: kit.json<unknown>('input').notNull(),
      result: kit.json<unknown>('result').notNull(),
    },
    (t) => [kit.index('allocation_preview_round').on(t.roundId, t.id)],
  );

  const allocationApproval = kit.table('allocation_approval', {
    previewId: kit
      .int('preview_id')
      .primaryKey()
      .references(() => allocationPreview.id, { onDelete: 'cascade' }),
    at: kit.text<Instant>('at').notNull(),
    by: kit.int('by').references(() => person.id, { onDelete: 'set null' }),
  });

  const allocationPublication = kit.table('allocation_publication', {
    roundId: kit
      .int('round_id')
      .primaryKey()
      .references(() => allocationRound.id, { onDelete: 'cascade' }),
    previewId: kit
      .int('preview_id')
      .notNull()
      .references(() => allocationPreview.id),
    at: kit.text<Instant>('at').notNull(),
    by: kit.int('by').references(() => person.id, { onDelete: 'set null' }),
  });

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

  /** A person's calendar for other programs, by a secret address that can be revoked. */
  const calendarFeed = kit.table(
    'calendar_feed',
    {
      id: kit.id(),
      personId: kit
        .int('person_id')
        .notNull()
        .references(() => person.id, { onDelete: 'cascade' }),
      tokenHash: kit.text('token_hash').notNull(),
      createdAt: kit.text<Instant>('created_at').notNull(),
      revokedAt: kit.text<Instant>('revoked_at'),
    },
    (t) => [
      kit.uniqueIndex('calendar_feed_token').on(t.tokenHash),
      kit.index('calendar_feed_person').on(t.personId),
    ],
  );

  return {
    allocationRound,
    allocationPreview,
    allocationApproval,
    allocationPublication,
    offer,
    offerEnd,
    arrivalPostponement,
    offerCall,
    passingOver,
    standBy,
    rescue,
    rescueAnswer,
    releaseRequest,
    calendarFeed,
  };
}
