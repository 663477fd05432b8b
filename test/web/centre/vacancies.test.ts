import { expect, test } from 'vitest';
import { plainDate } from '../../../src/domain/calendar.ts';
import { listAssignments } from '../../../src/data/accounts.ts';
import { listStaff } from '../../../src/data/staff.ts';
import { listVacanciesOf } from '../../../src/data/vacancies.ts';
import { bookSlot } from '../../../src/use-cases/bookings.ts';
import { TestApp, type Page } from '../../support/app.ts';
import { expectAccess, PageStage, textOf } from '../../support/page-stage.ts';
import { VacancyStage } from '../../support/vacancy-stage.ts';
import { World } from '../../support/world.ts';

async function stage() {
  const world = await World.create();
  const app = await TestApp.start(world);
  const at = await PageStage.create(world);
  const admin = await app.as(at.admin);
  const dispose = async () => {
    await app[Symbol.asyncDispose]();
    await world[Symbol.asyncDispose]();
  };
  return { world, app, at, admin, path: `/centres/${at.centreId}/vacancies`, [Symbol.asyncDispose]: dispose };
}

const FORM: Record<string, string> = {
  post: 'care_worker',
  weekly: '20',
  'hours.mon': '08:30',
  'hours.mon.to': '15:00',
  'hours.tue': '08:30',
  'hours.tue.to': '15:00',
  'hours.wed': '08:30',
  'hours.wed.to': '15:30',
  startsOn: '2027-03-01',
  applyUntil: '2027-02-20',
  details: 'Ask for the director',
};

/** A form of a page as a browser would send it back unchanged. */
function filled({ text }: Page): Record<string, string> {
  const form: Record<string, string> = {};
  for (const [input] of text.matchAll(/<input[^>]*>/g)) {
    const name = / name="([^"]*)"/.exec(input)?.[1];
    const box = /type="(checkbox|radio)"/.test(input);
    if (name !== undefined && name !== 'operation' && (!box || / checked/.test(input)))
      form[name] = / value="([^"]*)"/.exec(input)?.[1] ?? '';
  }
  for (const [, name = '', options = ''] of text.matchAll(
    /<select[^>]* name="([^"]*)"[^>]*>([^]*?)<\/select>/g,
  ))
    form[name] = /value="([^"]*)" selected/.exec(options)?.[1] ?? '';
  return form;
}

test('a vacancy is opened, listed, changed and closed', async () => {
  await using s = await stage();
  expect((await s.admin.get(`/centres/${s.at.centreId}/staff`)).text).toContain(`href="${s.path}"`);
  expect(textOf(await s.admin.get(s.path))).toContain('No vacancies yet');
  expect((await s.admin.get(`${s.path}/new`)).status).toBe(200);
  const opened = await s.admin.submit(s.path, FORM);
  expect(textOf(opened)).toContain('The vacancy is open: families of the region see it now.');
  const [row] = await s.world.database.read((tx) => listVacanciesOf(tx, s.at.centreId));
  expect(row).toMatchObject({
    post: 'care_worker',
    weeklyMinutes: 1200,
    hours: { mon: [17, 30], tue: [17, 30], wed: [17, 31] },
    startsOn: '2027-03-01',
    applyUntil: '2027-02-20',
    closedAt: null,
  });
  const one = `${s.path}/${row!.id}`;
  expect(textOf(await s.admin.get(s.path))).toContain(
    'Care worker 20 h a week Mon–Tue 08:30–15:00, Wed 08:30–15:30 01.03.2027 20.02.2027 0 running of 0 Open',
  );
  const page = await s.admin.get(one);
  const seen = filled(page);
  expect(seen).toMatchObject({ weekly: '20', 'hours.wed.to': '15:30', startsOn: '2027-03-01' });
  const saved = await s.admin.submit(one, { ...seen, details: 'Ask at the door' });
  expect(textOf(saved)).toContain('Saved.');
  const stale = await s.admin.post(one, { ...seen, details: 'Mine' });
  expect(stale.status).toBe(409);
  expect(textOf(stale)).toContain('Details Ask at the door');
  expect(stale.text).toContain('Mine</textarea>');
  const after = await s.admin.submit(one, filled(stale));
  expect(textOf(after)).toContain('Saved.');
  expect(textOf(await s.admin.submit(`${one}/closure`))).toContain('The vacancy is closed.');
  expect(textOf(await s.admin.submit(`${one}/closure`))).toContain('Closed');
  expect((await s.admin.post(one, FORM)).status).toBe(409);
});

