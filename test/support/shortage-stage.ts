import type { Actor } from '../../src/domain/people.ts';
import type { PlainDate } from '../../src/domain/calendar.ts';
import { insertLeave } from '../../src/data/staff.ts';
import { findGroup } from '../../src/data/groups.ts';
import { restaffCentre } from '../../src/use-cases/restaff-centre.ts';
import { openShift, type AskWish, type Asked } from '../../src/use-cases/open-shifts.ts';
import { readShortage, type SeenShortage } from '../../src/use-cases/shortages.ts';
import { MONDAY, slot } from './centre-stage.ts';
import { RosterStage, shift } from './roster-stage.ts';
import type { TestDialect } from './database.ts';

/** Somebody of the staff with an account. */
export interface Person {
  readonly actor: Actor;
  readonly staffId: number;
}

/** A centre of which somebody falls ill on Monday: six children are booked and one of two is left to look after them. */
export class ShortageStage {
  readonly at: RosterStage;
  readonly ill: Person;
  readonly bookings: readonly number[];
  readonly children: readonly number[];

  private constructor(
    at: RosterStage,
    ill: Person,
    bookings: readonly number[],
    children: readonly number[],
  ) {
    this.at = at;
    this.ill = ill;
    this.bookings = bookings;
    this.children = children;
  }

  [Symbol.asyncDispose]() {
    return this.at[Symbol.asyncDispose]();
  }

  static async person(at: RosterStage, options: Parameters<RosterStage['staff']>[0] = {}): Promise<Person> {
    const actor = await at.world.person('centre_staff', { centreId: at.centreId });
    return { actor, staffId: await at.staff({ personId: actor.personId, ...options }) };
  }

  static async create(dialect?: TestDialect): Promise<ShortageStage> {
    const at = await RosterStage.create(8, dialect);
    const ill = await ShortageStage.person(at, { name: 'Synthetic ill' });
    const left = await at.staff({ name: 'Synthetic left' });
    const [bookings, children]: [number[], number[]] = [[], []];
    for (let child = 0; child < 6; child++) {
      const childId = await at.world.child(at.mother);
      children.push(childId);
      bookings.push(await at.book(MONDAY, slot('09:00', '13:00'), { childId }));
    }
    await at.published(MONDAY, MONDAY, [
      shift(ill.staffId, MONDAY, at.groupId, { from: 18, to: 26, breakFrom: null }),
      shift(left, MONDAY, at.groupId, { from: 18, to: 26, breakFrom: null }),
    ]);
    const stage = new ShortageStage(at, ill, bookings, children);
    await stage.away(ill.staffId);
    return stage;
  }

  person(options: Parameters<RosterStage['staff']>[0] = {}): Promise<Person> {
    return ShortageStage.person(this.at, options);
  }

  /** Leave that holds, as it comes into force. */
  async away(staffId: number, date: PlainDate = MONDAY): Promise<void> {
    const { world, admin, centreId } = this.at;
    await world.act(
      admin,
      async (work) => {
        await restaffCentre(work, { centreId }, async () => {
          await insertLeave(work.tx, {
            staffId,
            startsOn: date,
            endsOn: date,
            kind: 'sick',
            requestedAt: null,
          });
        });
        return null;
      },
      {},
    );
  }

  async seen(): Promise<SeenShortage> {
    const { world, groupId } = this.at;
    return await world.database.read(async (tx) => {
      const group = (await findGroup(tx, groupId))!;
      return (await readShortage(tx, { group, date: MONDAY, now: world.now }))!;
    });
  }

  /** Opens the first stretch that is short and asks these people. */
  async open(people: readonly Person[], wish: Partial<AskWish> = {}): Promise<Asked> {
    const { world, admin, groupId } = this.at;
    const { lostShiftId: _, ...proposal } = (await this.seen()).proposals[0]!;
    return await world.act(admin, openShift, {
      groupId,
      date: MONDAY,
      ...proposal,
      staffIds: people.map((each) => each.staffId),
      inTurn: false,
      within: 30,
      ...wish,
    });
  }
}
