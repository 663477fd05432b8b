import type { PlainDate } from '../domain/calendar.ts';
import { horizonOf } from '../domain/horizon.ts';
import type { WeeklyHours } from '../domain/opening.ts';
import { refuse } from '../domain/refusal.ts';
import { termsErrors } from '../domain/settings.ts';
import { putTerms, updateGroup } from '../data/settings.ts';
import { groupToAdminister, refuseErrors } from './administration.ts';
import { listInTheWay, type Confirmation } from './confirmation.ts';
import { checkVersion, rememberGroup } from './group-settings.ts';
import { todayOf, type Work } from './perform.ts';
import { lockScope, reopenDays, type Reopened } from './reopen-days.ts';

export interface TermsWish {
  readonly groupId: number;
  readonly version: number;
  readonly startsOn: PlainDate;
  /** Licensed heads at any instant, 1…999. */
  readonly room: number;
  readonly hours: WeeklyHours;
  readonly confirm?: Confirmation;
}

/**
 * Room and hours of a group from a date on, today or later; terms that start later stay. Refused as `stale` with what
 * somebody else saved, as `past` where the elapsed half-hours of today would not fit, and as `in_the_way` until the
 * bookings outside the new hours or room are confirmed: then these are cancelled and their families told.
 */
export async function changeTerms(work: Work, wish: TermsWish): Promise<{ version: number } & Reopened> {
  const { tx } = work;
  const { groupId, version, startsOn, room, hours } = wish;
  const group = await groupToAdminister(work, groupId);
  const today = todayOf(work);
  if (startsOn < today) refuse('past', { errors: [{ field: 'startsOn', reason: 'past' }] });
  const outside = startsOn < group.startsOn || (group.endsOn !== null && startsOn > group.endsOn);
  refuseErrors([
    ...(outside ? [{ field: 'startsOn', reason: 'closed' } as const] : []),
    ...termsErrors({ room, hours }),
  ]);

  const locked = await lockScope(work, {
    centreId: group.centreId,
    groupId,
    from: startsOn,
    to: horizonOf(today),
  });
  await checkVersion(work, groupId, version);
  await putTerms(tx, { groupId, startsOn, room, hours });
  await updateGroup(tx, groupId, {});
  const done = await reopenDays(work, locked, {
    confirm: wish.confirm,
    list: listInTheWay,
    cut: 'whole',
    closureId: null,
    news: { kind: 'changed_terms', data: { group: group.name, startsOn } },
  });
  await rememberGroup(work, group, { startsOn, room, hours, ...done });
  return { version: version + 1, ...done };
}
