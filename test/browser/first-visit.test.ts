import { eq } from 'drizzle-orm';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FILLED } from '../support/applications.ts';
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

const CHILD = FILLED.childName;

/** A phone in Kazakh that runs no scripts; every page that it opens must fit its width. */
async function phone() {
  const context = await browser.newContext({
    javaScriptEnabled: false,
    viewport: { width: 360, height: 740 },
  });
  const page = await context.newPage();
  let taps = 0;
  const fits = async () => {
    const wider = await page.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth);
    expect(wider, page.url()).toBeLessThanOrEqual(0);
  };
  return {
    page,
    async go(path: string) {
      await page.goto(stage.app.url + path);
      await fits();
    },
    async tap(target: Locator) {
      taps += 1;
      await target.first().click();
      await fits();
    },
    /** Taps since the last time somebody asked. */
    counted: () => [taps, (taps = 0)][0]!,
  };
}

async function desk(role: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.goto(`${stage.app.url}/sign-in?lang=kk`);
  await page.fill('[name=login]', `${role}@example.kz`);
  await page.fill('[name=password]', PASSWORD);
  await page.click('main form button');
  await page.waitForURL((url) => url.pathname !== '/sign-in');
  return page;
}

test('from the public page to a booked month, a moved day and an absence, seen by the centre and the region', async () => {
  const groupId = await stage.world.group(stage.centreId, { admission: 'enrolled' });
  const { page, go, tap, counted } = await phone();
  const main = page.locator('main');

  // The family applies.
  await go('/?lang=kk');
  await tap(main.locator('a[href="/places"]'));
  await tap(main.locator('a[href="/places/75"]'));
  await tap(main.locator(`a[href="/places/75/${stage.centreId}/application"]`));
  for (const name of ['childName', 'birthDate', 'need', 'startsOn', 'guardianName', 'phone'] as const)
    await page.fill(`[name=${name}]`, FILLED[name]);
  await page.selectOption('[name=category]', FILLED.category);
  await page.check('[name=consent]');
  await tap(main.locator('button[value=check]'));
  await tap(main.locator('button[value=send]'));
  expect(await main.innerText()).toContain('Өтініш жіберілді');

  // The centre sees it on the board that its morning begins with, and takes the child in.
  const admin = await desk('centre_admin');
  await admin.locator('main a[href$="/applications"]').click();
  await admin.locator('main a[href*="/applications/"]').first().click();
  await admin.selectOption('[name=groupId]', String(groupId));
  await admin.locator('form[action$="/acceptance"] button').click();
  await admin.locator('main [role=status]').waitFor();
  expect(await admin.locator('main').innerText()).toContain('Қабылданған тобы');

  // The family is invited by SMS, says when it works, and books a month.
  const [invitation] = await stage.world.database.read(
    async (tx) => await tx.db.select().from(tx.t.message).where(eq(tx.t.message.kind, 'invitation')),
  );
  await go(String(invitation!.data['path']));
  await page.fill('[name=new_password]', 'қалың орман');
  await tap(main.locator('form button'));
  counted();
  await tap(main.locator('a[href$="/hours"]'));
  await tap(main.locator('a[href^="/workday"]'));
  await tap(main.locator('form[method=post] button'));
  await tap(main.locator(`a[href*="/hours/choice?group=${groupId}"]`));
  await tap(main.locator('form[method=post] button'));
  expect(counted()).toBeLessThanOrEqual(6);
  expect(await page.locator('h1, .done h2').first().innerText()).toMatch(/\d+ күнге жазылды/);

  // A day is moved to an earlier hour, another is called off.
  await go('/children');
  counted();
  await tap(main.locator('a[href^="/bookings/"]').filter({ hasText: '01.03' }));
  await tap(main.locator('a[href$="/change"]'));
  await tap(main.locator('a[href*="/change?date="]'));
  await tap(main.locator('form[method=post] button').last());
  expect(counted()).toBeLessThanOrEqual(4);
  const moved = /\d\d:\d\d–\d\d:\d\d/.exec(await main.innerText())![0];
  expect(moved).not.toBe('08:30–18:30');
  await go('/children/');
  await tap(main.locator('a[href^="/bookings/"]').filter({ hasText: '02.03' }));
  await tap(main.locator('a[href$="/absence"]'));
  await tap(main.locator('button[name=kind][value=illness]'));
  expect(counted()).toBeLessThanOrEqual(3);

  // All of it stands on the board and in the region's figures.
  const row = async (date: string) => {
    await admin.goto(`${stage.app.url}/centres/${stage.centreId}/days/${date}`);
    return await admin.locator('tr').filter({ hasText: CHILD }).innerText();
  };
  expect(await row('2027-03-01')).toContain(moved);
  expect(await row('2027-03-02')).toContain('келмейді');
  expect(await row('2027-03-03')).toContain('08:30–18:30');
  const region = await desk('regional_manager');
  await region.goto(`${stage.app.url}/regions/75/occupancy?from=2027-03-01&to=2027-03-07&by=day`);
  expect(await region.locator('table.heat').first().innerText()).toMatch(/\d+/);
  await region.goto(
    `${stage.app.url}/regions/75/centres/${stage.centreId}/occupancy?from=2027-03-01&to=2027-03-07&by=day`,
  );
  const cells = region.locator('table.heat tr').filter({ hasText: 'Топ 3' }).locator('td');
  const shares = (await cells.allInnerTexts()).map((cell) => Number(/\d+/.exec(cell)?.[0]));
  expect(shares[2]).toBeGreaterThan(0);
  expect(shares[1]).toBe(0);
});
