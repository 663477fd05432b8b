import { instant, plainDate, type PlainDate } from '../../src/domain/calendar.ts';
import type { Actor } from '../../src/domain/people.ts';
import { parseTime, type Slot } from '../../src/domain/slots.ts';
import { findBooking } from '../../src/data/bookings.ts';
import { findDays } from '../../src/data/group-days.ts';
import { listMessages } from '../../src/data/messages.ts';
import { bookSlot } from '../../src/use-cases/bookings.ts';
import { World } from './world.ts';

/** An ordinary week, after the world's Wednesday. */
export const MONDAY = plainDate('2027-02-08');
export const TUESDAY = plainDate('2027-02-09');
export const WEDNESDAY = plainDate('2027-02-10');
export const THURSDAY = plainDate('2027-02-11');
/** 10:10 on that Tuesday in Almaty. */
export const TUESDAY_MORNING = instant('2027-02-09T05:10:00.000Z');
export const FULL_DAY: Slot = { from: 17, to: 35 };

export const slot = (from: string, to: string): Slot => ({ from: parseTime(from)!, to: parseTime(to)! });

/** A centre, its group and administrator, and a mother of as many children as are booked. */
export class CentreStage implements AsyncDisposable {
  readonly world: World;
  readonly centreId: number;
  readonly groupId: number;
  readonly admin: Actor;
  readonly mother: Actor;
  #seconds = 0;

  constructor(world: World, ids: { centreId: number; groupId: number }, admin: Actor, mother: Actor) {
    this.world = world;
    this.centreId = ids.centreId;
    this.groupId = ids.groupId;
    this.admin = admin;
    this.mother = mother;
  }

  static async create(room = 8): Promise<CentreStage> {
    const world = await World.create();
    const centreId = await world.centre({ name: 'Мерей' });
    const groupId = await world.group(centreId, { room });
    const admin = await world.person('centre_admin', { centreId });
    return new CentreStage(world, { centreId, groupId }, admin, await world.guardian());
  }

  [Symbol.asyncDispose]() {
    return this.world[Symbol.asyncDispose]();
  }

  /** Books a child of its own unless one is given, a second after whoever came before. */
  async book(date: PlainDate, stay: Slot = FULL_DAY, options: { childId?: number; groupId?: number } = {}) {
    const { world, mother } = this;
    const childId = options.childId ?? (await world.child(mother));
    const start = world.now;
    world.now = instant(start.replace(/\d\d\.\d{3}Z$/, `${String(++this.#seconds).padStart(2, '0')}.000Z`));
    const wish = { childId, groupId: options.groupId ?? this.groupId, date, slot: stay };
    try {
      return (await world.act(mother, bookSlot, wish)).id;
    } finally {
      world.now = start;
    }
  }

  async stateOf(bookingId: number) {
    return (await this.world.database.read((tx) => findBooking(tx, bookingId)))!;
  }

  /** Messages to somebody, oldest first: kind and data. */
  async messages(to: Actor = this.mother): Promise<[string, Record<string, string | number>][]> {
    const { database } = this.world;
    const rows = await database.read((tx) => listMessages(tx, to.personId, { unread: true, limit: 9 }));
    return rows.toReversed().map(({ kind, data }) => [kind, data]);
  }

  async dayOn(date: PlainDate, groupId = this.groupId) {
    return (await this.world.database.read((tx) => findDays(tx, { groupId, from: date, to: date })))[0]!;
  }
}
