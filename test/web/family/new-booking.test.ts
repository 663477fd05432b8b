import { describe, expect, test } from 'vitest';
import { FamilyStage } from '../../support/family-stage.ts';

const DAY = '2027-02-09';
const ONCE = { date: DAY, from: '08:30', to: '16:30' };
const formPath = (at: FamilyStage, kind: string, date = DAY) =>
  `/children/${at.childId}/bookings/new?group=${at.groupId}&date=${date}&kind=${kind}`;
const sendPath = (at: FamilyStage, kind: string, date = DAY) =>
  `/children/${at.childId}/bookings?group=${at.groupId}&date=${date}&kind=${kind}`;
const summary = (text: string) => /<div class="error-summary"[^]*?<\/div>/.exec(text)?.[0] ?? '';

describe('one day', () => {
  test('from the free hours to the booking, which says where and when; a double tap books once', async () => {
    await using at = await FamilyStage.create();
    const form = await at.visitor.get(formPath(at, 'once'));
    expect(form.text).toContain('&lt;script&gt;x');
    expect(form.text).not.toContain('<script>x');
    const operation = /name="operation" value="([^"]+)"/.exec(
      form.text.slice(form.text.indexOf('<main')),
    )![1]!;
    const send = () => at.visitor.post(sendPath(at, 'once'), { ...ONCE, operation });
    const [first, second] = [await send(), await send()];
    expect([first.status, second.status, second.location]).toEqual([303, 303, first.location]);
    expect(await at.bookings()).toHaveLength(1);
    const page = await at.visitor.get(first.location);
    expect(page.text).toContain('08:30–16:30');
    expect(page.text).toContain('Мысал көшесі, 1');
  });

  test('the same form with other answers is another booking, not the first one again', async () => {
    await using at = await FamilyStage.create();
    const operation = 'one-key';
    await at.visitor.post(sendPath(at, 'once'), { ...ONCE, operation });
    const other = await at.visitor.post(sendPath(at, 'once'), { ...ONCE, to: '15:30', operation });
    expect(other.status).toBe(422);
    expect(await at.bookings()).toMatchObject([{ to: 33 }]);
  });

  test('the form offers the hours of the opening and begins with what is free', async () => {
    await using at = await FamilyStage.create({ room: 1 });
    await at.full(DAY, 16, 25);
    const form = await at.visitor.get(formPath(at, 'once'));
    expect(form.text).toContain('Open 08:00–18:30');
    expect(form.text).toContain('Full: 08:00–12:30');
    expect(form.text).toMatch(/name="from"[^]*?<option value="12:30" selected/);
    expect(form.text).toMatch(/name="to"[^]*?<option value="18:30" selected/);
    expect(form.text).not.toContain('<option value="07:30"');
  });

  test('full: the half-hours in words, the input kept, and a way on', async () => {
    await using at = await FamilyStage.create({ room: 1 });
    await at.full(DAY, 17, 25);
    const refused = await at.visitor.post(sendPath(at, 'once'), { ...ONCE, from: '11:30', to: '17:00' });
    expect(refused.status).toBe(409);
    expect(summary(refused.text)).toContain('No room at: 11:30–12:30');
    expect(summary(refused.text)).toContain('href="#f-from"');
    expect(refused.text).toContain('<title>Error:');
    expect(refused.text).toMatch(/<option value="11:30"\s+selected/);
    expect(refused.text).toContain(`/groups/${at.groupId}/days?from=2027-02-08`);
    expect(await at.bookings()).toEqual([]);
  });

  test('already booked: a way to that booking', async () => {
    await using at = await FamilyStage.create();
    const id = await at.book(DAY);
    const refused = await at.visitor.post(sendPath(at, 'once'), ONCE);
    expect(refused.status).toBe(409);
    expect(refused.text).toContain(`href="/bookings/${id}"`);
  });

  test('what the rules say of the child or the group is no link to a field that is not there', async () => {
    await using at = await FamilyStage.create({ admission: 'enrolled' });
    const refused = await at.visitor.post(sendPath(at, 'once'), ONCE);
    expect(refused.status).toBe(422);
    expect(summary(refused.text)).toContain('not enrolled');
    expect(summary(refused.text)).not.toContain('href');
  });

  test.each([
    ['2027-02-30', '08:30', '16:30'],
    ['', '08:30', '16:30'],
    [DAY, '08:45', '16:30'],
    [DAY, 'now', '16:30'],
    [DAY, '16:30', '08:30'],
    [DAY, '08:30', '12:00'],
    [DAY, '08:00', '18:30'],
    ['2027-02-02', '08:30', '16:30'],
    ['2027-02-13', '08:30', '16:30'],
    ['2029-02-12', '08:30', '16:30'],
    [DAY, '08:30', '19:00'],
  ])('%s %s–%s: a clear page, nothing written', async (date, from, to) => {
    await using at = await FamilyStage.create();
    const answer = await at.visitor.post(sendPath(at, 'once'), { date, from, to });
    expect(answer.status).toBe(422);
    expect(summary(answer.text)).toContain('There is a problem');
    for (const [, id] of summary(answer.text).matchAll(/href="#([^"]+)"/g))
      expect(answer.text).toContain(`id="${id}"`);
    expect(await at.bookings()).toEqual([]);
  });

  test('after the deadline it says so before and after', async () => {
    await using at = await FamilyStage.create();
    expect((await at.visitor.get(formPath(at, 'once', '2027-02-04'))).text).toContain('marked as late');
    const done = await at.visitor.submit(sendPath(at, 'once'), { ...ONCE, date: '2027-02-04' });
    expect(done.text).toContain('marked as late');
    expect((await at.visitor.get(formPath(at, 'once', '2027-02-23'))).text).not.toContain('marked as late');
  });
});

