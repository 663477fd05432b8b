import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addMinutes } from '../../src/domain/calendar.ts';
import type { Actor } from '../../src/domain/people.ts';
import type { Pattern } from '../../src/domain/pattern.ts';
import { listPassingsOver } from '../../src/data/passings-over.ts';
import { checkData } from '../../src/use-cases/data-check.ts';
import { acceptOffer, withdrawOffer } from '../../src/use-cases/offers.ts';
import { findPart } from '../../src/use-cases/part-places.ts';
import { findEntry } from '../../src/data/waiting-list.ts';
import { allowAgain } from '../../src/use-cases/taken-back.ts';
import { changeEntry, joinTogether, joinWaitingList } from '../../src/use-cases/waiting-list.ts';
import { cancelSeries } from '../../src/use-cases/cancellations.ts';
import { bookSeries } from '../../src/use-cases/booking-series.ts';
import { plainDate } from '../../src/domain/calendar.ts';
import { listBookings } from '../../src/data/bookings.ts';
import { TestApp } from '../support/app.ts';
import { textOf } from '../support/page-stage.ts';
import { DAYS, jobs, liveOffers, MARCH, otherFamily, waitsFor } from '../support/queue-stage.ts';
import { World } from '../support/world.ts';

let world: World;
let centreId: number;
let groupId: number;
let staff: Actor;

beforeEach(async () => {
  world = await World.create();
  centreId = await world.centre();
  groupId = await world.group(centreId, { room: 1 });
  staff = await world.person('centre_admin', { centreId });
});
const clean = async () => expect(await checkData(world.database, world.now)).toEqual([]);
afterEach(async () => {
  await clean();
  await world[Symbol.asyncDispose]();
});

const live = () => liveOffers(world, groupId);
const later = (minutes = 1) => (world.now = addMinutes(world.now, minutes));

async function family(pattern: Pattern = DAYS) {
  const { guardian, childId } = await otherFamily(world);
  return { guardian, childId, entryId: await waitsFor(world, guardian, childId, [groupId], pattern) };
}

/** The first family's offer is taken back by the centre. */
async function takenBack() {
  const first = await family();
  await jobs(world);
  const [offer] = await live();
  expect(offer).toMatchObject({ entryId: first.entryId });
  later();
  await world.act(staff, withdrawOffer, { offerId: offer!.id, reason: 'Жөндеу' });
  later();
  await jobs(world);
  return { ...first, offerId: offer!.id };
}

