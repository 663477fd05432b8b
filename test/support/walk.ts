import type { Logger } from 'pino';
import { addDays, addMinutes, dateAt, minuteOfDay, type PlainDate } from '../../src/domain/calendar.ts';
import type { Actor } from '../../src/domain/people.ts';
import { randomFrom, type Random } from '../../src/domain/random.ts';
import { Refusal } from '../../src/domain/refusal.ts';
import type { Slot } from '../../src/domain/slots.ts';
import type { Reading } from '../../src/data/database.ts';
import { doChores } from '../../src/jobs/chores.ts';
import { runAll } from '../../src/jobs/runner.ts';
import { perform, type Work } from '../../src/use-cases/perform.ts';
import { askFamiliesOfToday } from '../../src/use-cases/release-round.ts';
import type { TestDialect } from './database.ts';
import { makeCountry, type Country } from './walk-country.ts';
import type { World } from './world.ts';

type Tables = Reading['t'];
type Row<Name extends keyof Tables> = Tables[Name]['$inferSelect'];

const KEYS = ['id', 'groupId', 'date', 'bookingId', 'offerId', 'rescueId', 'standById', 'entryId', 'childId'];

/** Rows by their ids, or by what makes them the only ones, so that chance picks the same on both engines. */
function inOrder(a: unknown, b: unknown): number {
  for (const key of KEYS) {
    const [one, two] = [(a as Record<string, never>)[key], (b as Record<string, never>)[key]];
    if (one === undefined || two === undefined || one === two) continue;
    return one < two ? -1 : 1;
  }
  return 0;
}

/** There is nobody and nothing to which the verb could be done. */
class Nothing extends Error {}

/** A verb of the app with how often it is tried, and one way to try it on whatever there is. */
export interface Verb {
  readonly name: string;
  readonly weight: number;
  readonly try: (walk: Walk) => Promise<unknown>;
}

export type Outcome = 'done' | 'refused' | 'nothing';

/** One walk through a small country: chance, what has been done, and the ways verbs find something to act on. */
export class Walk implements AsyncDisposable {
  readonly random: Random;
  readonly country: Country;
  /** What was done, the newest last. */
  readonly steps: string[];
  /** What jobs logged as failed since it was last looked at. */
  readonly failedJobs: string[];
  /** Whether jobs have run since time last went by: what is due is done. */
  settled = true;
  #told = '';

  protected constructor(random: Random, country: Country, steps: string[] = [], failedJobs: string[] = []) {
    this.random = random;
    this.country = country;
    this.steps = steps;
    this.failedJobs = failedJobs;
  }

  static async create(seed: string, dialect?: TestDialect): Promise<Walk> {
    const random = randomFrom(seed);
    return new Walk(random, await makeCountry(random, dialect));
  }

  [Symbol.asyncDispose]() {
    return this.world[Symbol.asyncDispose]();
  }

  get world(): World {
    return this.country.world;
  }

  get today(): PlainDate {
    return dateAt(this.world.now);
  }

  /** Every row of a table, in the same order on both engines. */
  async rows<Name extends keyof Tables>(name: Name): Promise<Row<Name>[]> {
    const rows: unknown[] = await this.world.database.read(
      async (tx) => await tx.db.select().from(tx.t[name] as Tables['booking']),
    );
    return (rows as Row<Name>[]).toSorted(inOrder);
  }

  /** One of a list; without any the verb has nothing to do. */
  pick<T>(list: readonly T[]): T {
    if (list.length === 0) throw new Nothing();
    return this.random.pick(list);
  }

  /** A day soon, more often one of the next few. */
  date(within = 14): PlainDate {
    return addDays(this.today, this.random.int(0, this.random.chance(0.6) ? 4 : within));
  }

  slot(): Slot {
    const length = this.random.int(8, 18);
    const from = this.random.int(this.random.chance(0.1) ? 15 : 16, 37 - length);
    return { from, to: from + length };
  }

