import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser } from 'playwright-core';
import { TestApp } from '../support/app.ts';
import { launchBrowser } from '../support/browser.ts';
import { MONDAY, slot, TUESDAY } from '../support/centre-stage.ts';
import { RosterStage, shift } from '../support/roster-stage.ts';

let browser: Browser;
beforeAll(async () => void (browser = await launchBrowser()));
afterAll(() => browser.close());

test('a shift is placed on the board by keyboard; a broken rule is read first; the planner’s page follows by itself', async () => {
  await using at = await RosterStage.create();
  await using app = await TestApp.start(at.world);
  const tutor = await at.staff({ post: 'tutor' });
  await at.book(MONDAY, slot('09:00', '15:00'));
  const rosterId = await at.draft(MONDAY, TUESDAY, [shift(tutor, MONDAY, at.groupId)]);
  const admin = await app.as(at.admin);
  const context = await browser.newContext();
  await context.addCookies([
    { name: 'kundiz', value: admin.cookie('kundiz')!, url: app.url },
    { name: 'lang', value: 'en', url: app.url },
  ]);
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('422')) problems.push(message.text());
  });
  const base = `${app.url}/centres/${at.centreId}/rosters`;
  const focused = () =>
    page.evaluate<string>('document.activeElement.id || document.activeElement.className');
  await page.goto(`${base}/${rosterId}`);
  await page.getByRole('link', { name: /^\+?\s*Add a shift/ }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'New shift' }).waitFor();
  await expect.poll(focused).toBe('shift-title');
  await page.getByLabel('To', { exact: true }).selectOption('18:30');
  await page.getByRole('button', { name: 'Save' }).press('Enter');
  await page.getByText('10 h of work in the day; the norm is 8 h').first().waitFor();
  await expect.poll(focused).toBe('error-summary');
  expect(await page.getByLabel('To', { exact: true }).inputValue()).toBe('18:30');
  await page.getByLabel('To', { exact: true }).selectOption('16:30');
  await page.getByRole('button', { name: 'Save' }).press('Enter');
  await page.getByText('The shift is saved.').waitFor();
  expect(await page.getByRole('link', { name: '08:00–16:30' }).count()).toBe(2);
  await page.goto(base);
  await page.getByLabel('Search for at most').selectOption('10');
  await page.getByRole('button', { name: 'Draft for these weeks' }).click();
  await page.getByRole('link', { name: 'Open the draft' }).click({ timeout: 60_000 });
  await page.getByRole('heading', { name: /^Roster / }).waitFor();
  expect(problems).toEqual([]);
  await context.close();
});
