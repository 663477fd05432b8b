import { firstOpenHalfHour } from '../domain/admittance.ts';
import { datesBetween, maxOf, type PlainDate } from '../domain/calendar.ts';
import type { Shortage } from '../domain/draft.ts';
import { refuse } from '../domain/refusal.ts';
import { formatSlot } from '../domain/slots.ts';
import { shortageOf } from '../domain/staffed-day.ts';
import { isWarning, type RosterFinding } from '../domain/working-time.ts';
import { lockCentres } from '../data/claims.ts';
import { insertEvent } from '../data/events.ts';
import { listExpected, type ExpectedStay } from '../data/expected.ts';
import { restaffDays } from '../data/day-counts.ts';
import { lockDaysOfGroups, type StoredDay } from '../data/group-days.ts';
import { listGroups } from '../data/groups.ts';
import { findRoster, insertPublication, lockRoster, type StoredRoster } from '../data/rosters.ts';
import { listShifts } from '../data/shifts.ts';
import { putRosterDays } from '../data/standing-shifts.ts';
import { listStaff, lockPersonsOf } from '../data/staff.ts';
import { centreToAdminister, mustAdminister } from './administration.ts';
import { tellFamilies, type News } from './families.ts';
import { planMatching } from './matching.ts';
import { findNearHours, type NearHours } from './near-hours.ts';
import { authorOf, todayOf, type Work } from './perform.ts';
import { findStaffingFacts, staffedDay, staffedShifts } from './restaffing.ts';
import { basisOf, findingsOf, rostersOf } from './roster-findings.ts';
import { endOvertakenSwaps } from './swap-endings.ts';

export interface Published {
  readonly id: number;
  /** Days that now follow from this roster, and group-days with them. */
  readonly days: number;
  readonly groupDays: number;
  /** Where staff, or a skill, are fewer than what is booked: nothing is cancelled. */
  readonly shortages: readonly Shortage[];
  /** Findings that do not stand in the way: a late publication. */
  readonly warnings: readonly RosterFinding[];
  /** Adults told. */
  readonly told: number;
}

const keyOf = ({ groupId, date }: { groupId: number; date: PlainDate }) => `${groupId} ${date}`;

/** Shortages of some days from the first half-hour that is not over. */
export function shortagesOf(
  { now }: Pick<Work, 'now'>,
  days: readonly StoredDay[],
  expected: readonly ExpectedStay[],
): Shortage[] {
  const stays = Map.groupBy(expected, keyOf);
  return days.flatMap((day) => {
    const short = shortageOf(day, stays.get(keyOf(day)) ?? [], firstOpenHalfHour(day.date, now));
    return short ? [{ groupId: day.groupId, date: day.date, ...short }] : [];
  });
}

type Firmness = 'open' | 'firm' | 'at_risk';

interface ToldStay extends ExpectedStay {
  readonly is: Firmness;
  /** Where it is at risk: other hours that staff carry. */
  readonly near?: NearHours | undefined;
}

/** Each child's day by how firm it is: open before any roster, at risk where it is touched by a shortage. */
function firmness(days: readonly StoredDay[], shortages: readonly Shortage[]) {
  const published = new Set(days.filter((day) => day.capacity !== null).map(keyOf));
  const touched = new Set(shortages.flatMap((each) => each.childIds.map((id) => `${keyOf(each)} ${id}`)));
  return (stay: ExpectedStay): Firmness => {
    if (!published.has(keyOf(stay))) return 'open';
    return touched.has(`${keyOf(stay)} ${stay.childId}`) ? 'at_risk' : 'firm';
  };
}

const MOST_NAMED = 4;

/** Days as people write them in every language, 'DD.MM'; a short message names the first few. */
function daysText(dates: readonly PlainDate[]): string {
  const sorted = [...new Set(dates)].toSorted();
  const named = sorted.slice(0, MOST_NAMED).map((date) => `${date.slice(8)}.${date.slice(5, 7)}`);
  return named.length === 0 ? '–' : `${named.join(', ')}${sorted.length > MOST_NAMED ? ' …' : ''}`;
}

/** How many other hours one message names. */
const MOST_NEAR = 2;

/** 'DD.MM HH:MM–HH:MM', with the group where it is another one. */
function nearText(own: readonly ToldStay[]): string {
  const texts = own.flatMap(({ date, near }) =>
    near ? [`${daysText([date])} ${formatSlot(near)}${near.own ? '' : ` (${near.groupName})`}`] : [],
  );
  return [...new Set(texts)].slice(0, MOST_NEAR).join('; ');
}

function newsOf(own: readonly ToldStay[]): News {
  const datesOf = (is: Firmness) => own.filter((stay) => stay.is === is).map((stay) => stay.date);
  const [firm, risk] = [datesOf('firm'), datesOf('at_risk')];
  return {
    kind: risk.length > 0 ? 'roster_at_risk' : 'roster_firm',
    data: { firmDays: daysText(firm), riskDays: daysText(risk), near: nearText(own) },
  };
}

