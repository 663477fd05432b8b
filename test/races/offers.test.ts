import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addMinutes, plainDate, type Instant, type PlainDate } from '../../src/domain/calendar.ts';
import { SYSTEM, type Actor } from '../../src/domain/people.ts';
import { Refusal } from '../../src/domain/refusal.ts';
import type { Database } from '../../src/data/database.ts';
import { listOffers } from '../../src/data/offers.ts';
import { openDatabase } from '../../src/data/open-database.ts';
import { listEntriesOf } from '../../src/data/waiting-list.ts';
import { runAll } from '../../src/jobs/runner.ts';
import { checkData } from '../../src/use-cases/data-check.ts';
import { matchGroup } from '../../src/use-cases/matching.ts';
import { acceptOffer, expireOffer, refuseOffer, withdrawOffer } from '../../src/use-cases/offers.ts';
import { perform, type Work } from '../../src/use-cases/perform.ts';
import { joinWaitingList, withdrawEntry } from '../../src/use-cases/waiting-list.ts';
import type { TestDialect } from '../support/database.ts';
import { families, openDates, type Family } from '../support/families.ts';
import { hasPostgres } from '../support/postgres.ts';
import { silentLog } from '../support/queue.ts';
import { World } from '../support/world.ts';

/** A group is short-lived: each matching locks all its days, which is most of a trial's work. */
const GROUP_ENDS_ON = plainDate('2027-04-30');

/** In CI 80 each; `KUNDIZ_RACE_TRIALS=1000 npm test -- races/offers` for the long run. */
const TRIALS = Number(process.env['KUNDIZ_RACE_TRIALS'] ?? 80);

type Side = <I, A>(
  actor: Actor,
  useCase: (work: Work, input: I) => Promise<A>,
  input: I,
  now?: Instant,
) => Promise<A>;

/** A group with one place, families who want it, and two app processes' connections. */
class Race implements AsyncDisposable {
  readonly sides: readonly [Side, Side];
  #day = 0;
  #operations = 0;
  readonly world: World;
  readonly second: Database;
  /** New ones with each group, so that nobody's story grows with the trials. */
  all: readonly Family[] = [];
  readonly staff: Actor;
  readonly centreId: number;
  groupId = 0;
  #dates: PlainDate[] = [];

  private constructor(world: World, second: Database, staff: Actor, centreId: number) {
    this.world = world;
    this.second = second;
    this.staff = staff;
    this.centreId = centreId;
    const side =
      (database: Database): Side =>
      (actor, useCase, input, now = world.now) => {
        const operation = { route: 'race', key: `race-${++this.#operations}`, bodyHash: 'same' };
        return perform(database, { now, actor, operation }, useCase, input);
      };
    this.sides = [side(world.database), side(second)];
  }

  static async create(dialect: TestDialect): Promise<Race> {
    const world = await World.create({ dialect });
    const centreId = await world.centre();
    const staff = await world.person('centre_admin', { centreId });
    return new Race(world, await openDatabase(world.stage.url), staff, centreId);
  }

  /** A day nobody has asked for yet. */
  async nextDay(): Promise<PlainDate> {
    if (this.#day >= this.#dates.length) {
      this.groupId = await this.world.group(this.centreId, { room: 1, endsOn: GROUP_ENDS_ON });
      this.all = await families(this.world, 3);
      this.#dates = (await openDates(this.world, this.groupId)).slice(5);
      this.#day = 0;
    }
    return this.#dates[this.#day++]!;
  }

  /** Some families wait for one day of the one place. */
  async wait(count: number): Promise<void> {
    const date = await this.nextDay();
    for (const { guardian, childId } of this.all.slice(0, count)) {
      await this.sides[0](guardian, joinWaitingList, {
        childId,
        pattern: { kind: 'dates', dates: { [date]: [17, 35] } },
        startsOn: date,
        choices: [this.groupId],
        minimumMinutesPerWeek: null,
        tolerance: null,
      });
    }
  }

  /** What the planned job does, without everything else that is due: messages wait for the end. */
  match() {
    return this.sides[0](SYSTEM, matchGroup, { groupId: this.groupId });
  }

