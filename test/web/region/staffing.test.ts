import { expect, test } from 'vitest';
import { addDays } from '../../../src/domain/calendar.ts';
import { TestApp } from '../../support/app.ts';
import { expectAccess, fieldOf, MONDAY, PageStage, textOf } from '../../support/page-stage.ts';
import { RosterStage, shift } from '../../support/roster-stage.ts';
import { World } from '../../support/world.ts';

const PATH = '/regions/75/staffing';
const WEEK = `${PATH}?from=2027-02-08&to=2027-02-12`;

/** Мерей, one group of eight, open 08:00–18:30 on weekdays; its Monday to Wednesday are published. */
async function published() {
  const stage = await RosterStage.create(8);
  const { world, groupId } = stage;
  const tuesday = addDays(MONDAY, 1);
  await stage.book(MONDAY, { from: 16, to: 32 });
  await stage.book(tuesday, { from: 18, to: 30 });
  const [first, second] = [await stage.staff(), await stage.staff()];
  const nurse = await stage.staff({ post: 'nurse' });
  await stage.published(MONDAY, addDays(MONDAY, 2), [
    shift(first, MONDAY, groupId),
    shift(second, MONDAY, groupId, { breakFrom: 25 }),
    shift(nurse, MONDAY, null),
    shift(first, tuesday, groupId),
  ]);
  return { stage, world };
}

test('a region’s centres, the worst first: places, staff, gaps and the way to their days; nobody is named', async () => {
  const { stage, world } = await published();
  await using _ = world;
  await using app = await TestApp.start(world);
  const quiet = await world.centre({ name: 'Аққу' });
  await world.group(quiet, { room: 2 });
  await world.centre({ regionCode: '71', name: 'Бақыт' });
  const manager = await app.as(await world.person('regional_manager', { regionCode: '75' }));
  const page = await manager.get(WEEK);
  expect(page.status).toBe(200);
  const text = textOf(page);
  expect(text).toContain('Almaty: who looks after the children');
  // Monday: two people carry 8 from 08:00 to 16:30, four in the two breaks; Tuesday one carries 4, none in the break.
  expect(text).toMatch(/Мерей Алатау Staff missing 420 96 23% 1 Nurse on site: 6 h 2 /);
  // A centre without any roster comes after the one whose children lack somebody.
  expect(text).toMatch(/Мерей .* Аққу Алатау No roster on some days 105 0 – 0 – 5 /);
  expect(text).not.toContain('Бақыт');
  expect(text).toContain(
    'Tuesday, 9 February Мерей Nurse on site: nobody, 09:00–15:00 · Топ Too few staff: 12:00–12:30 · Топ',
  );
  const group = `/regions/75/centres/${stage.centreId}/groups/${stage.groupId}`;
  expect(page.text).toContain(`href="${group}/days/2027-02-09?from=2027-02-08`);
  expect(page.text).toContain(
    `href="/regions/75/centres/${stage.centreId}/occupancy?from=2027-02-08&amp;to=2027-02-12&amp;by=day"`,
  );
  expect(page.text).toContain(`href="${PATH}.csv?from=2027-02-08&amp;to=2027-02-12"`);
  expect(page.text).toContain(`href="${PATH}?from=2027-02-13&amp;to=2027-02-17"`);
  for (const way of [`${group}/days/2027-02-09`, `/regions/75/centres/${stage.centreId}/occupancy`])
    expect((await manager.get(way)).status).toBe(200);
  // The group's day says what was missing, and marks its half-hour; a day that lacks nothing says nothing.
  const day = await manager.get(`${group}/days/2027-02-09`);
  expect(textOf(day)).toContain(
    'Staff missing Nurse on site: nobody, 09:00–15:00 Too few staff: 12:00–12:30 Half-hours',
  );
  expect(day.text.match(/<tr id="t-[\d:]+">(?:(?!<\/tr>).)*Too few staff/g)).toHaveLength(1);
  expect(day.text).toMatch(/<tr id="t-12:00">(?:(?!<\/tr>).)*Too few staff/);
  expect(textOf(await manager.get(`${group}/days/2027-02-08`))).not.toMatch(/Staff missing|Too few staff/);
  // It stands in the navigation, and is the place where one is.
  expect(page.text).toMatch(/<a[^>]*href="\/regions\/75\/staffing"[^>]*aria-current[^>]*>Staffing/);
  for (const [lang, words] of [
    ['ru', 'Не хватает персонала'],
    ['kk', 'Қызметкер жетіспейді'],
  ]) {
    const other = await manager.get(WEEK, { cookie: `kundiz=${manager.cookie('kundiz')}; lang=${lang}` });
    expect(textOf(other)).toContain(words);
  }
});

test('without filters fourteen days from today; days that cannot be shown are said and kept as typed', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  const manager = await app.as(stage.manager);
  const page = await manager.get(PATH);
  expect([fieldOf(page, 'from'), fieldOf(page, 'to')]).toEqual(['2027-02-03', '2027-02-16']);
  expect(textOf(page)).toContain('Nothing is missing on the days with a published roster.');
  const only = await manager.get(`${PATH}?from=2027-03-01`);
  expect([fieldOf(only, 'from'), fieldOf(only, 'to')]).toEqual(['2027-03-01', '2027-03-14']);
  const ask = async (query: string) => {
    const answer = await manager.get(`${PATH}?${query}`);
    expect(answer.status).toBe(422);
    return answer;
  };
  const wild = await ask('from=1900&to=9999');
  expect([fieldOf(wild, 'from'), fieldOf(wild, 'to')]).toEqual(['1900', '9999']);
  expect(textOf(await ask('from=2027-02-30&to=2027-03-01'))).toContain('Enter a real date');
  expect(textOf(await ask('from=2027-02-10&to=2027-02-01'))).toContain('The last day is before the first');
  expect(textOf(await ask('from=2027-01-01&to=2027-03-04'))).toContain('Too long a period');
  expect((await manager.get(`${PATH}?from=2027-01-01&to=2027-03-03`)).status).toBe(200);
  expect((await manager.get(`${PATH}.csv?from=1900`)).status).toBe(422);
});

test('a region without centres says so', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const manager = await app.as(await world.person('regional_manager', { regionCode: '62' }));
  expect(textOf(await manager.get('/regions/62/staffing'))).toContain('There are no centres here yet.');
});

test('the same as a spreadsheet: a row a centre, a column for every skill', async () => {
  const { world } = await published();
  await using _ = world;
  await using app = await TestApp.start(world);
  const manager = await app.as(await world.person('regional_manager', { regionCode: '75' }));
  const file = await manager.get(`${PATH}.csv?from=2027-02-08&to=2027-02-12`);
  expect(file.headers.get('content-disposition')).toBe(
    'attachment; filename=kundiz-staffing-75-2027-02-08-2027-02-12.csv',
  );
  const lines = file.text.split('\r\n');
  expect(lines[0]).toContain(
    'Centre;District;From;To;How it stands;Licensed place-hours;Of these with a roster;Staffed place-hours;Staffed, %;',
  );
  expect(lines[1]).toBe('Мерей;Алатау;08.02.2027;12.02.2027;Staff missing;420;252;96;22.86;1;6;0;0;2');
  expect(lines).toHaveLength(3);
});

test('a region’s staffing is its manager’s', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  const other = await world.person('regional_manager', { regionCode: '71' });
  for (const path of [PATH, `${PATH}.csv`])
    await expectAccess(app, path, {
      allowed: [stage.manager, stage.system],
      forbidden: [stage.admin, stage.staff, stage.guardian],
      missing: [other],
    });
});
