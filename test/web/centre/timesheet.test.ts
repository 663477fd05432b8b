import readXlsxFile from 'read-excel-file/node';
import { expect, test } from 'vitest';
import { plainDate } from '../../../src/domain/calendar.ts';
import { decideLeave, requestLeave } from '../../../src/use-cases/leave.ts';
import { TestApp } from '../../support/app.ts';
import { MONDAY, THURSDAY, TUESDAY, WEDNESDAY } from '../../support/centre-stage.ts';
import { at as moment, clock } from '../../support/clocking-stage.ts';
import { expectAccess, PageStage, textOf } from '../../support/page-stage.ts';
import { RosterStage, shift } from '../../support/roster-stage.ts';
import { World } from '../../support/world.ts';

const MARCH = moment(plainDate('2027-03-01'), '09:00');

/** A week of two people in February: one is ill on Thursday and forgot "left" on Tuesday. */
async function february() {
  const stage = await RosterStage.create();
  const { world, groupId } = stage;
  const person = await world.person('centre_staff', { centreId: stage.centreId });
  const aigul = await stage.staff({ name: 'Synthetic Aigul', personId: person.personId });
  const berik = await stage.staff({
    name: 'Synthetic Berik',
    post: 'nurse',
    overtimeConsentOn: plainDate('2026-01-01'),
  });
  await stage.published(MONDAY, THURSDAY, [
    ...[MONDAY, TUESDAY, WEDNESDAY, THURSDAY].map((date) => shift(aigul, date, groupId)),
    shift(berik, MONDAY, groupId, { from: 16, to: 37 }),
  ]);
  const { id: leaveId } = await world.act(stage.admin, requestLeave, {
    staffId: aigul,
    startsOn: THURSDAY,
    endsOn: THURSDAY,
    kind: 'sick',
  });
  await world.act(stage.admin, decideLeave, { staffId: aigul, leaveId, outcome: 'approved' });
  await clock(stage, aigul, MONDAY, '08:00-16:30');
  await clock(stage, berik, MONDAY, '08:00-18:45');
  await clock(stage, aigul, TUESDAY, '08:20-');
  await clock(stage, aigul, WEDNESDAY, '08:10-16:30');
  world.now = MARCH;
  return { stage, person, aigul, berik };
}

test('the month has its codes, hours and sums; the files hold the same numbers', async () => {
  const { stage, aigul } = await february();
  await using at = stage;
  await using app = await TestApp.start(at.world);
  const admin = await app.as(at.admin);
  const address = `/centres/${at.centreId}/timesheets/2027-02`;
  const text = textOf(await admin.get(address));
  expect(text).toContain('Timesheet, February 2027');
  expect(text).toContain('form 421');
  // Monday 8 hours, Tuesday open, Wednesday 7 h 50, ill on Thursday.
  expect(text).toMatch(/Synthetic Aigul .*? Ф 8 НН Unexplained \? no “left” Ф 7\.83 Б Sick leave/);
  expect(text).toMatch(/Synthetic Berik .*? Ф 10 С 2/);
  expect(text).toContain('2 of 12 h 2 of 120 h');
  expect(text).toContain('1 day lacks a “came” or “left”');
  expect(text).toContain('check against form 421');

  const { bytes, headers } = await admin.download(`${address}/sheet.xlsx`);
  expect(headers.get('content-disposition')).toContain('timesheet-421-2027-02.xlsx');
  const [{ data: rows }] = (await readXlsxFile(bytes)) as unknown as [{ data: (string | number | null)[][] }];
  const first = rows.findIndex((row) => row[1] === 'Synthetic Aigul');
  const [heads, codes, hours] = [rows.find((row) => row[0] === '№')!, rows[first]!, rows[first + 1]!];
  const of = (row: (string | number | null)[], head: string | number) => row[heads.indexOf(head)];
  expect(heads.filter((head) => typeof head === 'number')).toEqual(
    Array.from({ length: 28 }, (_, day) => day + 1),
  );
  expect([8, 9, 10, 11, 13].map((day) => of(codes, day))).toEqual(['Ф', 'НН', 'Ф', 'Б', 'В']);
  expect([8, 9, 10, 11].map((day) => of(hours, day) ?? null)).toEqual([8, null, 7.83, null]);
  expect(of(codes, 'Hours worked')).toBe(15.83);
  // Every sum of every row is told on paper as the file has it.
  const numbers = (shown: string, name: string, sum: RegExp) =>
    shown
      .split('<tr>')
      .find((each) => each.includes(name))!
      .match(sum)!
      .map((cell) => Number(cell.replaceAll(/<[^>]+>/g, '')));
  const paper = (await admin.get(`${address}/print`)).text;
  const row = (name: string) => numbers(paper, name, /<td class="num">[\d.]+<\/td>/g);
  const sumsOf = (cells: (string | number | null)[]) => cells.slice(4 + 28, 4 + 28 + 13);
  expect(row('Synthetic Aigul')).toEqual(sumsOf(codes));
  expect(row('Synthetic Berik')).toEqual(sumsOf(rows.find((each) => each[1] === 'Synthetic Berik')!));
  const all = sumsOf(rows.find((each) => each[1] === 'Total')!);
  expect(all[1]).toBe(25.83);
  // A screen has the first three beside the name, before the days, and after the days those that are not empty.
  const screen = (await admin.get(address)).text;
  const aigulOnScreen = (sum: RegExp) => numbers(screen, 'Synthetic Aigul', sum);
  expect(aigulOnScreen(/<td class="num"><b>[\d.]+<\/b><\/td>/g)).toEqual(sumsOf(codes).slice(0, 3));
  expect(screen.indexOf('Hours worked')).toBeLessThan(screen.indexOf('1<br>'));
  expect(aigulOnScreen(/<td class="num">[\d.]+<\/td>/g)).toEqual(
    sumsOf(codes).filter((_, place) => place >= 3 && all[place] !== 0),
  );

  const csv = await admin.get(`${address}/sheet.csv`);
  const line = csv.text.split('\r\n').find((each) => each.includes('Synthetic Aigul'))!;
  expect(line.split(';').slice(4 + 28, 4 + 28 + 3)).toEqual(['2', '15.83', '32']);
  expect(textOf(await admin.get(`${address}/print`))).toContain('Responsible person');
  expect((await admin.get(`${address}/staff/${aigul}`)).status).toBe(200);
});

