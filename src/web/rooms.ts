import { account } from './account/account.ts';
import { signInPage, signOutPage } from './account/sign-in.ts';
import { token as accountToken } from './account/token.ts';
import { home as accountHome } from './account/home.ts';
import { phone as accountPhone } from './account/phone.ts';
import { feed as accountFeed } from './account/feed.ts';
import { absence } from './family/absence.ts';
import { entryChange } from './family/entry-change.ts';
import { entryChanges } from './family/entry-changes.ts';
import { entry } from './family/entry.ts';
import { newEntry } from './family/new-entry.ts';
import { offerAnswers } from './family/offer-answers.ts';
import { offer } from './family/offer.ts';
import { bookingChild } from './family/booking-child.ts';
import { bookingChange } from './family/booking-change.ts';
import { booking } from './family/booking.ts';
import { bookings } from './family/bookings.ts';
import { calendarFeed } from './family/calendar-feed.ts';
import { cancellation } from './family/cancellation.ts';
import { child } from './family/child.ts';
import { children } from './family/children.ts';
import { groupDays } from './family/group-days.ts';
import { groups } from './family/groups.ts';
import { guardians } from './family/guardians.ts';
import { guardianship } from './family/guardianship.ts';
import { newGuardian } from './family/new-guardian.ts';
import { hoursChoice } from './family/hours-choice.ts';
import { hours } from './family/hours.ts';
import { month } from './family/month.ts';
import { newBooking } from './family/new-booking.ts';
import { newSeries } from './family/new-series.ts';
import { releaseRequest } from './family/release-request.ts';
import { rescue } from './family/rescue.ts';
import { series } from './family/series.ts';
import { standBy } from './family/stand-by.ts';
import { candidacy } from './family/candidacy.ts';
import { newCandidacy } from './family/new-candidacy.ts';
import { vacancies } from './family/vacancies.ts';
import { workday } from './family/workday.ts';
import { home } from './public/home.ts';
import { styles } from './public/styles.ts';
import { apiResources } from './api/resources.ts';
import { health } from './public/health.ts';
import { day as centreDay } from './centre/day.ts';
import { attendance as centreAttendance } from './centre/attendance.ts';
import { week as centreWeek } from './centre/week.ts';
import { newBooking as centreNewBooking } from './centre/new-booking.ts';
import { booking as centreBooking } from './centre/booking.ts';
import { newChild as centreNewChild } from './centre/new-child.ts';
import { childChange as centreChildChange } from './centre/child-change.ts';
import { discharge as centreDischarge } from './centre/discharge.ts';
import { children as centreChildren } from './centre/children.ts';
import { child as centreChild } from './centre/child.ts';
import { guardianship as centreGuardianship } from './centre/guardianship.ts';
import { newGuardian as centreNewGuardian } from './centre/new-guardian.ts';
import { newGroup as centreNewGroup } from './centre/new-group.ts';
import { groups as centreGroups } from './centre/groups.ts';
import { group as centreGroup } from './centre/group.ts';
import { groupChanges as centreGroupChanges } from './centre/group-changes.ts';
import { emergency as centreEmergency } from './centre/emergency.ts';
import { closures as centreClosures } from './centre/closures.ts';
import { rescues as centreRescues } from './centre/rescues.ts';
import { settings as centreSettings } from './centre/settings.ts';
import { newStaff as centreNewStaff } from './centre/new-staff.ts';
import { staff as centreStaffPage } from './centre/staff.ts';
import { staffMember as centreStaffMember } from './centre/staff-member.ts';
import { newRound as centreNewRound } from './centre/new-round.ts';
import { round as centreRound } from './centre/round.ts';
import { rounds as centreRounds } from './centre/rounds.ts';
import { regions } from './region/regions.ts';
import { occupancyCsvRoutes } from './region/occupancy-csv.ts';
import { occupancy as regionOccupancy } from './region/occupancy.ts';
import { regionCentrePage } from './region/centre.ts';
import { groupDay as regionGroupDay } from './region/group-day.ts';
import { group as regionGroupPage } from './region/group.ts';
import { hoursCsvRoutes } from './region/hours-csv.ts';
import { hours as regionHours } from './region/hours.ts';
import { newRound as regionNewRound } from './region/new-round.ts';
import { order as regionOrder } from './region/order.ts';
import { staffingCsvRoutes } from './region/staffing-csv.ts';
import { staffing as regionStaffing } from './region/staffing.ts';
import { round as regionRound } from './region/round.ts';
import { rounds as regionRounds } from './region/rounds.ts';
import { calendar as systemCalendar } from './system/calendar.ts';
import { norms as systemNorms } from './system/norms.ts';
import { newCentre as systemNewCentre } from './system/new-centre.ts';
import { jobClock as systemJobClock } from './system/job-clock.ts';
import { centres as systemCentres } from './system/centres.ts';
import { centre as centrePage } from './centre/centre.ts';
import { codePage } from './account/code.ts';
import { invitationPage, resetLinkPage } from './account/link.ts';
import { resetPage } from './account/reset.ts';
import { slipPage } from './account/slip.ts';
import { application as publicApplication } from './public/application.ts';
import { applicationSent } from './public/application-sent.ts';
import { applicationStatus } from './public/application-status.ts';
import { place } from './public/place.ts';
import { places } from './public/places.ts';
import { regionPlaces } from './public/region-places.ts';
import { application as centreApplication } from './centre/application.ts';
import { applications as centreApplications } from './centre/applications.ts';
import { slip as centreSlip } from './centre/slip.ts';
import { myLeave } from './centre/my-leave.ts';
import { myNewSwap } from './centre/my-new-swap.ts';
import { myShifts } from './centre/my-shifts.ts';
import { mySwaps } from './centre/my-swaps.ts';
import { myWishes } from './centre/my-wishes.ts';
import { myOpenShifts } from './centre/my-open-shifts.ts';
import { openShift as centreOpenShift } from './centre/open-shift.ts';
import { shortageDeeds } from './centre/shortage-deeds.ts';
import { shortage as centreShortage } from './centre/shortage.ts';
import { shortages as centreShortages } from './centre/shortages.ts';
import { publication as centrePublication } from './centre/publication.ts';
import { roster as centreRoster } from './centre/roster.ts';
import { rosterChanges } from './centre/roster-changes.ts';
import { rosterDraft } from './centre/roster-draft.ts';
import { rosterHistory } from './centre/roster-history.ts';
import { rosterPrint } from './centre/roster-print.ts';
import { rosterSwaps } from './centre/roster-swaps.ts';
import { rosters as centreRosters } from './centre/rosters.ts';
import { shift as centreShift } from './centre/shift.ts';
import { newEntry as centreNewEntry } from './centre/new-entry.ts';
import { offer as centreOfferPage } from './centre/offer.ts';
import { offers as centreOffers } from './centre/offers.ts';
import { candidacy as centreCandidacy } from './centre/candidacy.ts';
import { hiring as centreHiring } from './centre/hiring.ts';
import { newVacancy as centreNewVacancy } from './centre/new-vacancy.ts';
import { vacancies as centreVacancies } from './centre/vacancies.ts';
import { vacancy as centreVacancy } from './centre/vacancy.ts';
import { waitingList as centreWaitingList } from './centre/waiting-list.ts';
import { door as centreDoor } from './centre/door.ts';
import { myTimesheet } from './centre/my-timesheet.ts';
import { timesheet as centreTimesheet } from './centre/timesheet.ts';
import { timesheetFile } from './centre/timesheet-file.ts';
import { timesheetPerson } from './centre/timesheet-person.ts';
import { timesheetPrint } from './centre/timesheet-print.ts';
import { workTerms as systemWorkTerms } from './system/work-terms.ts';
import type { Routes } from './route.ts';