test('what cannot be is told beside its field, and nothing typed is lost', async () => {
  await using s = await stage();
  const post = (change: Record<string, string>) => s.admin.post(s.path, { ...FORM, ...change });
  for (const [change, words] of [
    [{ weekly: '0' }, 'Enter from 0.5 to 40 hours a week'],
    [{ weekly: '90' }, 'Enter from 0.5 to 40 hours a week'],
    [{ weekly: '30' }, 'The hours of the week are fewer than the contract has'],
    [{ startsOn: '2027-01-01', applyUntil: '2027-01-01' }, 'Choose a day from today'],
    [{ applyUntil: '2027-03-02' }, 'Choose a day no later than the beginning of work'],
    [{ 'hours.mon.to': '' }, 'Choose both times'],
    [{ details: 'x'.repeat(1001) }, 'shorten this to 1,000 characters'],
    [{ post: 'director' }, 'Choose'],
    [{ startsOn: 'soon' }, 'date'],
  ] as const) {
    const answer = await post({ details: 'kept words', ...change });
    expect(answer.status, words).toBe(422);
    expect(textOf(answer)).toContain(words);
    if (!('details' in change)) expect(answer.text).toContain('kept words</textarea>');
  }
  expect((await s.admin.post(s.path, {})).status).toBe(422);
  expect(await s.world.database.read((tx) => listVacanciesOf(tx, s.at.centreId))).toEqual([]);
});

test('a candidate goes through papers and competition into the register, with the account they have', async () => {
  await using s = await stage();
  const { world, at, app } = s;
  await world.act(at.guardian, bookSlot, {
    childId: at.childId,
    groupId: at.groupId,
    date: plainDate('2027-02-08'),
    slot: { from: 17, to: 30 },
  });
  const post = await VacancyStage.create(world, { centreId: at.centreId, admin: at.admin });
  const id = await post.apply(at.guardian, at.childId);
  const vacancy = `${s.path}/${post.vacancyId}`;
  const one = `${vacancy}/candidacies/${id}`;
  expect(textOf(await s.admin.get(vacancy))).toContain(`Candidates ${at.guardian.name} 03.02.2027 Sent`);
  const file = await s.admin.get(one);
  expect(textOf(file)).toContain(
    'About yourself Synthetic statement Rosters Not with the own child’s group: Топ',
  );
  // Nothing of the family beside it.
  const [child] = await world.database.read((tx) => tx.db.select().from(tx.t.child));
  expect(file.text).not.toContain(child!.name);
  expect(file.text).not.toContain(`/children/${at.childId}`);

  const step = (form: Record<string, string>) => s.admin.submit(`${one}/steps`, form);
  expect(textOf(await step({ from: 'submitted', step: 'papers_complete', note: 'kept words' }))).toContain(
    'Papers are missing. Ask for them first.',
  );
  const asked = await step({ from: 'submitted', step: 'papers_asked', note: 'The medical book, please' });
  expect(textOf(asked)).toContain('Done. The candidate is told.');
  const late = await s.admin.post(`${one}/steps`, { from: 'submitted', step: 'refused', note: 'kept words' });
  expect(late.status).toBe(409);
  expect(late.text).toContain('kept words</textarea>');
  await post.handIn(at.guardian, id);
  await step({ from: 'papers_asked', step: 'papers_complete' });
  for (const [form, words] of [
    [{ step: 'invited' }, 'Choose the day and the time of the competition'],
    [{ step: 'invited', heldOn: '2027-02-12' }, 'At: fill in this field'],
    [{ step: 'invited', heldOn: '2027-02-02', heldTime: '10:00' }, 'Choose a time ahead'],
    [{ step: 'refused' }, 'Write the reason: the candidate reads it'],
    [{ step: 'hired' }, 'This step cannot follow now'],
    [{}, 'Choose'],
  ] as const) {
    const answer = await s.admin.post(`${one}/steps`, { from: 'papers_complete', ...form });
    expect(answer.status, words).toBe(422);
    expect(textOf(answer)).toContain(words);
  }
  const invited = await step({
    from: 'papers_complete',
    step: 'invited',
    heldOn: '2027-02-12',
    heldTime: '10:30',
    note: '',
  });
  expect(textOf(invited)).toContain('Invited to the competition 12.02.2027, 10:30');
  expect(textOf(await s.admin.get(`${one}/hiring`))).toContain('Only who has passed the competition');
  world.now = '2027-02-12T08:00:00.000Z' as typeof world.now;
  await step({ from: 'invited', step: 'passed' });

  const hiring = await s.admin.get(`${one}/hiring`);
  const record = filled(hiring);
  expect(record).toMatchObject({
    name: at.guardian.name,
    post: 'care_worker',
    hours: '20',
    daysPerWeek: '4',
    startsOn: '2027-03-01',
    'availability.mon': '08:30',
    'availability.mon.to': '15:00',
    medicalBookUntil: '2027-12-31',
    backgroundCheckedOn: '2026-05-05',
    qualification1: 'Basic secondary education',
    institution2: 'Synthetic college',
  });
  const wrong = await s.admin.post(`${one}/hiring`, { ...record, hours: '48' });
  expect(wrong.status).toBe(422);
  expect(wrong.text).toContain('value="48"');
  expect(await world.database.read((tx) => listStaff(tx, at.centreId))).toEqual([]);
  const hired = await s.admin.submit(`${one}/hiring`, { ...record, operation: 'once' });
  expect(textOf(hired)).toContain('Hired: the person is in the register and has been told.');
  await s.admin.submit(`${one}/hiring`, { ...record, operation: 'once' });
  const staff = await world.database.read((tx) => listStaff(tx, at.centreId));
  expect(staff).toHaveLength(1);
  expect(staff[0]).toMatchObject({ personId: at.guardian.personId, availability: { mon: [17, 30] } });
  expect((await s.admin.get(one)).text).toContain(`/staff/${staff[0]!.id}"`);

  // From the first day on the same account also acts as staff and sees its shifts.
  world.now = '2027-03-01T04:00:00.000Z' as typeof world.now;
  const roles = await world.database.read((tx) =>
    listAssignments(tx, at.guardian.personId, plainDate('2027-03-01')),
  );
  const role = roles.find((each) => each.role === 'centre_staff')!;
  const asStaff = await app.as({ ...at.guardian, ...role, assignmentId: role.id, role: 'centre_staff' });
  expect((await asStaff.get('/shifts')).status).toBe(200);
  expect((await asStaff.get(one)).status).toBe(403);
  const own = await app.as(at.guardian);
  expect(textOf(await own.get(`/candidacies/${id}`))).toContain('You are in the staff register.');
});

