import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addDays, addMinutes, plainDate } from '../../src/domain/calendar.ts';
import { SYSTEM, type Actor } from '../../src/domain/people.ts';
import type { Pattern } from '../../src/domain/pattern.ts';
import { listLeftOut, listRoundOffers, findRound, listGroupsToPublish } from '../../src/data/rounds.ts';
import { listOffers } from '../../src/data/offers.ts';
import { runAll, runRound } from '../../src/jobs/runner.ts';
import { bookSeries } from '../../src/use-cases/booking-series.ts';
import { bookSlot } from '../../src/use-cases/bookings.ts';
import { checkData } from '../../src/use-cases/data-check.ts';
import { acceptOffer } from '../../src/use-cases/offers.ts';
import { findRoundResult, previewRound } from '../../src/use-cases/round-preview.ts';
import { publishGroup } from '../../src/use-cases/round-publication.ts';
import { approvePreview, endRound, openRound, publishRound } from '../../src/use-cases/rounds.ts';
import { joinTogether, joinWaitingList, pauseEntry } from '../../src/use-cases/waiting-list.ts';
import { silentLog } from '../support/queue.ts';
import { World } from '../support/world.ts';

const MORNINGS: Pattern = { kind: 'weekly', days: { mon: [17, 26], wed: [17, 26] } };
const WHOLE: Pattern = { kind: 'weekly', days: { mon: [17, 36], wed: [17, 36] } };
const MARCH = plainDate('2027-03-01');
const UNTIL = plainDate('2027-02-12');

let world: World;
let centreId: number;
let first: number;
let second: number;
let manager: Actor;
let other: Actor;

beforeEach(async () => {
  world = await World.create();
  centreId = await world.centre();
  first = await world.group(centreId, { room: 1 });
  second = await world.group(centreId, { room: 1 });
  manager = await world.person('regional_manager', { regionCode: '75' });
  other = await world.person('regional_manager', { regionCode: '75' });
});
afterEach(() => world[Symbol.asyncDispose]());

const runner = () => ({ database: world.database, clock: () => world.now, log: silentLog });
const jobs = () => runAll(runner());
const clean = async () => expect(await checkData(world.database, world.now)).toEqual([]);
const offersIn = (groupIds: number[]) =>
  world.database.read((tx) => listOffers(tx, { groupIds, live: true }));
const request = (actor: Actor) => ({ now: world.now, actor, operation: world.operation() });

async function family() {
  const guardian = await world.guardian();
  return { guardian, childId: await world.child(guardian) };
}

async function wait(
  each: { guardian: Actor; childId: number },
  choices: number[],
  options: { pattern?: Pattern; startsOn?: typeof MARCH } = {},
) {
  const { id } = await world.act(each.guardian, joinWaitingList, {
    childId: each.childId,
    pattern: options.pattern ?? MORNINGS,
    startsOn: options.startsOn ?? MARCH,
    choices,
    minimumMinutesPerWeek: null,
    tolerance: null,
  });
  world.now = addMinutes(world.now, 1);
  return id;
}

const open = (actor = manager, more: { centreId?: number | null } = {}) =>
  world.act(actor, openRound, {
    regionCode: '75',
    centreId: null,
    name: 'Наурыз',
    startsOn: MARCH,
    wishesUntil: UNTIL,
    ...more,
  });
const preview = (roundId: number, rule: 'stable' | 'common' | 'strict' = 'stable', actor = manager) =>
  previewRound(world.database, request(actor), { roundId, rule });
const resultOf = async (id: number) => (await world.database.read((tx) => findRoundResult(tx, id)))!.result;
/** The first morning after the families' last day. */
const afterWishes = () => void (world.now = addMinutes(world.now, 10 * 24 * 60));

async function approved(roundId: number) {
  afterWishes();
  const { id } = await preview(roundId);
  await world.act(other, approvePreview, { roundId, previewId: id });
  return id;
}

