import { expect, test } from 'vitest';
import { plainDate } from '../../../src/domain/calendar.ts';
import { findRoster } from '../../../src/data/rosters.ts';
import { makeDraft, saveDraft } from '../../../src/use-cases/drafting.ts';
import { TestApp } from '../../support/app.ts';
import { MONDAY, slot } from '../../support/centre-stage.ts';
import { textOf } from '../../support/page-stage.ts';
import { RosterStage } from '../../support/roster-stage.ts';

test('contract hours that a draft leaves idle are told by name with the reasons, in three languages', async () => {
  await using at = await RosterStage.create();
  await using app = await TestApp.start(at.world);
  const { world, centreId } = at;
  // Both are asked for all day; one comes in the morning only. Nobody is a nurse.
  const mornings = await at.staff({
    name: 'Synthetic morning',
    availability: { mon: [18, 26] },
    weeklyMinutes: 1200,
  });
  for (let child = 0; child < 5; child++) await at.book(MONDAY, slot('09:00', '15:00'));
  const wish = { centreId, from: MONDAY, to: MONDAY };
  const draft = await makeDraft(world.database, wish, { today: plainDate('2027-02-03'), seconds: 10 });
  const { id } = await world.act(at.admin, saveDraft, draft);
  const stored = await world.database.read((tx) => findRoster(tx, id));
  expect(stored!.outcome!.idle).toEqual([
    {
      staffId: mornings,
      week: MONDAY,
      minutes: 960,
      // The nurse all day, 08:00–18:30; another beside them; 13:00–15:00 and the edges of the day.
      why: [
        { reason: 'not_qualified', halfHours: 21, date: MONDAY },
        { reason: 'on_duty', halfHours: 8, date: MONDAY },
        { reason: 'window', halfHours: 6, date: MONDAY },
      ],
    },
  ]);
  const admin = await app.as(at.admin);
  const page = `/centres/${centreId}/rosters/${id}`;
  const told = async (language: string) => {
    await admin.get(`${page}?lang=${language}`);
    return textOf(await admin.get(page));
  };
  const english = await told('en');
  expect(english).toContain('Contract hours not used, and why');
  expect(english).toContain('Synthetic morning: 16 h, week of Mon 08.02');
  expect(english).toContain('does not have: 21 half-hours, first on Mon 08.02');
  expect(english).toContain('cannot work at these hours: 6 half-hours, first on Mon 08.02');
  expect(await told('ru')).toContain('Synthetic morning: 16 ч, неделя с');
  expect(await told('kk')).toContain('Synthetic morning: 16 сағ,');
});