  /** A guardian of the child, or somebody at a centre on the family's behalf. */
  async for(childId: number, centreId?: number): Promise<Actor> {
    const { guardians, desks, admins, centreIds } = this.country;
    if (this.random.chance(0.2)) {
      const at = centreId ?? this.pick(centreIds);
      return (this.random.chance(0.5) ? desks : admins).get(at)!;
    }
    const rights = (await this.rows('guardianship')).filter((each) => each.childId === childId);
    const { personId } = this.pick(rights);
    const known = guardians.find((each) => each.personId === personId);
    if (known) return known;
    // Whoever came with an application.
    const assignment = this.pick(
      (await this.rows('assignment')).filter((each) => each.personId === personId),
    );
    return { ...guardians[0]!, personId, name: 'Synthetic applicant', assignmentId: assignment.id };
  }

  admin(centreId: number): Actor {
    return this.country.admins.get(centreId)!;
  }

  async adminOf(groupId: number): Promise<Actor> {
    const group = (await this.rows('careGroup')).find(({ id }) => id === groupId)!;
    return this.admin(group.centreId);
  }

  /** Says what is about to be done, for whoever reads the steps of a walk that failed. */
  tell(actor: Actor, input: unknown): void {
    this.#told = `${actor.role} ${actor.personId} ${JSON.stringify(input)}`;
  }

  /** Acts as somebody. What is in the way is confirmed more often than not. */
  async act<I extends object, A>(
    actor: Actor,
    verb: (work: Work, input: I) => Promise<A>,
    input: I,
  ): Promise<A> {
    this.tell(actor, input);
    const { world } = this;
    const request = () => ({ now: world.now, actor, operation: world.operation() });
    try {
      return await perform(world.database, request(), verb, input);
    } catch (error) {
      const asks = error instanceof Refusal && error.reason === 'in_the_way' && 'token' in error.details;
      if (!asks || !this.random.chance(0.7)) throw error;
      const { count, token } = error.details;
      this.tell(actor, { ...input, confirmed: count });
      return await perform(world.database, request(), verb, { ...input, confirm: { count, token } });
    }
  }

  /** A part of a step that may be refused without ending it. */
  async allow(part: () => Promise<unknown>): Promise<void> {
    await part().catch((error: unknown) => {
      if (!(error instanceof Refusal)) throw error;
    });
  }

  read<T>(look: (tx: Reading) => Promise<T>): Promise<T> {
    return this.world.database.read(look);
  }

  /** A time goes by and comes no sooner: the clock never goes back. */
  async pass(minutes: number): Promise<void> {
    const before = this.today;
    let now = addMinutes(this.world.now, minutes);
    const minute = minuteOfDay(now);
    // Nights are long and little happens in them.
    const isNight = minute < 6 * 60 || minute > 21 * 60;
    if (isNight && this.random.chance(0.7)) now = addMinutes(now, (1440 + 7 * 60 + 10 - minute) % 1440);
    this.world.now = now;
    this.settled = false;
    this.#told = `${minutes} minutes, until ${now}`;
    if (this.today !== before) await doChores(this.services());
  }

  /** Everything that is due, as the server does it by and by. */
  async runJobs(): Promise<void> {
    this.#told = '';
    await runAll(this.services());
    this.settled = true;
    const { database, now } = this.world;
    await askFamiliesOfToday(database, now, { weeks: 2, running: () => Promise.resolve(true) });
  }

  services() {
    const log = {
      info: () => undefined,
      error: (data: unknown, text: string) => this.failedJobs.push(`${text} ${JSON.stringify(data)}`),
    } as unknown as Logger;
    return { database: this.world.database, clock: () => this.world.now, log };
  }

  /** One step. A refusal is an answer; whatever else is thrown is a finding. */
  async step(verb: Verb): Promise<Outcome> {
    this.#told = '';
    const at = this.world.now;
    const note = (outcome: string) => this.steps.push(`${at} ${verb.name}: ${this.#told} → ${outcome}`);
    try {
      await verb.try(this);
      note('done');
      return 'done';
    } catch (error) {
      if (error instanceof Nothing) return 'nothing';
      note(error instanceof Refusal ? error.reason : 'THREW');
      if (!(error instanceof Refusal)) throw error;
      return 'refused';
    }
  }
}
