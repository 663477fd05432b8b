import { describe, expect, test } from 'vitest';
import { instant, plainDate } from '../../../src/domain/calendar.ts';
import { recordArrival } from '../../../src/use-cases/attendance.ts';
import { bookSeries } from '../../../src/use-cases/booking-series.ts';
import { FamilyStage } from '../../support/family-stage.ts';

const TARGET = { date: '2027-02-10', from: '09:00', to: '15:00' };

describe('a booking', () => {
  test('says what, where, when and how it stands; nothing is done by looking', async () => {
    await using at = await FamilyStage.create();
    const id = await at.book('2027-02-09');
    for (const path of ['', '/absence', '/change', '/cancellation']) {
      const page = await at.visitor.get(`/bookings/${id}${path}`);
      expect([path, page.status]).toEqual([path, 200]);
      expect(page.text).toContain('08:30–16:30');
      expect(page.text).not.toContain('<script>x');
    }
    const page = await at.visitor.get(`/bookings/${id}`);
    for (const words of ['Tuesday, 9 February', 'Мысал көшесі, 1', 'coming'])
      expect(page.text).toContain(words);
    expect(await at.bookings()).toMatchObject([{ state: 'booked', date: '2027-02-09' }]);
  });

  test('a stranger, somebody who may only see, and nobody', async () => {
    await using at = await FamilyStage.create();
    const id = await at.book('2027-02-09');
    const seer = await at.relative({ maySee: true });
    for (const path of ['', '/absence', '/change', '/cancellation']) {
      const answer = await at.stranger.get(`/bookings/${id}${path}`);
      expect([path, answer.status]).toEqual([path, 404]);
      expect(answer.text).not.toContain('Ару');
      expect((await at.app.visitor().get(`/bookings/${id}${path}`)).location).toContain('/sign-in?next=');
      // Who may only see is offered no form.
      expect((await seer.get(`/bookings/${id}${path}`)).status).toBe(path === '' ? 200 : 404);
    }
    const writes: [string, Record<string, string>][] = [
      ['absence', { kind: 'illness' }],
      ['change', { groupId: String(at.groupId), ...TARGET }],
      ['cancellation', {}],
    ];
    for (const [path, form] of writes) {
      expect((await at.stranger.post(`/bookings/${id}/${path}`, form)).status).toBe(404);
      expect((await seer.post(`/bookings/${id}/${path}`, form)).status).toBe(404);
      expect((await at.visitor.post(`/bookings/999999/${path}`, form)).status).toBe(404);
    }
    expect(await at.bookings()).toMatchObject([{ state: 'booked', date: '2027-02-09' }]);
  });
});

describe('a change', () => {
  test('moves to another day, time and group in one step', async () => {
    await using at = await FamilyStage.create();
    const other = await at.world.group(at.centreId);
    const id = await at.book('2027-02-09');
    const changed = await at.visitor.submit(`/bookings/${id}/change`, { groupId: String(other), ...TARGET });
    expect(changed.text).toContain('The booking was changed');
    expect(changed.text).toContain('09:00–15:00');
    expect(await at.bookings()).toMatchObject([{ id, groupId: other, date: '2027-02-10', from: 18, to: 30 }]);
  });

  test('a full target leaves the booking as it was, with what was typed and why', async () => {
    await using at = await FamilyStage.create({ room: 1 });
    await at.full('2027-02-10', 24, 33);
    const id = await at.book('2027-02-09');
    const form = { groupId: String(at.groupId), ...TARGET };
    const refused = await at.visitor.post(`/bookings/${id}/change`, form);
    expect(refused.status).toBe(409);
    expect(refused.text).toContain('No room at: 12:00–15:00');
    expect(refused.text).toContain('value="2027-02-10"');
    expect(refused.text).toMatch(/<option value="15:00" selected/);
    expect(await at.bookings()).toMatchObject([{ id, date: '2027-02-09', from: 17, to: 33 }]);
  });

  test.each([
    [{ ...TARGET, date: '2027-02-30' }, 422],
    [{ ...TARGET, date: '2027-02-13' }, 422],
    [{ ...TARGET, to: '12:00' }, 422],
    [{ ...TARGET, date: '2027-02-02' }, 422],
    [{ ...TARGET, extra: 'x' }, 422],
    [{ ...TARGET, groupId: '999' }, 404],
  ])('%j is refused', async (form, status) => {
    await using at = await FamilyStage.create();
    const id = await at.book('2027-02-09');
    const answer = await at.visitor.post(`/bookings/${id}/change`, { groupId: String(at.groupId), ...form });
    expect(answer.status).toBe(status);
    expect(await at.bookings()).toMatchObject([{ id, date: '2027-02-09', from: 17, to: 33 }]);
  });

  test('of a stay that has begun asks for its end only', async () => {
    await using at = await FamilyStage.create();
    const id = await at.book('2027-02-03', 20, 33);
    at.world.now = instant('2027-02-03T07:10:00.000Z');
    const form = await at.visitor.get(`/bookings/${id}/change`);
    expect(form.text).toContain('only its end can be changed');
    expect(form.text).not.toContain('<option value="12:00"');
    const stay = { groupId: String(at.groupId), date: '2027-02-03', from: '10:00' };
    expect(
      (await at.visitor.post(`/bookings/${id}/change`, { ...stay, from: '11:00', to: '17:00' })).status,
    ).toBe(422);
    expect((await at.visitor.post(`/bookings/${id}/change`, { ...stay, to: '14:00' })).status).toBe(303);
    expect(await at.bookings()).toMatchObject([{ from: 20, to: 28 }]);
  });
});

