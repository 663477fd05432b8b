import pg from 'pg';
import { setTimeout as wait } from 'node:timers/promises';
import type { Actor } from '../../src/domain/people.ts';
import type { Database } from '../../src/data/database.ts';
import { perform, type Work } from '../../src/use-cases/perform.ts';
import { DeadlockWatch } from './watched-postgres.ts';
import { World } from './world.ts';

const PATIENCE_MS = 2000;

export type Deed = (database: Database) => Promise<unknown>;

/** People who act at once on PostgreSQL, through pools that tell of every deadlock, also of those the app makes up for. */
export class Crowd implements AsyncDisposable {
  readonly world: World;
  readonly #watch = new DeadlockWatch();
  readonly #database: Database;
  readonly #second: Database;

  constructor(world: World) {
    this.world = world;
    this.#database = this.#watch.open(world.stage.urlText);
    this.#second = this.#watch.open(world.stage.urlText);
  }

  static async create(): Promise<Crowd> {
    return new Crowd(await World.create({ dialect: 'postgres' }));
  }

  /** What somebody does, for `at` or `inside`. */
  deed<I, A>(
    actor: Actor,
    useCase: (work: Work, input: I) => Promise<A>,
    input: I,
    end?: () => Promise<void>,
  ) {
    const request = { now: this.world.now, actor, operation: this.world.operation() };
    const whole = async (work: Work, given: I) => {
      const answer = await useCase(work, given);
      await end?.();
      return answer;
    };
    return (database: Database) => perform(database, request, whole, input);
  }

  act<I, A>(actor: Actor, useCase: (work: Work, input: I) => Promise<A>, input: I): Promise<A> {
    return this.deed(actor, useCase, input)(this.#database);
  }

  /** Does something, and before it is committed begins something else, which goes on as far as the first one's locks let it. */
  async inside<I, A>(
    first: readonly [Actor, (work: Work, input: I) => Promise<A>, I],
    second: Deed,
  ): Promise<PromiseSettledResult<unknown>> {
    let done: Promise<PromiseSettledResult<unknown>[]> | undefined;
    await this.deed(...first, async () => {
      done = Promise.allSettled([second(this.#second)]);
      await Promise.race([done, this.#someoneWaits()]);
    })(this.#database);
    const [result] = await done!;
    return result!;
  }

  /** Until some transaction waits for another's lock. */
  async #someoneWaits(): Promise<void> {
    const client = new pg.Client({ connectionString: this.world.stage.urlText });
    await client.connect();
    try {
      for (const start = performance.now(); performance.now() - start < PATIENCE_MS; await wait(10)) {
        const found = await client.query(
          "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
        );
        if (found.rowCount) return;
      }
    } finally {
      await client.end();
    }
  }

  deadlocks(): string[] {
    return this.#watch.take();
  }

  async [Symbol.asyncDispose]() {
    await this.#database.close();
    await this.#second.close();
    await this.world[Symbol.asyncDispose]();
  }
}
