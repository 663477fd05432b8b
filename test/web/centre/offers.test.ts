import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { eq } from 'drizzle-orm';
import { addMinutes, instant, plainDate } from '../../../src/domain/calendar.ts';
import { findPostponement } from '../../../src/data/arrival-postponements.ts';
import { listBookings } from '../../../src/data/bookings.ts';
import { findAnswer } from '../../../src/data/offer-answers.ts';
import { findOffer } from '../../../src/data/offers.ts';
import { findEntry } from '../../../src/data/waiting-list.ts';
import { checkData } from '../../../src/use-cases/data-check.ts';
import { acceptOffer } from '../../../src/use-cases/offers.ts';
import { TestApp, type Visitor } from '../../support/app.ts';
import { expectAccess, PageStage, textOf } from '../../support/page-stage.ts';
import { jobs, liveOffers, waitsFor } from '../../support/queue-stage.ts';
import { World } from '../../support/world.ts';

let world: World;
let app: TestApp;
let at: PageStage;
let staff: Visitor;
let list: string;

beforeEach(async () => {
  world = await World.create();
  app = await TestApp.start(world);
  at = await PageStage.create(world);
  staff = await app.as(at.staff);
  list = `/centres/${at.centreId}/offers`;
});
afterEach(async () => {
  await app[Symbol.asyncDispose]();
  await world[Symbol.asyncDispose]();
});

async function offered(name = 'Айдана') {
  const guardian = await world.guardian();
  await world.insert(
    async (tx) =>
      void (await tx.db
        .update(tx.t.person)
        .set({ phone: '+77010000001' })
        .where(eq(tx.t.person.id, guardian.personId))),
  );
  const childId = await at.named(name, guardian);
  const entryId = await waitsFor(world, guardian, childId, [at.groupId]);
  await jobs(world);
  const offer = (await liveOffers(world, at.groupId)).find((each) => each.childId === childId)!;
  return { guardian, childId, entryId, offerId: offer.id, path: `${list}/${offer.id}` };
}

