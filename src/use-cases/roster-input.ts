import {
  addDays,
  datesBetween,
  daysBetween,
  startOfWeek,
  WEEKDAYS,
  type PlainDate,
} from '../domain/calendar.ts';
import { legalPeople, qualityPeople, demandOn, type GroupDemand } from '../domain/demand.ts';
import type { Familiarity, FreeShift, GroupNeed } from '../domain/assignment.ts';
import { remember } from '../domain/assignment.ts';
import { normOn } from '../domain/norms.ts';
import { parsePattern, slotOn } from '../domain/pattern.ts';
import { limitsOf } from '../domain/roster-bounds.ts';
import { BREAK_MINUTES, type Shift } from '../domain/shift.ts';
import { formatTime, type HalfHour } from '../domain/slots.ts';
import { workTermsOn, type WorkTerms } from '../domain/work-terms.ts';
import type { Worker } from '../domain/working-time.ts';
import { MOST_DAYS, type RosterInput, type RosterStaff } from '../planning/roster/input.ts';
import type { DayWish } from '../domain/day-wish.ts';
import type { Centre } from '../data/centres.ts';
import type { Reading } from '../data/database.ts';
import { listDayWishes } from '../data/day-wishes.ts';
import { listDaysOf } from '../data/group-days.ts';
import { listGroups } from '../data/groups.ts';
import { listNorms, listWorkTerms } from '../data/norms.ts';
import { listShifts, type StoredShift } from '../data/shifts.ts';
import { listSkilledStays } from '../data/skilled-stays.ts';
import { listStandingShifts } from '../data/standing-shifts.ts';
import { listStaff, type Staff } from '../data/staff.ts';
import { listFirstWishes } from '../data/waiting-list.ts';
import { basisOf, shiftsAround, workersOf, type Days } from './roster-findings.ts';
import { windowsOf, wishesOf } from './roster-windows.ts';

/** How far back familiar faces are looked for. */
const FAMILIAR_DAYS = 28;
/** A break begins at least two hours after the start of a shift and at most five and a half. */
const BREAK_EARLIEST = 120;
const BREAK_LATEST = 330;

/** Everything a draft is made from, read in one state of the data. */
export interface RosterPlan extends Days {
  readonly input: RosterInput;
  readonly demand: readonly GroupDemand[];
  readonly staff: ReadonlyMap<number, Pick<FreeShift, 'level' | 'barred'> & { skills: readonly string[] }>;
  readonly familiar: Familiarity;
  readonly basis: readonly number[];
  /** Shifts set by a person that the draft keeps as they are. */
  readonly fixed: readonly StoredShift[];
}

/** What the groups of a centre ask of staff, group by group and day by day. */
export async function groupDemands(
  tx: Reading,
  centre: Pick<Centre, 'id' | 'rosterReserve'>,
  days: Days,
): Promise<GroupDemand[]> {
  const groups = await listGroups(tx, centre.id);
  const norms = await listNorms(tx);
  const span = { groupIds: groups.map((group) => group.id), from: days.from, to: days.to };
  const needs = Map.groupBy(await listSkilledStays(tx, span), (stay) => `${stay.groupId} ${stay.date}`);
  const wishes = (await listFirstWishes(tx, centre.id)).flatMap(({ groupId, startsOn, pattern }) => {
    const parsed = parsePattern(pattern);
    return 'pattern' in parsed ? [{ groupId, startsOn, pattern: parsed.pattern }] : [];
  });
  const queues = Map.groupBy(wishes, (wish) => wish.groupId);
  const categories = new Map(groups.map(({ id, category }) => [id, category]));
  return (await listDaysOf(tx, span)).map(({ groupId, date, ...day }) => ({
    groupId,
    date,
    opensAt: day.opensAt,
    closesAt: day.closesAt,
    room: day.room,
    taken: day.booked.map((heads, at) => heads + (day.held[at] ?? 0)),
    load: day.load,
    needs: needs.get(`${groupId} ${date}`) ?? [],
    wanted: (queues.get(groupId) ?? []).flatMap(({ pattern, startsOn }) =>
      date < startsOn ? [] : (slotOn(pattern, date) ?? []),
    ),
    reserve: centre.rosterReserve,
    norm: normOn(norms, categories.get(groupId)!, date),
  }));
}

