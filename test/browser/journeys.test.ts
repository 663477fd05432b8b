import type { Browser, Locator, Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { plainDate } from '../../src/domain/calendar.ts';
import { listBookings } from '../../src/data/bookings.ts';
import { launchBrowser } from '../support/browser.ts';
import { createStage, PASSWORD, type Stage } from '../support/stage.ts';

let stage: Stage;
let browser: Browser;

beforeEach(async () => {
  [stage, browser] = await Promise.all([createStage(), launchBrowser()]);
});

afterEach(async () => {
  await browser.close();
  await stage[Symbol.asyncDispose]();
});

async function open(options: { scripts: boolean; width: number }): Promise<Page> {
  const context = await browser.newContext({
    javaScriptEnabled: options.scripts,
    viewport: { width: options.width, height: 800 },
  });
  return await context.newPage();
}

async function signIn(page: Page, role: string): Promise<void> {
  await page.goto(`${stage.app.url}/sign-in?lang=en`);
  await page.fill('[name=login]', `${role}@example.kz`);
  await page.fill('[name=password]', PASSWORD);
  await page.click('main form button');
}

/** Presses Tab until the element has the focus: what cannot be reached by keyboard fails here. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 150; presses++) {
    await page.keyboard.press('Tab');
    if (await target.evaluate((element) => element.matches(':focus'))) return;
  }
  throw new Error('not reached by keyboard');
}

/**
 * A bad line: what htmx sends waits so many milliseconds before it goes out, and its answer so many before it comes in.
 * Returns how many answers have come.
 */
async function slowly(page: Page, before: number[], after: number[]): Promise<() => Promise<number>> {
  await page.evaluate(`{
    const real = fetch;
    const [before, after] = ${JSON.stringify([before, after])};
    const wait = (delay) => new Promise((resolve) => void setTimeout(resolve, delay));
    window.answered = 0;
    window.fetch = async (...request) => {
      await wait(before.shift());
      const response = await real(...request);
      await wait(after.shift());
      window.answered += 1;
      return response;
    };
  }`);
  return () => page.evaluate<number>('window.answered');
}

const bookings = (from: string) =>
  stage.world.database.read((tx) =>
    listBookings(tx, { childIds: [stage.childId], from: plainDate(from), to: plainDate('2027-12-31') }),
  );

describe('with scripts off, on a phone', () => {
  test('a parent books a month that fits her work in six taps, and sees what was left out', async () => {
    const page = await open({ scripts: false, width: 360 });
    await signIn(page, 'guardian');
    let taps = 0;
    const tap = async (target: Locator) => {
      await target.click();
      taps += 1;
    };
    await tap(page.locator(`a[href^="/children/${stage.childId}/hours"]`).first());
    await tap(page.locator('a[href*="/hours/choice"]').first());
    await tap(page.locator('main form button').last());
    expect(await page.locator('h1').innerText()).toMatch(/Booked for \d+ days/);
    expect(taps).toBeLessThanOrEqual(6);
    const made = await bookings('2027-02-08');
    expect(made.some((booking) => booking.date === '2027-02-08')).toBe(true);
  });

  test('an absence is three taps from home', async () => {
    const page = await open({ scripts: false, width: 360 });
    await signIn(page, 'guardian');
    await page.locator('a[href$="/absence"]').first().click();
    await page.locator('button[name=kind][value=illness]').click();
    expect(new URL(page.url()).pathname).toBe('/children');
    expect((await bookings('2027-02-03')).find((booking) => booking.date === '2027-02-03')?.state).toBe(
      'absent',
    );
  });

  test('a full day is refused with the reason, and what was typed is still there', async () => {
    const page = await open({ scripts: false, width: 360 });
    await signIn(page, 'guardian');
    const { childId, groupId, world } = stage;
    await world.insert(async (tx) => void (await tx.db.update(tx.t.groupDay).set({ room: 3 })));
    await page.goto(`${stage.app.url}/children/${childId}/bookings/new?group=${groupId}&date=2027-02-04`);
    await page.locator('main form button').last().click();
    expect(await page.title()).toMatch(/^Error:/);
    expect(await page.locator('[role=alert], .errors').first().innerText()).toContain(
      'already has a booking',
    );
    expect(await page.locator('[name=date]').inputValue()).toBe('2027-02-04');
  });

  test('the centre marks an arrival and the region sees the occupancy', async () => {
    const staff = await open({ scripts: false, width: 1280 });
    await signIn(staff, 'centre_staff');
    await staff.locator('form[action*="/arrival"] button').first().click();
    expect(await staff.locator('main').innerText()).toMatch(/arrived \d\d:\d\d/);
    const region = await open({ scripts: false, width: 1280 });
    await signIn(region, 'regional_manager');
    expect(await region.locator('table.heat').count()).toBeGreaterThan(0);
  });
});

describe('by keyboard only', () => {
  test('sign in, find hours, book', async () => {
    const page = await open({ scripts: true, width: 1280 });
    await page.goto(`${stage.app.url}/sign-in?lang=en`);
    await tabTo(page, page.locator('[name=login]'));
    await page.keyboard.type('guardian@example.kz');
    await tabTo(page, page.locator('[name=password]'));
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/children');
    await tabTo(page, page.locator(`a[href^="/children/${stage.childId}/hours"]`).first());
    await page.keyboard.press('Enter');
    await page.waitForURL('**/hours**');
    await tabTo(page, page.locator('a[href*="/hours/choice"]').first());
    await page.keyboard.press('Enter');
    await page.waitForURL('**/hours/choice**');
    await tabTo(page, page.locator('main form button').last());
    await page.keyboard.press('Enter');
    await page.waitForURL('**/series/**');
    expect(await page.locator('h1').innerText()).toMatch(/Booked for/);
  });

  test('an arrival on the day board, in place', async () => {
    const page = await open({ scripts: true, width: 1280 });
    await signIn(page, 'centre_staff');
    await page.waitForURL('**/days/**');
    const button = page.locator('form[action*="/arrival"] button').first();
    await tabTo(page, button);
    await page.keyboard.press('Enter');
    await page.locator('text=/arrived 08:34/').nth(1).waitFor();
  });

  test.each([
    ['the requests', [300, 600], [0, 0]],
    ['the answers', [0, 0], [600, 0]],
  ])('arrivals pressed one upon the other are all shown where %s are slow', async (_, before, after) => {
    const page = await open({ scripts: true, width: 1280 });
    await signIn(page, 'centre_staff');
    await page.waitForURL('**/days/**');
    const answered = await slowly(page, before, after);
    const buttons = page.locator('form[action*="/arrival"] button');
    const due = await buttons.count();
    expect(due).toBeGreaterThan(1);
    await buttons.nth(0).click();
    await buttons.nth(1).click();
    await expect.poll(answered).toBe(2);
    await page.waitForTimeout(200);
    expect(await buttons.count()).toBe(due - 2);
  });

  test('a search typed on a slow line ends with what was typed last', async () => {
    const page = await open({ scripts: true, width: 1280 });
    await signIn(page, 'centre_admin');
    await page.waitForURL('**/days/**');
    await page.goto(`${stage.app.url}/centres/${stage.centreId}/children`);
    await slowly(page, [2500, 0, 0], []);
    await page.locator('[name=search]').focus();
    for (const key of ['x', 'y', 'z']) {
      await page.keyboard.type(key);
      await page.waitForTimeout(600);
    }
    await page.waitForURL('**/children?search=xyz');
  });

  test('the error summary takes the focus and leads to the field', async () => {
    const page = await open({ scripts: true, width: 360 });
    await page.goto(`${stage.app.url}/sign-in?lang=en`);
    await page.locator('main form button').click();
    const link = page.locator('a[href="#f-login"]');
    await link.waitFor();
    await tabTo(page, link);
    await page.keyboard.press('Enter');
    expect(await page.locator('[name=login]').evaluate((element) => element.matches(':focus'))).toBe(true);
  });

  test('Back after a change gives a fresh full page', async () => {
    const page = await open({ scripts: true, width: 1280 });
    await signIn(page, 'centre_staff');
    await page.waitForURL('**/days/**');
    await page.locator('form[action*="/arrival"] button').first().click();
    await page.locator('text=/arrived 08:34/').nth(1).waitFor();
    await page.goto(`${stage.app.url}/account`);
    await page.goBack();
    expect(await page.locator('header').count()).toBeGreaterThan(0);
    expect(await page.locator('text=/arrived 08:34/').count()).toBeGreaterThan(1);
  });
});

describe('the weight of pages', () => {
  test("a guardian's first page is at most 100 KB over the wire, a repeat at most 15 KB, nothing from elsewhere", async () => {
    const page = await open({ scripts: true, width: 360 });
    await signIn(page, 'guardian');
    const context = page.context();
    const session = await context.newCDPSession(page);
    await session.send('Network.enable');
    await session.send('Network.clearBrowserCache');
    let bytes = 0;
    const elsewhere: string[] = [];
    session.on('Network.loadingFinished', (event) => (bytes += event.encodedDataLength));
    page.on('request', (request) => {
      if (!request.url().startsWith(stage.app.url) && !request.url().startsWith('data:'))
        elsewhere.push(request.url());
    });
    await page.goto(`${stage.app.url}/children`, { waitUntil: 'networkidle' });
    const first = bytes;
    bytes = 0;
    await page.goto(`${stage.app.url}/children`, { waitUntil: 'networkidle' });
    expect(first).toBeLessThanOrEqual(100_000);
    expect(bytes).toBeLessThanOrEqual(15_000);
    expect(elsewhere).toEqual([]);
  });
});
