import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addMinutes, plainDate } from '../../src/domain/calendar.ts';
import type { Actor } from '../../src/domain/people.ts';
import type { Pattern } from '../../src/domain/pattern.ts';
import { listBookings } from '../../src/data/bookings.ts';
import { recountDays } from '../../src/data/day-counts.ts';
import { findDays } from '../../src/data/group-days.ts';
import { findOffer } from '../../src/data/offers.ts';
import { listRanks } from '../../src/data/ranks.ts';
import { findEntry } from '../../src/data/waiting-list.ts';
import { bookSeries } from '../../src/use-cases/booking-series.ts';
import { checkData } from '../../src/use-cases/data-check.ts';
import { findPart, takePart } from '../../src/use-cases/part-places.ts';
import { refreshAllRanks } from '../../src/use-cases/ranks.ts';
import { joinTogether, joinWaitingList, pauseEntry } from '../../src/use-cases/waiting-list.ts';
import { runAll } from '../../src/jobs/runner.ts';
import { World } from '../support/world.ts';
import { silentLog } from '../support/queue.ts';

const DAYS: Pattern = { kind: 'weekly', days: { mon: [17, 27], wed: [17, 27] } };
const MARCH = plainDate('2027-03-01');
const END = plainDate('2028-03-31');

let world: World;
let groupId: number;

beforeEach(async () => {
  world = await World.create();
  groupId = await world.group(await world.centre(), { room: 1 });
});
afterEach(() => world[Symbol.asyncDispose]());

const jobs = () => runAll({ database: world.database, clock: () => world.now, log: silentLog });
const clean = async () => expect(await checkData(world.database, world.now)).toEqual([]);

async function family() {
  const guardian = await world.guardian();
  return { guardian, childId: await world.child(guardian) };
}

interface Wish {
  readonly pattern?: Pattern;
  readonly minimum?: number;
  readonly tolerance?: { readonly earlier: number; readonly later: number };
}

async function wait(each: { guardian: Actor; childId: number }, wish: Wish = {}) {
  const { id } = await world.act(each.guardian, joinWaitingList, {
    childId: each.childId,
    pattern: wish.pattern ?? DAYS,
    startsOn: MARCH,
    choices: [groupId],
    minimumMinutesPerWeek: wish.minimum ?? null,
    tolerance: wish.tolerance ?? null,
  });
  world.now = addMinutes(world.now, 1);
  await jobs();
  return id;
}

/** Another child has the one place at these hours, for as long as places are given. */
async function taken(days: Extract<Pattern, { kind: 'weekly' }>['days']) {
  const holder = await family();
  await world.act(holder.guardian, bookSeries, {
    childId: holder.childId,
    groupId,
    pattern: { kind: 'weekly', days },
    startsOn: MARCH,
    endsOn: plainDate('2028-02-28'),
    ifFull: 'refuse_all',
  });
  return holder;
}

const part = async (entryId: number) => {
  const { database, now } = world;
  return await database.read(async (tx) => findPart(tx, now, (await findEntry(tx, entryId))!, groupId));
};

