import { addMonths, type PlainDate } from '../domain/calendar.ts';
import { firstDayWithout, rightsOf, signsIn, type May } from '../domain/guardianship.ts';
import { initials } from '../domain/names.ts';
import { holdsOn } from '../domain/people.ts';
import { refuse, type FieldRefusal } from '../domain/refusal.ts';
import type { Child } from '../data/children.ts';
import { insertEvent, type EventKind } from '../data/events.ts';
import type { Guardianship } from '../data/guardianships.ts';
import { tellAdults } from './families.ts';
import { authorOf, todayOf, type Work } from './perform.ts';

const YEARS = 20;

export interface WhichChild {
  readonly childId: number;
  /** The centre whose staff act; null for a family. */
  readonly centreId: number | null;
}

export type GuardianshipProblem =
  | 'right_required'
  | 'contact_required'
  | 'oneself'
  | 'gone_by'
  | 'starts_too_far'
  | 'ends_first'
  | 'ends_too_far'
  | 'beyond_own'
  | 'not_longer'
  | 'last_booker'
  | 'too_many_adults';

export function wrong(field: string, detail: GuardianshipProblem): never {
  const error: FieldRefusal = { field, reason: 'invalid', detail };
  return refuse('invalid', { errors: [error] });
}

/** Who books must see the child to book for it. */
export function whole(may: May): May {
  return { ...may, see: may.see || may.book };
}

/** A guardian gives nothing that lasts longer than the right by which they give it. */
export function mustEndWithin(work: Work, rows: readonly Guardianship[], endsOn: PlainDate | null): void {
  const { personId, role } = work.actor;
  if (role !== 'guardian') return;
  const own = rows.filter((row) => row.personId === personId);
  const without = firstDayWithout('book', own, todayOf(work));
  if (without !== null && (endsOn === null || endsOn >= without)) wrong('endsOn', 'beyond_own');
}

export function mustBeDates(work: Work, startsOn: PlainDate, endsOn: PlainDate | null): void {
  const today = todayOf(work);
  if (endsOn === null) return;
  if (endsOn < today) wrong('endsOn', 'gone_by');
  if (endsOn < startsOn) wrong('endsOn', 'ends_first');
  if (endsOn > addMonths(today, YEARS * 12)) wrong('endsOn', 'ends_too_far');
}

export const standing = (rows: readonly Guardianship[], today: PlainDate) =>
  rows.filter((row) => row.endsOn === null || (row.endsOn >= today && row.endsOn >= row.startsOn));

export async function note(
  { tx, now, actor }: Work,
  kind: EventKind,
  { childId, centreId }: WhichChild,
  data: Record<string, unknown>,
): Promise<void> {
  const at = centreId === null ? {} : { centreId };
  await insertEvent(tx, { at: now, by: authorOf(actor), kind, childId, ...at, data });
}

/** Tells the others who are told about the child, and those concerned who sign in. */
export async function tellOfRights(
  work: Work,
  child: Child,
  kind: 'rights_given' | 'rights_changed' | 'rights_withdrawn',
  name: string,
  { may, startsOn, endsOn }: { may: May; startsOn: PlainDate; endsOn: PlainDate | null },
  concerned: readonly number[],
  before: readonly Guardianship[],
): Promise<void> {
  const today = todayOf(work);
  const toldBefore = before.filter((row) => row.may.told && holdsOn(row, today));
  const people = [...toldBefore.map((row) => row.personId), ...(signsIn(may) ? concerned : [])];
  await tellAdults(work, people, {
    kind,
    data: {
      children: initials(child.name),
      who: initials(name),
      rights: rightsOf(may).join(','),
      startsOn,
      endsOn: endsOn ?? '',
    },
  });
}
