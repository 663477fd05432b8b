import { expect, test } from 'vitest';
import { plainDate } from '../../../src/domain/calendar.ts';
import { TestApp } from '../../support/app.ts';
import { fieldOf, textOf } from '../../support/page-stage.ts';
import { RosterStage } from '../../support/roster-stage.ts';

const START = plainDate('2026-01-01');

test('the balance of annual leave stands on one’s own page and on the register’s, and warns before approval', async () => {
  await using at = await RosterStage.create();
  await using app = await TestApp.start(at.world);
  const person = await at.world.person('centre_staff', { centreId: at.centreId });
  const staffId = await at.staff({ personId: person.personId, startsOn: START, leaveCarriedDays: 3 });
  const [me, admin] = [await app.as(person), await app.as(at.admin)];
  expect(textOf(await me.get('/shifts'))).toContain('Annual leave 27 days left');
  expect(textOf(await me.get('/shifts/leave'))).toContain('Working year 01.01–31.12.2027 27 days left');
  const ask = { staffId: String(staffId), kind: 'annual' };
  // 15–28 March has Constitution Day and the three days of Nauryz.
  const first = await me.submit('/shifts/leave', { ...ask, startsOn: '2027-03-15', endsOn: '2027-03-28' });
  expect(textOf(first)).toContain('to be decided · 10 days 17 days left afterwards');
  const second = await me.submit('/shifts/leave', { ...ask, startsOn: '2027-06-01', endsOn: '2027-06-30' });
  expect(textOf(second)).toContain('30 days 3 days more than are earned by then');
  const sick = await me.submit('/shifts/leave', {
    ...ask,
    kind: 'sick',
    startsOn: '2027-04-01',
    endsOn: '2027-04-05',
  });
  expect(textOf(sick)).toContain('illness to be decided');

  const address = `/centres/${at.centreId}/staff/${staffId}`;
  const page = await admin.get(address);
  expect(textOf(page)).toContain('30 days 3 days more than are earned by then');
  const [approval] = /\/staff\/\d+\/leave\/\d+\/approval/g.exec(page.text.slice(page.text.indexOf('15.03')))!;
  const approved = await admin.submit(`/centres/${at.centreId}${approval}`, {});
  expect(textOf(approved)).toContain('17 days left');
  expect(textOf(approved)).toContain('13 days more than are earned by then');
});

test('the register’s form keeps entitlement and carried days, within what the law leaves', async () => {
  await using at = await RosterStage.create();
  await using app = await TestApp.start(at.world);
  const staffId = await at.staff({ startsOn: START });
  const admin = await app.as(at.admin);
  const address = `/centres/${at.centreId}/staff/${staffId}`;
  const page = await admin.get(address);
  expect([fieldOf(page, 'annualLeaveDays'), fieldOf(page, 'leaveCarriedDays')]).toEqual(['', '0']);
  const form = {
    version: '1',
    name: 'Synthetic worker',
    post: 'care_worker',
    hours: '40',
    daysPerWeek: '5',
    startsOn: START,
    'availability.mon': '08:00',
    'availability.mon.to': '18:00',
    annualLeaveDays: '30',
    leaveCarriedDays: '6',
  };
  const few = await admin.post(address, { ...form, annualLeaveDays: '20' });
  expect([few.status, textOf(few).includes('Enter at least 24 and at most 90 days')]).toEqual([422, true]);
  expect(fieldOf(few, 'annualLeaveDays')).toBe('20');
  const many = await admin.post(address, { ...form, leaveCarriedDays: '400' });
  expect([many.status, many.text.includes('href="#f-leaveCarriedDays"')]).toEqual([422, true]);
  expect((await admin.post(address, { ...form, leaveCarriedDays: 'many' })).status).toBe(422);
  const saved = await admin.submit(address, form);
  expect(textOf(saved)).toContain('36 days left');
  expect([fieldOf(saved, 'annualLeaveDays'), fieldOf(saved, 'leaveCarriedDays')]).toEqual(['30', '6']);
  const cleared = await admin.submit(address, {
    ...form,
    version: '2',
    annualLeaveDays: '',
    leaveCarriedDays: '',
  });
  expect(textOf(cleared)).toContain('24 days left');
});
