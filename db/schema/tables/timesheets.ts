import { sql } from 'drizzle-orm';
import type { Instant, PlainDate } from '../../../src/domain/calendar.ts';
import type { Kit } from '../postgres-kit.ts';
import type { CentreTables } from './centres.ts';
import type { PeopleTables } from './people.ts';
import type { RosterTables } from './rosters.ts';

/** What staff worked: comings and goings at the door, and the months that were closed on them. */
export function timesheetTables(
  kit: Kit,
  { person }: PeopleTables,
  { centre }: CentreTables,
  { staff }: RosterTables,
) {
  /** Somebody came or went. A wrong one is withdrawn and another written: none is ever changed. */
  const clocking = kit.table(
    'clocking',
    {
      id: kit.id(),
      staffId: kit
        .int('staff_id')
        .notNull()
        .references(() => staff.id, { onDelete: 'cascade' }),
      direction: kit.text<'in' | 'out'>('direction').notNull(),
      at: kit.text<Instant>('at').notNull(),
      recordedAt: kit.text<Instant>('recorded_at').notNull(),
      recordedBy: kit.int('recorded_by').references(() => person.id, { onDelete: 'set null' }),
      /** Why it was written afterwards; null at the door. */
      note: kit.text('note'),
      withdrawnAt: kit.text<Instant>('withdrawn_at'),
      withdrawnBy: kit.int('withdrawn_by').references(() => person.id, { onDelete: 'set null' }),
    },
    (t) => [kit.index('clocking_staff').on(t.staffId, t.at)],
  );

  /** A month closed for the accounts, with its lines as they stood. */
  const timesheet = kit.table(
    'timesheet',
    {
      id: kit.id(),
      centreId: kit
        .int('centre_id')
        .notNull()
        .references(() => centre.id, { onDelete: 'cascade' }),
      /** The month's first day. */
      month: kit.text<PlainDate>('month').notNull(),
      closedAt: kit.text<Instant>('closed_at').notNull(),
      closedBy: kit.int('closed_by').references(() => person.id, { onDelete: 'set null' }),
      lines: kit.json<unknown>('lines').notNull(),
      /** Opened again for a correction; the next closing writes a new row. */
      reopenedAt: kit.text<Instant>('reopened_at'),
      reopenedBy: kit.int('reopened_by').references(() => person.id, { onDelete: 'set null' }),
    },
    (t) => [
      kit
        .uniqueIndex('timesheet_closed')
        .on(t.centreId, t.month)
        .where(sql`reopened_at is null`),
    ],
  );

  return { clocking, timesheet };
}
