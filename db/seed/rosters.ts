import { addDays, datesBetween, instantAt, startOfWeek, type PlainDate } from '../../src/domain/calendar.ts';
import type { Shortage } from '../../src/domain/draft.ts';
import { normOn } from '../../src/domain/norms.ts';
import { countDay, placesAt } from '../../src/domain/places.ts';
import { HALF_HOURS, type HalfHour } from '../../src/domain/slots.ts';
import { centreSkills, groupCapacity, shortageOf, type StaffedShift } from '../../src/domain/staffed-day.ts';
import { LEVEL_OF_POST } from '../../src/domain/staffing.ts';
import { insertAll } from '../../src/data/import.ts';
import type { NewShift } from '../../src/data/shifts.ts';
import type { PlannedDay, PlannedDays, Staffed } from './days.ts';
import { planPosts, type Crowd } from './posts.ts';
import { planShifts, type GroupOpening, type Member } from './shifts.ts';
import { writeSickNotes, writeStaff } from './staff.ts';
import type { Stage, WrittenCentre } from './stage.ts';

/** Published from the running week on, and as many more drafted at the demo's own centre. */
const WEEKS_PUBLISHED = 4;
const WEEKS_DRAFTED = 2;
/** The demo's own centre has rosters of weeks gone by, so that its staff have worked. */
const WEEKS_WORKED = 3;
/** Free places that staff are hired for beyond what is booked, as far as the room goes. */
const RESERVE = 2;
/** Early and late turns alone: a group's first and last hours, before and after both are there. */
const TURN = 17;

/** Support weight that a group asks staff for at a half-hour: what is booked, and some of what could be. */
function wantedAt({ day, contents }: PlannedDay, at: HalfHour, load: readonly number[]): number {
  const booked = contents.bookings.filter((claim) => claim.from <= at && at < claim.to).length;
  return (load[at] ?? 0) + 100 * Math.max(0, Math.min(RESERVE, placesAt(day, at) - booked));
}

type LoadedDay = PlannedDay & { readonly load: readonly number[] };

/** Staff needed at once before the late turn has come, and after the early one has gone. */
function crowdOf(days: readonly LoadedDay[], ratio: number): Crowd {
  const most = (isIn: (at: HalfHour, opensAt: HalfHour, closesAt: HalfHour) => boolean) => {
    let weight = 0;
    for (const each of days)
      for (let at = 0; at < HALF_HOURS; at++) {
        const { opensAt, closesAt } = each.day;
        if (opensAt !== null && closesAt !== null && isIn(at, opensAt, closesAt))
          weight = Math.max(weight, wantedAt(each, at, each.load));
      }
    return Math.ceil(weight / ratio);
  };
  return {
    morning: most((at, opensAt, closesAt) => opensAt <= at && at < closesAt - TURN),
    afternoon: most((at, opensAt, closesAt) => opensAt + TURN <= at && at < closesAt),
  };
}

/** Who falls ill for some days of this week or the next: few, and at the demo's own centre its nurse from tomorrow. */
function illnessOf(
  { today }: Stage,
  { plan, random }: WrittenCentre,
  team: readonly Member[],
): { staffId: number; startsOn: PlainDate; endsOn: PlainDate }[] {
  const demo = plan.kind === 'demo';
  const nurse = team.find((member) => member.post === 'nurse')!;
  return team.flatMap((member, at) => {
    const { id, leave, group } = member;
    if (id === null || leave.length > 0 || (demo && at === 0)) return [];
    const chosen = demo && member === nurse;
    const ill = member.post === 'nurse' ? random.chance(0.04) : group !== null && random.chance(0.03);
    const startsOn = addDays(today, chosen ? 1 : random.int(-1, 5));
    const endsOn = addDays(startsOn, chosen ? 2 : random.int(1, 3));
    return ill || chosen ? [{ staffId: id, startsOn, endsOn }] : [];
  });
}

