import { describe, expect, test } from 'vitest';
import type { Page } from '../../support/app.ts';
import { FamilyStage, WILD_NAME } from '../../support/family-stage.ts';
import { textOf } from '../../support/page-stage.ts';

const plain = (text = '') =>
  text.replaceAll('&amp;', '&').replaceAll('&#34;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>');

/** The main form of a page as a browser fills it in: hidden fields, ticked boxes, chosen options. */
function formOf(page: Page): { action: string; fields: [string, string][] } {
  const [form = ''] = /<form class="form"[^]*?<\/form>/.exec(page.text) ?? [];
  const fields: [string, string][] = [];
  for (const [input] of form.matchAll(/<input [^>]*>/g)) {
    if (/type="(checkbox|radio)"/.test(input) && !input.includes(' checked')) continue;
    fields.push([/name="([^"]*)"/.exec(input)![1]!, plain(/value="([^"]*)"/.exec(input)?.[1])]);
  }
  for (const [, name, options] of form.matchAll(/<select[^>]* name="([^"]*)"[^>]*>([^]*?)<\/select>/g))
    fields.push([name!, /<option value="([^"]*)"\s+selected/.exec(options!)?.[1] ?? '']);
  return { action: plain(/action="([^"]*)"/.exec(form)?.[1]), fields };
}

/** Where a question's form leads to, with some answers changed; null takes one away. */
function answered(page: Page, changes: Record<string, string | string[] | null> = {}): string {
  const { action, fields } = formOf(page);
  const search = new URLSearchParams(fields.filter(([name]) => !(name in changes)));
  for (const [name, value] of Object.entries(changes))
    for (const each of [value ?? []].flat()) search.append(name, each);
  return `${action}?${search.toString()}`;
}

const linkOf = (page: Page, text: string) =>
  plain(new RegExp(`href="([^"]*)"[^>]*>(?:<span>|<b>|[^<])*${text}`).exec(page.text)?.[1]);
const changeOf = (page: Page, term: string) =>
  plain(new RegExp(`href="([^"]*)">Change<span class="visually-hidden">: ${term}<`).exec(page.text)?.[1]);
const headOf = ({ text }: Page) => /<h1[^>]*>([^<]*)</.exec(text)?.[1];

const stepOf = (at: FamilyStage, answers = '') =>
  `/children/${at.childId}/bookings/series?group=${at.groupId}${answers}`;
const WEEKLY = '&kind=weekly&days=mon&days=wed&from=08:30&to=16:30&startsOn=2027-03-01&endsOn=2027-03-31';

