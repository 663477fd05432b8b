import { setTimeout as wait } from 'node:timers/promises';
import type { Browser, Locator, Page } from 'playwright-core';

/** How somebody uses a page: what a story does with it is told once, and done by fingers or by keys alone. */
export interface Hands {
  readonly page: Page;
  press(target: Locator): Promise<void>;
  write(target: Locator, text: string): Promise<void>;
  /** A date as YYYY-MM-DD. */
  writeDate(target: Locator, date: string): Promise<void>;
  choose(target: Locator, value: string): Promise<void>;
  tick(target: Locator): Promise<void>;
}

/** Presses Tab until the element has the focus: what cannot be reached by keyboard fails here. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 150; presses++) {
    if (await target.evaluate((element) => element.matches(':focus'))) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`not reached by keyboard: ${target.toString()}`);
}

/** A phone's browser that runs no scripts. */
export async function fingers(browser: Browser, width: number): Promise<Hands> {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width, height: 800 } });
  const page = await context.newPage();
  return {
    page,
    press: (target) => target.click(),
    write: (target, text) => target.fill(text),
    writeDate: (target, date) => target.fill(date),
    choose: async (target, value) => void (await target.selectOption(value)),
    tick: (target) => target.check(),
  };
}

/** A browser of which nobody touches the mouse. */
export async function keys(browser: Browser, width: number): Promise<Hands> {
  const context = await browser.newContext({ viewport: { width, height: 800 } });
  const page = await context.newPage();
  const focus = async (target: Locator) => {
    await target.waitFor({ state: 'attached' });
    await tabTo(page, target);
  };
  return {
    page,
    async press(target) {
      await focus(target);
      await page.keyboard.press('Enter');
    },
    async write(target, text) {
      await focus(target);
      await page.keyboard.press('ControlOrMeta+A');
      await page.keyboard.type(text);
    },
    async writeDate(target, date) {
      await focus(target);
      const [year = '', month = '', day = ''] = date.split('-');
      await page.keyboard.type(`${month}${day}${year}`);
    },
    async choose(target, value) {
      await focus(target);
      const options = await target
        .locator('option')
        .evaluateAll((all) => all.map((each) => each.getAttribute('value')));
      await page.keyboard.press('Home');
      for (let at = 0; at < options.length && (await target.inputValue()) !== value; at++) {
        await page.keyboard.press('ArrowDown');
        await wait(5);
      }
    },
    async tick(target) {
      await focus(target);
      if (!(await target.isChecked())) await page.keyboard.press('Space');
    },
  };
}
