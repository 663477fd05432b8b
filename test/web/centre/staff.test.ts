import { expect, test } from 'vitest';
import { plainDate } from '../../../src/domain/calendar.ts';
import { findCentre } from '../../../src/data/centres.ts';
import { findStaff, listLeaveOf, listQualifications, listStaff } from '../../../src/data/staff.ts';
import { TestApp } from '../../support/app.ts';
import { expectAccess, MONDAY, PageStage, textOf } from '../../support/page-stage.ts';
import { addStaff, shift, RosterStage } from '../../support/roster-stage.ts';
import { slot } from '../../support/centre-stage.ts';
import { World } from '../../support/world.ts';

const FORM: Record<string, string> = {
  name: 'Synthetic Нұрлан',
  post: 'tutor',
  startsOn: '2027-02-01',
  endsOn: '',
  hours: '37.5',
  daysPerWeek: '5',
  overtimeConsentOn: '2027-01-15',
  skills: 'sign_language',
  'availability.mon': '08:00',
  'availability.mon.to': '17:00',
  'preferences.mon': '09:00',
  'preferences.mon.to': '15:00',
  medicalBookUntil: '2027-02-10',
  backgroundCheckedOn: '',
  backgroundCheckUntil: '',
  attestation: 'first',
  attestedOn: '2026-01-01',
  attestationDueOn: '2027-03-20',
  qualification1: 'Diploma',
  institution1: 'College',
  issuedOn1: '2020-06-01',
  validUntil1: '',
};

async function stage() {
  const world = await World.create();
  const app = await TestApp.start(world);
  const at = await PageStage.create(world);
  const admin = await app.as(at.admin);
  const dispose = async () => {
    await app[Symbol.asyncDispose]();
    await world[Symbol.asyncDispose]();
  };
  return { world, app, at, admin, path: `/centres/${at.centreId}/staff`, [Symbol.asyncDispose]: dispose };
}

test('the register, and the door, are in the alphabet of the reader', async () => {
  await using s = await stage();
  const names = ['Яна 1', 'Бақыт 10', 'Әлия 1', 'Бақыт 2', 'Аян 1'];
  for (const name of names) await addStaff(s.world, s.at.centreId, { name });
  const inOrder = async (path: string) => {
    const text = textOf(await s.admin.get(path));
    return names.toSorted((a, b) => text.indexOf(a) - text.indexOf(b));
  };
  for (const path of [`${s.path}?lang=kk`, `/centres/${s.at.centreId}/door`]) {
    await s.admin.get(path);
    expect(await inOrder(path.split('?')[0]!)).toEqual(['Аян 1', 'Әлия 1', 'Бақыт 2', 'Бақыт 10', 'Яна 1']);
  }
});

test('somebody is added, listed with papers that run out, and changed', async () => {
  await using s = await stage();
  expect(textOf(await s.admin.get(s.path))).toContain('Nobody is in the register yet');
  const added = await s.admin.submit(s.path, FORM);
  expect(textOf(added)).toContain('The person was added to the register.');
  expect(textOf(added)).toContain(
    'Synthetic Нұрлан Tutor · 37.5 h a week, 5 days Medical book: until 10.02.2027, 7 days left',
  );
  const [row] = await s.world.database.read((tx) => listStaff(tx, s.at.centreId));
  expect(row).toMatchObject({
    weeklyMinutes: 2250,
    level: 1,
    skills: ['sign_language'],
    availability: { mon: [16, 34] },
    preferences: { mon: [18, 30] },
    overtimeConsentOn: '2027-01-15',
    attestation: 'first',
  });
  const list = textOf(await (await s.app.as(s.at.staff)).get(s.path));
  expect(list).toContain(
    'Medical book: until 10.02.2027, 7 days left Attestation: until 20.03.2027, 45 days left Background check: not recorded',
  );
  expect(list).not.toContain('Add a person');
  const one = `${s.path}/${row!.id}`;
  const saved = await s.admin.submit(one, {
    ...FORM,
    version: '1',
    post: 'nurse',
    skills: 'nurse',
    summedTime: 'yes',
  });
  expect(textOf(saved)).toContain('Saved.');
  expect(await s.world.database.read((tx) => findStaff(tx, row!.id))).toMatchObject({
    post: 'nurse',
    skills: ['nurse'],
    summedTime: true,
    version: 2,
  });
  expect(await s.world.database.read((tx) => listQualifications(tx, [row!.id]))).toMatchObject([
    { kind: 'Diploma', validUntil: null },
  ]);
  const stale = await s.admin.post(one, { ...FORM, version: '1' });
  expect(stale.status).toBe(409);
});

test('what cannot be is told beside its field, and nothing typed is lost', async () => {
  await using s = await stage();
  const wrong = await s.admin.post(s.path, {
    ...FORM,
    hours: '48',
    endsOn: '2026-01-01',
    'availability.tue': '10:00',
    'availability.tue.to': '09:00',
  });
  expect(wrong.status).toBe(422);
  expect(textOf(wrong)).toContain('The end must come after the beginning');
  expect(wrong.text).toContain('value="Synthetic Нұрлан"');
  const bounds = await s.admin.post(s.path, { ...FORM, hours: '48', endsOn: '2026-01-01' });
  expect(textOf(bounds)).toContain('Enter from 0.5 to 40 hours a week');
  expect(bounds.text).toContain('value="48"');
  const half = await s.admin.post(s.path, { ...FORM, institution1: '' });
  expect(half.status).toBe(422);
  const none = await s.admin.post(s.path, { ...FORM, 'availability.mon': '', 'availability.mon.to': '' });
  expect(textOf(none)).toContain('Choose the hours of at least one weekday');
  expect((await s.admin.post(s.path, {})).status).toBe(422);
  expect(await s.world.database.read((tx) => listStaff(tx, s.at.centreId))).toEqual([]);
});

