import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser } from 'playwright-core';
import { listShifts } from '../../src/data/shifts.ts';
import { TestApp } from '../support/app.ts';
import { launchBrowser } from '../support/browser.ts';
import { MONDAY, TUESDAY, WEDNESDAY } from '../support/centre-stage.ts';
import { RosterStage, shift } from '../support/roster-stage.ts';

let browser: Browser;
beforeAll(async () => void (browser = await launchBrowser()));
afterAll(() => browser.close());

test('shifts are moved, lengthened, copied and swapped on the board by keys and by the pointer; a broken rule is read first', async () => {
  await using at = await RosterStage.create();
  await using app = await TestApp.start(at.world);
  const [one, two] = [await at.staff({ name: 'Synthetic A' }), await at.staff({ name: 'Synthetic B' })];
  const rosterId = await at.draft(MONDAY, WEDNESDAY, [
    shift(one, MONDAY, at.groupId, { to: 32, breakFrom: 24 }),
  ]);
  const admin = await app.as(at.admin);
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  await context.addCookies([
    { name: 'kundiz', value: admin.cookie('kundiz')!, url: app.url },
    { name: 'lang', value: 'en', url: app.url },
  ]);
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  const shifts = async () =>
    (await at.world.database.read((tx) => listShifts(tx, rosterId)))
      .map(({ staffId, date, from, to }) => [staffId === one ? 'A' : 'B', date, from, to].join(' '))
      .toSorted();
  const COLUMNS = [MONDAY, TUESDAY, WEDNESDAY];
  const cell = (staffId: number, date: (typeof COLUMNS)[number]) =>
    page.locator(`tr[data-staff="${staffId}"] > td`).nth(COLUMNS.indexOf(date));
  const shiftIn = (staffId: number, date: (typeof COLUMNS)[number]) =>
    cell(staffId, date).locator('a[draggable="true"]');
  const focused = () => page.evaluate<string>('document.activeElement.textContent.trim()');
  await page.goto(`${app.url}/centres/${at.centreId}/rosters/${rosterId}`);

  // Keys: a day on, to the person below, half an hour longer, half an hour later.
  await shiftIn(one, MONDAY).focus();
  // Pressed without waiting: each key waits for the answer to the one before.
  for (const key of ['Shift+ArrowRight', 'Shift+ArrowDown', '+', '.']) await page.keyboard.press(key);
  await expect.poll(shifts).toEqual([`B ${TUESDAY} 17 34`]);
  await expect.poll(focused).toBe('08:30–17:00');

  // A rule that would break is read first, and nothing is saved; the form has what was meant.
  await page.keyboard.press('+');
  await page.getByText('8.5 h of work in the day; the norm is 8 h').first().waitFor();
  await expect
    .poll(() => page.evaluate<string>('document.activeElement.id || document.activeElement.className'))
    .toBe('error-summary');
  expect(await page.getByLabel('To', { exact: true }).inputValue()).toBe('17:30');
  expect(await shifts()).toEqual([`B ${TUESDAY} 17 34`]);

  // Who goes on while the page without the form is still under way loses neither what was done nor its answer.
  const wait = (delay: number) => new Promise((resolve) => void setTimeout(resolve, delay));
  await page.route(new RegExp(String.raw`/rosters/${rosterId}\?`), async (route) => {
    const response = await route.fetch();
    await wait(300);
    await route.fulfill({ response });
  });
  await page.route('**/move', async (route) => {
    await wait(600);
    await route.continue();
  });
  await page.getByRole('link', { name: 'Close' }).click();

  // Copied to another cell, then the two change places.
  await shiftIn(two, TUESDAY).focus();
  await page.keyboard.press('c');
  await cell(one, WEDNESDAY).locator('a').focus();
  await page.keyboard.press('v');
  await expect.poll(shifts).toEqual([`A ${WEDNESDAY} 17 34`, `B ${TUESDAY} 17 34`]);
  await shiftIn(one, WEDNESDAY).waitFor();
  await page.unrouteAll();
  await shiftIn(two, TUESDAY).focus();
  await page.keyboard.press('x');
  await shiftIn(one, WEDNESDAY).focus();
  await page.keyboard.press('x');
  await expect.poll(shifts).toEqual([`A ${TUESDAY} 17 34`, `B ${WEDNESDAY} 17 34`]);

  // The pointer: dragged to a cell, upon another shift, and by the grip.
  await shiftIn(one, TUESDAY).dragTo(cell(one, MONDAY));
  await expect.poll(shifts).toEqual([`A ${MONDAY} 17 34`, `B ${WEDNESDAY} 17 34`]);
  await shiftIn(one, MONDAY).dragTo(shiftIn(two, WEDNESDAY));
  await expect.poll(shifts).toEqual([`A ${WEDNESDAY} 17 34`, `B ${MONDAY} 17 34`]);
  const grip = (await cell(two, MONDAY).locator('.grip').boundingBox())!;
  await page.mouse.move(grip.x + 2, grip.y + 4);
  await page.mouse.down();
  await page.mouse.move(grip.x + 2 - 30, grip.y + 4, { steps: 4 });
  await page.mouse.up();
  await expect.poll(shifts).toEqual([`A ${WEDNESDAY} 17 34`, `B ${MONDAY} 17 32`]);

  // Who goes elsewhere while an answer is under way changes what is there, and stays there.
  await page.route('**/move', async (route) => {
    await wait(150);
    await route.continue();
  });
  await shiftIn(two, MONDAY).focus();
  await page.keyboard.press('.');
  await page.keyboard.press('.');
  await shiftIn(one, WEDNESDAY).focus();
  await page.keyboard.press('-');
  await expect.poll(shifts).toEqual([`A ${WEDNESDAY} 17 33`, `B ${MONDAY} 19 34`]);
  await expect.poll(focused).toBe('08:30–16:30');
  expect(problems).toEqual([]);

  // With scripts off the forms do the same, and nothing speaks of keys.
  const plain = await browser.newContext({ javaScriptEnabled: false });
  await plain.addCookies([{ name: 'kundiz', value: admin.cookie('kundiz')!, url: app.url }]);
  const still = await plain.newPage();
  await still.goto(`${app.url}/centres/${at.centreId}/rosters/${rosterId}`);
  expect(await still.locator('[data-keys]').isVisible()).toBe(false);
  expect(await still.locator('form[data-move]').isVisible()).toBe(false);
  await Promise.all([context.close(), plain.close()]);
});
