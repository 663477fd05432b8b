import { part, query, type Id } from '../address.ts';

/** What is looked for among the vacancies. */
export type VacancyQuery = {
  region?: string | undefined;
  have?: readonly string[] | undefined;
  page?: Id | undefined;
};

const atCentre = (centreId: Id, vacancyId: Id) => `/centres/${part(centreId)}/vacancies/${part(vacancyId)}`;

/** Addresses of vacancies and of those who apply for them. */
export const vacancyPaths = {
  vacancies: (asked: VacancyQuery = {}) => `/vacancies${query(asked)}`,
  newCandidacy: (vacancyId: Id, asked: Pick<VacancyQuery, 'have'> = {}) =>
    `/vacancies/${part(vacancyId)}/candidacies/new${query(asked)}`,
  candidacies: (vacancyId: Id) => `/vacancies/${part(vacancyId)}/candidacies`,
  candidacy: (candidacyId: Id) => `/candidacies/${part(candidacyId)}`,
  candidacyPapers: (candidacyId: Id) => `/candidacies/${part(candidacyId)}/papers`,
  candidacyPaperRemoval: (candidacyId: Id) => `/candidacies/${part(candidacyId)}/papers/removal`,
  candidacyWithdrawal: (candidacyId: Id) => `/candidacies/${part(candidacyId)}/withdrawal`,

  centreVacancies: (centreId: Id) => `/centres/${part(centreId)}/vacancies`,
  centreNewVacancy: (centreId: Id) => `/centres/${part(centreId)}/vacancies/new`,
  centreVacancy: (centreId: Id, vacancyId: Id) => atCentre(centreId, vacancyId),
  centreVacancyClosure: (centreId: Id, vacancyId: Id) => `${atCentre(centreId, vacancyId)}/closure`,
  centreCandidacy: (centreId: Id, vacancyId: Id, candidacyId: Id) =>
    `${atCentre(centreId, vacancyId)}/candidacies/${part(candidacyId)}`,
  centreCandidacySteps: (centreId: Id, vacancyId: Id, candidacyId: Id) =>
    `${atCentre(centreId, vacancyId)}/candidacies/${part(candidacyId)}/steps`,
  centreHiring: (centreId: Id, vacancyId: Id, candidacyId: Id) =>
    `${atCentre(centreId, vacancyId)}/candidacies/${part(candidacyId)}/hiring`,
} as const;
