import type { PlainDate } from '../../domain/calendar.ts';
import { part, query, type Id } from '../address.ts';

const shortageOf = (centreId: Id, date: PlainDate, groupId: Id) =>
  `/centres/${part(centreId)}/shortages/${date}/${part(groupId)}`;
const openShiftOf = (centreId: Id, openShiftId: Id) =>
  `/centres/${part(centreId)}/open-shifts/${part(openShiftId)}`;

/** Addresses of days short of staff and of open shifts. */
export const shortagePaths = {
  shortages: (centreId: Id) => `/centres/${part(centreId)}/shortages`,
  /** `stretch` is which of the stretches that are short is looked at, from 0. */
  shortage: (centreId: Id, date: PlainDate, groupId: Id, at: { stretch?: string | undefined } = {}) =>
    `${shortageOf(centreId, date, groupId)}${query(at)}`,
  shortageAsks: (centreId: Id, date: PlainDate, groupId: Id) => `${shortageOf(centreId, date, groupId)}/asks`,
  shortageLendings: (centreId: Id, date: PlainDate, groupId: Id) =>
    `${shortageOf(centreId, date, groupId)}/lendings`,
  shortageCurtailment: (centreId: Id, date: PlainDate, groupId: Id) =>
    `${shortageOf(centreId, date, groupId)}/curtailment`,
  openShift: openShiftOf,
  openShiftAsks: (centreId: Id, openShiftId: Id) => `${openShiftOf(centreId, openShiftId)}/asks`,
  openShiftAnswers: (centreId: Id, openShiftId: Id) => `${openShiftOf(centreId, openShiftId)}/answers`,
  openShiftWithdrawal: (centreId: Id, openShiftId: Id) => `${openShiftOf(centreId, openShiftId)}/withdrawal`,
  /** Open shifts for whoever is signed in. */
  myOpenShifts: () => '/shifts/open',
  myOpenShiftAnswer: (openShiftId: Id) => `/shifts/open/${part(openShiftId)}/answer`,
} as const;