test('a candidate’s file is for that centre’s administrators alone; foreign and absent are the same page', async () => {
  await using s = await stage();
  const { world, at, app } = s;
  const post = await VacancyStage.create(world, { centreId: at.centreId, admin: at.admin });
  const other = await VacancyStage.create(world, { centreId: at.otherCentreId, admin: at.otherAdmin });
  const id = await post.apply(at.guardian);
  const one = `${s.path}/${post.vacancyId}/candidacies/${id}`;
  for (const path of [one, `${one}/hiring`])
    await expectAccess(app, path, {
      allowed: [at.admin],
      forbidden: [at.staff, at.guardian, at.manager, at.system],
      missing: [at.otherAdmin],
    });
  await expectAccess(app, `${s.path}/${post.vacancyId}`, {
    allowed: [at.admin, at.system],
    forbidden: [at.staff, at.guardian, at.manager],
    missing: [at.otherAdmin],
  });
  const system = await app.as(at.system);
  const seen = textOf(await system.get(`${s.path}/${post.vacancyId}`));
  expect(seen).toContain('1 candidate. Only the centre’s own administrators see who it is.');
  expect(seen).not.toContain(at.guardian.name);
  const foreign = await app.as(at.otherAdmin);
  // Beside the menu, which stands on the address that was asked.
  const bare = (text: string) => /<main[^]*<\/main>/.exec(text)![0];
  const pages = await Promise.all(
    [
      one,
      // Under the own centre and vacancy: the address must belong together.
      `/centres/${at.otherCentreId}/vacancies/${other.vacancyId}/candidacies/${id}`,
      `/centres/${at.otherCentreId}/vacancies/${post.vacancyId}`,
      `/centres/${at.otherCentreId}/vacancies/${other.vacancyId}/candidacies/999999`,
    ].map((path) => foreign.get(path)),
  );
  expect(pages.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
  expect(new Set(pages.map(({ text }) => bare(text)))).toHaveLength(1);
  const second = await VacancyStage.create(world, { centreId: at.centreId, admin: at.admin });
  expect((await s.admin.get(`${s.path}/${second.vacancyId}/candidacies/${id}`)).status).toBe(404);
  for (const path of ['steps', 'hiring'])
    expect((await foreign.post(`${one}/${path}`, { from: 'submitted', step: 'refused' })).status).toBe(404);
  expect(await post.stateOf(id)).toBe('submitted');
});

test.each(['kk', 'ru'])('the pages speak %s without a gap', async (lang) => {
  await using s = await stage();
  const post = await VacancyStage.create(s.world, { centreId: s.at.centreId, admin: s.at.admin });
  const id = await post.apply(s.at.guardian);
  await post.pass(s.at.guardian, id);
  const one = `${s.path}/${post.vacancyId}`;
  await s.admin.get(`/?lang=${lang}`);
  for (const path of [
    s.path,
    `${s.path}/new`,
    one,
    `${one}/candidacies/${id}`,
    `${one}/candidacies/${id}/hiring`,
  ]) {
    const first = await s.admin.get(`${path}?lang=${lang}`);
    const page = first.status === 303 ? await s.admin.get(path) : first;
    expect(page.status).toBe(200);
    expect(page.text).toContain(`lang="${lang}"`);
    expect(page.text).not.toMatch(/\{\w+\}|undefined|candidacy\.|vacancy\./);
  }
});
