import { addDays } from '../../domain/calendar.ts';
import { eligibilityReason } from '../../domain/eligibility.ts';
import { collator } from '../../domain/names.ts';
import { freeAt } from '../../domain/places.ts';
import { isRegionCode, REGIONS } from '../../domain/regions.ts';
import { refuse } from '../../domain/refusal.ts';
import { HALF_HOURS, MINUTES_PER_HALF_HOUR } from '../../domain/slots.ts';
import { listBookings } from '../../data/bookings.ts';
import { listCentres } from '../../data/centres.ts';
import { findChild } from '../../data/children.ts';
import { findDaysOfGroups } from '../../data/free-days.ts';
import { listAllGroups } from '../../data/groups.ts';
import { findHome } from '../../data/workdays.ts';
import { guardianWhoBooks } from '../access.ts';
import { centreName } from '../centre/names.ts';
import type { Context } from '../context.ts';
import { hoursOf } from '../figures.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';

const MOST = 40;

/** Groups of the child's category and age: those it already goes to first, then by centre's name. */
async function showGroups(context: Context): Promise<void> {
  const { t, actor, today, language } = context;
  const childId = context.id('childId');
  const given = context.query('region');
  const seen = await context.database.read(async (tx) => {
    const child = (await findChild(tx, actor, childId, today)) ?? refuse('missing');
    const bookings = await listBookings(tx, { childIds: [childId], from: addDays(today, -90), to: addDays(today, 90) });
    const all = await listCentres(tx);
    const known = new Set(bookings.map((booking) => booking.centreId));
    const home = (await findHome(tx, actor.personId)).region;
    const likely = home ?? all.find((centre) => known.has(centre.id))?.regionCode;
    const region = given === 'all' ? undefined : isRegionCode(given) ? given : likely;
    const centres = new Map(all.filter((centre) => region === undefined || centre.regionCode === region).map((centre) => [centre.id, centre]));
    const fitting = (await listAllGroups(tx, [child.category])).filter((group) => {
      const reason = eligibilityReason(child, group, [], today);
      return centres.has(group.centreId) && (reason === undefined || reason === 'not_enrolled' || reason === 'skill_missing');
    });
    const ordered = fitting.toSorted((a, b) => {
      const [first, second] = [centres.get(a.centreId)!, centres.get(b.centreId)!];
      const knows = Number(known.has(second.id)) - Number(known.has(first.id));
      return knows || collator(language).compare(centreName(first, language), centreName(second, language)) || a.id - b.id;
    });
    const groups = ordered.slice(0, MOST);
    const days = await findDaysOfGroups(tx, groups.map((group) => group.id), addDays(today, 1), addDays(today, 7));
    return { child, region, centres, groups, more: ordered.length - groups.length, days: Map.groupBy(days, (day) => day.groupId) };
  });
  page(context.res, 'family/groups', {
    title: t('groups.title'),
    child: seen.child.name,
    back: paths.child(childId),
    action: paths.childGroups(childId),
    values: { region: seen.region ?? 'all' },
    regions: [
      { value: 'all', text: t('find.all_regions') },
      ...REGIONS.map(({ code, name }) => ({ value: code as string, text: name[language] })).toSorted((a, b) => a.text.localeCompare(b.text, language)),
    ],
    groups: seen.groups.map((group) => {
      const centre = seen.centres.get(group.centreId)!;
      let free = 0;
      for (const day of seen.days.get(group.id) ?? []) for (let at = 0; at < HALF_HOURS; at++) free += freeAt(day, at);
      return {
        href: paths.childDays(childId, group.id),
        centre: centreName(centre, language),
        group: group.name,
        place: [centre.district, centre.address].filter((text) => text !== '').join(', '),
        free: t('groups.free_week', { hours: hoursOf(free * MINUTES_PER_HALF_HOUR, language) }),
        full: free === 0,
        admission: group.admission === 'enrolled' ? t('admission.enrolled') : '',
      };
    }),
    more: seen.more > 0 ? t('groups.more', { n: seen.more }) : '',
  });
}

export const groups = routes('/children/:childId/groups').get('', guardianWhoBooks, showGroups);
