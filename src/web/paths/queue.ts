import { part, query, type Id } from '../address.ts';

/** Answers of a form that asks one question after another. */
type Answers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Addresses of waiting lists and offers. */
export const queuePaths = {
  /** A wish for the waiting list, one question after another: the answers so far are in the address. */
  newEntry: (childId: Id, answers: Answers = {}) =>
    `/children/${part(childId)}/waiting-list/new${query(answers)}`,
  childEntries: (childId: Id) => `/children/${part(childId)}/waiting-list`,
  entry: (childId: Id, entryId: Id) => `/children/${part(childId)}/waiting-list/${part(entryId)}`,
  entryChange: (childId: Id, entryId: Id, answers: Answers = {}) =>
    `/children/${part(childId)}/waiting-list/${part(entryId)}/change${query(answers)}`,
  entryPause: (childId: Id, entryId: Id) => `/children/${part(childId)}/waiting-list/${part(entryId)}/pause`,
  entryResumption: (childId: Id, entryId: Id) =>
    `/children/${part(childId)}/waiting-list/${part(entryId)}/resumption`,
  entryWithdrawal: (childId: Id, entryId: Id) =>
    `/children/${part(childId)}/waiting-list/${part(entryId)}/withdrawal`,
  entryRestoration: (childId: Id, entryId: Id) =>
    `/children/${part(childId)}/waiting-list/${part(entryId)}/restoration`,
  entrySiblings: (childId: Id, entryId: Id) =>
    `/children/${part(childId)}/waiting-list/${part(entryId)}/siblings`,
  entryPart: (childId: Id, entryId: Id) => `/children/${part(childId)}/waiting-list/${part(entryId)}/part`,
  offer: (offerId: Id) => `/offers/${part(offerId)}`,
  offerAcceptance: (offerId: Id) => `/offers/${part(offerId)}/acceptance`,
  offerRefusal: (offerId: Id) => `/offers/${part(offerId)}/refusal`,
  offerPostponement: (offerId: Id) => `/offers/${part(offerId)}/postponement`,

  centreWaitingList: (
    centreId: Id,
    filter: {
      group?: Id | undefined;
      show?: string | undefined;
      search?: string | undefined;
      offered?: string | undefined;
    } = {},
  ) => `/centres/${part(centreId)}/waiting-list${query(filter)}`,
  centreEntryRestoration: (centreId: Id, entryId: Id) =>
    `/centres/${part(centreId)}/waiting-list/${part(entryId)}/restoration`,
  centreGroupOffers: (centreId: Id, groupId: Id) =>
    `/centres/${part(centreId)}/groups/${part(groupId)}/offers`,
  centreNewEntry: (centreId: Id, childId: Id, answers: Answers = {}) =>
    `/centres/${part(centreId)}/children/${part(childId)}/waiting-list/new${query(answers)}`,
  centreEntries: (centreId: Id, childId: Id) =>
    `/centres/${part(centreId)}/children/${part(childId)}/waiting-list`,
  centreOffers: (centreId: Id) => `/centres/${part(centreId)}/offers`,
  centreOffer: (centreId: Id, offerId: Id) => `/centres/${part(centreId)}/offers/${part(offerId)}`,
  centreOfferAcceptance: (centreId: Id, offerId: Id) =>
    `/centres/${part(centreId)}/offers/${part(offerId)}/acceptance`,
  centreOfferRefusal: (centreId: Id, offerId: Id) =>
    `/centres/${part(centreId)}/offers/${part(offerId)}/refusal`,
  centreOfferWithdrawal: (centreId: Id, offerId: Id) =>
    `/centres/${part(centreId)}/offers/${part(offerId)}/withdrawal`,
  centreOfferPermission: (centreId: Id, offerId: Id) =>
    `/centres/${part(centreId)}/offers/${part(offerId)}/permission`,
  centreOfferPostponement: (centreId: Id, offerId: Id) =>
    `/centres/${part(centreId)}/offers/${part(offerId)}/postponement`,
  centreOfferCalls: (centreId: Id, offerId: Id) => `/centres/${part(centreId)}/offers/${part(offerId)}/calls`,
} as const;
