import { children } from './children.ts';
import { workday } from './workday.ts';
import { hours } from './hours.ts';
import { hoursChoice } from './hours-choice.ts';
import { groups } from './groups.ts';
import { groupDays } from './group-days.ts';
import { month } from './month.ts';
import { newBooking } from './new-booking.ts';
import { newSeries } from './new-series.ts';
import { series } from './series.ts';
import { child } from './child.ts';
import { guardians } from './guardians.ts';
import { newGuardian } from './new-guardian.ts';
import { guardianship } from './guardianship.ts';
import { newEntry } from './new-entry.ts';
import { entry } from './entry.ts';
import { entryChange } from './entry-change.ts';
import { entryChanges } from './entry-changes.ts';
import { offer } from './offer.ts';
import { offerAnswers } from './offer-answers.ts';
import { bookingChild } from './booking-child.ts';
import { booking } from './booking.ts';
import { bookingChange } from './booking-change.ts';
import { cancellation } from './cancellation.ts';
import { absence } from './absence.ts';
import { bookings } from './bookings.ts';
import { standBy } from './stand-by.ts';
import { rescue } from './rescue.ts';
import { releaseRequest } from './release-request.ts';
import { calendarFeed } from './calendar-feed.ts';
import { vacancies } from './vacancies.ts';
import { newCandidacy } from './new-candidacy.ts';
import { candidacy } from './candidacy.ts';
import type { Routes } from '../route.ts';

/** Pages of a family. */
export const familyPages: readonly Routes[] = [
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
];
