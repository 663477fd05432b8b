import type { Instant, PlainDate } from '../../../src/domain/calendar.ts';
import type { Kit } from '../postgres-kit.ts';
import type { CentreTables } from './centres.ts';
import type { PeopleTables } from './people.ts';

/** Allocation rounds: what was opened, each preview of the engine, who approved it and what was published. */
export function roundTables(kit: Kit, { person }: PeopleTables, { centre }: CentreTables) {
  /** A round: families rank until a day, the engine allocates, a second person approves, offers go out together. */
  const allocationRound = kit.table(
    'allocation_round',
    {
      id: kit.id(),
      regionCode: kit.text('region_code').notNull(),
      /** Null: all centres of the region. */
      centreId: kit.int('centre_id').references(() => centre.id, { onDelete: 'cascade' }),
      name: kit.text('name').notNull(),
      startsOn: kit.text<PlainDate>('starts_on').notNull(),
      wishesUntil: kit.text<PlainDate>('wishes_until').notNull(),
      createdAt: kit.text<Instant>('created_at').notNull(),
      createdBy: kit.int('created_by').references(() => person.id, { onDelete: 'set null' }),
      closedAt: kit.text<Instant>('closed_at'),
    },
    (t) => [kit.index('allocation_round_region').on(t.regionCode, t.startsOn)],
  );

  const allocationPreview = kit.table(
    'allocation_preview',
    {
      id: kit.id(),
      roundId: kit
        .int('round_id')
        .notNull()
        .references(() => allocationRound.id, { onDelete: 'cascade' }),
      rule: kit.text<'stable' | 'common' | 'strict'>('rule').notNull(),
      madeAt: kit.text<Instant>('made_at').notNull(),
      madeBy: kit.int('made_by').references(() => person.id, { onDelete: 'set null' }),
      input: kit.json<unknown>('input').notNull(),
      result: kit.json<unknown>('result').notNull(),
    },
    (t) => [kit.index('allocation_preview_round').on(t.roundId, t.id)],
  );

  const allocationApproval = kit.table('allocation_approval', {
    previewId: kit
      .int('preview_id')
      .primaryKey()
      .references(() => allocationPreview.id, { onDelete: 'cascade' }),
    at: kit.text<Instant>('at').notNull(),
    by: kit.int('by').references(() => person.id, { onDelete: 'set null' }),
  });

  const allocationPublication = kit.table('allocation_publication', {
    roundId: kit
      .int('round_id')
      .primaryKey()
      .references(() => allocationRound.id, { onDelete: 'cascade' }),
    previewId: kit
      .int('preview_id')
      .notNull()
      .references(() => allocationPreview.id),
    at: kit.text<Instant>('at').notNull(),
    by: kit.int('by').references(() => person.id, { onDelete: 'set null' }),
  });

  return { allocationRound, allocationPreview, allocationApproval, allocationPublication };
}

export type RoundTables = ReturnType<typeof roundTables>;
