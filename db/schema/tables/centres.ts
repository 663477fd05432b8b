import type { Instant, PlainDate } from '../../../src/domain/calendar.ts';
import type { ClosureKind, WeeklyHours } from '../../../src/domain/opening.ts';
import type { Admission, Category } from '../../../src/domain/people.ts';
import type { Paper } from '../../../src/domain/lapses.ts';
import type { Ratios } from '../../../src/domain/staffing.ts';
import type { WorkTerms } from '../../../src/domain/work-terms.ts';
import type { Kit } from '../postgres-kit.ts';
import type { PeopleTables } from './people.ts';

/** Centres, their groups, and the dated terms from which each day's opening and room follow. */
export function centreTables(kit: Kit, { person }: Pick<PeopleTables, 'person'>) {
  const centre = kit.table(
    'centre',
    {
      id: kit.id(),
      ref: kit.text('ref'),
      nameRu: kit.text('name_ru').notNull(),
      nameKk: kit.text('name_kk').notNull(),
      searchName: kit.text('search_name').notNull(),
      regionCode: kit.text('region_code').notNull(),
      district: kit.text('district').notNull(),
      address: kit.text('address').notNull(),
      lat: kit.real('lat'),
      lon: kit.real('lon'),
      hours: kit.json<WeeklyHours>('hours').notNull(),
      /** Changes for a week are in time until this weekday (1 = Monday) and half-hour of the week before. */
      deadlineWeekday: kit.int('deadline_weekday').notNull(),
      deadlineHalfHour: kit.int('deadline_half_hour').notNull(),
      /** Later changes: accepted and marked late, or by staff only. */
      lateChanges: kit.text<'accepted' | 'staff_only'>('late_changes').notNull(),
      /** Counts saves, so that the second of two administrators sees the difference. */
      version: kit.int('version').notNull(),
      /** Papers without which nobody is rostered; null = the medical book only. */
      barringPapers: kit.json<Paper[]>('barring_papers'),
      /** Whether an employee may be rostered to the own child's group. */
      parentInOwnGroup: kit.bool('parent_in_own_group').notNull().default(false),
      /** Children a group beyond what is booked for whom staff are planned, room permitting. */
      rosterReserve: kit.int('roster_reserve').notNull().default(0),
      /** Minutes in which somebody asked about a shift answers unless the asker says otherwise; 0 = until the evening; null = half an hour on the same day, else the evening. */
      askMinutes: kit.int('ask_minutes'),
    },
    (t) => [kit.uniqueIndex('centre_ref').on(t.ref), kit.index('centre_region').on(t.regionCode, t.id)],
  );

  const careGroup = kit.table(
    'care_group',
    {
      id: kit.id(),
      ref: kit.text('ref'),
      centreId: kit
        .int('centre_id')
        .notNull()
        .references(() => centre.id, { onDelete: 'cascade' }),
      name: kit.text('name').notNull(),
      category: kit.text<Category>('category').notNull(),
      admission: kit.text<Admission>('admission').notNull(),
      /** Skills the group states it has; null where it states none, then skills are not checked before publication. */
      skills: kit.json<string[]>('skills'),
      /** Working languages: kk, ru, sign; null where the group states none. */
      languages: kit.json<string[]>('languages'),
      fromAgeMonths: kit.int('from_age_months').notNull(),
      toAgeMonths: kit.int('to_age_months').notNull(),
      startsOn: kit.text<PlainDate>('starts_on').notNull(),
      endsOn: kit.text<PlainDate>('ends_on'),
      version: kit.int('version').notNull(),
    },
    (t) => [kit.uniqueIndex('care_group_ref').on(t.ref), kit.index('care_group_centre').on(t.centreId)],
  );

  /** Room and hours of a group from a date on. */
  const groupTerms = kit.table(
    'group_terms',
    {
      id: kit.id(),
      groupId: kit
        .int('group_id')
        .notNull()
        .references(() => careGroup.id, { onDelete: 'cascade' }),
      startsOn: kit.text<PlainDate>('starts_on').notNull(),
      room: kit.int('room').notNull(),
      hours: kit.json<WeeklyHours>('hours').notNull(),
    },
    (t) => [kit.uniqueIndex('group_terms_group').on(t.groupId, t.startsOn)],
  );

  /** Days, or the rest of a day, on which a centre or one of its groups is closed. */
  const closure = kit.table(
    'closure',
    {
      id: kit.id(),
      centreId: kit
        .int('centre_id')
        .notNull()
        .references(() => centre.id, { onDelete: 'cascade' }),
      groupId: kit.int('group_id').references(() => careGroup.id, { onDelete: 'cascade' }),
      startsOn: kit.text<PlainDate>('starts_on').notNull(),
      endsOn: kit.text<PlainDate>('ends_on').notNull(),
      /** On the first day closed from this half-hour on; null = the whole day. */
      fromHalfHour: kit.int('from_half_hour'),
      kind: kit.text<ClosureKind>('kind').notNull(),
      reason: kit.text('reason').notNull(),
      createdAt: kit.text<Instant>('created_at').notNull(),
      createdBy: kit.int('created_by').references(() => person.id, { onDelete: 'set null' }),
      liftedAt: kit.text<Instant>('lifted_at'),
    },
    (t) => [kit.index('closure_centre').on(t.centreId, t.startsOn)],
  );

  /** The government's swaps and additions to the national calendar. */
  const calendarOverride = kit.table('calendar_override', {
    date: kit.text<PlainDate>('date').primaryKey(),
    working: kit.bool('working').notNull(),
    standsFor: kit.text<PlainDate>('stands_for'),
    name: kit.text('name'),
  });

  /** Group size, ratios and skills per category, valid from a date. */
  const norm = kit.table(
    'norm',
    {
      id: kit.id(),
      category: kit.text<Category>('category').notNull(),
      startsOn: kit.text<PlainDate>('starts_on').notNull(),
      groupSize: kit.int('group_size').notNull(),
      ratios: kit.json<Ratios>('ratios').notNull(),
      skills: kit.json<string[]>('skills').notNull(),
      /** A break of at most so many minutes leaves the person's skills on duty: on site, on call. 0 = never. */
      onCallBreakMinutes: kit.int('on_call_break_minutes').notNull().default(0),
      /** Staff present in a group's first and last half-hour, however few children come; 0 = by ratio only. */
      edgeStaff: kit.int('edge_staff').notNull().default(0),
      createdAt: kit.text<Instant>('created_at'),
      createdBy: kit.int('created_by').references(() => person.id, { onDelete: 'set null' }),
      /** What must still be checked, and against what; null once it has been. */
      doubt: kit.text('doubt'),
    },
    (t) => [kit.uniqueIndex('norm_category').on(t.category, t.startsOn)],
  );

  /** The country's settings of working time, valid from a day. */
  const workTerms = kit.table(
    'work_terms',
    {
      id: kit.id(),
      startsOn: kit.text<PlainDate>('starts_on').notNull(),
      terms: kit.json<WorkTerms>('terms').notNull(),
      doubt: kit.text('doubt'),
      createdAt: kit.text<Instant>('created_at'),
      createdBy: kit.int('created_by').references(() => person.id, { onDelete: 'set null' }),
    },
    (t) => [kit.uniqueIndex('work_terms_day').on(t.startsOn)],
  );

  return { centre, careGroup, groupTerms, closure, calendarOverride, norm, workTerms };
}

export type CentreTables = ReturnType<typeof centreTables>;
