import { postgresKit } from './kit.ts';
import { tables } from './tables.ts';

export const postgresTables = tables(postgresKit);

/** drizzle-kit looks for exported tables. */
export const {
  person,
  assignment,
  session,
  apiToken,
  workday,
  child,
  guardianship,
  centre,
  careGroup,
  groupTerms,
  closure,
  calendarOverride,
  norm,
  staff,
  staffLeave,
  roster,
  rosterPublication,
  shift,
  shiftStretch,
  groupDay,
  enrolment,
  registration,
  bookingSeries,
  booking,
  cancellation,
  absence,
  attendance,
  hold,
  waitingListEntry,
  waitingListChoice,
  operation,
  event,
  job,
  message,
} = postgresTables;
