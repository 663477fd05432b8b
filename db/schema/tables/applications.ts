import type { Instant, PlainDate } from '../../../src/domain/calendar.ts';
import type { Language } from '../../../src/domain/language.ts';
import type { PatternJson } from '../../../src/domain/pattern.ts';
import type { Category } from '../../../src/domain/people.ts';
import type { Kit } from '../postgres-kit.ts';
import type { CentreTables } from './centres.ts';
import type { PeopleTables } from './people.ts';

/** Families who ask for a place from outside: an application, its papers, and the centre's decision. */
export function applicationTables(kit: Kit, { person, child }: PeopleTables, { centre }: CentreTables) {
  const application = kit.table(
    'application',
    {
      id: kit.id(),
      /** What the applicant keeps to ask how it stands. */
      reference: kit.text('reference').notNull(),
      centreId: kit
        .int('centre_id')
        .notNull()
        .references(() => centre.id, { onDelete: 'cascade' }),
      submittedAt: kit.text<Instant>('submitted_at').notNull(),
      childName: kit.text('child_name').notNull(),
      birthDate: kit.text<PlainDate>('birth_date').notNull(),
      iin: kit.text('iin'),
      category: kit.text<Category>('category').notNull(),
      need: kit.text('need').notNull(),
      pattern: kit.json<PatternJson>('pattern'),
      startsOn: kit.text<PlainDate>('starts_on').notNull(),
      guardianName: kit.text('guardian_name').notNull(),
      phone: kit.text('phone').notNull(),
      email: kit.text('email'),
      language: kit.text<Language>('language').notNull(),
    },
    (t) => [
      kit.uniqueIndex('application_reference').on(t.reference),
      kit.index('application_centre').on(t.centreId, t.submittedAt),
    ],
  );

  const applicationDocument = kit.table(
    'application_document',
    {
      id: kit.id(),
      applicationId: kit
        .int('application_id')
        .notNull()
        .references(() => application.id, { onDelete: 'cascade' }),
      kind: kit.text('kind').notNull(),
      number: kit.text('number').notNull(),
      issuedOn: kit.text<PlainDate>('issued_on'),
      expiresOn: kit.text<PlainDate>('expires_on'),
    },
    (t) => [kit.index('application_document_application').on(t.applicationId)],
  );

  const applicationDecision = kit.table('application_decision', {
    applicationId: kit
      .int('application_id')
      .primaryKey()
      .references(() => application.id, { onDelete: 'cascade' }),
    at: kit.text<Instant>('at').notNull(),
    by: kit.int('by').references(() => person.id, { onDelete: 'set null' }),
    outcome: kit.text<'accepted' | 'declined' | 'withdrawn'>('outcome').notNull(),
    reason: kit.text('reason').notNull(),
    childId: kit.int('child_id').references(() => child.id, { onDelete: 'set null' }),
    personId: kit.int('person_id').references(() => person.id, { onDelete: 'set null' }),
  });

  return { application, applicationDocument, applicationDecision };
}
