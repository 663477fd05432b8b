import { sql } from 'drizzle-orm';
import type { Instant, PlainDate } from '../../../src/domain/calendar.ts';
import type { Level } from '../../../src/domain/staffing.ts';
import type { Kit } from '../postgres-kit.ts';
import type { CentreTables } from './centres.ts';
import type { DayTables } from './days.ts';
import type { PeopleTables } from './people.ts';
import type { RosterTables } from './rosters.ts';

/** Shifts without anybody: who is asked to take one, who says yes, and what families lose where nobody does. */
export function openShiftTables(
  kit: Kit,
  { person, child }: PeopleTables,
  { careGroup }: CentreTables,
  { booking }: DayTables,
  { staff, shift }: RosterTables,
) {
  const openShift = kit.table(
    'open_shift',
    {
      id: kit.id(),
      groupId: kit
        .int('group_id')
        .notNull()
        .references(() => careGroup.id, { onDelete: 'cascade' }),
      date: kit.text<PlainDate>('date').notNull(),
      fromHalfHour: kit.int('from_half_hour').notNull(),
      toHalfHour: kit.int('to_half_hour').notNull(),
      /** At least this level; 0 = anybody. */
      level: kit.int('level').$type<Level>().notNull(),
      /** What the person must be able to do; null = nothing besides. */
      skill: kit.text('skill'),
      /** The shift of the person who cannot come; null where nobody ever held it. */
      lostShiftId: kit.int('lost_shift_id').references(() => shift.id, { onDelete: 'set null' }),
      openedAt: kit.text<Instant>('opened_at').notNull(),
      openedBy: kit.int('opened_by').references(() => person.id, { onDelete: 'set null' }),
      /** Null while it is open; its end says how it closed. */
      closedAt: kit.text<Instant>('closed_at'),
    },
    (t) => [
      kit.index('open_shift_group').on(t.groupId, t.date),
      kit
        .uniqueIndex('open_shift_live_lost')
        .on(t.lostShiftId, t.groupId, t.fromHalfHour)
        .where(sql`closed_at is null`),
      kit.check(
        'open_shift_grid',
        sql`from_half_hour >= 0 and from_half_hour < to_half_hour and to_half_hour <= 48`,
      ),
    ],
  );

  /** Somebody who was asked, or who came forward; among those who say yes the best rank takes the shift. */
  const openShiftAsk = kit.table(
    'open_shift_ask',
    {
      openShiftId: kit
        .int('open_shift_id')
        .notNull()
        .references(() => openShift.id, { onDelete: 'cascade' }),
      staffId: kit
        .int('staff_id')
        .notNull()
        .references(() => staff.id, { onDelete: 'cascade' }),
      /** What the rank follows from, smaller first: kept so that it can be recomputed and explained. */
      score: kit.json<number[]>('score').notNull(),
      /** Null where nobody asked: the person came forward. */
      askedAt: kit.text<Instant>('asked_at'),
      /** Until then those ranked below wait. */
      answerUntil: kit.text<Instant>('answer_until'),
      answer: kit.text<'yes' | 'no'>('answer'),
      answeredAt: kit.text<Instant>('answered_at'),
    },
    (t) => [
      kit.primaryKey({ columns: [t.openShiftId, t.staffId] }),
      kit.index('open_shift_ask_staff').on(t.staffId),
      kit
        .index('open_shift_ask_waiting')
        .on(t.answerUntil)
        .where(sql`answer is null`),
    ],
  );

  const openShiftEnd = kit.table('open_shift_end', {
    openShiftId: kit
      .int('open_shift_id')
      .primaryKey()
      .references(() => openShift.id, { onDelete: 'cascade' }),
    at: kit.text<Instant>('at').notNull(),
    by: kit.int('by').references(() => person.id, { onDelete: 'set null' }),
    outcome: kit.text<'covered' | 'withdrawn' | 'past'>('outcome').notNull(),
    staffId: kit.int('staff_id').references(() => staff.id, { onDelete: 'set null' }),
    shiftId: kit.int('shift_id').references(() => shift.id, { onDelete: 'set null' }),
  });

  /** Minutes that a family lost because staff were short: confirmed by a person, and remembered, so that nobody is cut twice first. */
  const curtailment = kit.table(
    'curtailment',
    {
      bookingId: kit
        .int('booking_id')
        .primaryKey()
        .references(() => booking.id, { onDelete: 'cascade' }),
      childId: kit
        .int('child_id')
        .notNull()
        .references(() => child.id, { onDelete: 'cascade' }),
      groupId: kit
        .int('group_id')
        .notNull()
        .references(() => careGroup.id, { onDelete: 'cascade' }),
      date: kit.text<PlainDate>('date').notNull(),
      lostMinutes: kit.int('lost_minutes').notNull(),
      /** Of them, minutes in which no adult of the family was free. */
      lostWorkMinutes: kit.int('lost_work_minutes').notNull(),
      at: kit.text<Instant>('at').notNull(),
      by: kit.int('by').references(() => person.id, { onDelete: 'set null' }),
    },
    (t) => [
      kit.index('curtailment_group').on(t.groupId, t.date),
      kit.index('curtailment_child').on(t.childId, t.date),
    ],
  );

  return { openShift, openShiftAsk, openShiftEnd, curtailment };
}
