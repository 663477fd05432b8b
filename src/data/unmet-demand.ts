import { and, count, eq, gte, isNull, sql } from './sql.ts';
import { addMinutes, millisOf, type Instant } from '../domain/calendar.ts';
import { minutesPerWeek, parsePattern } from '../domain/pattern.ts';
import type { Category } from '../domain/people.ts';
import { sumWishes, type WaitingWish } from '../domain/unmet-demand.ts';
import type { Reading } from './database.ts';
import { prepared } from './prepared.ts';

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
  /** The wishes behind the figures: one that stands at two centres is in the rows of both. */
  readonly wishes: readonly WaitingWish[];
}

const DAYS = 28;
const DAY_MS = 24 * 60 * 60_000;

interface Waiting {
  readonly centreId: number;
  readonly category: Category;
  readonly entryId: number;
  readonly childId: number;
  /** JSON. */
  readonly pattern: string;
  readonly registeredAt: Instant;
}

interface OfRegion extends Record<string, unknown> {
  regionCode: string;
}

interface Since extends OfRegion {
  since: Instant;
}

const waitingOf = prepared<OfRegion, Waiting[]>(({ db, t }) => {
  const { waitingListChoice: c, waitingListEntry: e, waitingListEnd: end, careGroup: g, centre } = t;
  return db
    .select({
      centreId: g.centreId,
      category: g.category,
      entryId: e.id,
      childId: e.childId,
      registeredAt: e.registeredAt,
      pattern: sql<string>`cast(${e.pattern} as text)`,
    })
    .from(c)
    .innerJoin(e, eq(e.id, c.entryId))
    .innerJoin(g, eq(g.id, c.groupId))
    .innerJoin(centre, eq(centre.id, g.centreId))
    .leftJoin(end, and(eq(end.entryId, e.id), isNull(end.restoredAt)))
    .where(and(eq(centre.regionCode, sql.placeholder('regionCode')), isNull(c.refusedAt), isNull(end.id)));
});

async function listWaitingOf(tx: Reading, regionCode: string): Promise<Waiting[]> {
  const rows = await waitingOf(tx, { regionCode });
  // A wish for two groups of one kind is one wish.
  return [...new Map(rows.map((row) => [`${row.centreId} ${row.category} ${row.entryId}`, row])).values()];
}

interface Counted {
  readonly centreId: number;
  readonly category: Category;
  readonly number: number;
}

const offersOf = prepared<Since, (Counted & { readonly outcome: string | null })[]>(({ db, t }) => {
  const { offer: o, offerEnd: end, careGroup: g, centre } = t;
  return db
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
    .where(
      and(eq(centre.regionCode, sql.placeholder('regionCode')), gte(o.offeredAt, sql.placeholder('since'))),
    )
    .groupBy(g.centreId, g.category, end.outcome);
});

const passingsOf = prepared<Since, Counted[]>(({ db, t: { passingOver: p, careGroup: g, centre } }) =>
  db
    .select({ centreId: g.centreId, category: g.category, number: count() })
    .from(p)
    .innerJoin(g, eq(g.id, p.groupId))
    .innerJoin(centre, eq(centre.id, g.centreId))
    .where(and(eq(centre.regionCode, sql.placeholder('regionCode')), gte(p.at, sql.placeholder('since'))))
    .groupBy(g.centreId, g.category),
);

/** Minutes a week of patterns in JSON; families wish for the same weeks, so each is read once. */
function weeklyMinutes(): (json: string) => number {
  const known = new Map<string, number>();
  return (json) => {
    let minutes = known.get(json);
    if (minutes === undefined) {
      const parsed = parsePattern(JSON.parse(json));
      minutes = 'pattern' in parsed ? minutesPerWeek(parsed.pattern) : 0;
      known.set(json, minutes);
    }
    return minutes;
  };
}

/**
 * Demand that a region's centres could not meet, by centre and category of group; offers and passings-over are those of
 * the last 28 days. A child that waits for two centres is counted at both.
 */
export async function listUnmetDemand(tx: Reading, regionCode: string, now: Instant): Promise<UnmetDemand[]> {
  const nowMillis = millisOf(now);
  const since = addMinutes(now, -DAYS * 24 * 60);
  const keyOf = (row: { centreId: number; category: Category }) => `${row.centreId} ${row.category}`;
  const waiting = Map.groupBy(await listWaitingOf(tx, regionCode), keyOf);
  const offers = Map.groupBy(await offersOf(tx, { regionCode, since }), keyOf);
  const passings = Map.groupBy(await passingsOf(tx, { regionCode, since }), keyOf);
  const keys = [...new Set([...waiting.keys(), ...offers.keys(), ...passings.keys()])];
  const minutesOf = weeklyMinutes();
  const sum = (rows: readonly { number: number }[]) => rows.reduce((all, { number }) => all + number, 0);
  return keys.map((key) => {
    const [centreId = '', category = ''] = key.split(' ');
    const own = waiting.get(key) ?? [];
    const made = offers.get(key) ?? [];
    const wishes = own.map((row): WaitingWish => ({
      entryId: row.entryId,
      childId: row.childId,
      minutesPerWeek: minutesOf(row.pattern),
      days: Math.max(0, Math.floor((nowMillis - millisOf(row.registeredAt)) / DAY_MS)),
    }));
    return {
      centreId: Number(centreId),
      category: category as Category,
      ...sumWishes(wishes),
      wishes,
      offered: sum(made),
      accepted: sum(made.filter((row) => row.outcome === 'accepted')),
      expired: sum(made.filter((row) => row.outcome === 'expired')),
      passingsOver: sum(passings.get(key) ?? []),
    };
  });
}
