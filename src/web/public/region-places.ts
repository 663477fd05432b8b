import { collator } from '../../domain/names.ts';
import { CATEGORIES, type Category } from '../../domain/people.ts';
import { REGIONS } from '../../domain/regions.ts';
import { refuse } from '../../domain/refusal.ts';
import { listDirectory, type DirectoryCentre } from '../../data/centre-directory.ts';
import type { T } from '../../i18n/translate.ts';
import { anyone } from '../access.ts';
import { hoursWords } from '../centre/hours.ts';
import { centreName, districtName } from '../names.ts';
import { skillWords } from '../needs.ts';
import type { Context } from '../context.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { PUBLIC_SECONDS } from './places.ts';

function categoryOf(text: string): Category | undefined {
  return CATEGORIES.find((category) => category === text);
}

function cardOf(centre: DirectoryCentre, t: T) {
  const categories = CATEGORIES.filter((category) =>
    centre.groups.some((group) => group.category === category),
  );
  const skills = [...new Set(centre.groups.flatMap((group) => group.skills ?? []))];
  return {
    name: centreName(centre, t.language),
    address: centre.address,
    hours: hoursWords(centre.hours, t),
    categories: categories.map((category) => t(`category.${category}`)),
    skills: skills.map((skill) => skillWords(skill, t)),
    size: `${t('count.groups', { n: centre.groups.length })}, ${t('count.places', {
      n: centre.groups.reduce((sum, group) => sum + group.places, 0),
    })}`,
    href: paths.place(centre.regionCode, centre.id),
    apply: paths.placeApplication(centre.regionCode, centre.id),
  };
}

/** The centres of a region by district; a category asked for leaves those that have a group of it. */
async function showRegion(context: Context): Promise<void> {
  const { t, language, today } = context;
  const region = REGIONS.find(({ code }) => code === context.text('regionCode')) ?? refuse('missing');
  const category = categoryOf(context.query('category'));
  const all = await context.database.read((tx) => listDirectory(tx, { regionCode: region.code }, today));
  const centres = all.filter(
    ({ groups }) => category === undefined || groups.some((group) => group.category === category),
  );
  const districts = [...Map.groupBy(centres, (centre) => districtName(centre.district, language))]
    .map(([name, inside]) => ({ name, centres: inside.map((centre) => cardOf(centre, t)) }))
    .toSorted((a, b) => collator(language).compare(a.name, b.name));
  page(
    context.res,
    'public/region-places',
    {
      title: region.name[language],
      back: paths.places(),
      count: t('count.centres', { n: centres.length }),
      filter: paths.regionPlaces(region.code),
      filtered: category !== undefined,
      category: category ?? '',
      categories: [
        { value: '', text: t('public.all_categories') },
        ...CATEGORIES.map((each) => ({ value: each, text: t(`category.${each}`) })),
      ],
      districts,
    },
    { publicSeconds: PUBLIC_SECONDS },
  );
}

export const regionPlaces = routes('/places/:regionCode').get('', anyone, showRegion);