describe('a round', () => {
  test('ordinary matching leaves wishes for its start alone, and takes them up when it ends', async () => {
    const { id } = await open();
    const early = await family();
    await wait(early, [first], { startsOn: addDays(MARCH, -10) });
    const late = await family();
    await wait(late, [second]);
    await jobs();
    expect((await offersIn([first])).map((offer) => offer.childId)).toEqual([early.childId]);
    expect(await offersIn([second])).toEqual([]);
    await world.act(manager, endRound, { roundId: id });
    await jobs();
    expect((await offersIn([second])).map((offer) => offer.childId)).toEqual([late.childId]);
    await clean();
  });

  test('preview, approval by a second person, offers with holds on every date, matching again', async () => {
    const { id } = await open();
    const [a, b, c] = [await family(), await family(), await family()];
    const [one, two, three] = [
      await wait(a, [first]),
      await wait(b, [first, second]),
      await wait(c, [first, second]),
    ];
    const early = await preview(id);
    const result = await resultOf(early.id);
    expect(result.placed).toEqual([
      { entryId: one, groupId: first, wish: 1, stays: false },
      { entryId: two, groupId: second, wish: 2, stays: false },
    ]);
    expect(result.wanting).toBe(3);
    expect(result.rules.strict.placed).toBe(2);
    // The one without a place, and the higher wish of the one at its second.
    expect(result.refused.map(({ entryId, wishes }) => [entryId, wishes.length])).toEqual([
      [three, 2],
      [two, 1],
    ]);
    expect(result.refused[0]!.wishes[0]).toMatchObject({
      groupId: first,
      rank: 3,
      of: 3,
      // Two Mondays and two Wednesdays, of which the 8th of March is a holiday.
      fullDays: 3,
      onePlaceMore: false,
    });
    expect(result.refused[1]!.wishes[0]).toMatchObject({ rank: 2, onePlaceMore: true });
    expect(result.refused[0]!.wishes[0]!.full[0]).toEqual({ date: MARCH, from: 17, to: 26 });

    const chosen = { roundId: id, previewId: early.id };
    await expect(world.act(other, approvePreview, chosen)).rejects.toMatchObject({
      details: { why: 'wishes_open' },
    });
    afterWishes();
    await expect(world.act(manager, approvePreview, chosen)).rejects.toMatchObject({
      details: { why: 'same_person' },
    });
    await expect(world.act(manager, publishRound, chosen)).rejects.toMatchObject({
      details: { why: 'not_approved' },
    });
    await world.act(other, approvePreview, chosen);
    await expect(world.act(other, approvePreview, chosen)).rejects.toMatchObject({
      details: { why: 'approved' },
    });
    expect(await world.act(manager, publishRound, chosen)).toEqual({ groups: 2, offers: 2 });
    await expect(world.act(manager, publishRound, chosen)).rejects.toMatchObject({
      details: { why: 'published' },
    });
    await jobs();
    const offers = await offersIn([first, second]);
    expect(offers.map((offer) => [offer.entryId, offer.roundId, offer.startsOn])).toEqual([
      [two, id, MARCH],
      [one, id, MARCH],
    ]);
    expect((await world.database.read((tx) => findRound(tx, id)))!.closedAt).not.toBeNull();
    await clean();
    const mine = offers.find((offer) => offer.entryId === one)!;
    const taken = await world.act(a.guardian, acceptOffer, { offerId: mine.id, channel: 'page' });
    expect(taken.left).toEqual([]);
    await clean();
  });

  test('a place that no longer fits on one date is left out and told; the rest is offered', async () => {
    const { id } = await open();
    const [a, b, rival] = [await family(), await family(), await family()];
    const one = await wait(a, [first]);
    await wait(b, [second]);
    const previewId = await approved(id);
    const monday = plainDate('2027-06-07');
    await world.act(rival.guardian, bookSlot, {
      childId: rival.childId,
      groupId: first,
      date: monday,
      slot: { from: 24, to: 34 },
    });
    await world.act(manager, publishRound, { roundId: id, previewId });
    const before = (await world.database.read((tx) => findRound(tx, id)))!.publishedAt!;
    await jobs();
    expect((await offersIn([first, second])).map((offer) => offer.childId)).toEqual([b.childId]);
    const left = await world.database.read((tx) => listLeftOut(tx, [first, second], before));
    expect(left.map((each) => each.data)).toEqual([
      { roundId: id, entryId: one, why: 'full', dates: [monday], days: 1 },
    ]);
    await clean();
  });

  test('killed midway, the publication goes on; a group done twice makes nothing twice', async () => {
    const { id } = await open();
    const [a, b] = [await family(), await family()];
    await wait(a, [first]);
    await wait(b, [second]);
    const previewId = await approved(id);
    await world.act(manager, publishRound, { roundId: id, previewId });
    // One group, as a process that dies before the second would have done it: its job is still there.
    await world.act(SYSTEM, publishGroup, { roundId: id, groupId: first });
    expect((await world.database.read((tx) => findRound(tx, id)))!.closedAt).toBeNull();
    expect(await world.database.read((tx) => listGroupsToPublish(tx, id))).toHaveLength(2);
    await runRound(runner());
    await jobs();
    expect(await world.database.read((tx) => listRoundOffers(tx, id))).toHaveLength(2);
    const began = (await world.database.read((tx) => findRound(tx, id)))!.publishedAt!;
    expect(await world.database.read((tx) => listLeftOut(tx, [first, second], began))).toEqual([]);
    expect((await world.database.read((tx) => findRound(tx, id)))!.closedAt).not.toBeNull();
    await clean();
  });

  test('a preview is stale once the queue has changed', async () => {
    const { id } = await open();
    const [a, b] = [await family(), await family()];
    const entryId = await wait(a, [first]);
    await wait(b, [second]);
    afterWishes();
    const { id: previewId } = await preview(id);
    await world.act(a.guardian, pauseEntry, { entryId });
    await expect(world.act(other, approvePreview, { roundId: id, previewId })).rejects.toMatchObject({
      reason: 'stale',
      details: { why: 'queue_changed' },
    });
    const late = await wait(await family(), [second]);
    const again = await preview(id);
    expect((await resultOf(again.id)).apart).toEqual([
      { entryId, why: 'paused' },
      { entryId: late, why: 'late' },
    ]);
  });

  test('no wishes, another open round, and rounds of others', async () => {
    const { id } = await open();
    await expect(preview(id)).rejects.toMatchObject({ details: { why: 'no_wishes' } });
    await expect(open()).rejects.toMatchObject({ details: { why: 'another' } });
    const stranger = await world.person('regional_manager', { regionCode: '71' });
    await expect(open(stranger)).rejects.toMatchObject({ reason: 'missing' });
    await expect(world.act(stranger, endRound, { roundId: id })).rejects.toMatchObject({ reason: 'missing' });
    const admin = await world.person('centre_admin', { centreId });
    await expect(world.act(admin, endRound, { roundId: id })).rejects.toMatchObject({ reason: 'missing' });
    await world.act(manager, endRound, { roundId: id });
    await expect(world.act(manager, endRound, { roundId: id })).rejects.toMatchObject({
      details: { why: 'ended' },
    });
    await expect(preview(id)).rejects.toMatchObject({ details: { why: 'no_wishes' } });
    expect(await open(admin, { centreId })).toMatchObject({ id: expect.any(Number) as number });
  });
});

