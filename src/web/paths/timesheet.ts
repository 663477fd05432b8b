import type { PlainDate } from '../../domain/calendar.ts';
import { part, query, type Id } from '../address.ts';

const door = (centreId: Id) => `/centres/${part(centreId)}/door`;
/** A month by any of its days. */
const month = (centreId: Id, date: PlainDate | 'current') =>
  `/centres/${part(centreId)}/timesheets/${date === 'current' ? date : date.slice(0, 7)}`;
const person = (centreId: Id, date: PlainDate, staffId: Id) =>
  `${month(centreId, date)}/staff/${part(staffId)}`;

/** Addresses of the door and of the monthly timesheets. */
export const timesheetPaths = {
  door,
  doorClockings: (centreId: Id) => `${door(centreId)}/clockings`,
  doorUndo: (centreId: Id) => `${door(centreId)}/clockings/withdrawal`,
  timesheet: month,
  timesheetClosing: (centreId: Id, date: PlainDate) => `${month(centreId, date)}/closing`,
  timesheetReopening: (centreId: Id, date: PlainDate) => `${month(centreId, date)}/reopening`,
  timesheetPrint: (centreId: Id, date: PlainDate) => `${month(centreId, date)}/print`,
  timesheetXlsx: (centreId: Id, date: PlainDate) => `${month(centreId, date)}/sheet.xlsx`,
  timesheetCsv: (centreId: Id, date: PlainDate) => `${month(centreId, date)}/sheet.csv`,
  /** `clocking` is the one to correct. */
  timesheetPerson: (centreId: Id, date: PlainDate, staffId: Id, clocking?: Id) =>
    `${person(centreId, date, staffId)}${query({ clocking })}`,
  personClockings: (centreId: Id, date: PlainDate, staffId: Id) =>
    `${person(centreId, date, staffId)}/clockings`,
  personCorrection: (centreId: Id, date: PlainDate, staffId: Id) =>
    `${person(centreId, date, staffId)}/correction`,
  personConfirmation: (centreId: Id, date: PlainDate, staffId: Id) =>
    `${person(centreId, date, staffId)}/confirmation`,
  /** Somebody's own days of work. */
  myTimesheet: (date?: PlainDate) => `/shifts/timesheet${query({ month: date?.slice(0, 7) })}`,
  workTerms: () => '/work-terms',
} as const;
