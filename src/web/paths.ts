import type { PlainDate } from '../domain/calendar.ts';

/** Ids as rows and addresses have them. */
type Id = number | string;

/** A query string of what is given; '' when nothing is. */
function query(parts: Readonly<Record<string, string | number | readonly string[] | undefined>>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parts)) {
    if (value === undefined || value === '') continue;
    for (const one of Array.isArray(value) ? (value as readonly string[]) : [String(value)])
      search.append(name, one);
  }
  const text = search.toString();
  return text === '' ? '' : `?${text}`;
}

/** The filters of the occupancy pages, as the address keeps them. */
type OccupancyQuery = { from?: PlainDate | undefined; to?: PlainDate | undefined; by?: string | undefined };

const part = (id: Id): string => encodeURIComponent(id);

/** Every address of the pages, in one place. Nouns: what is done to a thing is a thing under it. */
export const paths = {
  home: () => '/',
  styles: () => '/styles',
  signIn: (next?: string) => `/sign-in${query({ next })}`,
  signOut: () => '/sign-out',
  account: () => '/account',
  role: () => '/account/role',
  accountSessions: () => '/account/sessions',
  accountTokens: () => '/account/tokens',
  accountTokenRevocation: () => '/account/tokens/revocation',
  accountPassword: () => '/account/password',

  children: () => '/children',
  messagesRead: () => '/children/messages',
  child: (childId: Id) => `/children/${part(childId)}`,
  childGroups: (childId: Id) => `/children/${part(childId)}/groups`,
  childDays: (childId: Id, groupId: Id, from?: PlainDate) =>
    `/children/${part(childId)}/groups/${part(groupId)}/days${query({ from })}`,
  newBooking: (childId: Id, groupId?: Id, date?: PlainDate, kind?: string) =>
    `/children/${part(childId)}/bookings/new${query({ group: groupId, date, kind })}`,
  childBookings: (childId: Id, groupId: Id, date?: PlainDate, kind?: string) =>
    `/children/${part(childId)}/bookings${query({ group: groupId, date, kind })}`,
  series: (childId: Id, seriesId: Id) => `/children/${part(childId)}/series/${part(seriesId)}`,
  bookings: (month?: PlainDate) => `/bookings${query({ month })}`,
  booking: (bookingId: Id) => `/bookings/${part(bookingId)}`,
  bookingChange: (bookingId: Id) => `/bookings/${part(bookingId)}/change`,
  cancellation: (bookingId: Id) => `/bookings/${part(bookingId)}/cancellation`,
  absence: (bookingId: Id) => `/bookings/${part(bookingId)}/absence`,
  arrival: (bookingId: Id) => `/bookings/${part(bookingId)}/arrival`,
  departure: (bookingId: Id) => `/bookings/${part(bookingId)}/departure`,

  workday: (next?: string, kind?: string) => `/workday${query({ next, kind })}`,
  hours: (
    childId: Id,
    question: { from?: PlainDate | undefined; region?: string | undefined; speaks?: string | undefined } = {},
  ) => `/children/${part(childId)}/hours${query(question)}`,
  hoursChoice: (childId: Id, choice: { group: Id; from: PlainDate; months?: Id | undefined }) =>
    `/children/${part(childId)}/hours/choice${query(choice)}`,

  groupDays: (groupId: Id, from?: PlainDate) => `/groups/${part(groupId)}/days${query({ from })}`,

  centres: (filter: { region?: string | undefined } = {}) => `/centres${query(filter)}`,
  newCentre: () => '/centres/new',
  centre: (centreId: Id) => `/centres/${part(centreId)}`,
  /** `booking` is the row to come back to. */
  centreDay: (centreId: Id, date: PlainDate | 'today', booking?: Id) =>
    `/centres/${part(centreId)}/days/${date}${query({ booking })}`,
  centreWeek: (centreId: Id, date?: PlainDate) => `/centres/${part(centreId)}/week${query({ date })}`,

  centreBookings: (centreId: Id) => `/centres/${part(centreId)}/bookings`,
  centreNewBooking: (
    centreId: Id,
    wish: {
      child?: Id | undefined;
      date?: PlainDate | undefined;
      group?: Id | undefined;
      search?: string | undefined;
    } = {},
  ) => `/centres/${part(centreId)}/bookings/new${query(wish)}`,
  centreBooking: (centreId: Id, bookingId: Id) => `/centres/${part(centreId)}/bookings/${part(bookingId)}`,
  centreBookingChange: (centreId: Id, bookingId: Id) =>
    `/centres/${part(centreId)}/bookings/${part(bookingId)}/change`,
  centreCancellation: (centreId: Id, bookingId: Id) =>
    `/centres/${part(centreId)}/bookings/${part(bookingId)}/cancellation`,
  centreAbsence: (centreId: Id, bookingId: Id) =>
    `/centres/${part(centreId)}/bookings/${part(bookingId)}/absence`,
  centreArrival: (centreId: Id, bookingId: Id) =>
    `/centres/${part(centreId)}/bookings/${part(bookingId)}/arrival`,
  centreDeparture: (centreId: Id, bookingId: Id) =>
    `/centres/${part(centreId)}/bookings/${part(bookingId)}/departure`,

  centreChildren: (centreId: Id, filter: { search?: string | undefined; page?: Id | undefined } = {}) =>
    `/centres/${part(centreId)}/children${query(filter)}`,
  centreNewChild: (centreId: Id) => `/centres/${part(centreId)}/children/new`,
  centreChild: (centreId: Id, childId: Id) => `/centres/${part(centreId)}/children/${part(childId)}`,

  centreGroups: (centreId: Id) => `/centres/${part(centreId)}/groups`,
  centreNewGroup: (centreId: Id) => `/centres/${part(centreId)}/groups/new`,
  centreGroup: (centreId: Id, groupId: Id) => `/centres/${part(centreId)}/groups/${part(groupId)}`,
  centreGroupWords: (centreId: Id, groupId: Id) => `/centres/${part(centreId)}/groups/${part(groupId)}/words`,
  centreGroupTerms: (centreId: Id, groupId: Id) => `/centres/${part(centreId)}/groups/${part(groupId)}/terms`,
  centreGroupEnd: (centreId: Id, groupId: Id) => `/centres/${part(centreId)}/groups/${part(groupId)}/end`,

  centreClosures: (centreId: Id) => `/centres/${part(centreId)}/closures`,
  centreEmergency: (centreId: Id) => `/centres/${part(centreId)}/closures/emergency`,
  centreClosureLift: (centreId: Id, closureId: Id) =>
    `/centres/${part(centreId)}/closures/${part(closureId)}/lift`,
  centreSettings: (centreId: Id) => `/centres/${part(centreId)}/settings`,

  centreSlip: (centreId: Id, childId: Id, personId: Id) =>
    `/centres/${part(centreId)}/children/${part(childId)}/guardians/${part(personId)}/slip`,
  centreApplications: (centreId: Id, filter: { page?: Id | undefined } = {}) =>
    `/centres/${part(centreId)}/applications${query(filter)}`,
  centreApplication: (centreId: Id, applicationId: Id) =>
    `/centres/${part(centreId)}/applications/${part(applicationId)}`,
  centreApplicationAcceptance: (centreId: Id, applicationId: Id) =>
    `/centres/${part(centreId)}/applications/${part(applicationId)}/acceptance`,
  centreApplicationRefusal: (centreId: Id, applicationId: Id) =>
    `/centres/${part(centreId)}/applications/${part(applicationId)}/refusal`,

  /** Public: centres for those who look for one, without signing in. */
  places: () => '/places',
  regionPlaces: (code: string, filter: { category?: string | undefined } = {}) =>
    `/places/${part(code)}${query(filter)}`,
  place: (code: string, placeId: Id) => `/places/${part(code)}/${part(placeId)}`,
  placeApplication: (code: string, placeId: Id) => `/places/${part(code)}/${part(placeId)}/application`,
  applicationSent: (reference?: string) => `/application/sent${query({ reference })}`,
  applicationStatus: (asked: { reference?: string | undefined; phone?: string | undefined } = {}) =>
    `/application${query(asked)}`,

  signInCode: () => '/sign-in/code',
  signInCodeEntry: () => '/sign-in/code/entry',
  signInSlip: () => '/sign-in/slip',
  signInReset: () => '/sign-in/reset',
  signInResetCode: () => '/sign-in/reset-code',
  signInResetLink: (token: string) => `/sign-in/reset/${part(token)}`,
  invitation: (token: string) => `/invitation/${part(token)}`,

  regions: () => '/regions',
  region: (code: string) => `/regions/${part(code)}`,
  regionOccupancy: (code: string, filter: OccupancyQuery = {}) =>
    `/regions/${part(code)}/occupancy${query(filter)}`,
  regionOccupancyCsv: (code: string, filter: OccupancyQuery = {}) =>
    `/regions/${part(code)}/occupancy.csv${query(filter)}`,
  regionCentre: (code: string, centreId: Id, filter: OccupancyQuery = {}) =>
    `/regions/${part(code)}/centres/${part(centreId)}/occupancy${query(filter)}`,

  calendar: (year?: number) => `/calendar${query({ year })}`,
  calendarOverrides: () => '/calendar/overrides',
  calendarOverrideRemoval: (date: PlainDate) => `/calendar/overrides/${date}/removal`,
} as const;

/** The same address with other words after the '?'; undefined takes one away. Always on this site, whatever was asked. */
export function withQuery(address: string, changes: Readonly<Record<string, string | undefined>>): string {
  const [path = '/', search = ''] = address
    .split('#', 1)
    .join('')
    .split(/\?(.*)/s);
  const parts = new URLSearchParams(search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) parts.delete(name);
    else parts.set(name, value);
  }
  const text = parts.toString();
  return `${path.replace(/^[/\\]*/, '/')}${text === '' ? '' : `?${text}`}`;
}
