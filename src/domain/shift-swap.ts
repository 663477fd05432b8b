import { newlyBroken } from './broken-rules.ts';
import type { PlainDate } from './calendar.ts';
import type { HalfHour } from './slots.ts';
import type { GroupDay } from './places.ts';
import { checkRoster, type RosterToCheck } from './rosters.ts';
import type { StretchedShift } from './shift.ts';
import {
  centreSkills,
  groupCapacity,
  shortageOf,
  type Expected,
  type StaffedShift,
  type StaffNorm,
} from './staffed-day.ts';
import type { Level } from './staffing.ts';
import type { RosterFinding, Worker } from './working-time.ts';

/** A published shift that may change hands. */
export interface HeldShift extends StretchedShift {
  readonly id: number;
}

/** A group's published day as a swap may change it. */
export interface SwapDay extends Pick<GroupDay, 'room' | 'opensAt' | 'closesAt' | 'load'> {
  readonly groupId: number;
  readonly date: PlainDate;
  readonly norm: StaffNorm;
  readonly expected: readonly Expected[];
}

/** Everything published in some days of a centre, and what its law and its children ask of it. */
export interface SwapScene extends Omit<RosterToCheck, 'shifts' | 'workers'> {
  readonly workers: readonly Worker[];
  readonly shifts: readonly HeldShift[];
  readonly brings: ReadonlyMap<number, { readonly level: Level; readonly skills: readonly string[] }>;
  readonly days: readonly SwapDay[];
}

export interface SwapWish {
  readonly shiftId: number;
  readonly withStaffId: number;
  /** The colleague's shift in return; null = given away. */
  readonly returnShiftId: number | null;
}

/** Why a swap cannot be: rules of law that it would newly break, or children who would lose their cover. */
export type SwapProblem =
  | { readonly kind: 'law'; readonly findings: readonly RosterFinding[] }
  | { readonly kind: 'cover'; readonly date: PlainDate; readonly skills: readonly string[] };

/** The shifts after a swap: hours and groups stay, the people change places. Undefined where a shift is not there. */
function swapped(shifts: readonly HeldShift[], wish: SwapWish): HeldShift[] | undefined {
  const given = shifts.find((shift) => shift.id === wish.shiftId);
  const taken = shifts.find((shift) => shift.id === wish.returnShiftId);
  if (!given || given.staffId === wish.withStaffId) return undefined;
  if (wish.returnShiftId !== null && taken?.staffId !== wish.withStaffId) return undefined;
  return shifts.map((shift) => {
    if (shift === given) return { ...shift, staffId: wish.withStaffId };
    return shift === taken ? { ...shift, staffId: given.staffId } : shift;
  });
}

function concerning(scene: SwapScene, shifts: readonly HeldShift[], staffIds: readonly number[]) {
  const of = <Each extends { readonly staffId: number }>(rows: readonly Each[]) =>
    rows.filter((row) => staffIds.includes(row.staffId));
  return checkRoster({
    from: scene.from,
    to: scene.to,
    today: scene.today,
    terms: scene.terms,
    workers: of(scene.workers),
    shifts: of(shifts),
    around: of(scene.around),
    elsewhere: of(scene.elsewhere),
  });
}

/** Who is there on a date: whoever is on leave or not employed is not, whatever the roster says. */
function staffedOn(
  { workers, brings }: SwapScene,
  shifts: readonly HeldShift[],
  date: PlainDate,
): StaffedShift[] {
  const known = new Map(workers.map((worker) => [worker.staffId, worker]));
  return shifts.flatMap((shift) => {
    const [worker, brought] = [known.get(shift.staffId), brings.get(shift.staffId)];
    if (shift.date !== date || !worker || !brought) return [];
    const employed = worker.startsOn <= date && (worker.endsOn === null || date <= worker.endsOn);
    const away = worker.leave.some((leave) => leave.startsOn <= date && date <= leave.endsOn);
    return employed && !away ? [{ ...shift, ...brought }] : [];
  });
}

function shortIn(day: SwapDay, staffed: readonly StaffedShift[], from: HalfHour) {
  const { norm, groupId, expected } = day;
  return shortageOf(
    { ...day, capacity: groupCapacity(staffed, groupId, norm), skillsOnDuty: centreSkills(staffed, norm) },
    expected,
    from,
  );
}

/**
 * The first thing that speaks against a swap; undefined where both may do it. A rule that is broken already and gets no
 * worse does not count, nor does a half-hour that is short of staff already: the same as with edits of a draft.
 */
export function swapProblem(scene: SwapScene, wish: SwapWish): SwapProblem | undefined {
  const after = swapped(scene.shifts, wish);
  const given = scene.shifts.find((shift) => shift.id === wish.shiftId);
  if (!after || !given) return { kind: 'law', findings: [] };
  const both = [given.staffId, wish.withStaffId];
  const findings = newlyBroken(concerning(scene, scene.shifts, both), concerning(scene, after, both));
  if (findings.length > 0) return { kind: 'law', findings };
  const dates = new Set(
    scene.shifts
      .filter((shift) => shift.id === wish.shiftId || shift.id === wish.returnShiftId)
      .map((shift) => shift.date),
  );
  for (const date of dates) {
    const [was, is] = [staffedOn(scene, scene.shifts, date), staffedOn(scene, after, date)];
    for (const day of scene.days.filter((each) => each.date === date)) {
      const known = shortIn(day, was, 0);
      const short = shortIn(day, is, 0);
      const worse = short?.halfHours.some((at) => !known?.halfHours.includes(at));
      const touched = short?.childIds.some((id) => !known?.childIds.includes(id));
      const without = (short?.skills ?? []).filter((skill) => !known?.skills.includes(skill));
      if (worse === true || touched === true || without.length > 0)
        return { kind: 'cover', date, skills: without };
    }
  }
  return undefined;
}
