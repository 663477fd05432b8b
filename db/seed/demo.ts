import { addDays, dateAt, startOfWeek, type Instant } from '../../src/domain/calendar.ts';
import { randomFrom } from '../../src/domain/random.ts';
import { REGION_CODES } from '../../src/domain/regions.ts';
import { KNOWN_OVERRIDES } from '../../src/domain/working-days.ts';
import { insertAll } from '../../src/data/import.ts';
import type { Database, Writing } from '../../src/data/database.ts';
import { isUniqueViolation } from '../../src/data/errors.ts';
import { findOverrides } from '../../src/data/groups.ts';
import { listNorms } from '../../src/data/norms.ts';
import { planMatching } from '../../src/use-cases/matching.ts';
import { seedNorms } from '../../src/use-cases/norms.ts';
import { refreshAllRanks } from '../../src/use-cases/ranks.ts';
import { hashPassword } from '../../src/use-cases/sign-in.ts';
import { DEMO_ACCOUNTS, DEMO_PASSWORD, DEMO_REGION, demoAccount } from './accounts.ts';
import { planCentre } from './centres.ts';
import { planDays, writeDays, type PlannedDays } from './days.ts';
import { writeFamilies } from './families.ts';
import { givenName, IinRegister, sexOf, surname } from './people.ts';
import { writeMoments } from './moments.ts';
import { writePeople, type DemoPerson } from './persons.ts';
import { writeRosters } from './rosters.ts';
import { WEEKS_AHEAD, WEEKS_BACK, type Stage } from './stage.ts';
import { writeWaitingList } from './waiting-list.ts';
import { writeCentre } from './write-centre.ts';

export { DEMO_ACCOUNTS, DEMO_PASSWORD };

export interface DemoOptions {
  readonly now: Instant;
  readonly onProgress?: (done: number, of: number, what: string) => void;
  /** 120 unless told; the first five are the special ones. */
  readonly centres?: number;
  readonly seed?: string;
}

export interface DemoLoaded {
  readonly accounts: typeof DEMO_ACCOUNTS;
  readonly centres: number;
  readonly children: number;
  readonly bookings: number;
}

const CENTRES = 120;
/** Telephones up to here are the demo accounts'. */
const FIRST_PERSON = 100;

/**
 * Loads the demo country in one transaction: the same for the same seed, day and clock. Bookings pass the rules of
 * bookSlot, days are counted by countDay, rosters keep the law and staff the days as publication does. A database that has people already is left alone.
 */
export async function loadDemo(database: Database, options: DemoOptions): Promise<DemoLoaded> {
  const passwordHash = await hashPassword(DEMO_PASSWORD);
  const nothing = { accounts: DEMO_ACCOUNTS, centres: 0, children: 0, bookings: 0 };
  try {
    return await database.write(async (tx) =>
      (await hasPeople(tx)) ? nothing : { ...nothing, ...(await writeCountry(tx, passwordHash, options)) },
    );
  } catch (error) {
    // Another process, started at the same moment, was first.
    if (isUniqueViolation(error) && (await database.read(hasPeople))) return nothing;
    throw error;
  }
}

async function hasPeople(tx: Pick<Writing, 'db' | 't'>): Promise<boolean> {
  return (await tx.db.select({ id: tx.t.person.id }).from(tx.t.person).limit(1)).length > 0;
}

async function writeCountry(tx: Writing, passwordHash: string, options: DemoOptions) {
  const { now, onProgress, centres = CENTRES, seed = 'kundiz' } = options;
  const today = dateAt(now);
  let people = FIRST_PERSON;
  await seedNorms(tx);
  if ((await findOverrides(tx)).size === 0) await insertAll(tx, tx.t.calendarOverride, KNOWN_OVERRIDES);
  const stage: Stage = {
    tx,
    now,
    today,
    from: addDays(startOfWeek(today), -7 * WEEKS_BACK),
    to: addDays(startOfWeek(today), 7 * WEEKS_AHEAD + 6),
    passwordHash,
    iins: new IinRegister(),
    overrides: await findOverrides(tx),
    norms: await listNorms(tx),
    nextPerson: () => people++,
  };
  await writeOffices(stage, seed);

  let children = 0;
  let bookings = 0;
  for (let number = 1; number <= centres; number++) {
    onProgress?.(number - 1, centres, 'centres');
    const random = randomFrom(`${seed} ${number}`);
    const centre = await writeCentre(stage, planCentre(number, random), random);
    const families = await writeFamilies(stage, centre);
    const planned: PlannedDays[] = [];
    for (const group of centre.groups) {
      const attending = families.filter((child) => child.group === group && child.pattern !== null);
      planned.push(await planDays(stage, centre, group, attending));
    }
    const { staffed, worked } = await writeRosters(stage, centre, planned);
    for (const days of planned) bookings += await writeDays(stage, centre, days, staffed.get(days.group.id)!);
    await writeWaitingList(
      stage,
      centre,
      families.filter((child) => child.pattern === null || child.demo),
    );
    // The queue of the demo's own centre is looked at as soon as the server runs: offers, and why others have none.
    if (number === 1) {
      for (const group of centre.groups) planMatching(tx, now, group.id);
      await writeMoments(stage, centre, families, worked);
    }
    children += families.length;
  }
  await refreshAllRanks(tx, now);
  onProgress?.(centres, centres, 'centres');
  return { centres, children, bookings };
}

/** Those who work for a region or the whole system: the demo accounts, and a manager for every other region. */
async function writeOffices(stage: Stage, seed: string): Promise<void> {
  const random = randomFrom(`${seed} offices`);
  const managers = REGION_CODES.map((regionCode): DemoPerson => {
    if (regionCode === DEMO_REGION) return { ...demoAccount('regional_manager'), regionCode };
    const name = `${surname(random)} ${givenName(sexOf(random), random)}`;
    return { name, role: 'regional_manager', regionCode, login: `region-${regionCode}@demo.kz` };
  });
  await writePeople(stage, [demoAccount('system_admin'), ...managers]);
}
