import { formatDate } from '../../domain/calendar-words.ts';
import { addDays, type PlainDate } from '../../domain/calendar.ts';
import { bandsOf, freeTimeIn } from '../../domain/free-hours.ts';
import { termsOn, type Terms } from '../../domain/opening.ts';
import { refuse } from '../../domain/refusal.ts';
import { formatSlot } from '../../domain/slots.ts';
import { findCentre, type Centre } from '../../data/centres.ts';
import { listDaysOf, type StoredDay } from '../../data/group-days.ts';
import { findOpeningFacts, listGroups, type Group } from '../../data/groups.ts';
import type { T } from '../../i18n/translate.ts';
import { anyone } from '../access.ts';
import { hoursWords } from '../centre/hours.ts';
import { centreAddress, centreName } from '../names.ts';
import { skillWords } from '../needs.ts';
import { spanOf } from '../times.ts';
import type { Context } from '../context.ts';
import { hoursOf, stepOf } from '../figures.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { ageWords } from './age-words.ts';
import { languageWords } from './language-words.ts';
import { PUBLIC_SECONDS } from './places.ts';

const WEEK = 7;

/** '04.02': two weeks need no year. */
const dayAndMonth = (date: PlainDate) => formatDate(date).slice(0, 5);

/** The centre of the address, in the region of the address. */
export async function placeOfAddress(context: Context): Promise<Centre> {
  const placeId = context.id('placeId');
  const centre = await context.database.read((tx) => findCentre(tx, placeId));
  return centre && centre.regionCode === context.text('regionCode') ? centre : refuse('missing');
}

function groupCard(group: Group, terms: Terms | undefined, t: T) {
  return {
    name: group.name,
    category: t(`category.${group.category}`),
    ages: ageWords(group.fromAgeMonths, group.toAgeMonths, t),
    hours: terms ? hoursWords(terms.hours, t) : '',
    places: t('count.places', { n: terms?.room ?? 0 }),
    languages: (group.languages ?? []).map((language) => languageWords(language, t)).join(', '),
    skills: (group.skills ?? []).map((skill) => skillWords(skill, t)),
    admission: t(`admission.${group.admission}`),
  };
}

/** Free place-hours by time of day, a column for each of the coming two weeks. */
function freeTable(days: readonly StoredDay[], centre: Centre, from: PlainDate, t: T) {
  const weeks = [from, addDays(from, WEEK)].map((startsOn) => ({
    startsOn,
    endsOn: addDays(startsOn, WEEK - 1),
  }));
  const open = days.flatMap(({ opensAt, closesAt }) =>
    opensAt === null || closesAt === null ? [] : [{ from: opensAt, to: closesAt }],
  );
  const span =
    open.length === 0
      ? spanOf([centre.hours])
      : { from: Math.min(...open.map((each) => each.from)), to: Math.max(...open.map((each) => each.to)) };
  return {
    none: open.length === 0,
    weeks: weeks.map(({ startsOn, endsOn }) => `${dayAndMonth(startsOn)}–${dayAndMonth(endsOn)}`),
    rows: bandsOf(span).map((band) => ({
      time: formatSlot(band),
      cells: weeks.map(({ startsOn, endsOn }) => {
        const within = days.filter(({ date }) => date >= startsOn && date <= endsOn);
        const { freeMinutes, placeMinutes } = freeTimeIn(within, band);
        return {
          free: hoursOf(freeMinutes, t.language),
          of: t('public.of_hours', { hours: hoursOf(placeMinutes, t.language) }),
          step: stepOf(freeMinutes, placeMinutes, 12),
          closed: placeMinutes === 0,
        };
      }),
    })),
  };
}

/** One centre for those who look for a place: its groups and when they are free. Nobody's names. */
async function showPlace(context: Context): Promise<void> {
  const { t, today } = context;
  const centre = await placeOfAddress(context);
  const from = addDays(today, 1);
  const { groups, terms, days } = await context.database.read(async (tx) => {
    const all = await listGroups(tx, centre.id);
    const open = all.filter((group) => group.endsOn === null || group.endsOn >= today);
    const ids = open.map((group) => group.id);
    return {
      groups: open,
      terms: (await findOpeningFacts(tx, open)).terms,
      days: await listDaysOf(tx, { groupIds: ids, from, to: addDays(from, 2 * WEEK - 1) }),
    };
  });
  page(
    context.res,
    'public/place',
    {
      title: centreName(centre, t.language),
      back: paths.regionPlaces(centre.regionCode),
      facts: [
        { term: t('public.address'), value: centreAddress(centre, t.language) },
        { term: t('public.hours'), value: hoursWords(centre.hours, t) },
      ],
      apply: paths.placeApplication(centre.regionCode, centre.id),
      groups: groups.map((group) => {
        const all = terms.get(group.id) ?? [];
        return groupCard(group, termsOn(all, today) ?? all[0], t);
      }),
      free: freeTable(days, centre, from, t),
    },
    { publicSeconds: PUBLIC_SECONDS },
  );
}

export const place = routes('/places/:regionCode/:placeId').get('', anyone, showPlace);
