import { expect } from 'vitest';
import { eq } from 'drizzle-orm';
import { instant, plainDate, type PlainDate } from '../../src/domain/calendar.ts';
import { searchName } from '../../src/domain/names.ts';
import { SYSTEM, type Actor } from '../../src/domain/people.ts';
import { bookSlot } from '../../src/use-cases/bookings.ts';
import type { Page, TestApp, Visitor } from './app.ts';
import type { World } from './world.ts';

export const TODAY = plainDate('2027-02-03');
/** An ordinary Monday. */
export const MONDAY = plainDate('2027-02-08');

/** A centre with one group of two places, its people and a family; and another centre that has nothing to do with it. */
export class PageStage {
  readonly world: World;
  readonly centreId: number;
  readonly groupId: number;
  readonly otherCentreId: number;
  readonly otherGroupId: number;
  readonly admin: Actor;
  readonly staff: Actor;
  readonly otherAdmin: Actor;
  readonly manager: Actor;
  readonly system: Actor;
  readonly guardian: Actor;
  readonly childId: number;

  private constructor(world: World, parts: Omit<PageStage, 'world' | 'book' | 'named' | 'at'>) {
    this.world = world;
    this.centreId = parts.centreId;
    this.groupId = parts.groupId;
    this.otherCentreId = parts.otherCentreId;
    this.otherGroupId = parts.otherGroupId;
    this.admin = parts.admin;
    this.staff = parts.staff;
    this.otherAdmin = parts.otherAdmin;
    this.manager = parts.manager;
    this.system = parts.system;
    this.guardian = parts.guardian;
    this.childId = parts.childId;
  }

  static async create(world: World): Promise<PageStage> {
    const centreId = await world.centre({ name: 'Шуақ' });
    const otherCentreId = await world.centre({ name: 'Үміт' });
    const guardian = await world.guardian();
    const stage = new PageStage(world, {
      centreId,
      otherCentreId,
      groupId: await world.group(centreId, { room: 2 }),
      otherGroupId: await world.group(otherCentreId, { room: 2 }),
      admin: await world.person('centre_admin', { centreId }),
      staff: await world.person('centre_staff', { centreId }),
      otherAdmin: await world.person('centre_admin', { centreId: otherCentreId }),
      manager: await world.person('regional_manager', { regionCode: '75' }),
      system: await world.person('system_admin'),
      guardian,
      childId: await world.child(guardian),
    });
    return stage;
  }

  /** A child of this name that the centre has registered. */
  async named(name: string, guardian: Actor | null = null): Promise<number> {
    const id = await this.world.child(guardian);
    await this.world.insert(async (tx) => {
      const { t } = tx;
      await tx.db
        .update(t.child)
        .set({ name, searchName: searchName(name) })
        .where(eq(t.child.id, id));
      await tx.db
        .insert(t.registration)
        .values({ childId: id, centreId: this.centreId, registeredAt: this.world.now });
    });
    return id;
  }

  /** Books as the child's guardian would have, some days before, and comes back to the world's instant. */
  async book(
    childId: number,
    date: PlainDate,
    from: number,
    to: number,
    groupId = this.groupId,
  ): Promise<number> {
    const { world } = this;
    const { now } = world;
    world.now = instant('2027-01-11T05:00:00.000Z');
    const { id } = await world.act(SYSTEM, bookSlot, { childId, groupId, date, slot: { from, to } });
    world.now = now;
    return id;
  }

  /** The world goes on to a time of today, 'HH:MM' in the country's zone. */
  at(time: string): void {
    const [hours = 0, minutes = 0] = time.split(':').map(Number);
    const minute = hours * 60 + minutes - 300;
    const two = (part: number) => String(part).padStart(2, '0');
    this.world.now = instant(`${TODAY}T${two(Math.floor(minute / 60))}:${two(minute % 60)}:00.000Z`);
  }
}

/** What a page says, without its marks. */
export function textOf({ text }: Pick<Page, 'text'>): string {
  return text
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll('&#34;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replaceAll(/\s+/g, ' ');
}

/** The value that stands in a field of a form. */
export function fieldOf({ text }: Pick<Page, 'text'>, name: string): string | undefined {
  const [input] =
    new RegExp(`<input[^>]* name="${name.replaceAll('.', String.raw`\.`)}"[^>]*>`).exec(text) ?? [];
  return input === undefined ? undefined : (/ value="([^"]*)"/.exec(input)?.[1] ?? '');
}

/** Who gets what at an address: the wrong role is forbidden, another's and an absent one are the same. */
export async function expectAccess(
  app: TestApp,
  path: string,
  who: { allowed: readonly Actor[]; forbidden: readonly Actor[]; missing: readonly Actor[] },
): Promise<void> {
  const status = async (actor: Actor) => (await (await app.as(actor)).get(path)).status;
  for (const actor of who.allowed) expect(await status(actor), `${actor.role} at ${path}`).toBe(200);
  for (const actor of who.forbidden) expect(await status(actor), `${actor.role} at ${path}`).toBe(403);
  for (const actor of who.missing) expect(await status(actor), `${actor.role} at ${path}`).toBe(404);
  const visitor: Visitor = app.visitor();
  expect(await visitor.get(path)).toMatchObject({
    status: 303,
    location: `/sign-in?next=${encodeURIComponent(path)}`,
  });
}
