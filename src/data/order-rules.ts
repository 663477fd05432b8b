import { and, desc, eq, lte, sql } from './sql.ts';
import type { Instant, PlainDate } from '../domain/calendar.ts';
import { START_TERMS, type QueueTerms } from '../domain/waiting-list.ts';
import type { Reading, Writing } from './database.ts';
import { prepared } from './prepared.ts';

/** The order that holds on a day; id null where the region has stated none. */
export interface OrderRule {
  readonly id: number | null;
  readonly startsOn: PlainDate | null;
  readonly terms: QueueTerms;
}

const ofRegion = prepared<{ regionCode: string; on: PlainDate }, OrderRule[]>(({ db, t: { orderRule: r } }) =>
  db
    .select({ id: r.id, startsOn: r.startsOn, terms: r.terms })
    .from(r)
    .where(and(eq(r.regionCode, sql.placeholder('regionCode')), lte(r.startsOn, sql.placeholder('on'))))
    .orderBy(desc(r.startsOn), desc(r.id))
    .limit(1),
);

/** The rule of a region on a day: of the newest day, the newest row. */
export async function findOrderRule(tx: Reading, regionCode: string, on: PlainDate): Promise<OrderRule> {
  const [row] = await ofRegion(tx, { regionCode, on });
  return row ?? { id: null, startsOn: null, terms: START_TERMS };
}

/** Terms of a stored rule; null is the start rule. */
export async function findTerms(tx: Reading, ruleId: number | null): Promise<QueueTerms> {
  if (ruleId === null) return START_TERMS;
  const { orderRule: r } = tx.t;
  const [row] = await tx.db.select({ terms: r.terms }).from(r).where(eq(r.id, ruleId));
  return row?.terms ?? START_TERMS;
}

/** Every version a region has stated, the newest day first. */
export async function listOrderRules(tx: Reading, regionCode: string) {
  const { orderRule: r, person: p } = tx.t;
  return await tx.db
    .select({ id: r.id, startsOn: r.startsOn, terms: r.terms, createdAt: r.createdAt, createdBy: p.name })
    .from(r)
    .leftJoin(p, eq(p.id, r.createdBy))
    .where(eq(r.regionCode, regionCode))
    .orderBy(desc(r.startsOn), desc(r.id));
}

export async function insertOrderRule(
  tx: Writing,
  row: {
    regionCode: string;
    startsOn: PlainDate;
    terms: QueueTerms;
    createdAt: Instant;
    createdBy: number | null;
  },
): Promise<number> {
  const [inserted] = await tx.db.insert(tx.t.orderRule).values(row).returning({ id: tx.t.orderRule.id });
  return inserted!.id;
}

/** A stored rule by number; null is the start rule. */
export async function findOrderRuleById(tx: Reading, ruleId: number | null): Promise<OrderRule> {
  const start: OrderRule = { id: null, startsOn: null, terms: START_TERMS };
  if (ruleId === null) return start;
  const { orderRule: r } = tx.t;
  const [row] = await tx.db
    .select({ id: r.id, startsOn: r.startsOn, terms: r.terms })
    .from(r)
    .where(eq(r.id, ruleId));
  return row ?? start;
}
