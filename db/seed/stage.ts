import type { Instant, PlainDate } from '../../src/domain/calendar.ts';
import type { OpeningFacts } from '../../src/data/groups.ts';
import type { Writing } from '../../src/data/database.ts';
import type { NormSet } from '../../src/domain/norms.ts';
import type { Random } from '../../src/domain/random.ts';
import type { Closure } from '../../src/domain/opening.ts';
import type { PlannedCentre } from './centres.ts';
import type { PlannedGroup } from './groups.ts';
import type { IinRegister } from './people.ts';

/** As far back as a region's table shows without filters. */
export const WEEKS_BACK = 11;
export const WEEKS_AHEAD = 12;

/** What every part of the demo country is written with. */
export interface Stage {
  readonly tx: Writing;
  readonly now: Instant;
  readonly today: PlainDate;
  /** First and last day of the bookings. */
  readonly from: PlainDate;
  readonly to: PlainDate;
  /** Everybody's, hashed once. */
  readonly passwordHash: string;
  readonly iins: IinRegister;
  readonly overrides: OpeningFacts['overrides'];
  readonly norms: readonly NormSet[];
  /** Counts made-up people, for logins and telephones. */
  nextPerson(): number;
}

export interface WrittenGroup {
  readonly id: number;
  readonly centreId: number;
  readonly plan: PlannedGroup;
  readonly startsOn: PlainDate;
  readonly endsOn: null;
}

/** A closure that came in the middle of a day, after the bookings. */
export interface Emergency extends Closure {
  readonly id: number;
  readonly at: Instant;
}

export interface WrittenCentre {
  readonly id: number;
  readonly plan: PlannedCentre;
  readonly adminId: number;
  readonly staffId: number;
  readonly groups: readonly WrittenGroup[];
  /** Terms and the closures that were planned. */
  readonly facts: OpeningFacts;
  readonly emergency: Emergency | undefined;
  readonly random: Random;
}