  jobs() {
    return runAll({ database: this.world.database, clock: () => this.world.now, log: silentLog });
  }

  live() {
    return this.world.database.read((tx) => listOffers(tx, { groupIds: [this.groupId], live: true }));
  }

  /** Nobody waits any more: the next trial begins with an empty queue. */
  async clear(): Promise<void> {
    for (let round = 0; round < 10; round++) {
      await this.match();
      const offers = await this.live();
      if (offers.length === 0) return;
      for (const offer of offers)
        await this.sides[0](this.staff, refuseOffer, { offerId: offer.id, channel: 'telephone' });
    }
  }

  async [Symbol.asyncDispose]() {
    await this.second.close();
    await this.world[Symbol.asyncDispose]();
  }
}

/** 'done', or the reason of the refusal. */
async function outcome(work: Promise<unknown>): Promise<string> {
  try {
    const answer = await work;
    return answer === false ? 'nothing' : 'done';
  } catch (error) {
    if (error instanceof Refusal) return error.reason;
    throw error;
  }
}

function races(dialect: TestDialect) {
  let race: Race;
  beforeAll(async () => {
    race = await Race.create(dialect);
  });
  afterAll(async () => {
    await race.jobs();
    expect(await checkData(race.world.database, race.world.now)).toEqual([]);
    await race[Symbol.asyncDispose]();
  });

  test('the job and an administrator promote together: one offer', async () => {
    for (let trial = 0; trial < TRIALS; trial++) {
      await race.wait(3);
      const { groupId } = race;
      await Promise.all([
        race.sides[0](SYSTEM, matchGroup, { groupId }),
        race.sides[1](race.staff, matchGroup, { groupId }),
      ]);
      expect(await race.live(), `trial ${trial}`).toHaveLength(1);
      await race.clear();
    }
  });

  const cases: readonly [string, (id: number, until: Instant) => [Promise<unknown>, Promise<unknown>]][] = [
    [
      'a family accepts while the centre takes the offer back',
      (offerId) => [
        race.sides[0](race.all[0]!.guardian, acceptOffer, { offerId, channel: 'page' }),
        race.sides[1](race.staff, withdrawOffer, { offerId, reason: 'race' }),
      ],
    ],
    [
      'two guardians answer differently',
      (offerId) => [
        race.sides[0](race.all[0]!.guardian, acceptOffer, { offerId, channel: 'page' }),
        race.sides[1](race.all[0]!.guardian, refuseOffer, { offerId, channel: 'sms' }),
      ],
    ],
    [
      'an answer at the very deadline',
      (offerId, until) => [
        race.sides[0](
          race.all[0]!.guardian,
          acceptOffer,
          { offerId, channel: 'page' },
          addMinutes(until, -1),
        ),
        race.sides[1](SYSTEM, expireOffer, { offerId }, until),
      ],
    ],
  ];
  test.each(cases)('%s: exactly one outcome', async (_, sides) => {
    for (let trial = 0; trial < TRIALS; trial++) {
      await race.wait(1);
      await race.match();
      const [offer] = await race.live();
      const told = await Promise.all(sides(offer!.id, offer!.expiresAt).map(outcome));
      expect(
        told.filter((each) => each === 'done'),
        `trial ${trial}: ${told.join(', ')}`,
      ).toHaveLength(1);
      await race.clear();
      await race.sides[0](race.staff, endWaiting, { childId: race.all[0]!.childId });
    }
  });
}

/** Whatever still waits of a child is withdrawn, so that the next trial can join anew. */
async function endWaiting(work: Work, { childId }: { childId: number }): Promise<null> {
  for (const entry of await listEntriesOf(work.tx, [childId]))
    if (entry.endedAt === null) await withdrawEntry(work, { entryId: entry.id });
  return null;
}

describe('one offer, one outcome', () => {
  describe('SQLite', () => {
    races('sqlite');
  });
  describe.runIf(hasPostgres)('PostgreSQL, two processes’ connections', () => {
    races('postgres');
  });
});
