import { describe, expect, test } from 'vitest';
import { plainDate } from '../../../src/domain/calendar.ts';
import { storeWorkday } from '../../../src/data/workdays.ts';
import { FamilyStage } from '../../support/family-stage.ts';

describe('hours that fit a workday', () => {
  test('without a workday it asks for it; then a month is booked in a few taps', async () => {
    await using at = await FamilyStage.create();
    const { visitor, childId, groupId } = at;
    expect((await visitor.get(`/children/${childId}/hours`)).text).toContain('First tell us when you work');
    const saved = await visitor.post(`/workday?next=/children/${childId}/hours&kind=weekly`, {
      days: ['mon', 'tue', 'wed', 'thu', 'fri'],
      from: '09:00',
      to: '18:00',
      commute: '30',
    });
    expect(saved.location).toBe(`/children/${childId}/hours`);
    const found = await visitor.get(`${saved.location}?from=2027-02-08&region=all`);
    expect(found.text).toContain('covers your work');
    const choice = /href="(\/children\/\d+\/hours\/choice[^"]*)"/
      .exec(found.text)![1]!
      .replaceAll('&amp;', '&');
    expect(choice).toContain(`group=${groupId}`);
    expect((await visitor.get(choice)).text).toContain('Mon–Fri 08:30–18:30');
    const booked = await visitor.submit(choice, { months: '0' });
    expect(booked.text).toContain('Booked for 20 days');
    expect(await at.bookings()).toHaveLength(20);
    const wrong = await visitor.post(choice, { months: '0', until: '2027-03-01' });
    expect([wrong.status, /value="0" checked/.test(wrong.text)]).toEqual([422, true]);
  });

  test.each([
    [{ days: ['mon'], from: '18:00', to: '09:00', commute: '30' }, 'Work must end after it begins'],
    [{ from: '09:00', to: '18:00', commute: '30' }, 'Choose at least one working day'],
    [{ days: ['mon'], from: '09:00', to: '18:00', commute: '999' }, 'There is a problem'],
  ])('a workday of %j is asked for again', async (form, says) => {
    await using at = await FamilyStage.create();
    const { visitor } = at;
    const answer = await visitor.post('/workday?kind=weekly', form);
    expect(answer.status).toBe(422);
    expect(answer.text).toContain(says);
  });

  test("another adult's workday counts: only the hours when both are away", async () => {
    await using at = await FamilyStage.create();
    const { world, visitor, childId, mother } = at;
    const father = await world.guardian();
    await world.insert(async (tx) => {
      const startsOn = plainDate('2027-01-01');
      const rights = { maySee: true, mayBook: true, mayCollect: true, mayBeTold: true };
      await tx.db
        .insert(tx.t.guardianship)
        .values({ childId, personId: father.personId, startsOn, ...rights });
      await storeWorkday(tx, {
        personId: mother.personId,
        startsOn,
        pattern: { mon: ['08:00', '17:00'] },
        commuteMinutes: 0,
      });
      await storeWorkday(tx, {
        personId: father.personId,
        startsOn,
        pattern: { mon: ['13:00', '22:00'] },
        commuteMinutes: 0,
      });
    });
    const found = await visitor.get(`/children/${childId}/hours?from=2027-02-08&region=all`);
    expect(found.text).toContain('an hour counts only when neither is free');
    expect(found.text).toMatch(/Mon 13:00–17:00/);
  });

  test('only groups with the help that is asked for; the filters stay on the way and back', async () => {
    await using at = await FamilyStage.create();
    const { world, visitor, childId, groupId } = at;
    const helped = await world.group(at.centreId, { skills: ['nurse'] });
    await visitor.post('/workday?kind=weekly', { days: 'mon', from: '09:00', to: '17:00', commute: '0' });
    const groupsOf = ({ text }: { text: string }) =>
      [...text.matchAll(/hours\/choice\?group=(\d+)/g)].map(([, id]) => Number(id));
    const search = `/children/${childId}/hours?from=2027-02-08&region=all`;
    expect(groupsOf(await visitor.get(search))).toEqual([groupId, helped]);
    const found = await visitor.get(`${search}&skill=nurse`);
    expect(groupsOf(found)).toEqual([helped]);
    expect(found.text).toContain('<option value="nurse" selected>');
    expect(groupsOf(await visitor.get(`${search}&skill=sign_language`))).toEqual([]);
    expect(groupsOf(await visitor.get(`${search}&skill=nonsense`))).toEqual([groupId, helped]);
    const choice = `/children/${childId}/hours/choice?group=${helped}&from=2027-02-08&region=all&skill=nurse`;
    expect(found.text).toContain(choice.replaceAll('&', '&amp;'));
    const check = await visitor.get(choice);
    expect(check.text).toContain('hours?from=2027-02-08&amp;region=all&amp;skill=nurse');
    expect((await visitor.submit(choice, { months: '0' })).text).toContain('Booked for 4 days');
  });

  test('a group that admits the child later is bookable from its first day there', async () => {
    await using at = await FamilyStage.create();
    const { world, visitor, childId } = at;
    const strange = await world.group(at.centreId, { admission: 'enrolled' });
    const own = await world.group(at.centreId, { admission: 'enrolled' });
    await world.insert(async (tx) => {
      const startsOn = plainDate('2027-02-15');
      await tx.db
        .insert(tx.t.enrolment)
        .values({ childId, groupId: own, startsOn, ground: 'direct', createdAt: world.now });
    });
    await visitor.post('/workday?kind=weekly', { days: 'mon', from: '09:00', to: '17:00', commute: '0' });
    const { text } = await visitor.get(`/children/${childId}/hours?from=2027-02-08&region=all`);
    expect(text).toContain('admitted from 15.02.2027');
    expect(text).toContain('free on 3 of 3 days');
    // The group that took the child in comes first; one that did not cannot be chosen.
    expect([...text.matchAll(/hours\/choice\?group=(\d+)/g)].map(([, id]) => Number(id))).toEqual([
      own,
      at.groupId,
    ]);
    expect(text).not.toContain(`choice?group=${strange}`);
    const choice = `/children/${childId}/hours/choice?group=${own}&from=2027-02-08&region=all`;
    expect((await visitor.get(choice)).text).toContain('15.02.2027');
    expect((await visitor.submit(choice, { months: '0' })).text).toContain('Booked for 3 days');
    expect((await at.bookings()).map(({ date }) => date)).toEqual(['2027-02-15', '2027-02-22', '2027-03-01']);
  });

  test('of groups as near, the one that is free on more days stands first', async () => {
    await using at = await FamilyStage.create({ room: 1 });
    const { world, visitor, childId } = at;
    const roomy = await world.group(at.centreId);
    await at.full('2027-02-08', 17, 37);
    await visitor.post('/workday?kind=weekly', { days: 'mon', from: '09:00', to: '17:00', commute: '0' });
    const { text } = await visitor.get(`/children/${childId}/hours?from=2027-02-08&region=all`);
    expect([...text.matchAll(/hours\/choice\?group=(\d+)/g)].map(([, id]) => Number(id))).toEqual([
      roomy,
      at.groupId,
    ]);
    expect(text).toContain('free on 3 of 4 days');
  });

  test('a family without a home or bookings begins in the region that registered its child', async () => {
    await using at = await FamilyStage.create();
    const { world, visitor, childId } = at;
    const far = await world.group(await world.centre({ regionCode: '71', name: 'Алыс' }));
    await world.insert(async (tx) => {
      const registeredAt = world.now;
      await tx.db.insert(tx.t.registration).values({ childId, centreId: at.centreId, registeredAt });
    });
    await visitor.post('/workday?kind=weekly', { days: 'mon', from: '09:00', to: '17:00', commute: '0' });
    const found = await visitor.get(`/children/${childId}/hours`);
    expect(found.text).toContain('<dd>Almaty</dd>');
    expect(found.text).not.toContain(`/groups/${far}/`);
    expect((await visitor.get(`/children/${childId}/hours?region=all`)).text).toContain(`/groups/${far}/`);
  });
});