/** From the first opening to the last closing of any group in these days; undefined when all are closed. */
function openingOf(demand: readonly GroupDemand[]): { opens: HalfHour; closes: HalfHour } | undefined {
  const open = demand.filter((day) => day.opensAt !== null);
  if (open.length === 0) return undefined;
  return {
    opens: Math.min(...open.map((day) => day.opensAt!)),
    closes: Math.max(...open.map((day) => day.closesAt!)),
  };
}

interface Member {
  readonly worker: Worker;
  readonly row: Staff;
  /** Shifts that stand and bind: fixed in the draft, or published beside it in the same week. */
  readonly kept: readonly Shift[];
  readonly around: readonly Shift[];
  readonly elsewhere: readonly Shift[];
  readonly wishes: readonly DayWish[];
}

/** Days on which somebody cannot be rostered, whatever the windows say. */
function absentDays(
  member: Member,
  dates: readonly PlainDate[],
  planned: ReadonlySet<PlainDate>,
): PlainDate[] {
  const { worker, kept, elsewhere } = member;
  const busy = new Set(elsewhere.map((shift) => shift.date));
  const stands = new Set(kept.map((shift) => shift.date));
  return dates.filter((date) => {
    if (stands.has(date)) return false;
    const away = worker.leave.some((leave) => leave.startsOn <= date && date <= leave.endsOn);
    const employed = date >= worker.startsOn && (worker.endsOn === null || date <= worker.endsOn);
    const lapsed = worker.lapsesOn !== null && date >= worker.lapsesOn;
    return !planned.has(date) || away || !employed || lapsed || busy.has(date);
  });
}

function memberInput(
  member: Member,
  days: Days,
  dates: readonly PlainDate[],
  planned: ReadonlySet<PlainDate>,
  terms: WorkTerms,
  opening: { opens: HalfHour; closes: HalfHour },
): RosterStaff {
  const { worker, row, kept, around } = member;
  const limits = limitsOf(worker, { ...days, terms }, around);
  return {
    id: String(row.id),
    level: row.level,
    skills: row.skills,
    weeklyMinutes: Math.min(2400, row.weeklyMinutes),
    ...limits,
    daysPerWeek: Math.min(7, row.daysPerWeek),
    absent: absentDays(member, dates, planned),
    available: windowsOf(row.availability, opening),
    prefers: windowsOf(row.preferences ?? {}, opening),
    ...wishesOf(member.wishes, opening),
    fixed: kept.map(({ date, from, to }) => ({ date, from: formatTime(from), to: formatTime(to) })),
  };
}

/** A kept shift that the engine would call illegal is left out: publication tells of it. */
function bindingShifts(
  shifts: readonly Shift[],
  worker: Worker,
  terms: WorkTerms,
  days: Days,
  opening: { opens: number; closes: number },
): Shift[] {
  const { minShiftMinutes, maxShiftMinutes } = limitsOf(worker, { ...days, terms }, []);
  const windows = windowsOf(worker.availability, opening);
  return shifts.filter(({ date, from, to }) => {
    const window = windows[WEEKDAYS[daysBetween(startOfWeek(date), date)]!];
    const minutes = (to - from) * 30;
    return (
      window !== undefined &&
      formatTime(from) >= window[0] &&
      formatTime(to) <= window[1] &&
      minutes >= minShiftMinutes &&
      minutes <= maxShiftMinutes
    );
  });
}

/**
 * The solver's whole input for a centre and dates (engines.md, Roster): demand from bookings, holds, queue and reserve;
 * staff with contract, leave, availability, wishes and what is left of overtime. It plans whole weeks: days beside the
 * dates carry the shifts published there, so that hours, days off and rest of those weeks are kept. Undefined when all
 * groups are closed. `keep` names a draft whose shifts set by hand stay.
 */