describe('offers of a centre', () => {
  test('live ones by deadline, seen or not; the call list half a day before, until somebody is reached', async () => {
    const { path, guardian, offerId } = await offered();
    const early = textOf(await staff.get(list));
    expect(early).toContain('1 offer waits for its answer');
    expect(early).toContain('05.02.2027, end of day');
    expect(early).toContain('not seen yet');
    expect(early).not.toContain('Call these families');
    expect(textOf(await staff.get(path))).toContain('call from 05.02.2027 12:00 on');
    world.now = instant('2027-02-05T07:00:00.000Z');
    expect(textOf(await staff.get(list))).toContain('Call these families');
    const page = textOf(await staff.get(path));
    expect(page).toContain('please call');
    expect(page).toContain('+7 701 000 00 01');

    const nothing = await staff.post(`${path}/calls`, { note: 'кешке' });
    expect([nothing.status, nothing.text.includes('кешке')]).toEqual([422, true]);
    await staff.post(`${path}/calls`, { outcome: 'no_answer', note: 'кешке қайта' });
    expect(textOf(await staff.get(list))).toContain('Call these families');
    expect(textOf(await staff.get(path))).toContain('no answer Synthetic centre_staff');
    const reached = await staff.submit(`${path}/calls`, { outcome: 'reached', note: '' });
    expect(textOf(reached)).toContain('The call is recorded.');
    expect(textOf(await staff.get(list))).not.toContain('Call these families');

    await (await app.as(guardian)).get(`/offers/${offerId}`);
    expect(textOf(await staff.get(list))).toContain('seen 05.02.2027 12:00');
  });

  test('answers for a family by telephone', async () => {
    const { path, offerId, guardian } = await offered();
    expect(textOf(await staff.submit(`${path}/acceptance`))).toContain('Accepted for the family.');
    const answer = await world.database.read((tx) => findAnswer(tx, offerId));
    expect(answer).toMatchObject({ channel: 'telephone', by: at.staff.personId });
    expect(textOf(await (await app.as(guardian)).get(`/offers/${offerId}`))).toContain(
      'The centre answered for you by telephone',
    );
    const late = await staff.post(`${path}/refusal`, { refusal: 'бас тартты' });
    expect([late.status, textOf(late).includes('has been answered already')]).toEqual([409, true]);
    expect((await staff.post(`${path}/calls`, { outcome: 'reached', note: '' })).status).toBe(409);
    expect(textOf(await staff.get(list))).toContain('Ended offers');
    expect(await checkData(world.database, world.now)).toEqual([]);
  });

  test('refuses for a family, with its words', async () => {
    const { path, offerId, entryId } = await offered();
    await staff.post(`${path}/refusal`, { refusal: 'Көшіп кетті' });
    expect(await world.database.read((tx) => findOffer(tx, offerId))).toMatchObject({
      outcome: 'refused',
      reason: 'Көшіп кетті',
    });
    expect(await world.database.read((tx) => findEntry(tx, entryId))).toMatchObject({ endReason: 'refused' });
    expect(textOf(await staff.get(list))).toContain('Көшіп кетті');
  });

  test('takes an offer back with a reason only, and not after the answer', async () => {
    const { path, offerId, guardian, entryId } = await offered();
    const empty = await staff.post(`${path}/withdrawal`, { reason: ' ' });
    expect([empty.status, (await world.database.read((tx) => findOffer(tx, offerId)))!.outcome]).toEqual([
      422,
      null,
    ]);
    expect(textOf(await staff.submit(`${path}/withdrawal`, { reason: 'Жөндеу' }))).toContain(
      'The offer is taken back.',
    );
    expect(await world.database.read((tx) => findEntry(tx, entryId))).toMatchObject({ endedAt: null });
    world.now = addMinutes(world.now, 1);
    await jobs(world);
    expect(await liveOffers(world, at.groupId)).toEqual([]);
    expect(textOf(await staff.submit(`${path}/permission`))).toContain('Allowed.');
    await jobs(world);
    const [next] = await liveOffers(world, at.groupId);
    await world.act(guardian, acceptOffer, { offerId: next!.id, channel: 'page' });
    expect((await staff.post(`${list}/${next!.id}/withdrawal`, { reason: 'x' })).status).toBe(409);
  });

  test('late answers are said to be late', async () => {
    const { path, offerId } = await offered();
    world.now = (await world.database.read((tx) => findOffer(tx, offerId)))!.expiresAt;
    expect(textOf(await staff.get(list))).toContain('overdue');
    const page = await staff.get(path);
    expect(page.text).not.toContain(`${path}/acceptance`);
    const late = await staff.post(`${path}/acceptance`);
    expect([late.status, textOf(late).includes('time to answer this offer is over')]).toEqual([409, true]);
  });

  test('puts an arrival off for a family: once, by at most ten days, for illness', async () => {
    const { path, offerId, childId, guardian } = await offered();
    expect((await staff.get(path)).text).not.toContain(`${path}/postponement`);
    await staff.post(`${path}/acceptance`);
    const page = await staff.get(path);
    expect(page.text).toContain(`${path}/postponement`);
    expect(page.text).toContain('min="2027-03-02"');
    for (const toDate of ['2027-03-12', '2027-03-01', 'x', '']) {
      const wrong = await staff.post(`${path}/postponement`, { toDate });
      expect([wrong.status, wrong.text.includes('href="#f-toDate"')], toDate).toEqual([422, true]);
    }
    const done = await staff.submit(`${path}/postponement`, { toDate: '2027-03-10' });
    expect(textOf(done)).toContain('Put off for the family.');
    expect(textOf(done)).toContain('Arrival put off to 10.03.2027');
    expect(done.text).not.toContain(`${path}/postponement`);
    const absent = await world.database.read((tx) =>
      listBookings(tx, { childIds: [childId], from: plainDate('2027-03-01'), to: plainDate('2027-03-10') }),
    );
    expect(absent.map(({ date, state }) => [date, state])).toEqual([
      ['2027-03-01', 'absent'],
      ['2027-03-03', 'absent'],
      ['2027-03-10', 'booked'],
    ]);
    expect(await world.database.read((tx) => findPostponement(tx, offerId))).toMatchObject({
      by: at.staff.personId,
      toDate: '2027-03-10',
    });
    expect(textOf(await (await app.as(guardian)).get(`/offers/${offerId}`))).toContain(
      'The arrival is put off to 10.03.2027.',
    );
    const twice = await staff.post(`${path}/postponement`, { toDate: '2027-03-11' });
    expect([twice.status, textOf(twice).includes('cannot be put off any more')]).toEqual([409, true]);
    expect(await checkData(world.database, world.now)).toEqual([]);
  });

  test('are for the staff of the centre', async () => {
    const { path, offerId } = await offered();
    for (const asked of [list, path])
      await expectAccess(app, asked, {
        allowed: [at.staff, at.admin, at.system],
        forbidden: [at.guardian, at.manager],
        missing: [at.otherAdmin],
      });
    const other = await app.as(at.otherAdmin);
    for (const what of ['acceptance', 'refusal', 'withdrawal', 'permission', 'postponement', 'calls'])
      expect((await other.post(`/centres/${at.otherCentreId}/offers/${offerId}/${what}`)).status).toBe(404);
  });
});
