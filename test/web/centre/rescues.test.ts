import { expect, test } from 'vitest';
import { eq } from 'drizzle-orm';
import { addMinutes } from '../../../src/domain/calendar.ts';
import { addRescue } from '../../support/rescue-stage.ts';
import { TestApp } from '../../support/app.ts';
import { expectAccess, PageStage, textOf } from '../../support/page-stage.ts';
import { World } from '../../support/world.ts';

test('freed, who was asked by number only, the outcome and the week', async () => {
  await using world = await World.create();
  const stage = await PageStage.create(world);
  await using app = await TestApp.start(world);
  const { centreId, groupId, childId, guardian } = stage;
  const { rescueId } = await addRescue(world, guardian, { childId, groupId });
  const visitor = await app.as(stage.staff);
  const path = `/centres/${centreId}/rescues?date=2027-02-10`;
  const open = await visitor.get(path);
  expect(textOf(open)).toMatch(/08:30–16:30 Топ 10:00 1 0 0 1 open until 11:00/);
  expect(open.text).not.toContain('Synthetic child');
  const bookingId = await stage.book(childId, '2027-02-10' as never, 17, 33);
  await world.insert(async (tx) => {
    const closedAt = addMinutes(world.now, 60);
    const end = { closedAt, bookingId, rescuedMinutes: 450 };
    await tx.db.update(tx.t.rescue).set(end).where(eq(tx.t.rescue.id, rescueId));
    await tx.db.update(tx.t.rescueAnswer).set({ answer: 'yes' });
  });
  const over = textOf(await visitor.get(path));
  expect(over).toMatch(/10:00 1 1 0 0 taken, 08:30–16:30/);
  expect(over).toMatch(/Freed 1 8 h Rescued 1 7\.5 h Lost 0 0\.5 h/);
  expect(textOf(await visitor.get(`/centres/${centreId}/rescues`))).toContain(
    'Nothing was offered on this day',
  );
  for (const date of ['x', '2027-02-31', '1999-01-01'])
    expect((await visitor.get(`/centres/${centreId}/rescues?date=${date}`)).status).toBe(200);
  expect((await visitor.get(`/centres/${centreId}/days/2027-02-10`)).text).toContain(
    `/centres/${centreId}/rescues?date=2027-02-10`,
  );
  await expectAccess(app, `/centres/${centreId}/rescues`, {
    allowed: [stage.staff, stage.admin, stage.system],
    forbidden: [guardian, stage.manager],
    missing: [stage.otherAdmin],
  });
});
