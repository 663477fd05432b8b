import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '../../src/domain/people.ts';
import { launchBrowser } from '../support/browser.ts';
import { createStage, PASSWORD, type Stage } from '../support/stage.ts';

let stage: Stage;
let browser: Browser;

beforeAll(async () => {
  stage = await createStage();
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
  await stage[Symbol.asyncDispose]();
});

async function signedIn(
  role: Role | undefined,
  look: { lang: string; width: number; dark: boolean },
): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: look.width, height: 800 },
    colorScheme: look.dark ? 'dark' : 'light',
  });
  const page = await context.newPage();
  await page.goto(`${stage.app.url}/sign-in?lang=${look.lang}`);
  if (role !== undefined) {
    await page.fill('[name=login]', `${role}@example.kz`);
    await page.fill('[name=password]', PASSWORD);
    await page.click('main form button');
    await page.waitForURL((url) => url.pathname !== '/sign-in');
  }
  return page;
}

/** The same page with other ids and dates is the same page. */
const kindOf = (path: string) =>
  path
    .replace(/\?.*$/, '')
    .replaceAll(/\d{4}-\d{2}-\d{2}/g, 'DATE')
    .replace(/\/timesheets\/(\d{4}-\d{2}|current)/, '/timesheets/MONTH')
    .replaceAll(/\/\d+/g, '/ID')
    .replaceAll(/\/(today|DATE)/g, '/DAY');

/** More kinds of page than any role has: a crawl that ends here is not whole. */
const MOST_PAGES = 120;

/** The narrowest that a page must fit without sideways scrolling (WCAG 2.2, 1.4.10 Reflow). */
const NARROWEST = 320;

/** How many pixels a page is wider than a screen of some width. */
async function wider(page: Page, width: number): Promise<number> {
  const usual = page.viewportSize()!;
  await page.setViewportSize({ ...usual, width });
  const pixels = await page.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth);
  await page.setViewportSize(usual);
  return pixels;
}

/** Follows every link of ours, one page of each kind, and looks at each: no error, no violation, no sideways scrolling. */
async function lookAround(page: Page): Promise<{ found: string[]; left: string[] }> {
  const found: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') found.push(`${page.url()}: ${message.text()}`);
  });
  const queue = [new URL(page.url()).pathname];
  const seen = new Set<string>([kindOf(queue[0]!)]);
  for (let pages = 0; queue.length > 0 && pages < MOST_PAGES; pages++) {
    const next = queue.shift()!;
    const answer = await page.goto(`${stage.app.url}${next}`);
    if (answer === null) continue;
    if (!answer.ok()) found.push(`${next}: ${answer.status()}`);
    const { violations } = await new AxeBuilder({ page }).analyze();
    for (const { id, nodes } of violations) found.push(`${next}: ${id} ${nodes[0]?.html.slice(0, 200)}`);
    const pixels = await wider(page, NARROWEST);
    if (pixels > 0) found.push(`${next}: ${pixels} px wider than a screen of ${NARROWEST}`);
    const links = await page
      .locator('a[href^="/"]')
      .evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
    for (const link of links) {
      if (link.includes('lang=') || /\.(csv|xlsx)/.test(link) || seen.has(kindOf(link))) continue;
      seen.add(kindOf(link));
      queue.push(link);
    }
  }
  return { found, left: queue };
}

const LOOKS = [
  { lang: 'kk', width: 360, dark: false },
  { lang: 'ru', width: 1280, dark: false },
  { lang: 'en', width: 360, dark: true },
] as const;
const WHO: (Role | undefined)[] = [
  undefined,
  'guardian',
  'centre_staff',
  'centre_admin',
  'regional_manager',
  'system_admin',
];

describe.each(LOOKS)('in $lang at $width px, dark: $dark', (look) => {
  // Two at a time: while one page is drawn and looked at, the app makes the other.
  test.concurrent.each(WHO)('every page of %s', async (role) => {
    const page = await signedIn(role, look);
    const { found, left } = await lookAround(page);
    await page.context().close();
    expect(found).toEqual([]);
    expect(left).toEqual([]);
  });
});
