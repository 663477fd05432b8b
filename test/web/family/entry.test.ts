import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { addMinutes, plainDate } from '../../../src/domain/calendar.ts';
import { findEntry } from '../../../src/data/waiting-list.ts';
import { listBookings } from '../../../src/data/bookings.ts';
import { checkData } from '../../../src/use-cases/data-check.ts';
import { acceptOffer, refuseOffer } from '../../../src/use-cases/offers.ts';
import { withdrawEntry } from '../../../src/use-cases/waiting-list.ts';
import { FamilyStage } from '../../support/family-stage.ts';
import { fieldOf, textOf } from '../../support/page-stage.ts';
import {
  DAYS_TEXT,
  jobs,
  liveOffers,
  MARCH,
  otherFamily,
  taken,
  waitsFor,
} from '../../support/queue-stage.ts';

const found = (at: FamilyStage, id: number) => at.world.database.read((tx) => findEntry(tx, id));

describe('the queue card', () => {
  test('tells place, reasons and story in counts, and nothing of other families', async () => {
    await using at = await FamilyStage.create({ room: 1 });
    const { world, visitor, childId, groupId, mother } = at;
    const [first, second] = [await otherFamily(world), await otherFamily(world)];
    await waitsFor(world, first.guardian, first.childId, [groupId]);
    const left = await waitsFor(world, second.guardian, second.childId, [groupId]);
    const entryId = await waitsFor(world, mother, childId, [groupId]);
    const path = `/children/${childId}/waiting-list/${entryId}`;
    const before = textOf(await visitor.get(path));
    expect(before).toContain('3 of 3');
    expect(before).toContain('Before you: 2 registered earlier.');
    expect(before).toContain('joined at 3 of 3');
    expect(before).toContain('The region has not stated its own order yet');
    expect(before).toContain('brother or sister at the centre');

    await jobs(world);
    await world.act(second.guardian, withdrawEntry, { entryId: left });
    const [offer] = await liveOffers(world, groupId);
    await world.act(first.guardian, acceptOffer, { offerId: offer!.id, channel: 'page' });
    const page = await visitor.get(path);
    const words = textOf(page);
    expect(words).toContain('3 → 2 of 2: 1 withdrew');
    expect(words).toContain('2 → 1 of 1: 1 was placed');
    for (const other of [first, second]) expect(page.text).not.toContain(other.guardian.name);
    expect(words).not.toMatch(/Synthetic child/);
  });

  test('passings-over are told with their days', async () => {
    await using at = await FamilyStage.create({ room: 1 });
    const { world, visitor, childId, groupId, mother } = at;
    await taken(world, groupId, { kind: 'weekly', days: { mon: [17, 27] } });
    const entryId = await waitsFor(world, mother, childId, [groupId]);
    const other = await otherFamily(world);
    await waitsFor(world, other.guardian, other.childId, [groupId], {
      kind: 'weekly',
      days: { wed: [17, 27] },
    });
    await jobs(world);
    const words = textOf(await visitor.get(`/children/${childId}/waiting-list/${entryId}`));
    expect(words).toMatch(/On 03.02.2027 hours became free, but your hours did not fit on \d+ days \(01.03/);
  });

  test('pause, resume, withdraw with a question before', async () => {
    await using at = await FamilyStage.create({ room: 1 });
    const { world, visitor, childId, groupId, mother } = at;
    const entryId = await waitsFor(world, mother, childId, [groupId]);
    const path = `/children/${childId}/waiting-list/${entryId}`;
    expect(textOf(await visitor.submit(`${path}/pause`))).toContain('Paused: no offers come');
    await jobs(world);
    expect(await liveOffers(world, groupId)).toEqual([]);
    expect(textOf(await visitor.get(path))).toContain('paused since 03.02.2027');
    await visitor.post(`${path}/resumption`);
    await jobs(world);
    expect(await liveOffers(world, groupId)).toHaveLength(1);
    expect(textOf(await visitor.get('/children'))).toContain('A place is offered: please answer.');
    expect(textOf(await visitor.get(`${path}/withdrawal`))).toContain('goes to the next child');
    expect(textOf(await visitor.submit(`${path}/withdrawal`))).toContain('The request no longer waits.');
    expect(await liveOffers(world, groupId)).toEqual([]);
    const again = await visitor.post(`${path}/pause`);
    expect([again.status, textOf(again).includes('does not wait any more')]).toEqual([409, true]);
    expect(await found(at, entryId)).toMatchObject({ endReason: 'withdrawn' });
    expect(await checkData(world.database, world.now)).toEqual([]);
  });

  test('what lapsed is restored once, until its last day', async () => {
    await using at = await FamilyStage.create({ room: 1 });
    const { world, visitor, childId, groupId, mother } = at;
    const entryId = await waitsFor(world, mother, childId, [groupId]);
    const path = `/children/${childId}/waiting-list/${entryId}`;
    await jobs(world);
    const [offer] = await liveOffers(world, groupId);
    world.now = offer!.expiresAt;
    await jobs(world);
    expect(textOf(await visitor.get('/children'))).toContain('lapsed: nobody answered');
    expect(textOf(await visitor.get(path))).toContain('Until 06.03.2027 the request can be restored once');
    expect(textOf(await visitor.submit(`${path}/restoration`))).toContain('The request waits again');
    await jobs(world);
    const [next] = await liveOffers(world, groupId);
    world.now = next!.expiresAt;
    await jobs(world);
    const twice = await visitor.get(path);
    expect(textOf(twice)).not.toContain('can be restored once');
    expect((await visitor.post(`${path}/restoration`)).status).toBe(409);
  });

  test('each refused group is told, and the request waits on for the others', async () => {
    await using at = await FamilyStage.create({ room: 1 });
    const { world, visitor, childId, groupId, mother } = at;
    const second = await world.group(at.centreId, { room: 1 });
    await taken(world, second, { kind: 'weekly', days: { mon: [17, 27] } });
    const entryId = await waitsFor(world, mother, childId, [groupId, second]);
    await jobs(world);
    const [offer] = await liveOffers(world, groupId);
    await world.act(mother, refuseOffer, { offerId: offer!.id, channel: 'page' });
    const words = textOf(await visitor.get(`/children/${childId}/waiting-list/${entryId}`));
    expect(words).toContain('You refused a place here on 03.02.2027');
    expect(words).toContain('1 of 1');
    expect(words).toContain('offered and refused');
  });

  test('a group that has ended under a request is told, and can be changed for another', async () => {
    await using at = await FamilyStage.create({ room: 1 });
    const { world, visitor, childId, groupId, mother } = at;
    const entryId = await waitsFor(world, mother, childId, [groupId]);
    const path = `/children/${childId}/waiting-list/${entryId}`;
    await world.insert(
      async (tx) =>
        void (await tx.db
          .update(tx.t.careGroup)
          .set({ endsOn: plainDate('2027-02-02') })
          .where(eq(tx.t.careGroup.id, groupId))),
    );
    expect(textOf(await visitor.get(path))).toContain('Топ has ended. Remove it and choose another group.');
    const change = await visitor.get(`${path}/change`);
    expect(textOf(change)).toContain('Шуақ · Топ has ended');
    expect(change.text).not.toContain('<button class="btn go">Save');
    const other = await world.group(at.centreId);
    const form = { pattern: DAYS_TEXT, startsOn: '2027-03-01', group: String(other) };
    expect(textOf(await visitor.submit(`${path}/change`, form))).toContain('The request is changed.');
  });

  test('a part that fits is taken in one tap, and the request waits on', async () => {
    await using at = await FamilyStage.create({ room: 1 });
    const { world, visitor, childId, groupId, mother } = at;
    await taken(world, groupId, { kind: 'weekly', days: { mon: [17, 27] } });
    const entryId = await waitsFor(world, mother, childId, [groupId]);
    const path = `/children/${childId}/waiting-list/${entryId}`;
    const page = await visitor.get(path);
    expect(textOf(page)).toContain('You can have a part at once Wed 08:30–13:30');
    const pattern = fieldOf(page, 'pattern')!.replaceAll('&#34;', '"');
    const gone = await visitor.post(`${path}/part`, {
      groupId: String(groupId),
      pattern: '{"wed":["08:00","18:00"]}',
    });
    expect([gone.status, textOf(gone).includes('no longer free for you')]).toEqual([409, true]);
    expect((await visitor.post(`${path}/part`, { groupId: 'x', pattern: '' })).status).toBe(422);
    const done = await visitor.submit(`${path}/part`, { groupId: String(groupId), pattern });
    expect(textOf(done)).toContain('These hours are yours. You still wait for the rest.');
    expect(textOf(done)).toContain('Wed 03.03');
    const bookings = await world.database.read((tx) =>
      listBookings(tx, { childIds: [childId], from: MARCH, to: '2027-03-31' as typeof MARCH }),
    );
    expect(bookings.map((each) => each.date)).toContain('2027-03-03');
    expect(await found(at, entryId)).toMatchObject({ endedAt: null });
    expect(await checkData(world.database, world.now)).toEqual([]);
  });

  test('siblings are tied and untied; whoever only looks has no buttons; strangers see nothing', async () => {
    await using at = await FamilyStage.create({ room: 1 });
    const { world, visitor, childId, groupId, mother } = at;
    const entryId = await waitsFor(world, mother, childId, [groupId]);
    const hers = await waitsFor(world, mother, await world.child(mother), [groupId]);
    const path = `/children/${childId}/waiting-list/${entryId}`;
    await visitor.post(`${path}/siblings`, { together: String(hers) });
    expect((await found(at, entryId))!.togetherKey).not.toBeNull();
    expect((await visitor.get(path)).text).toMatch(new RegExp(`value="${hers}" checked`));
    await visitor.post(`${path}/siblings`, {});
    expect((await found(at, hers))!.togetherKey).toBeNull();

    const looks = await at.relative({ maySee: true });
    const seen = await looks.get(path);
    expect([seen.status, seen.text.includes('/pause')]).toEqual([200, false]);
    expect((await looks.post(`${path}/pause`)).status).toBe(404);
    for (const asked of [path, `${path}/change`, `${path}/withdrawal`])
      expect((await at.stranger.get(asked)).status).toBe(404);
    // The entry of one child under the address of another is none.
    const sister = await world.child(mother);
    expect((await visitor.get(`/children/${sister}/waiting-list/${entryId}`)).status).toBe(404);
    world.now = addMinutes(world.now, 1);
  });

  test('the card stands on the home page and on the child’s', async () => {
    await using at = await FamilyStage.create({ room: 1 });
    const { world, visitor, childId, groupId, mother } = at;
    const other = await otherFamily(world);
    await taken(world, groupId, { kind: 'weekly', days: { mon: [17, 27] } });
    await waitsFor(world, other.guardian, other.childId, [groupId]);
    await waitsFor(world, mother, childId, [groupId]);
    for (const path of ['/children', `/children/${childId}`]) {
      const page = await visitor.get(path);
      expect(textOf(page)).toContain('2 of 2');
      expect(page.text).toContain(`/children/${childId}/waiting-list/`);
    }
  });
});
