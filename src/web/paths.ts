import type { PlainDate } from '../domain/calendar.ts';
import { part, query, type Id } from './address.ts';
import { queuePaths } from './paths/queue.ts';
import { rescuePaths } from './paths/rescue.ts';
import { rosterPaths } from './paths/roster.ts';
import { roundPaths } from './paths/round.ts';
import { shortagePaths } from './paths/shortage.ts';
import { timesheetPaths } from './paths/timesheet.ts';
import { vacancyPaths } from './paths/vacancy.ts';

/** The filters of the occupancy pages, as the address keeps them. */
type OccupancyQuery = { from?: PlainDate | undefined; to?: PlainDate | undefined; by?: string | undefined };

/** What groups are looked for, besides the days. */
type GroupFilters = {
  region?: string | undefined;
  speaks?: string | undefined;
  skill?: string | undefined;
};

/** The same pages by half-hour: a week of their own, and the filters to go back to. */
type HoursQuery = OccupancyQuery & { week?: PlainDate | undefined };

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
  accountPhone: () => '/account/phone',
  accountPhoneCode: () => '/account/phone/code',
  accountHome: (region?: string) => `/account/home${query({ region })}`,
  accountHomeRemoval: () => '/account/home/removal',

  children: () => '/children',
  messagesRead: () => '/children/messages',
  child: (childId: Id) => `/children/${part(childId)}`,
  guardians: (childId: Id) => `/children/${part(childId)}/guardians`,
  newGuardian: (childId: Id) => `/children/${part(childId)}/guardians/new`,
  guardianship: (childId: Id, guardianshipId: Id) =>
    `/children/${part(childId)}/guardians/${part(guardianshipId)}`,
  guardianshipLastDay: (childId: Id, guardianshipId: Id) =>
    `/children/${part(childId)}/guardians/${part(guardianshipId)}/last-day`,
  guardianshipWithdrawal: (childId: Id, guardianshipId: Id) =>
    `/children/${part(childId)}/guardians/${part(guardianshipId)}/withdrawal`,
  childMonth: (childId: Id, asked: { month?: PlainDate | undefined; group?: Id | undefined } = {}) =>
    `/children/${part(childId)}/month${query(asked)}`,
  childGroups: (childId: Id, answers?: string) => `/children/${part(childId)}/groups${query({ answers })}`,
  childDays: (childId: Id, groupId: Id, from?: PlainDate) =>
    `/children/${part(childId)}/groups/${part(groupId)}/days${query({ from })}`,
  newBooking: (childId: Id, groupId?: Id, date?: PlainDate, kind?: string) =>
    `/children/${part(childId)}/bookings/new${query({ group: groupId, date, kind })}`,
  childBookings: (childId: Id, groupId: Id, date?: PlainDate, kind?: string) =>
    `/children/${part(childId)}/bookings${query({ group: groupId, date, kind })}`,
  /** Several days, one question after another: the answers so far are in the address. */
  newSeries: (childId: Id, answers: Readonly<Record<string, string | readonly string[] | undefined>>) =>
    `/children/${part(childId)}/bookings/series${query(answers)}`,
  /** With the answers to go on with. */
  bookingChild: (answers?: string) => `/bookings/new${query({ answers })}`,
  series: (childId: Id, seriesId: Id) => `/children/${part(childId)}/series/${part(seriesId)}`,
  bookings: (month?: PlainDate) => `/bookings${query({ month })}`,
  booking: (bookingId: Id) => `/bookings/${part(bookingId)}`,
  bookingChange: (bookingId: Id) => `/bookings/${part(bookingId)}/change`,
  /** The change of a booking to one slot of its group, to be checked. */
  bookingMove: (bookingId: Id, date: PlainDate, from: string) =>
    `/bookings/${part(bookingId)}/change${query({ date, from })}`,
  cancellation: (bookingId: Id) => `/bookings/${part(bookingId)}/cancellation`,
  absence: (bookingId: Id) => `/bookings/${part(bookingId)}/absence`,
  arrival: (bookingId: Id) => `/bookings/${part(bookingId)}/arrival`,
  departure: (bookingId: Id) => `/bookings/${part(bookingId)}/departure`,

  workday: (next?: string, kind?: string) => `/workday${query({ next, kind })}`,
  hours: (childId: Id, question: GroupFilters & { from?: PlainDate | undefined } = {}) =>
    `/children/${part(childId)}/hours${query(question)}`,
  hoursChoice: (
    childId: Id,
    choice: GroupFilters & { group: Id; from: PlainDate; months?: Id | undefined },
  ) => `/children/${part(childId)}/hours/choice${query(choice)}`,

  ...queuePaths,
  ...rescuePaths,
  ...rosterPaths,
  ...roundPaths,
  ...shortagePaths,
  ...timesheetPaths,
  ...vacancyPaths,

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

  centreGuardians: (centreId: Id, childId: Id) =>
    `/centres/${part(centreId)}/children/${part(childId)}/guardians`,
  clock: () => '/clock',
  centreChildChange: (centreId: Id, childId: Id) => `/centres/${centreId}/children/${childId}/change`,
  centreDischarge: (centreId: Id, childId: Id) => `/centres/${centreId}/children/${childId}/discharge`,
  centreNewGuardian: (centreId: Id, childId: Id) =>
    `/centres/${part(centreId)}/children/${part(childId)}/guardians/new`,
  centreGuardianship: (centreId: Id, childId: Id, guardianshipId: Id) =>
    `/centres/${part(centreId)}/children/${part(childId)}/guardians/${part(guardianshipId)}`,
  centreGuardianshipLastDay: (centreId: Id, childId: Id, guardianshipId: Id) =>
    `/centres/${part(centreId)}/children/${part(childId)}/guardians/${part(guardianshipId)}/last-day`,
  centreGuardianshipWithdrawal: (centreId: Id, childId: Id, guardianshipId: Id) =>
    `/centres/${part(centreId)}/children/${part(childId)}/guardians/${part(guardianshipId)}/withdrawal`,
  centreInvitation: (centreId: Id, childId: Id, guardianshipId: Id) =>
    `/centres/${part(centreId)}/children/${part(childId)}/guardians/${part(guardianshipId)}/invitation`,
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
  centreStaff: (centreId: Id) => `/centres/${part(centreId)}/staff`,
  centreNewStaff: (centreId: Id) => `/centres/${part(centreId)}/staff/new`,
  centreStaffSettings: (centreId: Id) => `/centres/${part(centreId)}/staff/settings`,
  centreStaffMember: (centreId: Id, staffId: Id) => `/centres/${part(centreId)}/staff/${part(staffId)}`,
  centreStaffLeave: (centreId: Id, staffId: Id) => `/centres/${part(centreId)}/staff/${part(staffId)}/leave`,
  centreStaffLeaveStep: (
    centreId: Id,
    staffId: Id,
    leaveId: Id,
    step: 'approval' | 'refusal' | 'withdrawal',
  ) => `/centres/${part(centreId)}/staff/${part(staffId)}/leave/${part(leaveId)}/${step}`,
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
  regionStaffing: (code: string, days: OccupancyQuery = {}) =>
    `/regions/${part(code)}/staffing${query(days)}`,
  regionStaffingCsv: (code: string, days: OccupancyQuery = {}) =>
    `/regions/${part(code)}/staffing.csv${query(days)}`,
  regionCentre: (code: string, centreId: Id, filter: OccupancyQuery = {}) =>
    `/regions/${part(code)}/centres/${part(centreId)}/occupancy${query(filter)}`,
  regionHours: (code: string, filter: HoursQuery = {}) =>
    `/regions/${part(code)}/occupancy/hours${query(filter)}`,
  regionHoursCsv: (code: string, filter: HoursQuery = {}) =>
    `/regions/${part(code)}/occupancy/hours.csv${query(filter)}`,
  regionCentreHours: (code: string, centreId: Id, filter: HoursQuery = {}) =>
    `/regions/${part(code)}/centres/${part(centreId)}/occupancy/hours${query(filter)}`,
  regionCentreHoursCsv: (code: string, centreId: Id, filter: HoursQuery = {}) =>
    `/regions/${part(code)}/centres/${part(centreId)}/occupancy/hours.csv${query(filter)}`,
  regionGroup: (code: string, centreId: Id, groupId: Id, filter: OccupancyQuery = {}) =>
    `/regions/${part(code)}/centres/${part(centreId)}/groups/${part(groupId)}${query(filter)}`,
  regionGroupHours: (code: string, centreId: Id, groupId: Id, filter: HoursQuery = {}) =>
    `/regions/${part(code)}/centres/${part(centreId)}/groups/${part(groupId)}/hours${query(filter)}`,
  regionGroupHoursCsv: (code: string, centreId: Id, groupId: Id, filter: HoursQuery = {}) =>
    `/regions/${part(code)}/centres/${part(centreId)}/groups/${part(groupId)}/hours.csv${query(filter)}`,
  regionGroupDay: (code: string, centreId: Id, groupId: Id, date: PlainDate, filter: HoursQuery = {}) =>
    `/regions/${part(code)}/centres/${part(centreId)}/groups/${part(groupId)}/days/${date}${query(filter)}`,

  norms: () => '/norms',
  normEffect: () => '/norms/effect',
  calendar: (year?: number) => `/calendar${query({ year })}`,
  calendarOverrides: () => '/calendar/overrides',
  calendarOverrideRemoval: (date: PlainDate) => `/calendar/overrides/${date}/removal`,
} as const;

/**
 * Whether a text is an address of this site: one path and its question. Browsers drop control characters from addresses,
 * so '/\t/evil' is '//evil', and read '\\' as '/'.
 */
export function isOwnAddress(text: string): boolean {
  // eslint-disable-next-line no-control-regex -- see above
  return (text === '/' || /^\/[^/]/.test(text)) && !/[\u0000-\u001f\\]/.test(text);
}

/** The same address with other words after the '?'; undefined takes one away. Always on this site, whatever was asked. */
export function withQuery(address: string, changes: Readonly<Record<string, string | undefined>>): string {
  const changed = Object.entries(changes);
  // Every page asks this of its own address.
  if (/^\/[^/\\?#][^?#]*$/.test(address) && changed.every(([, value]) => value === undefined)) return address;
  const [path = '/', search = ''] = address
    .split('#', 1)
    .join('')
    .split(/\?(.*)/s);
  const clean = path.replace(/^[/\\]*/, '/');
  const parts = new URLSearchParams(search);
  for (const [name, value] of changed) {
    if (value === undefined) parts.delete(name);
    else parts.set(name, value);
  }
  const text = parts.toString();
  return `${clean}${text === '' ? '' : `?${text}`}`;
}
