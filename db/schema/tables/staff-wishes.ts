import { sql } from 'drizzle-orm';
import type { Instant, PlainDate } from '../../../src/domain/calendar.ts';
import type { Kit } from '../postgres-kit.ts';
import type { PeopleTables } from './people.ts';
import type { RosterTables } from './rosters.ts';

/** What staff ask of their own rosters: a day, or a swap with a colleague. */
export function staffWishTables(kit: Kit, { person }: PeopleTables, { staff, shift }: RosterTables) {
  /** A wish for one day, kept until the day is past; the roster hears it and need not follow. */
  const dayWish = kit.table(
    'day_wish',
    {
      staffId: kit
        .int('staff_id')
        .notNull()
        .references(() => staff.id, { onDelete: 'cascade' }),
      date: kit.text<PlainDate>('date').notNull(),
      /** Would rather work in these half-hours; both null = would rather be free. */
      fromHalfHour: kit.int('from_half_hour'),
      toHalfHour: kit.int('to_half_hour'),
      at: kit.text<Instant>('at').notNull(),
    },
    (t) => [kit.primaryKey({ columns: [t.staffId, t.date] })],
  );

  /** One of a published roster's shifts for a colleague's, or given away: the colleague agrees, the centre confirms. */
  const shiftSwap = kit.table(
    'shift_swap',
    {
      id: kit.id(),
      shiftId: kit
        .int('shift_id')
        .notNull()
        .references(() => shift.id, { onDelete: 'cascade' }),
      withStaffId: kit
        .int('with_staff_id')
        .notNull()
        .references(() => staff.id, { onDelete: 'cascade' }),
      /** What the asker takes in return; null = nothing. */
      returnShiftId: kit.int('return_shift_id').references(() => shift.id, { onDelete: 'cascade' }),
      askedAt: kit.text<Instant>('asked_at').notNull(),
      askedBy: kit.int('asked_by').references(() => person.id, { onDelete: 'set null' }),
      note: kit.text('note').notNull(),
      /** Null while it waits; its end says how it ended. */
      endedAt: kit.text<Instant>('ended_at'),
    },
    (t) => [
      kit
        .uniqueIndex('shift_swap_live')
        .on(t.shiftId)
        .where(sql`ended_at is null`),
      kit.index('shift_swap_with').on(t.withStaffId),
    ],
  );

  const shiftSwapConsent = kit.table('shift_swap_consent', {
    swapId: kit
      .int('swap_id')
      .primaryKey()
      .references(() => shiftSwap.id, { onDelete: 'cascade' }),
    at: kit.text<Instant>('at').notNull(),
    by: kit.int('by').references(() => person.id, { onDelete: 'set null' }),
  });

  const shiftSwapEnd = kit.table('shift_swap_end', {
    swapId: kit
      .int('swap_id')
      .primaryKey()
      .references(() => shiftSwap.id, { onDelete: 'cascade' }),
    at: kit.text<Instant>('at').notNull(),
    by: kit.int('by').references(() => person.id, { onDelete: 'set null' }),
    outcome: kit.text<'confirmed' | 'declined' | 'refused' | 'withdrawn' | 'past'>('outcome').notNull(),
    note: kit.text('note').notNull(),
  });

  return { dayWish, shiftSwap, shiftSwapConsent, shiftSwapEnd };
}
