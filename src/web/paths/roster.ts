import type { PlainDate } from '../../domain/calendar.ts';
import { part, query, type Id } from '../address.ts';

/** Which part of a roster's board is looked at. */
export type BoardQuery = {
  week?: PlainDate | undefined;
  day?: PlainDate | undefined;
  group?: Id | undefined;
};

const rosterOf = (centreId: Id, rosterId: Id) => `/centres/${part(centreId)}/rosters/${part(rosterId)}`;

/** Addresses of rosters and shifts. */
export const rosterPaths = {
  centreRosters: (centreId: Id, filter: { before?: PlainDate | undefined } = {}) =>
    `/centres/${part(centreId)}/rosters${query(filter)}`,
  /** The draft that the solver is making. */
  rosterDraft: (centreId: Id) => `/centres/${part(centreId)}/rosters/draft`,
  rosterDraftEnd: (centreId: Id) => `/centres/${part(centreId)}/rosters/draft/end`,
  rosterCopies: (centreId: Id) => `/centres/${part(centreId)}/rosters/copies`,
  roster: (centreId: Id, rosterId: Id, at: BoardQuery = {}) => `${rosterOf(centreId, rosterId)}${query(at)}`,
  rosterWeekCopy: (centreId: Id, rosterId: Id) => `${rosterOf(centreId, rosterId)}/week-copy`,
  rosterPublication: (centreId: Id, rosterId: Id) => `${rosterOf(centreId, rosterId)}/publication`,
  rosterHistory: (centreId: Id, rosterId: Id) => `${rosterOf(centreId, rosterId)}/history`,
  rosterPrint: (
    centreId: Id,
    rosterId: Id,
    which: { from?: PlainDate | undefined; span?: string | undefined } = {},
  ) => `${rosterOf(centreId, rosterId)}/print${query(which)}`,
  shifts: (centreId: Id, rosterId: Id) => `${rosterOf(centreId, rosterId)}/shifts`,
  newShift: (centreId: Id, rosterId: Id, at: { staff?: Id | undefined; date?: PlainDate | undefined } = {}) =>
    `${rosterOf(centreId, rosterId)}/shifts/new${query(at)}`,
  shift: (centreId: Id, rosterId: Id, shiftId: Id) =>
    `${rosterOf(centreId, rosterId)}/shifts/${part(shiftId)}`,
  shiftDeletion: (centreId: Id, rosterId: Id, shiftId: Id) =>
    `${rosterOf(centreId, rosterId)}/shifts/${part(shiftId)}/deletion`,
  shiftSwap: (centreId: Id, rosterId: Id, shiftId: Id) =>
    `${rosterOf(centreId, rosterId)}/shifts/${part(shiftId)}/swap`,
  /** Somebody's own shifts, wherever they work. */
  myShifts: () => '/shifts',
  myLeave: () => '/shifts/leave',
  myLeaveWithdrawal: () => '/shifts/leave/withdrawal',
  mySwaps: () => '/shifts/swaps',
  /** A question to a colleague: about which of one's shifts, and to whom. */
  myNewSwap: (about: { shift?: Id | undefined; with?: Id | undefined } = {}) =>
    `/shifts/swaps/new${query(about)}`,
  mySwapStep: (step: 'agreement' | 'refusal' | 'withdrawal') => `/shifts/swaps/${step}`,
  myWishes: (which: { contract?: Id | undefined } = {}) => `/shifts/wishes${query(which)}`,
  myDayWishes: () => '/shifts/wishes/days',
  myDayWishRemoval: () => '/shifts/wishes/days/removal',
  rosterSwaps: (centreId: Id) => `/centres/${part(centreId)}/rosters/swaps`,
  rosterSwapStep: (centreId: Id, step: 'confirmation' | 'refusal') =>
    `/centres/${part(centreId)}/rosters/swaps/${step}`,
} as const;