test('leave shows whom it leaves without a nurse before it is approved', async () => {
  await using at = await RosterStage.create();
  const { world, centreId } = at;
  await using app = await TestApp.start(world);
  const nurse = await at.staff({ post: 'nurse' });
  for (let child = 0; child < 6; child++) await at.book(MONDAY, slot('09:00', '13:00'));
  const admin = await app.as(at.admin);
  const path = `/centres/${centreId}/staff/${nurse}`;
  const entered = await admin.submit(`${path}/leave`, {
    leaveFrom: MONDAY,
    leaveTo: '2027-02-12',
    leaveKind: 'annual',
  });
  expect(textOf(entered)).toContain(
    '08.02–12.02.2027 · annual leave to be decided · 5 days 19 days left afterwards What it would mean: Leaves 08.02.2027 without: Nurse on site. 6 children are booked.',
  );
  expect(textOf(await admin.get(`/centres/${centreId}/staff`))).toContain('Leave to decide');
  const [leave] = await world.database.read((tx) => listLeaveOf(tx, [nurse]));
  const staff = await app.as(await world.person('centre_staff', { centreId }));
  expect(textOf(await staff.get(path))).toContain('Leaves 08.02.2027 without');
  expect((await staff.post(`${path}/leave/${leave!.id}/approval`)).status).toBe(403);
  const again = await admin.post(`${path}/leave`, {
    leaveFrom: '2027-02-10',
    leaveTo: '2027-02-15',
    leaveKind: 'sick',
  });
  expect(again.status).toBe(422);
  expect(textOf(again)).toContain('Leave is entered for some of these days already');
  expect(again.text).toContain('value="2027-02-15"');
  expect(textOf(await admin.submit(`${path}/leave/${leave!.id}/approval`))).toContain(
    'Published group days that changed: 0',
  );
  expect((await admin.post(`${path}/leave/${leave!.id}/refusal`)).status).toBe(409);
  expect(textOf(await admin.submit(`${path}/leave/${leave!.id}/withdrawal`))).toContain('withdrawn');
  expect((await admin.post(`${path}/leave/999999/approval`)).status).toBe(404);
  expect(
    (await admin.post(`${path}/leave`, { leaveFrom: MONDAY, leaveTo: '2027-02-01', leaveKind: 'annual' }))
      .status,
  ).toBe(422);
});

test('a contract that published shifts would break is refused with those shifts', async () => {
  await using at = await RosterStage.create();
  await using app = await TestApp.start(at.world);
  const tutor = await at.staff({ post: 'tutor' });
  await at.published(MONDAY, MONDAY, [shift(tutor, MONDAY, at.groupId)]);
  const admin = await app.as(at.admin);
  const answer = await admin.post(`/centres/${at.centreId}/staff/${tutor}`, {
    ...FORM,
    version: '1',
    hours: '5',
    overtimeConsentOn: '',
  });
  expect(answer.status).toBe(422);
  expect(textOf(answer)).toContain('Publish a roster without them first.');
  expect(textOf(answer)).toContain('08.02.2027: 8 h of work in the week; the contract has 5 h');
});

test('who may be rostered is the centre’s setting', async () => {
  await using s = await stage();
  const save = (form: Record<string, string>) => s.admin.post(`${s.path}/settings`, form);
  expect(
    textOf(
      await s.admin.submit(`${s.path}/settings`, {
        barringPapers: 'attestation',
        parentInOwnGroup: 'yes',
        rosterReserve: '2',
      }),
    ),
  ).toContain('Saved.');
  const centre = await s.world.database.read((tx) => findCentre(tx, s.at.centreId));
  expect(centre).toMatchObject({ barringPapers: ['attestation'], parentInOwnGroup: true, rosterReserve: 2 });
  const minutes = async () =>
    (await s.world.database.read((tx) => findCentre(tx, s.at.centreId)))!.askMinutes;
  expect(await minutes()).toBeNull();
  for (const [sent, stored] of [
    ['120', 120],
    ['evening', 0],
    ['', null],
  ] as const) {
    const page = await s.admin.submit(`${s.path}/settings`, { rosterReserve: '2', askWithin: sent });
    expect(page.text).toMatch(new RegExp(`<option value="${sent}" selected`));
    expect(await minutes()).toBe(stored);
  }
  expect((await save({ rosterReserve: '2', askWithin: '7' })).status).toBe(422);
  const wrong = await save({ rosterReserve: '99' });
  expect(wrong.status).toBe(422);
  expect(textOf(wrong)).toContain('Enter 0 to 20');
  expect((await save({ barringPapers: 'nonsense', rosterReserve: '1' })).status).toBe(422);
});

test('staff see, administrators change, others find nothing', async () => {
  await using s = await stage();
  const { at, app, world } = s;
  const own = await addStaff(world, at.centreId);
  const foreign = await addStaff(world, at.otherCentreId, { startsOn: plainDate('2027-01-01') });
  const who = {
    allowed: [at.staff, at.admin, at.system],
    forbidden: [at.guardian, at.manager],
    missing: [at.otherAdmin],
  };
  await expectAccess(app, s.path, who);
  await expectAccess(app, `${s.path}/${own}`, who);
  await expectAccess(app, `${s.path}/new`, {
    ...who,
    allowed: [at.admin, at.system],
    forbidden: [at.staff, at.guardian, at.manager],
  });
  expect((await s.admin.get(`${s.path}/${foreign}`)).status).toBe(404);
  expect((await s.admin.post(`${s.path}/${foreign}`, FORM)).status).toBe(404);
});
