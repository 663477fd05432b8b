import {
  addMinutes,
  addDays,
  datesBetween,
  plainDate,
  weekdayOf,
  type PlainDate,
} from '../../src/domain/calendar.ts';
import type { Actor } from '../../src/domain/people.ts';
import { insertApiToken } from '../../src/data/accounts.ts';
import { newToken } from '../../src/use-cases/sign-in.ts';
import type { World } from './world.ts';

export interface Family {
  readonly guardian: Actor;
  readonly childId: number;
  readonly token: string;
}

/** Families with one child and an API token each. */
export async function families(world: World, count: number): Promise<Family[]> {
  const all: Family[] = [];
  for (let each = 0; each < count; each++) {
    const guardian = await world.guardian();
    const childId = await world.child(guardian);
    all.push({ guardian, childId, token: await apiToken(world, guardian) });
  }
  return all;
}

export async function apiToken(world: World, actor: Actor): Promise<string> {
  const { token, tokenHash } = newToken();
  const { now } = world;
  const expiresAt = addMinutes(now, 60 * 24 * 900);
  await world.insert((tx) =>
    insertApiToken(tx, {
      tokenHash,
      assignmentId: actor.assignmentId,
      label: 'test',
      createdAt: now,
      expiresAt,
      revokedAt: null,
    }),
  );
  return token;
}

/** Ordinary days from the week after the world's: weekdays that no holiday takes (asked of the database). */
export async function openDates(world: World, groupId: number): Promise<PlainDate[]> {
  const from = addDays(plainDate('2027-02-08'), 0);
  const { t } = await world.database.read(async (tx) => ({ t: tx.t }));
  const rows = await world.database.read(
    async (tx) =>
      await tx.db
        .select({ groupId: t.groupDay.groupId, date: t.groupDay.date, opensAt: t.groupDay.opensAt })
        .from(t.groupDay),
  );
  const open = new Set(
    rows.filter((row) => row.groupId === groupId && row.opensAt !== null).map((row) => row.date),
  );
  return datesBetween(from, plainDate('2028-02-28')).filter(
    (date) => open.has(date) && weekdayOf(date) !== 'sat',
  );
}

/** A POST to the API that may fail on the way (a killed server): undefined then. */
export async function post(
  url: string,
  path: string,
  token: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: Record<string, unknown> } | undefined> {
  try {
    const response = await fetch(`${url}/api/v1${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  } catch {
    return undefined;
  }
}
