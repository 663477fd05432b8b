import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { plainDate } from '../../../src/domain/calendar.ts';
import { FamilyStage } from '../../support/family-stage.ts';

async function namesOf(at: FamilyStage, query = ''): Promise<string[]> {
  const page = await at.visitor.get(`/children/${at.childId}/groups${query}`);
  expect(page.status).toBe(200);
  return [...page.text.matchAll(/<h2 class="name">([^<]*)<\/h2>/g)].map((match) => match[1]!);
}

test('groups of the child’s category and age; its own centres first, then the nearest, then by name', async () => {
  await using at = await FamilyStage.create();
  const { world } = at;
  const place = (centreId: number, lat: number | null) =>
    world.insert(async (tx) => {
      await tx.db
        .update(tx.t.centre)
        .set({ lat, lon: lat === null ? null : 76.9 })
        .where(eq(tx.t.centre.id, centreId));
    });
  const [far, near, unknown] = [
    await world.centre({ name: 'Алыс' }),
    await world.centre({ name: 'Жақын' }),
    await world.centre({ name: 'Белгісіз' }),
  ];
  for (const [centreId, lat] of [
    [far, 43.9],
    [near, 43.25],
    [unknown, null],
  ] as const) {
    await world.group(centreId);
    await place(centreId, lat);
  }
  await world.group(near, { category: 'older_people' });
  await world.group(near, { fromAgeMonths: 18, toAgeMonths: 36 });
  await world.group(near, { endsOn: plainDate('2027-02-01') });
  const home = { homeRegion: '75', homeDistrict: '', homeLat: 43.8, homeLon: 76.9 };
  expect(await namesOf(at, '?region=all')).toEqual(['Алыс', 'Белгісіз', 'Жақын', 'Шуақ']);
  await world.insert(async (tx) => void (await tx.db.update(tx.t.person).set(home)));
  expect(await namesOf(at)).toEqual(['Алыс', 'Жақын', 'Шуақ', 'Белгісіз']);
  await at.book('2027-02-08');
  expect(await namesOf(at)).toEqual(['Шуақ', 'Алыс', 'Жақын', 'Белгісіз']);
});

test('by region and district; an unknown one is not obeyed', async () => {
  await using at = await FamilyStage.create();
  const [astana, other] = [
    await at.world.centre({ name: 'Астана', regionCode: '71' }),
    await at.world.centre({ name: 'Есіл', regionCode: '71' }),
  ];
  await at.world.group(astana);
  await at.world.group(other);
  await at.world.insert(
    async (tx) =>
      void (await tx.db.update(tx.t.centre).set({ district: 'Есіл' }).where(eq(tx.t.centre.id, other))),
  );
  expect(await namesOf(at, '?region=71')).toEqual(['Астана', 'Есіл']);
  expect(await namesOf(at, `?region=71&district=${encodeURIComponent('Есіл')}`)).toEqual(['Есіл']);
  expect(await namesOf(at, '?region=71&district=nowhere')).toEqual(['Астана', 'Есіл']);
  expect(await namesOf(at, '?region=99')).toHaveLength(3);
  expect((await at.visitor.get(`/children/${at.childId}/groups?region=62`)).text).toContain('No group fits');
});

test('what a group lacks for this child is said, not hidden', async () => {
  await using at = await FamilyStage.create({ skills: ['sign_language'], admission: 'enrolled' });
  await at.world.insert(async (tx) => void (await tx.db.update(tx.t.child).set({ skillsNeeded: ['nurse'] })));
  const page = await at.visitor.get(`/children/${at.childId}/groups`);
  for (const words of ['the centre has no such helper yet', 'admission by the centre first', 'Sign language'])
    expect(page.text).toContain(words);
  await at.world.insert(
    async (tx) =>
      void (await tx.db.insert(tx.t.enrolment).values({
        childId: at.childId,
        groupId: at.groupId,
        startsOn: plainDate('2027-01-01'),
        ground: 'test',
        createdAt: at.world.now,
      })),
  );
  expect((await at.visitor.get(`/children/${at.childId}/groups`)).text).toContain(
    'your child is enrolled here',
  );
});

test('free place-hours of the coming week fall with each booking', async () => {
  await using at = await FamilyStage.create({ room: 1 });
  const free = async () =>
    /([\d,.]+) h free in the next 7 days/.exec(
      (await at.visitor.get(`/children/${at.childId}/groups`)).text,
    )?.[1];
  // Five open days of 10.5 hours, one place.
  expect(await free()).toBe('52.5');
  await at.book('2027-02-05', 16, 36);
  expect(await free()).toBe('42.5');
  await at.world.insert((tx) =>
    tx.db.update(tx.t.groupDay).set({ held: Array.from({ length: 48 }, () => 1), peakTaken: 1 }),
  );
  expect(await free()).toBeUndefined();
  const { text } = await at.visitor.get(`/children/${at.childId}/groups`);
  expect(text).toContain('<span class="tag bad">nothing free in the next 7 days</span>');
});

test('only for those who may book', async () => {
  await using at = await FamilyStage.create();
  const path = `/children/${at.childId}/groups`;
  expect((await at.stranger.get(path)).status).toBe(404);
  expect((await (await at.relative({ maySee: true })).get(path)).status).toBe(404);
  expect((await at.app.visitor().get(path)).location).toBe(`/sign-in?next=${encodeURIComponent(path)}`);
});
