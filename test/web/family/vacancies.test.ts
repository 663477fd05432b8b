import { expect, test } from 'vitest';
import { plainDate } from '../../../src/domain/calendar.ts';
import { listCandidaciesOf, listPapers, listSteps } from '../../../src/data/candidacies.ts';
import { bookSlot } from '../../../src/use-cases/bookings.ts';
import { changeRosterSettings } from '../../../src/use-cases/staff-register.ts';
import { closeVacancy } from '../../../src/use-cases/vacancies.ts';
import { TestApp } from '../../support/app.ts';
import { expectAccess, PageStage, textOf } from '../../support/page-stage.ts';
import { VacancyStage } from '../../support/vacancy-stage.ts';
import { World } from '../../support/world.ts';

async function stage() {
  const world = await World.create();
  const app = await TestApp.start(world);
  const at = await PageStage.create(world);
  const { centreId, admin, guardian } = at;
  const post = await VacancyStage.create(world, { centreId, admin });
  const visitor = await app.as(guardian);
  const form = `/vacancies/${post.vacancyId}/candidacies`;
  const own = async () => await world.database.read((tx) => listCandidaciesOf(tx, guardian.personId));
  const dispose = async () => {
    await app[Symbol.asyncDispose]();
    await world[Symbol.asyncDispose]();
  };
  return { world, app, at, post, visitor, guardian, form, own, [Symbol.asyncDispose]: dispose };
}

test('a parent sees the region’s posts, how they go with the child’s hours and what the papers lack', async () => {
  await using s = await stage();
  const { at, world, guardian } = s;
  await world.act(guardian, bookSlot, {
    childId: at.childId,
    groupId: at.groupId,
    date: plainDate('2027-02-08'),
    slot: { from: 17, to: 30 },
  });
  await VacancyStage.create(world, {
    centreId: await world.centre({ regionCode: '71', name: 'Алыс' }),
    wish: { post: 'nurse' },
  });
  const home = await s.visitor.get('/children');
  expect(home.text).toContain('href="/vacancies"');
  const text = textOf(await s.visitor.get('/vacancies'));
  expect(text).toContain('1 vacancy');
  expect(text).toContain('Care worker Шуақ');
  expect(text).not.toContain('Алыс');
  expect(text).toContain(
    'Hours a week 20 h a week Hours of the week Mon–Thu 08:30–15:00 Work begins 01.03.2027 Apply until 20.02.2027 Details Synthetic details',
  );
  // A day of 6.5 hours of sixteen.
  expect(text).toContain('Of the post’s hours 6% are booked, 100% could be booked Would fit: hours are free');
  expect(text).toContain(
    'Still missing: One of: vocational or higher education, social; or vocational or higher education, pedagogical; or vocational or higher education, medical; or basic secondary education and certificate of social training Medical book Background check',
  );
  expect(text).toContain('Source: the Prime Minister’s letter of 11.06.2020 (check against Order 263).');
  expect(text).toContain('You would not be rostered to your own child’s group: Топ.');
  await world.act(at.admin, changeRosterSettings, {
    centreId: at.centreId,
    barringPapers: [],
    parentInOwnGroup: true,
    rosterReserve: 0,
    askWithin: null,
  });
  const said = await s.visitor.get('/vacancies?have=basic_secondary&have=background_check&have=nonsense');
  expect(textOf(said)).toContain('This centre allows work in your own child’s group: Топ.');
  expect(textOf(said)).toContain(
    'or vocational or higher education, medical; or certificate of social training Medical book What the post asks',
  );
  expect(said.text).toMatch(/value="basic_secondary" checked/);
  expect(said.text).toContain(`${s.form}/new?have=basic_secondary&amp;have=background_check`);
  const whole = await s.visitor.get(
    '/vacancies?have=education_social&have=medical_book&have=background_check',
  );
  expect(textOf(whole)).toContain('All papers are there');
  expect(textOf(await s.visitor.get('/vacancies?region=71'))).toContain('Nurse Алыс');
  expect(textOf(await s.visitor.get('/vacancies?region=63&page=7'))).toContain(
    'No vacancies in this region now',
  );
});

