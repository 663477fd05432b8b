import { sql } from 'drizzle-orm';
import type { Instant, PlainDate } from '../../../src/domain/calendar.ts';
import type { WeeklyHours } from '../../../src/domain/opening.ts';
import type { Post } from '../../../src/domain/staffing.ts';
import type { Kit } from '../postgres-kit.ts';
import type { CentreTables } from './centres.ts';
import type { PeopleTables } from './people.ts';
import type { RosterTables } from './rosters.ts';

/** Posts to be filled, and the caring parents and others who apply for them. */
export function vacancyTables(
  kit: Kit,
  { person, child }: PeopleTables,
  { centre }: CentreTables,
  { staff }: RosterTables,
) {
  const vacancy = kit.table(
    'vacancy',
    {
      id: kit.id(),
      centreId: kit
        .int('centre_id')
        .notNull()
        .references(() => centre.id, { onDelete: 'cascade' }),
      post: kit.text<Post>('post').notNull(),
      weeklyMinutes: kit.int('weekly_minutes').notNull(),
      hours: kit.json<WeeklyHours>('hours').notNull(),
      startsOn: kit.text<PlainDate>('starts_on').notNull(),
      applyUntil: kit.text<PlainDate>('apply_until').notNull(),
      details: kit.text('details').notNull(),
      createdAt: kit.text<Instant>('created_at').notNull(),
      createdBy: kit.int('created_by').references(() => person.id, { onDelete: 'set null' }),
      closedAt: kit.text<Instant>('closed_at'),
    },
    (t) => [kit.index('vacancy_centre').on(t.centreId, t.applyUntil)],
  );

  const candidacy = kit.table(
    'candidacy',
    {
      id: kit.id(),
      /** What the candidate keeps to ask how it stands. */
      reference: kit.text('reference').notNull(),
      vacancyId: kit
        .int('vacancy_id')
        .notNull()
        .references(() => vacancy.id, { onDelete: 'cascade' }),
      personId: kit
        .int('person_id')
        .notNull()
        .references(() => person.id, { onDelete: 'cascade' }),
      /** The candidate's own child whose hours the post must fit; null where there is none. */
      childId: kit.int('child_id').references(() => child.id, { onDelete: 'set null' }),
      submittedAt: kit.text<Instant>('submitted_at').notNull(),
      statement: kit.text('statement').notNull(),
      /** Null while it runs; the last step says how it ended. */
      endedAt: kit.text<Instant>('ended_at'),
    },
    (t) => [
      kit.uniqueIndex('candidacy_reference').on(t.reference),
      kit
        .uniqueIndex('candidacy_live')
        .on(t.vacancyId, t.personId)
        .where(sql`ended_at is null`),
      kit.index('candidacy_person').on(t.personId),
    ],
  );

  /** Papers of a candidate: education, a certificate of social training, the medical book, the background check. */
  const candidacyPaper = kit.table(
    'candidacy_paper',
    {
      id: kit.id(),
      candidacyId: kit
        .int('candidacy_id')
        .notNull()
        .references(() => candidacy.id, { onDelete: 'cascade' }),
      kind: kit.text('kind').notNull(),
      institution: kit.text('institution').notNull(),
      issuedOn: kit.text<PlainDate>('issued_on').notNull(),
      validUntil: kit.text<PlainDate>('valid_until'),
    },
    (t) => [kit.index('candidacy_paper_candidacy').on(t.candidacyId)],
  );

  /** Every step of a candidacy, never changed: the last one is its state. */
  const candidacyStep = kit.table(
    'candidacy_step',
    {
      id: kit.id(),
      candidacyId: kit
        .int('candidacy_id')
        .notNull()
        .references(() => candidacy.id, { onDelete: 'cascade' }),
      state: kit.text('state').notNull(),
      at: kit.text<Instant>('at').notNull(),
      by: kit.int('by').references(() => person.id, { onDelete: 'set null' }),
      note: kit.text('note').notNull(),
      /** When the competition is held, where the step invites to one. */
      heldAt: kit.text<Instant>('held_at'),
      staffId: kit.int('staff_id').references(() => staff.id, { onDelete: 'set null' }),
    },
    (t) => [kit.index('candidacy_step_candidacy').on(t.candidacyId, t.id)],
  );

  return { vacancy, candidacy, candidacyPaper, candidacyStep };
}
