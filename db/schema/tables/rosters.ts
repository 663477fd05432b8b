import { sql } from 'drizzle-orm';
import type { Instant, PlainDate } from '../../../src/domain/calendar.ts';
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
    },
    (t) => [kit.uniqueIndex('staff_ref').on(t.ref), kit.index('staff_centre').on(t.centreId)],
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
    },
    (t) => [kit.uniqueIndex('staff_leave_staff').on(t.staffId, t.startsOn)],
  );

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
  });

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
    },
    (t) => [
      kit.index('shift_roster').on(t.rosterId, t.date),
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
    (t) => [kit.index('shift_stretch_shift').on(t.shiftId), kit.index('shift_stretch_group').on(t.groupId)],
  );

  return { staff, staffLeave, roster, rosterPublication, shift, shiftStretch };
}

export type RosterTables = ReturnType<typeof rosterTables>;
