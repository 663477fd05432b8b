import { launchBrowser } from '../test/support/browser.ts';
import { createStage, PASSWORD } from '../test/support/stage.ts';
import type { Figure } from './harness.ts';

const ROUNDS = 3;
/** A cheap phone on a poor line: 1.6 Mbit/s down, 750 kbit/s up, 150 ms there and back, a quarter of this processor. */
const LINE = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 93_750 };
const SLOWER = 4;

/** From the tap to the largest content drawn, on a phone with nothing stored, for the pages a family opens first. */
export async function benchPhone(): Promise<Figure[]> {
  await using stage = await createStage();
  const browser = await launchBrowser();
  try {
    const pages = {
      'sign-in': '/sign-in',
      "a guardian's home": '/children',
      'find hours': `/children/${stage.childId}/hours`,
      'public places': '/places/75',
    };
    const figures: Figure[] = [];
    for (const [name, path] of Object.entries(pages)) {
      const times: number[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        const context = await browser.newContext({ viewport: { width: 360, height: 780 } });
        const page = await context.newPage();
        if (path.startsWith('/children')) {
          await page.goto(`${stage.app.url}/sign-in`);
          await page.fill('[name=login]', 'guardian@example.kz');
          await page.fill('[name=password]', PASSWORD);
          await page.click('main form button');
          await page.waitForURL('**/children');
        }
        const session = await context.newCDPSession(page);
        await session.send('Network.enable');
        await session.send('Network.clearBrowserCache');
        await session.send('Network.emulateNetworkConditions', LINE);
        await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
        await page.goto(`${stage.app.url}${path}`, { waitUntil: 'load' });
        times.push(await page.evaluate(largestContent));
        await context.close();
      }
      const value = times.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? Infinity;
      figures.push({ name: `content of ${name} on a slow phone`, value, unit: 's', atMost: 3 });
    }
    return figures;
  } finally {
    await browser.close();
  }
}

/** Runs in the page. Seconds from the start of the navigation to the largest thing drawn. */
function largestContent(): Promise<number> {
  return new Promise((resolve) => {
    new PerformanceObserver((list) => {
      const last = list.getEntries().at(-1);
      if (last !== undefined) resolve(last.startTime / 1000);
    }).observe({ type: 'largest-contentful-paint' as never, buffered: true });
  });
}
