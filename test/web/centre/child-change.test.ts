import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findChildFile } from '../../../src/data/registration.ts';
import { checkData } from '../../../src/use-cases/data-check.ts';
import { TestApp, type Visitor } from '../../support/app.ts';
import { expectAccess, fieldOf, MONDAY, PageStage, textOf } from '../../support/page-stage.ts';
import { jobs, otherFamily, waitsFor } from '../../support/queue-stage.ts';
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
  path = `/centres/${at.centreId}/children/${childId}/change`;
});
const clean = async () => expect(await checkData(world.database, world.now)).toEqual([]);
afterEach(async () => {
  await clean();
  await app[Symbol.asyncDispose]();
  await world[Symbol.asyncDispose]();
});

const child = () =>
  world.database.read(async (tx) => {
    const { child: c } = tx.t;
    const [row] = await tx.db.select().from(c).where(eq(c.id, childId));
    return row!;
  });
const weights = () =>
  world.database.read(async (tx) => {
    const { booking: b } = tx.t;
    return (await tx.db.select({ weight: b.weight }).from(b).where(eq(b.childId, childId))).map(
      ({ weight }) => weight,
    );
  });

/** The form as it stands, with what is changed. */
async function answers(more: Record<string, string | string[]> = {}) {
  const page = await staff.get(path);
  const { name, birthDate, category } = await child();
  const iinMissingReason = 'not issued yet';
  const mark = fieldOf(page, 'mark')!;
  return { name, birthDate, category, supportWeight: '100', priority: '0', iinMissingReason, mark, ...more };
}

test('is reached from the child’s page and holds what is known', async () => {
  const before = await staff.get(`/centres/${at.centreId}/children/${childId}`);
  expect(before.text).toContain(`href="${path}"`);
  const page = await staff.get(path);
  expect(fieldOf(page, 'name')).toBe('Айдана');
  await expectAccess(app, path, {
    allowed: [at.staff, at.admin, at.system],
    forbidden: [at.guardian, at.manager],
    missing: [at.otherAdmin],
  });
});

test('a nurse and a weight are recorded: bookings ahead weigh as much, their days are counted anew', async () => {
  await at.book(childId, MONDAY, 20, 36);
  const saved = await staff.post(path, await answers({ supportWeight: '200', skills: ['nurse'] }));
  expect(saved).toMatchObject({ status: 303, location: `/centres/${at.centreId}/children/${childId}` });
  expect(await child()).toMatchObject({ supportWeight: 200, skillsNeeded: ['nurse'] });
  expect(await weights()).toEqual([200]);
  const shown = textOf(await staff.get(`/centres/${at.centreId}/children/${childId}`));
  expect(shown).toContain('Support weight 2');
});

test('who waits out of turn stands before those who came first', async () => {
  const other = await otherFamily(world);
  await at.book(await at.named('Ерлан', at.guardian), MONDAY, 20, 36);
  await waitsFor(world, other.guardian, other.childId, [at.groupId]);
  const entryId = await waitsFor(world, at.guardian, childId, [at.groupId]);
  await jobs(world);
  expect((await staff.post(path, await answers({ priority: '1' }))).status).toBe(303);
  const file = await world.database.read((tx) => findChildFile(tx, childId, at.centreId));
  expect(file?.priority).toBe(1);
  const ranks = await world.database.read(async (tx) => {
    const { waitingListRank: r } = tx.t;
    return await tx.db.select().from(r).where(eq(r.entryId, entryId));
  });
  expect(ranks.every(({ position }) => position === 1)).toBe(true);
  expect(textOf(await staff.get(`/centres/${at.centreId}/children/${childId}`))).toContain('Out of turn');
});

test('what bookings ahead could not bear is refused with their number and the first day; all typed stays', async () => {
  await at.book(childId, MONDAY, 20, 36);
  const wish = await answers({ category: 'adult_disability', name: 'Айдана Мысал' });
  const refused = await staff.post(path, wish);
  expect(refused.status).toBe(409);
  expect(textOf(refused)).toContain('1 booking ahead could not stand, on 08.02.2027');
  expect(fieldOf(refused, 'name')).toBe('Айдана Мысал');
  expect((await child()).name).toBe('Айдана');
});

test('a wrong number, a stranger’s number and a colleague’s change are told', async () => {
  const wrong = await staff.post(path, await answers({ iin: '123' }));
  expect(wrong.status).toBe(422);
  expect(textOf(wrong)).toContain('An IIN has 12 digits');
  const old = await answers({ name: 'Айдана Бірінші' });
  expect((await staff.post(path, await answers({ name: 'Айдана Екінші' }))).status).toBe(303);
  const stale = await staff.post(path, old);
  expect(stale.status).toBe(409);
  expect((await child()).name).toBe('Айдана Екінші');
  expect((await staff.post(path, await answers({ supportWeight: '17' }))).status).toBe(422);
});
