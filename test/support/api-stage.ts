import { plainDate } from '../../src/domain/calendar.ts';
import type { Actor } from '../../src/domain/people.ts';
import { TestApp } from './app.ts';
import { CheckedClient, Contract, type CheckedAnswer } from './openapi.ts';
import { World } from './world.ts';

export const TUESDAY = plainDate('2027-02-09');
export const WEDNESDAY = plainDate('2027-02-10');
export const DAY = { from: '08:30', to: '17:30' } as const;

/** Two families and two centres in two regions, each with clients of the API whose answers are checked. */
export class ApiStage implements AsyncDisposable {
  readonly world: World;
  readonly app: TestApp;
  readonly contract: Contract;

  private constructor(world: World, app: TestApp, contract: Contract) {
    this.world = world;
    this.app = app;
    this.contract = contract;
  }

  static async create(options: { limits?: boolean } = {}): Promise<ApiStage> {
    const world = await World.create();
    const app = await TestApp.start(world, options);
    return new ApiStage(world, app, await Contract.of(app));
  }

  as(actor?: Actor): Promise<CheckedClient> {
    return CheckedClient.of(this.app, this.contract, actor);
  }

  /** A centre with a group, its people, a family with one child, and clients of each. */
  async side(regionCode = '75', room = 2) {
    const { world } = this;
    const centreId = await world.centre({ regionCode });
    const groupId = await world.group(centreId, { room });
    const mother = await world.guardian();
    const childId = await world.child(mother);
    const staffActor = await world.person('centre_staff', { centreId });
    const managerActor = await world.person('regional_manager', { regionCode });
    const wish = { childId: String(childId), groupId: String(groupId), date: TUESDAY, ...DAY };
    return {
      regionCode,
      centreId,
      groupId,
      mother,
      childId,
      staffActor,
      managerActor,
      /** What the family asks for by default: Tuesday, 08:30–17:30. */
      wish,
      family: await this.as(mother),
      staff: await this.as(staffActor),
      manager: await this.as(managerActor),
    };
  }

  async [Symbol.asyncDispose]() {
    await this.app[Symbol.asyncDispose]();
    await this.world[Symbol.asyncDispose]();
  }
}

/** Status and reason, with the fields that are named. */
export function told({ status, body }: CheckedAnswer): [number, string, ...string[]] {
  const { reason, errors = [] } = body as { reason: string; errors?: { field: string; reason: string }[] };
  return [
    status,
    reason,
    ...errors.map((error) => (error.reason === reason ? error.field : `${error.field} ${error.reason}`)),
  ];
}
