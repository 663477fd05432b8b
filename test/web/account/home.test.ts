import { expect, test } from 'vitest';
import { eq } from 'drizzle-orm';
import { setWorkday } from '../../../src/use-cases/workday.ts';
import { FamilyStage } from '../../support/family-stage.ts';
import { fieldOf, textOf } from '../../support/page-stage.ts';

const HOME = { region: '75', district: '', point: '43.2389, 76.8897' };
const WORK = JSON.stringify({ mon: ['09:00', '18:00'] });

/** Two more groups: one in a centre that stands far away, one in a centre of which nobody knows where it stands. */
async function stage() {
  const at = await FamilyStage.create();
  const far = await at.world.centre({ name: 'Алыс' });
  const unknown = await at.world.centre({ name: 'Белгісіз' });
  const groups = [await at.world.group(unknown), await at.world.group(far)];
  await at.world.insert(async (tx) => {
    const { centre } = tx.t;
    await tx.db.update(centre).set({ lat: 51.17, lon: 71.43 }).where(eq(centre.id, far));
    await tx.db.update(centre).set({ lat: null, lon: null }).where(eq(centre.id, unknown));
  });
  const pattern = { kind: 'weekly', days: { mon: [18, 36] } } as const;
  await at.world.act(at.mother, setWorkday, { pattern, commuteMinutes: 0 });
  const api = await at.app.api(at.mother);
  const search = async () => {
    const question = { child: String(at.childId), from: '2027-02-08', to: '2027-02-14', work: WORK };
    const { body } = await api.get(`/search?${new URLSearchParams({ ...question }).toString()}`);
    const items = body['items'] as unknown as { groupId: string; distanceKm: number | null }[];
    return items.map(({ groupId, distanceKm }) => [Number(groupId), distanceKm]);
  };
  return { at, unknownGroup: groups[0]!, farGroup: groups[1]!, search };
}

test('where one lives is kept, and hours are ranked by the distance, unknown last', async () => {
  const { at, unknownGroup, farGroup, search } = await stage();
  await using _ = at;
  expect(await search()).toEqual([
    [at.groupId, null],
    [unknownGroup, null],
    [farGroup, null],
  ]);
  expect(textOf(await at.visitor.get('/account'))).toContain('Where we live not stated');
  const hours = `/children/${at.childId}/hours?region=all`;
  const asks = 'Say where you live, and the distance to each centre stands here';
  expect((await at.visitor.get(hours)).text).toContain(`<a href="/account/home">${asks}</a>`);
  const form = await at.visitor.get('/account/home?region=75');
  expect(form.text).toContain('name="district"');
  const saved = await at.visitor.submit('/account/home', HOME);
  expect(textOf(saved)).toContain('Almaty');
  const ranked = await search();
  expect(ranked.map(([group]) => group)).toEqual([at.groupId, farGroup, unknownGroup]);
  expect(ranked[0]![1]).toBeLessThan(5);
  expect(ranked[1]![1]).toBeGreaterThan(900);
  expect(ranked[2]![1]).toBeNull();
  const page = await at.visitor.get(hours);
  expect(page.text).not.toContain(asks);
  const order = ['Шуақ', 'Алыс', 'Белгісіз'].map((name) => page.text.indexOf(`name">${name}`));
  expect(order).toEqual(order.toSorted((a, b) => a - b));
  expect(order[0]).toBeGreaterThan(0);
  expect(textOf(page)).toContain(`${ranked[0]![1]} km`);

  const kept = await at.visitor.get('/account/home');
  expect(fieldOf(kept, 'point')).toBe('43.2389, 76.8897');
  const forgotten = await at.visitor.submit('/account/home/removal');
  expect(textOf(forgotten)).toContain('Where we live not stated');
  expect((await search()).map(([, km]) => km)).toEqual([null, null, null]);
});

test('a region without a point is enough to begin with; another region’s district is refused', async () => {
  const { at } = await stage();
  await using _ = at;
  expect((await at.visitor.get('/account/home')).text).not.toContain('name="district"');
  expect((await at.visitor.get('/account/home?region=99')).text).not.toContain('name="district"');
  const districts = [
    ...(await at.visitor.get('/account/home?region=71')).text.matchAll(/value="([^"]+ \/ [^"]+)"/g),
  ];
  const district = districts[0]![1]!;
  const wrong = await at.visitor.post('/account/home', { ...HOME, district, point: '' });
  expect(wrong.status).toBe(422);
  expect(wrong.text).toContain('href="#f-district"');
  const done = await at.visitor.post('/account/home', { region: '71', district, point: '' });
  expect(done.status).toBe(303);
  const [home] = await at.world.database.read(async (tx) => {
    const rows = await tx.db.select().from(tx.t.person);
    return rows.filter(({ id }) => id === at.mother.personId);
  });
  expect(home).toMatchObject({ homeRegion: '71', homeDistrict: district, homeLat: null, homeLon: null });
});

test.each(['Абай, 1', '43', '55.75, 37.61', '76.8897, 43.2389'])(
  'a point like %s is refused beside its field and stays',
  async (point) => {
    await using at = await FamilyStage.create();
    const answer = await at.visitor.post('/account/home', { ...HOME, point });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('href="#f-point"');
    expect(fieldOf(answer, 'point')).toBe(point);
    expect(textOf(answer)).toContain('Enter two numbers as a map shows them');
  },
);

test('only a family has a home here', async () => {
  await using at = await FamilyStage.create();
  const staff = await at.app.as(await at.world.person('centre_staff', { centreId: at.centreId }));
  expect((await staff.get('/account/home')).status).toBe(403);
  expect(textOf(await staff.get('/account'))).not.toContain('Where we live');
  expect((await at.app.visitor().get('/account/home')).status).toBe(303);
  for (const region of ['', '99'])
    expect((await at.visitor.post('/account/home', { region })).status).toBe(422);
});
