import { describe, expect, test } from 'vitest';
import { ApiStage, told } from '../../support/api-stage.ts';

const asked = (childId: number, more: Record<string, string>) =>
  `/search?${new URLSearchParams({ child: String(childId), from: '2027-02-08', to: '2027-03-07', ...more }).toString()}`;
const WORK = JSON.stringify({ mon: ['09:00', '18:00'], tue: ['09:00', '18:00'] });

describe('hours that cover a workday', () => {
  test('ranked by uncovered minutes, then distance, then id, with free and full dates', async () => {
    await using stage = await ApiStage.create();
    const { family, childId, centreId, groupId, mother } = await stage.side('75', 1);
    const short = await stage.world.group(centreId, { hours: { mon: [18, 34], tue: [18, 34] } });
    const sibling = String(await stage.world.child(mother));
    await family.post('/bookings', {
      childId: sibling,
      groupId: String(groupId),
      date: '2027-02-09',
      from: '08:00',
      to: '12:00',
    });
    const { status, body } = await family.get(asked(childId, { work: WORK, commute: '30', region: '75' }));
    expect(status).toBe(200);
    const items = body['items'] as {
      groupId: string;
      uncoveredMinutesPerWeek: number;
      fullDates: string[];
      freeDates: string[];
      reason: string | null;
      pattern: object;
    }[];
    expect(items.map((item) => [item.groupId, item.uncoveredMinutesPerWeek])).toEqual([
      [String(groupId), 0],
      [String(short), 240],
    ]);
    expect(items[0]).toMatchObject({
      pattern: { mon: ['08:30', '18:30'], tue: ['08:30', '18:30'] },
      fullDates: ['2027-02-09'],
      reason: null,
    });
    expect(items[0]!.freeDates).toHaveLength(7);
    expect(items[1]).toMatchObject({ pattern: { mon: ['09:00', '17:00'] }, reason: 'outside_hours' });
  });

  test('a wished pattern is a need without a way to it; without a region all are asked', async () => {
    await using stage = await ApiStage.create();
    const { family, childId } = await stage.side('75');
    await stage.side('71');
    const { body } = await family.get(
      asked(childId, { pattern: JSON.stringify({ wed: ['08:30', '12:30'] }) }),
    );
    const items = body['items'] as { pattern: object; uncoveredMinutesPerWeek: number }[];
    expect(items).toHaveLength(2);
    expect(items[0]).toMatchObject({ pattern: { wed: ['08:30', '12:30'] }, uncoveredMinutesPerWeek: 0 });
  });

  test('only groups that state a help, where one is asked for', async () => {
    await using stage = await ApiStage.create();
    const { family, childId, centreId } = await stage.side('75');
    const helped = await stage.world.group(centreId, { skills: ['nurse'] });
    const { body } = await family.get(asked(childId, { work: WORK, skill: 'nurse' }));
    expect((body['items'] as { groupId: string }[]).map((item) => item.groupId)).toEqual([String(helped)]);
    expect(told(await family.get(asked(childId, { work: WORK, skill: 'juggling' })))).toEqual([
      422,
      'invalid',
      'skill',
    ]);
  });

  test('refused: foreign child, no wish, both, wide ranges, bad patterns, a regional manager', async () => {
    await using stage = await ApiStage.create();
    const { family, childId, manager } = await stage.side('75');
    const foreign = await stage.side('71');
    expect(told(await family.get(asked(foreign.childId, { work: WORK })))).toEqual([404, 'missing']);
    expect(told(await family.get(asked(childId, {})))).toEqual([422, 'invalid', 'work']);
    expect(told(await family.get(asked(childId, { work: WORK, pattern: WORK })))).toEqual([
      422,
      'invalid',
      'work',
    ]);
    expect(
      told(await family.get(asked(childId, { work: WORK, from: '1900-01-01', to: '2199-12-31' }))),
    ).toEqual([422, 'invalid', 'to too_wide']);
    expect(told(await family.get(asked(childId, { work: '{"mon":["09:15","18:00"]}' })))).toEqual([
      422,
      'invalid',
      'work.mon off_grid',
    ]);
    expect(told(await family.get(asked(childId, { work: 'nonsense' })))).toEqual([422, 'invalid', 'work']);
    expect((await manager.get(asked(childId, { work: WORK }))).status).toBe(403);
  });
});
