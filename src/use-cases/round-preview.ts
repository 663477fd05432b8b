import { refuse } from '../domain/refusal.ts';
import type { DayTimes, Rule } from '../planning/allocation/input.ts';
import type { Compared } from '../planning/allocation/compare-rules.ts';
import type { RefusedWish, Report } from '../planning/allocation/result.ts';
import { runAllocation } from '../planning/allocation/run.ts';
import type { Database } from '../data/database.ts';
import { findPreview, insertPreview } from '../data/round-previews.ts';
import { findRound } from '../data/rounds.ts';
import { authorOf, perform, type Request, type Work } from './perform.ts';
import { mustManageRound, refuseRound } from './rounds.ts';
import { readMarket, type Market } from './round-market.ts';
import type { Apart } from './round-wishes.ts';

/** Half-hours of one day told as a stretch [from, to). */
export interface FullStretch {
  readonly date: string;
  readonly from: number;
  readonly to: number;
}

/** Why a wish was refused, as it is stored and told. */
export interface ToldWish {
  readonly groupId: number;
  /** The first stretches that were full, at most five, and on how many days there were any. */
  readonly full: readonly FullStretch[];
  readonly fullDays: number;
  readonly rank: number;
  readonly of: number;
  readonly lowestClassPlaced: number | null;
  /** What would have fitted, its first days; null when nothing would. */
  readonly nearest: DayTimes | null;
  readonly onePlaceMore: boolean;
  /** Under `strict`: the first rank that the group did not admit. */
  readonly cutOff: number | null;
}

/** Of the reports, what the page compares. */
export type RuleCost = Pick<
  Report,
  'placed' | 'firstWish' | 'blocking' | 'wasted' | 'justifiedEnvy' | 'overCapacity'
>;

export interface RoundResult {
  readonly wanting: number;
  readonly placed: readonly {
    readonly entryId: number;
    readonly groupId: number;
    /** 1 is the first wish; null, or `stays`: the child keeps the place it has. */
    readonly wish: number | null;
    readonly stays: boolean;
  }[];
  /** Children without a place, and those placed at a lower wish: every wish that was refused. */
  readonly refused: readonly { readonly entryId: number; readonly wishes: readonly ToldWish[] }[];
  readonly residue: readonly { readonly entryId: number; readonly groupId: number }[];
  readonly apart: readonly { readonly entryId: number; readonly why: Apart }[];
  readonly rules: Readonly<Record<Rule, RuleCost>>;
  readonly fingerprint: string;
}

const MOST_STRETCHES = 5;
const MOST_NEAREST = 7;

/** Neighbouring half-hours as one stretch. */
function stretchesOf(full: RefusedWish['full']): FullStretch[] {
  const stretches: { date: string; from: number; to: number }[] = [];
  for (const [date, at] of full) {
    const last = stretches.at(-1);
    if (last && last.date === date && last.to === at) last.to = at + 1;
    else stretches.push({ date, from: at, to: at + 1 });
  }
  return stretches;
}

function toldWish(wish: RefusedWish): ToldWish {
  const nearest = wish.nearest && Object.fromEntries(Object.entries(wish.nearest).slice(0, MOST_NEAREST));
  return {
    groupId: Number(wish.group),
    full: stretchesOf(wish.full).slice(0, MOST_STRETCHES),
    fullDays: new Set(wish.full.map(([date]) => date)).size,
    rank: wish.rank,
    of: wish.of,
    lowestClassPlaced: wish.lowestClassPlaced,
    nearest,
    onePlaceMore: wish.onePlaceMore,
    cutOff: wish.cutOff ?? null,
  };
}

const costOf = ({ placed, firstWish, blocking, wasted, justifiedEnvy, overCapacity }: Report): RuleCost => ({
  placed,
  firstWish,
  blocking,
  wasted,
  justifiedEnvy,
  overCapacity,
});

function resultOf(market: Market, { allocation, above, reports }: Compared): RoundResult {
  const holds = new Map(market.input.children.map((child) => [child.id, child.holds]));
  return {
    wanting: market.input.children.length,
    placed: allocation.placed.map(({ child, group, wish }) => ({
      entryId: Number(child),
      groupId: Number(group),
      wish,
      stays: holds.get(child) === group,
    })),
    refused: [...allocation.refused, ...above].map(({ child, wishes }) => ({
      entryId: Number(child),
      wishes: wishes.map(toldWish),
    })),
    residue: allocation.residue.map(({ child, group }) => ({
      entryId: Number(child),
      groupId: Number(group),
    })),
    apart: market.apart,
    rules: {
      stable: costOf(reports.stable),
      common: costOf(reports.common),
      strict: costOf(reports.strict),
    },
    fingerprint: market.fingerprint,
  };
}

interface Wish {
  readonly roundId: number;
  readonly rule: Rule;
}

/** Stores a computed preview, unless the round was ended or published meanwhile. */
async function storePreview(
  work: Work,
  { roundId, rule, market, result }: Wish & { market: Market; result: RoundResult },
): Promise<{ id: number }> {
  const { tx, now, actor } = work;
  const round = await mustManageRound(work, roundId);
  if (round.publishedAt !== null) refuseRound('published');
  if (round.closedAt !== null) refuseRound('ended');
  const row = { roundId, rule, madeAt: now, madeBy: authorOf(actor), input: market.input, result };
  return { id: await insertPreview(tx, row) };
}

/**
 * Computes what a round would give by a rule, in a worker thread between two transactions, and stores it with its input.
 * Refused: `no_wishes`, and rounds that are over. Nothing is promised to anybody by it.
 */
export async function previewRound(
  database: Database,
  request: Request,
  wish: Wish,
): Promise<{ id: number }> {
  const market = await database.read(async (tx) => {
    const round = await findRound(tx, wish.roundId);
    if (!round) refuse('missing');
    return await readMarket(tx, round, request.now);
  });
  if (market.input.children.length === 0) refuseRound('no_wishes');
  const compared = await runAllocation({ ...market.input, rule: wish.rule });
  const result = resultOf(market, compared);
  return await perform(database, request, storePreview, { ...wish, market, result });
}

/** A stored preview's result. */
export async function findRoundResult(tx: Work['tx'] | Parameters<typeof findPreview>[0], id: number) {
  const preview = await findPreview(tx, id);
  if (!preview) return undefined;
  const { input: _, result, ...facts } = preview;
  return { ...facts, result: result as RoundResult };
}
