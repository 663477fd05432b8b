import { afterEach, beforeEach, expect, test } from 'vitest';
import { addMinutes, plainDate } from '../../../src/domain/calendar.ts';
import type { Actor } from '../../../src/domain/people.ts';
import { listOffers } from '../../../src/data/offers.ts';
import { bookSlot } from '../../../src/use-cases/bookings.ts';
import { joinWaitingList, pauseEntry } from '../../../src/use-cases/waiting-list.ts';
import { runAll } from '../../../src/jobs/runner.ts';
import { TestApp, type Visitor } from '../../support/app.ts';
import { expectAccess, fieldOf, PageStage, textOf } from '../../support/page-stage.ts';
import { silentLog } from '../../support/queue.ts';
import { World } from '../../support/world.ts';

const ROUND = { name: 'Наурыз', wishesUntil: '2027-02-12', startsOn: '2027-03-01' };

let world: World;
let app: TestApp;
let stage: PageStage;
let manager: Visitor;
let second: Actor;

beforeEach(async () => {
  world = await World.create();
  app = await TestApp.start(world);
  stage = await PageStage.create(world);
  manager = await app.as(stage.manager);
  second = await world.person('regional_manager', { regionCode: '75' });
});
afterEach(async () => {
  await app[Symbol.asyncDispose]();
  await world[Symbol.asyncDispose]();
});

const jobs = () => runAll({ database: world.database, clock: () => world.now, log: silentLog });

/** A child of a name that must never be read here waits for the stage's group of two places. */
async function waiting(options: { child?: number; guardian?: Actor } = {}) {
  const guardian = options.guardian ?? (await world.guardian());
  const childId = options.child ?? (await stage.named('Айгерім Құпия', guardian));
  const { id } = await world.act(guardian, joinWaitingList, {
    childId,
    pattern: { kind: 'weekly', days: { mon: [17, 26], wed: [17, 26] } },
    startsOn: plainDate('2027-03-01'),
    choices: [stage.groupId],
    minimumMinutesPerWeek: null,
    tolerance: null,
  });
  world.now = addMinutes(world.now, 1);
  return { id, guardian };
}

const afterWishes = () => void (world.now = addMinutes(world.now, 10 * 24 * 60));
/** Sessions end meanwhile: everybody comes back. */
async function back() {
  afterWishes();
  manager = await app.as(stage.manager);
}

async function opened(): Promise<string> {
  const answer = await manager.post('/regions/75/rounds/new', ROUND);
  expect(answer.status).toBe(303);
  return answer.location;
}

test('a round from its opening to its offers, with nobody’s name', async () => {
  expect(textOf(await manager.get('/regions/75/rounds'))).toContain('No rounds yet');
  const round = await opened();
  const [one, two, three] = [await waiting(), await waiting(), await waiting()];
  expect(textOf(await manager.get('/regions/75/rounds'))).toContain('families rank');
  const page = await manager.submit(`${round}/previews`, { rule: 'stable' });
  expect(textOf(page)).toContain('The preview is ready.');
  expect(textOf(page)).toContain('Children with wishes 3 Placed 2 At their first wish 2 Without a place 1');
  expect(textOf(page)).toContain(`Request W-${three.id} without a place`);
  expect(textOf(page)).toMatch(
    /Place 3 of 3 in the order of the group\. Full on 3 days: Mon 01\.03 08:30–13:00/,
  );
  expect(textOf(page)).toContain('One place more would be enough.');
  expect(page.text).not.toContain('Құпия');
  expect(page.text).not.toContain('/approval"');
  // Why nobody can agree yet is said, first by the day, then to the one who made it; a colleague has the button.
  expect(textOf(page)).toContain('Families may change their wishes until 12.02.2027.');

  await back();
  const again = await manager.get(round);
  expect(again.text).not.toContain('/approval"');
  expect(textOf(again)).toContain('You made this preview. Ask a colleague');
  const offered = await (await app.as(second)).get(round);
  expect(textOf(offered)).not.toContain('You made this preview');
  const previewId = fieldOf(offered, 'previewId')!;
  const own = await manager.post(`${round}/approval`, { previewId });
  expect(own.status).toBe(422);
  expect(textOf(own)).toContain('You made this preview. Ask a colleague');
  const early = await manager.post(`${round}/publication`, { previewId });
  expect(textOf(early)).toContain('Nobody has agreed with this preview yet.');
  const colleague = await app.as(second);
  expect(textOf(await colleague.submit(`${round}/approval`, { previewId }))).toContain('You agreed');
  const twice = await colleague.post(`${round}/approval`, { previewId });
  expect([twice.status, textOf(twice).includes('Somebody has agreed with this preview already.')]).toEqual([
    409,
    true,
  ]);
  const published = await manager.submit(`${round}/publication`, { previewId });
  expect(textOf(published)).toContain('2 offers are being written.');
  expect(textOf(published)).toContain('Groups still to do 1');
  await jobs();
  const done = await manager.get(round);
  expect(textOf(done)).toContain('published');
  expect(textOf(done)).toContain('Offers written 2 Left out 0 Groups still to do 0');
  const late = await manager.post(`${round}/publication`, { previewId });
  expect(textOf(late)).toContain('This round is published already.');
  expect([one.id, two.id]).toHaveLength(2);
});