test('applies in a few steps without scripts: checks, changes, sends, adds papers, withdraws', async () => {
  await using s = await stage();
  const { at, world } = s;
  const page = await s.visitor.get(`${s.form}/new`);
  expect(textOf(page)).toContain('Apply: Care worker');
  const typed = { childId: String(at.childId), statement: 'Ten years at home <b>', papers: 'now' };
  const check = await s.visitor.post(s.form, { ...typed, step: 'check' });
  expect(check.status).toBe(200);
  expect(textOf(check)).toContain(
    'About yourself Ten years at home <b> Papers Now, right after sending Only the administrators of this centre',
  );
  expect(check.text).toContain('name="statement" value="Ten years at home &lt;b&gt;"');
  expect(await s.own()).toEqual([]);
  const changed = await s.visitor.post(s.form, { ...typed, step: 'change' });
  expect(changed.text).toContain('Ten years at home &lt;b&gt;</textarea>');
  const sent = await s.visitor.post(s.form, { ...typed, step: 'send', operation: 'once' });
  const [candidacy] = await s.own();
  const one = `/candidacies/${candidacy!.id}`;
  expect([sent.status, sent.location]).toEqual([303, `${one}#papers`]);
  const twice = await s.visitor.post(s.form, { ...typed, step: 'send', operation: 'once' });
  expect([twice.status, twice.location]).toEqual([303, `${one}#papers`]);
  const again = await s.visitor.post(s.form, { ...typed, step: 'send' });
  expect(again.status).toBe(422);
  expect(textOf(again)).toContain('You have already applied for this post');
  expect(candidacy).toMatchObject({ childId: at.childId, statement: 'Ten years at home <b>' });

  const open = textOf(await s.visitor.get(one));
  expect(open).toContain('Sent What comes next The centre looks at your application');
  expect(open).toContain('Still missing:');
  expect(open).toContain('Of the post’s hours 0% are booked, 100% could be booked');
  const paper = { kind: 'medical_book', institution: 'Clinic', issuedOn: '2026-02-01', validUntil: '' };
  const wrong = await s.visitor.post(`${one}/papers`, paper);
  expect(wrong.status).toBe(422);
  expect(textOf(wrong)).toContain('A medical book has an end: enter it');
  expect(wrong.text).toContain('value="Clinic"');
  expect((await s.visitor.post(`${one}/papers`, {})).status).toBe(422);
  const added = await s.visitor.submit(`${one}/papers`, { ...paper, validUntil: '2028-02-01' });
  expect(textOf(added)).toContain('The paper is added.');
  expect(textOf(added)).toContain('Medical book Clinic 01.02.2026 · Valid until: 01.02.2028 Valid');
  const [stored] = await world.database.read((tx) => listPapers(tx, [candidacy!.id]));
  const removed = await s.visitor.submit(`${one}/papers/removal`, { paperId: String(stored!.id) });
  expect(textOf(removed)).toContain('The paper is removed.');

  const list = textOf(await s.visitor.get('/vacancies'));
  expect(list).toContain('My applications Care worker : Шуақ Шуақ Sent on 03.02.2027 Sent');
  expect(list).toContain('Open my application');
  const withdrawn = textOf(await s.visitor.submit(`${one}/withdrawal`));
  expect(withdrawn).toContain('Withdrawn What comes next You have taken this application back');
  expect((await s.visitor.post(`${one}/withdrawal`)).status).toBe(409);
  expect((await s.visitor.post(`${one}/papers`, { ...paper, validUntil: '2028-02-01' })).status).toBe(409);
  expect((await s.visitor.post(`${one}/papers/removal`, {})).status).toBe(422);
});

test('history, the time of the competition and the words of the centre are on the page, and the message leads there', async () => {
  await using s = await stage();
  const { world, post, guardian } = s;
  const id = await post.apply(guardian);
  await post.handIn(guardian, id);
  await post.step(id, 'papers_complete');
  await post.step(id, 'invited', {
    heldAt: '2027-02-12T05:30:00.000Z' as never,
    note: 'Second floor',
  });
  const text = textOf(await s.visitor.get(`/candidacies/${id}`));
  expect(text).toContain('12.02.2027, 10:30 Мысал көшесі, 1'.replace('Мысал', 'Алатау, Мысал'));
  expect(text).toContain('The centre writes Second floor');
  expect(text).toContain(
    '03.02.2027 10:00 Competition: 12.02.2027, 10:30 Second floor Invited to the competition 03.02.2027 10:00 Papers complete 03.02.2027 10:00 Sent',
  );
  expect(text).not.toContain('Add a paper');
  const home = await s.visitor.get('/children');
  expect(textOf(home)).toContain(
    'Шуақ invites you to the competition (Care worker): 12.02.2027, 10:30. Bring your papers.',
  );
  expect(home.text).toContain(`href="/candidacies/${id}"`);
  expect(await world.database.read((tx) => listSteps(tx, [id]))).toHaveLength(3);
});

