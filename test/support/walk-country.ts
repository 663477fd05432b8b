import { plainDate } from '../../src/domain/calendar.ts';
import type { Actor } from '../../src/domain/people.ts';
import type { Random } from '../../src/domain/random.ts';
import type { TestDialect } from './database.ts';
import { addStaff } from './roster-stage.ts';
import { World } from './world.ts';

/** Who may act in a random walk. Children, groups and staff are read from their rows: verbs make more of them. */
export interface Country {
  readonly world: World;
  readonly centreIds: readonly number[];
  readonly admins: ReadonlyMap<number, Actor>;
  readonly desks: ReadonlyMap<number, Actor>;
  readonly guardians: readonly Actor[];
  readonly managers: readonly Actor[];
  readonly system: Actor;
  /** Staff with an account, by person. */
  readonly workers: readonly Actor[];
}

const NEEDS: readonly (readonly [supportWeight: number, skillsNeeded: string[]])[] = [
  [100, []],
  [100, ['nurse']],
  [200, []],
  [300, ['nurse']],
  [100, []],
  [150, ['sign_language']],
  [100, []],
  [250, []],
];

async function share(world: World, childId: number, guardian: Actor): Promise<void> {
  await world.insert(async (tx) => {
    await tx.db.insert(tx.t.guardianship).values({
      childId,
      personId: guardian.personId,
      startsOn: plainDate('2025-01-01'),
      maySee: true,
      mayBook: true,
      mayCollect: true,
      mayBeTold: true,
    });
  });
}

/** Two centres with small groups, one of which ends, eight children of five families and a few staff. */
export async function makeCountry(random: Random, dialect?: TestDialect): Promise<Country> {
  const world = await World.create(dialect && { dialect });
  const centreIds = [
    await world.centre({ name: 'Мерей' }),
    await world.centre({ name: 'Алау', lateChanges: 'staff_only' }),
  ];
  const [first, second] = centreIds as [number, number];
  await world.group(first, { room: random.int(1, 3) });
  await world.group(first, { room: 1, skills: ['nurse'] });
  await world.group(first, { room: 2, endsOn: plainDate('2027-02-26') });
  await world.group(second, { room: random.int(1, 2) });
  await world.group(second, { room: 1, admission: 'enrolled' });
  const admins = new Map<number, Actor>();
  const desks = new Map<number, Actor>();
  for (const centreId of centreIds) {
    admins.set(centreId, await world.person('centre_admin', { centreId }));
    desks.set(centreId, await world.person('centre_staff', { centreId }));
  }
  const guardians: Actor[] = [];
  for (let at = 0; at < 5; at++) guardians.push(await world.guardian());
  for (const [at, [supportWeight, skillsNeeded]] of NEEDS.entries()) {
    const childId = await world.child(guardians[at % 4]!, { supportWeight, skillsNeeded });
    // The fifth guardian has no child alone: every one of theirs somebody else decides on as well.
    if (at % 3 === 0) await share(world, childId, guardians[4]!);
    await world.insert(async (tx) => {
      const registered = { childId, centreId: random.pick(centreIds), registeredAt: world.now };
      await tx.db.insert(tx.t.registration).values({ ...registered, registeredBy: null });
    });
  }
  const workers: Actor[] = [];
  const hire = async (centreId: number, post: 'care_worker' | 'tutor' | 'nurse', known?: Actor) => {
    const actor = known ?? (await world.person('centre_staff', { centreId }));
    if (!known) workers.push(actor);
    await addStaff(world, centreId, { post, personId: actor.personId, name: actor.name });
  };
  await hire(first, 'care_worker');
  await hire(first, 'care_worker');
  await hire(first, 'tutor');
  await hire(first, 'tutor');
  await hire(first, 'nurse');
  await hire(second, 'care_worker');
  await hire(second, 'tutor');
  // Somebody with a contract at both centres.
  await hire(second, 'care_worker', workers[0]);
  return {
    world,
    centreIds,
    admins,
    desks,
    guardians,
    managers: [
      await world.person('regional_manager', { regionCode: '75' }),
      await world.person('regional_manager', { regionCode: '75' }),
    ],
    system: await world.person('system_admin'),
    workers,
  };
}
