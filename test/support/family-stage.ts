import { plainDate } from '../../src/domain/calendar.ts';
import { searchName } from '../../src/domain/names.ts';
import type { Actor } from '../../src/domain/people.ts';
import { listBookings } from '../../src/data/bookings.ts';
import { bookSlot } from '../../src/use-cases/bookings.ts';
import { TestApp, type Visitor } from './app.ts';
import { World, type GroupOptions } from './world.ts';

/** A name that tries everything: quotes, a tag, a right-to-left override. */
export const WILD_NAME = 'Ай "Ару" <script>x</script> О’Ғ';

/** A family with one child of a wild name, a group it may book, the mother's browser, and a stranger's. */
export class FamilyStage implements AsyncDisposable {
  readonly world: World;
  readonly app: TestApp;
  readonly groupId: number;
  readonly centreId: number;
  readonly childId: number;
  readonly mother: Actor;
  readonly visitor: Visitor;
  readonly stranger: Visitor;

  private constructor(
    parts: Omit<FamilyStage, 'bookings' | 'book' | 'relative' | 'full' | typeof Symbol.asyncDispose>,
  ) {
    this.world = parts.world;
    this.app = parts.app;
    this.groupId = parts.groupId;
    this.centreId = parts.centreId;
    this.childId = parts.childId;
    this.mother = parts.mother;
    this.visitor = parts.visitor;
    this.stranger = parts.stranger;
  }

  static async create(
    group: GroupOptions & { lateChanges?: 'accepted' | 'staff_only' } = {},
    limits = false,
  ): Promise<FamilyStage> {
    const world = await World.create();
    const centreId = await world.centre({
      name: 'Шуақ',
      ...(group.lateChanges && { lateChanges: group.lateChanges }),
    });
    const groupId = await world.group(centreId, group);
    const mother = await world.guardian();
    const childId = await world.child(mother);
    await world.insert(
      async (tx) =>
        void (await tx.db.update(tx.t.child).set({ name: WILD_NAME, searchName: searchName(WILD_NAME) })),
    );
    const app = await TestApp.start(world, { limits });
    const stranger = await app.as(await world.guardian());
    return new FamilyStage({
      world,
      app,
      groupId,
      centreId,
      childId,
      mother,
      visitor: await app.as(mother),
      stranger,
    });
  }

  bookings() {
    const range = { from: plainDate('2027-01-01'), to: plainDate('2028-12-31') };
    return this.world.database.read((tx) => listBookings(tx, { childIds: [this.childId], ...range }));
  }

  /** A booking from half-hour to half-hour, 08:30–16:30 unless told. */
  async book(date: string, from = 17, to = 33, childId = this.childId): Promise<number> {
    const wish = { childId, groupId: this.groupId, date: plainDate(date), slot: { from, to } };
    return (await this.world.act(this.mother, bookSlot, wish)).id;
  }

  /** Takes the last place of a one-place group at these half-hours. */
  async full(date: string, from: number, to: number): Promise<void> {
    await this.book(date, from, to, await this.world.child(this.mother));
  }

  /** Another adult of the child, with these rights only. */
  async relative(rights: { maySee?: boolean; mayBook?: boolean }): Promise<Visitor> {
    const person = await this.world.guardian();
    await this.world.insert(async (tx) => {
      await tx.db.insert(tx.t.guardianship).values({
        childId: this.childId,
        personId: person.personId,
        startsOn: plainDate('2027-01-01'),
        maySee: rights.maySee ?? false,
        mayBook: rights.mayBook ?? false,
        mayCollect: false,
        mayBeTold: false,
      });
    });
    return await this.app.as(person);
  }

  async [Symbol.asyncDispose]() {
    await this.app[Symbol.asyncDispose]();
    await this.world[Symbol.asyncDispose]();
  }
}
