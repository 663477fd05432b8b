import type { Actor } from '../../domain/people.ts';
import { anyone } from '../access.ts';
import type { Context } from '../context.ts';
import { page } from '../page.ts';
import { paths } from '../paths.ts';
import { routes } from '../route.ts';

/** The page that a role works on. */
function firstPageOf({ role, centreId, regionCode }: Actor): string {
  switch (role) {
    case 'guardian':
      return paths.children();
    case 'centre_staff':
    case 'centre_admin':
      return paths.centreDay(centreId ?? 0, 'today');
    case 'regional_manager':
      return paths.regionOccupancy(regionCode ?? '');
    case 'system_admin':
      return paths.regions();
  }
}

function showHome(context: Context): void {
  if (context.session) context.res.redirect(303, firstPageOf(context.session.actor));
  else page(context.res, 'public/home', { title: context.t('brand.promise') }, { width: 'narrow' });
}

export const home = routes('').get('/', anyone, showHome);