test('before the families’ last day, and after the queue has changed, decisions wait', async () => {
  const round = await opened();
  const { id, guardian } = await waiting();
  await waiting();
  const page = await manager.submit(`${round}/previews`, { rule: 'strict' });
  const previewId = /\/rounds\/\d+\?preview=(\d+)/.exec(page.text)![1]!;
  expect((await manager.get(`${round}?preview=9999999999`)).status).toBe(200);
  const early = await (await app.as(second)).post(`${round}/approval`, { previewId });
  expect(early.status).toBe(422);
  expect(textOf(early)).toContain('Families may change their wishes until 12.02.2027.');
  await world.act(guardian, pauseEntry, { entryId: id });
  await back();
  const stale = await (await app.as(second)).post(`${round}/approval`, { previewId });
  expect(stale.status).toBe(409);
  expect(textOf(stale)).toContain('The queue has changed since this preview.');
  const { location } = await manager.post(`${round}/previews`, { rule: 'strict' });
  const newer = await manager.get(location);
  expect(textOf(newer)).toContain(`paused by the family : Request W-${id}`);
  const beside = await manager.get(`${location}&beside=${previewId}`);
  expect(textOf(beside)).toContain('1 request has another result.');
  expect(textOf(beside)).toMatch(new RegExp(`Request W-${id} without a place Шуақ, Топ`));
});

test('a child who outgrows the group during the year has its place until then, as the preview said', async () => {
  const guardian = await world.guardian();
  const childId = await world.child(guardian, { birthDate: plainDate('2009-11-03') });
  const round = await opened();
  const { id } = await waiting({ child: childId, guardian });
  await back();
  expect(textOf(await manager.submit(`${round}/previews`, { rule: 'stable' }))).toContain('Placed 1');
  const colleague = await app.as(second);
  const previewId = fieldOf(await colleague.get(round), 'previewId')!;
  await colleague.submit(`${round}/approval`, { previewId });
  await manager.submit(`${round}/publication`, { previewId });
  await jobs();
  expect(textOf(await manager.get(round))).toContain('Offers written 1 Left out 0');
  const [offer] = await world.database.read((tx) =>
    listOffers(tx, { groupIds: [stage.groupId], live: true }),
  );
  expect(offer).toMatchObject({ entryId: id, endsOn: '2027-11-02' });
});

test('who no longer fits on one day is left out and named by the request', async () => {
  const round = await opened();
  const { id } = await waiting();
  await back();
  await manager.submit(`${round}/previews`, { rule: 'stable' });
  const colleague = await app.as(second);
  const previewId = fieldOf(await colleague.get(round), 'previewId')!;
  await colleague.submit(`${round}/approval`, { previewId });
  for (const guardian of [await world.guardian(), await world.guardian()])
    await world.act(guardian, bookSlot, {
      childId: await world.child(guardian),
      groupId: stage.groupId,
      date: plainDate('2027-06-07'),
      slot: { from: 20, to: 30 },
    });
  await manager.submit(`${round}/publication`, { previewId });
  await jobs();
  const done = await manager.get(round);
  expect(textOf(done)).toContain('Offers written 0 Left out 1');
  expect(textOf(done)).toMatch(new RegExp(`Request W-${id} , [^:]*Топ : no room any more on 1 day: 07\\.06`));
});

