import type { GroupDay } from './places.ts';
import { shortageOf, type Expected } from './staffed-day.ts';
import type { HalfHour, Slot } from './slots.ts';
import type { Capacity, Level, Ratios, SkillsOnDuty } from './staffing.ts';

/** A stretch for which one more person is needed: at least of this level, and with this skill where one is missing. */
export interface Opening extends Slot {
  readonly level: Level;
  readonly skill: string | null;
}

type ShortDay = Pick<GroupDay, 'room' | 'opensAt' | 'closesAt' | 'load' | 'capacity' | 'skillsOnDuty'>;

/** A break of somebody's shift does not part a stretch: one person takes both sides of so many half-hours. */
const WIDEST_GAP = 2;
/** No group looks for more people than this at once. */
const MOST_OPENINGS = 12;

/** A day as if one more person came for a stretch. */
function joinedBy(day: ShortDay, opening: Opening, ratios: Ratios): ShortDay {
  const within = (at: HalfHour) => at >= opening.from && at < opening.to;
  const levels = ratios.flatMap((ratio, level) => (ratio === null ? [] : [{ ratio, level }]));
  const capacity: Capacity = (day.capacity ?? []).map((own, place) => {
    const { ratio, level } = levels[place] ?? { ratio: 0, level: 9 };
    return level > opening.level ? own : own.map((value, at) => (within(at) ? value + ratio : value));
  });
  const skillsOnDuty: SkillsOnDuty =
    opening.skill === null
      ? (day.skillsOnDuty ?? {})
      : {
          ...day.skillsOnDuty,
          [opening.skill]: Array.from(
            { length: 48 },
            (_, at) => within(at) || day.skillsOnDuty?.[opening.skill!]?.[at] === true,
          ),
        };
  return { ...day, capacity, skillsOnDuty };
}

/** Short half-hours as stretches that one person could work. */
function runsOf(halfHours: readonly HalfHour[]): Slot[] {
  const runs: { from: number; to: number }[] = [];
  for (const at of halfHours) {
    const last = runs.at(-1);
    if (last && at - last.to <= WIDEST_GAP) last.to = at + 1;
    else runs.push({ from: at, to: at + 1 });
  }
  return runs;
}

/** The highest level of which too few are there: whoever serves as that serves as all below. */
function levelMissing(day: ShortDay, run: Slot, ratios: Ratios): Level {
  const levels = ratios.flatMap((ratio, level) => (ratio === null ? [] : [level as Level]));
  const short = levels.filter((_, place) =>
    (day.capacity?.[place] ?? []).some(
      (value, at) => at >= run.from && at < run.to && (day.load[at] ?? 0) > value,
    ),
  );
  return short.at(-1) ?? 0;
}

/**
 * For which stretches one more person each is needed until a published day's staff suffice, besides those who are looked
 * for already; none where no roster is published. Of several skills that are missing, one person is looked for at a time.
 */
export function openingsOf(
  given: ShortDay,
  expected: readonly Expected[],
  {
    ratios,
    live,
    from,
  }: { readonly ratios: Ratios; readonly live: readonly Opening[]; readonly from: HalfHour },
): Opening[] {
  let day = live.reduce((sum, opening) => joinedBy(sum, opening, ratios), given);
  const openings: Opening[] = [];
  while (openings.length < MOST_OPENINGS) {
    const short = shortageOf(day, expected, from);
    if (!short) break;
    const run = runsOf(short.halfHours)[0]!;
    const here = short.halfHours.filter((at) => at >= run.from && at < run.to);
    const present = expected.filter((each) => each.from < run.to && run.from < each.to);
    const skill =
      short.skills.find((each) =>
        here.some(
          (at) =>
            day.skillsOnDuty?.[each]?.[at] !== true &&
            present.some((child) => child.from <= at && at < child.to && child.skills.includes(each)),
        ),
      ) ?? null;
    const opening = { ...run, level: levelMissing(day, run, ratios), skill };
    const last = openings.at(-1);
    // A norm without a ratio: nobody who came would be counted.
    if (last && last.from === opening.from && last.to === opening.to && day.capacity?.length === 0) break;
    openings.push(opening);
    day = joinedBy(day, opening, ratios);
  }
  return openings;
}