describe('a cancellation', () => {
  test('asks first, then frees the place', async () => {
    await using at = await FamilyStage.create({ room: 1 });
    const id = await at.book('2027-02-09');
    const asked = await at.visitor.get(`/bookings/${id}/cancellation`);
    expect(asked.text).toContain('Cancel this booking?');
    expect(asked.text).not.toContain('name="series"');
    const done = await at.visitor.submit(`/bookings/${id}/cancellation`);
    expect(done.text).toContain('1 booking was cancelled');
    expect(await at.bookings()).toMatchObject([{ state: 'cancelled', cancelledBy: 'family' }]);
    // A second tap, or Back and again, gives the same answer.
    expect((await at.visitor.post(`/bookings/${id}/cancellation`)).status).toBe(303);
    const after = await at.visitor.get(`/bookings/${id}/cancellation`);
    expect(after.text).toContain('cancelled by the family');
    expect(after.text).not.toContain('<form class="form"');
  });

  test('of the rest of a series is chosen, never assumed', async () => {
    await using at = await FamilyStage.create();
    await at.world.act(at.mother, bookSeries, {
      childId: at.childId,
      groupId: at.groupId,
      pattern: { kind: 'weekly', days: { mon: [17, 33], wed: [17, 33] } },
      startsOn: plainDate('2027-02-08'),
      endsOn: plainDate('2027-02-24'),
      ifFull: 'book_free',
    });
    const all = await at.bookings();
    expect(all).toHaveLength(6);
    const second = all[1]!.id;
    const asked = await at.visitor.get(`/bookings/${second}/cancellation`);
    expect(asked.text).toContain('This and every later day of the series: 5 bookings');
    expect(asked.text).toMatch(/value="one" checked/);
    await at.visitor.post(`/bookings/${second}/cancellation`, { series: 'one' });
    expect((await at.bookings()).map((each) => each.state)).toEqual([
      'booked',
      'cancelled',
      'booked',
      'booked',
      'booked',
      'booked',
    ]);
    const rest = await at.visitor.submit(`/bookings/${all[2]!.id}/cancellation`, { series: 'yes' });
    expect(rest.text).toContain('4 bookings were cancelled');
    expect((await at.bookings())[0]!.state).toBe('booked');
    expect((await at.visitor.post(`/bookings/${all[0]!.id}/cancellation`, { series: 'all' })).status).toBe(
      422,
    );
  });

  test('of a stay that is over says why not', async () => {
    await using at = await FamilyStage.create();
    const id = await at.book('2027-02-03', 20, 33);
    at.world.now = instant('2027-02-03T13:00:00.000Z');
    const answer = await at.visitor.post(`/bookings/${id}/cancellation`);
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('already passed');
    expect(await at.bookings()).toMatchObject([{ state: 'booked' }]);
  });
});

describe('an absence', () => {
  test('one question, one tap', async () => {
    await using at = await FamilyStage.create();
    const id = await at.book('2027-02-09');
    const done = await at.visitor.submit(`/bookings/${id}/absence`, { kind: 'medical' });
    expect(done.text).toContain('Thank you');
    expect(await at.bookings()).toMatchObject([{ state: 'absent', absence: 'medical' }]);
    expect((await at.visitor.post(`/bookings/${id}/absence`, { kind: 'medical' })).status).toBe(303);
    expect((await at.visitor.get(`/bookings/${id}/absence`)).text).toContain(
      'absent: treatment or examination',
    );
  });

  test.each([{}, { kind: 'unexcused' }, { kind: 'x' }])('%j is no family’s reason', async (form) => {
    await using at = await FamilyStage.create();
    const id = await at.book('2027-02-09');
    const answer = await at.visitor.post(`/bookings/${id}/absence`, form);
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('There is a problem');
    expect(await at.bookings()).toMatchObject([{ state: 'booked' }]);
  });

  test('of a child that has come is refused in words', async () => {
    await using at = await FamilyStage.create();
    const id = await at.book('2027-02-03', 20, 33);
    const staff = await at.world.person('centre_staff', { centreId: at.centreId });
    await at.world.act(staff, recordArrival, { bookingId: id });
    const answer = await at.visitor.post(`/bookings/${id}/absence`, { kind: 'illness' });
    expect(answer.status).toBe(409);
    expect(answer.text).toContain('arrived');
    expect((await at.bookings())[0]!.state).toBe('attended');
  });
});
