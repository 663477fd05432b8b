import { describe, expect, test } from 'vitest';
import { plainDate } from '../../../src/domain/calendar.ts';
import { searchName } from '../../../src/domain/names.ts';
import { bookSlot } from '../../../src/use-cases/bookings.ts';
import { TestApp } from '../../support/app.ts';
import { textOf } from '../../support/page-stage.ts';
import { FILLED } from '../../support/applications.ts';
import { World } from '../../support/world.ts';

async function stage() {
  const world = await World.create();
  const app = await TestApp.start(world);
  const centreId = await world.centre();
  const openId = await world.group(centreId);
  const groupId = await world.group(centreId, { admission: 'enrolled' });
  const admin = await world.person('centre_admin', { centreId });
  await app.visitor().post(`/places/75/${centreId}/application`, { ...FILLED, step: 'send' });
  const [application] = await world.database.read(async (tx) => await tx.db.select().from(tx.t.application));
  const path = `/centres/${centreId}/applications/${application!.id}`;
  const close = async () => {
    await app[Symbol.asyncDispose]();
    await world[Symbol.asyncDispose]();
  };
  return {
    world,
    app,
    centreId,
    openId,
    groupId,
    admin,
    application: application!,
    path,
    [Symbol.asyncDispose]: close,
  };
}

const NEW = { personId: 'new', childId: 'new', groupId: '', startsOn: '2027-03-01' };

