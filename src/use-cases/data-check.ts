import { addDays, dateAt, daysBetween, type Instant, type PlainDate } from '../domain/calendar.ts';
import { checkBooking, checkDay, type CheckedDay, type Finding } from '../domain/day-check.ts';
import { horizonOf } from '../domain/horizon.ts';
import { openingOn } from '../domain/opening.ts';
import type { Database, Reading } from '../data/database.ts';
import {
  listChildrenTwice,
  listCheckedBookings,
  listCheckedDays,
  listCheckedHolds,
  listOrphans,
} from '../data/data-check.ts';
import { lastDayOfGroups } from '../data/group-days.ts';
import { findOpeningFacts, type OpeningFacts } from '../data/groups.ts';
import { checkQueues } from './queue-check.ts';
import { checkRosters } from './roster-check.ts';
import { checkShortages } from './shortage-check.ts';

type CheckedGroup = Awaited<ReturnType<typeof lastDayOfGroups>>[number];

/** The nightly job that writes new days may be still to come. */
const NIGHT = 1;

/** Every day from the group's first to the horizon has its row: bookings never make one. */
function checkSpan(group: CheckedGroup, days: readonly CheckedDay[], today: PlainDate): Finding[] {
  const horizon = horizonOf(addDays(today, -NIGHT));
  const [first, last] = [days[0]?.date, days.at(-1)?.date];
  const found = (where: string, detail: string): Finding => ({ rule: 'days_missing', where, detail });
  const where = `group ${group.id}`;
  if (first === undefined || last === undefined) return [found(where, 'has no days at all')];
  const findings: Finding[] = [];
  if (first > group.startsOn)
    findings.push(found(where, `starts on ${group.startsOn}, its days on ${first}`));
  if (last < horizon) findings.push(found(where, `its days end on ${last}, the horizon is ${horizon}`));
  const missing = daysBetween(first, last) + 1 - days.length;
  if (missing > 0) findings.push(found(where, `${missing} days are missing between ${first} and ${last}`));
  return findings;
}

/** From today on a day's room and opening follow from dated terms, calendar and closures; what is past stays as it was. */
function checkTerms(group: CheckedGroup, day: CheckedDay, facts: OpeningFacts): Finding[] {
  const { terms, closures, overrides } = facts;
  const opening = openingOn(
    terms.get(group.id) ?? [],
    group.endsOn,
    closures.get(group.id) ?? [],
    overrides,
    day.date,
  );
  const names = ['room', 'opensAt', 'closesAt', 'closedReason'] as const;
  const differing = names.filter((name) => opening[name] !== day[name]);
  if (differing.length === 0) return [];
  const detail = differing.map((name) => `${name} is ${day[name]}, should be ${opening[name]}`).join('; ');
  return [{ rule: 'terms_differ', where: `group ${group.id}, ${day.date}`, detail }];
}

async function checkGroup(
  tx: Reading,
  group: CheckedGroup,
  facts: OpeningFacts,
  today: PlainDate,
): Promise<Finding[]> {
  const days = await listCheckedDays(tx, group.id);
  const bookings = await listCheckedBookings(tx, group.id);
  const holds = await listCheckedHolds(tx, group.id);
  const findings = checkSpan(group, days, today);
  for (const day of days) {
    const ofDay = bookings.get(day.date) ?? [];
    findings.push(...checkDay(day, ofDay, holds.get(day.date) ?? []));
    if (day.date >= today) findings.push(...checkTerms(group, day, facts));
    for (const booking of ofDay) {
      findings.push(...checkBooking(booking));
      if (booking.arrivedAt !== null && booking.date > today) {
        findings.push({
          rule: 'contradiction',
          where: `booking ${booking.id}`,
          detail: 'arrived on a day to come',
        });
      }
    }
  }
  return findings;
}

export interface CheckProgress {
  readonly onProgress?: (done: number, of: number) => void;
}

/**
 * Recounts everything from raw rows, one group at a time, in one snapshot: no half-hour over its room, no child twice,
 * lengths, hours and closures, days that equal their rows and their terms, days to the horizon, stories that do not
 * contradict themselves, orphans and foreign keys, queues and offers, published rosters and what they staff. No findings = the data is sound.
 */
export async function checkData(
  database: Database,
  now: Instant,
  progress: CheckProgress = {},
): Promise<Finding[]> {
  const today = dateAt(now);
  return await database.read(async (tx) => {
    const groups = await lastDayOfGroups(tx);
    const facts = await findOpeningFacts(tx, groups);
    const findings: Finding[] = [];
    for (const [at, group] of groups.entries()) {
      findings.push(...(await checkGroup(tx, group, facts, today)));
      progress.onProgress?.(at + 1, groups.length);
    }
    for (const { childId, date, bookings } of await listChildrenTwice(tx)) {
      findings.push({
        rule: 'child_twice',
        where: `child ${childId}, ${date}`,
        detail: `${bookings} bookings`,
      });
    }
    for (const { what, rows } of await listOrphans(tx)) {
      findings.push({
        rule: 'orphan',
        where: what,
        detail: `${rows} rows name one that does not exist or is another's`,
      });
    }
    findings.push(...(await checkQueues(tx, now)));
    findings.push(...(await checkRosters(tx, today)));
    findings.push(...(await checkShortages(tx)));
    return findings;
  });
}

export type { Finding };
