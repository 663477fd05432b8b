import { collator } from '../../domain/names.ts';
import { isRegionCode, REGIONS } from '../../domain/regions.ts';
import { countGroupsByCentre } from '../../data/centre-directory.ts';
import { listCentres } from '../../data/centres.ts';
import { findDoubt } from '../../use-cases/clock-watch.ts';
import { systemAdmin } from '../access.ts';
import { centreName, districtName } from '../names.ts';
import type { Context } from '../context.ts';
import { whole } from '../figures.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { capital } from '../words.ts';

/** Every centre of the country, or of one region, with the ways into it. */
async function showCentres(context: Context): Promise<void> {
  const { t, today } = context;
  const { language } = t;
  const asked = context.query('region');
  const regionCode = isRegionCode(asked) ? asked : undefined;
  const { centres, groups, doubt } = await context.database.read(async (tx) => ({
    centres: await listCentres(tx, { regionCode }),
    groups: await countGroupsByCentre(tx, today),
    doubt: await findDoubt(tx),
  }));
  const { compare } = collator(language);
  const regions = REGIONS.map((region) => ({
    value: region.code,
    text: capital(region.name[language], language),
  })).toSorted((a, b) => compare(a.text, b.text));
  const ofRegion = Map.groupBy(centres, (centre) => centre.regionCode);
  page(context.res, 'system/centres', {
    title: t('nav.centres'),
    clock: doubt === null ? '' : paths.clock(),
    count: t('count.centres', { n: centres.length }),
    action: paths.centres(),
    newCentre: paths.newCentre(),
    region: regionCode ?? '',
    regions: [{ value: '', text: t('centres.every_region') }, ...regions],
    centres: regions.flatMap(({ value, text }) =>
      (ofRegion.get(value) ?? [])
        .map((centre) => ({
          name: centreName(centre, language),
          href: paths.centreDay(centre.id, 'today'),
          region: text,
          district: districtName(centre.district, language),
          groups: whole(groups.get(centre.id) ?? 0, language),
          groupsHref: paths.centreGroups(centre.id),
          newGroup: paths.centreNewGroup(centre.id),
        }))
        .toSorted((a, b) => compare(a.name, b.name)),
    ),
  });
}

export const centres = routes('/centres').get('', systemAdmin, showCentres);
