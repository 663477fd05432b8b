import { openingOn } from '../../src/domain/opening.ts';
import { findOpeningFacts } from '../../src/data/groups.ts';
import type { World } from './world.ts';

const times = <T>(make: (at: number) => T) => Array.from({ length: 48 }, (_, at) => make(at));

/**
 * What is wrong with the days of a small world, by brute force from the raw rows and sharing no code with countDay:
 * every count and sum of group_day, no half-hour over its room, nothing booked or held outside the opening, and the
 * opening as the terms, closures and calendar say. Empty when all is well.
 */
export async function findingsOf(world: World): Promise<string[]> {
  return await world.database.read(async (tx) => {
    const { t, db } = tx;
    const days = await db.select().from(t.groupDay);
    const bookings = await db.select().from(t.booking);
    const holds = await db.select().from(t.hold);
    const attended = new Map((await db.select().from(t.attendance)).map((row) => [row.bookingId, row]));
    const groups = await db.select().from(t.careGroup);
    const facts = await findOpeningFacts(tx, groups);
    const findings: string[] = [];

    for (const day of days) {
      const here = (row: { groupId: number; date: string }) =>
        row.groupId === day.groupId && row.date === day.date;
      const stays = bookings
        .filter(here)
        .map((row) => ({ ...row, until: row.releasedFrom ?? row.toHalfHour }));
      const held = holds.filter(here);
      const open = (at: number) => day.opensAt !== null && at >= day.opensAt && at < (day.closesAt ?? 0);
      const staysAt = (at: number) => stays.filter((row) => row.fromHalfHour <= at && at < row.until);
      const heldAt = (at: number) => held.filter((row) => row.fromHalfHour <= at && at < row.toHalfHour);
      const takenAt = (at: number) => staysAt(at).length + heldAt(at).length;
      const attendedMinutes = stays.reduce((sum, row) => {
        const there = row.until > row.fromHalfHour ? attended.get(row.id) : undefined;
        if (!there?.departedAt) return sum;
        return sum + Math.floor((Date.parse(there.departedAt) - Date.parse(there.arrivedAt)) / 60_000);
      }, 0);
      const opening = openingOn(
        facts.terms.get(day.groupId) ?? [],
        groups.find((group) => group.id === day.groupId)!.endsOn,
        facts.closures.get(day.groupId) ?? [],
        facts.overrides,
        day.date,
      );
      const weightOf = (rows: { weight: number }[]) => rows.reduce((sum, row) => sum + row.weight, 0);
      const expected = {
        ...opening,
        booked: times((at) => staysAt(at).length),
        held: times((at) => heldAt(at).length),
        load: times((at) => weightOf(staysAt(at)) + weightOf(heldAt(at))),
        peakTaken: Math.max(...times(takenAt)),
        peakBooked: Math.max(...times((at) => staysAt(at).length)),
        placeMinutes: times((at) => (open(at) ? day.room * 30 : 0)).reduce((sum, each) => sum + each, 0),
        bookedMinutes: times((at) => staysAt(at).length * 30).reduce((sum, each) => sum + each, 0),
        attendedMinutes,
      };
      for (const [name, value] of Object.entries(expected)) {
        const stored = JSON.stringify(day[name as keyof typeof expected]);
        if (stored !== JSON.stringify(value)) {
          findings.push(
            `${day.date} of group ${day.groupId}: ${name} is ${stored}, not ${JSON.stringify(value)}`,
          );
        }
      }
      times((at) => {
        if (takenAt(at) > day.room)
          findings.push(`${day.date} of group ${day.groupId}: over its room at ${at}`);
        if (takenAt(at) > 0 && !open(at))
          findings.push(`${day.date} of group ${day.groupId}: taken while closed at ${at}`);
      });
    }
    return findings;
  });
}

/** Every row of every table: equal before and after something that must have written nothing. */
export async function rowsOf(world: World): Promise<Record<string, string[]>> {
  return await world.database.read(async (tx) => {
    const rows: Record<string, string[]> = {};
    for (const [name, table] of Object.entries(tx.t)) {
      rows[name] = (await tx.db.select().from(table)).map((row) => JSON.stringify(row)).toSorted();
    }
    return rows;
  });
}
