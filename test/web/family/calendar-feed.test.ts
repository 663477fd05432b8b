import ICAL from 'ical.js';
import { expect, test } from 'vitest';
import { plainDate } from '../../../src/domain/calendar.ts';
import { SYSTEM } from '../../../src/domain/people.ts';
import { changeBooking } from '../../../src/use-cases/bookings.ts';
import { cancelBooking } from '../../../src/use-cases/cancellations.ts';
import { matchGroup } from '../../../src/use-cases/matching.ts';
import { joinWaitingList } from '../../../src/use-cases/waiting-list.ts';
import { FamilyStage } from '../../support/family-stage.ts';
import { textOf } from '../../support/page-stage.ts';

/** The secret address, as the account page shows it once. */
async function makeFeed(at: FamilyStage): Promise<string> {
  const page = await at.visitor.post('/account/feeds', {});
  expect(page.status).toBe(200);
  const [, path = ''] = /http:\/\/localhost:3000(\/calendar\/feeds\/[\w-]+\.ics)/.exec(page.text) ?? [];
  expect(path).not.toBe('');
  return path;
}

async function events(at: FamilyStage, path: string) {
  const answer = await at.app.visitor().get(path);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
  expect(answer.headers.get('cache-control')).toBe('private, no-store');
  const calendar = new ICAL.Component(ICAL.parse(answer.text) as unknown[]);
  const all = calendar.getAllSubcomponents('vevent').map((each) => {
    const event = new ICAL.Event(each);
    return {
      uid: event.uid,
      sequence: event.sequence,
      summary: event.summary,
      start: event.startDate.toJSDate().toISOString(),
      end: event.endDate.toJSDate().toISOString(),
      status: each.getFirstPropertyValue('status'),
    };
  });
  return { text: answer.text, all };
}

test('bookings, what has changed, and days to answer, with initials only', async () => {
  await using at = await FamilyStage.create();
  const first = await at.book('2027-02-09');
  const second = await at.book('2027-02-10');
  const path = await makeFeed(at);
  const { all, text } = await events(at, path);
  expect(all).toEqual([
    {
      uid: `booking-${first}@kundiz`,
      sequence: 0,
      summary: 'АА: Шуақ',
      start: '2027-02-09T03:30:00.000Z',
      end: '2027-02-09T11:30:00.000Z',
      status: 'CONFIRMED',
    },
    expect.objectContaining({ uid: `booking-${second}@kundiz` }),
  ]);
  expect(text).not.toMatch(/Ару|script/);

  const slot = { from: 18, to: 30 };
  await at.world.act(at.mother, changeBooking, { bookingId: first, slot });
  await at.world.act(at.mother, cancelBooking, { bookingId: second });
  await at.world.act(at.mother, joinWaitingList, {
    childId: at.childId,
    pattern: { kind: 'weekly', days: { mon: [17, 26] } },
    startsOn: plainDate('2027-03-01'),
    choices: [at.groupId],
    minimumMinutesPerWeek: null,
    tolerance: null,
  });
  const { offerIds } = await at.world.act(SYSTEM, matchGroup, { groupId: at.groupId });
  const later = (await events(at, path)).all;
  expect(later).toMatchObject([
    { uid: `booking-${first}@kundiz`, sequence: 1, start: '2027-02-09T04:00:00.000Z' },
    { uid: `booking-${second}@kundiz`, sequence: 1, status: 'CANCELLED' },
    { uid: `offer-${offerIds[0]}@kundiz`, end: '2027-02-05T19:00:00.000Z' },
  ]);
});

test('a revoked address, a guessed one and none are the same', async () => {
  await using at = await FamilyStage.create();
  const path = await makeFeed(at);
  const account = await at.visitor.get('/account');
  const [, feedId = ''] = /name="feedId" value="(\d+)"/.exec(account.text) ?? [];
  expect((await at.stranger.post('/account/feeds/revocation', { feedId })).status).toBe(404);
  expect((await at.visitor.post('/account/feeds/revocation', { feedId: 'x' })).status).toBe(422);
  await events(at, path);
  const done = await at.visitor.submit('/account/feeds/revocation', { feedId });
  expect(textOf(done)).toContain('That address no longer works.');
  const visitor = at.app.visitor();
  for (const each of [path, '/calendar/feeds/guess.ics', '/calendar/feeds/.ics', '/calendar/feeds/%00.ics'])
    expect((await visitor.get(each)).status, each).toBe(404);
});

test('the secret is stored nowhere, and a second tap makes no second address', async () => {
  await using at = await FamilyStage.create();
  const form = { operation: 'one tap' };
  const first = await at.visitor.post('/account/feeds', form);
  const token = /feeds\/([\w-]+)\.ics/.exec(first.text)![1]!;
  const second = await at.visitor.post('/account/feeds', form);
  expect([second.status, textOf(second).includes('made already')]).toEqual([409, true]);
  const rows = await at.world.database.read(async (tx) => ({
    feeds: await tx.db.select().from(tx.t.calendarFeed),
    operations: await tx.db.select().from(tx.t.operation),
  }));
  expect(rows.feeds).toHaveLength(1);
  expect(JSON.stringify(rows)).not.toContain(token);
});

test('a right that has ended takes the child out of the calendar', async () => {
  await using at = await FamilyStage.create();
  await at.book('2027-02-09');
  const path = await makeFeed(at);
  expect((await events(at, path)).all).toHaveLength(1);
  await at.world.insert(
    async (tx) => void (await tx.db.update(tx.t.guardianship).set({ endsOn: '2027-02-02' as never })),
  );
  expect((await events(at, path)).all).toEqual([]);
});

test('who has neither children nor shifts has no such calendar', async () => {
  await using at = await FamilyStage.create();
  const manager = await at.app.as(await at.world.person('regional_manager', { regionCode: '75' }));
  expect((await manager.get('/account')).text).not.toContain('/account/feeds');
  expect((await manager.post('/account/feeds', {})).status).toBe(403);
});
