import { sql } from 'drizzle-orm';
import type { Instant, PlainDate } from '../../../src/domain/calendar.ts';
import type { DraftOutcome, Shortage } from '../../../src/domain/draft.ts';
import type { Attestation, LeaveKind } from '../../../src/domain/lapses.ts';
import type { WeeklyHours } from '../../../src/domain/opening.ts';
import type { Level, Post } from '../../../src/domain/staffing.ts';
import type { Kit } from '../postgres-kit.ts';
import type { CentreTables } from './centres.ts';
import type { PeopleTables } from './people.ts';

/** Staff and their shifts. A shift serves groups in stretches; a published roster sets the capacity of its days. */
export function rosterTables(kit: Kit, { person }: PeopleTables, { centre, careGroup }: CentreTables) {
  const staff = kit.table(
    'staff',
    {
      id: kit.id(),
      ref: kit.text('ref'),
      centreId: kit
        .int('centre_id')
        .notNull()
        .references(() => centre.id, { onDelete: 'cascade' }),
      personId: kit.int('person_id').references(() => person.id, { onDelete: 'set null' }),
      name: kit.text('name').notNull(),
      searchName: kit.text('search_name').notNull(),
      post: kit.text<Post>('post').notNull(),
      level: kit.int('level').$type<Level>().notNull(),
      weeklyMinutes: kit.int('weekly_minutes').notNull(),
      skills: kit.json<string[]>('skills').notNull(),
      availability: kit.json<WeeklyHours>('availability').notNull(),
      startsOn: kit.text<PlainDate>('starts_on').notNull(),
      endsOn: kit.text<PlainDate>('ends_on'),
      daysPerWeek: kit.int('days_per_week').notNull().default(5),
      /** Working time is summed over weeks, so that a day may be longer than the daily norm. */
      summedTime: kit.bool('summed_time').notNull().default(false),
      /** Written consent to overtime, from this day; null = none. */
      overtimeConsentOn: kit.text<PlainDate>('overtime_consent_on'),
      /** May never work overtime, whatever was signed; the reason is nobody's business here. */
      overtimeBarred: kit.bool('overtime_barred').notNull().default(false),
      /** Hours this person would rather work; null = no wish. */
      preferences: kit.json<WeeklyHours>('preferences'),
      /** Null = never recorded. */
      medicalBookUntil: kit.text<PlainDate>('medical_book_until'),
      backgroundCheckedOn: kit.text<PlainDate>('background_checked_on'),
      backgroundCheckUntil: kit.text<PlainDate>('background_check_until'),
      attestation: kit.text<Attestation>('attestation'),
      attestedOn: kit.text<PlainDate>('attested_on'),
      attestationDueOn: kit.text<PlainDate>('attestation_due_on'),
      /** Calendar days of annual leave a year; null = what the working-time settings say. */
      annualLeaveDays: kit.int('annual_leave_days'),
      /** Days of leave that were unused when the person was entered here. */
      leaveCarriedDays: kit.int('leave_carried_days').notNull().default(0),
      /** Counts saves, so that the second of two administrators sees the difference. */
      version: kit.int('version').notNull().default(1),
    },
    (t) => [
      kit.uniqueIndex('staff_ref').on(t.ref),
      kit.index('staff_centre').on(t.centreId),
      kit.index('staff_person').on(t.personId),
    ],
  );

  /** Vocational education or a certificate of training, with its paper. */
  const staffQualification = kit.table(
    'staff_qualification',
    {
      id: kit.id(),
      staffId: kit
        .int('staff_id')
        .notNull()
        .references(() => staff.id, { onDelete: 'cascade' }),
      kind: kit.text('kind').notNull(),
      institution: kit.text('institution').notNull(),
      issuedOn: kit.text<PlainDate>('issued_on').notNull(),
      /** Null = does not end. */
      validUntil: kit.text<PlainDate>('valid_until'),
    },
    (t) => [kit.index('staff_qualification_staff').on(t.staffId)],
  );

  const staffLeave = kit.table(
    'staff_leave',
    {
      id: kit.id(),
      staffId: kit
        .int('staff_id')
        .notNull()
        .references(() => staff.id, { onDelete: 'cascade' }),
      startsOn: kit.text<PlainDate>('starts_on').notNull(),
      endsOn: kit.text<PlainDate>('ends_on').notNull(),
      kind: kit.text<LeaveKind>('kind').notNull().default('annual'),
      /** Null where it came as settled, from an import: then it holds without a decision. */
      requestedAt: kit.text<Instant>('requested_at'),
      requestedBy: kit.int('requested_by').references(() => person.id, { onDelete: 'set null' }),
    },
    (t) => [kit.index('staff_leave_days').on(t.staffId, t.startsOn)],
  );

  /** Leave that was asked for holds once it is approved, and no more once it is withdrawn. */
  const staffLeaveDecision = kit.table('staff_leave_decision', {
    leaveId: kit
      .int('leave_id')
      .primaryKey()
      .references(() => staffLeave.id, { onDelete: 'cascade' }),
    at: kit.text<Instant>('at').notNull(),
    by: kit.int('by').references(() => person.id, { onDelete: 'set null' }),
    outcome: kit.text<'approved' | 'refused' | 'withdrawn'>('outcome').notNull(),
    note: kit.text('note'),
  });

  const roster = kit.table(
    'roster',
    {
      id: kit.id(),
      centreId: kit
        .int('centre_id')
        .notNull()
        .references(() => centre.id, { onDelete: 'cascade' }),
      startsOn: kit.text<PlainDate>('starts_on').notNull(),
      endsOn: kit.text<PlainDate>('ends_on').notNull(),
      madeAt: kit.text<Instant>('made_at').notNull(),
      madeBy: kit.int('made_by').references(() => person.id, { onDelete: 'set null' }),
      /** Counts edits, so that nobody publishes what a colleague has changed meanwhile. */
      version: kit.int('version').notNull().default(1),
      /** The rosters that held on these days when the draft was made, and a print of their shifts: others make it stale. */
      basis: kit.json<number[]>('basis'),
      /** Null where no solver made it. */
      outcome: kit.json<DraftOutcome>('outcome'),
    },
    (t) => [kit.index('roster_centre').on(t.centreId, t.startsOn)],
  );

  const rosterPublication = kit.table('roster_publication', {
    rosterId: kit
      .int('roster_id')
      .primaryKey()
      .references(() => roster.id, { onDelete: 'cascade' }),
    publishedAt: kit.text<Instant>('published_at').notNull(),
    publishedBy: kit.int('published_by').references(() => person.id, { onDelete: 'set null' }),
    /** Where its staff fell below what was booked, as it was published. */
    shortages: kit.json<Shortage[]>('shortages'),
  });

  /** Which published roster holds on a centre's day; a later publication takes its days over. */
  const rosterDay = kit.table(
    'roster_day',
    {
      centreId: kit
        .int('centre_id')
        .notNull()
        .references(() => centre.id, { onDelete: 'cascade' }),
      date: kit.text<PlainDate>('date').notNull(),
      rosterId: kit
        .int('roster_id')
        .notNull()
        .references(() => roster.id, { onDelete: 'cascade' }),
    },
    (t) => [
      kit.primaryKey({ columns: [t.centreId, t.date] }),
      kit.index('roster_day_roster').on(t.rosterId, t.date),
    ],
  );

  const shift = kit.table(
    'shift',
    {
      id: kit.id(),
      rosterId: kit
        .int('roster_id')
        .notNull()
        .references(() => roster.id, { onDelete: 'cascade' }),
      staffId: kit
        .int('staff_id')
        .notNull()
        .references(() => staff.id, { onDelete: 'cascade' }),
      date: kit.text<PlainDate>('date').notNull(),
      fromHalfHour: kit.int('from_half_hour').notNull(),
      toHalfHour: kit.int('to_half_hour').notNull(),
      /** One half-hour that is neither working time nor presence; null where the shift needs no break. */
      breakFrom: kit.int('break_from'),
      /** Set by a person: the solver keeps it. */
      fixed: kit.bool('fixed').notNull().default(false),
    },
    (t) => [
      // Whole: a board reads hundreds from the index alone, in the order it shows them.
      kit
        .index('shift_roster')
        .on(t.rosterId, t.date, t.fromHalfHour, t.id, t.staffId, t.toHalfHour, t.breakFrom, t.fixed),
      kit.index('shift_staff').on(t.staffId, t.date),
      kit.check(
        'shift_grid',
        sql`from_half_hour >= 0 and from_half_hour < to_half_hour and to_half_hour <= 48`,
      ),
    ],
  );

  /** Which group a shift serves when: capacity belongs to a group through these and is never pooled. */
  const shiftStretch = kit.table(
    'shift_stretch',
    {
      id: kit.id(),
      shiftId: kit
        .int('shift_id')
        .notNull()
        .references(() => shift.id, { onDelete: 'cascade' }),
      groupId: kit
        .int('group_id')
        .notNull()
        .references(() => careGroup.id, { onDelete: 'cascade' }),
      fromHalfHour: kit.int('from_half_hour').notNull(),
      toHalfHour: kit.int('to_half_hour').notNull(),
    },
    (t) => [
      kit.index('shift_stretch_shift').on(t.shiftId, t.fromHalfHour, t.toHalfHour, t.groupId),
      kit.index('shift_stretch_group').on(t.groupId),
    ],
  );

  return {
    staff,
    staffQualification,
    staffLeave,
    staffLeaveDecision,
    roster,
    rosterPublication,
    rosterDay,
    shift,
    shiftStretch,
  };
}

export type RosterTables = ReturnType<typeof rosterTables>;
