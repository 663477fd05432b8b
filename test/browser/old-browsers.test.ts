import { readFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { asReadBy, type Age } from '../support/old-styles.ts';
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

const SMALLEST_TARGET = 24;

async function open(age: Age): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 360, height: 780 } });
  const page = await context.newPage();
  const css = asReadBy(age, readFileSync('public/app.css', 'utf8'));
  await page.route('**/assets/app.*.css', (route) => route.fulfill({ contentType: 'text/css', body: css }));
  page.setDefaultTimeout(10_000);
  await page.goto(`${stage.app.url}/sign-in?lang=kk`);
  return page;
}

/** What a tired parent would stumble over: sideways scrolling, faint words, fields without a label, tiny buttons. */
async function faultsOf(page: Page, path: string): Promise<string[]> {
  await page.goto(`${stage.app.url}${path}`);
  // What is folded away opens here too, and is then looked at like the rest.
  for (const fold of await page.locator('main details:not([open]) > summary').all()) await fold.click();
  const faults: string[] = [];
  const wider = await page.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth);
  if (wider > 0) faults.push(`${path}: ${wider} px wider than the screen`);
  const { violations } = await new AxeBuilder({ page })
    .options({ runOnly: ['color-contrast', 'label'] })
    .analyze();
  for (const { id, nodes } of violations) faults.push(`${path}: ${id} ${nodes[0]?.html.slice(0, 160)}`);
  for (const field of await page
    .locator('main :is(input:not([type=hidden], [type=radio], [type=checkbox]), select, textarea)')
    .all()) {
    const id = await field.getAttribute('id');
    if (!(await page.locator(`label[for="${id}"]`).first().isVisible()))
      faults.push(`${path}: no label for ${id}`);
  }
  for (const button of await page
    .locator('main :is(button, a.btn, input:not([type=hidden]), select)')
    .all()) {
    const box = await button.boundingBox();
    const radio = /radio|checkbox/.test((await button.getAttribute('type')) ?? '');
    // A radio is as large as the label that it stands in.
    if (box && !radio && Math.min(box.height, box.width) < SMALLEST_TARGET)
      faults.push(`${path}: ${box.width} × ${box.height} px: ${(await button.innerText()).slice(0, 40)}`);
  }
  return faults;
}

describe.each(['before layers', 'windows 7'] as const)('in a browser of %s', (age) => {
  test('public pages stay readable and their forms usable', async () => {
    const page = await open(age);
    const place = `/places/75/${stage.centreId}`;
    const faults: string[] = [];
    for (const path of [
      '/',
      '/sign-in',
      '/sign-in/code',
      '/places',
      '/places/75',
      place,
      `${place}/application`,
    ])
      faults.push(...(await faultsOf(page, path)));
    await page.context().close();
    expect(faults).toEqual([]);
  });

  test("a guardian's pages stay readable and their forms usable", async () => {
    const page = await open(age);
    await page.fill('[name=login]', 'guardian@example.kz');
    await page.fill('[name=password]', PASSWORD);
    await page.click('main form.form button');
    await page.waitForURL('**/children');
    const { childId, groupId } = stage;
    const paths = [
      '/children',
      `/children/${childId}`,
      `/children/${childId}/hours`,
      `/children/${childId}/hours/choice?group=${groupId}&from=2027-02-08`,
      `/children/${childId}/month`,
      `/children/${childId}/groups/${groupId}/days`,
      `/children/${childId}/bookings/new?group=${groupId}&date=2027-02-09`,
      '/bookings',
      '/workday',
      '/account',
    ];
    const faults: string[] = [];
    for (const path of paths) faults.push(...(await faultsOf(page, path)));
    await page.context().close();
    expect(faults).toEqual([]);
  });
});
