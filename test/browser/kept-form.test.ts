import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { plainDate } from '../../src/domain/calendar.ts';
import { listBookings } from '../../src/data/bookings.ts';
import { launchBrowser } from '../support/browser.ts';
import { createStage, PASSWORD, type Stage } from '../support/stage.ts';

let stage: Stage;
let browser: Browser;

beforeAll(async () => {
  [stage, browser] = await Promise.all([createStage(), launchBrowser()]);
});

afterAll(async () => {
  await browser.close();
  await stage[Symbol.asyncDispose]();
});

async function enter(page: Page, role: string): Promise<void> {
  await page.fill('[name=login]', `${role}@example.kz`);
  await page.fill('[name=password]', PASSWORD);
  await page.locator('main form.form button').first().click();
}

/** Signs in; the returned function ends the session without the page knowing. */
async function signedIn(role: string, scripts: boolean, width: number) {
  const context = await browser.newContext({ javaScriptEnabled: scripts, viewport: { width, height: 800 } });
  const page = await context.newPage();
  await page.goto(`${stage.app.url}/sign-in?lang=en`);
  await enter(page, role);
  await page.waitForURL((url) => url.pathname !== '/sign-in');
  const lose = async () => {
    await context.clearCookies({ name: 'kundiz' });
  };
  return { page, lose };
}

test('with scripts off a form waits for its person and is sent by one tap', async () => {
  const { page, lose } = await signedIn('guardian', false, 360);
  const { childId, groupId } = stage;
  await page.goto(`${stage.app.url}/children/${childId}/bookings/new?group=${groupId}&date=2027-02-09`);
  await page.selectOption('[name=from]', '09:00');
  await lose();
  await page.locator('main form button').last().click();
  expect(await page.locator('h1').innerText()).toBe('Please sign in again');
  await enter(page, 'guardian');
  expect(await page.locator('h1').innerText()).toContain('your form is not yet sent');
  await page.locator('main form.form button').click();
  expect(new URL(page.url()).pathname).toMatch(/^\/bookings\/\d+$/);
  const day = plainDate('2027-02-09');
  const made = await stage.world.database.read((tx) =>
    listBookings(tx, { childIds: [childId], from: day, to: day }),
  );
  expect(made).toMatchObject([{ from: 18 }]);
  await page.context().close();
});

test('a part of a page that htmx sends becomes a whole sign-in page, and then the whole page again', async () => {
  const { page, lose } = await signedIn('centre_staff', true, 1280);
  await lose();
  await page.locator('form[action*="/arrival"] button').first().click();
  await page.waitForSelector('[name=password]');
  expect(await page.locator('body > header').count()).toBe(1);
  expect(await page.locator('main').count()).toBe(1);
  await enter(page, 'centre_staff');
  await page.getByText('your form is not yet sent').waitFor();
  await page.locator('main form.form button').click();
  await page.waitForURL((url) => url.pathname.includes('/days/'));
  expect(await page.locator('main').innerText()).toMatch(/arrived \d\d:\d\d/);
  await page.context().close();
});
