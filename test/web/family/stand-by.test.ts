import { expect, test } from 'vitest';
import { plainDate } from '../../../src/domain/calendar.ts';
import { listStandBysOfChild } from '../../../src/data/stand-bys.ts';
import { FamilyStage } from '../../support/family-stage.ts';
import { textOf } from '../../support/page-stage.ts';

const DAY = '2027-02-09';

async function stage() {
  const at = await FamilyStage.create({ room: 1 });
  await at.full(DAY, 17, 35);
  const form = { groupId: String(at.groupId), date: DAY, from: '08:30', to: '17:30', takeUntil: '' };
  const path = `/children/${at.childId}/stand-by`;
  const list = () =>
    at.world.database.read((tx) => listStandBysOfChild(tx, at.childId, plainDate('2027-02-01')));
  return { at, form, path, list, [Symbol.asyncDispose]: () => at[Symbol.asyncDispose]() };
}

test('from the full day of a group to standing by, and back', async () => {
  await using s = await stage();
  const { at } = s;
  const days = await at.visitor.get(`/children/${at.childId}/groups/${at.groupId}/days?from=${DAY}`);
  const link = `/children/${at.childId}/stand-by?group=${at.groupId}&#38;date=${DAY}`;
  expect(days.text.replaceAll('&amp;', '&#38;')).toContain(link);
  const form = await at.visitor.get(`${s.path}?group=${at.groupId}&date=${DAY}`);
  expect(form.text).toMatch(new RegExp(`<option value="${at.groupId}" selected`));
  expect(form.text).toContain(`value="${DAY}"`);
  const done = await at.visitor.submit(s.path, { ...s.form, takeUntil: '07:30' });
  expect(textOf(done)).toContain('You stand by. We write as soon as hours become free.');
  expect(textOf(done)).toContain('Yours without asking if it is known by 07:30.');
  const [line] = await s.list();
  expect(line).toMatchObject({ from: 17, to: 35, takeUntilMinute: 450 });
  const end = `${s.path}/${line!.id}/end`;
  expect((await at.stranger.post(end)).status).toBe(404);
  const sister = await at.world.child(at.mother);
  expect((await at.visitor.post(`/children/${sister}/stand-by/${line!.id}/end`)).status).toBe(404);
  expect(textOf(await at.visitor.submit(end))).toContain('You no longer stand by for that day.');
  expect(await s.list()).toEqual([]);
});

test('a day with room: the way to book it', async () => {
  await using s = await stage();
  const page = await s.at.visitor.post(s.path, { ...s.form, date: '2027-02-10' });
  expect(page.status).toBe(422);
  expect(textOf(page)).toContain('There is room at these hours: book them instead of standing by');
  expect(page.text).toContain(`/children/${s.at.childId}/bookings/new?group=${s.at.groupId}`);
  expect(await s.list()).toEqual([]);
});

test.each([
  [{ date: '' }, 'Fill in this field'],
  [{ date: '31.02.2027' }, 'Enter a real date'],
  [{ date: '2027-02-01' }, 'This time has already passed'],
  [{ groupId: '' }, 'Fill in this field'],
  [{ groupId: 'x' }, 'Choose one of the options'],
  [{ from: '08:15' }, 'Enter a time on the hour or half-hour'],
  [{ to: '09:00' }, 'A stay lasts at least 4 hours'],
  [{ takeUntil: '10:00' }, 'not later than the beginning of the stay'],
  [{ takeUntil: 'soon' }, 'Enter a time on the hour or half-hour'],
  [{ extra: 'x' }, 'a field we do not know'],
])('bad input %o: said, and nothing typed is lost', async (change, words) => {
  await using s = await stage();
  const typed = { ...s.form, to: '16:00', ...change };
  const page = await s.at.visitor.post(`${s.path}?group=${s.at.groupId}`, typed);
  expect(page.status).toBe(422);
  expect(page.text).toContain('<title>Error:');
  expect(textOf(page)).toContain(words);
  if (typed.date !== '') expect(page.text).toContain(`value="${typed.date}"`);
  expect(await s.list()).toEqual([]);
});

test('another group’s id is no record; twice is said', async () => {
  await using s = await stage();
  expect((await s.at.visitor.post(s.path, { ...s.form, groupId: '999999' })).status).toBe(404);
  await s.at.visitor.post(s.path, s.form);
  const again = await s.at.visitor.post(s.path, s.form);
  expect([again.status, textOf(again).includes('You already stand by for this day')]).toEqual([409, true]);
  expect(await s.list()).toHaveLength(1);
});

test('another family’s child, and a relative who may not book', async () => {
  await using s = await stage();
  expect((await s.at.stranger.get(s.path)).status).toBe(404);
  expect((await s.at.stranger.post(s.path, s.form)).status).toBe(404);
  expect((await (await s.at.relative({ maySee: true })).get(s.path)).status).toBe(404);
});
