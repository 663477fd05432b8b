import { addDays, plainDate, type PlainDate } from '../src/domain/calendar.ts';
import type { Actor } from '../src/domain/people.ts';
import { findDays } from '../src/data/group-days.ts';
import { openSqliteClient } from '../src/data/sqlite.ts';
import { bookSlot } from '../src/use-cases/bookings.ts';
import { World } from '../test/support/world.ts';
import { bareBooking } from './bare-booking.ts';
import { medianRates, type Figure } from './harness.ts';

const GROUPS = 10;
const CHILDREN_A_GROUP = 12;
const DAYS_A_ROUND = 2;
const ROUNDS = 15;
const SLOT = { from: 17, to: 35 };

interface Wish {
  readonly mother: Actor;
  readonly childId: number;
  readonly groupId: number;
  readonly date: PlainDate;
}

/** Open days ahead, in order. */
async function openDates(world: World, groupId: number): Promise<PlainDate[]> {
  const from = plainDate('2027-02-04');
  const days = await world.database.read((tx) => findDays(tx, { groupId, from, to: addDays(from, 365) }));
  return days.filter((day) => day.opensAt !== null).map((day) => day.date);
}

/** A centre of ten groups and their families; every wish can be fulfilled, twelve a group and day. */
async function prepare(world: World): Promise<Wish[]> {
  const centreId = await world.centre();
  const families: { mother: Actor; childId: number; groupId: number }[] = [];
  for (let each = 0; each < GROUPS; each++) {
    const groupId = await world.group(centreId, { room: CHILDREN_A_GROUP });
    for (let child = 0; child < CHILDREN_A_GROUP; child++) {
      const mother = await world.guardian();
      families.push({ mother, groupId, childId: await world.child(mother) });
    }
  }
  return (await openDates(world, families[0]!.groupId)).flatMap((date) =>
    families.map((family) => ({ ...family, date })),
  );
}

/**
 * Booking through the whole use-case, against a bare transaction of the same reads and writes on the same rows (of a
 * copy of the database, by turns) and against one bare durable insert. All three reach the disk (synchronous=FULL).
 */
export async function benchBooking(): Promise<Figure[]> {
  await using world = await World.create({ dialect: 'sqlite' });
  const wishes = await prepare(world);
  const { url } = world.stage;
  if (url.dialect !== 'sqlite') throw new Error('This part measures SQLite.');
  const copy = `${url.file}.copy`;
  const original = openSqliteClient(url.file);
  original.prepare('vacuum into ?').run(copy);
  original.close();
  const client = openSqliteClient(copy);
  const book = bareBooking(client, world.now);
  client.exec('create table bare (id integer primary key, text text not null)');
  const insert = client.prepare('insert into bare (text) values (?)');

  const size = GROUPS * CHILDREN_A_GROUP * DAYS_A_ROUND;
  const inRound = (round: number) => wishes.slice(round * size, (round + 1) * size);
  const [ours = 0, bare = 0, single = 0] = await medianRates(ROUNDS, [
    {
      each: size,
      async work(round) {
        for (const { mother, childId, groupId, date } of inRound(round)) {
          await world.act(mother, bookSlot, { childId, groupId, date, slot: SLOT });
        }
      },
    },
    {
      each: size,
      work(round) {
        for (const { mother, childId, groupId, date } of inRound(round)) {
          book({ personId: mother.personId, childId, groupId, date, ...SLOT });
        }
      },
    },
    {
      each: size,
      work() {
        for (let each = 0; each < size; each++) insert.run('as small as it gets');
      },
    },
  ]);
  client.close();
  const detail = `${ours.toFixed(0)} a second; bare ${bare.toFixed(0)}, one insert ${single.toFixed(0)}`;
  return [
    { name: 'booking ÷ bare transaction', value: ours / bare, unit: '', atLeast: 0.5, detail },
    { name: 'booking ÷ one durable insert', value: ours / single, unit: '', atLeast: 0.25 },
  ];
}
