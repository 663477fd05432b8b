import type { Role } from '../domain/people.ts';
import type { Key, Language, T } from '../i18n/translate.ts';
import { paths } from './paths.ts';

/** Who is signed in, as pages know it. A session acts under one role and its scope. */
export interface Session {
  readonly person: { readonly id: number; readonly name: string };
  readonly role: Role;
  readonly language: Language;
  readonly scope: { readonly centreId: number | null; readonly regionCode: string | null };
}

export interface NavigationItem {
  readonly href: string;
  readonly text: string;
  readonly current: boolean;
}

/** The rooms of a role. An item is current on its own address and on those under `within`. */
function rooms({ role, scope }: Session): { key: Key; href: string; within: string }[] {
  const centre = scope.centreId ?? '';
  const region = scope.regionCode ?? '';
  switch (role) {
    case 'guardian':
      return [
        { key: 'nav.children', href: paths.children(), within: '/children' },
        { key: 'nav.bookings', href: paths.bookings(), within: '/bookings' },
      ];
    case 'centre_staff':
    case 'centre_admin':
      return [
        { key: 'nav.day', href: paths.centreDay(centre, 'today'), within: `${paths.centre(centre)}/days` },
        { key: 'nav.groups', href: paths.centreGroups(centre), within: paths.centreGroups(centre) },
        { key: 'nav.register', href: paths.centreChildren(centre), within: paths.centreChildren(centre) },
      ];
    case 'regional_manager':
      return [{ key: 'nav.occupancy', href: paths.regionOccupancy(region), within: paths.region(region) }];
    case 'system_admin':
      return [{ key: 'nav.regions', href: paths.regions(), within: paths.regions() }];
  }
}

export function navigationOf(session: Session | undefined, t: T, path: string): NavigationItem[] {
  if (session === undefined) return [];
  return rooms(session).map(({ key, href, within }) => ({
    href,
    text: t.say({ key }),
    current: path === within || path.startsWith(`${within}/`),
  }));
}
