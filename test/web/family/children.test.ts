import { expect, test } from 'vitest';
import { insertMessages, type MessageKind } from '../../../src/data/messages.ts';
import { instant } from '../../../src/domain/calendar.ts';
import { FamilyStage, WILD_NAME } from '../../support/family-stage.ts';

test('home: the next days, and an absence one tap away; a name is only a name', async () => {
  await using at = await FamilyStage.create();
  const today = await at.book('2027-02-03', 24, 33);
  const next = await at.book('2027-02-04');
  const home = await at.visitor.get('/children');
  expect(home.status).toBe(200);
  expect(home.headers.get('cache-control')).toBe('no-store');
  expect(home.text).toContain('Today, Wed 03.02');
  expect(home.text).toContain(`/bookings/${today}/absence`);
  expect(home.text).toContain(`/bookings/${next}"`);
  expect(home.text).toContain(`/children/${at.childId}/groups`);
  expect(home.text).not.toContain('<script>x');
  expect(home.text).toContain('&lt;script&gt;x');
});

test('home: the next three stays however far ahead, and how many more come in two months', async () => {
  await using at = await FamilyStage.create();
  const far = [await at.book('2027-03-16'), await at.book('2027-03-17')];
  const alone = await at.visitor.get('/children');
  for (const id of far) expect(alone.text).toContain(`/bookings/${id}"`);
  expect(alone.text).not.toContain('more booking');
  const near = [await at.book('2027-02-04'), await at.book('2027-02-05'), await at.book('2027-02-08')];
  const cancelled = await at.book('2027-03-18');
  await at.visitor.post(`/bookings/${cancelled}/cancellation`);
  const home = await at.visitor.get('/children');
  for (const id of near) expect(home.text).toContain(`/bookings/${id}"`);
  for (const id of far) expect(home.text).not.toContain(`/bookings/${id}"`);
  expect(home.text).toContain('2 more bookings');
});

test('a family without children is told what to do, and sees nobody else', async () => {
  await using at = await FamilyStage.create();
  const home = await at.stranger.get('/children');
  expect(home.text).toContain('No child is linked to you yet');
  expect(home.text).toContain('<a class="btn" href="/places">Find a centre and apply</a>');
  expect(home.text).not.toContain('Ару');
});

test('an adult who may only see the child is offered nothing that would be refused', async () => {
  await using at = await FamilyStage.create();
  const id = await at.book('2027-02-04');
  const visitor = await at.relative({ maySee: true });
  const home = await visitor.get('/children');
  expect(home.text).toContain(`/bookings/${id}"`);
  expect(home.text).not.toContain('/absence');
  expect(home.text).not.toContain('/groups');
  expect((await visitor.get(`/bookings/${id}`)).status).toBe(200);
  expect((await visitor.get(`/bookings/${id}/absence`)).status).toBe(404);
});

test('messages stand on top until they are read; nobody reads away another person’s', async () => {
  await using at = await FamilyStage.create();
  const { personId } = at.mother;
  const createdAt = instant('2027-02-02T05:00:00.000Z');
  const data = {
    centreRu: 'Шуақ <b>',
    centreKk: 'Шуақ',
    startsOn: '2027-02-10',
    endsOn: '2027-02-11',
    bookings: 2,
    children: WILD_NAME,
  };
  await at.world.insert((tx) =>
    insertMessages(tx, [
      { personId, kind: 'closure', data, createdAt },
      // A kind that a newer version wrote, and one that lacks what its words name.
      { personId, kind: 'something_new' as MessageKind, data: {}, createdAt },
      { personId, kind: 'calendar_change', data: {}, createdAt },
    ]),
  );
  const home = await at.visitor.get('/children');
  expect(home.text).toContain('The centre is closed');
  expect(home.text).toContain('10.02.2027');
  expect(home.text).toContain('Шуақ &lt;b&gt;');
  expect(home.text.match(/A message from the centre/g)).toHaveLength(2);
  expect(home.text).not.toMatch(/message\.|\{\w+\}/);

  const ids = [...home.text.matchAll(/name="id" value="(\d+)"/g)].map((match) => match[1]!);
  expect(ids).toHaveLength(3);
  await at.stranger.post('/children/messages', { id: ids[0]! });
  expect((await at.visitor.get('/children')).text.match(/name="id"/g)).toHaveLength(3);
  const after = await at.visitor.submit('/children/messages', { id: ids[0]! });
  expect(after.text.match(/name="id"/g)).toHaveLength(2);
});
