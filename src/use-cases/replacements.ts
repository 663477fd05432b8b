import { addDays, type PlainDate } from '../domain/calendar.ts';
import { newlyBroken } from '../domain/broken-rules.ts';
import { collator } from '../domain/names.ts';
import {
  againstWish,
  compareRanks,
  overtimeOfWeek,
  rankScore,
  takingOf,
  type OpenStretch,
  type RankFacts,
  type Taking,
} from '../domain/replacements.ts';
import { checkRoster } from '../domain/rosters.ts';
import type { StretchedShift } from '../domain/shift.ts';
import { MINUTES_PER_HALF_HOUR, type HalfHour } from '../domain/slots.ts';
import { workTermsOn } from '../domain/work-terms.ts';
import { isWarning, type RosterFinding } from '../domain/working-time.ts';
import type { Reading } from '../data/database.ts';
import { listWorkTerms } from '../data/norms.ts';
import { listWishesOfDay, minutesTakenOver } from '../data/open-shifts.ts';
import type { StoredShift } from '../data/shifts.ts';
import { listStandingShifts } from '../data/standing-shifts.ts';
import { listStaff, type Staff } from '../data/staff.ts';
import { shiftsAround, workersOf } from './roster-findings.ts';

/** Why somebody cannot take a stretch, besides the rules of the roster. */
export type OwnBarrier = 'level' | 'skill' | 'busy' | 'apart';

/** Somebody of the centre's staff, and whether they could take a stretch over. */
export interface Replacement {
  readonly staff: Staff;
  /** What their day would be; null where it cannot be at all. */
  readonly shift: StretchedShift | null;
  /** The shift that is lengthened; null where it is one of its own. */
  readonly ownShiftId: number | null;
  readonly facts: RankFacts;
  readonly score: readonly number[];
  /** Rules that forbid it, by name; both empty where the law allows it. */
  readonly findings: readonly RosterFinding[];
  readonly barriers: readonly OwnBarrier[];
}

export const isLegal = ({ findings, barriers, shift }: Replacement): boolean =>
  shift !== null && findings.length === 0 && barriers.length === 0;

/** They forbid a shift even where somebody already stands in the roster of that day. */
const OF_THE_PERSON: readonly string[] = ['leave', 'employment', 'papers', 'own_child', 'at_two_centres'];

const WITH_GROUP_DAYS = 14;
const LATELY_DAYS = 28;

interface Asked {
  readonly centreId: number;
  readonly open: OpenStretch;
  /** Half-hours at which somebody is missed: a break lies at others where it can. */
  readonly missed: readonly HalfHour[];
  readonly today: PlainDate;
}

/** Minutes that each person spent with a group in some days. */
function minutesWith(groupId: number, shifts: readonly StretchedShift[]): Map<number, number> {
  const minutes = new Map<number, number>();
  for (const { staffId, stretches } of shifts)
    for (const { groupId: other, from, to } of stretches)
      if (other === groupId)
        minutes.set(staffId, (minutes.get(staffId) ?? 0) + (to - from) * MINUTES_PER_HALF_HOUR);
  return minutes;
}

function barriersOf(staff: Staff, { level, skill }: OpenStretch, taking: Taking): OwnBarrier[] {
  const barriers: OwnBarrier[] = [];
  if (staff.level < level) barriers.push('level');
  if (skill !== null && !staff.skills.includes(skill)) barriers.push('skill');
  if (taking.kind === 'busy' || taking.kind === 'apart') barriers.push(taking.kind);
  return barriers;
}

/** What somebody may not do that they did not break before; what concerns the person forbids it in any case. */
function forbidden(before: readonly RosterFinding[], after: readonly RosterFinding[]): RosterFinding[] {
  const found = [
    ...newlyBroken(before, after),
    ...after.filter((finding) => OF_THE_PERSON.includes(finding.rule)),
  ];
  const rules = new Map(found.filter((finding) => !isWarning(finding)).map((each) => [each.rule, each]));
  return [...rules.values()];
}

/**
 * Everybody of a centre's staff for a stretch of a published day: those whom the rules of the roster allow to take it, the
 * best rank first (rankScore), then the others by name with what forbids it. Some of them where `staffIds` are given.
 */
