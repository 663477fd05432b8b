import {
  addDays,
  datesBetween,
  dateAt,
  instantAt,
  millisOf,
  type Instant,
  type PlainDate,
} from '../../src/domain/calendar.ts';
import { isLate } from '../../src/domain/deadline.ts';
import { eligibilityReason } from '../../src/domain/eligibility.ts';
import { horizonOf } from '../../src/domain/horizon.ts';
import { openingOn } from '../../src/domain/opening.ts';
import { formatPattern, slotsBetween, type DatedSlot } from '../../src/domain/pattern.ts';
import { occupied, type Claim, type DayContents } from '../../src/domain/places.ts';
import type { Expected } from '../../src/domain/staffed-day.ts';
import type { StoredDay } from '../../src/data/group-days.ts';
import { insertAll } from '../../src/data/import.ts';
import { admit, contentsOf, dayRow, openDay, type OpenDay } from '../../src/use-cases/day-book.ts';
import type { WrittenChild } from './families.ts';
import type { Emergency, Stage, WrittenCentre, WrittenGroup } from './stage.ts';
import { storyOf, type Story } from './stories.ts';

const DEADLINE = { deadlineWeekday: 1, deadlineHalfHour: 36, lateChanges: 'accepted' } as const;

interface Made extends DatedSlot {
  readonly child: WrittenChild;
  readonly seriesId: number | null;
  readonly bookedAt: Instant;
  readonly story: Story;
  /** Sent home by the closure that came in the middle of the day. */
  readonly closedOut: boolean;
}

/** When the series of all were booked: before the country's first day, so that nothing of it was past. */
const bookedBefore = (stage: Stage, child: WrittenChild): Instant =>
  instantAt(addDays(stage.from, -8 - (child.id % 20)), 8 * 60 + (child.id % 700));

/** A few days are booked singly, after the deadline for their week. */
function bookedSingly(stage: Stage, date: PlainDate, centre: WrittenCentre): Instant | undefined {
  if (!centre.random.chance(0.015)) return undefined;
  const at = instantAt(addDays(date, -centre.random.int(5, 6)), centre.random.int(19 * 60, 22 * 60));
  return at <= stage.now ? at : undefined;
}

/** The light went out: who was there was fetched within the hour, and whatever was still to come is the centre's cancellation. */
function cutShort(made: Made, emergency: Emergency, centre: WrittenCentre): Made {
  const end = emergency.fromHalfHour ?? 0;
  const stay = occupied({ ...made, releasedFrom: made.story.releasedFrom });
  if (made.date !== emergency.startsOn || !stay || stay.to <= end) return made;
  const { attended } = made.story;
  const arrived = attended && attended.arrivedAt < emergency.at ? attended.arrivedAt : undefined;
  const departedAt = instantAt(made.date, end * 30 + centre.random.int(0, 50));
  const releasedFrom = Math.max(made.from, end);
  return {
    ...made,
    story: { releasedFrom, ...(arrived && { attended: { arrivedAt: arrived, departedAt } }) },
    closedOut: true,
  };
}

/** Books what the children's patterns ask for, as far as the rules let them, and says what became of it. */
function bookAll(
  stage: Stage,
  centre: WrittenCentre,
  group: WrittenGroup,
  days: ReadonlyMap<PlainDate, OpenDay>,
  children: readonly (WrittenChild & { seriesId: number })[],
): Made[] {
  const made: Made[] = [];
  for (const child of children) {
    const need = { weight: child.supportWeight, skills: child.skillsNeeded };
    const facts = { ...child, category: group.plan.category };
    const enrolments = child.enrolmentId === null ? [] : [{ startsOn: stage.from, endsOn: null }];
    const inSeries = bookedBefore(stage, child);
    for (const slot of slotsBetween(child.pattern!, stage.from, stage.to)) {
      const { date } = slot;
      if (eligibilityReason(facts, group.plan, enrolments, date)) continue;
      const single = bookedSingly(stage, date, centre);
      const bookedAt = single ?? inSeries;
      const asked = { date, slot, need, now: bookedAt, booked: false, deadline: DEADLINE, byStaff: true };
      if (admit(days.get(date), asked)) continue;
      const story =
        group.plan.style === 'overfull' && date > stage.today
          ? { releasedFrom: null }
          : storyOf(slot, stage.now, stage.today, centre.random);
      const booking = {
        ...slot,
        child,
        seriesId: single ? null : child.seriesId,
        bookedAt,
        story,
        closedOut: false,
      };
      made.push(centre.emergency ? cutShort(booking, centre.emergency, centre) : booking);
    }
  }
  return made;
}

async function writeSeries(
  stage: Stage,
  group: WrittenGroup,
  children: readonly WrittenChild[],
): Promise<number[]> {
  const { tx, from, to } = stage;
  return await insertAll(
    tx,
    tx.t.bookingSeries,
    children.map((child) => ({
      childId: child.id,
      groupId: group.id,
      pattern: formatPattern(child.pattern!),
      startsOn: from,
      endsOn: to,
      ifFull: 'book_free' as const,
      bookedAt: bookedBefore(stage, child),
      bookedBy: child.guardianId,
    })),
  );
}

type NewCancellation = Stage['tx']['t']['cancellation']['$inferInsert'];