async function writeRoster(
  { tx }: Stage,
  { id: centreId, adminId }: Pick<WrittenCentre, 'id' | 'adminId'>,
  days: { readonly from: PlainDate; readonly to: PlainDate; readonly madeOn: PlainDate },
  shifts: readonly NewShift[],
): Promise<number> {
  const [rosterId] = await insertAll(tx, tx.t.roster, [
    {
      centreId,
      startsOn: days.from,
      endsOn: days.to,
      madeAt: instantAt(days.madeOn, 11 * 60 + 5),
      madeBy: adminId,
      basis: [],
    },
  ]);
  const ids = await insertAll(
    tx,
    tx.t.shift,
    shifts.map(({ staffId, date, from, to, breakFrom }) => ({
      rosterId: rosterId!,
      staffId,
      date,
      fromHalfHour: from,
      toHalfHour: to,
      breakFrom,
    })),
  );
  await insertAll(
    tx,
    tx.t.shiftStretch,
    shifts.flatMap(({ stretches }, at) =>
      stretches.map(({ groupId, from, to }) => ({
        shiftId: ids[at]!,
        groupId,
        fromHalfHour: from,
        toHalfHour: to,
      })),
    ),
  );
  return rosterId!;
}

/** Days as a roster staffs them, by group and date: the capacity and skills that publication gives them. */
function staffDays(
  { norms }: Stage,
  planned: readonly PlannedDays[],
  dates: readonly PlainDate[],
  rosterId: number,
  shifts: ReadonlyMap<PlainDate, readonly StaffedShift[]>,
): Map<number, Map<PlainDate, Staffed>> {
  return new Map(
    planned.map(({ group, days }) => [
      group.id,
      new Map(
        dates.flatMap((date): [PlainDate, Staffed][] => {
          if (!days.has(date)) return [];
          const norm = normOn(norms, group.plan.category, date);
          const here = shifts.get(date) ?? [];
          const capacity = groupCapacity(here, group.id, norm);
          return [[date, { rosterId, capacity, skillsOnDuty: centreSkills(here, norm) }]];
        }),
      ),
    ]),
  );
}

/** Where staff fell below what was booked when the roster was published. */
function shortagesOf(
  planned: readonly PlannedDays[],
  staffed: ReadonlyMap<number, ReadonlyMap<PlainDate, Staffed>>,
): Shortage[] {
  return planned.flatMap(({ group, days }) =>
    [...staffed.get(group.id)!].flatMap(([date, staff]) => {
      const { day, contents, expected } = days.get(date)!;
      const short = shortageOf({ ...day, ...countDay({ ...day, ...staff }, contents), ...staff }, expected);
      return short ? [{ groupId: group.id, date, ...short }] : [];
    }),
  );
}

/** A published roster of some days, with what it holds short; what it makes of them by group and date. */
async function publish(
  stage: Stage,
  { id: centreId, adminId, plan }: WrittenCentre,
  planned: readonly PlannedDays[],
  dates: readonly PlainDate[],
  { shifts, brought, here }: Turnout,
): Promise<{ rosterId: number; staffed: Map<number, Map<PlainDate, Staffed>> }> {
  const { tx } = stage;
  const [from, to] = [dates[0]!, dates.at(-1)!];
  const rosterId = await writeRoster(
    stage,
    { id: centreId, adminId },
    { from, to, madeOn: addDays(from, -16) },
    shifts,
  );
  await insertAll(
    tx,
    tx.t.rosterDay,
    dates.map((date) => ({ centreId, date, rosterId })),
  );
  const byDate = (some: readonly DatedShift[]) => Map.groupBy(some, (shift) => shift.date);
  const short = shortagesOf(planned, staffDays(stage, planned, dates, rosterId, byDate(brought)));
  const publishedAt = instantAt(addDays(from, -12), 15 * 60 + 30);
  await insertAll(tx, tx.t.rosterPublication, [
    { rosterId, publishedAt, publishedBy: adminId, shortages: short },
  ]);
  if (plan.kind === 'demo') {
    const told = { centreId, by: adminId };
    const data = { rosterId, from, to };
    const madeAt = instantAt(addDays(from, -16), 11 * 60 + 5);
    await insertAll(tx, tx.t.event, [
      { ...told, at: madeAt, kind: 'roster.drafted', data },
      { ...told, at: publishedAt, kind: 'roster.published', data: { ...data, short: short.length, told: 0 } },
    ]);
  }
  return { rosterId, staffed: staffDays(stage, planned, dates, rosterId, byDate(here)) };
}

type DatedShift = NewShift & StaffedShift;