export async function listReplacements(
  tx: Reading,
  { centreId, open, missed, today }: Asked,
  staffIds?: readonly number[],
): Promise<Replacement[]> {
  const { date } = open;
  const days = { centreId, from: date, to: date };
  const all = await listStaff(tx, centreId, days);
  const staff = staffIds ? all.filter((each) => staffIds.includes(each.id)) : all;
  const ids = staff.map((each) => each.id);
  const standing = Map.groupBy(
    await listStandingShifts(tx, { staffIds: ids, from: date, to: date }),
    (s) => s.staffId,
  );
  const terms = workTermsOn(await listWorkTerms(tx), date);
  const takings = new Map(
    staff.map(({ id }): [number, { taking: Taking; own: StoredShift | undefined }] => {
      const [own, ...others] = standing.get(id) ?? [];
      const taking: Taking =
        others.length > 0
          ? { kind: 'busy' }
          : takingOf(open, own, id, { missed, breakAfterMinutes: terms.breakAfterMinutes });
      return [id, { taking, own }];
    }),
  );
  const workers = await workersOf(tx, staff, days);
  const { around, elsewhere } = await shiftsAround(tx, staff, days);
  const check = (shifts: readonly StretchedShift[]) =>
    Map.groupBy(
      checkRoster({ from: date, to: date, today, terms, workers, shifts, around, elsewhere }),
      (finding) => finding.staffId,
    );
  const planned = (id: number): StretchedShift[] => {
    const { taking, own } = takings.get(id)!;
    return 'shift' in taking ? [taking.shift] : own ? [own] : [];
  };
  const before = check(ids.flatMap((id) => takings.get(id)!.own ?? []));
  const after = check(ids.flatMap(planned));
  const past = { from: addDays(date, -WITH_GROUP_DAYS), to: addDays(date, -1) };
  const known = minutesWith(open.groupId, await listStandingShifts(tx, { staffIds: ids, ...past }));
  const extra = await minutesTakenOver(tx, ids, { from: addDays(date, -LATELY_DAYS), to: date });
  const wishes = new Map((await listWishesOfDay(tx, ids, date)).map((wish) => [wish.staffId, wish]));
  const aroundOf = Map.groupBy(around, (shift) => shift.staffId);

  const found = staff.map((each, place): Replacement => {
    const { taking, own } = takings.get(each.id)!;
    const others = aroundOf.get(each.id) ?? [];
    const worker = workers[place]!;
    const overtime = (shifts: readonly StretchedShift[]) =>
      overtimeOfWeek(worker, [...others, ...shifts], date);
    const wish = wishes.get(each.id);
    const facts: RankFacts = {
      staffId: each.id,
      overtime: Math.max(0, overtime(planned(each.id)) - overtime(own ? [own] : [])),
      surplus:
        Math.max(0, each.level - open.level) + each.skills.filter((skill) => skill !== open.skill).length,
      withGroup: known.get(each.id) ?? 0,
      againstWish: wish
        ? minutesAgainst(open, wish.from === null || wish.to === null ? null : [wish.from, wish.to])
        : againstWish(open, each.preferences),
      extra: extra.get(each.id) ?? 0,
    };
    return {
      staff: each,
      shift: 'shift' in taking ? taking.shift : null,
      ownShiftId: own?.id ?? null,
      facts,
      score: rankScore(facts),
      findings: forbidden(before.get(each.id) ?? [], after.get(each.id) ?? []),
      barriers: barriersOf(each, open, taking),
    };
  });
  const { compare } = collator('kk');
  return found.toSorted((a, b) => {
    if (isLegal(a) !== isLegal(b)) return isLegal(a) ? -1 : 1;
    return isLegal(a) ? compareRanks(a.score, b.score) : compare(a.staff.name, b.staff.name);
  });
}

/** Minutes of a stretch outside the hours wished for that day; all of it where the wish is to be free. */
function minutesAgainst(open: OpenStretch, hours: readonly [number, number] | null): number {
  const kept = hours ? Math.max(0, Math.min(hours[1], open.to) - Math.max(hours[0], open.from)) : 0;
  return (open.to - open.from - kept) * MINUTES_PER_HALF_HOUR;
}
