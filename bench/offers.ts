import { addMinutes, plainDate } from '../src/domain/calendar.ts';
import type { Actor } from '../src/domain/people.ts';
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
const STARTS_ON = plainDate('2027-03-01');
const ENDS_ON = plainDate('2028-02-28');

/**
 * A place of a whole year becomes free in a full group with thirty families waiting: from looking at the queue to the
 * offer with its held days in the database.
 */
export async function benchOffers(): Promise<Figure[]> {
  await using world = await World.create({ dialect: 'sqlite' });
  const centreId = await world.centre();
  const groupId = await world.group(centreId, { room: 1 });
  const family = async (): Promise<{ guardian: Actor; childId: number }> => {
    const guardian = await world.guardian();
    return { guardian, childId: await world.child(guardian) };
  };
  const holder = await family();
  const series = {
    childId: holder.childId,
    groupId,
    pattern: WEEK,
    startsOn: STARTS_ON,
    endsOn: ENDS_ON,
    ifFull: 'book_free' as const,
  };
  await world.act(holder.guardian, bookSeries, series);
  for (let each = 0; each < WAITING; each++) {
    const { guardian, childId } = await family();
    await world.act(guardian, joinWaitingList, {
      childId,
      pattern: WEEK,
      startsOn: STARTS_ON,
      choices: [groupId],
      minimumMinutesPerWeek: null,
      tolerance: null,
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
  }
  return [
    {
      name: 'freed place → offer written: a year of days, 30 families waiting',
      value: times.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)]!,
      unit: 'ms CPU',
      atMost: 50,
      detail: `slowest ${Math.max(...times).toFixed(0)}`,
    },
  ];
}
