import { addDays, addMonths, ageInMonths, type PlainDate } from './calendar.ts';
import { holdsOn, type Admission, type Category } from './people.ts';
import type { Reason } from './refusal.ts';

export interface ChildFacts {
  readonly birthDate: PlainDate;
  readonly category: Category;
  readonly skillsNeeded: readonly string[];
}

export interface GroupFacts {
  readonly category: Category;
  readonly admission: Admission;
  /** Null where the group states none: then skills are not checked before a roster is published. */
  readonly skills: readonly string[] | null;
  /** From this age, in whole months … */
  readonly fromAgeMonths: number;
  /** … until the day on which this age is reached. */
  readonly toAgeMonths: number;
}

export interface EnrolmentFacts {
  readonly startsOn: PlainDate;
  readonly endsOn: PlainDate | null;
}

export type EligibilityReason = Extract<
  Reason,
  'wrong_category' | 'too_young' | 'too_old' | 'skill_missing' | 'not_enrolled'
>;

/**
 * Why a child may not attend a group on a day, if so: category, age at that date, the skills the group states, and an
 * enrolment that holds on that date where the group admits only enrolled children. First match wins.
 */
export function eligibilityReason(
  child: ChildFacts,
  group: GroupFacts,
  enrolments: readonly EnrolmentFacts[],
  date: PlainDate,
): EligibilityReason | undefined {
  if (child.category !== group.category) return 'wrong_category';
  const age = ageInMonths(child.birthDate, date);
  if (age < group.fromAgeMonths) return 'too_young';
  if (age >= group.toAgeMonths) return 'too_old';
  const stated = group.skills;
  if (stated !== null && child.skillsNeeded.some((skill) => !stated.includes(skill))) return 'skill_missing';
  if (group.admission === 'enrolled' && !enrolments.some((enrolment) => holdsOn(enrolment, date)))
    return 'not_enrolled';
  return undefined;
}

/** The last day on which a child is still of a group's age: the day before the limit is reached. */
export function lastDayOfAge(
  { birthDate }: Pick<ChildFacts, 'birthDate'>,
  { toAgeMonths }: Pick<GroupFacts, 'toAgeMonths'>,
): PlainDate {
  const birthday = addMonths(birthDate, toAgeMonths);
  // Who was born on the 29th of February may reach an age a day after the shortened month ends.
  return ageInMonths(birthDate, birthday) < toAgeMonths ? birthday : addDays(birthday, -1);
}
