import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { addDays } from '../../src/domain/calendar.ts';
import { bookSlot } from '../../src/use-cases/bookings.ts';
import { TestApp, type Visitor } from '../support/app.ts';
import { PageStage, TODAY } from '../support/page-stage.ts';
import { World } from '../support/world.ts';

const MOST_BYTES = 8 * 1024;
const CHILDREN = 14;
const CENTRES = 12;

/** What htmx swaps into an element, and how many bytes of it go over the line. */
async function swapped(visitor: Visitor, path: string, target: string) {
  const answer = await visitor.get(path, {
    'hx-request': 'true',
    'hx-request-type': 'partial',
    'hx-target': target,
  });
  expect(answer.status).toBe(200);
  expect(answer.text).not.toContain('<html');
  return { ...answer, bytes: gzipSync(answer.text).length };
}

test('a part of a page that htmx swaps is at most 8 KB over the line, however full the place is', async () => {
  await using world = await World.create();
  await using app = await TestApp.start(world);
  const stage = await PageStage.create(world);
  const full = await world.group(stage.centreId, { room: CHILDREN });
  for (let each = 0; each < CHILDREN; each++) {
    const mother = await world.guardian();
    const childId = await world.child(mother, { skillsNeeded: ['nurse'] });
    await world.act(mother, bookSlot, {
      childId,
      groupId: full,
      date: addDays(TODAY, 1),
      slot: { from: 17, to: 35 },
    });
  }
  const staff = await app.as(stage.staff);
  const day = `/centres/${stage.centreId}/days/${addDays(TODAY, 1)}`;
  const group = await swapped(staff, day, `section#group-${full}`);
  expect(group.text.match(/id="booking-/g)).toHaveLength(CHILDREN);
  expect(group.bytes).toBeLessThanOrEqual(MOST_BYTES);

  for (let each = 0; each < CENTRES; each++)
    await world.group(await world.centre({ name: `Орталық ${each}` }));
  const manager = await app.as(await world.person('regional_manager', { regionCode: '75' }));
  const region = await swapped(manager, '/regions/75/occupancy', 'main#content');
  expect(region.text).toContain('Орталық 11');
  expect(region.bytes).toBeLessThanOrEqual(MOST_BYTES);

  const register = await swapped(staff, `/centres/${stage.centreId}/children?search=syn`, 'div#children');
  expect(register.text).toContain('Synthetic child');
  expect(register.bytes).toBeLessThanOrEqual(MOST_BYTES);
});