/** Every page, by audience. A page is reachable only from here. */
export const pages: readonly Routes[] = [
  health,
  home,
  styles,
  signInPage,
  signOutPage,
  account,
  accountToken,
  accountPhone,
  accountHome,
  accountFeed,
  children,
  workday,
  hours,
  hoursChoice,
  groups,
  groupDays,
  month,
  newBooking,
  newSeries,
  series,
  child,
  guardians,
  newGuardian,
  guardianship,
  // Before the entry of an id: 'new' is none.
  newEntry,
  entry,
  entryChange,
  entryChanges,
  offer,
  offerAnswers,
  // Before the booking of an id: 'new' is none.
  bookingChild,
  booking,
  bookingChange,
  cancellation,
  absence,
  bookings,
  standBy,
  rescue,
  releaseRequest,
  calendarFeed,
  vacancies,
  newCandidacy,
  candidacy,
  centreDay,
  centreAttendance,
  centreWeek,
  centreNewBooking,
  centreBooking,
  centreNewChild,
  centreChildren,
  centreChildChange,
  centreDischarge,
  centreChild,
  centreNewGuardian,
  centreGuardianship,
  centreNewGroup,
  centreGroups,
  centreGroup,
  centreGroupChanges,
  centreEmergency,
  centreClosures,
  centreRescues,
  centreSettings,
  // Before the person of an id: 'new' and 'settings' are none.
  centreNewStaff,
  centreStaffPage,
  centreStaffMember,
  centreVacancies,
  // Before the vacancy of an id: 'new' is none.
  centreNewVacancy,
  centreVacancy,
  centreCandidacy,
  centreHiring,
  centreRounds,
  // Before the round of an id: 'new' is none.
  centreNewRound,
  centreRound,
  regions,
  occupancyCsvRoutes,
  regionOccupancy,
  regionCentrePage,
  regionHours,
  hoursCsvRoutes,
  regionGroupPage,
  regionGroupDay,
  regionStaffing,
  staffingCsvRoutes,
  regionOrder,
  regionRounds,
  regionNewRound,
  regionRound,
  systemCalendar,
  systemNorms,
  systemWorkTerms,
  systemNewCentre,
  systemCentres,
  systemJobClock,
  centrePage,
  codePage,
  slipPage,
  resetPage,
  resetLinkPage,
  invitationPage,
  places,
  regionPlaces,
  place,
  publicApplication,
  applicationSent,
  applicationStatus,
  centreWaitingList,
  centreNewEntry,
  centreOffers,
  centreOfferPage,
  centreApplications,
  centreApplication,
  centreSlip,
  centreRosters,
  // Before the roster of an id: 'draft' and 'swaps' are none.
  rosterDraft,
  rosterSwaps,
  centreRoster,
  rosterChanges,
  rosterHistory,
  rosterPrint,
  centrePublication,
  centreShift,
  centreShortages,
  centreShortage,
  shortageDeeds,
  centreOpenShift,
  myOpenShifts,
  myShifts,
  myLeave,
  mySwaps,
  myNewSwap,
  myWishes,
  centreDoor,
  centreTimesheet,
  timesheetFile,
  timesheetPerson,
  timesheetPrint,
  myTimesheet,
];

/** Every resource of the JSON API. */
export const resources: readonly Routes[] = apiResources;
