import { describe, expect, test } from 'vitest';
import { instant, plainDate } from '../../../src/domain/calendar.ts';
import { findEntry, listChoices, listEntriesOf } from '../../../src/data/waiting-list.ts';
import { FamilyStage } from '../../support/family-stage.ts';
import { textOf } from '../../support/page-stage.ts';
import { DAYS, DAYS_TEXT, taken, waitsFor } from '../../support/queue-stage.ts';

const query = (parts: Record<string, string | string[]>) => {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parts))
    for (const each of [value].flat()) search.append(name, each);
  return `?${search.toString()}`;
};

const wish = (groupId: number, more: object = {}) => ({
  pattern: DAYS_TEXT,
  startsOn: '2027-03-01',
  group: String(groupId),
  ...more,
});

const entries = (at: FamilyStage, childId = at.childId) =>
  at.world.database.read((tx) => listEntriesOf(tx, [childId]));

describe('joining the waiting list', () => {
  test('from find hours it takes two taps: everything is answered', async () => {
    await using at = await FamilyStage.create({ room: 1 });
    const { world, visitor, childId, groupId } = at;
    await taken(world, groupId, { kind: 'weekly', days: { mon: [16, 36], wed: [16, 36] } });
    await visitor.post('/workday?kind=weekly', {
      days: ['mon', 'wed'],
      from: '09:00',
      to: '13:00',
      commute: '30',
    });
    const found = await visitor.get(`/children/${childId}/hours?from=2027-03-08&region=all`);
    const [, href = ''] = /href="([^"]*waiting-list\/new\?[^"]*)"/.exec(found.text) ?? [];
    const check = await visitor.get(href.replaceAll('&amp;', '&'));
    expect(check.status).toBe(200);
    expect(textOf(check)).toContain('Mon 08:30–13:30, Wed 08:30–13:30');
    const fields: Record<string, string> = {};
    for (const [, name = '', value = ''] of check.text.matchAll(
      /<input type="hidden" name="(\w+)" value="([^"]*)"/g,
    ))
      fields[name] = value.replaceAll('&#34;', '"');
    const joined = await visitor.submit(`/children/${childId}/waiting-list`, fields);
    expect(textOf(joined)).toContain('Your child is on the waiting list.');
    expect(textOf(joined)).toContain('1 of 1');
    expect(await entries(at)).toMatchObject([
      { pattern: JSON.parse(DAYS_TEXT), startsOn: '2027-03-08', endedAt: null },
    ]);
    // Where only some days are full, the page of the choice leads there too.
    const choice = `/children/${childId}/hours/choice?group=${groupId}&from=2027-02-08&region=all`;
    expect((await visitor.get(choice)).text).toContain('waiting-list/new?pattern=');
  });

  test('from scratch, one question after another', async () => {
    await using at = await FamilyStage.create();
    const { visitor, childId, groupId } = at;
    const base = `/children/${childId}/waiting-list/new`;
    expect(textOf(await visitor.get(base))).toContain('Which hours do you need?');
    expect((await visitor.get(`${base}?kind=weekly`)).text).toContain('name="days"');
    const days = { kind: 'weekly', days: ['mon', 'tue'], from: '08:30', to: '13:00' };
    expect((await visitor.get(base + query({ ...days, days: [] }))).text).toContain(
      'Choose at least one day',
    );
    const start = await visitor.get(base + query(days));
    expect(start.text).toContain('name="startsOn"');
    expect(textOf(start)).toContain('You ask for 9 hours a week');
    const from = { startsOn: '2027-03-01', earlier: '1', later: '', minimum: '4,5' };
    const groups = await visitor.get(base + query({ ...days, ...from }));
    expect(textOf(groups)).toContain('Add a group');
    const add = new RegExp(`href="([^"]*group=${groupId}[^"]*)"`)
      .exec(groups.text)![1]!
      .replaceAll('&amp;', '&');
    const chosen = await visitor.get(add);
    const next = /class="btn go" href="([^"]*)"/.exec(chosen.text)![1]!.replaceAll('&amp;', '&');
    expect(textOf(await visitor.get(next))).toContain('earlier: 0.5 h; later: 2 h');
    const joined = await visitor.post(`/children/${childId}/waiting-list`, {
      ...days,
      ...from,
      group: String(groupId),
    });
    expect(joined.status).toBe(303);
    expect(await entries(at)).toMatchObject([
      { minimumMinutesPerWeek: 270, tolerance: { earlier: 1, later: 4 } },
    ]);
  });

  test('groups move up and down and leave the list without scripts', async () => {
    await using at = await FamilyStage.create();
    const { world, visitor, childId, groupId } = at;
    const second = await world.group(at.centreId);
    const third = await world.group(at.centreId);
    const base = `/children/${childId}/waiting-list/new`;
    const all = { ...wish(groupId), group: [groupId, second, third].map(String), ask: 'groups' };
    const page = await visitor.get(base + query(all));
    const links = [...page.text.matchAll(/href="([^"]*ask=groups[^"]*)"/g)].map(([, href = '']) =>
      new URLSearchParams(href.replaceAll('&amp;', '&').split('?')[1]).getAll('group').map(Number),
    );
    expect(links).toContainEqual([second, groupId, third]);
    expect(links).toContainEqual([groupId, third, second]);
    expect(links).toContainEqual([second, third]);
    await visitor.post(`/children/${childId}/waiting-list`, {
      ...wish(groupId),
      group: [second, groupId, third].map(String),
    });
    const [entry] = await entries(at);
    const choices = await world.database.read((tx) => listChoices(tx, entry!.id));
    expect(choices.map((choice) => choice.groupId)).toEqual([second, groupId, third]);
  });

  test('what no offer could fulfil is said before it is sent, and again when it is', async () => {
    await using at = await FamilyStage.create({ endsOn: plainDate('2027-02-10') });
    const { world, visitor, childId } = at;
    const base = `/children/${childId}/waiting-list`;
    const said = async (groupId: number, more: object, words: string, status = 422) => {
      const form = wish(groupId, more);
      const seen = await visitor.get(`${base}/new${query(form)}`);
      expect(textOf(seen), JSON.stringify(more)).toContain(words);
      const sent = await visitor.post(base, form);
      expect([303, status]).toContain(sent.status);
      if (sent.status === status) expect(textOf(sent)).toContain(words);
    };
    const open = await world.group(at.centreId);
    await said(open, { pattern: '{"mon":["19:00","23:00"]}' }, 'not open at all of these hours');
    const adults = await world.group(at.centreId, { category: 'older_people' });
    await said(adults, {}, 'another category');
    await said(999_999, {}, 'cannot be chosen');
    await said(open, { pattern: '{"mon":["08:30","09:00"]}' }, 'Some of the answers');
    await said(open, { pattern: 'nonsense' }, 'Some of the answers');
    await said(open, { startsOn: '2027-01-01' }, 'already passed');
    await said(open, { minimum: '90' }, 'more than the hours you ask for');
    world.now = instant('2027-02-11T05:00:00.000Z');
    await said(at.groupId, {}, 'has ended');
    expect(await entries(at)).toEqual([]);
    await waitsFor(world, at.mother, childId, [open]);
    await said(open, {}, 'already waits for one of these groups', 409);
    expect(await entries(at)).toHaveLength(1);
  });

  test('brothers and sisters are tied at once; another family’s entry is nobody’s', async () => {
    await using at = await FamilyStage.create({ room: 1 });
    const { world, visitor, childId, groupId } = at;
    const sister = await world.child(at.mother);
    const hers = await waitsFor(world, at.mother, sister, [groupId]);
    const strangers = await world.guardian();
    const theirs = await waitsFor(world, strangers, await world.child(strangers), [groupId]);
    const check = await visitor.get(`/children/${childId}/waiting-list/new${query(wish(groupId))}`);
    expect(check.text).toContain(`name="together" value="${hers}"`);
    expect(check.text).not.toContain(`value="${theirs}"`);
    const post = (together: number) =>
      visitor.post(`/children/${childId}/waiting-list`, { ...wish(groupId), together: String(together) });
    expect((await post(theirs)).status).toBe(404);
    expect((await post(hers)).status).toBe(303);
    const [entry] = await entries(at);
    const other = await world.database.read((tx) => findEntry(tx, hers));
    expect(entry!.togetherKey).not.toBeNull();
    expect(other!.togetherKey).toBe(entry!.togetherKey);
  });

  test('changing says beforehand whether the date of registration is kept', async () => {
    await using at = await FamilyStage.create();
    const { world, visitor, childId, groupId } = at;
    const entryId = await waitsFor(world, at.mother, childId, [groupId], DAYS);
    const path = `/children/${childId}/waiting-list/${entryId}/change`;
    const { registeredAt } = (await world.database.read((tx) => findEntry(tx, entryId)))!;
    expect(textOf(await visitor.get(path))).toContain('Your date of registration, 03.02.2027, is kept');
    const fewer = wish(groupId, { pattern: '{"mon":["08:30","13:30"]}' });
    expect(textOf(await visitor.get(path + query(fewer)))).toContain('is kept');
    expect((await visitor.post(path, fewer)).status).toBe(303);
    const more = wish(groupId, { pattern: '{"fri":["08:30","16:30"]}' });
    expect(textOf(await visitor.get(path + query(more)))).toContain('becomes today');
    expect(await world.database.read((tx) => findEntry(tx, entryId))).toMatchObject({ registeredAt });
    expect((await visitor.post(path, more)).status).toBe(303);
    expect((await world.database.read((tx) => findEntry(tx, entryId)))!.registeredAt).not.toBe(registeredAt);
  });

  test('strangers and those who may only look', async () => {
    await using at = await FamilyStage.create();
    const { childId, groupId } = at;
    const looks = await at.relative({ maySee: true });
    for (const visitor of [at.stranger, looks]) {
      expect((await visitor.get(`/children/${childId}/waiting-list/new`)).status).toBe(404);
      expect((await visitor.post(`/children/${childId}/waiting-list`, wish(groupId))).status).toBe(404);
    }
    expect(await entries(at)).toEqual([]);
  });
});