describe('the part of a wish that fits', () => {
  test('a full day is left out; taken, the entry waits on', async () => {
    await taken({ mon: [17, 27] });
    const mother = await family();
    const entryId = await wait(mother);
    const seen = (await part(entryId))!;
    expect(seen.json).toEqual({ wed: ['08:30', '13:30'] });
    expect([seen.startsOn, seen.slots[0]!.date]).toEqual([MARCH, '2027-03-03']);
    const { offerId, booked } = await world.act(mother.guardian, takePart, {
      entryId,
      groupId,
      pattern: JSON.stringify(seen.json),
    });
    expect(booked).toBe(seen.slots.length);
    const { database } = world;
    expect(await database.read((tx) => findOffer(tx, offerId))).toMatchObject({
      kind: 'part',
      outcome: 'accepted',
    });
    expect(await database.read((tx) => findEntry(tx, entryId))).toMatchObject({ endedAt: null });
    expect(await database.read((tx) => listRanks(tx, groupId))).toMatchObject([{ entryId, position: 1 }]);
    const own = await database.read((tx) =>
      listBookings(tx, { childIds: [mother.childId], from: MARCH, to: END }),
    );
    expect(own).toHaveLength(booked);
    expect(await part(entryId), 'nothing more than it has').toBeUndefined();
    await clean();
  });

  test('hours are shifted or shortened by at most two hours, within what the family said', async () => {
    await taken({ mon: [17, 27], wed: [25, 35] });
    const mother = await family();
    const shifted = await wait(mother, { pattern: { kind: 'weekly', days: { wed: [17, 26] } } });
    // 08:30–13:00 is wished; from 12:30 on it is full, and the group opens at 08:00.
    expect((await part(shifted))!.json).toEqual({ wed: ['08:00', '12:30'] });
    const exact = await wait(await family(), {
      pattern: { kind: 'weekly', days: { wed: [17, 26] } },
      tolerance: { earlier: 0, later: 0 },
    });
    expect((await part(exact))!.json).toEqual({ wed: ['08:30', '12:30'] });
  });

  test('not less than the family wants at least, and not while it pauses or comes with a sibling', async () => {
    await taken({ mon: [17, 27] });
    const mother = await family();
    expect(await part(await wait(mother, { minimum: 301 }))).toBeUndefined();
    const other = await family();
    const entryId = await wait(other);
    expect(await part(entryId)).toBeDefined();
    const sister = { ...other, childId: await world.child(other.guardian) };
    const together = await wait(sister);
    await world.act(other.guardian, joinTogether, { entryId, withIds: [together] });
    expect(await part(entryId)).toBeUndefined();
    await world.act(other.guardian, joinTogether, { entryId, withIds: [] });
    expect(await part(entryId)).toBeDefined();
    await world.act(other.guardian, pauseEntry, { entryId });
    expect(await part(entryId)).toBeUndefined();
  });

  test('hours that somebody ranked above could be offered are theirs', async () => {
    await taken({ mon: [17, 27] });
    const mother = await family();
    const entryId = await wait(mother);
    const seen = (await part(entryId))!;
    // Another family joins, whose whole wish fits: a right that puts it first is found before it is offered anything.
    const first = await family();
    const above = await wait(first, { pattern: { kind: 'weekly', days: { wed: [17, 27] } } });
    await world.insert(async (tx) => {
      const { offer, offerEnd, hold } = tx.t;
      await tx.db.delete(hold);
      await tx.db.delete(offerEnd);
      await tx.db.delete(offer);
      await tx.db.update(tx.t.child).set({ priority: 1 }).where(eq(tx.t.child.id, first.childId));
      await refreshAllRanks(tx, world.now);
      await recountDays(tx, await findDays(tx, { groupId, from: MARCH, to: END }));
    });
    expect(await world.database.read((tx) => listRanks(tx, groupId))).toMatchObject([
      { entryId: above },
      { entryId },
    ]);
    expect(await part(entryId)).toBeUndefined();
    await expect(
      world.act(mother.guardian, takePart, { entryId, groupId, pattern: JSON.stringify(seen.json) }),
    ).rejects.toMatchObject({ reason: 'full' });
    await world.act(first.guardian, pauseEntry, { entryId: above });
    expect(await part(entryId)).toBeDefined();
    await clean();
  });

  test('two who take the same hours at once: one gets them', async () => {
    await taken({ mon: [17, 27] });
    const all = await Promise.all([family(), family()]);
    const entries: number[] = [];
    for (const each of all) entries.push(await wait(each));
    const takes = [];
    for (const [at, entryId] of entries.entries()) {
      const pattern = JSON.stringify((await part(entryId))!.json);
      takes.push(() => world.act(all[at]!.guardian, takePart, { entryId, groupId, pattern }));
    }
    const done = await Promise.allSettled(takes.map((take) => take()));
    expect(done.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(done.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { reason: 'full' } });
    await clean();
  });

  test('hours taken meanwhile, another pattern, a group it does not name, a stranger', async () => {
    await taken({ mon: [17, 27] });
    const [mother, stranger] = [await family(), await family()];
    const entryId = await wait(mother);
    const pattern = JSON.stringify((await part(entryId))!.json);
    const take = (who: Actor, more: object) =>
      world.act(who, takePart, { entryId, groupId, pattern, ...more });
    await expect(take(stranger.guardian, {})).rejects.toMatchObject({ reason: 'missing' });
    await expect(take(mother.guardian, { groupId: groupId + 99 })).rejects.toMatchObject({
      reason: 'missing',
    });
    await expect(take(mother.guardian, { pattern: '{"wed":["08:30","18:30"]}' })).rejects.toMatchObject({
      reason: 'full',
    });
    await taken({ wed: [17, 27] });
    await expect(take(mother.guardian, {})).rejects.toMatchObject({ reason: 'full' });
    await clean();
  });
});
