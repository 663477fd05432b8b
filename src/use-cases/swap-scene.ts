import { addDays, instantAt, maxOf, type Instant, type PlainDate } from '../domain/calendar.ts';
import { normOn } from '../domain/norms.ts';
import {
  swapProblem,
  type HeldShift,
  type SwapDay,
  type SwapProblem,
  type SwapScene,
} from '../domain/shift-swap.ts';
import type { Shift } from '../domain/shift.ts';
import { MINUTES_PER_HALF_HOUR } from '../domain/slots.ts';
import { workTermsOn } from '../domain/work-terms.ts';
import type { Reading } from '../data/database.ts';
import { listExpected } from '../data/expected.ts';
import { listDaysOf } from '../data/group-days.ts';
import { listGroups } from '../data/groups.ts';
import { listNorms, listWorkTerms } from '../data/norms.ts';
import { listStandingShifts } from '../data/standing-shifts.ts';
import { listStaff, type Staff } from '../data/staff.ts';
import { shiftsAround, workersOf } from './roster-findings.ts';

/** So far ahead colleagues' shifts are looked at. */
const DAYS_AHEAD = 41;
/** A shift in return is at most so many days before or after the one that is given. */
const RETURN_DAYS = 14;

export const startOf = ({ date, from }: Pick<Shift, 'date' | 'from'>): Instant =>
  instantAt(date, from * MINUTES_PER_HALF_HOUR);

/** A centre's published shifts from today on, six weeks or to `until`, with all that a swap is judged by. */
export async function readSwapScene(
  tx: Reading,
  { centreId, today, until }: { centreId: number; today: PlainDate; until: PlainDate },
): Promise<SwapScene & { readonly staff: readonly Staff[] }> {
  const days = { centreId, from: today, to: maxOf([addDays(today, DAYS_AHEAD), until]) };
  const staff = await listStaff(tx, centreId, days);
  const groups = await listGroups(tx, centreId);
  const norms = await listNorms(tx);
  const span = { groupIds: groups.map((group) => group.id), from: days.from, to: days.to };
  const expected = Map.groupBy(await listExpected(tx, span), (stay) => `${stay.groupId} ${stay.date}`);
  const categories = new Map(groups.map(({ id, category }) => [id, category]));
  const swapDays = (await listDaysOf(tx, span)).map((day): SwapDay => ({
    ...day,
    norm: normOn(norms, categories.get(day.groupId)!, day.date),
    expected: expected.get(`${day.groupId} ${day.date}`) ?? [],
  }));
  return {
    ...days,
    today,
    staff,
    terms: workTermsOn(await listWorkTerms(tx), today),
    workers: await workersOf(tx, staff, days),
    shifts: await listStandingShifts(tx, days),
    brings: new Map(staff.map(({ id, level, skills }) => [id, { level, skills }])),
    days: swapDays,
    ...(await shiftsAround(tx, staff, days)),
  };
}

/** What a colleague could be asked, or why nothing. */
export interface SwapChoice {
  readonly staffId: number;
  readonly name: string;
  /** Whether there is somebody to ask: the register's entry is linked to an account. */
  readonly linked: boolean;
  /** Why the colleague cannot simply take the shift; undefined where they can. */
  readonly problem: SwapProblem | undefined;
  /** Shifts of theirs that could be taken in return, by date. */
  readonly returns: readonly HeldShift[];
}

/** The same hours of a day with the same groups: nobody gains by swapping the two. */
const sameWork = (a: HeldShift, b: HeldShift): boolean =>
  JSON.stringify([a.date, a.from, a.to, a.stretches]) === JSON.stringify([b.date, b.from, b.to, b.stretches]);

/** Every colleague of the centre with what could be asked of them; shifts that wait in another swap are left out. */
export function swapChoices(
  scene: SwapScene & { readonly staff: readonly Staff[] },
  shift: HeldShift,
  { now, taken }: { readonly now: Instant; readonly taken: ReadonlySet<number> },
): SwapChoice[] {
  const near = (date: PlainDate) =>
    date >= addDays(shift.date, -RETURN_DAYS) && date <= addDays(shift.date, RETURN_DAYS);
  const mine = scene.staff.find((each) => each.id === shift.staffId);
  return scene.staff
    .filter(
      (each) => each.id !== shift.staffId && (each.personId === null || each.personId !== mine?.personId),
    )
    .map((each): SwapChoice => {
      const wish = { shiftId: shift.id, withStaffId: each.id };
      const linked = each.personId !== null;
      const theirs = linked
        ? scene.shifts.filter(
            (other) =>
              other.staffId === each.id &&
              near(other.date) &&
              startOf(other) > now &&
              !taken.has(other.id) &&
              !sameWork(other, shift),
          )
        : [];
      return {
        staffId: each.id,
        name: each.name,
        linked,
        problem: swapProblem(scene, { ...wish, returnShiftId: null }),
        returns: theirs.filter(
          (other) => swapProblem(scene, { ...wish, returnShiftId: other.id }) === undefined,
        ),
      };
    });
}
