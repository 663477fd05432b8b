import { expect, test } from 'vitest';
import { plainDate } from '../../../src/domain/calendar.ts';
import { bookSlot } from '../../../src/use-cases/bookings.ts';
import { TestApp } from '../../support/app.ts';
import { World } from '../../support/world.ts';

test('regions, their centres by district, and one centre: no names, kept for a minute, for anybody', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const centreId = await world.centre({ name: 'Шуақ' });
  const groupId = await world.group(centreId, { room: 8, skills: ['nurse'] });
  const guardian = await world.guardian();
  const childId = await world.child(guardian);
  await world.act(guardian, bookSlot, {
    childId,
    groupId,
    date: plainDate('2027-02-09'),
    slot: { from: 16, to: 32 },
  });
  const visitor = app.visitor();

  const regions = await visitor.get('/places');
  expect(regions.text).toContain('href="/places/75"');
  expect(regions.text).not.toContain('href="/places/71"');
  expect(regions.headers.get('cache-control')).toBe('public, max-age=60');

  const region = await visitor.get('/places/75');
  expect(region.text).toContain('Шуақ');
  expect(region.text).toContain('Алатау');
  expect(region.text).toContain('Mon–Fri 08:00–18:30');
  expect(region.text).toContain('Nurse on site');
  expect((await visitor.get('/places/75?category=older_people')).text).not.toContain('Шуақ');
  expect((await visitor.get('/places/98')).status).toBe(404);

  const place = await visitor.get(`/places/75/${centreId}`);
  expect(place.text).toContain('1.5–18 years');
  // Week 04.02–10.02: five open days of 8 places; 08–10 on four free days and the booked one: 80 − 2.
  expect(place.text).toMatch(/08:00–10:00<\/th><td><b>78<\/b> <small class="muted">of 80/);
  expect(place.text).toContain('04.02–10.02');
  expect(place.text).not.toContain('Synthetic');
  expect(place.text).toContain(`/places/75/${centreId}/application`);
  expect((await visitor.get(`/places/71/${centreId}`)).status).toBe(404);

  const signedIn = await app.as(guardian);
  expect((await signedIn.get('/places')).headers.get('cache-control')).toBe('no-store');
});
