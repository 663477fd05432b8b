import type { Instant, PlainDate } from '../../../src/domain/calendar.ts';
import type { Incumbent } from '../../../src/domain/draft.ts';
import type { Reason } from '../../../src/domain/refusal.ts';
import type { Kit } from '../postgres-kit.ts';
import type { CentreTables } from './centres.ts';
import type { PeopleTables } from './people.ts';
import type { RosterTables } from './rosters.ts';

/** The solver's search for a draft: one process runs it, and all of them show it and may end it. */
export function draftSearchTables(
  kit: Kit,
  { person }: PeopleTables,
  { centre }: CentreTables,
  { roster }: RosterTables,
) {
  /** The last one of a centre, or the one under way. */
  const draftSearch = kit.table('draft_search', {
    centreId: kit
      .int('centre_id')
      .primaryKey()
      .references(() => centre.id, { onDelete: 'cascade' }),
    /** Which search it is: whoever runs another has been overtaken. */
    key: kit.text('key').notNull(),
    startsOn: kit.text<PlainDate>('starts_on').notNull(),
    endsOn: kit.text<PlainDate>('ends_on').notNull(),
    startedAt: kit.text<Instant>('started_at').notNull(),
    startedBy: kit.int('started_by').references(() => person.id, { onDelete: 'set null' }),
    seconds: kit.int('seconds').notNull(),
    /** When its process was last heard of. */
    heardAt: kit.text<Instant>('heard_at').notNull(),
    best: kit.json<Incumbent>('best'),
    /** Somebody wants it to end: with the best found, or with nothing. */
    asked: kit.text<'keep' | 'discard'>('asked'),
    /** Null while it runs. */
    outcome: kit.text<'done' | 'cancelled' | 'failed'>('outcome'),
    /** The draft that came of it. */
    rosterId: kit.int('roster_id').references(() => roster.id, { onDelete: 'set null' }),
    /** Why nothing did, where it was somebody's input. */
    reason: kit.text<Reason>('reason'),
  });

  return { draftSearch };
}
