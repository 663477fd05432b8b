import { sql } from 'drizzle-orm';
import type { Instant, PlainDate } from '../../../src/domain/calendar.ts';
import type { ClosedReason } from '../../../src/domain/opening.ts';
import type { PatternJson } from '../../../src/domain/pattern.ts';
import type { Capacity, SkillsOnDuty } from '../../../src/domain/staffing.ts';
import { HEADS_WIDTH, WEIGHT_WIDTH } from '../half-hours.ts';
import type { Kit } from '../postgres-kit.ts';
import type { CentreTables } from './centres.ts';
import type { PeopleTables } from './people.ts';
import type { RosterTables } from './rosters.ts';

/** The kernel: a group's day and what claims its half-hours. */
export function dayTables(kit: Kit, people: PeopleTables, centres: CentreTables, rosters: RosterTables) {
  const { person, child } = people;
  const { careGroup } = centres;

  /** The aggregate: recomputed whole from its rows under its lock, never by increments. */
  const groupDay = kit.table(
    'group_day',
    {
      groupId: kit
        .int('group_id')
        .notNull()
        .references(() => careGroup.id, { onDelete: 'cascade' }),
      date: kit.text<PlainDate>('date').notNull(),
      room: kit.int('room').notNull(),
      opensAt: kit.int('opens_at'),
      closesAt: kit.int('closes_at'),
      closedReason: kit.text<ClosedReason>('closed_reason'),
      booked: kit.halfHours('booked', HEADS_WIDTH).notNull(),
      held: kit.halfHours('held', HEADS_WIDTH).notNull(),
      load: kit.halfHours('load', WEIGHT_WIDTH).notNull(),
      peakTaken: kit.int('peak_taken').notNull(),
      peakBooked: kit.int('peak_booked').notNull(),
      /** The published roster from which capacity follows; the four columns are null until there is one. */
      rosterId: kit.int('roster_id').references(() => rosters.roster.id),
      capacity: kit.json<Capacity>('capacity'),
      skillsOnDuty: kit.json<SkillsOnDuty>('skills_on_duty'),
      rosteredPlaceMinutes: kit.int('rostered_place_minutes'),
      staffedMinutes: kit.int('staffed_minutes'),
      placeMinutes: kit.int('place_minutes').notNull(),
      bookedMinutes: kit.int('booked_minutes').notNull(),
      attendedMinutes: kit.int('attended_minutes').notNull(),
    },
    (t) => {
      const sums = [
        t.placeMinutes,
        t.rosteredPlaceMinutes,
        t.staffedMinutes,
        t.bookedMinutes,
        t.attendedMinutes,
        t.peakBooked,
      ] as const;
      return [
        kit.primaryKey({ columns: [t.groupId, t.date] }),
        // The sums stand in two orders: the country's days by date, a region's by group.
        kit.index('group_day_sums').on(t.date, t.groupId, ...sums),
        kit.index('group_day_sums_of_group').on(t.groupId, t.date, ...sums),
        kit.check('group_day_not_overbooked', sql`peak_taken <= room`),
      ];
    },
  );

  const enrolment = kit.table(
    'enrolment',
    {
      id: kit.id(),
      childId: kit
        .int('child_id')
        .notNull()
        .references(() => child.id),
      groupId: kit
        .int('group_id')
        .notNull()
        .references(() => careGroup.id),
      startsOn: kit.text<PlainDate>('starts_on').notNull(),
      endsOn: kit.text<PlainDate>('ends_on'),
      ground: kit.text('ground').notNull(),
      createdAt: kit.text<Instant>('created_at').notNull(),
      createdBy: kit.int('created_by').references(() => person.id, { onDelete: 'set null' }),
    },
    (t) => [kit.index('enrolment_child').on(t.childId), kit.index('enrolment_group').on(t.groupId)],
  );

  /** The centre keeps this child's file: it sees the child even without an enrolment or booking. */
  const registration = kit.table(
    'registration',
    {
      childId: kit
        .int('child_id')
        .notNull()
        .references(() => child.id, { onDelete: 'cascade' }),
      centreId: kit
        .int('centre_id')
        .notNull()
        .references(() => centres.centre.id, { onDelete: 'cascade' }),
      registeredAt: kit.text<Instant>('registered_at').notNull(),
      registeredBy: kit.int('registered_by').references(() => person.id, { onDelete: 'set null' }),
    },
    (t) => [
      kit.primaryKey({ columns: [t.childId, t.centreId] }),
      kit.index('registration_centre').on(t.centreId),
    ],
  );

  const bookingSeries = kit.table('booking_series', {
    id: kit.id(),
    childId: kit
      .int('child_id')
      .notNull()
      .references(() => child.id),
    groupId: kit
      .int('group_id')
      .notNull()
      .references(() => careGroup.id),
    pattern: kit.json<PatternJson>('pattern').notNull(),
    startsOn: kit.text<PlainDate>('starts_on').notNull(),
    endsOn: kit.text<PlainDate>('ends_on').notNull(),
    ifFull: kit.text<'refuse_all' | 'book_free'>('if_full').notNull(),
    bookedAt: kit.text<Instant>('booked_at').notNull(),
    bookedBy: kit.int('booked_by').references(() => person.id, { onDelete: 'set null' }),
  });

  const booking = kit.table(
    'booking',
    {
      id: kit.id(),
      childId: kit
        .int('child_id')
        .notNull()
        .references(() => child.id),
      groupId: kit.int('group_id').notNull(),
      date: kit.text<PlainDate>('date').notNull(),
      fromHalfHour: kit.int('from_half_hour').notNull(),
      toHalfHour: kit.int('to_half_hour').notNull(),
      /** Support weight that held when it was booked, in hundredths. */
      weight: kit.int('weight').notNull(),
      /** Occupied is [from, releasedFrom ?? to). */
      releasedFrom: kit.int('released_from'),
      seriesId: kit.int('series_id').references(() => bookingSeries.id),
      enrolmentId: kit.int('enrolment_id').references(() => enrolment.id),
      bookedAt: kit.text<Instant>('booked_at').notNull(),
      bookedBy: kit.int('booked_by').references(() => person.id, { onDelete: 'set null' }),
      /** Made or last changed after the centre's deadline. */
      late: kit.bool('late').notNull(),
    },
    (t) => [
      kit.foreignKey({ columns: [t.groupId, t.date], foreignColumns: [groupDay.groupId, groupDay.date] }),
      kit
        .uniqueIndex('booking_one_a_day')
        .on(t.childId, t.date)
        .where(sql`released_from is null or released_from > from_half_hour`),
      kit.index('booking_child').on(t.childId, t.date),
      // With all that adds up to a group's day.
      kit
        .index('booking_group')
        .on(t.groupId, t.date, t.childId, t.fromHalfHour, t.toHalfHour, t.releasedFrom, t.weight),
      kit.index('booking_series_id').on(t.seriesId),
      kit.check('booking_length', sql`to_half_hour - from_half_hour between 8 and 20`),
      kit.check('booking_grid', sql`from_half_hour >= 0 and to_half_hour <= 48`),
      kit.check(
        'booking_released_inside',
        sql`released_from is null or (released_from >= from_half_hour and released_from <= to_half_hour)`,
      ),
    ],
  );

  /** By the family, the centre, or a closure that the centre made: never mixed up with an absence. */
  const cancellation = kit.table(
    'cancellation',
    {
      bookingId: kit
        .int('booking_id')
        .primaryKey()
        .references(() => booking.id, { onDelete: 'cascade' }),
      at: kit.text<Instant>('at').notNull(),
      by: kit.int('by').references(() => person.id, { onDelete: 'set null' }),
      source: kit.text<'family' | 'centre'>('source').notNull(),
      closureId: kit.int('closure_id').references(() => centres.closure.id),
    },
    (t) => [kit.index('cancellation_closure').on(t.closureId)],
  );

  const absence = kit.table('absence', {
    bookingId: kit
      .int('booking_id')
      .primaryKey()
      .references(() => booking.id, { onDelete: 'cascade' }),
    at: kit.text<Instant>('at').notNull(),
    by: kit.int('by').references(() => person.id, { onDelete: 'set null' }),
    kind: kit.text<'illness' | 'family' | 'medical' | 'excused' | 'unexcused'>('kind').notNull(),
  });

  const attendance = kit.table('attendance', {
    bookingId: kit
      .int('booking_id')
      .primaryKey()
      .references(() => booking.id, { onDelete: 'cascade' }),
    arrivedAt: kit.text<Instant>('arrived_at').notNull(),
    departedAt: kit.text<Instant>('departed_at'),
    collectorId: kit.int('collector_id').references(() => person.id, { onDelete: 'set null' }),
    arrivedBy: kit.int('arrived_by').references(() => person.id, { onDelete: 'set null' }),
    departedBy: kit.int('departed_by').references(() => person.id, { onDelete: 'set null' }),
  });

  /** Half-hours kept free for somebody, for a while. */
  const hold = kit.table(
    'hold',
    {
      id: kit.id(),
      groupId: kit.int('group_id').notNull(),
      date: kit.text<PlainDate>('date').notNull(),
      fromHalfHour: kit.int('from_half_hour').notNull(),
      toHalfHour: kit.int('to_half_hour').notNull(),
      childId: kit.int('child_id').references(() => child.id),
      weight: kit.int('weight').notNull(),
      source: kit.text<'offer' | 'matching' | 'rescue' | 'departure'>('source').notNull(),
      expiresAt: kit.text<Instant>('expires_at').notNull(),
      /** The offer or rescue for which they are kept; which of the two the source says. */
      sourceId: kit.int('source_id'),
    },
    (t) => [
      kit.foreignKey({ columns: [t.groupId, t.date], foreignColumns: [groupDay.groupId, groupDay.date] }),
      kit.index('hold_group').on(t.groupId, t.date),
      kit.index('hold_source').on(t.source, t.sourceId),
      kit.index('hold_expiry').on(t.expiresAt),
      kit.check(
        'hold_grid',
        sql`from_half_hour >= 0 and from_half_hour < to_half_hour and to_half_hour <= 48`,
      ),
    ],
  );

  /** A centre's week by weekday and half-hour, all its groups together; rewritten whole by a job. */
  const weekProfile = kit.table(
    'week_profile',
    {
      centreId: kit
        .int('centre_id')
        .notNull()
        .references(() => centres.centre.id, { onDelete: 'cascade' }),
      /** Its Monday. */
      week: kit.text<PlainDate>('week').notNull(),
      asAt: kit.text<Instant>('as_at').notNull(),
      /** 336 numbers each, Monday 00:00 first: heads that may come, are booked, and that published staff carry. */
      places: kit.json<number[]>('places').notNull(),
      booked: kit.json<number[]>('booked').notNull(),
      staffed: kit.json<number[]>('staffed'),
    },
    (t) => [kit.primaryKey({ columns: [t.centreId, t.week] }), kit.index('week_profile_week').on(t.week)],
  );

  return {
    groupDay,
    enrolment,
    registration,
    bookingSeries,
    booking,
    cancellation,
    absence,
    attendance,
    hold,
    weekProfile,
  };
}

export type DayTables = ReturnType<typeof dayTables>;
