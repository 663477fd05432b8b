import { eligibilityReason } from '../../domain/eligibility.ts';
import type { PlainDate } from '../../domain/calendar.ts';
import { holdsOn } from '../../domain/people.ts';
import { freeAt } from '../../domain/places.ts';
import { formatSlot, stretches, type HalfHour } from '../../domain/slots.ts';
import type { Child } from '../../data/children.ts';
import type { CentreDay } from '../../data/day-board.ts';
import type { Group } from '../../data/groups.ts';
import type { T } from '../../i18n/translate.ts';
import { closedWords, type ClosedFacts } from './closed.ts';

/** A day in a few words: why it is closed, when it is full, or that there is room all day. */
function freeWords(day: CentreDay | undefined, facts: ClosedFacts, t: T): string {
  if (day === undefined) return t('board.no_day');
  const { opensAt, closesAt } = day;
  if (opensAt === null || closesAt === null) {
    return t('board.closed', {
      why: day.closedReason ? closedWords(day.closedReason, day, facts, t) : t('day.closed'),
    });
  }
  const halves: HalfHour[] = Array.from({ length: closesAt - opensAt }, (_, at) => opensAt + at);
  const full = stretches(halves.filter((at) => freeAt(day, at) === 0)).map(formatSlot);
  const hours = formatSlot({ from: opensAt, to: closesAt });
  if (full.length === 0)
    return t('booking.free_all_day', { hours, n: Math.min(...halves.map((at) => freeAt(day, at))) });
  return t('booking.full_at', { hours, times: full.join(', ') });
}

/** The groups that a child may be booked into, each with what is free on a day, or why the child does not fit. */
export function groupChoices(
  groups: readonly Group[],
  days: readonly CentreDay[],
  child: Child,
  facts: ClosedFacts,
  t: T,
) {
  const date = days[0]?.date;
  return groups
    .filter((group) => group.category === child.category && (date === undefined || holdsOn(group, date)))
    .map((group) => {
      const unfit = date === undefined ? undefined : reasonOf(child, group, date);
      return {
        value: group.id,
        text: group.name,
        hint: unfit
          ? t(`refusal.${unfit}`)
          : freeWords(
              days.find((day) => day.groupId === group.id),
              facts,
              t,
            ),
      };
    });
}

/** What would stand against the child in this group but an enrolment, which the booking itself looks up. */
function reasonOf(child: Child, group: Group, date: PlainDate) {
  return eligibilityReason(child, { ...group, admission: 'open' }, [], date);
}