describe('an offer that the centre took back', () => {
  test('does not come again by itself, however often the queue is looked at', async () => {
    await takenBack();
    expect(await live()).toEqual([]);
    later(60 * 24);
    await jobs(world);
    expect(await live()).toEqual([]);
  });

  test('the next in line is offered the place; who is passed over is told why', async () => {
    const first = await takenBack();
    const second = await family();
    await jobs(world);
    const [offer, ...more] = await live();
    expect([offer?.entryId, more]).toEqual([second.entryId, []]);
    const passed = await world.database.read((tx) => listPassingsOver(tx, first.entryId, 9));
    expect(passed).toMatchObject([{ groupId, full: { dates: [], days: 0 } }]);
    await using app = await TestApp.start(world);
    const page = await (
      await app.as(first.guardian)
    ).get(`/children/${first.childId}/waiting-list/${first.entryId}`);
    expect(textOf(page)).toContain('On 03.02.2027 the centre took its offer back: Жөндеу');
    expect(textOf(page)).toContain('only the place was free whose offer the centre had taken back from you');
    const list = await (await app.as(staff)).get(`/centres/${centreId}/waiting-list`);
    expect(textOf(list)).toContain('offer taken back');
  });

  test('until the centre allows it: a second press changes nothing', async () => {
    const first = await takenBack();
    await using app = await TestApp.start(world);
    const visitor = await app.as(staff);
    const path = `/centres/${centreId}/offers/${first.offerId}`;
    expect(textOf(await visitor.get(path))).toContain('The family is not offered this group again for now.');
    const asked = await visitor.get(`/centres/${centreId}/waiting-list?offered=none`);
    expect(textOf(asked)).toContain('only the place is left that was taken back');
    expect(textOf(await visitor.submit(`${path}/permission`))).toContain('Allowed.');
    await jobs(world);
    const [offer] = await live();
    expect(offer).toMatchObject({ entryId: first.entryId });
    expect((await visitor.post(`${path}/permission`)).status).toBe(303);
    expect(textOf(await visitor.get(path))).not.toContain(
      'The family is not offered this group again for now.',
    );
    // One that was not taken back has nothing to allow; nor is it the family's to allow.
    expect((await visitor.post(`/centres/${centreId}/offers/${offer!.id}/permission`)).status).toBe(409);
    expect((await (await app.as(first.guardian)).post(`${path}/permission`)).status).toBe(403);
    const stranger = await app.as(await world.person('centre_admin', { centreId: await world.centre() }));
    expect((await stranger.post(`${path}/permission`)).status).toBe(404);
    await expect(world.act(first.guardian, allowAgain, { offerId: first.offerId })).rejects.toMatchObject({
      reason: 'forbidden',
    });
  });

  test('taken back again, it is withheld again', async () => {
    const first = await takenBack();
    await world.act(staff, allowAgain, { offerId: first.offerId });
    await jobs(world);
    const [again] = await live();
    later();
    await world.act(staff, withdrawOffer, { offerId: again!.id, reason: 'Тағы' });
    later();
    await jobs(world);
    expect(await live()).toEqual([]);
  });

  test('another place of the group is offered as before', async () => {
    const holder = await otherFamily(world);
    groupId = await world.group(centreId, { room: 2 });
    const series = { groupId, pattern: DAYS, startsOn: MARCH, endsOn: plainDate('2028-02-28') };
    await world.act(holder.guardian, bookSeries, {
      ...series,
      childId: holder.childId,
      ifFull: 'refuse_all',
    });
    const first = await takenBack();
    expect(await live()).toEqual([]);
    const [booking] = await world.database.read((tx) =>
      listBookings(tx, { childIds: [holder.childId], from: MARCH, to: plainDate('2028-02-28') }),
    );
    await world.act(holder.guardian, cancelSeries, { bookingId: booking!.id });
    await jobs(world);
    expect(await live()).toMatchObject([{ entryId: first.entryId }]);
  });

  test('nor is one of the places beside it that were free all the time; one that becomes free later is', async () => {
    groupId = await world.group(centreId, { room: 4 });
    const holder = await otherFamily(world);
    await world.act(holder.guardian, bookSeries, {
      groupId,
      pattern: DAYS,
      startsOn: MARCH,
      endsOn: plainDate('2028-02-28'),
      childId: holder.childId,
      ifFull: 'refuse_all',
    });
    const first = await takenBack();
    expect(await live()).toEqual([]);
    // Two others take two of the three: nothing has become free for the first.
    for (let each = 0; each < 2; each++) {
      const next = await family();
      await jobs(world);
      const [offer, ...more] = await live();
      expect([offer?.entryId, more]).toEqual([next.entryId, []]);
      later();
      await world.act(next.guardian, acceptOffer, { offerId: offer!.id, channel: 'page' });
      await jobs(world);
      expect(await live()).toEqual([]);
    }
    const [booking] = await world.database.read((tx) =>
      listBookings(tx, { childIds: [holder.childId], from: MARCH, to: plainDate('2028-02-28') }),
    );
    await world.act(holder.guardian, cancelSeries, { bookingId: booking!.id });
    await jobs(world);
    expect(await live()).toMatchObject([{ entryId: first.entryId }]);
  });

  test('once somebody else has had the place, it is like any other', async () => {
    const first = await takenBack();
    const second = await family();
    await jobs(world);
    const [offer] = await live();
    later();
    await world.act(second.guardian, acceptOffer, { offerId: offer!.id, channel: 'page' });
    const [booking] = await world.database.read((tx) =>
      listBookings(tx, { childIds: [second.childId], from: MARCH, to: plainDate('2028-02-28') }),
    );
    later();
    await world.act(second.guardian, cancelSeries, { bookingId: booking!.id });
    await jobs(world);
    expect(await live()).toMatchObject([{ entryId: first.entryId }]);
  });

  test('a changed wish is asked anew', async () => {
    const first = await takenBack();
    await world.act(first.guardian, changeEntry, {
      entryId: first.entryId,
      pattern: { kind: 'weekly', days: { mon: [17, 27] } },
      startsOn: MARCH,
      choices: [groupId],
      minimumMinutesPerWeek: null,
      tolerance: null,
    });
    await jobs(world);
    expect(await live()).toMatchObject([{ entryId: first.entryId }]);
  });

  const part = async (entryId: number) => {
    const entry = await world.database.read((tx) => findEntry(tx, entryId));
    return await world.database.read((tx) => findPart(tx, world.now, entry!, groupId));
  };
  const wednesdays = async () => {
    const { guardian, childId } = await otherFamily(world);
    await world.act(guardian, bookSeries, {
      childId,
      groupId,
      pattern: { kind: 'weekly', days: { wed: [17, 27] } },
      startsOn: MARCH,
      endsOn: plainDate('2028-02-28'),
      ifFull: 'refuse_all',
    });
    const [booking] = await world.database.read((tx) =>
      listBookings(tx, { childIds: [childId], from: MARCH, to: plainDate('2028-02-28') }),
    );
    return { guardian, bookingId: booking!.id };
  };

  test('nor may the family take a part of that place; whoever was never offered it may', async () => {
    const first = await takenBack();
    await wednesdays();
    expect(await part(first.entryId)).toBeUndefined();
    const second = await family();
    await jobs(world);
    expect((await part(second.entryId))?.json).toEqual({ mon: ['08:30', '13:30'] });
  });

  test('a part at other days is theirs', async () => {
    const holder = await wednesdays();
    const { guardian, childId } = await otherFamily(world);
    const { id } = await world.act(guardian, joinWaitingList, {
      childId,
      pattern: DAYS,
      startsOn: MARCH,
      choices: [groupId],
      minimumMinutesPerWeek: 300,
      tolerance: { earlier: 0, later: 0 },
    });
    await jobs(world);
    const [offer] = await live();
    expect(offer).toMatchObject({ kind: 'part', pattern: { mon: ['08:30', '13:30'] } });
    later();
    await world.act(staff, withdrawOffer, { offerId: offer!.id, reason: 'Жөндеу' });
    later();
    await world.act(holder.guardian, cancelSeries, { bookingId: holder.bookingId });
    await jobs(world);
    expect(await live()).toEqual([]);
    expect((await part(id))?.json).toEqual({ wed: ['08:30', '13:30'] });
  });

  test('brothers and sisters: all of it is withheld, and allowed, together', async () => {
    groupId = await world.group(centreId, { room: 2 });
    const guardian = await world.guardian();
    const ids: number[] = [];
    for (let each = 0; each < 2; each++)
      ids.push(await waitsFor(world, guardian, await world.child(guardian), [groupId]));
    await world.act(guardian, joinTogether, { entryId: ids[0]!, withIds: [ids[1]!] });
    await jobs(world);
    const offers = await live();
    expect(offers).toHaveLength(2);
    later();
    await world.act(staff, withdrawOffer, { offerId: offers[0]!.id, reason: 'Жөндеу' });
    later();
    await jobs(world);
    expect(await live()).toEqual([]);
    await world.act(staff, allowAgain, { offerId: offers[1]!.id });
    await jobs(world);
    expect(await live()).toHaveLength(2);
  });
});
