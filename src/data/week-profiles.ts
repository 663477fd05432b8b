import { and, asc, between, eq, gt, gte, inArray, lt, or, sql } from './sql.ts';
import { addDays, type Instant, type PlainDate } from '../domain/calendar.ts';
import { profileOf, type ProfiledDay, type WeekProfile } from '../domain/week-profile.ts';
import type { Reading, Writing } from './database.ts';
import { prepared } from './prepared.ts';

export interface StoredProfile extends WeekProfile {
  readonly centreId: number;
  /** Its Monday. */
  readonly week: PlainDate;
  readonly asAt: Instant;
}

interface Range extends Record<string, unknown> {
  centreId: number;
  from: PlainDate;
  to: PlainDate;
}

const daysOfCentre = prepared<Range, ProfiledDay[]>(({ db, t }) =>
  db
    .select({
      date: t.groupDay.date,
      room: t.groupDay.room,
      opensAt: t.groupDay.opensAt,
      closesAt: t.groupDay.closesAt,
      booked: t.groupDay.booked,
      capacity: t.groupDay.capacity,
    })
    .from(t.careGroup)
    .innerJoin(t.groupDay, eq(t.groupDay.groupId, t.careGroup.id))
    .where(
      and(
        eq(t.careGroup.centreId, sql.placeholder('centreId')),
        between(t.groupDay.date, sql.placeholder('from'), sql.placeholder('to')),
        // A closed day on which nothing stands adds nothing.
        or(gt(t.groupDay.placeMinutes, 0), gt(t.groupDay.peakBooked, 0)),
      ),
    ),
);

/** The days of all groups of a centre, in the few columns that a profile needs. */
export function listProfiledDays(
  tx: Reading,
  centreId: number,
  range: { from: PlainDate; to: PlainDate },
): Promise<ProfiledDay[]> {
  return daysOfCentre(tx, { centreId, from: range.from, to: range.to });
}

/** Centres that have no profile of a week, or only one from before an instant, in order. */
export async function listUnprofiled(tx: Reading, week: PlainDate, before: Instant): Promise<number[]> {
  const { centre, weekProfile: w } = tx.t;
  const fresh = await tx.db
    .select({ centreId: w.centreId })
    .from(w)
    .where(and(eq(w.week, week), gte(w.asAt, before)));
  const known = new Set(fresh.map((row) => row.centreId));
  const all = await tx.db.select({ id: centre.id }).from(centre).orderBy(asc(centre.id));
  return all.flatMap(({ id }) => (known.has(id) ? [] : [id]));
}

/** Rewrites a centre's profiles of some weeks whole; weeks before the first of them are forgotten. */
export async function putProfiles(tx: Writing, rows: readonly StoredProfile[]): Promise<void> {
  const { weekProfile: w } = tx.t;
  const [first] = rows;
  if (!first) return;
  await tx.db.delete(w).where(and(eq(w.centreId, first.centreId), lt(w.week, first.week)));
  await tx.db
    .insert(w)
    .values(
      rows.map(({ places, booked, staffed, ...key }) => ({
        ...key,
        places: [...places],
        booked: [...booked],
        staffed: staffed && [...staffed],
      })),
    )
    .onConflictDoUpdate({
      target: [w.centreId, w.week],
      set: {
        asAt: sql`excluded.as_at`,
        places: sql`excluded.places`,
        booked: sql`excluded.booked`,
        staffed: sql`excluded.staffed`,
      },
    });
}

/** Profiles of some centres in a week, in their order: the stored ones; those that are not stored are counted as at `now`. */
export async function findProfiles(
  tx: Reading,
  centreIds: readonly number[],
  week: PlainDate,
  now: Instant,
): Promise<StoredProfile[]> {
  const { weekProfile: w } = tx.t;
  if (centreIds.length === 0) return [];
  const rows = await tx.db
    .select()
    .from(w)
    .where(and(eq(w.week, week), inArray(w.centreId, [...centreIds])));
  const stored = new Map(rows.map((row) => [row.centreId, row]));
  const range = { from: week, to: addDays(week, 6) };
  const profiles: StoredProfile[] = [];
  for (const centreId of centreIds) {
    profiles.push(
      stored.get(centreId) ?? {
        centreId,
        week,
        asAt: now,
        ...profileOf(await listProfiledDays(tx, centreId, range)),
      },
    );
  }
  return profiles;
}
