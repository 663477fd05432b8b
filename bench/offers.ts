import { addMinutes, plainDate } from '../src/domain/calendar.ts';
import type { Pattern } from '../src/domain/pattern.ts';
import type { Actor } from '../src/domain/people.ts';
import type { Tolerance } from '../src/domain/waiting-list.ts';
import { listOffers } from '../src/data/offers.ts';
import { bookSeries } from '../src/use-cases/booking-series.ts';
import { cancelSeries } from '../src/use-cases/cancellations.ts';
import { matchGroup } from '../src/use-cases/matching.ts';
import { expireOffer } from '../src/use-cases/offers.ts';
import { joinWaitingList } from '../src/use-cases/waiting-list.ts';
import { listBookings } from '../src/data/bookings.ts';
import { SYSTEM } from '../src/domain/people.ts';
import { World } from '../test/support/world.ts';
import type { Figure } from './harness.ts';

/** Families who wait for a full group: more than a queue of the national demo has. */
const WAITING = 30;
const ROUNDS = 9;
const WEEK = {
  kind: 'weekly',
  days: { mon: [17, 35], tue: [17, 35], wed: [17, 35], thu: [17, 35], fri: [17, 35] },
} as const;
const TUESDAYS = { kind: 'weekly', days: { tue: [17, 35] } } as const;
const AFTERNOONS = {
  kind: 'weekly',
  days: { mon: [23, 35], tue: [23, 35], wed: [23, 35], thu: [23, 35], fri: [23, 35] },
} as const;
const STARTS_ON = plainDate('2027-03-01');
const ENDS_ON = plainDate('2028-02-28');

interface Queue {
  readonly name: string;
  readonly pattern: Pattern;
  readonly toleranceOf: (number: number) => Tolerance | null;
  /** What another child keeps of the one place throughout. */
  readonly kept?: Pattern;
}

const QUEUES: readonly Queue[] = [
  { name: 'exactly the hours wished', pattern: WEEK, toleranceOf: () => null },
  {
    // Mondays are taken until 12:00: twenty families could come earlier only, the ten after them later too.
    name: 'hours that a family tolerates',
    pattern: AFTERNOONS,
    toleranceOf: (number) => ({ earlier: 4, later: number < 20 ? 0 : 4 }),
    kept: { kind: 'weekly', days: { mon: [16, 24] } },
  },
];

/**
 * A place of a whole year becomes free in a full group with thirty families waiting: from looking at the queue to the
 * offer with its held days in the database.
 */
async function timeOffers({ name, pattern, toleranceOf, kept }: Queue): Promise<Figure> {
  await using world = await World.create({ dialect: 'sqlite' });
  const centreId = await world.centre();
  const groupId = await world.group(centreId, { room: 1 });
  const family = async (): Promise<{ guardian: Actor; childId: number }> => {
    const guardian = await world.guardian();
    return { guardian, childId: await world.child(guardian) };
  };
  const holds = async (held: Pattern) => {
    const holder = await family();
    const period = { startsOn: STARTS_ON, endsOn: ENDS_ON, ifFull: 'book_free' as const };
    await world.act(holder.guardian, bookSeries, {
      childId: holder.childId,
      groupId,
      pattern: held,
      ...period,
    });
    return holder;
  };
  if (kept) await holds(kept);
  const holder = await holds(kept ? TUESDAYS : pattern);
  for (let number = 0; number < WAITING; number++) {
    const { guardian, childId } = await family();
    await world.act(guardian, joinWaitingList, {
      childId,
      pattern,
      startsOn: STARTS_ON,
      choices: [groupId],
      minimumMinutesPerWeek: null,
      tolerance: toleranceOf(number),
    });
    world.now = addMinutes(world.now, 1);
  }
  const [first] = await world.database.read((tx) =>
    listBookings(tx, { childIds: [holder.childId], from: STARTS_ON, to: ENDS_ON }),
  );
  await world.act(holder.guardian, cancelSeries, { bookingId: first!.id });

  const live = async () =>
    (await world.database.read((tx) => listOffers(tx, { groupIds: [groupId], live: true })))[0];
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const before = process.cpuUsage();
    await world.act(SYSTEM, matchGroup, { groupId });
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / 1000);
    const offer = await live();
    if (!offer) throw new Error('nobody was offered the place');
    world.now = offer.expiresAt;
    await world.act(SYSTEM, expireOffer, { offerId: offer.id });
    // Or after five of them hours would be kept for those who were passed over.
    await world.insert(async (tx) => void (await tx.db.delete(tx.t.passingOver)));
  }
  return {
    name: `freed place → offer written, ${name}: a year of days, ${WAITING} families waiting`,
    value: times.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)]!,
    unit: 'ms CPU',
    atMost: 50,
    detail: `slowest ${Math.max(...times).toFixed(0)}`,
  };
}

export async function benchOffers(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const queue of QUEUES) figures.push(await timeOffers(queue));
  return figures;
}
