import { eq } from 'drizzle-orm';
import { plainDate, type PlainDate } from '../../src/domain/calendar.ts';
import type { WeeklyHours } from '../../src/domain/opening.ts';
import type { Actor } from '../../src/domain/people.ts';
import { LEVEL_OF_POST, type Post } from '../../src/domain/staffing.ts';
import { insertRoster } from '../../src/data/rosters.ts';
import { insertShifts, type NewShift } from '../../src/data/shifts.ts';
import { insertStaff, type NewStaff } from '../../src/data/staff.ts';
import { publishRoster, type Published } from '../../src/use-cases/publication.ts';
import { basisOf } from '../../src/use-cases/roster-findings.ts';
import { CentreStage } from './centre-stage.ts';
import type { TestDialect } from './database.ts';
import { World } from './world.ts';

const LONG = [14, 40] as const;
export const LONG_DAYS: WeeklyHours = { mon: LONG, tue: LONG, wed: LONG, thu: LONG, fri: LONG };

let numbers = 0;

/** Somebody made up who works at a centre: a care worker on a 40-hour week unless told. */
export async function addStaff(
  world: World,
  centreId: number,
  options: Partial<NewStaff> & { post?: Post } = {},
): Promise<number> {
  const post = options.post ?? 'care_worker';
  const name = options.name ?? `Synthetic worker ${++numbers}`;
  return await world.insert((tx) =>
    insertStaff(tx, {
      centreId,
      name,
      searchName: name.toLowerCase(),
      post,
      level: LEVEL_OF_POST[post],
      weeklyMinutes: 2400,
      skills: post === 'nurse' ? ['nurse'] : [],
      availability: LONG_DAYS,
      startsOn: plainDate('2026-01-01'),
      endsOn: null,
      personId: null,
      medicalBookUntil: plainDate('2029-01-01'),
      ...options,
    }),
  );
}

/** A day with one group, 08:00–16:30 with a break at 12:00 unless told. */
export function shift(
  staffId: number,
  date: PlainDate,
  groupId: number | null,
  times: { from?: number; to?: number; breakFrom?: number | null } = {},
): NewShift {
  const { from = 16, to = 33, breakFrom = 24 } = times;
  const stretches = groupId === null ? [] : [{ groupId, from, to }];
  return { staffId, date, from, to, breakFrom, stretches };
}

/** A draft of a centre's days, made now. */
export async function draftRoster(
  world: World,
  days: { readonly centreId: number; readonly from: PlainDate; readonly to: PlainDate },
  shifts: readonly NewShift[],
): Promise<number> {
  const { centreId, from: startsOn, to: endsOn } = days;
  return await world.insert(async (tx) => {
    const basis = await basisOf(tx, days);
    const made = { madeAt: world.now, madeBy: null, basis, outcome: null };
    const id = await insertRoster(tx, { centreId, startsOn, endsOn, ...made });
    await insertShifts(tx, id, shifts);
    return id;
  });
}

/** A centre whose rosters are written by hand. */
export class RosterStage extends CentreStage {
  static override async create(room = 8, dialect?: TestDialect): Promise<RosterStage> {
    const world = await World.create(dialect ? { dialect } : {});
    const centreId = await world.centre({ name: 'Мерей' });
    const groupId = await world.group(centreId, { room });
    const admin = await world.person('centre_admin', { centreId });
    return new RosterStage(world, { centreId, groupId }, admin, await world.guardian());
  }

  staff(options: Partial<NewStaff> & { post?: Post } = {}): Promise<number> {
    return addStaff(this.world, this.centreId, options);
  }

  draft(
    from: PlainDate,
    to: PlainDate,
    shifts: readonly NewShift[],
    centreId = this.centreId,
  ): Promise<number> {
    return draftRoster(this.world, { centreId, from, to }, shifts);
  }

  publish(rosterId: number, actor: Actor = this.admin, version?: number): Promise<Published> {
    return this.world.act(actor, publishRoster, { rosterId, version });
  }

  async published(from: PlainDate, to: PlainDate, shifts: readonly NewShift[]): Promise<Published> {
    return await this.publish(await this.draft(from, to, shifts));
  }

  async storedDay(date: PlainDate, groupId = this.groupId) {
    const { world } = this;
    const rows = await world.database.read((tx) =>
      tx.db.select().from(tx.t.groupDay).where(eq(tx.t.groupDay.groupId, groupId)),
    );
    return rows.find((row) => row.date === date)!;
  }
}
