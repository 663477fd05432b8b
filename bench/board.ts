import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addDays, dateAt, instant, startOfWeek } from '../src/domain/calendar.ts';
import { formatTime } from '../src/domain/slots.ts';
import { openSqliteClient } from '../src/data/sqlite.ts';
import { ServerProcess } from '../test/support/server-process.ts';
import { AS_RUN, FORM, signIn, writeDemo } from './demo.ts';
import type { Figure } from './harness.ts';
import { Client, quantile } from './load.ts';

const NOW = instant('2027-02-03T04:30:00.000Z');
const EDITS = 120;
const PUBLICATIONS = 12;
const WARMING = 20;

interface ShiftRow {
  readonly id: number;
  readonly staff: number;
  readonly date: string;
  readonly start: number;
  readonly end: number;
}

/** A board that is edited by pointer or keys, and weeks that are published, at the demo's largest centre. */
export async function benchBoard(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'kundiz-board-'));
  const file = join(folder, 'demo.db');
  try {
    await writeDemo(file, NOW);
    await using server = await ServerProcess.start({
      DATABASE_URL: `file:${file}`,
      KUNDIZ_NOW: NOW,
      ...AS_RUN,
    });
    using client = new Client(server.url, 1);
    const raw = openSqliteClient(file, true);
    const centreId = raw.prepare<[], { id: number }>('select min(id) as id from centre').get()!.id;
    const staff = raw
      .prepare<[number], { n: number }>('select count(*) as n from staff where centre_id = ?')
      .get(centreId)!.n;
    const cookie = await signIn(client, 'admin@demo.kz');
    const headers = { ...FORM, cookie, accept: 'text/html' };
    let number = 0;
    const post = async (path: string, fields: Readonly<Record<string, string>>, more = {}) => {
      const body = new URLSearchParams({ ...fields, operation: `bench-${number++}` }).toString();
      return await client.ask({ method: 'POST', path, headers: { ...headers, ...more }, body });
    };
    const versionOf = (rosterId: number) =>
      String(
        raw.prepare<[number], { v: number }>('select version as v from roster where id = ?').get(rosterId)!.v,
      );
    const monday = addDays(startOfWeek(dateAt(NOW)), 7);
    const rosters = `/centres/${centreId}/rosters`;
    /** What holds in the next week, as a draft. */
    const copied = async (): Promise<number> => {
      const answer = await post(`${rosters}/copies`, { week: monday, weeks: '1' });
      const id = Number(/rosters\/(\d+)/.exec(String(answer.headers['location']))?.[1]);
      if (answer.status !== 303 || !id) throw new Error(`a copy was answered ${answer.status}`);
      return id;
    };

    const draft = await copied();
    const partial = { 'hx-request': 'true', 'hx-request-type': 'partial', 'hx-target': 'section#board' };
    const shifts = raw
      .prepare<[number], ShiftRow>(
        `select id, staff_id as staff, date, from_half_hour as start, to_half_hour as "end" from shift
         where roster_id = ? order by id`,
      )
      .all(draft);
    const edits: number[] = [];
    let kept = 0;
    for (let edit = 0; edit < EDITS + WARMING; edit++) {
      // Each is shortened by half an hour and put back: what the rules refuse is an answer too.
      const { id, staff: who, date, start, end } = shifts[Math.floor(edit / 2) % shifts.length]!;
      const to = edit % 2 === 0 ? end - 1 : end;
      const fields = { staff: String(who), date, from: formatTime(start), to: formatTime(to) };
      const began = performance.now();
      const answer = await post(
        `${rosters}/${draft}/shifts/${id}/move`,
        { ...fields, version: versionOf(draft) },
        partial,
      );
      let shown = answer;
      if (answer.status === 303) {
        kept += 1;
        shown = await client.ask({
          path: String(answer.headers['location']),
          headers: { ...headers, ...partial },
        });
      }
      if (!shown.text.includes('id="board"'))
        throw new Error(`an edit was answered ${answer.status}, ${shown.status}`);
      if (edit >= WARMING) edits.push(performance.now() - began);
    }
    if (kept < EDITS / 2) throw new Error(`only ${kept} edits were kept`);

    const publications: number[] = [];
    for (let round = 0; round < PUBLICATIONS; round++) {
      const rosterId = await copied();
      const began = performance.now();
      const answer = await post(`${rosters}/${rosterId}/publication`, { version: versionOf(rosterId) });
      publications.push(performance.now() - began);
      if (answer.status !== 303) throw new Error(`a publication was answered ${answer.status}`);
    }
    raw.close();
    return [
      {
        name: `an edit on the board of a week with ${staff} staff, saved and drawn anew, p95`,
        value: quantile(edits, 0.95),
        unit: 'ms',
        atMost: 100,
        detail: `p50 ${quantile(edits, 0.5).toFixed(0)}; ${kept} of ${EDITS + WARMING} kept`,
      },
      {
        name: `publishing a week of ${staff} staff with its places, median`,
        value: quantile(publications, 0.5),
        unit: 'ms',
        atMost: 200,
        detail: `slowest ${Math.max(...publications).toFixed(0)}`,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
