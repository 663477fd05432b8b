import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listOffers } from '../../src/data/offers.ts';
import { acceptOffer } from '../../src/use-cases/offers.ts';
import { launchBrowser } from '../support/browser.ts';
import { DAYS, DAYS_TEXT, jobs, liveOffers, otherFamily, taken, waitsFor } from '../support/queue-stage.ts';
import { createStage, PASSWORD, type Stage } from '../support/stage.ts';

let stage: Stage;
let browser: Browser;
let family: string[];
let centre: string[];
let full: number;

beforeAll(async () => {
  [stage, browser] = await Promise.all([createStage(), launchBrowser()]);
  const { world, actors, centreId, childId } = stage;
  const mother = actors.guardian;
  const groups = [];
  for (let each = 0; each < 4; each++) groups.push(await world.group(centreId, { room: 1 }));
  const [partly, free, given] = groups as [number, number, number];
  full = groups[3]!;
  await taken(world, partly, { kind: 'weekly', days: { mon: [17, 27] } });
  await taken(world, full, DAYS);
  const first = await otherFamily(world);
  await waitsFor(world, first.guardian, first.childId, [full]);
  const waiting = await waitsFor(world, mother, childId, [partly, full]);
  await waitsFor(world, mother, await world.child(mother), [free]);
  const placed = await waitsFor(world, mother, await world.child(mother), [given]);
  await jobs(world);
  const [live] = await liveOffers(world, free);
  const [taking] = await world.database.read((tx) => listOffers(tx, { entryId: placed }));
  await world.act(mother, acceptOffer, { offerId: taking!.id, channel: 'page' });
  const list = `/children/${childId}/waiting-list`;
  const pattern = `pattern=${encodeURIComponent(DAYS_TEXT)}`;
  const asked = `${pattern}&startsOn=2027-03-01`;
  family = [
    '/children',
    `${list}/${waiting}`,
    `${list}/${waiting}/change`,
    `${list}/${waiting}/withdrawal`,
    `${list}/new`,
    `${list}/new?kind=dates`,
    `${list}/new?${pattern}`,
    `${list}/new?${asked}&ask=groups&group=${partly}&group=${free}`,
    `${list}/new?${asked}&group=${given}`,
    `/offers/${live!.id}`,
    `/offers/${taking!.id}`,
  ];
  centre = [
    `/centres/${centreId}/waiting-list?group=${full}&offered=none`,
    `/centres/${centreId}/offers`,
    `/centres/${centreId}/offers/${live!.id}`,
    `/centres/${centreId}/children/${childId}/waiting-list/new?${asked}`,
  ];
});

afterAll(async () => {
  await browser.close();
  await stage[Symbol.asyncDispose]();
});

async function signedIn(
  role: string,
  look: { lang: string; width: number; scripts?: boolean },
): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: look.width, height: 800 },
    javaScriptEnabled: look.scripts ?? true,
  });
  const page = await context.newPage();
  await page.goto(`${stage.app.url}/sign-in?lang=${look.lang}`);
  await page.fill('[name=login]', `${role}@example.kz`);
  await page.fill('[name=password]', PASSWORD);
  await page.click('main form button');
  await page.waitForURL((url) => url.pathname !== '/sign-in');
  return page;
}

describe('pages of the queue', () => {
  test.each([
    ['guardian', 'kk', 360],
    ['centre_staff', 'ru', 1280],
    ['centre_staff', 'kk', 360],
  ] as const)(
    'of a %s in %s at %i px: no violation, nothing wider than the screen',
    async (role, lang, width) => {
      const page = await signedIn(role, { lang, width });
      const found: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error') found.push(`${page.url()}: ${message.text()}`);
      });
      for (const path of role === 'guardian' ? family : centre) {
        const answer = await page.goto(`${stage.app.url}${path}`);
        if (!answer?.ok()) found.push(`${path}: ${answer?.status()}`);
        const { violations } = await new AxeBuilder({ page }).analyze();
        for (const { id, nodes } of violations) found.push(`${path}: ${id} ${nodes[0]?.html.slice(0, 200)}`);
        const scrolls = await page.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth);
        if (scrolls > 0) found.push(`${path}: ${scrolls} px wider than the screen`);
      }
      await page.context().close();
      expect(found).toEqual([]);
    },
  );

  test('with scripts off an offer is answered in two taps, and a full group is joined in two', async () => {
    const page = await signedIn('guardian', { lang: 'en', width: 360, scripts: false });
    await page.locator('a[href^="/offers/"]').first().click();
    await page.locator('form[action$="/acceptance"] button').click();
    expect(await page.locator('h1').innerText()).toBe('The place is yours');

    const other = await stage.world.child(stage.actors.guardian);
    await page.goto(`${stage.app.url}/children/${other}/hours?from=2027-03-08&region=all`);
    await page.locator(`a[href*="waiting-list/new"][href*="group=${full}"]`).first().click();
    await page.locator('main form button').last().click();
    expect(await page.locator('main').innerText()).toContain('Your child is on the waiting list.');
    await page.context().close();
  });
});