test('what was forgotten counts once a person confirms it; then the month closes and is frozen', async () => {
  const { stage, aigul } = await february();
  await using at = stage;
  await using app = await TestApp.start(at.world);
  const admin = await app.as(at.admin);
  const address = `/centres/${at.centreId}/timesheets/2027-02`;
  const person = `${address}/staff/${aigul}`;
  const early = await admin.post(`${address}/closing`);
  expect([early.status, textOf(early).includes('cannot be closed yet: 1 day lacks')]).toEqual([409, true]);

  const shown = await admin.get(person);
  expect(textOf(shown)).toContain('09.02.2027 · no “left”');
  const without = await admin.post(`${person}/confirmation`, { dates: '2027-02-09', reason: ' ' });
  expect([without.status, without.text.includes('href="#f-reason"')]).toEqual([422, true]);
  const confirmed = await admin.submit(`${person}/confirmation`, {
    dates: '2027-02-09',
    reason: 'Was here until the end',
  });
  expect(textOf(confirmed)).toContain('The days count as planned');
  expect(textOf(confirmed)).toContain('came 08:20 left 16:30 Was here until the end');
  expect(textOf(confirmed)).toContain('23.5');

  expect(textOf(await admin.submit(`${address}/closing`))).toContain('The month is closed.');
  const again = await admin.post(`${address}/closing`);
  expect([again.status, textOf(again).includes('closed already')]).toEqual([409, true]);
  const frozen = await admin.post(`${person}/clockings`, {
    date: '2027-02-12',
    time: '08:00',
    direction: 'in',
    note: 'x',
  });
  expect([frozen.status, textOf(frozen).includes('The month of this day is closed')]).toEqual([422, true]);

  // What changes afterwards leaves the closed lines alone.
  const { id } = await at.world.act(at.admin, requestLeave, {
    staffId: aigul,
    startsOn: plainDate('2027-02-22'),
    endsOn: plainDate('2027-02-28'),
    kind: 'annual',
  });
  await at.world.act(at.admin, decideLeave, { staffId: aigul, leaveId: id, outcome: 'approved' });
  expect(textOf(await admin.get(person))).not.toContain('О Annual leave');

  const silent = await admin.post(`${address}/reopening`, { note: '' });
  expect([silent.status, silent.text.includes('href="#f-note"')]).toEqual([422, true]);
  const open = textOf(await admin.submit(`${address}/reopening`, { note: 'Leave came late' }));
  expect(open).toMatch(
    /Closed 01\.03\.2027 09:00, Synthetic centre_admin \d+\. Opened again 01\.03\.2027 09:00/,
  );
  expect(textOf(await admin.get(person))).toContain('О Annual leave');
  const twice = await admin.post(`${address}/reopening`, { note: 'x' });
  expect([twice.status, textOf(twice).includes('open already')]).toEqual([409, true]);
});

