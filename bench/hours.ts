import { addDays, plainDate } from '../src/domain/calendar.ts';
import type { Pattern } from '../src/domain/pattern.ts';
import { findHours } from '../src/data/hours-search.ts';
import { findChild } from '../src/data/children.ts';
import { bookSeries } from '../src/use-cases/booking-series.ts';
import { World } from '../test/support/world.ts';
import { medianCpuMs, type Figure } from './harness.ts';

const GROUPS = 60;
const DAYS = 90;
const ROUNDS = 25;
const FROM = plainDate('2027-02-08');

/** Finding hours as the page does it: 60 groups of one region, ranked by what they leave of a working week over 90 days. */
export async function benchHours(): Promise<Figure[]> {
  await using world = await World.create({ dialect: 'sqlite' });
  const mother = await world.guardian();
  const childId = await world.child(mother);
  const week = (from: number, to: number): Pattern => ({
    kind: 'weekly',
    days: { mon: [from, to], tue: [from, to], wed: [from, to], thu: [from, to], fri: [from, to] },
  });
  const to = addDays(FROM, DAYS - 1);
  for (let each = 0; each < GROUPS; each++) {
    const groupId = await world.group(await world.centre(), { room: 1 + (each % 3) });
    if (each % 3 > 0) continue;
    // Every third group is full in the mornings of half the days.
    const other = await world.guardian();
    const taken = { childId: await world.child(other), groupId, pattern: week(16, 25) };
    await world.act(other, bookSeries, {
      ...taken,
      startsOn: FROM,
      endsOn: addDays(FROM, 45),
      ifFull: 'book_free',
    });
  }
  const { today } = { today: plainDate('2027-02-03') };
  const child = (await world.database.read((tx) => findChild(tx, mother, childId, today)))!;
  const frame = week(18, 36);
  const wish = {
    child,
    works: [{ pattern: frame, commuteMinutes: 30 }],
    frame,
    from: FROM,
    to,
    today,
    home: { lat: 43.25, lon: 76.9 },
    regionCode: '75',
  };
  let found = 0;
  const value = await medianCpuMs(ROUNDS, async () => {
    found = (await world.database.read((tx) => findHours(tx, wish))).length;
  });
  if (found !== GROUPS) throw new Error(`${found} groups found, not ${GROUPS}`);
  return [
    {
      name: `find hours, ${GROUPS} groups × ${DAYS} days`,
      value,
      unit: 'ms',
      atMost: 30,
      detail: 'processor time',
    },
  ];
}
