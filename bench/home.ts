import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { addDays, plainDate } from '../src/domain/calendar.ts';
import { reportAbsence } from '../src/use-cases/absences.ts';
import { bookSeries } from '../src/use-cases/booking-series.ts';
import { setWorkday } from '../src/use-cases/workday.ts';
import { listBookings } from '../src/data/bookings.ts';
import { TestApp } from '../test/support/app.ts';
import { World } from '../test/support/world.ts';
import { medianRates, type Figure } from './harness.ts';
import { Client } from './load.ts';

const FAMILIES = 40;
const CHILDREN = 2;
const PAGES_A_ROUND = 200;
const ROUNDS = 12;
const IN_PARALLEL = 4;

/** Families as the demo has them: two children who come on most days, one of them ill today. */
async function prepare(world: World) {
  const groupId = await world.group(await world.centre(), { room: FAMILIES * CHILDREN });
  const mothers = [];
  for (let each = 0; each < FAMILIES; each++) {
    const mother = await world.guardian();
    mothers.push(mother);
    for (let child = 0; child < CHILDREN; child++) {
      const childId = await world.child(mother);
      await world.act(mother, bookSeries, {
        childId,
        groupId,
        pattern: { kind: 'weekly', days: { mon: [17, 35], tue: [17, 35], thu: [17, 35], fri: [17, 35] } },
        startsOn: plainDate('2027-02-04'),
        endsOn: addDays(plainDate('2027-02-04'), 60),
        ifFull: 'book_free',
      });
      if (child > 0) continue;
      const today = { childIds: [childId], from: plainDate('2027-02-04'), to: plainDate('2027-02-04') };
      const [first] = await world.database.read((tx) => listBookings(tx, today));
      await world.act(mother, reportAbsence, { bookingId: first!.id, kind: 'illness' });
    }
    const pattern = { kind: 'weekly', days: { mon: [18, 36], tue: [18, 36] } } as const;
    await world.act(mother, setWorkday, { pattern, commuteMinutes: 30 });
  }
  return mothers;
}

/** Express as it comes, EJS with its cache, and nothing else: no session, language, database or headers; so many bytes. */
async function bareServer(bytes: number) {
  const app = express();
  app.set('view engine', 'ejs');
  app.set('views', import.meta.dirname);
  app.enable('view cache');
  const line = {
    href: '/bookings/1234',
    day: 'дс, 8 ақпан',
    time: '08:30–17:30',
    place: 'Күндізгі болу орталығы · Топ',
    tone: 'good',
    state: 'жазылды',
  };
  let size = 0;
  const lines: (typeof line)[] = [];
  while (size < bytes) {
    lines.push(line);
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    app.render('bare-page', { title: 'Балалар', lines }, (error: Error | null, html) =>
      error ? reject(error) : resolve(html),
    );
    size = Buffer.byteLength(await promise);
  }
  app.get('/', (_req, res) => res.render('bare-page', { title: 'Балалар', lines }));
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, size };
}

/** A guardian's home through the whole app (session, rights, data, words, layout) against a bare page as large. */
export async function benchHome(): Promise<Figure[]> {
  await using world = await World.create({ dialect: 'sqlite' });
  const mothers = await prepare(world);
  await using app = await TestApp.start(world);
  const cookies: string[] = [];
  for (const mother of mothers) cookies.push(`kundiz=${(await app.as(mother)).cookie('kundiz')}; lang=kk`);
  using client = new Client(app.url, IN_PARALLEL);
  const home = await client.ask({ path: '/children', headers: { cookie: cookies[0]! } });
  const bytes = Buffer.byteLength(home.text);
  const bare = await bareServer(bytes);
  using other = new Client(bare.url, IN_PARALLEL);

  const all = async (ask: (at: number) => Promise<{ status: number }>) => {
    let at = 0;
    const one = async () => {
      while (at < PAGES_A_ROUND) {
        const { status } = await ask(at++);
        if (status !== 200) throw new Error(`answered ${status}`);
      }
    };
    await Promise.all(Array.from({ length: IN_PARALLEL }, one));
  };
  const [ours = 0, plain = 0] = await medianRates(ROUNDS, [
    {
      each: PAGES_A_ROUND,
      work: () =>
        all((at) => client.ask({ path: '/children', headers: { cookie: cookies[at % cookies.length]! } })),
    },
    { each: PAGES_A_ROUND, work: () => all(() => other.ask({ path: '/', headers: {} })) },
  ]);
  bare.server.close();
  const detail = `${ours.toFixed(0)} a second of ${bytes} bytes; bare ${plain.toFixed(0)} of ${bare.size}`;
  return [{ name: "guardian's home ÷ bare page", value: ours / plain, unit: '', atLeast: 0.4, detail }];
}