export async function planRoster(
  tx: Reading,
  centre: Centre,
  dates: { readonly from: PlainDate; readonly to: PlainDate },
  keep?: number,
): Promise<RosterPlan | undefined> {
  const days: Days = { centreId: centre.id, ...dates };
  const demand = await groupDemands(tx, centre, days);
  const opening = openingOf(demand);
  if (!opening) return undefined;
  const whole = { from: startOfWeek(days.from), to: addDays(startOfWeek(days.to), 6) };
  const span = daysBetween(whole.from, whole.to) < MOST_DAYS ? whole : days;
  const rows = (await listStaff(tx, centre.id, span)).filter((row) => row.weeklyMinutes >= 30);
  const terms = workTermsOn(await listWorkTerms(tx), days.from);
  const workers = await workersOf(tx, rows, days);
  const { around, elsewhere } = await shiftsAround(tx, rows, days);
  const fixed = keep === undefined ? [] : (await listShifts(tx, keep)).filter((shift) => shift.fixed);
  const inSpan = ({ date }: Shift) => date >= span.from && date <= span.to;
  const open = new Set(demand.filter((day) => day.opensAt !== null).map((day) => day.date));
  const planned = new Set(datesBetween(days.from, days.to).filter((date) => open.has(date)));
  const ids = rows.map((row) => row.id);
  const wishes = await listDayWishes(tx, ids, days);
  const of = (shifts: readonly Shift[], id: number) => shifts.filter((shift) => shift.staffId === id);
  const staff = rows.map((row, number): RosterStaff => {
    const worker = workers[number]!;
    const stands = [...of(around, row.id).filter(inSpan), ...of(fixed, row.id)];
    const kept = bindingShifts(stands, worker, terms, days, opening);
    const member = {
      worker,
      row,
      kept,
      around: of(around, row.id),
      elsewhere: of(elsewhere, row.id),
      wishes: wishes.filter(({ staffId, date }) => staffId === row.id && planned.has(date)),
    };
    return memberInput(member, days, datesBetween(span.from, span.to), planned, terms, opening);
  });
  const familiar: Familiarity = new Map();
  remember(
    familiar,
    await listStandingShifts(tx, {
      centreId: centre.id,
      from: addDays(days.from, -FAMILIAR_DAYS),
      to: addDays(days.from, -1),
    }),
  );
  return {
    ...days,
    input: {
      ...span,
      opens: formatTime(opening.opens),
      closes: formatTime(opening.closes),
      seed: 1,
      staff,
      demand: [...Map.groupBy(demand, (day) => day.date)].flatMap(([date, own]) =>
        demandOn(date, own).map(({ from, to, ...row }) => ({
          onCallBreakMinutes: 0,
          ...row,
          from: formatTime(from),
          to: formatTime(to),
        })),
      ),
      rules: {
        restMinutes: terms.restMinutes,
        breakAfterMinutes: terms.breakAfterMinutes,
        breakMinutes: BREAK_MINUTES,
        breakEarliestMinutes: BREAK_EARLIEST,
        breakLatestMinutes: BREAK_LATEST,
      },
    },
    demand,
    staff: new Map(
      rows.map((row, number) => [
        row.id,
        { level: row.level, skills: row.skills, barred: workers[number]!.ownGroups },
      ]),
    ),
    familiar,
    basis: await basisOf(tx, days),
    fixed,
  };
}

/** What each group asks for on a date, as the shifts of that date are given to groups. */
export function needsOn(plan: Pick<RosterPlan, 'demand'>, date: PlainDate): GroupNeed[] {
  return plan.demand
    .filter((day) => day.date === date)
    .map((day) => ({
      groupId: day.groupId,
      opensAt: day.opensAt,
      closesAt: day.closesAt,
      legal: legalPeople(day),
      quality: qualityPeople(day),
    }));
}