describe('the market of a round', () => {
  test('a holder gives its place up only for a better wish, and what it leaves is given on', async () => {
    const holder = await family();
    await world.act(holder.guardian, bookSeries, {
      childId: holder.childId,
      groupId: second,
      pattern: MORNINGS,
      startsOn: MARCH,
      endsOn: plainDate('2027-06-30'),
      ifFull: 'refuse_all',
    });
    const { id } = await open();
    const next = await family();
    const [mine, theirs] = [await wait(holder, [first]), await wait(next, [second])];
    const { placed } = await resultOf((await preview(id)).id);
    expect(placed).toEqual([
      { entryId: mine, groupId: first, wish: 1, stays: false },
      { entryId: theirs, groupId: second, wish: 1, stays: false },
    ]);
  });

  test('siblings who come together are placed in one group or not at all', async () => {
    const wide = await world.group(centreId, { room: 2 });
    const guardian = await world.guardian();
    const [one, two] = [await world.child(guardian), await world.child(guardian)];
    const { id } = await open();
    const ids = [
      await wait({ guardian, childId: one }, [first, wide]),
      await wait({ guardian, childId: two }, [first, wide]),
    ];
    await world.act(guardian, joinTogether, { entryId: ids[0]!, withIds: [ids[1]!] });
    const { placed } = await resultOf((await preview(id)).id);
    expect(placed.map((place) => [place.entryId, place.groupId])).toEqual(ids.map((each) => [each, wide]));
    const previewId = await approved(id);
    await world.act(manager, publishRound, { roundId: id, previewId });
    await jobs();
    const offers = await offersIn([wide]);
    expect(offers).toHaveLength(2);
    expect(new Set(offers.map((offer) => offer.bundle)).size).toBe(1);
    await clean();
  });

  test('strict places fewer than stable where a full day stands above a morning', async () => {
    const { id } = await open();
    const taken = await family();
    await world.act(taken.guardian, bookSeries, {
      childId: taken.childId,
      groupId: first,
      pattern: { kind: 'weekly', days: { mon: [26, 36] } },
      startsOn: MARCH,
      endsOn: plainDate('2027-06-30'),
      ifFull: 'refuse_all',
    });
    const [whole, half] = [await family(), await family()];
    await wait(whole, [first], { pattern: WHOLE });
    const morning = await wait(half, [first]);
    const { placed, rules } = await resultOf((await preview(id)).id);
    expect(placed.map((place) => place.entryId)).toEqual([morning]);
    expect(rules.stable.placed).toBe(1);
    expect(rules.strict.placed).toBe(0);
  });

  test('a cycle and single dates are laid over the days they need', async () => {
    const { id } = await open();
    const [a, b] = [await family(), await family()];
    const cycle: Pattern = { kind: 'cycle', length: 4, from: MARCH, days: { 1: [17, 34], 2: [17, 34] } };
    const far = plainDate('2027-04-12');
    const dates: Pattern = { kind: 'dates', dates: { [far]: [17, 26] } };
    const one = await wait(a, [first], { pattern: cycle });
    const two = await wait(b, [first], { pattern: dates });
    const { placed } = await resultOf((await preview(id)).id);
    // 12 April is the third day of a cycle: both fit.
    expect(placed.map((place) => place.entryId)).toEqual([one, two]);
  });
});
