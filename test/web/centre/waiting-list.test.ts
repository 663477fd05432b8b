import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { eq } from 'drizzle-orm';
import { plainDate } from '../../../src/domain/calendar.ts';
import { cancelBooking } from '../../../src/use-cases/cancellations.ts';
import { pauseEntry, restoreEntry } from '../../../src/use-cases/waiting-list.ts';
import { listEntriesOf, listQueue } from '../../../src/data/waiting-list.ts';
import { TestApp, type Visitor } from '../../support/app.ts';
import { expectAccess, PageStage, textOf } from '../../support/page-stage.ts';
import { DAYS_TEXT, jobs, liveOffers, taken, waitsFor } from '../../support/queue-stage.ts';
import { World } from '../../support/world.ts';

let world: World;
let app: TestApp;
let at: PageStage;
let staff: Visitor;
let path: string;

beforeEach(async () => {
  world = await World.create();
  app = await TestApp.start(world);
  at = await PageStage.create(world);
  staff = await app.as(at.staff);
  path = `/centres/${at.centreId}/waiting-list`;
});
afterEach(async () => {
  await app[Symbol.asyncDispose]();
  await world[Symbol.asyncDispose]();
});

/** A child of this name that waits for the group. */
async function waits(name: string, priority = 0, groupId = at.groupId) {
  const guardian = await world.guardian();
  const childId = await at.named(name, guardian);
  await world.insert(
    async (tx) => void (await tx.db.update(tx.t.child).set({ priority }).where(eq(tx.t.child.id, childId))),
  );
  return { guardian, childId, entryId: await waitsFor(world, guardian, childId, [groupId]) };
}

