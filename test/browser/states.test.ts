import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '../../src/domain/people.ts';
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

interface Look {
  readonly lang: string;
  readonly width: number;
  readonly dark: boolean;
}

/** Each state is seen in one of these, by turns: all twelve are seen, no state takes twelve times as long. */
const LOOKS: Look[] = ['kk', 'ru', 'en'].flatMap((lang) =>
  [360, 1280].flatMap((width) => [false, true].map((dark) => ({ lang, width, dark }))),
);

interface State {
  readonly who?: Role;
  readonly path: () => string;
  /** What to do there; sends the form as it stands unless told. */
  readonly act?: (page: Page) => Promise<void>;
  /** What shows that the state is reached. */
  readonly shows: string;
}

const send = async (page: Page) => {
  await page.locator('main form[method=post] button:not([name=taps])').last().click();
};
const nothing = async () => {};
const SUMMARY = '.error-summary';
const centre = (rest: string) => () => `/centres/${stage.centreId}${rest}`;
const child = (rest: string) => () => `/children/${stage.childId}${rest}`;

/** Main forms and lists when something is wrong, missing, empty or full. */
const STATES: Record<string, State> = {
  'a page that is not there': { path: () => '/nowhere', act: nothing, shows: 'main h1' },
  'a room that is not mine': { who: 'guardian', path: centre('/days/today'), act: nothing, shows: 'main h1' },
  'signing in with nothing': { path: () => '/sign-in', shows: SUMMARY },
  'a code without a telephone': { path: () => '/sign-in/code', shows: SUMMARY },
  'an empty application': { path: () => `/places/75/${stage.centreId}/application`, shows: SUMMARY },
  'a region without centres': { path: () => '/places/10', act: nothing, shows: '.empty' },
  'a workday without days': {
    who: 'guardian',
    path: () => '/workday',
    async act(page) {
      for (const day of await page.locator('[name=days]').all()) await day.uncheck();
      await send(page);
    },
    shows: SUMMARY,
  },
  'a booking on a day that is taken': {
    who: 'guardian',
    path: () => `${child('/bookings/new')()}?group=${stage.groupId}&date=2027-02-04`,
    shows: SUMMARY,
  },
  'a full day and what is free around it': {
    who: 'guardian',
    path: () => child(`/groups/${stage.groupId}/days?from=2027-02-01`)(),
    act: nothing,
    shows: 'main .halves',
  },
  'no hours that fit': {
    who: 'guardian',
    path: child('/hours?region=10'),
    act: nothing,
    shows: '.empty',
  },
  'a month without bookings': {
    who: 'guardian',
    path: () => '/bookings?month=2027-12-01',
    act: nothing,
    shows: 'main :is(.empty, .hint, p.muted)',
  },
  'a telephone that is none': { who: 'guardian', path: () => '/account/phone', shows: SUMMARY },
  'a new child without a name': { who: 'centre_staff', path: centre('/children/new'), shows: SUMMARY },
  'nobody of that name': {
    who: 'centre_staff',
    path: centre('/children?search=zzz'),
    act: nothing,
    shows: '.empty',
  },
  'a full board': {
    who: 'centre_staff',
    path: centre('/days/2027-02-03'),
    act: nothing,
    shows: 'table.board',
  },
  'a closed day on the board': {
    who: 'centre_staff',
    path: centre('/days/2027-02-06'),
    act: nothing,
    shows: 'main h1',
  },
  'no applications': {
    who: 'centre_staff',
    path: centre('/applications'),
    act: nothing,
    shows: 'main :is(.empty, p.muted)',
  },
  'a closure without a reason': { who: 'centre_admin', path: centre('/closures'), shows: SUMMARY },
  'a group without a name': { who: 'centre_admin', path: centre('/groups/new'), shows: SUMMARY },
  'an emergency that nobody is sure of': {
    who: 'centre_admin',
    path: centre('/closures/emergency'),
    shows: SUMMARY,
  },
  'a period that ends before it begins': {
    who: 'regional_manager',
    path: () => '/regions/75/occupancy?from=2027-02-08&to=2027-02-01&by=week',
    act: nothing,
    shows: SUMMARY,
  },
  'a new centre without anything': { who: 'system_admin', path: () => '/centres/new', shows: SUMMARY },
};

async function enter(look: Look, who: Role | undefined): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: look.width, height: 800 },
    colorScheme: look.dark ? 'dark' : 'light',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  await page.goto(`${stage.app.url}/sign-in?lang=${look.lang}`);
  if (who === undefined) return page;
  await page.fill('[name=login]', `${who}@example.kz`);
  await page.fill('[name=password]', PASSWORD);
  await page.click('main form.form button');
  await page.waitForURL((url) => url.pathname !== '/sign-in');
  return page;
}

describe('states', () => {
  const rows = Object.entries(STATES).map(([name, state], at) => ({
    name,
    state,
    look: LOOKS[(at * 5) % LOOKS.length]!,
  }));
  test.each(rows)('$name, in $look.lang at $look.width px, dark: $look.dark', async ({ state, look }) => {
    const page = await enter(look, state.who);
    await page.goto(stage.app.url + state.path());
    await (state.act ?? send)(page);
    await page.locator(state.shows).first().waitFor();
    const { violations } = await new AxeBuilder({ page }).analyze();
    const wider = await page.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth);
    await page.context().close();
    expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html.slice(0, 200)}`)).toEqual([]);
    if (look.width === 360) expect(wider).toBe(0);
  });
});