describe('booking several days, one question after another', () => {
  test('from the bookings to the confirmation: child, group, kind, days and hours, period, check', async () => {
    await using at = await FamilyStage.create();
    const { visitor } = at;
    const list = await visitor.get('/bookings');
    expect(list.text).toContain('href="/bookings/new"');
    // One child: nothing to ask.
    const started = await visitor.get('/bookings/new');
    expect(started.status).toBe(303);
    const groups = await visitor.get(started.location);
    expect(headOf(groups)).toBe('Choose a group');
    const kinds = await visitor.get(plain(/<a class="card" href="([^"]*)"/.exec(groups.text)![1]));
    expect(headOf(kinds)).toBe('How do the days repeat?');
    expect(textOf(kinds)).toContain(WILD_NAME);
    expect(kinds.text).not.toContain('<script>x');
    const days = await visitor.get(linkOf(kinds, 'Every week'));
    expect(headOf(days)).toBe('Which weekdays and hours?');
    const period = await visitor.get(answered(days, { days: ['mon', 'wed'], from: '08:30', to: '16:30' }));
    expect(headOf(period)).toBe('From when until when?');
    const address = answered(period, { startsOn: '2027-03-01', endsOn: '2027-03-31' });
    const check = await visitor.get(address);
    expect(headOf(check)).toBe('Check before booking');
    expect(textOf(check)).toContain('Mon 08:30–16:30, Wed 08:30–16:30');
    expect(textOf(check)).toContain('01.03–31.03.2027');
    // 8, 15 and 22 March are holidays, and 24 March is the day off for Sunday the 21st.
    expect(textOf(check)).toContain('free on 6 of 10 days');
    expect(await at.bookings()).toEqual([]);
    // A bookmark of it is the same page.
    expect((await visitor.get(address)).text.replaceAll(/[0-9a-f-]{36}/g, '')).toBe(
      check.text.replaceAll(/[0-9a-f-]{36}/g, ''),
    );
    const { action, fields } = formOf(check);
    const body: Record<string, string | string[]> = {};
    for (const [name, value] of fields) body[name] = name in body ? [body[name]!, value].flat() : value;
    const done = await visitor.post(action, body);
    expect(done.location).toMatch(/^\/children\/\d+\/series\/\d+$/);
    expect((await visitor.post(action, body)).location).toBe(done.location);
    const confirmation = await visitor.get(done.location);
    expect(confirmation.text).toContain('Booked for 6 days');
    expect(textOf(confirmation)).toMatch(/Reference S-\d+/);
    expect(confirmation.text).toContain('You can change, move or cancel each day');
    expect(await at.bookings()).toHaveLength(6);
  });

  test('shifts', async () => {
    await using at = await FamilyStage.create();
    const days = await at.visitor.get(stepOf(at, '&kind=cycle'));
    expect(headOf(days)).toBe('Which shifts and hours?');
    const period = await at.visitor.get(
      answered(days, { first: '2027-04-01', on: '2', off: '2', from: '08:30', to: '16:30' }),
    );
    expect(formOf(period).fields).toContainEqual(['startsOn', '2027-04-01']);
    const check = await at.visitor.get(answered(period, { endsOn: '2027-04-16' }));
    expect(textOf(check)).toContain('2 days on, 2 off from 01.04.2027');
    expect(textOf(check)).toContain('free on 7 of 8 days');
  });

  test('dates of any months to the horizon: a month is chosen, what was tapped stays', async () => {
    await using at = await FamilyStage.create();
    const { visitor } = at;
    const first = await visitor.get(stepOf(at, '&kind=dates'));
    expect(first.text).toContain('<caption>February 2027</caption>');
    expect(first.text).not.toContain('value="2027-02-02"');
    expect(first.text).toContain('<button class="btn" name="month" value="2027-03-01">');
    const times = { from: '08:30', to: '16:30' };
    const april = await visitor.get(
      answered(first, { ...times, dates: ['2027-02-11'], month: '2027-04-01' }),
    );
    expect(april.status).toBe(200);
    expect(april.text).toContain('<caption>April 2027</caption>');
    expect(april.text).toContain('1 more day is chosen in other months');
    const check = await visitor.get(answered(april, { dates: ['2027-02-11', '2027-04-06'] }));
    expect(headOf(check)).toBe('Check before booking');
    expect(textOf(check)).toContain('2 days (11.02, 06.04): 08:30–16:30');
    const { action, fields } = formOf(check);
    const body = { ...Object.fromEntries(fields), dates: ['2027-02-11', '2027-04-06'] };
    expect((await visitor.submit(action, body)).text).toContain('Booked for 2 days');
    expect((await at.bookings()).map(({ date }) => date)).toEqual(['2027-02-11', '2027-04-06']);
    // The last month, and none beyond it.
    const last = await visitor.get(stepOf(at, '&kind=dates&month=2028-03-01'));
    expect(last.text).toContain('<caption>March 2028</caption>');
    expect(last.text).not.toContain('name="month" value="2028-04-01"');
    expect((await visitor.get(stepOf(at, '&kind=dates&month=2028-04-01'))).text).toContain('February 2027');
  });

  test('each Change asks its own question and returns to the check', async () => {
    await using at = await FamilyStage.create();
    const { visitor } = at;
    await at.world.group(at.centreId);
    const check = await visitor.get(stepOf(at, WEEKLY));
    const days = await visitor.get(changeOf(check, 'Days and hours'));
    expect(headOf(days)).toBe('Which weekdays and hours?');
    expect(days.text).toMatch(/value="wed" checked/);
    const friday = await visitor.get(answered(days, { days: 'fri' }));
    expect(headOf(friday)).toBe('Check before booking');
    expect(textOf(friday)).toContain('Fri 08:30–16:30');
    const period = await visitor.get(changeOf(friday, 'Period'));
    expect(formOf(period).fields).toContainEqual(['endsOn', '2027-03-31']);
    expect(headOf(await visitor.get(answered(period, { endsOn: '2027-03-12' })))).toBe(
      'Check before booking',
    );
    const kinds = await visitor.get(changeOf(check, 'How often'));
    // Another kind has other days; the period is not asked again.
    const cycle = await visitor.get(linkOf(kinds, 'Shifts'));
    expect(headOf(cycle)).toBe('Which shifts and hours?');
    expect(headOf(await visitor.get(answered(cycle, { first: '2027-03-01' })))).toBe('Check before booking');
    const groups = await visitor.get(changeOf(check, 'Where'));
    const cards = [...groups.text.matchAll(/<a class="card" href="([^"]*)"/g)].map(([, href]) => plain(href));
    expect(cards).toHaveLength(2);
    const other = await visitor.get(cards.find((href) => !href.includes(`group=${at.groupId}&`))!);
    expect(headOf(other)).toBe('Check before booking');
    expect(textOf(other)).toContain('Mon 08:30–16:30, Wed 08:30–16:30');
    const children = await visitor.get(changeOf(check, 'Child'));
    expect(headOf(children)).toBe('Who is the booking for?');
    expect(textOf(children)).toContain(WILD_NAME);
  });

  test.each([
    ['no day', '&kind=weekly&from=08:30&to=16:30', 'Choose at least one day', 'Which weekdays'],
    ['three hours', '&kind=weekly&days=mon&from=08:30&to=11:30', 'at least 4 hours', 'Which weekdays'],
    ['eleven hours', '&kind=weekly&days=mon&from=07:00&to=18:00', 'at most 10 hours', 'Which weekdays'],
    ['quarters', '&kind=weekly&days=mon&from=08:15&to=16:30', 'half-hour', 'Which weekdays'],
    ['no cycle', '&kind=cycle&first=2027-02-30&on=0&off=x&from=08:30&to=16:30', 'real date', 'Which shifts'],
    ['dates gone', '&kind=dates&dates=2026-12-01&from=08:30&to=16:30', 'at least one day', 'Which days'],
    ['dates too far', '&kind=dates&dates=2029-12-01&from=08:30&to=16:30', 'at least one day', 'Which days'],
    ['backwards', WEEKLY.replace('2027-03-31', '2027-02-20'), 'must not be before', 'From when'],
    ['too long', WEEKLY.replace('2027-03-31', '2028-03-31'), 'Too long a period', 'From when'],
    ['in the past', WEEKLY.replace('2027-03-01', '2027-02-01'), 'already passed', 'From when'],
    ['no end', WEEKLY.replace('endsOn=2027-03-31', 'endsOn='), 'Last day: fill in', 'From when'],
  ])('%s is asked again with the reason and what was given', async (_, answers, words, question) => {
    await using at = await FamilyStage.create();
    const page = await at.visitor.get(stepOf(at, answers));
    expect(page.status).toBe(422);
    expect(headOf(page)).toContain(question);
    expect(page.text).toContain('<title>Error:');
    expect(page.text).toContain(words);
    if (answers.includes('days=mon')) expect(page.text).toMatch(/value="mon"/);
  });

  test('all or nothing: the days that are full are listed, nothing is booked', async () => {
    await using at = await FamilyStage.create({ room: 1 });
    await at.full('2027-03-03', 17, 25);
    const check = await at.visitor.get(stepOf(at, WEEKLY));
    expect(textOf(check)).toContain('Days that will be left out');
    expect(textOf(check)).toContain('03.03: 08:30–12:30');
    const { action, fields } = formOf(check);
    const body = { ...Object.fromEntries(fields), days: ['mon', 'wed'], ifFull: 'refuse_all' };
    const refused = await at.visitor.post(action, body);
    expect(refused.status).toBe(409);
    expect(refused.text).toContain('<title>Error:');
    expect(refused.text).toMatch(/value="refuse_all" checked/);
    expect(await at.bookings()).toEqual([]);
    const free = await at.visitor.submit(action, { ...body, ifFull: 'book_free' });
    expect(free.text).toContain('Booked for 5 days');
  });

  test('a form that lost its answers is asked for them again', async () => {
    await using at = await FamilyStage.create();
    const answer = await at.visitor.post(stepOf(at), { kind: 'weekly' });
    expect(answer.status).toBe(303);
    expect(headOf(await at.visitor.get(answer.location))).toBe('Which weekdays and hours?');
  });

  test('the same hours again: all that is left is the check', async () => {
    await using at = await FamilyStage.create();
    const { visitor } = at;
    const check = await visitor.get(stepOf(at, WEEKLY));
    const { action, fields } = formOf(check);
    const done = await visitor.submit(action, { ...Object.fromEntries(fields), days: ['mon', 'wed'] });
    const [booking] = await at.bookings();
    expect((await visitor.get(`/bookings/${booking!.id}`)).text).toContain(`/series/${booking!.seriesId}`);
    const again = await visitor.get(linkOf(done, 'Book these hours again'));
    expect(headOf(again)).toBe('Check before booking');
    expect(textOf(again)).toContain('01.04–01.05.2027');
    expect(textOf(again)).toContain('Mon 08:30–16:30, Wed 08:30–16:30');
  });

  test('with two children it asks for whom', async () => {
    await using at = await FamilyStage.create();
    const sibling = await at.world.child(at.mother);
    const page = await at.visitor.get('/bookings/new');
    expect(headOf(page)).toBe('Who is the booking for?');
    expect(page.text).toContain(`/children/${sibling}/groups?`);
    expect((await at.stranger.get('/bookings/new')).text).toContain('No child is linked to you yet');
  });

  test('nobody without the right sees a question; an unknown group is missing', async () => {
    await using at = await FamilyStage.create();
    const reader = await at.relative({ maySee: true });
    for (const visitor of [at.stranger, reader]) {
      expect((await visitor.get(stepOf(at, WEEKLY))).status).toBe(404);
      expect((await visitor.post(stepOf(at), { kind: 'weekly' })).status).toBe(404);
    }
    for (const group of ['999999', 'x', '', '-1'])
      expect((await at.visitor.get(`/children/${at.childId}/bookings/series?group=${group}`)).status).toBe(
        404,
      );
    expect(await at.bookings()).toEqual([]);
  });

  test('answers handed from page to page are ours only', async () => {
    await using at = await FamilyStage.create();
    const page = await at.visitor.get(
      `/children/${at.childId}/groups?answers=${encodeURIComponent('kind=weekly&evil="><script>&group=7&days=<b>')}`,
    );
    expect(page.text).not.toContain('<script>');
    const [, card] = /<a class="card" href="([^"]*)"/.exec(page.text)!;
    expect(plain(card)).toBe(
      `/children/${at.childId}/bookings/series?kind=weekly&days=%3Cb%3E&group=${at.groupId}`,
    );
    expect((await at.visitor.get(plain(card))).status).toBe(422);
  });
});
