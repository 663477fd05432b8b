import { describe, expect, test } from 'vitest';
import { plainDate } from '../../../src/domain/calendar.ts';
import { listBookings } from '../../../src/data/bookings.ts';
import { storeWorkday } from '../../../src/data/workdays.ts';
import { TestApp } from '../../support/app.ts';
import { closing } from '../../support/closing.ts';
import { World } from '../../support/world.ts';

async function stage(room = 8) {
  const world = await World.create();
  const groupId = await world.group(await world.centre({ name: 'Шуақ <b>"орталығы"' }), { room });
  const mother = await world.guardian();
  const childId = await world.child(mother);
  const app = await TestApp.start(world);
  const bookings = () =>
    world.database.read((tx) =>
      listBookings(tx, { childIds: [childId], from: plainDate('2027-01-01'), to: plainDate('2028-12-31') }),
    );
  return { world, app, groupId, mother, childId, visitor: await app.as(mother), bookings };
}

const ONCE = { date: '2027-02-09', from: '08:30', to: '16:30' };

describe('booking by the browser', () => {
  test('one day: from the free hours to the booking, which says where and when', async () => {
    const { world, app, visitor, childId, groupId, bookings } = await stage();
    await using _ = closing(app, world);
    const days = await visitor.get(`/children/${childId}/groups/${groupId}/days?from=2027-02-08`);
    expect(days.text).toContain(`/children/${childId}/bookings/new?group=${groupId}&amp;date=2027-02-09`);
    expect(days.text).toContain('Шуақ &lt;b&gt;');
    const form = await visitor.get(`/children/${childId}/bookings/new?group=${groupId}&date=2027-02-09`);
    const operation = /name="operation" value="([^"]+)"/.exec(form.text)![1]!;
    const path = `/children/${childId}/bookings?group=${groupId}&date=2027-02-09&kind=once`;
    // A double tap sends the same form twice.
    const [first, second] = [
      await visitor.post(path, { ...ONCE, operation }),
      await visitor.post(path, { ...ONCE, operation }),
    ];
    expect([first.status, second.location]).toEqual([303, first.location]);
    expect(await bookings()).toHaveLength(1);
    const page = await visitor.get(first.location);
    expect(page.text).toContain('08:30–16:30');
    expect(page.text).toContain('Мысал көшесі, 1');
    expect(page.headers.get('cache-control')).toBe('no-store');
  });

  test('a full day: refused with the half-hours, what was typed kept', async () => {
    const { world, app, visitor, childId, groupId, mother } = await stage(1);
    await using _ = closing(app, world);
    const other = await world.child(mother);
    const path = (id: number) => `/children/${id}/bookings?group=${groupId}&date=2027-02-09&kind=once`;
    await visitor.post(path(other), { ...ONCE, from: '08:30', to: '12:30' });
    const refused = await visitor.post(path(childId), { ...ONCE, from: '11:30', to: '17:00' });
    expect(refused.status).toBe(409);
    expect(refused.text).toContain('11:30–12:30');
    expect(refused.text).toMatch(/<option value="11:30"\s+selected/);
    expect(refused.text).toContain('There is a problem');
  });

  test.each([
    ['2027-02-30', '08:30', '16:30'],
    ['', '08:30', '16:30'],
    ['2027-02-09', '08:45', '16:30'],
    ['2027-02-09', 'now', '16:30'],
    ['2027-02-09', '16:30', '08:30'],
    ['2027-02-13', '08:30', '16:30'],
  ])('%s %s–%s: a clear page, nothing written', async (date, from, to) => {
    const { world, app, visitor, childId, groupId, bookings } = await stage();
    await using _ = closing(app, world);
    const answer = await visitor.post(`/children/${childId}/bookings?group=${groupId}&kind=once`, {
      date,
      from,
      to,
    });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('There is a problem');
    expect(await bookings()).toEqual([]);
  });

  test('every week, shifts and dates: a confirmation that lists what was left out', async () => {
    const { world, app, visitor, childId, groupId, bookings } = await stage();
    await using _ = closing(app, world);
    const path = (kind: string) => `/children/${childId}/bookings?group=${groupId}&kind=${kind}`;
    const times = { from: '08:30', to: '16:30', ifFull: 'book_free' };
    const weekly = await visitor.submit(path('weekly'), {
      ...times,
      days: ['mon', 'wed'],
      startsOn: '2027-03-01',
      endsOn: '2027-03-31',
    });
    expect(weekly.text).toContain('Booked for');
    expect(weekly.text).toContain('08.03.2027');
    const dates = await visitor.submit(path('dates'), { ...times, dates: ['2027-02-11', '2027-02-12'] });
    expect(dates.text).toContain('Booked for 2 days');
    const cycle = await visitor.submit(path('cycle'), {
      ...times,
      first: '2027-04-01',
      on: '2',
      off: '2',
      endsOn: '2027-04-16',
    });
    expect(cycle.text).toContain('Booked for');
    const none = await visitor.post(path('weekly'), {
      ...times,
      startsOn: '2027-03-01',
      endsOn: '2027-03-31',
    });
    expect(none.status).toBe(422);
    const refused = await visitor.post(path('weekly'), {
      ...times,
      ifFull: 'refuse_all',
      days: ['mon'],
      startsOn: '2027-03-01',
      endsOn: '2027-03-10',
    });
    expect(refused.status).toBe(409);
    expect(refused.text).toContain('01.03.2027');
    expect((await bookings()).length).toBeGreaterThan(10);
  });

  test('change, absence, cancel; a stranger sees nothing of it', async () => {
    const { world, app, visitor, childId, groupId, bookings } = await stage();
    await using _ = closing(app, world);
    const made = await visitor.post(`/children/${childId}/bookings?group=${groupId}&kind=once`, ONCE);
    const stranger = await app.as(await world.guardian());
    for (const path of [made.location, `${made.location}/absence`, `/children/${childId}`]) {
      const answer = await stranger.get(path);
      expect([path, answer.status]).toEqual([path, 404]);
      expect(answer.text).not.toContain('Synthetic child');
    }
    expect((await stranger.post(`${made.location}/cancellation`)).status).toBe(404);
    const changed = await visitor.submit(`${made.location}/change`, {
      groupId: String(groupId),
      date: '2027-02-10',
      from: '09:00',
      to: '15:00',
    });
    expect(changed.text).toContain('09:00–15:00');
    const absent = await visitor.submit(`${made.location}/absence`, { kind: 'illness' });
    expect(absent.text).toContain('Thank you');
    expect(await bookings()).toMatchObject([{ state: 'absent', date: '2027-02-10' }]);
    const again = await visitor.post(`/children/${childId}/bookings?group=${groupId}&kind=once`, ONCE);
    expect((await visitor.submit(`${again.location}/cancellation`)).text).toContain(
      '1 booking was cancelled',
    );
  });
});

describe('hours that fit a workday', () => {
  test('without a workday it asks for it; then a month is booked in a few taps', async () => {
    const { world, app, visitor, childId, groupId, bookings } = await stage();
    await using _ = closing(app, world);
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
    expect(await bookings()).toHaveLength(20);
  });

  test.each([
    [{ days: ['mon'], from: '18:00', to: '09:00', commute: '30' }, 'Work must end after it begins'],
    [{ from: '09:00', to: '18:00', commute: '30' }, 'Choose at least one working day'],
    [{ days: ['mon'], from: '09:00', to: '18:00', commute: '999' }, 'There is a problem'],
  ])('a workday of %j is asked for again', async (form, says) => {
    const { world, app, visitor } = await stage();
    await using _ = closing(app, world);
    const answer = await visitor.post('/workday?kind=weekly', form);
    expect(answer.status).toBe(422);
    expect(answer.text).toContain(says);
  });

  test("another adult's workday counts: only the hours when both are away", async () => {
    const { world, app, visitor, childId, mother } = await stage();
    await using _ = closing(app, world);
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
});
