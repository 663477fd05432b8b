import { describe, expect, test } from 'vitest';
import { reportAbsence } from '../../../src/use-cases/absences.ts';
import { cancelBooking } from '../../../src/use-cases/cancellations.ts';
import { FamilyStage, WILD_NAME } from '../../support/family-stage.ts';
import type { Page } from '../../support/app.ts';
import { textOf } from '../../support/page-stage.ts';

/** The cell of a day: its look, where it leads, what it says aloud. */
function cellOf({ text }: Pick<Page, 'text'>, day: number) {
  const cell = new RegExp(`<td><(?:a|span) class="day ([a-z]*)"([^>]*)><b>${day}</b>([^]*?)</td>`).exec(
    text,
  )!;
  return {
    look: cell[1]!,
    href: (/href="([^"]*)"/.exec(cell[2]!)?.[1] ?? '').replaceAll('&amp;', '&'),
    says: /class="long">([^<]*)</.exec(cell[3]!)?.[1] ?? '',
  };
}

describe('a month of a child', () => {
  test('tells booked, absent, full, closed and free days, each a tap from what can be done', async () => {
    await using at = await FamilyStage.create({ room: 1 });
    const { visitor, childId, groupId } = at;
    const booked = await at.book('2027-02-09');
    const absent = await at.book('2027-02-10');
    await at.world.act(at.mother, reportAbsence, { bookingId: absent, kind: 'illness' });
    const cancelled = await at.book('2027-02-11');
    await at.world.act(at.mother, cancelBooking, { bookingId: cancelled });
    await at.full('2027-02-15', 18, 36);
    const page = await visitor.get(`/children/${childId}/month`);
    expect(page.text).toContain('<h1>February 2027</h1>');
    expect(textOf(page)).toContain(WILD_NAME);
    expect(page.text).not.toContain('<script>x');
    expect(cellOf(page, 9)).toEqual({ look: 'mine', href: `/bookings/${booked}`, says: '08:30–16:30' });
    expect(cellOf(page, 10)).toMatchObject({ look: 'absent', href: `/bookings/${absent}` });
    expect(cellOf(page, 10).says).toBe('absent: illness');
    // A cancelled day is free again.
    const free = `/children/${childId}/bookings/new?group=${groupId}&date=2027-02-11`;
    expect(cellOf(page, 11)).toEqual({ look: '', href: free, says: 'free' });
    expect(cellOf(page, 13)).toEqual({ look: 'closed', href: '', says: 'day off' });
    expect(cellOf(page, 15)).toMatchObject({ look: 'full', says: 'no 4 free hours in a row' });
    expect(cellOf(page, 2)).toEqual({ look: 'past', href: '', says: '' });
    expect(page.text).toMatch(/aria-current="date"><b>3</);
    expect((await visitor.get(free)).status).toBe(200);
  });

  test('goes to every month up to the horizon and no further', async () => {
    await using at = await FamilyStage.create();
    await at.book('2027-02-09');
    const { visitor, childId } = at;
    const path = `/children/${childId}/month`;
    const months = [...(await visitor.get(path)).text.matchAll(/<option value="(\d{4}-\d\d)-01"/g)];
    expect(months).toHaveLength(26);
    expect(months.at(-1)![1]).toBe('2028-03');
    const last = await visitor.get(`${path}?month=2028-03-01`);
    expect(last.text).toContain('<h1>March 2028</h1>');
    expect(last.text).toContain('rel="prev"');
    expect(last.text).not.toContain('rel="next"');
    expect(cellOf(last, 31).says).toBe('free');
    const first = await visitor.get(`${path}?month=2026-02-01`);
    expect(first.text).not.toContain('rel="prev"');
    for (const month of ['2028-04-01', '2026-01-31', 'nonsense', '9999-01-01'])
      expect((await visitor.get(`${path}?month=${month}`)).text).toContain('<h1>February 2027</h1>');
  });

  test('of several groups shows the last one, the others are a tap away', async () => {
    await using at = await FamilyStage.create();
    const other = await at.world.group(at.centreId);
    await at.book('2027-02-09');
    const { visitor, childId, groupId } = at;
    await visitor.post(`/children/${childId}/bookings?group=${other}&kind=once`, {
      date: '2027-02-16',
      from: '08:30',
      to: '16:30',
    });
    const page = await visitor.get(`/children/${childId}/month`);
    expect(cellOf(page, 17).href).toContain(`group=${other}&`);
    expect(page.text).toContain(`month?month=2027-02-01&amp;group=${groupId}`);
    const asked = await visitor.get(`/children/${childId}/month?group=${groupId}`);
    expect(cellOf(asked, 17).href).toContain(`group=${groupId}&`);
    expect((await visitor.get(`/children/${childId}/month?group=999999`)).status).toBe(200);
  });

  test('before any booking it leads to choosing a group', async () => {
    await using at = await FamilyStage.create();
    const page = await at.visitor.get(`/children/${at.childId}/month`);
    expect(page.text).toContain('Once your child has a booking');
    expect(cellOf(page, 9).href).toBe(`/children/${at.childId}/groups`);
  });

  test('who may only look sees it without ways to book; a stranger does not see it', async () => {
    await using at = await FamilyStage.create();
    const booked = await at.book('2027-02-09');
    const path = `/children/${at.childId}/month`;
    const seen = await (await at.relative({ maySee: true })).get(path);
    expect(cellOf(seen, 9).href).toBe(`/bookings/${booked}`);
    expect(cellOf(seen, 11)).toEqual({ look: '', href: '', says: 'free' });
    expect(seen.text).not.toContain('/bookings/new');
    expect((await at.stranger.get(path)).status).toBe(404);
    expect((await (await at.relative({ mayBook: true })).get(path)).status).toBe(404);
  });
});
