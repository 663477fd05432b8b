import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addMinutes, instant, plainDate, type Instant } from '../../src/domain/calendar.ts';
import { SYSTEM, type Actor } from '../../src/domain/people.ts';
import { Refusal } from '../../src/domain/refusal.ts';
import { listBookings } from '../../src/data/bookings.ts';
import type { Database } from '../../src/data/database.ts';
import { openDatabase } from '../../src/data/open-database.ts';
import { listOpenRescues, findRescue } from '../../src/data/rescues.ts';
import { reportAbsence } from '../../src/use-cases/absences.ts';
import { bookSlot } from '../../src/use-cases/bookings.ts';
import { checkData } from '../../src/use-cases/data-check.ts';
import { matchGroup } from '../../src/use-cases/matching.ts';
import { perform, type Work } from '../../src/use-cases/perform.ts';
import { answerRescue, closeRescue } from '../../src/use-cases/rescues.ts';
import { endStandBy, standBy } from '../../src/use-cases/stand-bys.ts';
import type { TestDialect } from '../support/database.ts';
import { hasPostgres } from '../support/postgres.ts';
import { World } from '../support/world.ts';

/** `KUNDIZ_RACE_TRIALS=1000 npm test -- races/rescues` for the long run. */
const TRIALS = Number(process.env['KUNDIZ_RACE_TRIALS'] ?? 40);
const DAY = plainDate('2027-02-03');
const SLOT = { from: 22, to: 36 };
/** 10:00 on that day, in Almaty. */
const MORNING = instant('2027-02-03T05:00:00.000Z');
const CLOSES = addMinutes(MORNING, 10);

type Side = <I, A>(
  actor: Actor,
  useCase: (work: Work, input: I) => Promise<A>,
  input: I,
  now?: Instant,
) => Promise<A>;

interface Family {
  readonly guardian: Actor;
  readonly childId: number;
  readonly standById: number;
}

/** 'done', 'nothing', or the reason of the refusal. */
async function outcome(work: Promise<unknown>): Promise<string> {
  try {
    return (await work) === false ? 'nothing' : 'done';
  } catch (error) {
    if (error instanceof Refusal) return error.reason;
    throw error;
  }
}

