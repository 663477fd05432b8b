import { day } from './day.ts';
import { attendance } from './attendance.ts';
import { week } from './week.ts';
import { newBooking } from './new-booking.ts';
import { booking } from './booking.ts';
import { newChild } from './new-child.ts';
import { children } from './children.ts';
import { childChange } from './child-change.ts';
import { discharge } from './discharge.ts';
import { child } from './child.ts';
import { newGuardian } from './new-guardian.ts';
import { guardianship } from './guardianship.ts';
import { newGroup } from './new-group.ts';
import { groups } from './groups.ts';
import { group } from './group.ts';
import { groupChanges } from './group-changes.ts';
import { emergency } from './emergency.ts';
import { closures } from './closures.ts';
import { rescues } from './rescues.ts';
import { settings } from './settings.ts';
import { newStaff } from './new-staff.ts';
import { staff } from './staff.ts';
import { staffMember } from './staff-member.ts';
import { vacancies } from './vacancies.ts';
import { newVacancy } from './new-vacancy.ts';
import { vacancy } from './vacancy.ts';
import { candidacy } from './candidacy.ts';
import { hiring } from './hiring.ts';
import { rounds } from './rounds.ts';
import { newRound } from './new-round.ts';
import { round } from './round.ts';
import { centre } from './centre.ts';
import { waitingList } from './waiting-list.ts';
import { newEntry } from './new-entry.ts';
import { offers } from './offers.ts';
import { offer } from './offer.ts';
import { applications } from './applications.ts';
import { application } from './application.ts';
import { slip } from './slip.ts';
import { rosters } from './rosters.ts';
import { rosterDraft } from './roster-draft.ts';
import { rosterSwaps } from './roster-swaps.ts';
import { roster } from './roster.ts';
import { rosterChanges } from './roster-changes.ts';
import { rosterHistory } from './roster-history.ts';
import { rosterPrint } from './roster-print.ts';
import { publication } from './publication.ts';
import { shift } from './shift.ts';
import { shortages } from './shortages.ts';
import { shortage } from './shortage.ts';
import { shortageDeeds } from './shortage-deeds.ts';
import { openShift } from './open-shift.ts';
import { myOpenShifts } from './my-open-shifts.ts';
import { myShifts } from './my-shifts.ts';
import { myLeave } from './my-leave.ts';
import { mySwaps } from './my-swaps.ts';
import { myNewSwap } from './my-new-swap.ts';
import { myWishes } from './my-wishes.ts';
import { door } from './door.ts';
import { timesheet } from './timesheet.ts';
import { timesheetFile } from './timesheet-file.ts';
import { timesheetPerson } from './timesheet-person.ts';
import { timesheetPrint } from './timesheet-print.ts';
import { myTimesheet } from './my-timesheet.ts';
import type { Routes } from '../route.ts';

/** Pages of a centre: its administrators and staff. */
export const centrePages: readonly Routes[] = [
  day,
  attendance,
  week,
  newBooking,
  booking,
  newChild,
  children,
  childChange,
  discharge,
  child,
  newGuardian,
  guardianship,
  newGroup,
  groups,
  group,
  groupChanges,
  emergency,
  closures,
  rescues,
  settings,
  // Before the person of an id: 'new' and 'settings' are none.
  newStaff,
  staff,
  staffMember,
  vacancies,
  // Before the vacancy of an id: 'new' is none.
  newVacancy,
  vacancy,
  candidacy,
  hiring,
  rounds,
  // Before the round of an id: 'new' is none.
  newRound,
  round,
  centre,
  waitingList,
  newEntry,
  offers,
  offer,
  applications,
  application,
  slip,
  rosters,
  // Before the roster of an id: 'draft' and 'swaps' are none.
  rosterDraft,
  rosterSwaps,
  roster,
  rosterChanges,
  rosterHistory,
  rosterPrint,
  publication,
  shift,
  shortages,
  shortage,
  shortageDeeds,
  openShift,
  myOpenShifts,
  myShifts,
  myLeave,
  mySwaps,
  myNewSwap,
  myWishes,
  door,
  timesheet,
  timesheetFile,
  timesheetPerson,
  timesheetPrint,
  myTimesheet,
];
