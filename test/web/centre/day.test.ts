import { expect, test } from 'vitest';
import { plainDate } from '../../../src/domain/calendar.ts';
import { cancelBooking } from '../../../src/use-cases/cancellations.ts';
import { planClosure } from '../../../src/use-cases/closures.ts';
import { TestApp } from '../../support/app.ts';
import { PageStage, expectAccess, MONDAY, textOf, TODAY } from '../../support/page-stage.ts';
import { World } from '../../support/world.ts';

const rowOf = (html: string, bookingId: number): string =>
  new RegExp(`<tr id="booking-${bookingId}">.*?</tr>`, 's').exec(html)?.[0] ?? '';

test('a day shows its children in the order of their coming, each with its state in words', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  const wide = await world.group(stage.centreId, { room: 6 });
  const [late, early, first, second] = [
    await stage.named('Әлихан'),
    await stage.named('Яна'),
    await stage.named('Ұлпан'),
    await stage.named('Бекзат'),
  ];
  const ids = {
    late: await stage.book(late, TODAY, 26, 36, wide),
    early: await stage.book(early, TODAY, 16, 26, wide),
    first: await stage.book(first, TODAY, 18, 36, wide),
    second: await stage.book(second, TODAY, 18, 36, wide),
  };
  await world.act(stage.admin, cancelBooking, { bookingId: ids.late });
  const page = await (await app.as(stage.staff)).get(`/centres/${stage.centreId}/days/${TODAY}`);
  expect(page.status).toBe(200);
  const order = [...page.text.matchAll(/<tr id="booking-(\d+)">/g)].map((match) => Number(match[1]));
  // The same hour: by the reader's alphabet, in which Б comes before Ұ.
  expect(order).toEqual([ids.early, ids.second, ids.first, ids.late]);
  expect(textOf({ text: rowOf(page.text, ids.early) })).toContain('08:00–13:00 not here yet');
  expect(textOf({ text: rowOf(page.text, ids.late) })).toContain('13:00–18:00 cancelled by the centre');
  expect(textOf(page)).toContain('0 of 3 expected');
  expect(textOf(page)).toContain('1 cancelled');
});

test('full half-hours are red and zero and worded, idle ones are said', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  await stage.book(stage.childId, MONDAY, 18, 30);
  await stage.book(await world.child(null), MONDAY, 18, 26);
  const page = await (await app.as(stage.staff)).get(`/centres/${stage.centreId}/days/${MONDAY}`);
  const full = [...page.text.matchAll(/<td class="full">(.*?)<\/td>/g)].map((match) =>
    textOf({ text: match[1]! }).trim(),
  );
  expect(full).toHaveLength(8);
  expect(full[0]).toBe('0 09:00–09:30: 2 booked, 0 held, 0 free of 2. Full');
  expect(textOf(page)).toContain('09:00–13:00 full');
  expect(textOf(page)).toContain('15:00–18:30 nobody');
  expect(textOf(page)).toContain('Most at one time 2 of 2, at 09:00');
  // (21 half-hours × 2 places − 20 booked) ÷ 2
  expect(textOf(page)).toContain('Free place-hours 11');
});

test('a closed day says why: a holiday, or a closure in the words of whoever made it', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  const { centreId } = stage;
  const day = plainDate('2027-02-11');
  await world.act(stage.admin, planClosure, {
    centreId,
    groupId: null,
    startsOn: day,
    endsOn: day,
    reason: 'ремонт <кровли>',
  });
  const staff = await app.as(stage.staff);
  expect(textOf(await staff.get(`/centres/${centreId}/days/2027-03-22`))).toContain('Closed: Nauryz');
  const closed = await staff.get(`/centres/${centreId}/days/${day}`);
  expect(textOf(closed)).toContain('Closed: ремонт <кровли>');
  expect(closed.text).not.toContain('<кровли>');
  expect(textOf(await staff.get(`/centres/${centreId}/days/2027-02-06`))).toContain('Closed: day off');
  expect(textOf(await staff.get(`/centres/${centreId}/days/2030-02-06`))).toContain(
    'Booking is not open that far ahead',
  );
});

test('the week strip and the ways to other days', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  await stage.book(stage.childId, MONDAY, 16, 36);
  const staff = await app.as(stage.staff);
  const page = await staff.get(`/centres/${stage.centreId}/days/${MONDAY}`);
  expect(page.text).toContain(`href="/centres/${stage.centreId}/days/2027-02-07"`);
  expect(page.text).toContain(`href="/centres/${stage.centreId}/days/2027-02-09"`);
  expect(page.text).toContain(`href="/centres/${stage.centreId}/days/today"`);
  // 20 of 42 half-hours.
  expect(textOf(page)).toContain('Mon Monday 08.02 48%');
  const today = await staff.get(`/centres/${stage.centreId}/days/today`);
  expect(textOf(today)).toContain('Wednesday, 3 February');
  expect((await staff.get(`/centres/${stage.centreId}/days/${TODAY}?lang=ru`)).status).toBe(303);
  expect(textOf(await staff.get(`/centres/${stage.centreId}/days/${TODAY}`))).toContain('Среда, 3 февраля');
});

test('names are shown as they are, never as markup', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  const child = await stage.named('<b onclick="x">"Ә\' & Ко</b>');
  await stage.book(child, TODAY, 26, 36);
  const page = await (await app.as(stage.staff)).get(`/centres/${stage.centreId}/days/${TODAY}`);
  expect(page.text).not.toContain('<b onclick');
  expect(textOf(page)).toContain('<b onclick="x">"Ә\' & Ко</b>');
});

test('only the centre’s own people see its day', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  await expectAccess(app, `/centres/${stage.centreId}/days/${TODAY}`, {
    allowed: [stage.staff, stage.admin, stage.system],
    forbidden: [stage.guardian, stage.manager],
    missing: [stage.otherAdmin],
  });
  const admin = await app.as(stage.admin);
  for (const path of ['2027-02-30', '1900-01-01', '9999-01-01', 'tomorrow']) {
    expect((await admin.get(`/centres/${stage.centreId}/days/${path}`)).status, path).toBe(404);
  }
  expect((await admin.get('/centres/999/days/today')).status).toBe(404);
});