test('a record is corrected by withdrawing it and writing another, with the reason; both stay to be seen', async () => {
  const { stage, aigul } = await february();
  await using at = stage;
  await using app = await TestApp.start(at.world);
  const admin = await app.as(at.admin);
  const person = `/centres/${at.centreId}/timesheets/2027-02/staff/${aigul}`;
  const shown = await admin.get(person);
  const link = /href="([^"]*clocking=(\d+)#correction)">came 08:10/.exec(shown.text)!;
  const [, href = '', clockingId = ''] = link;
  expect(textOf(await admin.get(href.replace('#correction', '')))).toContain('10.02.2027: came 08:10');
  const odd = await admin.post(`${person}/correction`, { clockingId, time: '25:00', note: 'x' });
  expect([odd.status, odd.text.includes('value="25:00"')]).toEqual([422, true]);
  const after = await admin.post(`${person}/correction`, { clockingId, time: '17:00', note: 'x' });
  expect([after.status, textOf(after).includes('10.02.2027: came 08:10')]).toEqual([422, true]);
  expect(textOf(after)).toContain('between the record before it and the one after it');
  const done = textOf(
    await admin.submit(`${person}/correction`, { clockingId, time: '08:00', note: 'Tapped late' }),
  );
  expect(done).toContain('came 08:00 Tapped late');
  expect(done).toContain('came 08:10 withdrawn');
  expect(done).toMatch(/10\.02 Wed 08:00–16:30 .*? left 16:30 8 Ф/);

  const add = (form: Record<string, string>) =>
    admin.post(`${person}/clockings`, {
      date: '2027-02-12',
      time: '08:00',
      direction: 'in',
      note: 'x',
      ...form,
    });
  expect(textOf(await add({ direction: 'out' }))).toContain('There is no “came” before');
  expect(textOf(await add({ date: '2027-03-01', time: '23:00' }))).toContain('has not come yet');
  expect(textOf(await add({ note: '' }))).toContain('Say the reason');
  expect((await add({ time: '8' })).status).toBe(422);
  expect((await add({})).status).toBe(303);
  expect((await add({})).status).toBe(422);
  const foreign = await admin.post(`${person}/correction`, { clockingId: '999999', note: 'x' });
  expect(foreign.status).toBe(404);
});

test('months that do not exist are no pages; one ahead cannot be closed', async () => {
  await using at = await RosterStage.create();
  await using app = await TestApp.start(at.world);
  const admin = await app.as(at.admin);
  const of = (month: string) => `/centres/${at.centreId}/timesheets/${month}`;
  for (const month of ['13', '2027-13', '2027-2', '1850-01', 'x'])
    expect((await admin.get(of(month))).status, month).toBe(404);
  expect(textOf(await admin.get(of('current')))).toContain('February 2027');
  const ahead = await admin.get(of('2027-06'));
  expect([ahead.status, textOf(ahead).includes('has not begun')]).toEqual([200, true]);
  for (const month of ['2027-06', '2027-02']) {
    const refused = await admin.post(`${of(month)}/closing`);
    expect([refused.status, textOf(refused).includes('not over yet')]).toEqual([422, true]);
  }
});

test('a centre’s timesheet is its administrator’s; everybody sees their own', async () => {
  const { stage, person, berik } = await february();
  await using at = stage;
  const { world } = at;
  await using app = await TestApp.start(world);
  const other = await world.person('centre_admin', { centreId: await world.centre() });
  for (const end of ['', '/print', '/sheet.csv'])
    await expectAccess(app, `/centres/${at.centreId}/timesheets/2027-02${end}`, {
      allowed: [at.admin, await world.person('system_admin')],
      forbidden: [person, at.mother],
      missing: [other],
    });
  const theirs = `/centres/${other.centreId}/timesheets/2027-02/staff/${berik}`;
  expect((await (await app.as(other)).get(theirs)).status).toBe(404);
  const me = await app.as(person);
  const mine = textOf(await me.get('/shifts/timesheet?month=2027-02'));
  expect(mine).toContain('Hours worked 15.83 Hours planned 32');
  expect(mine).toContain('10.02 Wed 08:00–16:30 came 08:10 left 16:30 7.83 Ф');
  expect(mine).not.toContain('Berik');
  expect((await me.get('/shifts/timesheet?month=13')).status).toBe(200);
  const nobody = await app.as(await world.person('centre_staff', { centreId: at.centreId }));
  expect(textOf(await nobody.get('/shifts/timesheet'))).toContain('not linked to a contract');
});

test('an empty centre has an empty sheet', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  const admin = await app.as(stage.admin);
  expect(textOf(await admin.get(`/centres/${stage.centreId}/timesheets/2027-01`))).toContain(
    'Nobody worked here',
  );
  const { status } = await admin.download(`/centres/${stage.centreId}/timesheets/2027-01/sheet.xlsx`);
  expect(status).toBe(200);
});
