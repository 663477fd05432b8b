import { describe, expect, test } from 'vitest';
import { addMinutes } from '../../../src/domain/calendar.ts';
import { FamilyStage } from '../../support/family-stage.ts';
import { fieldOf, textOf } from '../../support/page-stage.ts';

const movesOf = ({ text }: { text: string }) =>
  [...text.matchAll(/change\?date=([\d-]+)&amp;from=(\d\d)%3A(\d\d)/g)].map(
    ([, date, hour, minute]) => `${date} ${hour}:${minute}`,
  );

describe('moving a booking by a tap', () => {
  test('offers stays of the same length on its day and the two weeks after, and nothing that is taken', async () => {
    await using at = await FamilyStage.create({ room: 1 });
    await at.full('2027-02-10', 18, 36);
    await at.full('2027-02-11', 28, 36);
    const id = await at.book('2027-02-09');
    await at.book('2027-02-12');
    const moves = movesOf(await at.visitor.get(`/bookings/${id}/change`));
    // Its own claim is not in its way, and its own hours are no choice.
    expect(moves.filter((move) => move.startsWith('2027-02-09'))).toEqual([
      '2027-02-09 08:00',
      '2027-02-09 09:00',
      '2027-02-09 09:30',
      '2027-02-09 10:00',
    ]);
    // Full, too short before the next child, the child's other booking, Saturday and Sunday.
    for (const day of ['10', '11', '12', '13', '14'])
      expect(moves.filter((move) => move.startsWith(`2027-02-${day}`))).toEqual([]);
    expect(moves).toContain('2027-02-15 08:30');
    expect(moves.at(-1)).toMatch(/^2027-02-23/);
  });

  test('not on a day on which the child is booked already, though there is room', async () => {
    await using at = await FamilyStage.create();
    const id = await at.book('2027-02-09');
    await at.book('2027-02-12');
    const moves = movesOf(await at.visitor.get(`/bookings/${id}/change`));
    expect(moves).toContain('2027-02-11 08:30');
    expect(moves.filter((move) => move.startsWith('2027-02-12'))).toEqual([]);
  });

  test('a tap is checked before it is done, then the booking stands at the new time', async () => {
    await using at = await FamilyStage.create();
    const id = await at.book('2027-02-09');
    const path = `/bookings/${id}/change?date=2027-02-15&from=09:00`;
    const check = await at.visitor.get(path);
    expect(textOf(check)).toContain('Now Tuesday, 9 February, 08:30–16:30');
    expect(textOf(check)).toContain('Will be Monday, 15 February, 09:00–17:00');
    expect(await at.bookings()).toMatchObject([{ date: '2027-02-09' }]);
    const fields = Object.fromEntries(
      ['operation', 'groupId', 'date', 'from', 'to'].map((name) => [name, fieldOf(check, name)!]),
    );
    expect((await at.visitor.submit(`/bookings/${id}/change`, fields)).text).toContain('Monday, 15 February');
    expect(await at.bookings()).toMatchObject([{ id, date: '2027-02-15', from: 18, to: 34 }]);
    // The link opened a second time asks again from where the booking now is.
    expect((await at.visitor.get(path)).status).toBe(200);
  });

  test('a link to hours that somebody took meanwhile opens the form and says so', async () => {
    await using at = await FamilyStage.create({ room: 1 });
    const id = await at.book('2027-02-09');
    await at.full('2027-02-15', 20, 28);
    const late = await at.visitor.get(`/bookings/${id}/change?date=2027-02-15&from=09:00`);
    expect(late.status).toBe(409);
    expect(late.text).toContain('No room at: 10:00–14:00');
    expect(late.text).toContain('value="2027-02-15"');
    // What is near the wish, not near the day that is left.
    expect(movesOf(late)[0]).toBe('2027-02-16 08:00');
  });

  test.each([
    ['date=2027-02-30&from=09:00', 200],
    ['date=2027-02-15&from=09:15', 200],
    ['date=2027-02-15', 200],
    ['date=2027-02-02&from=09:00', 422],
    ['date=2027-02-13&from=09:00', 422],
    ['date=2027-02-15&from=23:30', 422],
    ['date=2029-02-15&from=09:00', 422],
  ])('%s is never a choice', async (question, status) => {
    await using at = await FamilyStage.create();
    const id = await at.book('2027-02-09');
    const page = await at.visitor.get(`/bookings/${id}/change?${question}`);
    expect(page.status).toBe(status);
    expect(page.text).toContain('Or choose yourself');
  });

  test('nothing is offered once the stay has begun; a stranger and a reader have no page', async () => {
    await using at = await FamilyStage.create();
    const id = await at.book('2027-02-03', 20, 33);
    const path = `/bookings/${id}/change?date=2027-02-15&from=09:00`;
    expect((await at.stranger.get(path)).status).toBe(404);
    expect((await (await at.relative({ maySee: true })).get(path)).status).toBe(404);
    at.world.now = addMinutes(at.world.now, 200);
    const page = await at.visitor.get(path);
    expect(page.text).toContain('only its end can be changed');
    expect(movesOf(page)).toEqual([]);
  });
});
