import { administers } from '../../domain/people.ts';
import { findCandidacy } from '../../data/candidacies.ts';
import { findVacancy } from '../../data/vacancies.ts';
import { allow } from '../access.ts';

/** A vacancy by any guardian: posts are there for everybody to read, in every region. */
export const vacancyExists = allow('vacancyExists', ['guardian'], async (context) => {
  return (await context.database.read((tx) => findVacancy(tx, context.id('vacancyId')))) !== undefined;
});

/** The candidate's own application. */
export const candidacyOfPerson = allow('candidacyOfPerson', ['guardian'], async (context, actor) => {
  const candidacy = await context.database.read((tx) => findCandidacy(tx, context.id('candidacyId')));
  return candidacy?.personId === actor.personId;
});

/** A vacancy in an address of its centre, by who administers it. */
export const centreVacancyAdmin = allow(
  'centreVacancyAdmin',
  ['centre_admin', 'system_admin'],
  async (context, actor) => {
    const vacancy = await context.database.read((tx) => findVacancy(tx, context.id('vacancyId')));
    return vacancy?.centreId === context.id('centreId') && administers(actor, vacancy.centreId);
  },
);

/** A candidate's file in an address of its vacancy: that centre's own administrators and nobody else. */
export const centreCandidacyAdmin = allow(
  'centreCandidacyAdmin',
  ['centre_admin'],
  async (context, actor) => {
    const candidacy = await context.database.read((tx) => findCandidacy(tx, context.id('candidacyId')));
    return (
      candidacy?.centreId === context.id('centreId') &&
      candidacy.vacancyId === context.id('vacancyId') &&
      actor.centreId === candidacy.centreId
    );
  },
);
