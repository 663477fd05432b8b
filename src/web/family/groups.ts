import { addDays, type PlainDate } from '../../domain/calendar.ts';
import { distanceKm, type Point } from '../../domain/distance.ts';
import { eligibilityReason } from '../../domain/eligibility.ts';
import { collator } from '../../domain/names.ts';
import { freeAt } from '../../domain/places.ts';
import { isRegionCode, REGIONS } from '../../domain/regions.ts';
import { refuse } from '../../domain/refusal.ts';
import { HALF_HOURS, MINUTES_PER_HALF_HOUR } from '../../domain/slots.ts';
import { listBookings } from '../../data/bookings.ts';
import { listCentres, type Centre } from '../../data/centres.ts';
import { findChild, type Child } from '../../data/children.ts';
import { listEnrolments } from '../../data/enrolments.ts';
import type { Reading } from '../../data/database.ts';
import { listDaysOf } from '../../data/group-days.ts';
import { listAllGroups, type Group } from '../../data/groups.ts';
import { findHome } from '../../data/workdays.ts';
import { guardianWhoBooks } from '../access.ts';
import type { Context } from '../context.ts';
import { districtName } from '../names.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { groupCard, type Candidate } from './group-card.ts';

const MOST = 40;
const WEEK = 7;

/** What the address asks for; region 'all' is everywhere. */
interface Wish {
  readonly region: string;
  readonly district: string;
}

const pointOf = ({ lat, lon }: { lat: number | null; lon: number | null }): Point | null =>
  lat === null || lon === null ? null : { lat, lon };

/** Why a child may not attend today; a stated lack of help and a missing enrolment are shown, not hidden. */
function fits(child: Child, group: Group, today: PlainDate): boolean {
  if (group.endsOn !== null && group.endsOn < today) return false;
  const reason = eligibilityReason(child, { ...group, admission: 'open', skills: null }, [], today);
  return reason === undefined;
}

/** Where to look first: the family's own region, else that of the child's centres. */
function likelyRegion(home: string | null, centres: readonly Centre[], known: ReadonlySet<number>): string {
  return home ?? centres.find((centre) => known.has(centre.id))?.regionCode ?? 'all';
}

/** Places of a group that are free for one child in the coming week, in minutes. */
async function freeMinutes(
  tx: Reading,
  groups: readonly Group[],
  today: PlainDate,
): Promise<Map<number, number>> {
  const ids = groups.map((group) => group.id);
  const minutes = new Map<number, number>();
  for (const day of await listDaysOf(tx, {
    groupIds: ids,
    from: addDays(today, 1),
    to: addDays(today, WEEK),
  })) {
    let free = 0;
    for (let at = 0; at < HALF_HOURS; at++) free += freeAt(day, at);
    minutes.set(day.groupId, (minutes.get(day.groupId) ?? 0) + free * MINUTES_PER_HALF_HOUR);
  }
  return minutes;
}

/** Groups of the child's category and age: those it already goes to first, then the nearest, then by name. */
async function findGroups(context: Context, tx: Reading, childId: number) {
  const { actor, today, language } = context;
  const child = (await findChild(tx, actor, childId, today)) ?? refuse('missing');
  const near = { from: addDays(today, -90), to: addDays(today, 90) };
  const known = new Set(
    (await listBookings(tx, { childIds: [childId], ...near })).map((each) => each.centreId),
  );
  const home = await findHome(tx, actor.personId);
  const centres = await listCentres(tx);
  const given = context.query('region');
  const region = given === 'all' || isRegionCode(given) ? given : likelyRegion(home.region, centres, known);
  const inRegion = centres.filter((centre) => region === 'all' || centre.regionCode === region);
  const districts = region === 'all' ? [] : [...new Set(inRegion.map((centre) => centre.district))];
  const district = districts.includes(context.query('district')) ? context.query('district') : '';
  const wish: Wish = { region, district };
  const chosen = new Map(
    inRegion.filter((each) => district === '' || each.district === district).map((each) => [each.id, each]),
  );
  const regionCode = region === 'all' ? undefined : region;
  const candidates = (await listAllGroups(tx, { categories: [child.category], regionCode })).flatMap(
    (group): Candidate[] => {
      const centre = chosen.get(group.centreId);
      if (!centre || !fits(child, group, today)) return [];
      return [{ group, centre, known: known.has(centre.id), km: distanceKm(pointOf(home), pointOf(centre)) }];
    },
  );
  const names = (a: Candidate, b: Candidate) =>
    collator(language).compare(a.centre.searchName, b.centre.searchName) || a.group.id - b.group.id;
  const ordered = candidates.toSorted(
    (a, b) => Number(b.known) - Number(a.known) || (a.km ?? Infinity) - (b.km ?? Infinity) || names(a, b),
  );
  const shown = ordered.slice(0, MOST);
  const enrolled = new Set<number>();
  for (const { group } of shown) {
    if (group.admission !== 'enrolled') continue;
    const reason = eligibilityReason(
      child,
      { ...group, skills: null },
      await listEnrolments(tx, childId, group.id),
      today,
    );
    if (reason === undefined) enrolled.add(group.id);
  }
  const free = await freeMinutes(
    tx,
    shown.map(({ group }) => group),
    today,
  );
  return { child, wish, districts, shown, enrolled, free, more: ordered.length - shown.length };
}

async function showGroups(context: Context): Promise<void> {
  const { t, language } = context;
  const childId = context.id('childId');
  const seen = await context.database.read((tx) => findGroups(context, tx, childId));
  const sorted = collator(language);
  const answers = context.query('answers');
  page(context.res, 'family/groups', {
    title: t('groups.title'),
    child: seen.child.name,
    back: paths.child(childId),
    action: paths.childGroups(childId),
    // The answers of a booking that waits for its group.
    answers,
    values: { region: seen.wish.region, district: seen.wish.district },
    regions: [
      { value: 'all', text: t('find.all_regions') },
      ...REGIONS.map(({ code, name }) => ({ value: code, text: name[language] })).toSorted((a, b) =>
        sorted.compare(a.text, b.text),
      ),
    ],
    districts:
      seen.districts.length < 2
        ? []
        : [
            { value: '', text: t('groups.all_districts') },
            ...seen.districts
              .map((name) => ({ value: name, text: districtName(name, language) }))
              .toSorted((a, b) => sorted.compare(a.text, b.text)),
          ],
    groups: seen.shown.map((each) =>
      groupCard(each, {
        child: seen.child,
        enrolled: seen.enrolled.has(each.group.id),
        freeMinutes: seen.free.get(each.group.id) ?? 0,
        answers,
        t,
      }),
    ),
    more: seen.more > 0 ? t('groups.more', { n: seen.more }) : '',
  });
}

export const groups = routes('/children/:childId/groups').get('', guardianWhoBooks, showGroups);