describe('several days', () => {
  const times = { from: '08:30', to: '16:30', ifFull: 'book_free' };

  test('every week, shifts and dates', async () => {
    await using at = await FamilyStage.create();
    const weekly = await at.visitor.submit(sendPath(at, 'weekly'), {
      ...times,
      days: ['mon', 'wed'],
      startsOn: '2027-03-01',
      endsOn: '2027-03-31',
    });
    // 8, 15 and 22 March are holidays, and 24 March is the day off for Sunday the 21st.
    expect(weekly.text).toContain('Booked for 6 days');
    const dates = await at.visitor.submit(sendPath(at, 'dates'), {
      ...times,
      dates: ['2027-02-11', '2027-02-12'],
    });
    expect(dates.text).toContain('Booked for 2 days');
    const cycle = await at.visitor.submit(sendPath(at, 'cycle'), {
      ...times,
      first: '2027-04-01',
      on: '2',
      off: '2',
      endsOn: '2027-04-16',
    });
    // Eight days of the shift; the tenth is a Saturday.
    expect(cycle.text).toContain('Booked for 7 days');
    expect(await at.bookings()).toHaveLength(15);
  });

  test('all or nothing: nothing is booked, each reason is said once with its days', async () => {
    await using at = await FamilyStage.create({ room: 1 });
    await at.book('2027-04-05');
    await at.book('2027-04-12');
    await at.full('2027-04-19', 17, 25);
    const refused = await at.visitor.post(sendPath(at, 'weekly'), {
      ...times,
      ifFull: 'refuse_all',
      days: ['mon'],
      startsOn: '2027-04-05',
      endsOn: '2027-04-30',
    });
    expect(refused.status).toBe(409);
    expect(refused.text.match(/already has a booking on this day/g)).toHaveLength(1);
    expect(refused.text).toContain('Mon 19.04: 08:30–12:30');
    expect(refused.text).toMatch(/value="refuse_all" checked/);
    expect(await at.bookings()).toHaveLength(2);
  });

  test('longer than a year is said beside the last day', async () => {
    await using at = await FamilyStage.create();
    const form = { ...times, days: ['mon'], startsOn: '2027-03-01', endsOn: '2028-03-02' };
    const refused = await at.visitor.post(sendPath(at, 'weekly'), form);
    expect(refused.status).toBe(422);
    expect(summary(refused.text)).toContain('href="#f-endsOn"');
    expect(await at.bookings()).toEqual([]);
  });

  test.each([
    ['weekly', { startsOn: '2027-03-01', endsOn: '2027-03-31' }, 'Choose at least one day'],
    ['weekly', { days: ['mon'], startsOn: '2027-03-31', endsOn: '2027-03-01' }, 'There is a problem'],
    ['weekly', { days: ['moon'], startsOn: '2027-03-01', endsOn: '2027-03-31' }, 'There is a problem'],
    ['cycle', { first: '2027-03-01', on: '0', off: '2', endsOn: '2027-03-31' }, 'There is a problem'],
    ['cycle', { first: '2027-03-01', on: '20', off: '20', endsOn: '2027-03-31' }, 'There is a problem'],
    ['dates', {}, 'Choose at least one day'],
    ['dates', { dates: ['2027-02-30', 'x'] }, 'Choose at least one day'],
    [
      'weekly',
      { days: ['mon'], from: '16:30', to: '08:30', startsOn: '2027-03-01', endsOn: '2027-03-31' },
      'at least 4 hours',
    ],
  ])('%s %j: asked for again', async (kind, form, says) => {
    await using at = await FamilyStage.create();
    const answer = await at.visitor.post(sendPath(at, kind), { ...times, ...form });
    expect(answer.status).toBe(422);
    expect(summary(answer.text)).toContain(says);
    for (const [, id] of summary(answer.text).matchAll(/href="#([^"]+)"/g))
      expect(answer.text).toContain(`id="${id}"`);
    expect(await at.bookings()).toEqual([]);
  });

  test('weekdays that were unticked stay unticked', async () => {
    await using at = await FamilyStage.create();
    const checked = (text: string) => text.match(/name="days"[^>]*checked/g)?.length ?? 0;
    expect(checked((await at.visitor.get(formPath(at, 'weekly'))).text)).toBe(5);
    const period = { startsOn: '2027-03-01', endsOn: '' };
    expect(
      checked((await at.visitor.post(sendPath(at, 'weekly'), { ...times, ...period, days: 'tue' })).text),
    ).toBe(1);
    expect(checked((await at.visitor.post(sendPath(at, 'weekly'), { ...times, ...period })).text)).toBe(0);
  });

  test('days gone by cannot be tapped', async () => {
    await using at = await FamilyStage.create();
    const form = await at.visitor.get(formPath(at, 'dates'));
    expect(form.text).not.toContain('value="2027-02-02"');
    expect(form.text).toContain('value="2027-02-03"');
    expect(form.text).toContain('value="2027-03-31"');
    expect(form.text).toContain('Which days?');
  });
});

