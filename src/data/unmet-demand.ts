import { and, count, eq, gte, isNull } from './sql.ts';
import { addMinutes, millisOf, type Instant } from '../domain/calendar.ts';
import { minutesPerWeek, parsePattern, type PatternJson } from '../domain/pattern.ts';
import type { Category } from '../domain/people.ts';
import { medianOf } from '../domain/unmet-demand.ts';
import type { Reading } from './database.ts';

/** Who waits for a centre's groups of one category, and what the last four weeks brought them. No child is named. */
export interface UnmetDemand {
  readonly centreId: number;
  readonly category: Category;
  readonly children: number;
  /** Minutes a week that their wishes ask for. */
  readonly minutesPerWeek: number;
  /** Median of whole days since registration. */
  readonly medianDays: number | null;
  readonly offered: number;
  readonly accepted: number;
  readonly expired: number;
  readonly passingsOver: number;
}

const DAYS = 28;
const DAY_MS = 24 * 60 * 60_000;

interface Waiting {
  readonly centreId: number;
  readonly category: Category;
  readonly entryId: number;
  readonly childId: number;
  readonly pattern: PatternJson;
  readonly registeredAt: Instant;
}

async function listWaitingOf({ db, t }: Reading, regionCode: string): Promise<Waiting[]> {
  const { waitingListChoice: c, waitingListEntry: e, waitingListEnd: end, careGroup: g, centre } = t;
  const rows = await db
    .select({
      centreId: g.centreId,
      category: g.category,
      entryId: e.id,
      childId: e.childId,
      registeredAt: e.registeredAt,
      pattern: e.pattern,
    })
    .from(c)
    .innerJoin(e, eq(e.id, c.entryId))
    .innerJoin(g, eq(g.id, c.groupId))
    .innerJoin(centre, eq(centre.id, g.centreId))
    .leftJoin(end, and(eq(end.entryId, e.id), isNull(end.restoredAt)))
    .where(and(eq(centre.regionCode, regionCode), isNull(c.refusedAt), isNull(end.id)));
  // A wish for two groups of one kind is one wish.
  return [...new Map(rows.map((row) => [`${row.centreId} ${row.category} ${row.entryId}`, row])).values()];
}

async function countOffers({ db, t }: Reading, regionCode: string, since: Instant) {
  const { offer: o, offerEnd: end, careGroup: g, centre } = t;
  return await db
    .select({
      centreId: g.centreId,
      category: g.category,
      outcome: end.outcome,
      number: count(),
    })
    .from(o)
    .innerJoin(g, eq(g.id, o.groupId))
    .innerJoin(centre, eq(centre.id, g.centreId))
    .leftJoin(end, eq(end.offerId, o.id))
    .where(and(eq(centre.regionCode, regionCode), gte(o.offeredAt, since)))
    .groupBy(g.centreId, g.category, end.outcome);
}

async function countPassings({ db, t }: Reading, regionCode: string, since: Instant) {
  const { passingOver: p, careGroup: g, centre } = t;
  return await db
    .select({ centreId: g.centreId, category: g.category, number: count() })
    .from(p)
    .innerJoin(g, eq(g.id, p.groupId))
    .innerJoin(centre, eq(centre.id, g.centreId))
    .where(and(eq(centre.regionCode, regionCode), gte(p.at, since)))
    .groupBy(g.centreId, g.category);
}

const minutesOf = (json: PatternJson): number => {
  const parsed = parsePattern(json);
  return 'pattern' in parsed ? minutesPerWeek(parsed.pattern) : 0;
};

/**
 * Demand that a region's centres could not meet, by centre and category of group; offers and passings-over are those of
 * the last 28 days. A child that waits for two centres is counted at both.
 */
export async function listUnmetDemand(tx: Reading, regionCode: string, now: Instant): Promise<UnmetDemand[]> {
  const since = addMinutes(now, -DAYS * 24 * 60);
  const keyOf = (row: { centreId: number; category: Category }) => `${row.centreId} ${row.category}`;
  const waiting = Map.groupBy(await listWaitingOf(tx, regionCode), keyOf);
  const offers = Map.groupBy(await countOffers(tx, regionCode, since), keyOf);
  const passings = Map.groupBy(await countPassings(tx, regionCode, since), keyOf);
  const keys = [...new Set([...waiting.keys(), ...offers.keys(), ...passings.keys()])];
  const sum = (rows: readonly { number: number }[]) => rows.reduce((all, { number }) => all + number, 0);
  return keys.map((key) => {
    const [centreId = '', category = ''] = key.split(' ');
    const own = waiting.get(key) ?? [];
    const made = offers.get(key) ?? [];
    const days = own.map((row) => Math.max(0, Math.floor((millisOf(now) - millisOf(row.registeredAt)) / DAY_MS)));
    return {
      centreId: Number(centreId),
      category: category as Category,
      children: new Set(own.map((row) => row.childId)).size,
      minutesPerWeek: Math.round(own.reduce((all, row) => all + minutesOf(row.pattern), 0)),
      medianDays: medianOf(days),
      offered: sum(made),
      accepted: sum(made.filter((row) => row.outcome === 'accepted')),
      expired: sum(made.filter((row) => row.outcome === 'expired')),
      passingsOver: sum(passings.get(key) ?? []),
    };
  });
}
