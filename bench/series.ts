import { addMonths, plainDate } from '../src/domain/calendar.ts';
import { WEEKDAYS } from '../src/domain/calendar.ts';
import type { Pattern } from '../src/domain/pattern.ts';
import { bookSeries } from '../src/use-cases/booking-series.ts';
import { World } from '../test/support/world.ts';
import { medianCpuMs, type Figure } from './harness.ts';

const ROUNDS = 12;
const STARTS_ON = plainDate('2027-02-08');

/** Twelve months of a five-day week, from the right to book to the COMMIT. */
export async function benchSeries(): Promise<Figure[]> {
  await using world = await World.create({ dialect: 'sqlite' });
  const groupId = await world.group(await world.centre(), { room: 100 });
  const mother = await world.guardian();
  const days = Object.fromEntries(WEEKDAYS.slice(0, 5).map((day) => [day, [17, 35] as const]));
  const pattern: Pattern = { kind: 'weekly', days };
  let booked = 0;
  const value = await medianCpuMs(ROUNDS, async () => {
    const childId = await world.child(mother);
    const wish = {
      childId,
      groupId,
      pattern,
      startsOn: STARTS_ON,
      endsOn: addMonths(STARTS_ON, 12),
      ifFull: 'refuse_all' as const,
    };
    booked = (await world.act(mother, bookSeries, wish)).booked.length;
  });
  return [
    { name: 'series of 12 months', value, unit: 'ms', atMost: 100, detail: `${booked} days, processor time` },
  ];
}
