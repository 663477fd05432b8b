import { expect, test } from 'vitest';
import { eq } from 'drizzle-orm';
import { TestApp } from '../../support/app.ts';
import { expectAccess, MONDAY, PageStage, textOf } from '../../support/page-stage.ts';
import { World } from '../../support/world.ts';

test('a child’s page: who cares for it with which rights, what it needs, its bookings here', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  const child = await stage.named('Мадина', stage.guardian);
  await world.insert(async (tx) => {
    const { person, child: c } = tx.t;
    await tx.db.update(person).set({ phone: '+77010000001' }).where(eq(person.id, stage.guardian.personId));
    await tx.db
      .update(c)
      .set({ skillsNeeded: ['nurse', 'Montessori'], supportWeight: 150 })
      .where(eq(c.id, child));
  });
  const past = await stage.book(child, '2027-02-01' as typeof MONDAY, 18, 30);
  const ahead = await stage.book(child, MONDAY, 18, 30);
  const elsewhere = await stage.book(child, '2027-02-09' as typeof MONDAY, 18, 30, stage.otherGroupId);
  const page = await (await app.as(stage.staff)).get(`/centres/${stage.centreId}/children/${child}`);
  expect(page.text).toContain('href="tel:+77010000001"');
  expect(textOf(page)).toContain('+7 701 000 00 01');
  for (const right of ['book and cancel', 'collect the child', 'be told of changes'])
    expect(textOf(page)).toContain(right);
  expect(textOf(page)).toContain('needs a nurse, Montessori');
  expect(textOf(page)).toContain('Support weight 1.5');
  expect(page.text).toContain(`/bookings/${past}"`);
  expect(page.text).toContain(`/bookings/${ahead}"`);
  // What another centre does with the child is not this one's.
  expect(page.text).not.toContain(`/bookings/${elsewhere}"`);
});

test('a child that the centre does not know is as absent as one that does not exist', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  const child = await stage.named('Мадина', stage.guardian);
  await expectAccess(app, `/centres/${stage.centreId}/children/${child}`, {
    allowed: [stage.staff, stage.admin, stage.system],
    forbidden: [stage.guardian, stage.manager],
    missing: [stage.otherAdmin],
  });
  const stranger = await world.child(await world.guardian());
  const pages = await Promise.all(
    [stranger, 99_999].map(async (id) =>
      (await app.as(stage.staff)).get(`/centres/${stage.centreId}/children/${id}`),
    ),
  );
  expect(pages.map((page) => page.status)).toEqual([404, 404]);
  expect(
    (await (await app.as(stage.system)).get(`/centres/${stage.otherCentreId}/children/${child}`)).status,
  ).toBe(404);
});
