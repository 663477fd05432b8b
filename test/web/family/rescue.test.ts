import { expect, test } from 'vitest';
import { addMinutes, instant, plainDate } from '../../../src/domain/calendar.ts';
import { SYSTEM } from '../../../src/domain/people.ts';
import { listRescuesOfCentre } from '../../../src/data/rescues.ts';
import { runAll } from '../../../src/jobs/runner.ts';
import { reportAbsence } from '../../../src/use-cases/absences.ts';
import { bookSlot } from '../../../src/use-cases/bookings.ts';
import { standBy } from '../../../src/use-cases/stand-bys.ts';
import { FamilyStage } from '../../support/family-stage.ts';
import { expectAccess, textOf } from '../../support/page-stage.ts';
import { silentLog } from '../../support/queue.ts';

const DAY = plainDate('2027-02-09');
const MORNING = instant('2027-02-09T02:40:00.000Z');
const SLOT = { from: 17, to: 35 };

/** Two families stand by for the one place of a group, and it is freed in the morning. */
async function stage() {
  const at = await FamilyStage.create({ room: 1 });
  const { world, groupId } = at;
  const wish = { groupId, date: DAY, slot: SLOT };
  const holder = await world.child(null);
  const { id: bookingId } = await world.act(SYSTEM, bookSlot, { childId: holder, ...wish });
  const other = await world.guardian();
  const otherChild = await world.child(other);
  const mine = { childId: at.childId, ...wish, takeUntilMinute: null };
  const { id: standById } = await world.act(at.mother, standBy, mine);
  world.now = addMinutes(world.now, 1);
  const theirs = await world.act(other, standBy, { ...mine, childId: otherChild });
  const jobs = () => runAll({ database: world.database, clock: () => world.now, log: silentLog });
  world.now = MORNING;
  await world.act(SYSTEM, reportAbsence, { bookingId, kind: 'illness' });
  await jobs();
  const [rescue] = await world.database.read((tx) => listRescuesOfCentre(tx, at.centreId, DAY));
  const path = `/rescues/${rescue!.id}`;
  const dispose = () => at[Symbol.asyncDispose]();
  return { at, world, jobs, path, standById, theirs, other, [Symbol.asyncDispose]: dispose };
}

test('asked on the home page, answered in two taps, and told', async () => {
  await using s = await stage();
  const { at } = s;
  const home = await at.visitor.get('/children');
  expect(home.text).toContain('Hours are free: will you come?');
  expect(home.text).toContain(`href="${s.path}"`);
  const standing = await at.visitor.get(`/children/${at.childId}/stand-by`);
  expect(standing.text).toContain(`href="${s.path}"`);
  const page = await at.visitor.get(s.path);
  expect(textOf(page)).toContain('Answer by 07:50');
  expect(textOf(page)).toContain('08:30–17:30');
  const noted = await at.visitor.submit(`${s.path}/answer`, {
    standById: String(s.standById),
    answer: 'yes',
  });
  expect(textOf(noted)).toContain('You said yes.');
  s.world.now = addMinutes(MORNING, 10);
  expect(textOf(await at.visitor.get(s.path))).toContain('It is being decided');
  await s.jobs();
  const over = await at.visitor.get(s.path);
  expect(textOf(over)).toContain('The hours are yours.');
  const [booking] = (await at.bookings()).filter(({ date }) => date === DAY);
  expect(over.text).toContain(`href="/bookings/${booking!.id}"`);
  const others = await (await at.app.as(s.other)).get(s.path);
  expect(textOf(others)).toContain('You did not get these hours.');
  // The other family learns nothing of who got them.
  expect(others.text).not.toContain('Ару');
});

test('bad answers and late ones are said, another family’s stand-by is no record', async () => {
  await using s = await stage();
  const { visitor, stranger } = s.at;
  const answer = (form: Record<string, string>) => visitor.post(`${s.path}/answer`, form);
  for (const form of [{}, { standById: 'x', answer: 'yes' }, { standById: '1', answer: 'maybe' }])
    expect((await answer(form)).status).toBe(422);
  expect((await answer({ standById: String(s.theirs.id), answer: 'yes' })).status).toBe(404);
  expect((await stranger.post(`${s.path}/answer`, { standById: '1', answer: 'yes' })).status).toBe(404);
  await visitor.post(`/children/${s.at.childId}/stand-by/${s.standById}/end`);
  const ended = await answer({ standById: String(s.standById), answer: 'yes' });
  expect([ended.status, textOf(ended).includes('You no longer stand by')]).toEqual([409, true]);
  s.world.now = addMinutes(MORNING, 11);
  const late = await answer({ standById: String(s.standById), answer: 'no' });
  expect([late.status, textOf(late).includes('The time to answer is over')]).toEqual([409, true]);
});

test('who may open it', async () => {
  await using s = await stage();
  const { world, centreId } = s.at;
  await expectAccess(s.at.app, s.path, {
    allowed: [s.at.mother, s.other],
    forbidden: [await world.person('centre_admin', { centreId }), await world.person('system_admin')],
    missing: [await world.guardian()],
  });
});
