import type { PlainDate } from '../domain/calendar.ts';

/** Ids as rows and addresses have them. */
type Id = number | string;

/** A query string of what is given; '' when nothing is. */
function query(parts: Readonly<Record<string, string | number | readonly string[] | undefined>>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parts)) {
    if (value === undefined || value === '') continue;
    for (const one of Array.isArray(value) ? (value as readonly string[]) : [String(value)]) search.append(name, one);
  }
  const text = search.toString();
  return text === '' ? '' : `?${text}`;
}

const part = (id: Id): string => encodeURIComponent(id);

/** Every address of the pages, in one place. Nouns: what is done to a thing is a thing under it. */
export const paths = {
  home: () => '/',
  styles: () => '/styles',
  signIn: (next?: string) => `/sign-in${query({ next })}`,
  signOut: () => '/sign-out',
  account: () => '/account',
  role: () => '/account/role',

  children: () => '/children',
  child: (childId: Id) => `/children/${part(childId)}`,
  childDays: (childId: Id, groupId: Id, from?: PlainDate) => `/children/${part(childId)}/groups/${part(groupId)}/days${query({ from })}`,
  newBooking: (childId: Id, groupId?: Id, date?: PlainDate) => `/children/${part(childId)}/bookings/new${query({ group: groupId, date })}`,
  childBookings: (childId: Id) => `/children/${part(childId)}/bookings`,
  bookings: () => '/bookings',
  booking: (bookingId: Id) => `/bookings/${part(bookingId)}`,
  bookingChange: (bookingId: Id) => `/bookings/${part(bookingId)}/change`,
  cancellation: (bookingId: Id) => `/bookings/${part(bookingId)}/cancellation`,
  absence: (bookingId: Id) => `/bookings/${part(bookingId)}/absence`,
  arrival: (bookingId: Id) => `/bookings/${part(bookingId)}/arrival`,
  departure: (bookingId: Id) => `/bookings/${part(bookingId)}/departure`,

  groupDays: (groupId: Id, from?: PlainDate) => `/groups/${part(groupId)}/days${query({ from })}`,

  centre: (centreId: Id) => `/centres/${part(centreId)}`,
  centreDay: (centreId: Id, date: PlainDate | 'today') => `/centres/${part(centreId)}/days/${date}`,
  centreWeek: (centreId: Id, date?: PlainDate) => `/centres/${part(centreId)}/week${query({ date })}`,
  centreGroups: (centreId: Id) => `/centres/${part(centreId)}/groups`,
  centreGroup: (centreId: Id, groupId: Id) => `/centres/${part(centreId)}/groups/${part(groupId)}`,
  centreChildren: (centreId: Id) => `/centres/${part(centreId)}/children`,
  centreSettings: (centreId: Id) => `/centres/${part(centreId)}/settings`,

  regions: () => '/regions',
  region: (code: string) => `/regions/${part(code)}`,
  regionOccupancy: (code: string, filter: { from?: PlainDate; to?: PlainDate; by?: string } = {}) => `/regions/${part(code)}/occupancy${query(filter)}`,
} as const;

/** The same address with other words after the '?'; undefined takes one away. Always on this site, whatever was asked. */
export function withQuery(address: string, changes: Readonly<Record<string, string | undefined>>): string {
  const [path = '/', search = ''] = address.split('#', 1).join('').split(/\?(.*)/s);
  const parts = new URLSearchParams(search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) parts.delete(name);
    else parts.set(name, value);
  }
  const text = parts.toString();
  return `${path.replace(/^[/\\]*/, '/')}${text === '' ? '' : `?${text}`}`;
}
