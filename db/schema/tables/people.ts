import type { Instant, PlainDate } from '../../../src/domain/calendar.ts';
import type { Language } from '../../../src/domain/language.ts';
import type { Category, Role } from '../../../src/domain/people.ts';
import type { PatternJson } from '../../../src/domain/pattern.ts';
import type { Kit } from '../postgres-kit.ts';

/** Adults who sign in, what they may act as, and the children they care for. */
export function peopleTables(kit: Kit) {
  const person = kit.table(
    'person',
    {
      id: kit.id(),
      ref: kit.text('ref'),
      name: kit.text('name').notNull(),
      searchName: kit.text('search_name').notNull(),
      /** E-mail in lower case, +7XXXXXXXXXX, or null for someone who does not sign in. */
      login: kit.text('login'),
      phone: kit.text('phone'),
      passwordHash: kit.text('password_hash'),
      language: kit.text<Language>('language').notNull(),
      /** Where the family lives, as far as it says so: for the distance to a centre. */
      homeRegion: kit.text('home_region'),
      homeDistrict: kit.text('home_district'),
      homeLat: kit.real('home_lat'),
      homeLon: kit.real('home_lon'),
      createdAt: kit.text<Instant>('created_at').notNull(),
    },
    (t) => [
      kit.uniqueIndex('person_ref').on(t.ref),
      kit.uniqueIndex('person_login').on(t.login),
      kit.index('person_phone').on(t.phone),
      kit.index('person_search_name').on(t.searchName),
    ],
  );

  /** A role over a scope, dated. A session acts under one. */
  const assignment = kit.table(
    'assignment',
    {
      id: kit.id(),
      personId: kit
        .int('person_id')
        .notNull()
        .references(() => person.id, { onDelete: 'cascade' }),
      role: kit.text<Role>('role').notNull(),
      regionCode: kit.text('region_code'),
      centreId: kit.int('centre_id'),
      startsOn: kit.text<PlainDate>('starts_on').notNull(),
      endsOn: kit.text<PlainDate>('ends_on'),
    },
    (t) => [kit.index('assignment_person').on(t.personId), kit.index('assignment_centre').on(t.centreId)],
  );

  const session = kit.table(
    'session',
    {
      id: kit.id(),
      tokenHash: kit.text('token_hash').notNull(),
      assignmentId: kit
        .int('assignment_id')
        .notNull()
        .references(() => assignment.id, { onDelete: 'cascade' }),
      createdAt: kit.text<Instant>('created_at').notNull(),
      expiresAt: kit.text<Instant>('expires_at').notNull(),
      device: kit.text('device').notNull(),
    },
    (t) => [
      kit.uniqueIndex('session_token').on(t.tokenHash),
      kit.index('session_assignment').on(t.assignmentId),
    ],
  );

  const apiToken = kit.table(
    'api_token',
    {
      id: kit.id(),
      tokenHash: kit.text('token_hash').notNull(),
      assignmentId: kit
        .int('assignment_id')
        .notNull()
        .references(() => assignment.id, { onDelete: 'cascade' }),
      label: kit.text('label').notNull(),
      createdAt: kit.text<Instant>('created_at').notNull(),
      expiresAt: kit.text<Instant>('expires_at').notNull(),
      revokedAt: kit.text<Instant>('revoked_at'),
    },
    (t) => [
      kit.uniqueIndex('api_token_token').on(t.tokenHash),
      kit.index('api_token_assignment').on(t.assignmentId),
    ],
  );

  /** A code sent by SMS or mail, or printed at reception: used once, for one purpose. */
  const oneTimeCode = kit.table(
    'one_time_code',
    {
      id: kit.id(),
      personId: kit
        .int('person_id')
        .notNull()
        .references(() => person.id, { onDelete: 'cascade' }),
      purpose: kit.text<'sign_in' | 'invitation' | 'reset' | 'slip' | 'phone'>('purpose').notNull(),
      codeHash: kit.text('code_hash').notNull(),
      createdAt: kit.text<Instant>('created_at').notNull(),
      /** Who printed or sent it; null when the person asked for it. */
      createdBy: kit.int('created_by').references(() => person.id, { onDelete: 'set null' }),
      expiresAt: kit.text<Instant>('expires_at').notNull(),
      usedAt: kit.text<Instant>('used_at'),
      wrongTries: kit.int('wrong_tries').notNull(),
    },
    (t) => [kit.index('one_time_code_person').on(t.personId), kit.index('one_time_code_hash').on(t.codeHash)],
  );

  /** An adult's workday: when a child must be looked after. The newest startsOn holds. */
  const workday = kit.table(
    'workday',
    {
      id: kit.id(),
      personId: kit
        .int('person_id')
        .notNull()
        .references(() => person.id, { onDelete: 'cascade' }),
      startsOn: kit.text<PlainDate>('starts_on').notNull(),
      pattern: kit.json<PatternJson>('pattern').notNull(),
      commuteMinutes: kit.int('commute_minutes').notNull(),
    },
    (t) => [kit.uniqueIndex('workday_person').on(t.personId, t.startsOn)],
  );

  const child = kit.table(
    'child',
    {
      id: kit.id(),
      ref: kit.text('ref'),
      name: kit.text('name').notNull(),
      searchName: kit.text('search_name').notNull(),
      iin: kit.text('iin'),
      /** Why there is no IIN, where there is none. */
      iinMissingReason: kit.text('iin_missing_reason'),
      birthDate: kit.text<PlainDate>('birth_date').notNull(),
      category: kit.text<Category>('category').notNull(),
      /** Hundredths; 100 is one ordinary child. */
      supportWeight: kit.int('support_weight').notNull(),
      skillsNeeded: kit.json<string[]>('skills_needed').notNull(),
      /** Statutory out-of-turn class; higher comes first. */
      priority: kit.int('priority').notNull(),
      createdAt: kit.text<Instant>('created_at').notNull(),
    },
    (t) => [
      kit.uniqueIndex('child_ref').on(t.ref),
      kit.uniqueIndex('child_iin').on(t.iin),
      kit.index('child_search_name').on(t.searchName),
    ],
  );

  const guardianship = kit.table(
    'guardianship',
    {
      id: kit.id(),
      childId: kit
        .int('child_id')
        .notNull()
        .references(() => child.id, { onDelete: 'cascade' }),
      personId: kit
        .int('person_id')
        .notNull()
        .references(() => person.id, { onDelete: 'cascade' }),
      startsOn: kit.text<PlainDate>('starts_on').notNull(),
      endsOn: kit.text<PlainDate>('ends_on'),
      maySee: kit.bool('may_see').notNull(),
      mayBook: kit.bool('may_book').notNull(),
      mayCollect: kit.bool('may_collect').notNull(),
      mayBeTold: kit.bool('may_be_told').notNull(),
    },
    (t) => [kit.index('guardianship_child').on(t.childId), kit.index('guardianship_person').on(t.personId)],
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

  return { person, assignment, session, apiToken, oneTimeCode, workday, child, guardianship, calendarFeed };
}

export type PeopleTables = ReturnType<typeof peopleTables>;
