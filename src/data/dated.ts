import type { PlainDate } from '../domain/calendar.ts';
import { and, gte, isNull, lte, or, type AnyColumn, type Placeholder, type SQL } from './sql.ts';

interface Dated {
  readonly startsOn: AnyColumn;
  /** Null: until further notice. */
  readonly endsOn: AnyColumn;
}

/** Has not ended before a day; a last day is a day of it. */
export function lastsTo({ endsOn }: Pick<Dated, 'endsOn'>, day: PlainDate | Placeholder): SQL {
  return or(isNull(endsOn), gte(endsOn, day))!;
}

/** Holds on a day: from its first to its last. */
export function holdsOn(dated: Dated, day: PlainDate | Placeholder): SQL {
  return and(lte(dated.startsOn, day), lastsTo(dated, day))!;
}
