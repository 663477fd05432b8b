import { randomUUID } from 'node:crypto';
import { dateAt, type Instant } from '../domain/calendar.ts';
import type { Actor } from '../domain/people.ts';
import { Refusal, type Reason } from '../domain/refusal.ts';
import type { Roster } from '../planning/roster/result.ts';
import type { RosterRun } from '../planning/roster/run.ts';
import type { Database } from '../data/database.ts';
import { makeDraft, saveDraft, type DraftWish } from './drafting.ts';
import { perform } from './perform.ts';

/** The best that a search has found so far. */
export interface Incumbent {
  readonly cost: number;
  readonly bound: number;
  /** Share of the payroll that proof is still missing for; 0 = nothing better exists. */
  readonly gap: number;
  readonly proved: boolean;
  /** Half-hours of demand that stay open, the missing people counted each. */
  readonly openLegal: number;
  readonly openQuality: number;
}

export type DraftState =
  | { readonly is: 'running' }
  | { readonly is: 'done'; readonly rosterId: number }
  | { readonly is: 'cancelled' }
  | { readonly is: 'failed'; readonly reason: Reason | null };

/** A draft that is being made for a centre, or the last one that was. */
export interface RunningDraft {
  readonly wish: DraftWish;
  readonly by: Actor;
  readonly startedAt: Instant;
  readonly seconds: number;
  readonly state: DraftState;
  readonly best: Incumbent | undefined;
}

class Drafting implements RunningDraft {
  readonly wish: DraftWish;
  readonly by: Actor;
  readonly startedAt: Instant;
  readonly seconds: number;
  state: DraftState = { is: 'running' };
  best: Incumbent | undefined;
  run: RosterRun | undefined;
  discarded = false;
  ended: Promise<void> = Promise.resolve();

  constructor(wish: DraftWish, by: Actor, startedAt: Instant, seconds: number) {
    this.wish = wish;
    this.by = by;
    this.startedAt = startedAt;
    this.seconds = seconds;
  }
}

/** By database, so that each server of a process knows its own; lost at a restart, as the search itself is. */
const running = new WeakMap<Database, Map<number, Drafting>>();

function draftsOf(database: Database): Map<number, Drafting> {
  const known = running.get(database) ?? new Map<number, Drafting>();
  running.set(database, known);
  return known;
}

/** The draft that is being made for a centre, or the last one of this process; undefined when there was none. */
export function findRunningDraft(database: Database, centreId: number): RunningDraft | undefined {
  return draftsOf(database).get(centreId);
}

function incumbentOf({ cost, bound, gap, proved, uncovered }: Roster): Incumbent {
  const open = (kind: 'legal' | 'quality') =>
    uncovered.reduce(
      (sum, each) => sum + (each.kind === kind ? each.missing * halfHours(each.from, each.to) : 0),
      0,
    );
  return { cost: cost.total, bound, gap, proved, openLegal: open('legal'), openQuality: open('quality') };
}

function halfHours(from: string, to: string): number {
  const minutes = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
  return (minutes(to) - minutes(from)) / 30;
}

export interface StartOptions {
  readonly actor: Actor;
  readonly clock: () => Instant;
  readonly seconds: number;
  /** What went wrong and is nobody's input: for the log. */
  readonly onFailure: (error: unknown) => void;
}

/**
 * Starts the solver for a centre in its own thread and answers at once; what it finds is stored as a draft. One at a time
 * per centre: while one runs, another start changes nothing and answers false.
 */
export function startDraft(database: Database, wish: DraftWish, options: StartOptions): boolean {
  const drafts = draftsOf(database);
  if (drafts.get(wish.centreId)?.state.is === 'running') return false;
  const { actor, clock, seconds } = options;
  const drafting = new Drafting(wish, actor, clock(), seconds);
  drafts.set(wish.centreId, drafting);
  drafting.ended = solve(database, drafting, options);
  return true;
}

async function solve(database: Database, drafting: Drafting, options: StartOptions): Promise<void> {
  const { actor, clock, seconds, onFailure } = options;
  try {
    const draft = await makeDraft(database, drafting.wish, {
      today: dateAt(drafting.startedAt),
      seconds,
      onRun: (run) => {
        drafting.run = run;
        if (drafting.discarded) void run.cancel();
      },
      onIncumbent: (roster) => (drafting.best = incumbentOf(roster)),
    });
    if (drafting.discarded) {
      drafting.state = { is: 'cancelled' };
      return;
    }
    const operation = { route: 'roster draft', key: randomUUID(), bodyHash: '' };
    const { id } = await perform(database, { now: clock(), actor, operation }, saveDraft, draft);
    drafting.state = { is: 'done', rosterId: id };
  } catch (error) {
    if (drafting.discarded) drafting.state = { is: 'cancelled' };
    else if (error instanceof Refusal) drafting.state = { is: 'failed', reason: error.reason };
    else {
      drafting.state = { is: 'failed', reason: null };
      onFailure(error);
    }
  }
}

/**
 * Ends the search for a centre's draft: with `keep` the best found so far becomes the draft, else nothing is stored. Waits
 * until the thread has ended and the draft, if any, is written. Without a search under way nothing happens.
 */
export async function endDraft(database: Database, centreId: number, keep: boolean): Promise<void> {
  const drafting = draftsOf(database).get(centreId);
  if (drafting?.state.is !== 'running') return;
  if (!keep || drafting.best === undefined) drafting.discarded = true;
  await drafting.run?.cancel().catch(() => undefined);
  await drafting.ended;
}
