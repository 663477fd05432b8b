import type { Database as SqliteClient } from 'better-sqlite3';
import { expect, test } from 'vitest';
import { addDays, plainDate, weekdayOf } from '../../src/domain/calendar.ts';
import type { Writing } from '../../src/data/database.ts';
import { isStorageFailure } from '../../src/data/errors.ts';
import { bookSlot } from '../../src/use-cases/bookings.ts';
import { checkData } from '../../src/use-cases/data-check.ts';
import { TestApp } from '../support/app.ts';
import { testDialect } from '../support/database.ts';
import { World } from '../support/world.ts';

/** The writer's own client, to take its disk away. */
const clientOf = (tx: Writing) => (tx.db as unknown as { session: { client: SqliteClient } }).session.client;

test.runIf(testDialect === 'sqlite')(
  'a full disk: writes answer 503 and change nothing, reading goes on, room again and all is well',
  async () => {
    await using world = await World.create();
    await using app = await TestApp.start(world);
    const groupId = await world.group(await world.centre());
    const mother = await world.guardian();
    const childId = await world.child(mother);
    await world.insert(
      async (tx) =>
        void clientOf(tx).pragma(
          `max_page_count = ${Number(clientOf(tx).pragma('page_count', { simple: true })) + 24}`,
        ),
    );

    let failed: unknown;
    let booked = 0;
    for (
      let date = plainDate('2027-02-08');
      failed === undefined && date < '2028-03-01';
      date = addDays(date, 1)
    ) {
      if (['sat', 'sun'].includes(weekdayOf(date))) continue;
      await world.act(mother, bookSlot, { childId, groupId, date, slot: { from: 17, to: 33 } }).then(
        () => (booked += 1),
        (error: unknown) => (isStorageFailure(error) ? (failed = error) : undefined),
      );
    }
    expect(failed).toBeDefined();
    expect(booked).toBeGreaterThan(0);
    const api = await app.visitor().get('/healthz');
    expect([200, 503]).toContain(api.status);
    const rows = await world.database.read(
      async (tx) => await tx.db.select({ id: tx.t.booking.id }).from(tx.t.booking),
    );
    expect(rows).toHaveLength(booked);
    expect(await checkData(world.database, world.now)).toEqual([]);

    await world.insert(async (tx) => void clientOf(tx).pragma('max_page_count = 1073741823'));
    await world.act(mother, bookSlot, {
      childId,
      groupId,
      date: plainDate('2028-03-10'),
      slot: { from: 17, to: 33 },
    });
  },
);