test('wrong dates, no wishes, a second round, and an end', async () => {
  const bad = await manager.post('/regions/75/rounds/new', { ...ROUND, startsOn: '2027-02-12' });
  expect(bad.status).toBe(422);
  expect(textOf(bad)).toContain('Places begin after the last day of wishes.');
  expect(fieldOf(bad, 'name')).toBe(ROUND.name);
  expect(
    (await manager.post('/regions/75/rounds/new', { ...ROUND, wishesUntil: '2027-02-02' })).text,
  ).toContain('href="#f-wishesUntil"');
  const round = await opened();
  const none = await manager.post(`${round}/previews`, { rule: 'stable' });
  expect(none.status).toBe(422);
  expect(textOf(none)).toContain('there is nothing to allocate');
  expect((await manager.post(`${round}/previews`, { rule: 'best' })).status).toBe(422);
  expect(textOf(await manager.post('/regions/75/rounds/new', ROUND))).toContain(
    'A round is open for these groups',
  );
  expect((await manager.post(`${round}/approval`, { previewId: '77' })).status).toBe(404);
  expect(textOf(await manager.submit(`${round}/end`))).toContain('The round has ended.');
  expect(textOf(await manager.post(`${round}/previews`, { rule: 'stable' }))).toContain(
    'nothing to allocate',
  );
});

test('a region’s rounds are its manager’s; a centre reads them and decides on its own', async () => {
  const round = await opened();
  const stranger = await world.person('regional_manager', { regionCode: '71' });
  await expectAccess(app, round, {
    allowed: [stage.manager, stage.system],
    forbidden: [stage.admin, stage.staff, stage.guardian],
    missing: [stranger],
  });
  const at = `/centres/${stage.centreId}/rounds`;
  const admin = await app.as(stage.admin);
  const id = round.split('/').at(-1)!;
  expect(textOf(await admin.get(`${at}/${id}`))).toContain('The region decides on this round.');
  expect((await admin.post(`${at}/${id}/end`)).status).toBe(404);
  expect((await admin.get(`/centres/${stage.otherCentreId}/rounds`)).status).toBe(404);
  await manager.submit(`${round}/end`);
  const { location } = await admin.post(`${at}/new`, ROUND);
  const own = await admin.get(location);
  expect(textOf(own)).toContain('The round is open.');
  expect(textOf(own)).toContain('Who takes part This centre alone');
  expect(textOf(await admin.get(at))).toContain('ended without places');
  expect((await (await app.as(stage.otherAdmin)).get(location)).status).toBe(404);
  const ownId = location.split('/').at(-1)!;
  const other = await app.as(stage.otherAdmin);
  expect((await other.get(`/centres/${stage.otherCentreId}/rounds/${ownId}`)).status).toBe(404);
  expect(textOf(await manager.get('/regions/75/rounds'))).toContain('This centre alone');
});

test('a region’s page counts the demand that is not met', async () => {
  await waiting();
  const page = await manager.get('/regions/75/occupancy');
  expect(textOf(page)).toContain('Demand that is not met');
  expect(textOf(page)).toMatch(/Шуақ children, psychoneurological[^0-9]* 1 9 0 0 0 0 0/i);
  expect(page.text).not.toContain('Құпия');
});

test('a family sees the dates of the round beside its request, and nothing else of it', async () => {
  const { id, guardian } = await waiting({ child: stage.childId, guardian: stage.guardian });
  const entry = `/children/${stage.childId}/waiting-list/${id}`;
  const said = '“Наурыз”: places from 01.03.2027. Wishes until 12.02.2027.';
  expect(textOf(await (await app.as(guardian)).get(entry))).not.toContain('Наурыз');
  const round = await opened();
  expect(textOf(await (await app.as(guardian)).get(entry))).toContain(said);
  expect((await (await app.as(guardian)).get(round)).status).toBe(403);
  await back();
  expect(textOf(await (await app.as(guardian)).get(entry))).not.toContain(said);
});
