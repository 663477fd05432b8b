import { describe, expect, test } from 'vitest';
import { instant } from '../../../src/domain/calendar.ts';
import { FamilyStage } from '../../support/family-stage.ts';

/** The card of one day. */
async function dayOf(at: FamilyStage, title: string, from = '2027-02-08'): Promise<string> {
  const page = await at.visitor.get(`/children/${at.childId}/groups/${at.groupId}/days?from=${from}`);
  expect(page.status).toBe(200);
  const card = page.text.split('<section class="card">').find((part) => part.includes(`<h3>${title}</h3>`));
  expect(card, title).toBeDefined();
  return card!;
}

const free = (card: string) =>
  new Map([...card.matchAll(/<time>([\d:]+)<\/time><b>([^<]*)<\/b>/g)].map((match) => [match[1], match[2]]));

describe('a day of a group', () => {
  test('free places by half-hour, full ones as 0 and in words, and a way to book', async () => {
    await using at = await FamilyStage.create({ room: 1 });
    await at.full('2027-02-09', 16, 26);
    const card = await dayOf(at, 'Tuesday, 9 February');
    expect(free(card).get('08:00')).toBe('0');
    expect(free(card).get('13:00')).toBe('1');
    expect(card).toContain('Full: 08:00–13:00');
    expect(card).toContain(`/bookings/new?group=${at.groupId}&amp;date=2027-02-09`);
  });

  test('no way to book where no stay fits any more', async () => {
    await using at = await FamilyStage.create({ room: 1 });
    await at.full('2027-02-09', 16, 31);
    const card = await dayOf(at, 'Tuesday, 9 February');
    expect(card).toContain('no 4 free hours in a row');
    expect(card).not.toContain('/bookings/new');
  });

  test('today begins now: what is over is not shown as full', async () => {
    await using at = await FamilyStage.create();
    at.world.now = instant('2027-02-03T05:10:00.000Z');
    const card = await dayOf(at, 'Wednesday, 3 February', '2027-02-01');
    expect([...free(card).keys()][0]).toBe('10:30');
    expect(card).not.toContain('Full:');
    at.world.now = instant('2027-02-03T13:40:00.000Z');
    const evening = await dayOf(at, 'Wednesday, 3 February', '2027-02-01');
    expect(evening).toContain('Past');
    expect(evening).not.toContain('/bookings/new');
  });

  test('the child’s own day leads to its booking', async () => {
    await using at = await FamilyStage.create();
    const id = await at.book('2027-02-10');
    const card = await dayOf(at, 'Wednesday, 10 February');
    expect(card).toContain('Booked 08:30–16:30');
    expect(card).toContain(`href="/bookings/${id}"`);
    expect(card).not.toContain('/bookings/new');
  });

  test('a closed day says why', async () => {
    await using at = await FamilyStage.create();
    expect(await dayOf(at, 'Monday, 8 March', '2027-03-08')).toContain('public holiday');
  });

  test('a child that counts double is not offered the single place', async () => {
    await using at = await FamilyStage.create({ room: 8 });
    const capacity = [Array.from({ length: 48 }, () => 100)];
    await at.world.insert(async (tx) => {
      await tx.db.update(tx.t.groupDay).set({ capacity, skillsOnDuty: {} });
    });
    expect(free(await dayOf(at, 'Tuesday, 9 February')).get('10:00')).toBe('1');
    await at.world.insert(async (tx) => void (await tx.db.update(tx.t.child).set({ supportWeight: 200 })));
    const heavy = await dayOf(at, 'Tuesday, 9 February');
    expect(free(heavy).get('10:00')).toBe('0');
    expect(heavy).not.toContain('/bookings/new');
  });

  test('hours without the help that the child needs are told apart from full ones', async () => {
    await using at = await FamilyStage.create();
    const nurse = Array.from({ length: 48 }, (_, half) => half < 26);
    const capacity = [Array.from({ length: 48 }, () => 800)];
    await at.world.insert(async (tx) => {
      await tx.db.update(tx.t.groupDay).set({ capacity, skillsOnDuty: { nurse } });
      await tx.db.update(tx.t.child).set({ skillsNeeded: ['nurse'] });
    });
    const card = await dayOf(at, 'Tuesday, 9 February');
    expect(free(card).get('10:00')).toBe('8');
    expect(free(card).get('14:00')).toBe('–');
    expect(card).toContain('The help your child needs is not there: 13:00–18:30');
    expect(card).not.toContain('Full:');
  });
});

test('a child that does not fit is told before it fills in a form', async () => {
  await using at = await FamilyStage.create({ admission: 'enrolled' });
  const page = await at.visitor.get(`/children/${at.childId}/groups/${at.groupId}/days?from=2027-02-08`);
  expect(page.text).toContain('not enrolled in this group');
  expect(page.text).not.toContain('/bookings/new');
});

test('after the deadline of a centre where only staff may book, a family is sent to the telephone', async () => {
  await using at = await FamilyStage.create({ lateChanges: 'staff_only' });
  const page = await at.visitor.get(`/children/${at.childId}/groups/${at.groupId}/days?from=2027-02-08`);
  expect(page.text).toContain('only the centre can book now');
  expect(page.text).toContain('Call the centre');
  const far = await at.visitor.get(`/children/${at.childId}/groups/${at.groupId}/days?from=2027-02-22`);
  expect(far.text).toContain('date=2027-02-23');
});

test('weeks follow each other, none before this one; a date that is none is today', async () => {
  await using at = await FamilyStage.create();
  const path = (from: string) => `/children/${at.childId}/groups/${at.groupId}/days?from=${from}`;
  const now = await at.visitor.get(path('2027-02-30'));
  expect(now.text).toContain('01.02–07.02.2027');
  expect(now.text).not.toContain('rel="prev"');
  const next = await at.visitor.get(path('2027-02-08'));
  expect(next.text).toContain(path('2027-02-01'));
  expect(next.text).toContain(path('2027-02-15'));
  for (const from of ['1900-01-01', '9999-12-31', `'--`])
    expect((await at.visitor.get(path(from))).status).toBe(200);
});

test('foreign and absent children and groups are not found', async () => {
  await using at = await FamilyStage.create();
  const path = (child: number, group: number) => `/children/${child}/groups/${group}/days`;
  expect((await at.stranger.get(path(at.childId, at.groupId))).status).toBe(404);
  expect((await at.visitor.get(path(at.childId, 999))).status).toBe(404);
  expect((await at.visitor.get(path(999, at.groupId))).status).toBe(404);
});
