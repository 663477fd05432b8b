import { expect, test } from 'vitest';
import { plainDate } from '../../src/domain/calendar.ts';
import type { Actor } from '../../src/domain/people.ts';
import { listBookings } from '../../src/data/bookings.ts';
import { findOffer } from '../../src/data/offers.ts';
import { listMessages } from '../../src/data/messages.ts';
import { messageWords } from '../../src/i18n/message-words.ts';
import { acceptOffer, remindOfOffer, withdrawOffer } from '../../src/use-cases/offers.ts';
import { SYSTEM } from '../../src/domain/people.ts';
import { TestApp } from '../support/app.ts';
import { jobs, liveOffers, waitsFor } from '../support/queue-stage.ts';
import { World } from '../support/world.ts';

/** A family whose grandmother is told about the child and sees nothing of it; a place has been offered. */
async function stage() {
  const world = await World.create();
  const centreId = await world.centre({ name: 'Шуақ' });
  const groupId = await world.group(centreId, { room: 1 });
  const admin = await world.person('centre_admin', { centreId });
  const mother = await world.guardian();
  const grandmother = await world.guardian();
  const childId = await world.child(mother);
  await world.insert(async (tx) => {
    await tx.db.insert(tx.t.guardianship).values({
      childId,
      personId: grandmother.personId,
      startsOn: plainDate('2026-01-01'),
      maySee: false,
      mayBook: false,
      mayCollect: true,
      mayBeTold: true,
    });
  });
  await waitsFor(world, mother, childId, [groupId]);
  await jobs(world);
  const [offer] = await liveOffers(world, groupId);
  const told = async ({ personId }: Actor) =>
    (
      await world.database.read((tx) => listMessages(tx, personId, { unread: false, limit: 20 }))
    ).toReversed();
  return {
    world,
    admin,
    mother,
    grandmother,
    offerId: offer!.id,
    told,
    [Symbol.asyncDispose]: () => world[Symbol.asyncDispose](),
  };
}

test('who may be told and not see hears of the offer without a way that leads nowhere, nor a code', async () => {
  await using s = await stage();
  await using app = await TestApp.start(s.world);
  const [mothers] = await s.told(s.mother);
  expect(mothers).toMatchObject({ kind: 'offer', data: { path: `/offers/${s.offerId}` } });
  const messages = await s.told(s.grandmother);
  expect(messages.map(({ kind }) => kind)).toEqual(['offer_told']);
  const { data } = messages[0]!;
  expect(data).not.toHaveProperty('path');
  expect(data).not.toHaveProperty('code');
  const { text, sms } = messageWords({ kind: 'offer_told', data }, 'en', 'https://kundiz.example');
  expect(text).toMatch(
    /^Шуақ offers a place from .*\. The family answers by \d\d\.\d\d\.\d{4}, end of day\.$/,
  );
  expect(`${text} ${sms}`).not.toContain('/offers/');
  const visitor = await app.as(s.grandmother);
  expect((await visitor.get(`/offers/${s.offerId}`)).status).toBe(404);
  const home = await visitor.get('/children');
  expect(home.text).toContain('The family answers by');
  expect(home.text).not.toContain('/offers/');
  // Every way on the page is one that this person may go.
  for (const [, href = ''] of home.text.matchAll(/<a[^>]* href="(\/[^"#]*)"/g))
    expect((await visitor.get(href.replaceAll('&amp;', '&'))).status, href).toBeLessThan(400);
});

test('the reminder carries the reply code, and goes to those who can answer', async () => {
  await using s = await stage();
  await s.world.act(SYSTEM, remindOfOffer, { offerId: s.offerId });
  const offer = (await s.world.database.read((tx) => findOffer(tx, s.offerId)))!;
  const reminder = (await s.told(s.mother)).find(({ kind }) => kind === 'offer_reminder')!;
  expect(reminder.data).toMatchObject({ code: offer.replyCode, path: `/offers/${s.offerId}` });
  const words = (replies: boolean) =>
    messageWords(reminder, 'ru', 'https://kundiz.example/offers/1', replies);
  expect(words(true).sms).toContain(`${offer.replyCode} ДА или ${offer.replyCode} НЕТ`);
  expect(words(false).sms).not.toContain(offer.replyCode);
  expect((await s.told(s.grandmother)).map(({ kind }) => kind)).toEqual(['offer_told']);
});

test.each([
  ['accepted', 'offer_told_accepted'],
  ['withdrawn', 'offer_told_over'],
] as const)('an offer that is %s is told to them too', async (end, kind) => {
  await using s = await stage();
  if (end === 'accepted') await s.world.act(s.mother, acceptOffer, { offerId: s.offerId, channel: 'page' });
  else await s.world.act(s.admin, withdrawOffer, { offerId: s.offerId, reason: 'x' });
  const last = (await s.told(s.grandmother)).at(-1)!;
  expect(last.kind).toBe(kind);
  expect(last.data).not.toHaveProperty('path');
});

test('a child who outgrows the group within the year is offered the place until the day before, and books those days', async () => {
  await using world = await World.create();
  const groupId = await world.group(await world.centre({ name: 'Шуақ' }), { room: 1 });
  const mother = await world.guardian();
  const childId = await world.child(mother, { birthDate: plainDate('2009-11-03') });
  await waitsFor(world, mother, childId, [groupId]);
  await jobs(world);
  const [offer] = await liveOffers(world, groupId);
  expect(offer).toMatchObject({ childId, startsOn: '2027-03-01', endsOn: '2027-11-02' });
  await world.act(mother, acceptOffer, { offerId: offer!.id, channel: 'page' });
  const days = await world.database.read((tx) =>
    listBookings(tx, {
      childIds: [childId],
      groupIds: [groupId],
      from: plainDate('2027-03-01'),
      to: plainDate('2028-03-31'),
      occupying: true,
    }),
  );
  // Monday 1 November is the last day that the wish and the age both have.
  expect(
    days
      .map(({ date }) => date)
      .toSorted()
      .at(-1),
  ).toBe('2027-11-01');
});

test('whoever is too old on the first day already is offered nothing', async () => {
  await using world = await World.create();
  const groupId = await world.group(await world.centre(), { room: 1 });
  const mother = await world.guardian();
  const childId = await world.child(mother, { birthDate: plainDate('2009-02-20') });
  await waitsFor(world, mother, childId, [groupId]).catch(() => undefined);
  await jobs(world);
  expect(await liveOffers(world, groupId)).toEqual([]);
});