/** Tells each family once which of its days have become firm and which are at risk, with the nearest hours that are not; what stays as it was is no news. */
export async function tellOfStaff(
  work: Work,
  before: readonly StoredDay[],
  after: readonly StoredDay[],
  expected: readonly ExpectedStay[],
): Promise<{ shortages: Shortage[]; told: number }> {
  const ahead = expected.filter((stay) => stay.to > firstOpenHalfHour(stay.date, work.now));
  const shortages = shortagesOf(work, after, ahead);
  const was = firmness(before, shortagesOf(work, before, ahead));
  const is = firmness(after, shortages);
  const changed = ahead.filter((stay) => was(stay) !== is(stay));
  const risky = changed.filter((stay) => is(stay) === 'at_risk');
  const near = new Map<ExpectedStay, NearHours>();
  for (const [centreId, own] of Map.groupBy(risky, (stay) => stay.centreId))
    for (const [stay, hours] of await findNearHours(work.tx, centreId, own, after, work.now))
      near.set(stay, hours);
  const news = changed.map((stay): ToldStay => ({ ...stay, is: is(stay), near: near.get(stay) }));
  return { shortages, told: await tellFamilies(work, news, newsOf) };
}

async function rosterToPublish(work: Work, rosterId: number): Promise<StoredRoster> {
  mustAdminister(work);
  const roster = (await findRoster(work.tx, rosterId)) ?? refuse('missing');
  await centreToAdminister(work, roster.centreId);
  return roster;
}

/**
 * Publishes a draft: from now on its days ahead, today included, take their capacity and skills from its shifts, in the
 * same transaction under the locks of all the centre's group-days of these dates. An earlier roster gives these days up.
 * Nothing is cancelled where staff fall below what is booked: the answer lists it. Refuses `past`; `stale` when the draft
 * was edited since `version`, was published already, or others hold on its days than when it was made; `illegal_shifts`
 * with what is broken. A late publication is a warning.
 */
export async function publishRoster(
  work: Work,
  input: { readonly rosterId: number; readonly version?: number | undefined },
): Promise<Published> {
  const { tx, now, actor } = work;
  const seen = await rosterToPublish(work, input.rosterId);
  const { id, centreId } = seen;
  const today = todayOf(work);
  if (seen.endsOn < today) refuse('past');
  const from = maxOf([seen.startsOn, today]);
  const days = { centreId, from, to: seen.endsOn };
  const groups = await listGroups(tx, centreId);
  const groupIds = groups.map((group) => group.id);
  const locked = await lockDaysOfGroups(tx, groupIds, days);
  await lockCentres(tx, [centreId]);
  await lockRoster(tx, id);
  const roster = (await findRoster(tx, id)) ?? refuse('missing');
  const basis = await basisOf(tx, { ...days, from: seen.startsOn });
  const holding = rostersOf(basis);
  if (
    roster.publishedAt !== null ||
    (input.version !== undefined && input.version !== roster.version) ||
    basis.join(' ') !== roster.basis.join(' ')
  ) {
    refuse('stale', {
      current: { version: roster.version, published: roster.publishedAt !== null, holding },
    });
  }
  const shifts = (await listShifts(tx, id)).filter((shift) => shift.date >= from);
  const staff = await listStaff(tx, centreId);
  await lockPersonsOf(
    tx,
    shifts.map(({ staffId }) => staffId),
  );
  const findings = await findingsOf(tx, { ...days, shifts, staff, today });
  const illegal = findings.filter((finding) => !isWarning(finding));
  if (illegal.length > 0) {
    refuse('illegal_shifts', {
      findings: illegal.map((finding) => ({
        ...finding,
        staffId: finding.staffId === null ? null : String(finding.staffId),
      })),
    });
  }
  const byDate = await staffedShifts(tx, shifts);
  const facts = await findStaffingFacts(tx, groups);
  const after = locked.map((day) => staffedDay(day, id, byDate.get(day.date) ?? [], facts));
  const dates = datesBetween(from, seen.endsOn);
  await restaffDays(tx, after);
  await putRosterDays(tx, centreId, id, dates);
  await endOvertakenSwaps(work, centreId);
  const expected = await listExpected(tx, { groupIds, from, to: seen.endsOn });
  const { shortages, told } = await tellOfStaff(work, locked, after, expected);
  await insertPublication(tx, { rosterId: id, publishedAt: now, publishedBy: authorOf(actor), shortages });
  // More staff than before may carry more children: whoever waits is looked after first.
  for (const groupId of groupIds) planMatching(tx, now, groupId);
  await insertEvent(tx, {
    at: now,
    by: authorOf(actor),
    kind: 'roster.published',
    centreId,
    data: { rosterId: id, from, to: seen.endsOn, superseded: holding, short: shortages.length, told },
  });
  return {
    id,
    days: dates.length,
    groupDays: after.length,
    shortages,
    warnings: findings.filter(isWarning),
    told,
  };
}
