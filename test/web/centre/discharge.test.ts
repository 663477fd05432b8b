import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findBooking } from '../../../src/data/bookings.ts';
import { listMessages } from '../../../src/data/messages.ts';
import { addDays } from '../../../src/domain/calendar.ts';
import { checkData } from '../../../src/use-cases/data-check.ts';
import { TestApp, type Visitor } from '../../support/app.ts';
import { expectAccess, fieldOf, MONDAY, PageStage, textOf, TODAY } from '../../support/page-stage.ts';
import { jobs, liveOffers, otherFamily, waitsFor } from '../../support/queue-stage.ts';
import { World } from '../../support/world.ts';

let world: World;
let app: TestApp;
let at: PageStage;
let staff: Visitor;
let childId: number;
let path: string;

beforeEach(async () => {
  world = await World.create();
  app = await TestApp.start(world);
  at = await PageStage.create(world);
  staff = await app.as(at.staff);
  childId = await at.named('Айдана', at.guardian);
  path = `/centres/${at.centreId}/children/${childId}/discharge`;
});
afterEach(async () => {
  await app[Symbol.asyncDispose]();
  await world[Symbol.asyncDispose]();
});

const answers = (more: Record<string, string> = {}) => ({
  lastDay: TODAY,
  ground: 'transfer',
  order: '12-о',
  ...more,
});
const booking = (id: number) => world.database.read((tx) => findBooking(tx, id));
/** What the child's guardian has been told. */
const told = async () => {
  const messages = await world.database.read((tx) =>
    listMessages(tx, at.guardian.personId, { unread: false, limit: 10 }),
  );
  return messages.map(({ kind }) => kind);
};
const clean = async () => expect(await checkData(world.database, world.now)).toEqual([]);

describe('the discharge of a child', () => {
  test('is reached from the child’s page and asks for the last day, the ground and the order', async () => {
    const child = await staff.get(`/centres/${at.centreId}/children/${childId}`);
    expect(child.text).toContain(`href="${path}"`);
    const page = await staff.get(path);
    expect(page.status).toBe(200);
    expect(textOf(page)).toContain('Айдана');
    for (const name of ['lastDay', 'order']) expect(fieldOf(page, name), name).toBeDefined();
    expect(page.text).toContain('<option value="transfer"');
  });

  test('shows what it would cancel first; only the ticked list goes, and the family is told', async () => {
    const before = await at.book(childId, TODAY, 20, 30);
    const [first, second] = [
      await at.book(childId, MONDAY, 17, 30),
      await at.book(childId, addDays(MONDAY, 1), 17, 30),
    ];
    const shown = await staff.post(path, answers());
    expect(shown.status).toBe(409);
    expect(textOf(shown)).toContain('08.02.2027');
    expect(textOf(shown)).toContain('09.02.2027');
    expect(textOf(shown)).not.toContain('03.02.2027 10:00');
    expect((await booking(first))!.state, 'nothing has happened yet').toBe('booked');

    const carried = { listed: fieldOf(shown, 'listed')!, listedCount: fieldOf(shown, 'listedCount')! };
    const unticked = await staff.post(path, { ...answers(), ...carried });
    expect([unticked.status, (await booking(first))!.state]).toEqual([409, 'booked']);

    const done = await staff.submit(path, { ...answers(), ...carried, agreed: 'yes' });
    expect(done.status).toBe(200);
    expect(textOf(done)).toContain('03.02.2027');
    for (const id of [first, second]) expect((await booking(id))!.state).toBe('cancelled');
    expect((await booking(before))!.state, 'the last day itself stays').toBe('booked');
    expect(await told()).toContain('discharged');
    await clean();
  });

  test('a list that has grown meanwhile is shown anew', async () => {
    await at.book(childId, MONDAY, 17, 30);
    const shown = await staff.post(path, answers());
    const carried = { listed: fieldOf(shown, 'listed')!, listedCount: fieldOf(shown, 'listedCount')! };
    const later = await at.book(childId, addDays(MONDAY, 2), 17, 30);
    const again = await staff.post(path, { ...answers(), ...carried, agreed: 'yes' });
    expect([again.status, textOf(again).includes('10.02.2027')]).toEqual([409, true]);
    expect((await booking(later))!.state).toBe('booked');
  });

  test('what it frees goes to the queue', async () => {
    const date = addDays(MONDAY, 21);
    await at.book(childId, date, 17, 27);
    await at.book(await at.named('Ерлан'), date, 17, 27);
    const other = await otherFamily(world);
    const pattern = { kind: 'dates', dates: { [date]: [17, 27] } } as const;
    await waitsFor(world, other.guardian, other.childId, [at.groupId], pattern);
    await jobs(world);
    expect(await liveOffers(world, at.groupId)).toEqual([]);
    const shown = await staff.post(path, answers());
    const carried = { listed: fieldOf(shown, 'listed')!, listedCount: fieldOf(shown, 'listedCount')! };
    await staff.post(path, { ...answers(), ...carried, agreed: 'yes' });
    await jobs(world);
    expect(await liveOffers(world, at.groupId)).toMatchObject([{ childId: other.childId }]);
    await clean();
  });

  test('without bookings it is done at once; a family that lost its child gets no message', async () => {
    const done = await staff.submit(path, answers({ ground: 'death' }));
    expect(done.status).toBe(200);
    expect(await told()).not.toContain('discharged');
  });

  test.each<[string, Record<string, string>, string]>([
    ['no order', { order: ' ' }, 'order'],
    ['no day', { lastDay: '' }, 'lastDay'],
    ['a day that is over', { lastDay: addDays(TODAY, -1) }, 'lastDay'],
    ['a day beyond what is kept', { lastDay: '2030-01-01' }, 'lastDay'],
    ['a day that does not exist', { lastDay: '2027-02-30' }, 'lastDay'],
    ['an unknown ground', { ground: 'whim' }, 'ground'],
  ])('%s: told beside the field, what was typed is kept', async (_, wrong, field) => {
    const id = await at.book(childId, MONDAY, 17, 30);
    const page = await staff.post(path, { ...answers({ order: '77-о' }), ...wrong });
    expect(page.status).toBe(422);
    expect(page.text).toContain('<title>Error:');
    expect(page.text).toContain(`href="#f-${field}"`);
    if (field !== 'order') expect(fieldOf(page, 'order')).toBe('77-о');
    expect((await booking(id))!.state).toBe('booked');
  });

  test('is for the centre that keeps the child', async () => {
    await expectAccess(app, path, {
      allowed: [at.staff, at.admin, at.system],
      forbidden: [at.guardian, at.manager],
      missing: [at.otherAdmin],
    });
    const other = await app.as(at.otherAdmin);
    const elsewhere = `/centres/${at.otherCentreId}/children/${childId}/discharge`;
    expect((await other.post(elsewhere, answers())).status).toBe(404);
    expect((await (await app.as(at.guardian)).post(path, answers())).status).toBe(403);
  });
});