test('foreign, absent and unnamed records are not found; only for those who may book', async () => {
  await using at = await FamilyStage.create();
  expect((await at.stranger.get(formPath(at, 'once'))).status).toBe(404);
  expect((await at.stranger.post(sendPath(at, 'once'), ONCE)).status).toBe(404);
  expect((await (await at.relative({ maySee: true })).post(sendPath(at, 'once'), ONCE)).status).toBe(404);
  for (const group of ['', '999', 'x', '0', '1&group=2'])
    expect((await at.visitor.get(`/children/${at.childId}/bookings/new?group=${group}`)).status).toBe(404);
  expect((await at.visitor.post(`/children/${at.childId}/bookings?group=999&kind=once`, ONCE)).status).toBe(
    404,
  );
  expect(await at.bookings()).toEqual([]);
});

test('a session that ended in mid-form leads to signing in, and nothing is booked', async () => {
  await using at = await FamilyStage.create();
  await at.visitor.get(formPath(at, 'once'));
  await at.world.insert(async (tx) => void (await tx.db.delete(tx.t.session)));
  const answer = await at.visitor.post(sendPath(at, 'once'), ONCE);
  expect(answer.status).toBe(401);
  expect(answer.text).toContain('What you typed is kept');
  expect(await at.bookings()).toEqual([]);
});
