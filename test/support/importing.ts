import type { PgTable } from 'drizzle-orm/pg-core';
import type { Tables } from '../../db/schema/tables.ts';
import { plainDate } from '../../src/domain/calendar.ts';
import { Refusal } from '../../src/domain/refusal.ts';
import { listBookings } from '../../src/data/bookings.ts';
import { findDays } from '../../src/data/group-days.ts';
import { importFile, problemsOf, type ImportOptions } from '../../src/use-cases/import/import.ts';
import { sampleFile, type SampleFile } from './import-file.ts';
import type { World } from './world.ts';

const TUESDAY = plainDate('2027-02-09');
export const NOTHING = { created: 0, updated: 0, unchanged: 0 };

export const run = (world: World, file: unknown, options: Partial<ImportOptions> = {}) =>
  importFile(world.database, file, { now: world.now, ...options });

export async function problemsIn(world: World, file: unknown): Promise<string[]> {
  const error = await run(world, file).then(
    () => undefined,
    (failure: unknown) => failure,
  );
  if (!(error instanceof Refusal)) throw new Error('expected a refusal', { cause: error });
  return problemsOf(error)!.problems.map(
    ({ sheet, row, field, reason }) => `${sheet} ${row} ${field} ${reason}`,
  );
}

export async function rowsOf<Table extends PgTable>(
  world: World,
  table: (t: Tables) => Table,
): Promise<Table['$inferSelect'][]> {
  return await world.database.read(async (tx) => await tx.db.select().from(table(tx.t) as PgTable));
}

export async function bookingsOf(world: World, childId: string | undefined) {
  const range = { from: plainDate('2026-01-01'), to: plainDate('2028-01-01') };
  return await world.database.read((tx) => listBookings(tx, { childIds: [Number(childId)], ...range }));
}

export async function dayOf(world: World, groupId: string | undefined, date = TUESDAY) {
  const [day] = await world.database.read((tx) =>
    findDays(tx, { groupId: Number(groupId), from: date, to: date }),
  );
  return day!;
}

/** The sample with something changed in it. */
export function changed(change: (file: SampleFile) => void): SampleFile {
  const file = sampleFile();
  change(file);
  return file;
}
