import { randomFrom } from '../../src/domain/random.ts';
import type { Database } from '../../src/data/database.ts';
import { doChores } from '../../src/jobs/chores.ts';
import { World } from './world.ts';
import { Walk, type Verb } from './walk.ts';

/** Where all sides of a burst look first, as a part of a list's length. */
export type Spot = number;

const LOOKS_AT_SPOT = 0.6;

export interface SideOptions {
  readonly seed: string;
  /** Its operations' keys begin with it. */
  readonly name: string;
  /** A connection, or a pool of them, of its own. */
  readonly database: Database;
  readonly spot: Spot;
}

/** One of several who act at once in the country of a walk: chance of their own, and eyes for the same few records. */
export class Side extends Walk {
  readonly #world: World;
  readonly #spot: Spot;

  constructor(walk: Walk, { seed, name, database, spot }: SideOptions) {
    super(randomFrom(seed), walk.country, walk.steps, walk.failedJobs);
    const { stage, now } = walk.world;
    const own = { ...stage, database, [Symbol.asyncDispose]: () => Promise.resolve() };
    this.#world = new World(own, now, name);
    this.#spot = spot;
  }

  override get world(): World {
    // Walk's own constructor comes first.
    return this.#world;
  }

  override pick<T>(list: readonly T[]): T {
    if (list.length > 0 && this.random.chance(LOOKS_AT_SPOT))
      return list[Math.floor(this.#spot * list.length)]!;
    return super.pick(list);
  }
}

/** What processes do by themselves while people act. */
export const ENGINE_VERBS: readonly Verb[] = [
  { name: 'jobs', weight: 20, try: (walk) => walk.runJobs() },
  { name: 'chores', weight: 2, try: (walk) => doChores(walk.services()) },
];
