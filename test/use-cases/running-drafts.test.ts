import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { addMinutes, plainDate } from '../../src/domain/calendar.ts';
import type { Database } from '../../src/data/database.ts';
import { findDraftSearch, putDraftSearch } from '../../src/data/draft-searches.ts';
import { openDatabase, parseDatabaseUrl } from '../../src/data/open-database.ts';
import { listRosters } from '../../src/data/rosters.ts';
import { endDraft, findRunningDraft, startDraft } from '../../src/use-cases/running-drafts.ts';
import { MONDAY, slot } from '../support/centre-stage.ts';
import { RosterStage } from '../support/roster-stage.ts';

const SUNDAY = plainDate('2027-03-07');
const WHOLE = { from: plainDate('2027-01-01'), to: plainDate('2027-12-31') };
const PATIENT = { timeout: 20_000, interval: 50 };

/** A centre with staff and children for four weeks, and a second process on the same database. */
async function scene(run: (at: RosterStage, other: Database) => Promise<void>): Promise<void> {
  await using at = await RosterStage.create();
  const other = await openDatabase(parseDatabaseUrl(at.world.stage.urlText)!);
  try {
    for (const post of ['tutor', 'nurse', 'care_worker'] as const) await at.staff({ post });
    for (let child = 0; child < 4; child++) await at.book(MONDAY, slot('09:00', '15:00'));
    await run(at, other);
  } finally {
    await other.close();
  }
}

function stage(at: RosterStage) {
  const { world, centreId, admin } = at;
  const failures: unknown[] = [];
  const wish = { centreId, from: MONDAY, to: SUNDAY };
  const options = {
    actor: admin,
    clock: () => world.now,
    onFailure: (error: unknown) => void failures.push(error),
  };
  return {
    failures,
    start: (database: Database, seconds = 60) => startDraft(database, wish, { ...options, seconds }),
    seen: (database: Database) => database.read((tx) => findRunningDraft(tx, centreId, world.now)),
    end: (database: Database, keep: boolean) => endDraft(database, centreId, { keep, now: world.now }),
    search: () => world.database.read((tx) => findDraftSearch(tx, centreId)),
    rosters: () => world.database.read((tx) => listRosters(tx, { centreId, ...WHOLE })),
  };
}

test('another process sees the search, starts no second one, and ends it with what was found', () =>
  scene(async (at, other) => {
    const { start, seen, end, rosters, failures } = stage(at);
    expect(await seen(other)).toBeUndefined();
    expect(await start(at.world.database)).toBe(true);
    expect(await start(other)).toBe(false);
    await expect.poll(async () => (await seen(other))?.best?.openLegal, PATIENT).toBeDefined();
    expect(await seen(other)).toMatchObject({ from: MONDAY, to: SUNDAY, state: { is: 'running' } });
    await end(other, true);
    const [roster] = await rosters();
    expect(roster?.outcome).not.toBeNull();
    expect(await seen(other)).toMatchObject({ state: { is: 'done', rosterId: roster!.id } });
    expect(failures).toEqual([]);
  }));

test('another process ends it with nothing', () =>
  scene(async (at, other) => {
    const { start, seen, end, rosters, failures } = stage(at);
    await start(at.world.database);
    await end(other, false);
    expect(await seen(at.world.database)).toMatchObject({ state: { is: 'cancelled' } });
    expect([await rosters(), failures]).toEqual([[], []]);
  }));

test('a search whose process has died is over, and another may begin', () =>
  scene(async (at, other) => {
    const { start, seen, end, search, rosters } = stage(at);
    await start(at.world.database);
    await end(other, false);
    // As a process leaves it that is killed in mid-search.
    const left = { ...(await search())!, key: 'dead', outcome: null, asked: null };
    await at.world.insert((tx) => putDraftSearch(tx, left));
    expect(await start(other)).toBe(false);
    at.world.now = addMinutes(at.world.now, 2);
    expect(await seen(other)).toMatchObject({ state: { is: 'failed', reason: null } });
    expect(await start(other)).toBe(true);
    await end(at.world.database, false);
    expect(await rosters()).toEqual([]);
  }));

test('a search that another has taken the place of stores nothing', () =>
  scene(async (at) => {
    const { start, search, rosters, failures } = stage(at);
    await start(at.world.database, 2);
    const first = (await search())!;
    await at.world.insert((tx) => putDraftSearch(tx, { ...first, key: 'another' }));
    // Longer than it was to last.
    await wait(3000);
    expect(await search()).toMatchObject({ key: 'another', best: null, outcome: null });
    expect([await rosters(), failures]).toEqual([[], []]);
  }));