describe('the waiting list of a centre', () => {
  test('is ranked, with reasons in words, pauses, passings-over and offers; filters narrow it', async () => {
    await taken(world, at.groupId, { kind: 'weekly', days: { mon: [16, 36] } });
    await taken(world, at.groupId, { kind: 'weekly', days: { mon: [16, 36] } });
    const first = await waits('Айдана');
    await waits('Болат', 1);
    await world.act(first.guardian, pauseEntry, { entryId: first.entryId });
    const page = textOf(await staff.get(path));
    expect(page).toContain('2 children wait.');
    expect(page.indexOf('Болат')).toBeLessThan(page.indexOf('Айдана'));
    expect(page).toContain('out of turn · points: 0 · 03.02.2027 10:01');
    expect(page).toContain('Mon 08:30–13:30, Wed 08:30–13:30 10 h a week');
    expect(page).toContain('paused since 03.02.2027');
    expect(page).toContain('wish 1');
    const paused = textOf(await staff.get(`${path}?show=paused`));
    expect([paused.includes('Айдана'), paused.includes('Болат')]).toEqual([true, false]);
    const named = textOf(await staff.get(`${path}?search=бол`));
    expect([named.includes('Айдана'), named.includes('Болат')]).toEqual([false, true]);
    expect(textOf(await staff.get(`${path}?show=offered`))).toContain('Nothing fits these filters');
    expect((await staff.get(`${path}?group=999999&show=nonsense`)).status).toBe(200);
  });

  test('offers now, and says who was offered a place', async () => {
    await waits('Айдана');
    const done = await staff.submit(`/centres/${at.centreId}/groups/${at.groupId}/offers`);
    expect(textOf(done)).toContain('A place is offered to: Айдана');
    const [offer] = await liveOffers(world, at.groupId);
    expect(done.text).toContain(`/centres/${at.centreId}/offers/${offer!.id}`);
    expect(textOf(await staff.get(path))).toContain('a place is offered');
  });

  test('or why nobody fits, by day', async () => {
    for (let each = 0; each < 2; each++)
      await taken(world, at.groupId, { kind: 'weekly', days: { mon: [17, 27] } });
    await waits('Айдана');
    const done = await staff.submit(`/centres/${at.centreId}/groups/${at.groupId}/offers`);
    expect(textOf(done)).toMatch(
      /Nobody fits now\. What is missing: Айдана: no room on \d+ days \(01\.03, 29\.03/,
    );
    const alone = await world.group(at.centreId);
    const empty = await staff.submit(`/centres/${at.centreId}/groups/${alone}/offers`);
    expect(textOf(empty)).toContain('Nobody waits for this group');
    const [only] = await world.database.read((tx) => listQueue(tx, at.groupId));
    await world.act(at.staff, pauseEntry, { entryId: only!.id });
    const paused = await staff.submit(`/centres/${at.centreId}/groups/${at.groupId}/offers`);
    expect(textOf(paused)).toContain('whoever waits is paused');
    // An address that somebody made up names no offer of another centre.
    expect((await staff.get(`${path}?group=${at.groupId}&offered=1-99-x`)).status).toBe(200);
  });

  test('hours that have just become free are told until they are offered', async () => {
    const holder = await at.named('Болат', at.guardian);
    const id = await at.book(holder, plainDate('2027-03-01'), 17, 27);
    await taken(world, at.groupId, { kind: 'weekly', days: { mon: [17, 27], wed: [17, 27] } });
    await waits('Айдана');
    await world.act(at.guardian, cancelBooking, { bookingId: id });
    const page = textOf(await staff.get(path));
    expect(page).toContain('1 stretch has just become free and is being offered Mon 01.03, 08:30–13:30');
    await jobs(world);
    expect(textOf(await staff.get(path))).not.toContain('has just become free');
  });

  test('restores what lapsed, once', async () => {
    const { guardian, entryId } = await waits('Айдана');
    await jobs(world);
    const [offer] = await liveOffers(world, at.groupId);
    world.now = offer!.expiresAt;
    await jobs(world);
    const page = await staff.get(path);
    expect(textOf(page)).toContain('Lapsed, can be restored Айдана');
    const done = await staff.submit(`${path}/${entryId}/restoration`);
    expect(textOf(done)).toContain('The request waits again');
    await jobs(world);
    const [next] = await liveOffers(world, at.groupId);
    world.now = next!.expiresAt;
    await jobs(world);
    expect(textOf(await staff.get(path))).not.toContain('Lapsed, can be restored');
    expect((await staff.post(`${path}/${entryId}/restoration`)).status).toBe(409);
    await expect(world.act(guardian, restoreEntry, { entryId })).rejects.toMatchObject({
      reason: 'not_waiting',
    });
  });

  test('joins on a family’s behalf, for groups of this centre only', async () => {
    const childId = await at.named('Айдана');
    const base = `/centres/${at.centreId}/children/${childId}`;
    expect((await staff.get(base)).text).toContain(`${base}/waiting-list/new`);
    const asked = `pattern=${encodeURIComponent(DAYS_TEXT)}&startsOn=2027-03-01`;
    const groups = await staff.get(`${base}/waiting-list/new?${asked}`);
    expect(groups.text).toContain(`group=${at.groupId}`);
    expect(groups.text).not.toContain(`group=${at.otherGroupId}`);
    const wish = { pattern: DAYS_TEXT, startsOn: '2027-03-01' };
    const foreign = await staff.post(`${base}/waiting-list`, { ...wish, group: String(at.otherGroupId) });
    expect([foreign.status, textOf(foreign).includes('cannot be chosen')]).toEqual([422, true]);
    const done = await staff.submit(`${base}/waiting-list`, { ...wish, group: String(at.groupId) });
    expect(textOf(done)).toContain('The child is on the waiting list.');
    const [entry] = await world.database.read((tx) => listEntriesOf(tx, [childId]));
    expect(entry).toMatchObject({ endedAt: null });
  });

  test('is for the staff of the centre', async () => {
    await expectAccess(app, path, {
      allowed: [at.staff, at.admin, at.system],
      forbidden: [at.guardian, at.manager],
      missing: [at.otherAdmin],
    });
    const other = await app.as(at.otherAdmin);
    expect((await other.post(`/centres/${at.centreId}/groups/${at.groupId}/offers`)).status).toBe(404);
    expect((await other.post(`/centres/${at.otherCentreId}/groups/${at.groupId}/offers`)).status).toBe(404);
    const { entryId } = await waits('Айдана');
    expect(
      (await other.post(`/centres/${at.otherCentreId}/waiting-list/${entryId}/restoration`)).status,
    ).toBe(404);
  });
});
