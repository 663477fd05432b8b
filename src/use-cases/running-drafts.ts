import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { addMinutes, dateAt, type Instant, type PlainDate } from '../domain/calendar.ts';
import type { Incumbent } from '../domain/draft.ts';
import type { Actor } from '../domain/people.ts';
import { Refusal, type Reason } from '../domain/refusal.ts';
import type { Roster } from '../planning/roster/result.ts';
import type { RosterRun } from '../planning/roster/run.ts';
import type { Database, Reading } from '../data/database.ts';
import {
  findDraftSearch,
  lockDraftSearch,
  putDraftSearch,
  updateDraftSearch,
  type DraftSearch,
} from '../data/draft-searches.ts';
import { makeDraft, saveDraft, type DraftWish } from './drafting.ts';
import { authorOf, perform } from './perform.ts';

/** So often the process that searches looks whether it is to end, and tells the best it has found. */
const BEAT_MS = 250;
/** It is heard of at least so often; silent for longer than the minute it has died, and its search with it. */
const HEARD_EVERY_BEATS = 20;
const LOST_MINUTES = 1;
/** So long is waited for a search that was asked to end. */
const END_MS = 15_000;
const LOOK_MS = 50;

export type DraftState =
  | { readonly is: 'running' }
  /** Its roster may have been deleted since. */
  | { readonly is: 'done'; readonly rosterId: number | null }
  | { readonly is: 'cancelled' }
  | { readonly is: 'failed'; readonly reason: Reason | null };

/** A draft that is being made for a centre, by this process or another, or the last one that was. */
export interface RunningDraft {
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly startedAt: Instant;
  readonly seconds: number;
  readonly state: DraftState;
  readonly best: Incumbent | undefined;
}

function runs({ outcome, heardAt }: DraftSearch, now: Instant): boolean {
  return outcome === null && addMinutes(heardAt, LOST_MINUTES) >= now;
}

function stateOf(search: DraftSearch, now: Instant): DraftState {
  const { outcome, rosterId, reason } = search;
  if (outcome === null) return runs(search, now) ? { is: 'running' } : { is: 'failed', reason: null };
  if (outcome === 'done') return { is: 'done', rosterId };
  return outcome === 'cancelled' ? { is: 'cancelled' } : { is: 'failed', reason };
}

