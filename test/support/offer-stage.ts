import { addMinutes, addMonths, plainDate, type Instant, type PlainDate } from '../../src/domain/calendar.ts';
import type { Actor } from '../../src/domain/people.ts';
import { listOffers, type Offer } from '../../src/data/offers.ts';
import { joinWaitingList } from '../../src/use-cases/waiting-list.ts';
import { apiToken, openDates } from './families.ts';
import { jobs } from './queue-stage.ts';
import type { World } from './world.ts';

/** One place for one day: offered to the first child, whose two guardians may both answer, and waited for by the next. */
export interface OfferTrial {
  readonly groupId: number;
  readonly date: PlainDate;
  readonly offer: Offer;
  readonly childId: number;
  readonly nextChildId: number;
  /** API tokens of the two guardians. */
  readonly tokens: readonly [string, string];
}

/** Few, so that a queue is ranked quickly however many trials there are; not before a second offer could be answered. */
const [FIRST_DAY, DAYS_A_GROUP] = [10, 10];

async function secondGuardian(world: World, childId: number): Promise<Actor> {
  const guardian = await world.guardian();
  const startsOn = addMonths(plainDate('2027-01-01'), -24);
  const may = { maySee: true, mayBook: true, mayCollect: true, mayBeTold: true };
  await world.insert(
    async (tx) =>
      void (await tx.db
        .insert(tx.t.guardianship)
        .values({ childId, personId: guardian.personId, startsOn, ...may })),
  );
  return guardian;
}

/** So many live offers, all made at the world's instant and due at the same one, with somebody next in line for each. */
export async function offerTrials(
  world: World,
  count: number,
): Promise<{ trials: OfferTrial[]; due: Instant }> {
  const centreId = await world.centre();
  const asked: Omit<OfferTrial, 'offer'>[] = [];
  const later: (() => Promise<unknown>)[] = [];
  while (asked.length < count) {
    const groupId = await world.group(centreId, { room: 1 });
    for (const date of (await openDates(world, groupId)).slice(FIRST_DAY, FIRST_DAY + DAYS_A_GROUP)) {
      if (asked.length === count) break;
      const [mother, other] = [await world.guardian(), await world.guardian()];
      const [childId, nextChildId] = [await world.child(mother), await world.child(other)];
      const father = await secondGuardian(world, childId);
      const tokens = [await apiToken(world, mother), await apiToken(world, father)] as const;
      const wish = {
        pattern: { kind: 'dates' as const, dates: { [date]: [17, 35] as const } },
        startsOn: date,
        choices: [groupId],
        minimumMinutesPerWeek: null,
        tolerance: null,
      };
      await world.act(mother, joinWaitingList, { childId, ...wish });
      asked.push({ groupId, date, childId, nextChildId, tokens });
      later.push(() => world.act(other, joinWaitingList, { childId: nextChildId, ...wish }));
    }
  }
  // Registered later, not in the same second, where the lot would say who comes first.
  world.now = addMinutes(world.now, 1);
  for (const join of later) await join();
  await jobs(world);
  const offers = new Map(
    (await world.database.read((tx) => listOffers(tx, { live: true }))).map((offer) => [
      offer.childId,
      offer,
    ]),
  );
  const trials = asked.map((each) => ({ ...each, offer: offers.get(each.childId)! }));
  return { trials, due: trials[0]!.offer.expiresAt };
}

/** Every offer ever made for the trials, by child. */
export async function offersByChild(world: World): Promise<Map<number, Offer[]>> {
  return Map.groupBy(await world.database.read((tx) => listOffers(tx, {})), (offer) => offer.childId);
}