interface Turnout {
  readonly shifts: readonly NewShift[];
  /** The same with what their people bring, and of them those who were not ill after all. */
  readonly brought: readonly DatedShift[];
  readonly here: readonly DatedShift[];
}

/** What a centre's rosters are made into: its days as they are staffed, and the shifts of days that have begun. */
export interface WrittenRosters {
  readonly staffed: ReadonlyMap<number, ReadonlyMap<PlainDate, Staffed>>;
  /** Of everybody who was not away, up to today. */
  readonly worked: readonly NewShift[];
}

/**
 * Hires a centre's staff for what is booked, writes their shifts of the running week and three more, published before they
 * began, and gives what they make of each group's days. Some fell ill after that, and some posts stand empty.
 */
export async function writeRosters(
  stage: Stage,
  centre: WrittenCentre,
  planned: readonly PlannedDays[],
): Promise<WrittenRosters> {
  const { today, norms } = stage;
  const { plan, random } = centre;
  const from = startOfWeek(today);
  const gone = plan.kind === 'demo' ? datesBetween(addDays(from, -7 * WEEKS_WORKED), addDays(from, -1)) : [];
  const dates = datesBetween(from, addDays(from, 7 * (WEEKS_PUBLISHED + WEEKS_DRAFTED) - 1));
  const published = dates.slice(0, 7 * WEEKS_PUBLISHED);
  const to = published.at(-1)!;

  const groups = planned.map(({ group, days }) => {
    const ratio = normOn(norms, group.plan.category, today).ratios[0] ?? 400;
    const loaded = [...gone, ...dates].flatMap((date): LoadedDay[] => {
      const each = days.get(date);
      return each && each.day.opensAt !== null
        ? [{ ...each, load: countDay(each.day, each.contents).load }]
        : [];
    });
    const ahead = loaded.filter(({ day }) => day.date >= from);
    return { group, ratio, loaded, crowd: crowdOf(ahead, ratio) };
  });
  const needed = new Set(
    planned.flatMap(({ days }) =>
      dates.flatMap((date) => days.get(date)?.expected.flatMap((each) => each.skills) ?? []),
    ),
  );
  const vacant = plan.kind === 'demo' || random.chance(0.12) ? 1 : 0;
  const team = await writeStaff(stage, centre, planPosts(groups, needed, vacant, random));

  const shifts = planShifts(
    team,
    [...gone, ...dates].map((date) => ({
      date,
      groups: groups.flatMap(({ group, ratio, loaded }): GroupOpening[] => {
        const each = loaded.find(({ day }) => day.date === date);
        if (!each) return [];
        const { opensAt, closesAt } = each.day;
        return [{ groupId: group.id, from: opensAt!, to: closesAt!, load: each.load, ratio }];
      }),
    })),
  );
  const ill = illnessOf(stage, centre, team);
  await writeSickNotes(stage, centre, ill);
  const memberOf = new Map(team.map((member) => [member.id, member]));
  const of = (some: readonly NewShift[]) => {
    const brought = some.map((shift): DatedShift => {
      const { post, skills } = memberOf.get(shift.staffId)!;
      return { ...shift, level: LEVEL_OF_POST[post], skills };
    });
    const isAway = ({ staffId, date }: NewShift) =>
      ill.some((note) => note.staffId === staffId && note.startsOn <= date && date <= note.endsOn);
    return { shifts: some, brought, here: brought.filter((shift) => !isAway(shift)) };
  };
  const past = of(shifts.filter((shift) => shift.date < from));
  const held = of(shifts.filter((shift) => shift.date >= from && shift.date <= to));
  const before = gone.length > 0 ? await publish(stage, centre, planned, gone, past) : undefined;
  const { staffed } = await publish(stage, centre, planned, published, held);
  if (plan.kind === 'demo') {
    const drafted = { from: addDays(to, 1), to: dates.at(-1)!, madeOn: addDays(today, -1) };
    await writeRoster(
      stage,
      centre,
      drafted,
      shifts.filter((shift) => shift.date > to),
    );
  }
  const both = new Map(
    [...staffed].map(([id, days]) => [id, new Map([...(before?.staffed.get(id) ?? []), ...days])]),
  );
  const worked = [...past.here, ...held.here].filter(({ date }) => date <= today);
  return { staffed: both, worked: gone.length > 0 ? worked : [] };
}