describe('applications of a centre', () => {
  test('are listed, and one is turned into guardian, child, enrolment and an invitation', async () => {
    await using at = await stage();
    const visitor = await at.app.as(at.admin);
    const list = await visitor.get(`/centres/${at.centreId}/applications`);
    expect(list.text).toContain('Айару Сериккызы');
    expect(list.text).toContain('1 application waits for a decision');
    const board = `/centres/${at.centreId}/days`;
    expect((await visitor.get(`${board}/today`)).text).toContain('1 application waits for a decision');
    expect((await visitor.get(`${board}/2027-02-05`)).text).not.toContain('for a decision');
    const seen = await visitor.get(at.path);
    // Nobody alike is known: there is nothing to choose.
    expect(seen.text).not.toContain('type="radio"');
    expect(seen.text).toContain('АБ-12');
    expect(seen.text).toContain('180515599919');

    const done = await visitor.post(`${at.path}/acceptance`, { ...NEW, groupId: String(at.groupId) });
    expect(done.status).toBe(303);
    const childPage = await visitor.get(done.location);
    expect(childPage.text).toContain('Серік Оспанов');
    expect(textOf(childPage)).toContain('Admitted to Топ 2, from 01.03.2027');
    expect(childPage.text).toContain(`href="${at.path}"`);
    expect((await visitor.get(`${board}/today`)).text).not.toContain('for a decision');
    const rows = await at.world.database.read(async (tx) => ({
      children: await tx.db.select().from(tx.t.child),
      enrolments: await tx.db.select().from(tx.t.enrolment),
      registrations: await tx.db.select().from(tx.t.registration),
      messages: await tx.db.select().from(tx.t.message),
      codes: await tx.db.select().from(tx.t.oneTimeCode),
      decisions: await tx.db.select().from(tx.t.applicationDecision),
      events: await tx.db.select().from(tx.t.event),
    }));
    expect(rows.children).toHaveLength(1);
    expect(rows.children[0]).toMatchObject({ iin: '180515599919', category: 'child_psychoneurological' });
    expect(rows.enrolments).toMatchObject([
      { groupId: at.groupId, startsOn: '2027-03-01', ground: 'application' },
    ]);
    expect(rows.registrations).toHaveLength(1);
    expect(rows.messages).toMatchObject([{ kind: 'invitation' }]);
    expect(rows.codes).toMatchObject([{ purpose: 'invitation', usedAt: null }]);
    expect(JSON.stringify(rows.codes)).not.toContain(
      String(rows.messages[0]!.data['path']).slice('/invitation/'.length),
    );
    expect(rows.decisions).toMatchObject([{ outcome: 'accepted', by: at.admin.personId }]);
    expect(rows.events.map((event) => event.kind)).toContain('application.accepted');
    // The day of the application stays.
    const submitted = await visitor.get(at.path);
    expect(submitted.text).toContain('03.02.2027 10:00');
    const status = await at.app
      .visitor()
      .get(`/application?reference=${at.application.reference}&phone=87010000001`);
    expect(status.text).toContain('verified');

    // The family goes on: the invitation signs in, and the enrolled group takes a booking.
    const family = at.app.visitor();
    const link = String(rows.messages[0]!.data['path']);
    await family.get(link);
    expect((await family.post(link, { new_password: 'қалың орман', remember: 'yes' })).status).toBe(303);
    expect((await at.app.visitor().post(link, { new_password: 'other one' })).status).toBe(422);
    const guardian = {
      personId: rows.decisions[0]!.personId!,
      name: '',
      assignmentId: 0,
      role: 'guardian' as const,
      centreId: null,
      regionCode: null,
    };
    const wish = { childId: rows.children[0]!.id, groupId: at.groupId, slot: { from: 17, to: 33 } };
    await at.world.act(guardian, bookSlot, { ...wish, date: plainDate('2027-03-02') });
  });

  test('the second of two administrators sees that it is decided', async () => {
    await using at = await stage();
    const visitors = [await at.app.as(at.admin), await at.app.as(at.admin)];
    const answers = await Promise.all([
      visitors[0]!.post(`${at.path}/acceptance`, NEW),
      visitors[1]!.post(`${at.path}/refusal`, { reason: 'Орын жоқ' }),
    ]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([303, 409]);
    expect(answers.find(({ status }) => status === 409)!.text).toContain('Somebody changed this before you');
    const decisions = await at.world.database.read(
      async (tx) => await tx.db.select().from(tx.t.applicationDecision),
    );
    expect(decisions).toHaveLength(1);
  });

  test('is declined with a reason that the applicant reads', async () => {
    await using at = await stage();
    const visitor = await at.app.as(at.admin);
    expect((await visitor.post(`${at.path}/refusal`, { reason: ' ' })).status).toBe(422);
    expect((await visitor.post(`${at.path}/refusal`, { reason: 'Басқа <санат>' })).status).toBe(303);
    const status = await at.app
      .visitor()
      .get(`/application?reference=${at.application.reference}&phone=87010000001`);
    expect(status.text).toContain('declined');
    expect(status.text).toContain('Басқа &lt;санат&gt;');
    expect((await visitor.post(`${at.path}/acceptance`, NEW)).status).toBe(409);
  });

  test('a group of another category or age refuses', async () => {
    await using at = await stage();
    const other = await at.world.group(at.centreId, { admission: 'enrolled', category: 'older_people' });
    const visitor = await at.app.as(at.admin);
    const answer = await visitor.post(`${at.path}/acceptance`, { ...NEW, groupId: String(other) });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('other category');
    expect((await visitor.post(`${at.path}/acceptance`, { ...NEW, groupId: String(at.openId) })).status).toBe(
      422,
    );
  });

  test('who is known already is offered; a stranger gets no rights over a child of another centre', async () => {
    await using at = await stage();
    const parent = await at.world.guardian();
    const childId = await at.world.child(parent);
    await at.world.insert(async (tx) => {
      const name = 'Айару Сериккызы';
      await tx.db.update(tx.t.child).set({ iin: '180515599919', name, searchName: searchName(name) });
    });
    const visitor = await at.app.as(at.admin);
    const seen = await visitor.get(at.path);
    expect(seen.text).toContain('The same IIN');
    const asNew = await visitor.post(`${at.path}/acceptance`, NEW);
    expect(asNew.text).toContain('it must be this child');
    const taken = await visitor.post(`${at.path}/acceptance`, { ...NEW, childId: String(childId) });
    expect(taken.status).toBe(422);
    expect(taken.text).toContain('Another centre knows this child');

    // The same phone is the child's own parent: nothing stands in the way, and no second adult is written.
    await at.world.insert(async (tx) => {
      await tx.db.update(tx.t.person).set({ phone: '+77010000001' });
      await tx.db.update(tx.t.person).set({ passwordHash: 'x' });
    });
    const offered = await visitor.get(at.path);
    expect(offered.text).toContain('another name');
    expect(offered.text).not.toContain(parent.name);
    const choice = { ...NEW, childId: String(childId), personId: String(parent.personId) };
    expect((await visitor.post(`${at.path}/acceptance`, choice)).status).toBe(303);
    const rows = await at.world.database.read(async (tx) => ({
      guardianships: await tx.db.select().from(tx.t.guardianship),
      messages: await tx.db.select().from(tx.t.message),
    }));
    expect(rows.guardianships).toHaveLength(1);
    expect(rows.messages).toMatchObject([{ kind: 'accepted', personId: parent.personId }]);
  });

  test('another centre has no part in it', async () => {
    await using at = await stage();
    const centreId = await at.world.centre();
    const other = await at.app.as(await at.world.person('centre_admin', { centreId }));
    expect((await other.get(at.path)).status).toBe(404);
    expect((await other.get(`/centres/${centreId}/applications/${at.application.id}`)).status).toBe(404);
    expect(
      (await other.post(`/centres/${centreId}/applications/${at.application.id}/acceptance`, NEW)).status,
    ).toBe(404);
  });
});
