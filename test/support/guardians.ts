import { eq } from 'drizzle-orm';
import { plainDate, type PlainDate } from '../../src/domain/calendar.ts';
import { mayOf, type RightName } from '../../src/domain/guardianship.ts';
import type { Actor } from '../../src/domain/people.ts';
import type { Refusal } from '../../src/domain/refusal.ts';
import { addGuardianship, listGuardianships } from '../../src/data/guardianships.ts';
import {
  changeLastDay,
  giveRights,
  withdrawRights,
  type Change,
  type Gift,
} from '../../src/use-cases/guardianships.ts';
import { World } from './world.ts';

export const TODAY = plainDate('2027-02-03');
export const WEEK_END = plainDate('2027-02-09');

/** A mother with every right over a child that a centre keeps, and a way to give, re-date and withdraw rights. */
export class GuardianStage implements AsyncDisposable {
  readonly world: World;
  readonly centreId: number;
  readonly staff: Actor;
  readonly mother: Actor;
  readonly childId: number;

  private constructor(parts: Pick<GuardianStage, 'world' | 'centreId' | 'staff' | 'mother' | 'childId'>) {
    this.world = parts.world;
    this.centreId = parts.centreId;
    this.staff = parts.staff;
    this.mother = parts.mother;
    this.childId = parts.childId;
  }

  static async create(): Promise<GuardianStage> {
    const world = await World.create();
    const centreId = await world.centre({ name: 'Шуақ' });
    const staff = await world.person('centre_staff', { centreId });
    const mother = await world.person('guardian', { login: '+77010000001' });
    const childId = await world.child(mother);
    await world.insert(async (tx) => {
      const registration = { childId, centreId, registeredAt: world.now };
      await tx.db.insert(tx.t.registration).values(registration);
      const contact = { phone: '+77010000001', passwordHash: 'x' };
      await tx.db.update(tx.t.person).set(contact).where(eq(tx.t.person.id, mother.personId));
    });
    return new GuardianStage({ world, centreId, staff, mother, childId });
  }

  [Symbol.asyncDispose]() {
    return this.world[Symbol.asyncDispose]();
  }

  which(actor: Actor) {
    return { childId: this.childId, centreId: actor.role === 'guardian' ? null : this.centreId };
  }

  give(
    actor: Actor,
    gift: Partial<Pick<Gift, 'startsOn' | 'endsOn' | 'childId'>> & {
      name?: string;
      phone?: string | null;
      email?: string | null;
      rights?: readonly RightName[];
    } = {},
  ): Promise<void> {
    const { name = 'Сәуле Әже', phone = null, email = null, rights = ['collect'] } = gift;
    return this.world.act(actor, giveRights, {
      ...this.which(actor),
      childId: gift.childId ?? this.childId,
      adult: { name, phone, email, language: 'kk', may: mayOf(rights) },
      startsOn: gift.startsOn ?? TODAY,
      endsOn: gift.endsOn ?? null,
    });
  }

  withdraw(actor: Actor, guardianshipId: number, rights: Change['rights']): Promise<void> {
    return this.world.act(actor, withdrawRights, { ...this.which(actor), guardianshipId, rights });
  }

  redate(actor: Actor, guardianshipId: number, rights: Change['rights'], endsOn: PlainDate | null) {
    const input = { ...this.which(actor), guardianshipId, rights, endsOn };
    return this.world.act(actor, changeLastDay, input);
  }

  /** Another adult with an account and these rights, as a centre wrote them. */
  async adult(rights: readonly RightName[], dates: { startsOn?: PlainDate; endsOn?: PlainDate } = {}) {
    const actor = await this.world.guardian();
    const id = await this.world.insert(async (tx) => {
      await tx.db.update(tx.t.person).set({ passwordHash: 'x' }).where(eq(tx.t.person.id, actor.personId));
      return await addGuardianship(tx, {
        childId: this.childId,
        personId: actor.personId,
        startsOn: dates.startsOn ?? plainDate('2027-01-01'),
        endsOn: dates.endsOn ?? null,
        may: mayOf(rights),
      });
    });
    return { actor, id };
  }

  rows() {
    return this.world.database.read((tx) => listGuardianships(tx, this.childId));
  }

  async rowOf(actor: Actor) {
    return (await this.rows()).find((row) => row.personId === actor.personId)!;
  }

  /** Everything of a table, as it stands. */
  async all<Name extends 'person' | 'assignment' | 'message' | 'event' | 'oneTimeCode'>(name: Name) {
    return await this.world.database.read(async (tx) => await tx.db.select().from(tx.t[name] as never));
  }

  /** Why something is refused, as 'field: detail', else its reason; 'done' if it is not. */
  async why(doing: Promise<unknown>): Promise<string> {
    try {
      await doing;
      return 'done';
    } catch (error) {
      const { reason, details } = error as Refusal;
      const [first] = details?.errors ?? [];
      return first ? `${first.field}: ${first.detail}` : reason;
    }
  }
}