async function writeBookings(
  stage: Stage,
  centre: WrittenCentre,
  group: WrittenGroup,
  made: readonly Made[],
): Promise<void> {
  const { tx } = stage;
  const { staffId, emergency } = centre;
  const ids = await insertAll(
    tx,
    tx.t.booking,
    made.map(({ child, date, from, to, seriesId, bookedAt, story }) => ({
      childId: child.id,
      groupId: group.id,
      date,
      fromHalfHour: from,
      toHalfHour: to,
      weight: child.supportWeight,
      releasedFrom: story.releasedFrom,
      seriesId,
      enrolmentId: child.enrolmentId,
      bookedAt,
      bookedBy: child.guardianId,
      late: isLate(bookedAt, date, DEADLINE),
    })),
  );
  const stories = made.map((booking, at) => ({ ...booking, bookingId: ids[at]! }));
  await insertAll(
    tx,
    tx.t.attendance,
    stories.flatMap(({ bookingId, child, story: { attended } }) => {
      if (!attended) return [];
      const left = attended.departedAt !== null;
      const collectorId = left ? child.guardianId : null;
      return [{ bookingId, ...attended, collectorId, arrivedBy: staffId, departedBy: left ? staffId : null }];
    }),
  );
  await insertAll(
    tx,
    tx.t.absence,
    stories.flatMap(({ bookingId, child, story: { absent } }) =>
      absent
        ? [{ bookingId, at: absent.at, by: absent.byStaff ? staffId : child.guardianId, kind: absent.kind }]
        : [],
    ),
  );
  await insertAll(
    tx,
    tx.t.cancellation,
    stories.flatMap(({ bookingId, child, story: { cancelled }, closedOut }): NewCancellation[] => {
      if (closedOut && emergency) {
        return [
          { bookingId, at: emergency.at, by: centre.adminId, source: 'centre', closureId: emergency.id },
        ];
      }
      return cancelled
        ? [{ bookingId, at: cancelled.at, by: child.guardianId, source: 'family', closureId: null }]
        : [];
    }),
  );
}

function claimOf({ child, story, ...slot }: Made): Claim | undefined {
  const stay = occupied({ ...slot, releasedFrom: story.releasedFrom });
  return stay && { ...stay, weight: child.supportWeight };
}

function minutesOf({ story: { attended } }: Made): number {
  if (!attended?.departedAt) return 0;
  return Math.floor((millisOf(attended.departedAt) - millisOf(attended.arrivedAt)) / 60_000);
}

/** A day of a group with what claims it, before anything of it is written. */
export interface PlannedDay {
  readonly day: OpenDay;
  readonly contents: DayContents;
  /** Who is expected when, with what they need. */
  readonly expected: readonly Expected[];
}

export interface PlannedDays {
  readonly group: WrittenGroup;
  readonly days: ReadonlyMap<PlainDate, PlannedDay>;
  readonly made: readonly Made[];
}

/** Staff of a group's day, as its published roster gives them. */
export type Staffed = Pick<StoredDay, 'rosterId' | 'capacity' | 'skillsOnDuty'>;

/** Plans a group's days from its beginning to the horizon, with the bookings of its children and what became of them. */
export async function planDays(
  stage: Stage,
  centre: WrittenCentre,
  group: WrittenGroup,
  children: readonly WrittenChild[],
): Promise<PlannedDays> {
  const dates = datesBetween(group.startsOn, horizonOf(dateAt(stage.now)));
  const open = new Map(dates.map((date) => [date, openDay(group, date, centre.facts)]));
  const seriesIds = await writeSeries(stage, group, children);
  const made = bookAll(
    stage,
    centre,
    group,
    open,
    children.map((child, at) => ({ ...child, seriesId: seriesIds[at]! })),
  );
  const byDate = Map.groupBy(made, (booking) => booking.date);
  const days = dates.map((date): [PlainDate, PlannedDay] => {
    const attending = (byDate.get(date) ?? []).filter((booking) => claimOf(booking) !== undefined);
    const attendedMinutes = attending.reduce((sum, booking) => sum + minutesOf(booking), 0);
    const claims = attending.map((booking) => claimOf(booking)!);
    const expected = attending.map(({ child }, at) => ({
      childId: child.id,
      from: claims[at]!.from,
      to: claims[at]!.to,
      skills: child.skillsNeeded,
    }));
    const day = reopened(open.get(date)!, centre, group);
    return [date, { day, contents: contentsOf(claims, attendedMinutes), expected }];
  });
  return { group, days: new Map(days), made };
}

/** Writes the days and bookings of a plan, with the staff of those days that a roster is published for. */
export async function writeDays(
  stage: Stage,
  centre: WrittenCentre,
  { group, days, made }: PlannedDays,
  staffed: ReadonlyMap<PlainDate, Staffed>,
): Promise<number> {
  const { tx } = stage;
  const rows = [...days.values()].map(({ day, contents }) => {
    const { capacity = null } = staffed.get(day.date) ?? {};
    return dayRow(group.id, { ...day, capacity }, contents);
  });
  // Two inserts, as rows of one have the same columns.
  const published = rows.flatMap((row) => {
    const staff = staffed.get(row.date);
    return staff ? [{ ...row, ...staff }] : [];
  });
  await insertAll(tx, tx.t.groupDay, published);
  await insertAll(
    tx,
    tx.t.groupDay,
    rows.filter((row) => !staffed.has(row.date)),
  );
  await writeBookings(stage, centre, group, made);
  return made.length;
}

/** The day as the emergency left it. */
function reopened(day: OpenDay, { emergency, facts }: WrittenCentre, group: WrittenGroup): OpenDay {
  if (day.date !== emergency?.startsOn) return day;
  const closures = [...(facts.closures.get(group.id) ?? []), emergency];
  return { ...day, ...openingOn(facts.terms.get(group.id) ?? [], null, closures, facts.overrides, day.date) };
}