function races(dialect: TestDialect) {
  let world: World;
  let second: Database;
  let centreId: number;
  let elsewhere: number;
  let sides: readonly [Side, Side];
  let operations = 0;

  beforeAll(async () => {
    world = await World.create({ dialect, now: MORNING });
    second = await openDatabase(world.stage.url);
    const side =
      (database: Database): Side =>
      (actor, useCase, input, now = MORNING) => {
        const operation = { route: 'race', key: `race-${++operations}`, bodyHash: 'same' };
        return perform(database, { now, actor, operation }, useCase, input);
      };
    sides = [side(world.database), side(second)];
    centreId = await world.centre();
    elsewhere = await world.group(centreId, { room: 999 });
  });
  afterAll(async () => {
    expect(await checkData(world.database, CLOSES)).toEqual([]);
    await second.close();
    await world[Symbol.asyncDispose]();
  });

  /** A place of a new group is freed while some families stand by for it. */
  async function freed(count: number): Promise<{ groupId: number; families: Family[] }> {
    const groupId = await world.group(centreId, { room: 1 });
    const holder = await world.guardian();
    const wish = { groupId, date: DAY, slot: SLOT };
    const { id } = await sides[0](holder, bookSlot, { childId: await world.child(holder), ...wish });
    const families: Family[] = [];
    for (let at = 0; at < count; at++) {
      const guardian = await world.guardian();
      const childId = await world.child(guardian);
      const stood = await sides[0](guardian, standBy, { childId, ...wish, takeUntilMinute: null });
      families.push({ guardian, childId, standById: stood.id });
    }
    await sides[0](holder, reportAbsence, { bookingId: id, kind: 'illness' });
    return { groupId, families };
  }

  const open = (groupId: number) => world.database.read((tx) => listOpenRescues(tx, groupId, DAY));
  const bookings = (childIds: number[]) =>
    world.database.read((tx) => listBookings(tx, { childIds, from: DAY, to: DAY, occupying: true }));

  async function asked(count: number) {
    const { groupId, families } = await freed(count);
    await sides[0](SYSTEM, matchGroup, { groupId });
    const [rescue] = await open(groupId);
    return { groupId, families, rescueId: rescue!.id };
  }

  const say = ({ guardian, standById }: Family, rescueId: number, side: Side, now?: Instant) =>
    side(guardian, answerRescue, { rescueId, standById, answer: 'yes' as const }, now);

  test('two processes match what is freed: one question', async () => {
    for (let trial = 0; trial < TRIALS; trial++) {
      const { groupId } = await freed(2);
      await Promise.all(sides.map((side) => side(SYSTEM, matchGroup, { groupId })));
      expect(await open(groupId), `trial ${trial}`).toHaveLength(1);
    }
  });

  test('two processes close one window: one booking', async () => {
    for (let trial = 0; trial < TRIALS; trial++) {
      const { families, rescueId } = await asked(3);
      for (const family of families.slice(0, 2)) await say(family, rescueId, sides[0]);
      const told = await Promise.all(
        sides.map((side) => outcome(side(SYSTEM, closeRescue, { rescueId }, CLOSES))),
      );
      expect(told.toSorted(), `trial ${trial}`).toEqual(['done', 'nothing']);
      expect(await bookings(families.map(({ childId }) => childId))).toHaveLength(1);
    }
  });

  test('an answer at the very end counts, or is refused: never in between', async () => {
    for (let trial = 0; trial < TRIALS; trial++) {
      const { families, rescueId } = await asked(2);
      const [family] = families as [Family];
      const [answered] = await Promise.all([
        outcome(say(family, rescueId, sides[0], addMinutes(CLOSES, -1))),
        outcome(sides[1](SYSTEM, closeRescue, { rescueId }, CLOSES)),
      ]);
      const won = await bookings([family.childId]);
      expect([answered, won.length], `trial ${trial}`).toEqual(
        answered === 'done' ? ['done', 1] : ['expired', 0],
      );
      const rescue = await world.database.read((tx) => findRescue(tx, rescueId));
      expect(rescue!.bookingId).toBe(won[0]?.id ?? null);
    }
  });

  test('the child is booked elsewhere while the window closes: one booking, and the next one comes', async () => {
    for (let trial = 0; trial < TRIALS; trial++) {
      const { families, rescueId } = await asked(3);
      const [first, next] = families as [Family, Family];
      for (const family of [first, next]) await say(family, rescueId, sides[0]);
      const wish = { childId: first.childId, groupId: elsewhere, date: DAY, slot: SLOT };
      const [booked] = await Promise.all([
        outcome(sides[0](first.guardian, bookSlot, wish)),
        outcome(sides[1](SYSTEM, closeRescue, { rescueId }, CLOSES)),
      ]);
      expect(await bookings([first.childId]), `trial ${trial}: ${booked}`).toHaveLength(1);
      // Both fit into the bigger group; the freed place has one child at most.
      const here = (await bookings([first.childId, next.childId])).filter(
        ({ groupId }) => groupId !== elsewhere,
      );
      expect(here).toHaveLength(1);
    }
  });

  test('a family stands by no more while the window closes', async () => {
    for (let trial = 0; trial < TRIALS; trial++) {
      const { families, rescueId } = await asked(2);
      const [family] = families as [Family];
      await say(family, rescueId, sides[0]);
      await Promise.all([
        sides[0](family.guardian, endStandBy, { standById: family.standById }),
        sides[1](SYSTEM, closeRescue, { rescueId }, CLOSES),
      ]);
      const rescue = await world.database.read((tx) => findRescue(tx, rescueId));
      const won = await bookings([family.childId]);
      expect([rescue!.closedAt !== null, rescue!.bookingId], `trial ${trial}`).toEqual([
        true,
        won[0]?.id ?? null,
      ]);
    }
  });
}

describe('one window, one winner', () => {
  describe('SQLite', () => {
    races('sqlite');
  });
  describe.runIf(hasPostgres)('PostgreSQL, two processes’ connections', () => {
    races('postgres');
  });
});
