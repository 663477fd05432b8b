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

/** Where one can go: the sections of a role, and the pages of the section one is in. */
export interface Navigation {
  readonly sections: readonly NavigationItem[];
  /** Empty where the section is one page. */
  readonly rooms: readonly NavigationItem[];
}

/** A page of the menu. It is current on its own address and on those under it or under `besides`. */
interface Room {
  readonly key: Key;
  readonly href: string;
  readonly within: readonly string[];
}

/** A word of the menu: the first of its rooms opens. */
interface Section {
  readonly key: Key;
  readonly rooms: readonly Room[];
}

const room = (key: Key, href: string, ...besides: string[]): Room => ({
  key,
  href,
  within: [href, ...besides],
});

/** A section of one page. */
const alone = (key: Key, href: string, ...besides: string[]): Section => ({
  key,
  rooms: [room(key, href, ...besides)],
});

/** A centre's sections. What only its administrators may open is not shown to its staff. */
function sectionsOfCentre(centreId: number | string, administers: boolean): Section[] {
  const within = paths.centre(centreId);
  const own = (...rooms: Room[]) => (administers ? rooms : []);
  return [
    {
      key: 'nav.day',
      rooms: [
        room(
          'nav.day',
          paths.centreDay(centreId, 'today'),
          `${within}/days`,
          paths.centreRescues(centreId),
          paths.shortages(centreId),
        ),
        room('nav.week', paths.centreWeek(centreId)),
        room('door.title', paths.door(centreId)),
      ],
    },
    {
      key: 'nav.register',
      rooms: [
        room('nav.register', paths.centreChildren(centreId), `${within}/bookings`),
        room('nav.applications', paths.centreApplications(centreId)),
      ],
    },
    {
      key: 'nav.waiting_list',
      rooms: [
        room('nav.waiting_list', paths.centreWaitingList(centreId)),
        room('nav.offers', paths.centreOffers(centreId)),
        ...own(room('nav.rounds', paths.centreRounds(centreId))),
      ],
    },
    {
      key: 'nav.work_of_staff',
      rooms: [
        room('nav.roster', paths.centreRosters(centreId)),
        room('nav.staff', paths.centreStaff(centreId)),
        ...own(
          room('sheet.title', paths.timesheet(centreId, 'current'), `${within}/timesheets`),
          room('vacancy.title', paths.centreVacancies(centreId)),
        ),
      ],
    },
    {
      key: 'nav.centre',
      rooms: [
        room('nav.groups', paths.centreGroups(centreId)),
        ...own(
          room('nav.closures', paths.centreClosures(centreId)),
          room('nav.settings', paths.centreSettings(centreId)),
        ),
      ],
    },
  ];
}

const IN_A_CENTRE = /^\/centres\/(\d+)\//;

/** The sections of a role. */
function sectionsOf({ role, scope }: Session, path: string): Section[] {
  const region = scope.regionCode ?? '';
  switch (role) {
    case 'guardian':
      return [
        alone('nav.children', paths.children(), '/offers'),
        alone('nav.bookings', paths.bookings()),
        alone('nav.work', paths.vacancies(), '/candidacies'),
      ];
    case 'centre_staff':
      return [
        ...sectionsOfCentre(scope.centreId ?? '', false),
        {
          key: 'nav.my_shifts',
          rooms: [
            room('nav.my_shifts', paths.myShifts()),
            room('my_open.title', paths.myOpenShifts()),
            room('swap.title', paths.mySwaps()),
            room('wish.title', paths.myWishes()),
            room('balance.title', paths.myLeave()),
            room('sheet.title', paths.myTimesheet()),
          ],
        },
      ];
    case 'centre_admin':
      return sectionsOfCentre(scope.centreId ?? '', true);
    case 'regional_manager':
      return [
        alone('nav.occupancy', paths.regionOccupancy(region), `${paths.region(region)}/centres`),
        alone('nav.staffing', paths.regionStaffing(region)),
        alone('nav.rounds', paths.regionRounds(region)),
        alone('nav.order', paths.regionOrder(region)),
      ];
    case 'system_admin': {
      const [, centreId] = IN_A_CENTRE.exec(path) ?? [];
      // Inside a centre its own rooms stand beside the way out.
      if (centreId !== undefined)
        return [
          { key: 'nav.centres', rooms: [{ key: 'nav.centres', href: paths.centres(), within: [] }] },
          ...sectionsOfCentre(centreId, true),
        ];
      return [
        alone('nav.regions', paths.regions()),
        alone('nav.calendar', paths.calendar()),
        alone('nav.norms', paths.norms()),
        alone('nav.work_terms', paths.workTerms()),
        alone('nav.centres', paths.centres()),
      ];
    }
  }
}

/** The room that an address lies deepest in. */
function roomAt(sections: readonly Section[], path: string): Room | undefined {
  const depth = ({ within }: Room) =>
    Math.max(
      ...within.map((place) => (path === place || path.startsWith(`${place}/`) ? place.length : 0)),
      0,
    );
  const [deepest] = sections.flatMap(({ rooms }) => rooms).toSorted((a, b) => depth(b) - depth(a));
  return deepest !== undefined && depth(deepest) > 0 ? deepest : undefined;
}

export function navigationOf(session: Session | undefined, t: T, path: string): Navigation {
  if (session === undefined) return { sections: [], rooms: [] };
  const sections = sectionsOf(session, path);
  const here = roomAt(sections, path);
  const current = sections.find(({ rooms }) => here !== undefined && rooms.includes(here));
  return {
    sections: sections.map((section) => ({
      href: section.rooms[0]?.href ?? '',
      text: t.say({ key: section.key }),
      current: section === current,
    })),
    rooms:
      current === undefined || current.rooms.length < 2
        ? []
        : current.rooms.map((each) => ({
            href: each.href,
            text: t.say({ key: each.key }),
            current: each === here,
          })),
  };
}
