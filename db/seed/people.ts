import { addDays, addMonths, type PlainDate } from '../../src/domain/calendar.ts';
import { FIRST_SYNTHETIC_SERIAL, syntheticIin, type Iin, type Sex } from '../../src/domain/iin.ts';
import type { PatternJson } from '../../src/domain/pattern.ts';
import type { Random } from '../../src/domain/random.ts';
import type { PlannedGroup } from './groups.ts';
import { FEMALE_NAMES, MALE_NAMES, SURNAME_MARKS, SURNAME_WORDS } from './words.ts';

/** «Үлгі-Бұлақ»: an example, whoever reads it. */
export function surname(random: Random): string {
  return `${random.pick(SURNAME_MARKS)}-${random.pick(SURNAME_WORDS)}`;
}

export function givenName(sex: Sex, random: Random): string {
  return random.pick(sex === 'female' ? FEMALE_NAMES : MALE_NAMES);
}

export function sexOf(random: Random): Sex {
  return random.chance(0.5) ? 'female' : 'male';
}

/** Gives each made-up person an IIN that nobody else of the country has. */
export class IinRegister {
  #given = new Set<Iin>();
  #serial = 0;

  issue(birthDate: PlainDate, sex: Sex): Iin {
    for (;;) {
      const serial = FIRST_SYNTHETIC_SERIAL + (this.#serial++ % (10_000 - FIRST_SYNTHETIC_SERIAL));
      const iin = syntheticIin(birthDate, sex, serial);
      if (iin === undefined || this.#given.has(iin)) continue;
      this.#given.add(iin);
      return iin;
    }
  }
}

/** A birth date with which a child is of the group's age all the time from a few months ago to a few months ahead. */
export function birthDateFor(
  group: Pick<PlannedGroup, 'fromAgeMonths' | 'toAgeMonths'>,
  today: PlainDate,
  random: Random,
): PlainDate {
  const months = random.int(group.fromAgeMonths + 4, group.toAgeMonths - 5);
  return addDays(addMonths(today, -months), -random.int(0, 27));
}

export interface PlannedNeed {
  /** Hundredths. */
  readonly supportWeight: number;
  readonly skillsNeeded: string[];
}

/** Most children are ordinary in weight; some need half as much again, twice, or a whole worker and then some. */
export function needFor(group: Pick<PlannedGroup, 'skills'>, random: Random): PlannedNeed {
  const chance = random.next();
  const supportWeight = chance < 0.84 ? 100 : chance < 0.92 ? 150 : chance < 0.98 ? 200 : 300;
  const skills = group.skills ?? ['nurse', 'one_to_one'];
  const skillsNeeded = skills.length > 0 && random.chance(0.1) ? [random.pick(skills)] : [];
  return { supportWeight, skillsNeeded };
}

const fiveDays = (from: string, to: string): PatternJson => ({
  mon: [from, to],
  tue: [from, to],
  wed: [from, to],
  thu: [from, to],
  fri: [from, to],
});

export interface PlannedWork {
  readonly pattern: PatternJson;
  readonly commuteMinutes: number;
}

/** When a parent works: mostly office hours, some half days, some two days on and two off. */
export function workFor(today: PlainDate, random: Random): PlannedWork {
  const chance = random.next();
  const commuteMinutes = random.int(2, 12) * 5;
  if (chance < 0.6) return { pattern: fiveDays('09:00', '18:00'), commuteMinutes };
  if (chance < 0.78) return { pattern: fiveDays('08:30', '17:30'), commuteMinutes };
  if (chance < 0.9) return { pattern: fiveDays('09:00', '13:00'), commuteMinutes };
  const from = addDays(today, -random.int(0, 3));
  return {
    pattern: { cycle: 4, from, days: { 1: ['08:00', '20:00'], 2: ['08:00', '20:00'] } },
    commuteMinutes,
  };
}