test('what cannot be is told, and nothing typed is lost', async () => {
  await using s = await stage();
  const { world, at, post } = s;
  const long = await s.visitor.post(s.form, { statement: 'x'.repeat(1001), childId: '', step: 'check' });
  expect(long.status).toBe(422);
  expect(long.text).toContain('x'.repeat(1001));
  expect((await s.visitor.post(s.form, { childId: 'nonsense' })).status).toBe(422);
  const stranger = await world.child(await world.guardian());
  const others = await s.visitor.post(s.form, {
    statement: 'kept',
    childId: String(stranger),
    step: 'send',
  });
  expect(others.status).toBe(422);
  expect(textOf(others)).toContain('Choose a child of yours, or none');
  expect(others.text).toContain('kept</textarea>');
  await world.act(at.admin, closeVacancy, { centreId: at.centreId, vacancyId: post.vacancyId });
  const closed = await s.visitor.post(s.form, { statement: 'kept', childId: '', step: 'send' });
  expect(closed.status).toBe(422);
  expect(textOf(closed)).toContain('One can no longer apply for this post');
  expect(textOf(await s.visitor.get(`${s.form}/new`))).toContain('Other vacancies');
  expect(textOf(await s.visitor.get('/vacancies'))).toContain('No vacancies in this region now');
  expect(await s.own()).toEqual([]);
});

test('a guardian who may be told but not see has no hours of the child counted', async () => {
  await using s = await stage();
  const { world, at, app } = s;
  const aunt = await world.guardian();
  await world.insert(async (tx) => {
    await tx.db.insert(tx.t.guardianship).values({
      childId: at.childId,
      personId: aunt.personId,
      startsOn: plainDate('2026-01-01'),
      maySee: false,
      mayBook: false,
      mayCollect: false,
      mayBeTold: true,
    });
  });
  const page = await (await app.as(aunt)).get('/vacancies');
  expect(textOf(page)).toContain('Care worker');
  expect(textOf(page)).not.toContain('Of the post’s hours');
});

test('another’s application is the same as none', async () => {
  await using s = await stage();
  const { app, at, post, guardian, world } = s;
  const id = await post.apply(guardian);
  const other = await world.guardian();
  await expectAccess(app, `/candidacies/${id}`, {
    allowed: [guardian],
    forbidden: [at.admin, at.staff, at.manager, at.system],
    missing: [other],
  });
  await expectAccess(app, '/vacancies', {
    allowed: [guardian, other],
    forbidden: [at.admin, at.staff, at.manager, at.system],
    missing: [],
  });
  const visitor = await app.as(other);
  const bare = (text: string) => text.replaceAll(/[0-9a-f-]{36}/g, '').replaceAll(/\d+/g, '0');
  const [foreign, absent] = [
    await visitor.get(`/candidacies/${id}`),
    await visitor.get('/candidacies/999999'),
  ];
  expect(bare(foreign.text)).toBe(bare(absent.text));
  expect(foreign.text).not.toContain('Шуақ');
  for (const path of ['papers', 'papers/removal', 'withdrawal'])
    expect((await visitor.post(`/candidacies/${id}/${path}`, {})).status).toBe(404);
});

test.each(['kk', 'ru'])('the pages speak %s without a gap', async (lang) => {
  await using s = await stage();
  const id = await s.post.apply(s.guardian);
  for (const path of ['/vacancies', `${s.form}/new`, `/candidacies/${id}`]) {
    const { text, status } = await s.visitor.get(`${path}?lang=${lang}`);
    const page = status === 303 ? await s.visitor.get(path) : { text };
    expect(page.text).toContain(`lang="${lang}"`);
    expect(page.text).not.toMatch(/\{\w+\}|undefined|candidacy\.|vacancy\.(?!ejs)/);
  }
});
