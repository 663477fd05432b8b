import { z } from 'zod';
import { districtsOf, parsePoint } from '../../domain/home.ts';
import { collator } from '../../domain/names.ts';
import { isRegionCode, REGION_CODES, regionName, REGIONS } from '../../domain/regions.ts';
import { findHome } from '../../data/workdays.ts';
import { setHome } from '../../use-cases/home.ts';
import { guardian } from '../access.ts';
import { attempt } from '../attempt.ts';
import type { Context } from '../context.ts';
import { parseForm } from '../form.ts';
import { districtName } from '../names.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';
import { optional } from '../shapes.ts';
import type { Problem } from './entering.ts';

/** The region is chosen first, by the address: its districts are then what there is to choose from. */
async function showHome(context: Context, problem?: Problem): Promise<void> {
  const { t, actor, language } = context;
  const home = await context.database.read((tx) => findHome(tx, actor.personId));
  const typedRegion = String(problem?.input['region'] ?? '');
  const region = [typedRegion, context.query('region'), home.region ?? ''].find(isRegionCode);
  const same = region !== undefined && region === home.region;
  const { compare } = collator(language);
  page(
    context.res,
    'account/home',
    {
      title: t('home.title'),
      back: paths.account(),
      choose: paths.accountHome(),
      action: paths.accountHome(),
      removal: home.region === null ? '' : paths.accountHomeRemoval(),
      region: region ?? '',
      regionName: region === undefined ? '' : regionName(region, language),
      regions: REGIONS.map(({ code, name }) => ({ value: code, text: name[language] })).toSorted((a, b) =>
        compare(a.text, b.text),
      ),
      districts:
        region === undefined
          ? []
          : [
              { value: '', text: t('account.not_stated') },
              ...districtsOf(region).map((name) => ({ value: name, text: districtName(name, language) })),
            ],
      values: problem?.input ?? {
        region: region ?? '',
        district: same ? (home.district ?? '') : '',
        point: same && home.lat !== null && home.lon !== null ? `${home.lat}, ${home.lon}` : '',
      },
      errors: problem?.errors,
    },
    { width: 'narrow', address: paths.accountHome(region) },
  );
}

const shape = z.strictObject({
  region: z.enum(REGION_CODES),
  district: z.string().trim().max(200).default(''),
  point: optional(parsePoint, 'home.problem.point'),
});

async function save(context: Context): Promise<void> {
  const form = parseForm(shape, context.req.body);
  if (form.errors) return await showHome(context, form);
  const { region, district, point } = form.values;
  const home = { region, district: district === '' ? null : district, point };
  const { refused } = await attempt(context.perform(setHome, { home }));
  if (refused)
    return await showHome(context, {
      errors: [{ field: 'district', key: 'form.choose_one' }],
      input: form.input,
    });
  return context.done(paths.account(), { key: 'home.saved' });
}

async function forget(context: Context): Promise<void> {
  await context.perform(setHome, { home: null });
  return context.done(paths.account(), { key: 'home.forgotten' });
}

/** Where a family lives, as far as it says so: for the distance to centres. */
export const home = routes('/account/home')
  .get('', guardian, (context) => showHome(context))
  .post('', guardian, save)
  .post('/removal', guardian, forget);
