import { addDays, type PlainDate } from '../../domain/calendar.ts';
import type { Workday } from '../../domain/coverage.ts';
import { formatPattern, parsePattern } from '../../domain/pattern.ts';
import { isRegionCode } from '../../domain/regions.ts';
import { refuse } from '../../domain/refusal.ts';
import { LANGUAGES_OF_GROUPS } from '../../domain/settings.ts';
import { SKILLS, type Skill } from '../../domain/staffing.ts';
import { listBookings } from '../../data/bookings.ts';
import { findCentre } from '../../data/centres.ts';
import { findChild, type Child } from '../../data/children.ts';
import type { Reading } from '../../data/database.ts';
import type { FoundHours, HoursWish } from '../../data/hours-search.ts';
import { findLastRegistration } from '../../data/registration.ts';
import { findHome, listWorkdaysOfChild, type StoredWorkday } from '../../data/workdays.ts';
import type { Context } from '../context.ts';
import { dateOf } from '../dates.ts';

const WEEKS = 4;

/** Everything a search for hours starts from, as the address and the family's own facts say it. */
export interface HoursQuestion {
  readonly child: Child;
  readonly workdays: readonly StoredWorkday[];
  /** Undefined while no adult has entered when they work. */
  readonly wish: HoursWish | undefined;
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly regionCode: string | undefined;
  readonly language: string | undefined;
  readonly skill: Skill | undefined;
}

/** The filters of a search as addresses keep them. */
export const filtersOf = ({ regionCode, language, skill }: HoursQuestion) => ({
  region: regionCode ?? 'all',
  speaks: language,
  skill,
});

/** The region to begin with: the family's own, else that of the child's last bookings, else of who registered it. */
async function likelyRegion(
  tx: Reading,
  childId: number,
  home: string | null,
  today: PlainDate,
): Promise<string | undefined> {
  if (home !== null && isRegionCode(home)) return home;
  const [booking] = (
    await listBookings(tx, { childIds: [childId], from: addDays(today, -90), to: addDays(today, 90) })
  ).toReversed();
  const centreId = booking?.centreId ?? (await findLastRegistration(tx, childId));
  return centreId === undefined ? undefined : (await findCentre(tx, centreId))?.regionCode;
}

/** Answers for joining the waiting list of some groups at the hours that were found: nothing is left to ask. */
export function waitFor(found: FoundHours, question: HoursQuestion, groupIds = [found.group.id]) {
  return {
    ...(found.cover.pattern && { pattern: JSON.stringify(formatPattern(found.cover.pattern)) }),
    startsOn: question.from,
    group: groupIds.map(String),
  };
}

/** Reads the question of a page; the first day is tomorrow unless the address says another. */
export async function hoursQuestion(context: Context, tx: Reading): Promise<HoursQuestion> {
  const { actor, today } = context;
  const childId = context.id('childId');
  const child = (await findChild(tx, actor, childId, today)) ?? refuse('missing');
  const stored = await listWorkdaysOfChild(tx, childId, today, actor.personId);
  const works: Workday[] = [];
  for (const { pattern, commuteMinutes } of stored) {
    const parsed = parsePattern(pattern);
    if ('pattern' in parsed) works.push({ pattern: parsed.pattern, commuteMinutes });
  }
  const asked = dateOf(context.query('from'));
  const from = asked !== undefined && asked > today ? asked : addDays(today, 1);
  const to = addDays(from, WEEKS * 7 - 1);
  const home = await findHome(tx, actor.personId);
  const given = context.query('region');
  const regionCode =
    given === 'all'
      ? undefined
      : isRegionCode(given)
        ? given
        : await likelyRegion(tx, childId, home.region, today);
  const spoken = context.query('speaks');
  const language = LANGUAGES_OF_GROUPS.find((each) => each === spoken);
  const help = context.query('skill');
  const skill = SKILLS.find((each) => each === help);
  const own = stored.findIndex((each) => each.personId === actor.personId);
  const frame =
    works.length === 2 && works[0]!.pattern.kind !== works[1]!.pattern.kind
      ? works.find((work) => work.pattern.kind !== 'weekly')?.pattern
      : works[Math.max(0, own)]?.pattern;
  const point = home.lat === null || home.lon === null ? null : { lat: home.lat, lon: home.lon };
  const wish: HoursWish | undefined = frame && {
    child,
    works,
    frame,
    from,
    to,
    today,
    home: point,
    regionCode,
    language,
    skill,
  };
  return { child, workdays: stored, wish, from, to, regionCode, language, skill };
}
