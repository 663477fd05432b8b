import type { Instant, PlainDate } from '../../../src/domain/calendar.ts';
import type { PatternJson } from '../../../src/domain/pattern.ts';
import type { Kit } from '../postgres-kit.ts';
import type { CentreTables } from './centres.ts';
import type { PeopleTables } from './people.ts';

/** Families that wait for a place: a wish and the groups it names, best first. */
export function waitingListTables(kit: Kit, { child }: PeopleTables, { careGroup }: CentreTables) {
  const waitingListEntry = kit.table(
    'waiting_list_entry',
    {
      id: kit.id(),
      childId: kit
        .int('child_id')
        .notNull()
        .references(() => child.id, { onDelete: 'cascade' }),
      pattern: kit.json<PatternJson>('pattern').notNull(),
      minimumMinutesPerWeek: kit.int('minimum_minutes_per_week'),
      startsOn: kit.text<PlainDate>('starts_on').notNull(),
      registeredAt: kit.text<Instant>('registered_at').notNull(),
    },
    (t) => [kit.index('waiting_list_entry_child').on(t.childId)],
  );

  const waitingListChoice = kit.table(
    'waiting_list_choice',
    {
      entryId: kit
        .int('entry_id')
        .notNull()
        .references(() => waitingListEntry.id, { onDelete: 'cascade' }),
      groupId: kit
        .int('group_id')
        .notNull()
        .references(() => careGroup.id, { onDelete: 'cascade' }),
      /** 1 is the dearest wish. */
      preference: kit.int('preference').notNull(),
    },
    (t) => [
      kit.primaryKey({ columns: [t.entryId, t.groupId] }),
      kit.index('waiting_list_choice_group').on(t.groupId),
    ],
  );

  return { waitingListEntry, waitingListChoice };
}
