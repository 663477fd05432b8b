import { describe, expect, test } from 'vitest';
import { addMinutes, instant, plainDate } from '../../../src/domain/calendar.ts';
import { findOffer } from '../../../src/data/offers.ts';
import { findEntry } from '../../../src/data/waiting-list.ts';
import { bookSlot } from '../../../src/use-cases/bookings.ts';
import { checkData } from '../../../src/use-cases/data-check.ts';
import { withdrawOffer } from '../../../src/use-cases/offers.ts';
import { FamilyStage } from '../../support/family-stage.ts';
import { textOf } from '../../support/page-stage.ts';
import { jobs, liveOffers, otherFamily, waitsFor } from '../../support/queue-stage.ts';

async function offered(at: FamilyStage) {
  const { world, mother, childId, groupId } = at;
  const entryId = await waitsFor(world, mother, childId, [groupId]);
  await jobs(world);
  const [offer] = await liveOffers(world, groupId);
  return { entryId, offerId: offer!.id, path: `/offers/${offer!.id}` };
}

const read = (at: FamilyStage, offerId: number) => at.world.database.read((tx) => findOffer(tx, offerId));

describe('an offer', () => {
  test('opened from a message it is seen; accepted in one tap, with the first days and the contract', async () => {
    await using at = await FamilyStage.create({ room: 1 });
    const { offerId, path } = await offered(at);
    const signedOut = await at.app.visitor().get(path);
    expect(signedOut.location).toBe(`/sign-in?next=${encodeURIComponent(path)}`);
    expect(await read(at, offerId)).toMatchObject({ seenAt: null });
    const page = textOf(await at.visitor.get(path));
    expect(page).toContain('Answer by Friday, 5 February, end of day');
    expect(page).toContain('Mon 08:30–13:30, Wed 08:30–13:30');
    const { seenAt } = (await read(at, offerId))!;
    expect(seenAt).toBe(at.world.now);
    at.world.now = addMinutes(at.world.now, 5);
    await at.visitor.get(path);
    expect((await read(at, offerId))!.seenAt).toBe(seenAt);

    const done = textOf(await at.visitor.submit(`${path}/acceptance`));
    expect(done).toContain('The place is yours');
    expect(done).toContain('Mon 01.03');
    expect(done).toContain('by 10.02.2027 (5 working days)');
    expect(await read(at, offerId)).toMatchObject({ outcome: 'accepted' });
    const home = textOf(await at.visitor.get('/children'));
    expect(home).toContain('See the days.');
    expect(home).not.toContain('Answer by');
    expect(await checkData(at.world.database, at.world.now)).toEqual([]);
  });

  test('it says what it replaces', async () => {
    await using at = await FamilyStage.create({ room: 1 });
    const { world, mother, childId } = at;
    const elsewhere = await world.group(await world.centre({ name: 'Үміт' }));
    for (const date of ['2027-03-01', '2027-03-02'])
      await world.act(mother, bookSlot, {
        childId,
        groupId: elsewhere,
        date: plainDate(date),
        slot: { from: 17, to: 27 },
      });
    const { path } = await offered(at);
    const page = textOf(await at.visitor.get(path));
    expect(page).toContain('This place replaces 1 booking on the same days');
    expect(page).toContain('Mon 01.03, 08:30–13:30, Үміт');
    expect(page).not.toContain('Tue 02.03');
  });

  test('refused with a reason, it goes on to the next; a second answer is told apart', async () => {
    await using at = await FamilyStage.create({ room: 1 });
    const { offerId, path, entryId } = await offered(at);
    const refused = await at.visitor.submit(`${path}/refusal`, { reason: 'Біз көшеміз <b>' });
    expect(textOf(refused)).toContain('The offer was refused');
    expect(await read(at, offerId)).toMatchObject({ outcome: 'refused', reason: 'Біз көшеміз <b>' });
    expect(await at.world.database.read((tx) => findEntry(tx, entryId))).toMatchObject({
      endReason: 'refused',
    });
    const twice = await at.visitor.post(`${path}/acceptance`);
    expect([twice.status, textOf(twice).includes('has been answered already')]).toEqual([409, true]);
    const long = await at.visitor.post(`${path}/refusal`, { reason: 'x'.repeat(501) });
    expect(long.status).toBe(422);
  });

  test('the other guardian finds it answered', async () => {
    await using at = await FamilyStage.create({ room: 1 });
    const { path } = await offered(at);
    const father = await at.relative({ maySee: true, mayBook: true });
    await at.visitor.post(`${path}/acceptance`);
    expect(textOf(await father.get(path))).toContain('Another adult of the child answered on 03.02.2027');
    const late = await father.post(`${path}/refusal`);
    expect([late.status, textOf(late).includes('has been answered already')]).toEqual([409, true]);
    expect(textOf(await at.visitor.get(path))).toContain('You answered on 03.02.2027');
  });

  test('late: over by the clock though no job has run, and after it has', async () => {
    await using at = await FamilyStage.create({ room: 1 });
    const { path, entryId } = await offered(at);
    at.world.now = instant('2027-02-05T19:00:00.000Z');
    const page = await at.visitor.get(path);
    expect(textOf(page)).toContain('The time to answer is over');
    expect(page.text).not.toContain('/acceptance');
    const late = await at.visitor.post(`${path}/acceptance`);
    expect([late.status, textOf(late).includes('time to answer this offer is over')]).toEqual([409, true]);
    await jobs(at.world);
    expect(textOf(await at.visitor.get(path))).toContain('Until 06.03.2027 the request can be restored once');
    expect(await at.world.database.read((tx) => findEntry(tx, entryId))).toMatchObject({
      endReason: 'lapsed',
    });
    expect((await at.visitor.post(`${path}/refusal`)).status).toBe(409);
  });

  test('withdrawn by the centre, with its reason', async () => {
    await using at = await FamilyStage.create({ room: 1 });
    const { offerId, path } = await offered(at);
    const staff = await at.world.person('centre_staff', { centreId: at.centreId });
    await at.world.act(staff, withdrawOffer, { offerId, reason: 'Жөндеу' });
    const page = textOf(await at.visitor.get(path));
    expect(page).toContain('The centre says: Жөндеу. Your place in the queue is kept.');
    const late = await at.visitor.post(`${path}/acceptance`);
    expect([late.status, textOf(late).includes('has taken this offer back')]).toEqual([409, true]);
  });

  test('the arrival is put off once', async () => {
    await using at = await FamilyStage.create({ room: 1 });
    const { path } = await offered(at);
    const early = await at.visitor.post(`${path}/postponement`, { toDate: '2027-03-03' });
    expect(early.status).toBe(409);
    await at.visitor.post(`${path}/acceptance`);
    for (const [toDate, words] of [
      ['2027-03-12', 'at most 10 days later'],
      ['', 'fill in this field'],
      ['31.02.2027', 'a real date'],
    ]) {
      const wrong = await at.visitor.post(`${path}/postponement`, { toDate: toDate! });
      expect([wrong.status, textOf(wrong).includes(words!)], toDate).toEqual([422, true]);
    }
    expect(textOf(await at.visitor.submit(`${path}/postponement`, { toDate: '2027-03-08' }))).toContain(
      'put off to 08.03.2027',
    );
    const again = await at.visitor.post(`${path}/postponement`, { toDate: '2027-03-09' });
    expect([again.status, textOf(again).includes('cannot be put off any more')]).toEqual([409, true]);
  });

  test('siblings of one bundle are answered together', async () => {
    await using at = await FamilyStage.create({ room: 2 });
    const { world, mother, childId, groupId, visitor } = at;
    const first = await waitsFor(world, mother, childId, [groupId]);
    const second = await waitsFor(world, mother, await world.child(mother), [groupId]);
    await visitor.post(`/children/${childId}/waiting-list/${first}/siblings`, { together: String(second) });
    await jobs(world);
    const offers = await liveOffers(world, groupId);
    expect(offers).toHaveLength(2);
    const home = await visitor.get('/children');
    expect(home.text.match(/A place is offered: please answer/g)).toHaveLength(1);
    const page = textOf(await visitor.get(`/offers/${offers[0]!.id}`));
    expect(page).toContain('Your answer is for all 2 children at once.');
    await visitor.post(`/offers/${offers[0]!.id}/acceptance`);
    expect(await liveOffers(world, groupId)).toEqual([]);
  });

  test('another family, an adult without the right, and staff', async () => {
    await using at = await FamilyStage.create({ room: 1 });
    const { offerId, path } = await offered(at);
    const { world, app } = at;
    const looks = await at.relative({ maySee: true });
    const seen = await looks.get(path);
    expect([seen.status, seen.text.includes('/acceptance')]).toEqual([200, false]);
    expect((await looks.post(`${path}/acceptance`)).status).toBe(404);
    expect((await at.stranger.get(path)).status).toBe(404);
    expect((await at.stranger.post(`${path}/refusal`)).status).toBe(404);
    const staff = await app.as(await world.person('centre_staff', { centreId: at.centreId }));
    expect((await staff.get(path)).location).toBe(`/centres/${at.centreId}/offers/${offerId}`);
    const { guardian } = await otherFamily(world);
    expect((await (await app.as(guardian)).get(path)).status).toBe(404);
    expect(await read(at, offerId)).toMatchObject({ outcome: null });
  });
});
