import { addDays, addMonths, instantAt, startOfMonth } from '../../src/domain/calendar.ts';
import { insertAll } from '../../src/data/import.ts';
import type { WrittenChild } from './families.ts';
import type { Stage, WrittenCentre } from './stage.ts';

/** Days; the demo guardian's: so that an offer comes to them first. */
const LONGEST_WAIT = 400;

/**
 * Families that wait: a wish for whole days or mornings, the group they want first and others of its kind. The demo
 * guardian's children have hours and wish for whole weeks.
 */
export async function writeWaitingList(
  stage: Stage,
  centre: WrittenCentre,
  waiting: readonly WrittenChild[],
): Promise<void> {
  const { tx, today } = stage;
  const { random, groups } = centre;
  const startsOn = startOfMonth(addMonths(today, 1));
  const ids = await insertAll(
    tx,
    tx.t.waitingListEntry,
    waiting.map((child) => {
      const day =
        child.demo || random.chance(0.6) ? (['08:30', '17:30'] as const) : (['08:30', '13:00'] as const);
      const waited = child.demo ? LONGEST_WAIT : random.int(5, LONGEST_WAIT - 1);
      const registeredAt = instantAt(addDays(today, -waited), random.int(9 * 60, 18 * 60));
      return {
        childId: child.id,
        pattern: { mon: day, tue: day, wed: day, thu: day, fri: day },
        minimumMinutesPerWeek: random.chance(0.3) ? 1200 : null,
        startsOn,
        registeredAt,
      };
    }),
  );
  const choices = waiting.flatMap((child, at) => {
    const alike = groups.filter(
      ({ id, plan }) => id !== child.group.id && plan.category === child.group.plan.category,
    );
    const wanted = [child.group, ...random.shuffle(alike).slice(0, random.int(0, 2))];
    return wanted.map((group, index) => ({ entryId: ids[at]!, groupId: group.id, preference: index + 1 }));
  });
  await insertAll(tx, tx.t.waitingListChoice, choices);
}
