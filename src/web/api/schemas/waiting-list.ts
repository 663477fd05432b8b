import { z } from 'zod';
import { END_REASONS, MOST_CHOICES } from '../../../domain/waiting-list.ts';
import type { OrderRule } from '../../../data/order-rules.ts';
import type { StoredRank } from '../../../data/ranks.ts';
import type { Choice, Entry } from '../../../data/waiting-list.ts';
import { patternAsked } from './booking-series.ts';
import { named } from './named.ts';
import { pageOf } from './pages.ts';
import { count, date, dateAsked, id, idAsked, instant, issue } from './values.ts';

export const waitingAsked = z
  .strictObject({
    childId: idAsked,
    pattern: patternAsked,
    startsOn: dateAsked,
    choices: z.array(idAsked).min(1).max(MOST_CHOICES),
    minimumMinutesPerWeek: z.int().min(0).max(10_080).optional(),
  })
  .superRefine(({ choices }, context) => {
    if (new Set(choices).size < choices.length) context.addIssue(issue('invalid', 'choices'));
  });

const rule = named(
  'OrderRule',
  z.strictObject({
    id: id.nullable().meta({ description: 'Null: the rule that holds where a region has stated none.' }),
    startsOn: date.nullable(),
    outOfTurn: z.boolean(),
    siblingPoints: count,
    districtPoints: count,
    lotSeed: z.string(),
  }),
);

/** Everything a rank follows from: anybody can compute it again. */
const why = named(
  'RankReason',
  z.strictObject({
    score: z.array(z.number()).meta({
      description: 'Class, points, −seconds of registration, lot; compared from the left, higher first.',
    }),
    priority: z.int(),
    sibling: z.boolean(),
    district: z.boolean(),
    registeredAt: instant,
    lot: count,
    rule,
  }),
);

const position = named(
  'QueuePosition',
  z.strictObject({ groupId: id, position: z.int().min(1), of: z.int().min(1), why }),
);

const waitingState = z.enum(['waiting', 'paused', ...END_REASONS]);

const entryFields = {
  id,
  childId: id,
  state: waitingState,
  pattern: z.unknown().meta({ $ref: '#/components/schemas/Pattern' }),
  startsOn: date,
  choices: z.array(id),
  minimumMinutesPerWeek: count.nullable(),
  registeredAt: instant,
};

export const waitingEntry = named(
  'WaitingListEntry',
  z.strictObject({ ...entryFields, positions: z.array(position) }),
);

export const queuedPage = pageOf(
  'WaitingListPage',
  named('QueuedEntry', z.strictObject({ ...entryFields, ...position.shape })),
);

export interface Ranked extends StoredRank {
  readonly rule: OrderRule;
}

export function showPosition(rank: Ranked): z.output<typeof position> {
  const { terms, startsOn } = rank.rule;
  return {
    groupId: String(rank.groupId),
    position: rank.position,
    of: rank.of,
    why: {
      score: rank.score,
      priority: rank.inputs.priority,
      sibling: rank.inputs.sibling,
      district: rank.inputs.district,
      registeredAt: rank.inputs.registeredAt,
      lot: rank.score[3] ?? 0,
      rule: {
        id: rank.ruleId === null ? null : String(rank.ruleId),
        startsOn,
        outOfTurn: terms.outOfTurn,
        siblingPoints: terms.siblingPoints,
        districtPoints: terms.districtPoints,
        lotSeed: terms.lotSeed,
      },
    },
  };
}

export function showEntry(entry: Entry, choices: readonly Choice[]) {
  return {
    id: String(entry.id),
    childId: String(entry.childId),
    state: entry.endReason ?? (entry.pausedAt === null ? ('waiting' as const) : ('paused' as const)),
    pattern: entry.pattern,
    startsOn: entry.startsOn,
    choices: choices.filter((choice) => choice.refusedAt === null).map((choice) => String(choice.groupId)),
    minimumMinutesPerWeek: entry.minimumMinutesPerWeek,
    registeredAt: entry.registeredAt,
  };
}