/** The draft that is being made for a centre, or the last one; undefined when there was none. */
export async function findRunningDraft(
  tx: Reading,
  centreId: number,
  now: Instant,
): Promise<RunningDraft | undefined> {
  const search = await findDraftSearch(tx, centreId);
  if (!search) return undefined;
  const { startsOn: from, endsOn: to, startedAt, seconds, best } = search;
  return { from, to, startedAt, seconds, state: stateOf(search, now), best: best ?? undefined };
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
 * per centre, whichever process runs it: while one runs, another start changes nothing and answers false.
 */
export async function startDraft(
  database: Database,
  wish: DraftWish,
  options: StartOptions,
): Promise<boolean> {
  const now = options.clock();
  const search: DraftSearch = {
    centreId: wish.centreId,
    key: randomUUID(),
    startsOn: wish.from,
    endsOn: wish.to,
    startedAt: now,
    startedBy: authorOf(options.actor),
    seconds: options.seconds,
    heardAt: now,
    best: null,
    asked: null,
    outcome: null,
    rosterId: null,
    reason: null,
  };
  const started = await database.write(async (tx) => {
    const last = await lockDraftSearch(tx, wish.centreId);
    if (last && runs(last, now)) return false;
    await putDraftSearch(tx, search);
    return true;
  });
  if (started) void solve(database, wish, search, options);
  return started;
}

/** A search of this process: hears what is asked of it, and is heard of, until it has ended. */
class Pulse {
  best: Incumbent | undefined;
  run: RosterRun | undefined;
  discarded = false;
  readonly #database: Database;
  readonly #search: DraftSearch;
  readonly #clock: () => Instant;
  readonly #ended = new AbortController();
  readonly #beating: Promise<void>;

  constructor(database: Database, search: DraftSearch, clock: () => Instant) {
    this.#database = database;
    this.#search = search;
    this.#clock = clock;
    // A database that is gone ends the search: there is nowhere to write what it finds.
    this.#beating = this.#beat().catch(() => this.discard());
  }

  discard(): void {
    this.discarded = true;
    void this.run?.cancel().catch(() => undefined);
  }

  async #beat(): Promise<void> {
    const { signal } = this.#ended;
    let told: Incumbent | undefined;
    for (let beat = 1; !signal.aborted; beat++) {
      const seen = await this.#database.read((tx) => findDraftSearch(tx, this.#search.centreId));
      if (seen?.key !== this.#search.key || seen.outcome !== null) return this.discard();
      if (seen.asked === 'discard' || (seen.asked === 'keep' && this.best === undefined))
        return this.discard();
      if (seen.asked === 'keep') return void this.run?.cancel().catch(() => undefined);
      const { best } = this;
      if (best !== told || beat % HEARD_EVERY_BEATS === 0) {
        const news = { heardAt: this.#clock(), ...(best && { best }) };
        await this.#database.write((tx) => updateDraftSearch(tx, this.#search, news));
        told = best;
      }
      await wait(BEAT_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  async end(): Promise<void> {
    this.#ended.abort();
    await this.#beating;
  }
}

type Ending = Partial<Pick<DraftSearch, 'outcome' | 'rosterId' | 'reason'>>;

async function solve(
  database: Database,
  wish: DraftWish,
  search: DraftSearch,
  options: StartOptions,
): Promise<void> {
  const { actor, clock, seconds, onFailure } = options;
  const pulse = new Pulse(database, search, clock);
  const result = async (): Promise<Ending> => {
    try {
      const draft = await makeDraft(database, wish, {
        today: dateAt(search.startedAt),
        seconds,
        onRun: (run) => {
          pulse.run = run;
          if (pulse.discarded) pulse.discard();
        },
        onIncumbent: (roster) => (pulse.best = incumbentOf(roster)),
      });
      await pulse.end();
      if (pulse.discarded) return { outcome: 'cancelled' };
      const operation = { route: 'roster draft', key: search.key, bodyHash: '' };
      const { id } = await perform(database, { now: clock(), actor, operation }, saveDraft, draft);
      return { outcome: 'done', rosterId: id };
    } catch (error) {
      await pulse.end();
      if (pulse.discarded) return { outcome: 'cancelled' };
      if (error instanceof Refusal) return { outcome: 'failed', reason: error.reason };
      onFailure(error);
      return { outcome: 'failed' };
    }
  };
  const ending = await result();
  const last = pulse.best && { best: pulse.best };
  await database.write((tx) => updateDraftSearch(tx, search, { ...last, ...ending })).catch(onFailure);
}

/**
 * Ends the search for a centre's draft, whichever process runs it: with `keep` the best found so far becomes the draft,
 * else nothing is stored. Waits until the draft, if any, is written. Without a search under way nothing happens.
 */
export async function endDraft(
  database: Database,
  centreId: number,
  { keep, now }: { readonly keep: boolean; readonly now: Instant },
): Promise<void> {
  const key = await database.write(async (tx) => {
    const search = await lockDraftSearch(tx, centreId);
    if (!search || !runs(search, now)) return undefined;
    await updateDraftSearch(tx, search, { asked: keep && search.best !== null ? 'keep' : 'discard' });
    return search.key;
  });
  if (key === undefined) return;
  for (let waited = 0; waited < END_MS; waited += LOOK_MS) {
    const seen = await database.read((tx) => findDraftSearch(tx, centreId));
    if (seen?.key !== key || seen.outcome !== null) return;
    await wait(LOOK_MS);
  }
}
