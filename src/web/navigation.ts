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

interface Room {
  readonly key: Key;
  readonly href: string;
  readonly within: string;
  /** Pages that are reached from it and stand elsewhere. */
  readonly besides?: string;
}

/** A centre's rooms. Settings are for its administrators, and so are closures, which stand beside the groups. */
function roomsOfCentre(centreId: number | string, administers: boolean): Room[] {
  const room = (key: Key, href: string, within = href): Room => ({ key, href, within });
  return [
    {
      ...room('nav.day', paths.centreDay(centreId, 'today'), `${paths.centre(centreId)}/days`),
      besides: paths.centreRescues(centreId),
    },
    room('nav.week', paths.centreWeek(centreId)),
    { ...room('nav.groups', paths.centreGroups(centreId)), besides: paths.centreClosures(centreId) },
    room('nav.register', paths.centreChildren(centreId)),
    {
      ...room('nav.waiting_list', paths.centreWaitingList(centreId)),
      besides: paths.centreOffers(centreId),
    },
    room('nav.roster', paths.centreRosters(centreId)),
    room('nav.staff', paths.centreStaff(centreId)),
    room('nav.applications', paths.centreApplications(centreId)),
    ...(administers
      ? [
          room('nav.rounds', paths.centreRounds(centreId)),
          room('nav.settings', paths.centreSettings(centreId)),
        ]
      : []),
  ];
}

const IN_A_CENTRE = /^\/centres\/(\d+)\//;

/** The rooms of a role. An item is current on its own address and on those under `within`. */
function rooms({ role, scope }: Session, path: string): Room[] {
  const region = scope.regionCode ?? '';
  switch (role) {
    case 'guardian':
      return [
        { key: 'nav.children', href: paths.children(), within: '/children', besides: '/offers' },
        { key: 'nav.bookings', href: paths.bookings(), within: '/bookings' },
      ];
    case 'centre_staff':
    case 'centre_admin':
      return [
        ...roomsOfCentre(scope.centreId ?? '', role === 'centre_admin'),
        ...(role === 'centre_staff'
          ? [{ key: 'nav.my_shifts', href: paths.myShifts(), within: paths.myShifts() } as const]
          : []),
      ];
    case 'regional_manager':
      return [
        {
          key: 'nav.occupancy',
          href: paths.regionOccupancy(region),
          within: paths.regionOccupancy(region),
          besides: `${paths.region(region)}/centres`,
        },
        { key: 'nav.rounds', href: paths.regionRounds(region), within: paths.regionRounds(region) },
        { key: 'nav.order', href: paths.regionOrder(region), within: paths.regionOrder(region) },
      ];
    case 'system_admin': {
      const [, centreId] = IN_A_CENTRE.exec(path) ?? [];
      const centres = { key: 'nav.centres', href: paths.centres(), within: paths.centres() } as const;
      // Inside a centre its own rooms stand beside the way out.
      if (centreId !== undefined)
        return [{ ...centres, within: paths.newCentre() }, ...roomsOfCentre(centreId, true)];
      return [
        { key: 'nav.regions', href: paths.regions(), within: paths.regions() },
        { key: 'nav.calendar', href: paths.calendar(), within: paths.calendar() },
        { key: 'nav.norms', href: paths.norms(), within: paths.norms() },
        centres,
      ];
    }
  }
}

export function navigationOf(session: Session | undefined, t: T, path: string): NavigationItem[] {
  if (session === undefined) return [];
  const under = (place: string | undefined) =>
    place !== undefined && (path === place || path.startsWith(`${place}/`));
  return rooms(session, path).map(({ key, href, within, besides }) => ({
    href,
    text: t.say({ key }),
    current: under(within) || under(besides),
  }));
}
